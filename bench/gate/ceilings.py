"""What a candidate may cost at most: seconds, tokens, money."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.records import Key, Prediction
from bench.usage import latency_of, usage_of

LIMITS = (
    "seconds_p50", "seconds_p95", "seconds_total", "tokens_in_mean", "tokens_out_mean", "tokens_total", "cost_total",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What was measured under one ceiling's name; None where the run recorded nothing of the kind."""

    name: str
    value: float | None
    limit: float
    unknown: int = 0  # answers whose tokens nobody counted; with any, `value` is a lower bound


def spendings(
    limits: Mapping[str, float],
    prices: Sequence[float] | None,
    predictions: Mapping[Key, Prediction],
    seconds: Mapping[Key, float],
) -> list[Spent]:
    """The measured value for each limit, in the order of LIMITS.

    Percentiles are over answered items only: a quick failure must not win on latency. `seconds_total`, tokens
    and cost count everything that was recorded. Answers without a count of tokens enter the means of tokens as
    none, so that every figure is a lower bound. `prices` are per million tokens in and out.
    """
    latency, usage = latency_of(predictions, seconds), usage_of(predictions.values(), prices)
    found: dict[str, float | None] = dict.fromkeys(LIMITS)
    if latency is not None:
        found |= {"seconds_p50": latency.p50, "seconds_p95": latency.p95}
    if seconds:
        found["seconds_total"] = math.fsum(seconds.values())
    unknown = 0
    if usage is not None:
        unknown = sum(
            p.status == "ok" and p.tokens_kept is None and p.tokens_in is None for p in predictions.values()
        )
        n = usage.counted + unknown
        found |= {
            "tokens_in_mean": usage.tokens_in / n,
            "tokens_out_mean": usage.tokens_out / n,
            "tokens_total": float(usage.tokens_in + usage.tokens_out),
            "cost_total": usage.cost,
        }
    return [
        Spent(
            name=name,
            value=found[name],
            limit=limits[name],
            unknown=0 if name.startswith("seconds") else unknown,
        )
        for name in LIMITS
        if name in limits
    ]
