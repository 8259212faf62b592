"""Laws of every corpus metric, on the estimate that a tally makes of it. A new one is picked up by itself."""

from __future__ import annotations

import dataclasses
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.build import build_metrics
from bench.metrics.base import CorpusMetric, Metric
from bench.records import Answer, Gold, Item, Key, Score
from bench.summary import Tally

ALL = build_metrics()
CORPUS = {name: metric for name, metric in ALL.items() if isinstance(metric, CorpusMetric)}

ITEMS = [
    Item(
        id=f"q{n:02}", article_id=f"a{n % 4}", question="Who spoke?", context="Oskar Lind spoke.",
        answer_type="person" if n % 3 else "none", gold=(Gold(canonical="Oskar Lind"),) if n % 3 else (),
        reject=("Ines Calloway",), skills=("who",),
    )
    for n in range(16)
]  # fmt: skip
ANSWERS = st.sampled_from(
    [Answer(text="", abstained=True), Answer(text="Oskar Lind"), Answer(text="Ines Calloway"), Answer(text="", failed=True),
     Answer(text="I can't help.", refused=True), Answer(text="\ud800")]
)  # fmt: skip
GIVEN = st.lists(ANSWERS, min_size=len(ITEMS), max_size=len(ITEMS))
per_metric = pytest.mark.parametrize("metric", CORPUS.values(), ids=CORPUS)


def score(item: Item, answer: Answer) -> Score:
    return Score(key=Key(item.id), article_id=item.article_id, values={}, answer=answer)


def estimate(metric: CorpusMetric, pairs, items=ITEMS):
    tally = Tally(items, {metric.name: metric})
    for item, answer in pairs:
        tally.add(score(item, answer))
    return tally.summary().metrics[metric.name]


def gold(item: Item) -> Answer:
    return Answer(text="Oskar Lind") if item.gold else Answer(text="", abstained=True)


def test_every_metric_is_of_one_kind() -> None:
    assert all(isinstance(m, Metric) != isinstance(m, CorpusMetric) for m in ALL.values())
    assert {"abstention_precision", "abstention_recall", "abstention_f1"} <= CORPUS.keys()


@per_metric
@given(answers=GIVEN)
def test_value_and_interval_lie_in_the_range(metric: CorpusMetric, answers: list[Answer]) -> None:
    found = estimate(metric, zip(ITEMS, answers, strict=True))

    for number in (found.value, found.low, found.high):
        assert number is None or (number >= metric.low and (metric.high is None or number <= metric.high))
    assert (found.low is None) == (found.high is None)
    if found.low is not None:
        assert found.low <= found.value <= found.high
    assert found.method


@per_metric
@given(answers=GIVEN, seed=st.integers(0, 99))
def test_the_order_of_items_is_irrelevant(metric: CorpusMetric, answers: list[Answer], seed: int) -> None:
    pairs = list(zip(ITEMS, answers, strict=True))
    mixed, items = list(pairs), list(ITEMS)
    random.Random(seed).shuffle(mixed)
    random.Random(seed + 1).shuffle(items)

    assert estimate(metric, pairs) == estimate(metric, mixed, items)


@per_metric
def test_golds_give_the_best_value(metric: CorpusMetric) -> None:
    found = estimate(metric, [(item, gold(item)) for item in ITEMS])

    best = {True: metric.high, False: metric.low}[metric.higher_is_better]
    assert found.value == pytest.approx(best)
    assert found.n_articles == 4


@per_metric
def test_undefined_is_none_and_says_so(metric: CorpusMetric) -> None:
    found = estimate(metric, [], items=[])

    assert (found.value, found.low, found.high, found.n_items) == (None, None, None, 0)
    assert found.method.startswith("undefined")


@per_metric
def test_one_article_has_a_value_and_no_interval(metric: CorpusMetric) -> None:
    single = [dataclasses.replace(item, article_id="a") for item in ITEMS]

    found = estimate(metric, [(item, gold(item)) for item in single], items=single)

    assert found.value is not None
    assert (found.low, found.high, found.n_articles) == (None, None, 1)
    assert "one article" in found.method


@per_metric
@given(what=st.sampled_from(ITEMS), answer=ANSWERS)
def test_parts_are_of_the_declared_size(metric: CorpusMetric, what: Item, answer: Answer) -> None:
    if not metric.applies(what) or (answer.failed and not metric.counts_failures):
        return

    parts = metric.parts(what, answer)

    assert parts is None or len(parts) == metric.size
    assert parts == metric.parts(what, answer)


@per_metric
def test_what_lies_outside_the_headline_does_not_count(metric: CorpusMetric) -> None:
    pairs = [(item, gold(item)) for item in ITEMS]
    odd = [dataclasses.replace(i, id=f"x{n}", **change) for n, i in enumerate(ITEMS) for change in
           [[{"status": "disputed"}, {"variant": "noise@1:0"}][n % 2]]]  # fmt: skip
    tally = Tally([*ITEMS, *odd], {metric.name: metric})
    for item, answer in [*pairs, *((i, Answer(text="Ines Calloway")) for i in odd)]:
        tally.add(dataclasses.replace(score(item, answer), key=Key(item.id, item.variant)))

    assert tally.summary().metrics[metric.name] == estimate(metric, pairs)
