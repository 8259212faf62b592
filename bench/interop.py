"""Every metric here as an `evaluate.Metric` of Hugging Face. The other direction is `metric=evaluate`.

`evaluate` (4–5 seconds to import) and `datasets` are imported when a metric is made, and never by anything else.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bench.answers.extract import Extractor
from bench.build import build_metrics
from bench.canonical import to_json
from bench.datasets.mapping import item_from_mapping
from bench.metrics.base import Measure
from bench.records import Estimate, Item, Key, Prediction
from bench.scoring import Scorer
from bench.summary import Tally

ITEM = "dateline_item"  # the only field of a full reference


def as_evaluate(metric: str | Measure, extractor: Extractor | None = None) -> Any:
    """A metric, by name or made already, as an `evaluate.Metric`: compute, add, add_batch, combine, save; offline.

    Predictions are raw outputs. References are gold texts (`""`: no answer), lists of gold texts (aliases of
    one answer, `[]`: no answer), or whole items as `evaluate_reference` gives them; the metrics that look at
    evidence, skills or lures need these. The shapes of `squad_v2` work too (`id`, `prediction_text`,
    `no_answer_probability`; `id`, `answers`); there a probability above 0.5 is an abstention.

    `compute` gives `{name: value}`, the value that a run would report for these items, None when undefined.
    `compute(…, interval=True)` adds `name_low` and `name_high`, `per_item=True` adds `name_per_item` (None where
    the metric does not apply or has no value per answer). Gold texts alone count as one article each.
    """
    name = metric if isinstance(metric, str) else metric.name
    made = build_metrics([metric])[metric] if isinstance(metric, str) else metric
    kind = type("".join(word.title() for word in name.split("_")), (_metric_class(),), {})
    return kind(made, name, extractor or Extractor())


def evaluate_reference(item: Item | Mapping[str, Any]) -> dict[str, str]:
    """An item as a reference for `as_evaluate(…)`; a mapping is read as by `score_answer`."""
    record = item if isinstance(item, Item) else item_from_mapping(item)
    return {ITEM: json.dumps(to_json(record))}


@functools.cache
def _metric_class() -> type:
    import evaluate
    from datasets import Features, Value

    text, texts = Value("string"), [Value("string")]
    said = {"id": text, "prediction_text": text, "no_answer_probability": Value("float64")}
    golds = {"id": text, "answers": {"text": texts, "answer_start": [Value("int64")]}}
    shapes: list[tuple[Any, Any]] = [(text, {ITEM: text}), (text, texts), (text, text), (said, golds)]
    features = [Features({"predictions": given, "references": wanted}) for given, wanted in shapes]

    class DatelineMetric(evaluate.Metric):  # type: ignore[misc]
        """A metric of this package behind the interface of `evaluate`."""

        def __init__(self, measure: Measure, name: str, extractor: Extractor) -> None:
            self._measure, self._extractor = measure, extractor
            super().__init__(keep_in_memory=True)
            self.info.module_name = name

        def _info(self) -> Any:
            about = (type(self._measure).__doc__ or "").strip()
            return evaluate.MetricInfo(
                description=about,
                citation="",
                inputs_description="\n" + (as_evaluate.__doc__ or ""),
                features=features,
            )

        def _compute(
            self, predictions: Any, references: Any, interval: bool = False, per_item: bool = False
        ) -> dict[str, Any]:
            name = self.name
            found, values = _values(predictions, references, self._measure, name, self._extractor)
            result: dict[str, Any] = {name: found.value}
            if interval:
                result |= {f"{name}_low": found.low, f"{name}_high": found.high}
            return {**result, f"{name}_per_item": values} if per_item else result

    return DatelineMetric


def _values(
    predictions: Sequence[Any], references: Sequence[Any], measure: Measure, name: str, extractor: Extractor
) -> tuple[Estimate, list[float | None]]:
    """The estimate over all answers, and each answer's own value."""
    items = [_item(reference, n) for n, reference in enumerate(references)]
    distinct = {(item.id, item.variant): item for item in items}
    tally, values = Tally(list(distinct.values()), {name: measure}), []
    scorer = Scorer({name: measure}, extractor)
    for n, (item, said) in enumerate(zip(items, predictions, strict=True)):
        prediction = Prediction(key=Key(item.id, item.variant, n), request_digest="", text=_text(said))
        score = scorer.score(item, prediction)
        values.append(score.values.get(name))
        tally.add(score)
    return tally.summary().metrics[name], values


def _item(reference: Any, n: int) -> Item:
    """The item that a reference means; the n-th where it is gold texts."""
    if isinstance(reference, Mapping) and ITEM in reference:
        return item_from_mapping(json.loads(reference[ITEM]))
    own_id = str(n)
    if isinstance(reference, Mapping):
        reference, own_id = reference["answers"]["text"], str(reference["id"])
    golds = [reference] if isinstance(reference, str) else list(reference)
    item = item_from_mapping({"question": "", "gold": [text for text in golds if text]})
    return replace(item, id=own_id, article_id=own_id)


def _text(said: Any) -> str:
    if isinstance(said, Mapping):
        return "" if said["no_answer_probability"] > 0.5 else str(said["prediction_text"])
    return str(said)
