"""Choosing when a reader abstains, on the dev split and nowhere else.

A reader that scores "no answer" (or states a confidence) leaves open how sure is sure enough. The choice that
maximises the headline on dev items is made here; a figure with a threshold tuned on the scored items would
flatter.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.answers.extract import Extractor
from bench.metrics.base import Metric
from bench.records import Answer, Item, Key, Prediction
from bench.summary import in_headline

_ABSTAINED = Answer(text="", abstained=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A chosen threshold."""

    extractor: Extractor  # with the threshold in it
    kind: str  # null score · confidence
    value: float
    headline: float  # on the items it was chosen on
    n_items: int


def choose_threshold(
    items: Sequence[Item], predictions: Mapping[Key, Prediction], metric: Metric, extractor: Extractor
) -> Choice | None:
    """The null-score threshold (or, without null scores, the confidence threshold) that maximises the headline.

    Ties go to the threshold nearest to 0. None when no prediction has a null score or a confidence, so that
    there is nothing to choose. Items outside the headline do not count.
    """
    pairs = [
        (i, p) for i in items if in_headline(i) and (p := predictions.get(Key(i.id, i.variant))) is not None
    ]
    kind = _kind([p for _, p in pairs], extractor)
    if kind is None:
        return None
    free = _with(extractor, kind, math.inf if kind == "null score" else None)
    weights = _weights([i for i, _ in pairs])
    fixed, movable = 0.0, []
    for (item, prediction), weight in zip(pairs, weights, strict=True):
        answer = free.extract(prediction)
        said = 0.0 if answer.failed else weight * metric.score(item, answer)
        silent = (
            answer.failed or answer.abstained or not answer.text
        )  # no threshold changes what is not there
        if silent or (reluctance := _reluctance(kind, prediction, answer)) is None:
            fixed += said
        else:
            movable.append((reluctance, said, weight * metric.score(item, _ABSTAINED)))
    value, headline = _best(sorted(movable))
    threshold = value if kind == "null score" else -value
    made = _with(extractor, kind, threshold)
    return Choice(extractor=made, kind=kind, value=threshold, headline=fixed + headline, n_items=len(pairs))


def _kind(predictions: Sequence[Prediction], extractor: Extractor) -> str | None:
    if any(p.null_score is not None and p.spans for p in predictions):
        return "null score"
    if any(extractor.extract(p).confidence is not None for p in predictions):
        return "confidence"
    return None


def _with(extractor: Extractor, kind: str, threshold: float | None) -> Extractor:
    if kind == "null score":
        return dataclasses.replace(extractor, null_threshold=math.inf if threshold is None else threshold)
    return dataclasses.replace(extractor, confidence_threshold=threshold)


def _reluctance(kind: str, prediction: Prediction, answer: Answer) -> float | None:
    """What must exceed the threshold for an abstention; None when this prediction does not take part."""
    if kind == "confidence":
        return None if answer.confidence is None else -answer.confidence
    if prediction.null_score is None or not prediction.spans:
        return None
    return prediction.null_score - max(s.score for s in prediction.spans)


def _weights(items: Sequence[Item]) -> list[float]:
    """Each item's weight in the headline: half for each class, or all for the only one there is."""
    answerable = sum(i.answerable for i in items)
    other = len(items) - answerable
    classes = bool(answerable) + bool(other)
    return [1 / (classes * (answerable if i.answerable else other)) for i in items]


def _best(rows: Sequence[tuple[float, float, float]]) -> tuple[float, float]:
    """(threshold, worth) over rows (reluctance, worth if answered, worth if abstained), sorted by reluctance.

    Abstain where reluctance > threshold. Candidates lie half-way between neighbouring reluctances and one
    step outside their range.
    """
    if not rows:
        return 0.0, 0.0
    worth = sum(abstained for _, _, abstained in rows)  # a threshold below all: nobody answers
    best = (rows[0][0] - 1.0, worth)
    for n, (reluctance, answered, abstained) in enumerate(rows):
        worth += answered - abstained
        after = rows[n + 1][0] if n + 1 < len(rows) else reluctance + 2.0
        if after == reluctance:
            continue
        low, high = reluctance, after
        candidate = 0.0 if low <= 0.0 < high else (low + high) / 2
        if worth > best[1] + 1e-12 or (worth > best[1] - 1e-12 and abs(candidate) < abs(best[0])):
            best = (candidate, worth)
    return best
