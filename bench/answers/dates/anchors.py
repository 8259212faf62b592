"""Dates that only fix another: "the day before Monday"."""

from __future__ import annotations

from collections.abc import Set
from typing import Final

from bench.answers.dates.parts import Moment
from bench.answers.text.tokens import Text

ANCHORS: Final = frozenset({"before", "after", "until", "till", "following", "preceding", "by", "prior"})
_LIMITS: Final = frozenset({"until", "till"})


def anchored(text: Text, m: Moment, asked: Set[str] = frozenset(), own: Set[str] = frozenset()) -> bool:
    """Whether the date only fixes another: "the day before Monday", "a day after May 16".

    `asked`: words of the question; "until 1 May" answers "until when". `own`: what an accepted wording says itself.
    """
    at = m.first - 1
    while at >= 0 and text.tokens[at].norm in {"the", "'s", '"', "on", "last"}:
        at -= 1
    norm = text.tokens[at].norm if at >= 0 else ""
    if norm == "of" and at and text.tokens[at - 1].norm == "eve":
        return "eve" not in own
    return (
        norm in ANCHORS
        and norm not in own
        and not (norm == "by" and "by" in asked)
        and not (norm in _LIMITS and (asked | own) & _LIMITS)
    )
