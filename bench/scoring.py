"""The line after seal 1: predictions → answers → scores. Pure, and never needs the model."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bench.answers.extract import EXTRACTOR_VERSION, Extractor
from bench.build import build_metrics
from bench.canonical import digest
from bench.errors import IncompleteRun, UsageError
from bench.metrics.base import Measure, Metric
from bench.records import Answer, Dataset, Item, Key, Prediction, Score
from bench.summary import HEADLINE_METRIC


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
    scorer = Scorer(metrics, extractor, items)
    return [scorer.score(item, predictions[key]) for item, key in keys]


class Scorer:
    """One way of scoring, made once for many answers."""

    def __init__(
        self,
        metrics: Mapping[str, Measure],
        extractor: Extractor,
        items: Iterable[Item] | None = None,
    ) -> None:
        """A miss by `correct` is diagnosed where `items` is given: all items of the data set."""
        self.extractor = extractor
        # Corpus metrics have no value per answer.
        self._metrics = [(name, m, _selective(m)) for name, m in metrics.items() if isinstance(m, Metric)]
        self._why: Callable[[Item, Answer, float], str | None] | None = None
        if items is not None and HEADLINE_METRIC in metrics:
            from bench.diagnosis.diagnose import diagnose
            from bench.diagnosis.siblings import Families

            families = Families(items)
            self._why = lambda item, answer, correct: diagnose(item, answer, correct, families.of(item))

    def score(self, item: Item, prediction: Prediction) -> Score:
        """The score of one prediction; a failed one is worth each metric's declared failure value."""
        return self.judge(item, prediction.key, self.extractor.extract(prediction))

    def judge(self, item: Item, key: Key, answer: Answer) -> Score:
        """The score of an answer as read."""
        values = {}
        for name, metric, selective in self._metrics:
            if selective and not metric.applies(item):
                continue
            value = metric.failure if answer.failed else metric.score(item, answer)
            if value is not None:
                values[name] = value
        why = None
        if self._why is not None and (correct := values.get(HEADLINE_METRIC, 1.0)) < 1.0:
            why = self._why(item, answer, correct)
        return Score(key=key, article_id=item.article_id, values=values, answer=answer, diagnosis=why)


def _selective(metric: Metric) -> bool:
    """Whether a metric may not apply to some items."""
    return type(metric).applies is not Measure.applies


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
            ",".join([f"extract:{EXTRACTOR_VERSION}", *_set_otherwise(extractor)]),
            *(f"{name}:{metric.version}" for name, metric in sorted(metrics.items())),
        ]
    )
    units = {name: metric.unit for name, metric in metrics.items()}
    about = {name: _about(metric) for name, metric in sorted(metrics.items())}
    return {**parts, "digest": digest(parts), "line": line, "units": units, "about": about}


def _set_otherwise(extractor: Extractor) -> list[str]:
    """What of an extractor is not as it comes: "confidence_threshold=0.5"."""
    values = ((field, getattr(extractor, field.name)) for field in dataclasses.fields(extractor))
    return [f"{field.name}={value}" for field, value in values if value != field.default]


def _about(metric: Measure) -> dict[str, Any]:
    """What a reader of the scores must know of a metric without having it; no part of the digest."""
    return {
        "low": metric.low,
        "high": metric.high,
        "higher_is_better": metric.higher_is_better,
        "per_answer": isinstance(metric, Metric),
        "failure": metric.failure if isinstance(metric, Metric) else None,
    }


def score_answer(item: Item | Mapping[str, Any], text: str | None) -> dict[str, float]:
    """The value of every metric that has one per answer, for one raw answer to one item.

    `item` is an Item or a plain mapping with `question, context, answer_type, answer_mode,
    gold[{key, canonical, aliases, …}], reject`; everything but `question` is optional. An answer is read as a
    model's raw output, so `"Answer: **52**"` and `"52"` are the same answer; None is no answer, as "" is. UsageError
    where `item` or `text` is of another shape.
    """
    from bench.datasets.mapping import item_from_mapping

    record = item if isinstance(item, Item) else item_from_mapping(item)
    if text is not None and not isinstance(text, str):
        raise UsageError(f"an answer is a string, not {text!r}")
    prediction = Prediction(key=Key(record.id, record.variant), request_digest="", text=text or "")
    return dict(_all_metrics().score(record, prediction).values)


@functools.cache
def _all_metrics() -> Scorer:
    return Scorer(build_metrics(), Extractor())
