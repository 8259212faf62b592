"""Laws that every metric in `configs/metric` keeps. A new metric is picked up by itself."""

from __future__ import annotations

import dataclasses
import importlib
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.metrics.base import CorpusMetric, Measure, Metric
from bench.records import ANSWER_TYPES, Answer, Attribution, Gold, Item

ROOT = Path(__file__).parents[2]
CONFIGS = sorted((ROOT / "configs" / "metric").glob("*.yaml"))
MODULES = {p.stem for p in (ROOT / "bench" / "metrics").glob("[!_]*.py")} - {"base"}


def parts(config: Path) -> tuple[str, str, str, str]:
    """(first line, name, module, class) of a metric's config."""
    lines = config.read_text("utf-8").splitlines()
    target = next(line.partition("_target_:")[2].strip() for line in lines if "_target_:" in line)
    module, _, kind = target.rpartition(".")
    return lines[0], lines[1].rstrip(":"), module, kind


def needed(kind: type) -> list[str]:
    """Parameters without a default."""
    missing = dataclasses.MISSING
    return [f.name for f in dataclasses.fields(kind) if f.default is missing and f.default_factory is missing]


def load() -> dict[str, Measure]:
    """The metrics that need no parameter, by config name."""
    kinds = {c.stem: getattr(importlib.import_module(parts(c)[2]), parts(c)[3]) for c in CONFIGS}
    return {name: kind() for name, kind in kinds.items() if not needed(kind)}


ALL = load()
METRICS = {name: metric for name, metric in ALL.items() if isinstance(metric, Metric)}
CORPUS = {name: metric for name, metric in ALL.items() if isinstance(metric, CorpusMetric)}

GOLDS = {
    "person": (Gold(canonical="Oskar Lind", aliases=("Lind", "Mayor Lind")),),
    "place": (Gold(canonical="Brennick"),),
    "span": (Gold(canonical="a peace memorandum", aliases=("memorandum",)),),
    "number": (Gold(canonical="up to 40", aliases=("at most 40",), value=40, unit="plane", bound="at_most"),),
    "date": (Gold(canonical="May 16", aliases=("16 May",), edtf="XXXX-05-16"),),
    "yes_no": (Gold(canonical="yes"),),
    "choice": (Gold(canonical="before"),),
    "list": (Gold(canonical="Russia", aliases=("Moscow",)), Gold(canonical="Ukraine", aliases=("Kyiv",))),
    "none": (),
    "ambiguous": (Gold(canonical="52", reading="Ukraine's"), Gold(canonical="162", reading="Russia's")),
}
MODES = {"list": "all", "ambiguous": "any"}


def item(kind: str) -> Item:
    return Item(
        id=f"a-{kind}", article_id="a", question="What does the article say?", context="Oskar Lind said so.",
        answer_type=kind, answer_mode=MODES.get(kind, "one"), gold=GOLDS[kind], reject=("Ines Calloway",),
        evidence=((1,),), skills=("claim_holder", "claim_status"),
        attribution=Attribution(status="stated", holder="Oskar Lind"),
    )  # fmt: skip


ITEMS = [item(kind) for kind in ANSWER_TYPES]
TEXTS = st.text(max_size=60) | st.sampled_from(
    ["Oskar Lind", "Lind or Calloway", "52", "up to 40", "40", "May 16", "16 May 2025", "yes", "no", "before", "Russia, Ukraine",
     "Kyiv", "Ines Calloway", "a memorandum of 1987", "Brennick", "The article does not say."]
)  # fmt: skip
ANSWERS = st.builds(
    Answer, text=TEXTS, refused=st.booleans(), evidence=st.lists(st.integers(0, 5), max_size=3).map(tuple),
    confidence=st.none() | st.floats(0, 1),
) | st.just(Answer(text="", abstained=True))  # fmt: skip


def best(what: Item) -> Answer:
    """The gold itself, with evidence and a stated confidence, for metrics that look at them."""
    if not what.gold:
        return Answer(text="", abstained=True, confidence=1.0)
    texts = [slot.canonical for slot in what.gold]
    text = ", ".join(texts) if what.answer_mode == "all" else texts[0]
    return Answer(text=text, evidence=(1,), confidence=1.0)


