"""Corrections of a false premise: "Umerov did not resign", "no accord was signed"."""

from __future__ import annotations

import re
from typing import Final

from bench.answers.stance import negated
from bench.answers.tokens import read
from bench.answers.wording import FUNCTION, NEGATORS

_OUTRIGHT: Final = re.compile(
    r"\b(?:premise|assumption|question) (?:is|was|seems|appears to be|rests on)\W+(?:an? )?(?:false|wrong|incorrect|mistaken"
    r"|flawed|invalid|inaccurate|untrue)|\bfalse premise\b|\b(?:never|not|n't) (?:actually )?(?:happen|happened|take place"
    r"|taken place|occur|occurred)\b|\bthere (?:was|were|is|are|has been|have been) no\b|\bno such\b|\bcontrary to\b"
    r"|\b(?:incorrectly|wrongly|mistakenly) (?:assumes|presupposes|states|implies|suggests)\b"
    r"|\b(?:has|have|had|did|does|do|was|were|is|are) not (?:yet )?\w+"
)
_NEGATIVE: Final = NEGATORS | frozenset({"no", "nobody", "none", "nothing", "neither", "without", "yet"})


def corrects(question: str, answer: str) -> bool:
    """Whether `answer` denies in a sentence what `question` takes for granted.

    It must say so outright or negate a sentence that shares words with the question; a bare "no" or "none" is
    no correction. At most 60 words.
    """
    text = read(answer)
    words = [token.norm for token in text.tokens if token.kind in "wn"]
    if not 3 <= len(words) <= 60:
        return False
    negative = any(word in _NEGATIVE or word.endswith("n't") for word in words)
    asked = {token.norm for token in read(question).tokens if token.kind in "wn"} - FUNCTION
    shared = sum(any(_alike(word, own) for own in asked) for word in set(words) - FUNCTION)
    outright = _OUTRIGHT.search(text.clean.lower()) is not None
    return (outright and (shared >= 1 or "premise" in words)) or (
        negative and shared >= 2 and not negated(question)
    )


def _alike(one: str, two: str) -> bool:
    size = min(len(one), len(two))
    return one == two or (size >= 4 and one[: max(4, size - 2)] == two[: max(4, size - 2)])
