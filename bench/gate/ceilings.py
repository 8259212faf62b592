"""What a candidate may cost at most: seconds, tokens, money, and items without an answer."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.records import Key, Prediction

SECONDS = ("seconds_p50", "seconds_p95", "seconds_total")
TOKENS = ("tokens_in_mean", "tokens_out_mean", "tokens_total", "cost_total")
LIMITS = (*SECONDS, *TOKENS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What was measured under one ceiling's name; None where the run recorded nothing of the kind."""

    name: str
    value: float | None
    limit: float


def spendings(
    limits: Mapping[str, float],
    prices: Mapping[str, float],
    predictions: Mapping[Key, Prediction],
    seconds: Mapping[Key, float],
) -> list[Spent]:
    """The measured value for each limit, in the order of LIMITS.

    Percentiles are over answered items only: a quick failure must not win on latency. `seconds_total`, tokens
    and cost count everything that was recorded. Tokens in are those that reached the model. Cost is in the
    currency of `prices`, per million tokens in and out.
    """
    answered = sorted(s for k, s in seconds.items() if k in predictions and predictions[k].status == "ok")
    taken = [t for p in predictions.values() if (t := _kept(p)) is not None]
    given = [p.tokens_out for p in predictions.values() if p.tokens_out is not None]
    found: dict[str, float | None] = {
        "seconds_p50": _percentile(answered, 0.50),
        "seconds_p95": _percentile(answered, 0.95),
        "seconds_total": math.fsum(seconds.values()) if seconds else None,
        "tokens_in_mean": sum(taken) / len(taken) if taken else None,
        "tokens_out_mean": sum(given) / len(given) if given else None,
        "tokens_total": float(sum(taken) + sum(given)) if taken or given else None,
        "cost_total": None,
    }
    if taken or given:
        cost = sum(taken) * prices.get("in", 0.0) + sum(given) * prices.get("out", 0.0)
        found["cost_total"] = cost / 1e6
    return [Spent(name=name, value=found[name], limit=limits[name]) for name in LIMITS if name in limits]


def _kept(prediction: Prediction) -> int | None:
    return prediction.tokens_kept if prediction.tokens_kept is not None else prediction.tokens_in


def _percentile(ordered: Sequence[float], share: float) -> float | None:
    """The smallest value that at least `share` of the values do not exceed."""
    return ordered[math.ceil(share * len(ordered)) - 1] if ordered else None
