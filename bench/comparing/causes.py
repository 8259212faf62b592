"""Why two headlines differ: what each cause of a miss takes from either side, and the matrix of diagnoses.

A headline is Σ w·v over answers with weights w that sum to 1, so 1 − headline = Σ w·(1 − v), and every lost
w·(1 − v) belongs to the one diagnosis of its answer. Hence b − a = Σ over causes of (lost by a − lost by b).
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from bench.comparing.pairing import Paired
from bench.records import Score
from bench.reports.comparison import CAUSES, CONTENT, FAILURES, RIGHT, Cell, Part
from bench.summary import HEADLINE_METRIC

_CAUSE_OF = {
    "failed": FAILURES,
    "truncated": FAILURES,
    "refusal": "refusal",
    "format": "format",
    "false_abstention": "false abstention",
    "false_answer": "false answer",
}  # every other diagnosis is wrong content


def cause_of(diagnosis: str | None) -> str:
    """The cause that a diagnosis belongs to; `right` for none."""
    return RIGHT if diagnosis is None else _CAUSE_OF.get(diagnosis, CONTENT)


def parts(paired: Paired) -> tuple[Part, ...]:
    """Per cause what the two views lose by it, causes in fixed order; those that cost neither are left out."""
    lost: tuple[dict[str, list[float]], dict[str, list[float]]] = ({}, {})
    for weight, *answers in _answers(paired):
        for side, score in zip(lost, answers, strict=True):
            label, value = _label_and_value(score)
            if label is not None:
                side.setdefault(label, []).append(weight * (1.0 - value))
    totals = [{label: math.fsum(found) for label, found in side.items()} for side in lost]
    labels = sorted(totals[0].keys() | totals[1].keys())
    out = []
    for cause in CAUSES:
        own = {
            label: (totals[0].get(label, 0.0), totals[1].get(label, 0.0))
            for label in labels
            if cause_of(label) == cause
        }
        if own:
            a, b = (math.fsum(pair[n] for pair in own.values()) for n in (0, 1))
            out.append(Part(cause=cause, a=a, b=b, labels=own if len(own) > 1 else {}))
    return tuple(out)


def matrix(paired: Paired) -> tuple[Cell, ...]:
    """What became of the first view's answers in the second, by cause; cells that hold answers, in fixed order."""
    found: dict[tuple[str, str], list[float]] = {}
    for weight, before, after in _answers(paired):
        (one, was), (two, now) = _label_and_value(before), _label_and_value(after)
        found.setdefault((cause_of(one), cause_of(two)), []).append(weight * (now - was))
    order = (RIGHT, *CAUSES)
    return tuple(
        Cell(before=before, after=after, answers=len(points), points=math.fsum(points))
        for before in order
        for after in order
        if (points := found.get((before, after)))
    )


def _answers(paired: Paired) -> Iterator[tuple[float, Score, Score]]:
    """Weight in the headline and the scores of both views, answer by answer, for items in the headline."""
    first, second = paired.scores
    for weight, before, after in zip(paired.weights, first, second, strict=True):
        if weight > 0.0:
            yield from ((float(weight) / len(before), *pair) for pair in zip(before, after, strict=True))


def _label_and_value(score: Score) -> tuple[str | None, float]:
    """Diagnosis and credit; a failed or missing answer is worth nothing."""
    value = score.values.get(HEADLINE_METRIC, 0.0)
    return (None if value >= 1.0 else score.diagnosis or "other_content"), value
