"""The line after seal 1: predictions → answers → scores. Pure, and never needs the model."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping, Sequence
from typing import Any

from bench.answers.extract import EXTRACTOR_VERSION, Extractor
from bench.build import build_metrics
from bench.canonical import digest
from bench.datasets.mapping import item_from_mapping
from bench.diagnosis.diagnose import diagnose
from bench.diagnosis.siblings import Families
from bench.errors import IncompleteRun
from bench.metrics.base import Measure, Metric
from bench.records import Dataset, Item, Key, Prediction, Score
from bench.summary import HEADLINE_METRIC

_DEFAULT_EXTRACTOR = Extractor()


def score_predictions(
    items: Sequence[Item],
    predictions: Mapping[Key, Prediction],
    metrics: Mapping[str, Measure],
    extractor: Extractor,
    replicates: int = 1,
) -> list[Score]:
    """One score per item and replicate, in item order. A missing prediction is an error, never a gap."""
    keys = [(item, Key(item.id, item.variant, r)) for item in items for r in range(replicates)]
    if missing := [key.item_id for _, key in keys if key not in predictions]:
        names = ", ".join(missing[:5]) + (" …" if len(missing) > 5 else "")
        raise IncompleteRun(
            f"{len(missing)} planned items have no prediction: {names}; run again to ask them"
        )
    families = Families(items)
    return [score_one(item, predictions[key], metrics, extractor, families) for item, key in keys]


def score_one(
    item: Item,
    prediction: Prediction,
    metrics: Mapping[str, Measure],
    extractor: Extractor,
    families: Families | None = None,
) -> Score:
    """The score of one prediction; a failed one is worth each metric's declared failure value.

    Corpus metrics have no value per answer. A miss by `correct` is diagnosed where `families` is given.
    """
    answer = extractor.extract(prediction)
    values = {}
    for name, metric in metrics.items():
        if not isinstance(metric, Metric) or not metric.applies(item):
            continue
        value = metric.failure if answer.failed else metric.score(item, answer)
        if value is not None:
            values[name] = value
    correct = values.get(HEADLINE_METRIC, 1.0)
    why = diagnose(item, answer, correct, families.of(item)) if families and correct < 1.0 else None
    return Score(key=prediction.key, article_id=item.article_id, values=values, answer=answer, diagnosis=why)


def signature(
    dataset: Dataset, gold: str, metrics: Mapping[str, Measure], extractor: Extractor
) -> dict[str, Any]:
    """Everything that determines the scores of given predictions, with its digest and one printed line.

    `gold` is the digest of what a scorer sees of the items (`Snapshot.gold`).
    """
    parts: dict[str, Any] = {
        "dataset": f"{dataset.name}-{dataset.version}",
        "gold": gold[:12],
        "extract": {"version": EXTRACTOR_VERSION, **dataclasses.asdict(extractor)},
        "metrics": {name: dict(metric.identity()) for name, metric in sorted(metrics.items())},
    }
    line = "|".join(
        [
            f"data:{parts['dataset']}",
            f"gold:{parts['gold'][:8]}",
            f"extract:{EXTRACTOR_VERSION}",
            *(f"{name}:{metric.version}" for name, metric in sorted(metrics.items())),
        ]
    )
    units = {name: metric.unit for name, metric in metrics.items()}
    about = {name: _about(metric) for name, metric in sorted(metrics.items())}
    return {**parts, "digest": digest(parts), "line": line, "units": units, "about": about}


def _about(metric: Measure) -> dict[str, Any]:
    """What a reader of the scores must know of a metric without having it; no part of the digest."""
    return {
        "low": metric.low,
        "high": metric.high,
        "higher_is_better": metric.higher_is_better,
        "per_answer": isinstance(metric, Metric),
        "failure": metric.failure if isinstance(metric, Metric) else None,
    }


def score_answer(item: Item | Mapping[str, Any], text: str) -> dict[str, float]:
    """The value of every metric that has one per answer, for one raw answer to one item.

    `item` is an Item or a plain mapping with `question, context, answer_type, answer_mode,
    gold[{key, canonical, aliases, …}], reject`; everything but `question` is optional. An answer is read as a
    model's raw output, so `"Answer: **52**"` and `"52"` are the same answer.
    """
    record = item if isinstance(item, Item) else item_from_mapping(item)
    prediction = Prediction(key=Key(record.id, record.variant), request_digest="", text=text)
    return dict(score_one(record, prediction, _all_metrics(), _DEFAULT_EXTRACTOR).values)


@functools.cache
def _all_metrics() -> dict[str, Measure]:
    return build_metrics()
