"""One request on its way through an extractive reader, and the prediction it ends as."""

from __future__ import annotations

from dataclasses import dataclass, field

from bench.models._batches import short_of_memory
from bench.models._extractive_decode import DECIMALS, Reading, merge
from bench.models._extractive_windows import Marks, Row
from bench.models.base import failed
from bench.records import Failure, Prediction, Request, SpanScore


@dataclass(slots=True, kw_only=True)
class Work:
    """A request: its inputs, then what each window said."""

    request: Request
    rows: list[Row] = field(default_factory=list)
    marks: Marks | None = None
    tokens_in: int = 0
    tokens_kept: int = 0
    readings: list[Reading | None] = field(default_factory=list)
    seconds: float = 0.0  # its windows' equal shares of what their batches took
    error: Exception | None = None


def finish(work: Work, n_best: int) -> Prediction:
    """The prediction of a request whose windows are all read, with its `n_best` spans; or why it failed."""
    request = work.request
    if work.error is not None:
        if short_of_memory(work.error):
            return _failed(request, "out_of_memory", f"one window alone does not fit: {work.error}")
        return failed(request, work.error)
    readings = [r for r in work.readings if r is not None]
    if len(readings) < len(work.readings):
        return _failed(request, "nan_logits", "a logit is not a finite number; model.dtype=fp32 may help")
    found = merge(readings, max(n_best, 2))
    spans = tuple(
        SpanScore(
            text=request.context[s.start : s.end],
            score=round(s.score, DECIMALS),
            start=s.start,
            end=s.end,
        )
        for s in found.spans[:n_best]
    )
    tie = len(found.spans) > 1 and found.spans[0].score == found.spans[1].score
    return Prediction(
        key=request.key,
        request_digest=request.digest,
        text=spans[0].text if spans else "",
        spans=spans,
        null_score=round(found.null_score, DECIMALS),
        finish_reason="tie" if tie else None,
        tokens_in=work.tokens_in,
        tokens_kept=work.tokens_kept,
    )


def _failed(request: Request, kind: str, message: str) -> Prediction:
    failure = Failure(type=kind, message=message)
    return Prediction(key=request.key, request_digest=request.digest, status="failed", error=failure)
