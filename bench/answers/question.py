"""What the matchers need of a question."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bench.answers.dates import moments
from bench.answers.quantity import figure
from bench.answers.stance import negated
from bench.answers.tokens import Text, read
from bench.answers.units import stem
from bench.answers.when import When
from bench.answers.wording import BEARERS, FUNCTION

_WHO: Final = frozenset({"who", "whom", "whose", "individuals", "people", "persons", "leaders", "heads", "ministers", "men",
                         "women", "officials", "names"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """What the matchers need of the question and the article."""

    text: str

    words: frozenset[str]
    common: frozenset[str]  # words without a capital
    stems: frozenset[str]
    numbers: frozenset[Fraction]
    dates: tuple[When, ...]
    counted: frozenset[str]  # stems after "how many"
    negated: bool
    who: bool


def question_of(text: str) -> Question:
    """The question, read."""
    seen = read(text)
    words = frozenset(t.norm for t in seen.tokens if t.kind in "wn")
    figures = (figure(t.norm) for t in seen.tokens if t.kind == "n")
    return Question(
        text=text,
        words=words,
        common=frozenset(t.norm for t in seen.tokens if t.kind == "w" and t.raw[:1].islower()),
        stems=frozenset(map(stem, words)),
        numbers=frozenset(value for value in figures if value is not None),
        dates=tuple(m.when for m in moments(seen)),
        counted=_counted(seen),
        negated=negated(text),
        who=bool(words & _WHO) or _asks_for_persons(seen),
    )


def _asks_for_persons(seen: Text) -> bool:
    """ "Which two MPs …", "What mayor …"."""
    norms = [t.norm for t in seen.tokens if t.kind in "wn"]
    starts = [i for i, norm in enumerate(norms) if norm in {"which", "what"}]
    return any(norm in BEARERS for i in starts for norm in norms[i + 1 : i + 4])


def _counted(seen: Text) -> frozenset[str]:
    norms = [t.norm for t in seen.tokens]
    for i in range(len(norms) - 2):
        if norms[i : i + 2] == ["how", "many"] or norms[i : i + 2] == ["number", "of"]:
            out: list[str] = []
            for norm in norms[i + 2 : i + 9]:
                if norm in {"of", "the", "'s", "more", "his", "her", "its", "their"}:
                    continue
                if norm in FUNCTION or not norm[0].isalpha():
                    break
                out.append(stem(norm))
            return frozenset(out)
    return frozenset()