def total(metric: CorpusMetric, pairs: list[tuple[Item, Answer]]) -> list[float]:
    """The sums of parts, each of the declared size."""
    sums = [0.0] * metric.size
    for what, answer in pairs:
        given_ = metric.parts(what, answer) if metric.applies(what) else None
        if given_ is not None:
            assert len(given_) == metric.size
            sums = [a + b for a, b in zip(sums, given_, strict=True)]
    return sums


@pytest.mark.parametrize("config", CONFIGS, ids=lambda p: p.stem)
def test_a_config_is_a_comment_a_name_and_a_target(config: Path) -> None:
    comment, name, module, kind = parts(config)
    metric = getattr(importlib.import_module(module), kind)

    assert comment.startswith("# ")
    assert name == metric.name == config.stem
    assert issubclass(metric, Measure)
    assert metric.__doc__


def test_every_metric_has_a_config_and_every_config_a_metric() -> None:
    assert {parts(config)[2].rpartition(".")[2] for config in CONFIGS} == MODULES
    assert ALL.keys() == METRICS.keys() | CORPUS.keys(), (
        "a metric gives a value per answer or statistics to sum"
    )
    assert METRICS


@pytest.mark.parametrize("metric", ALL.values(), ids=ALL)
def test_declarations_fit_each_other(metric: Measure) -> None:
    assert metric.high is None or metric.low < metric.high
    assert metric.version
    assert metric.unit
    if isinstance(metric, Metric) and metric.failure is not None:
        worst = metric.low if metric.higher_is_better else metric.high
        assert metric.failure == worst, (
            "a failed prediction is worth the worst value, or is excluded and counted"
        )


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
@given(what=st.sampled_from(ITEMS), answer=ANSWERS)
def test_values_are_finite_in_range_and_repeatable(metric: Metric, what: Item, answer: Answer) -> None:
    if not metric.applies(what):
        return

    score = metric.score(what, answer)

    assert math.isfinite(score)
    assert score >= metric.low
    assert metric.high is None or score <= metric.high
    assert score == metric.score(what, answer)


@pytest.mark.parametrize("what", ITEMS, ids=ANSWER_TYPES)
@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
def test_the_gold_gets_the_best_value(metric: Metric, what: Item) -> None:
    if metric.higher_is_better is None or not metric.applies(what):
        pytest.skip("says nothing of this item, or takes no side")

    assert metric.score(what, best(what)) == pytest.approx(
        metric.high if metric.higher_is_better else metric.low
    )


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
@given(what=st.sampled_from(ITEMS), answer=ANSWERS)
def test_the_order_of_aliases_is_irrelevant(metric: Metric, what: Item, answer: Answer) -> None:
    if not metric.applies(what):
        return
    turned = tuple(dataclasses.replace(slot, aliases=slot.aliases[::-1]) for slot in what.gold)
    other = dataclasses.replace(what, gold=turned, reject=what.reject[::-1])

    assert metric.score(what, answer) == metric.score(other, answer)


@pytest.mark.parametrize("metric", CORPUS.values(), ids=CORPUS)
@given(pairs=st.lists(st.tuples(st.sampled_from(ITEMS), ANSWERS), max_size=6))
def test_corpus_values_are_in_range_whatever_is_summed(
    metric: CorpusMetric, pairs: list[tuple[Item, Answer]]
) -> None:
    sums = total(metric, pairs)

    value = metric.finish(sums)

    assert all(map(math.isfinite, sums))
    assert value is None or (value >= metric.low and (metric.high is None or value <= metric.high + 1e-12))
    assert value == metric.finish(sums)


@pytest.mark.parametrize("metric", CORPUS.values(), ids=CORPUS)
def test_a_corpus_of_golds_gets_the_best_value(metric: CorpusMetric) -> None:
    value = metric.finish(total(metric, [(what, best(what)) for what in ITEMS]))

    if value is not None and metric.higher_is_better is not None:
        assert value == pytest.approx(metric.high if metric.higher_is_better else metric.low)


@pytest.mark.parametrize("metric", ALL.values(), ids=ALL)
def test_metrics_are_frozen_and_equal_by_their_parameters(metric: Measure) -> None:
    assert dataclasses.is_dataclass(metric)
    assert metric == dataclasses.replace(metric)
    assert hash(metric) == hash(dataclasses.replace(metric))
