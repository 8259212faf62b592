"""What the three abstention metrics count."""

from __future__ import annotations

from typing import Final

from bench.answers.match import MATCH_VERSION, match
from bench.answers.text.normalise import NORMALISER_VERSION
from bench.records import Answer, Item

VERSION: Final = f"{MATCH_VERSION}.{NORMALISER_VERSION}"


def abstention_parts(item: Item, answer: Answer) -> tuple[float, float, float]:
    """(rightly declined, declined, unanswerable) of one answer, each 0 or 1.

    Declined is an abstention, and on an unanswerable item whatever `correct` accepts there, such as the
    correction of a false premise. Refusals and failed predictions decline nothing.
    """
    if item.answerable:
        return 0.0, float(answer.abstained), 0.0
    right = match(item, answer)
    return right, right, 1.0
