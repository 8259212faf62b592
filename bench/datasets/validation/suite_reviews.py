"""Checks of twins and of the blind second answers that are kept with the items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bench.datasets.validation.scorer import Score
from bench.datasets.validation.suite_articles import Entry
from bench.errors import Problem
from bench.records import Item

ALSO = " | also: "  # behind it: what the second reader thought possible too


def check_twins(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Every unanswerable item has an answerable one in its contrast group."""
    for _, items, lookup in entries:
        answerable = {i.contrast_group for i in items if i.gold and i.contrast_group}
        for item in items:
            if not item.gold and item.contrast_group not in answerable:
                message = "has no answerable twin: " + (
                    "no item of its contrast group has an answer"
                    if item.contrast_group
                    else "it is in no contrast group"
                )
                fix = "add the answerable question that it was made from to one group with it"
                yield lookup.item("twin", item, ("group",), message, fix=fix)


def check_reviews(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Every active item has a second answer."""
    for _, items, lookup in entries:
        for item in items:
            if item.status == "active" and not item.review:
                message = "is active without a second answer"
                fix = (
                    'have it answered by somebody who sees only article and question, or set status = "draft"'
                )
                yield lookup.item("review", item, ("review",), message, fix=fix)


def check_agreement(entries: Sequence[Entry], score: Score) -> Iterator[Problem]:
    """Every second answer to an active item is right by the item's own scorer."""
    for _, items, lookup in entries:
        for item in items:
            for n, said in enumerate(item.review):
                if item.status == "active" and not agrees(item, said, score):
                    message = "the second answer is not right by the item's own scorer"
                    fix = 'reword the item, accept the answer, or set status = "disputed"'
                    yield lookup.item("agreement", item, ("review", n), message, value=said, fix=fix)


def agrees(item: Item, said: str, score: Score) -> bool:
    """Whether a second answer is worth 1.

    What follows " | also: " is another reading that the reader noted, and does not count.
    """
    return score(item, said.split(ALSO)[0].strip()) >= 1
