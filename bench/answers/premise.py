"""Corrections of a false premise: "Umerov did not resign", "no accord was signed"."""

from __future__ import annotations

import re
from typing import Final

from bench.answers.stance import negated
from bench.answers.tokens import read
from bench.answers.wording import FUNCTION, NEGATORS

_LONG: Final = 60  # words of a correction
_SHORT: Final = 7  # words of a sentence that needs to share but one with the question
_NEW: Final = 6  # words that a denying sentence may bring of its own
_SENTENCE: Final = re.compile(r"[.;!?\n—]+")
_FALSE: Final = re.compile(
    r"\b(?:premise|assumption|question) (?:is|was|seems|appears to be|rests on)\W+(?:an? )?(?:false|wrong|incorrect|mistaken"
    r"|flawed|invalid|inaccurate|untrue)|\bfalse premise\b"
    r"|\b(?:incorrectly|wrongly|mistakenly) (?:assumes|presupposes|states|implies|suggests)\b"
)
_OUTRIGHT: Final = re.compile(
    r"\b(?:never|not|n't) (?:actually )?(?:happen|happened|take place"
    r"|taken place|occur|occurred)\b|\bthere (?:was|were|is|are|has been|have been) no\b|\bno such\b|\bcontrary to\b"
    r"|\b(?:has|have|had|did|does|do|was|were|is|are) not (?:yet )?\w+"
)
_NEGATIVE: Final = NEGATORS | frozenset({"no", "nobody", "none", "nothing", "neither", "without", "yet"})


def corrects(question: str, answer: str) -> bool:
    """Whether `answer` denies in a sentence what `question` takes for granted.

    It must say so outright or negate a sentence that shares words with the question; a bare "no" or "none" is
    no correction. At most 60 words.
    """
    text = read(answer)
    if not 3 <= len(text.content) <= _LONG:
        return False
    asked = {token.norm for token in read(question).tokens if token.kind in "wn"} - FUNCTION
    return any(_denies(part, asked, asks_no=negated(question)) for part in _SENTENCE.split(text.clean))


def _denies(sentence: str, asked: set[str], *, asks_no: bool) -> bool:
    words = [token.norm for token in read(sentence).tokens if token.kind in "wn"]
    if len(words) < 3:
        return False
    meaning = set(words) - FUNCTION
    shared = sum(any(_alike(word, own) for own in asked) for word in meaning)
    low = sentence.lower()
    if _FALSE.search(low):
        return True
    enough = shared >= 2 or (shared == 1 and len(words) <= _SHORT)
    negative = any(word in _NEGATIVE or word.endswith("n't") for word in words)
    return (
        enough
        and len(meaning) - shared <= _NEW
        and (_OUTRIGHT.search(low) is not None or (negative and not asks_no))
    )


def _alike(one: str, two: str) -> bool:
    size = min(len(one), len(two))
    return one == two or (size >= 4 and one[: max(4, size - 2)] == two[: max(4, size - 2)])
