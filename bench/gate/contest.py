"""What a gate is given: a candidate with what it is held against, or a pair that cannot be examined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bench.comparing.pairing import Paired
from bench.errors import counted
from bench.gate.watch import same_answers
from bench.records import Key
from bench.stats.signflip import MIN_ARTICLES


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """A candidate with what it is held against."""

    paired: Paired  # baseline, candidate
    anchor: Paired | None = None  # anchor, candidate; None where there is none, or it is the baseline
    seconds: Mapping[Key, float] = field(default_factory=dict)  # of the candidate
    name: str | None = None  # in the policy
    tier: str = "blocking"
    baseline: str = ""  # how sentences name it
    candidate: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """A pair of the policy that cannot be examined."""

    name: str
    tier: str
    required: bool
    baseline: str
    candidate: str
    why: str


def why_item_diff(paired: Paired) -> str | None:
    """Why only single items can be compared; None where a statistical rule makes sense."""
    n_articles = len({a for a, main in zip(paired.articles, paired.in_headline, strict=True) if main})
    if n_articles < MIN_ARTICLES:
        return f"{counted(n_articles, 'article')}; statistical rules need {MIN_ARTICLES}"
    return "both sides gave the same answers" if same_answers(paired) else None
