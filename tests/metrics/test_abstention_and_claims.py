"""Abstention precision, recall and F1, and the claim metrics, on counts that can be checked by hand."""

from __future__ import annotations

import pytest

from bench.metrics.abstention_f1 import AbstentionF1
from bench.metrics.abstention_precision import AbstentionPrecision
from bench.metrics.abstention_recall import AbstentionRecall
from bench.metrics.base import CorpusMetric
from bench.metrics.claim_holder import ClaimHolder
from bench.metrics.claim_status import ClaimStatus
from bench.records import Answer, Gold, Item

ABSTAINED = Answer(text="", abstained=True)
LIND = Answer(text="Oskar Lind")
FAILED = Answer(text="", failed=True)
REFUSED = Answer(text="I can't help with that.", refused=True)


def item(*golds: str, skills: tuple[str, ...] = (), reason: str | None = None) -> Item:
    return Item(
        id="i", article_id="a", question="Why did the mayor resign?", context="The mayor, Oskar Lind, stayed.",
        answer_type="person" if golds else "none", gold=tuple(Gold(canonical=g) for g in golds), skills=skills,
        unanswerable_reason=reason,
    )  # fmt: skip


THERE, ABSENT = item("Oskar Lind"), item(reason="missing_info")
PREMISE = item(reason="false_premise")

# 3 unanswerable, of which 1 is declined; 2 answerable, of which 1 is declined: tp 1, declined 2, unanswerable 3.
SOME = [(ABSENT, ABSTAINED), (ABSENT, LIND), (ABSENT, LIND), (THERE, ABSTAINED), (THERE, LIND)]


def value(metric: CorpusMetric, pairs: list[tuple[Item, Answer]]) -> float | None:
    parts = [found for what, answer in pairs if (found := metric.parts(what, answer)) is not None]
    return metric.finish([sum(column) for column in zip(*parts, strict=True)] or [0.0] * metric.size)


@pytest.mark.parametrize(
    ("pairs", "precision", "recall", "f1"),
    [
        (SOME, 1 / 2, 1 / 3, 2 / 5),
        ([(ABSENT, ABSTAINED), (THERE, LIND)], 1, 1, 1),
        ([(ABSENT, ABSTAINED), (THERE, ABSTAINED)], 1 / 2, 1, 2 / 3),  # abstains always
        ([(ABSENT, LIND), (THERE, LIND)], None, 0, 0),  # never: nothing to be precise about
        ([(THERE, LIND)], None, None, None),
        ([(THERE, ABSTAINED)], 0, None, None),  # no unanswerable item: no recall, and so no F1
        ([], None, None, None),
        ([(ABSENT, FAILED), (THERE, FAILED)], None, 0, 0),  # a failure declines nothing
        ([(ABSENT, REFUSED), (THERE, REFUSED)], None, 0, 0),  # nor does a refusal
        (
            [(PREMISE, Answer(text="The mayor did not resign."))],
            1,
            1,
            1,
        ),  # a correction declines the question
    ],
)
def test_abstention(
    pairs: list[tuple[Item, Answer]], precision: float | None, recall: float | None, f1: float | None
) -> None:
    found = [value(metric, pairs) for metric in (AbstentionPrecision(), AbstentionRecall(), AbstentionF1())]

    assert found == [pytest.approx(v) if v is not None else None for v in (precision, recall, f1)]


@pytest.mark.parametrize(
    ("metric", "skill"), [(ClaimHolder(), "claim_holder"), (ClaimStatus(), "claim_status")]
)
def test_claims_are_accuracy_on_the_items_with_the_skill(
    metric: ClaimHolder | ClaimStatus, skill: str
) -> None:
    asked, other, absent = item("Oskar Lind", skills=("who", skill)), item("Lind"), item(skills=(skill,))

    assert [metric.applies(i) for i in (asked, other, absent)] == [True, False, True]
    assert [metric.score(asked, a) for a in (LIND, ABSTAINED, Answer(text="Ines Calloway"))] == [1, 0, 0]
    assert metric.score(absent, ABSTAINED) == 1
    assert metric.failure == 0
