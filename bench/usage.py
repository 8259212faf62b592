"""What answers cost: tokens and money from predictions, time from the clock kept beside them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bench.records import Key, Prediction

Prices = tuple[float, float]  # US dollars for a million tokens in, and out


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Tokens of a run, as its model or server counted them."""

    tokens_in: int  # as the model read them: after truncation, where that is known
    tokens_out: int
    counted: int  # predictions whose tokens are known
    answered: int  # predictions that did not fail
    cost: float | None  # US dollars for what was counted; None without prices


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """Seconds per answered item: a quick failure must not win. With several under way at once, each has its own."""

    p50: float
    p95: float
    mean: float
    n: int


def usage_of(predictions: Iterable[Prediction], prices: Sequence[float] | None) -> Usage | None:
    """Tokens and cost of all predictions together; None when none were counted."""
    tokens_in = tokens_out = counted = answered = 0
    for p in predictions:
        answered += p.status == "ok"
        read = p.tokens_kept if p.tokens_kept is not None else p.tokens_in
        if read is None:
            continue
        counted += 1
        tokens_in += read
        tokens_out += p.tokens_out or 0
    if not counted:
        return None
    cost = cost_of(tokens_in, tokens_out, (prices[0], prices[1])) if prices else None
    return Usage(tokens_in=tokens_in, tokens_out=tokens_out, counted=counted, answered=answered, cost=cost)


def cost_of(tokens_in: float, tokens_out: float, prices: Prices) -> float:
    """US dollars for so many tokens."""
    return (tokens_in * prices[0] + tokens_out * prices[1]) / 1e6


def latency_of(predictions: Mapping[Key, Prediction], seconds: Mapping[Key, float]) -> Latency | None:
    """Percentiles over answered items with a known time; None when there is none.

    A percentile is the smallest value that at least that share of the values do not exceed.
    """
    found = sorted(s for key, s in seconds.items() if key in predictions and predictions[key].status == "ok")
    if not found:
        return None
    p50, p95 = (found[math.ceil(share * len(found)) - 1] for share in (0.50, 0.95))
    return Latency(p50=p50, p95=p95, mean=math.fsum(found) / len(found), n=len(found))


def dollars(amount: float) -> str:
    """`$1.23`, with more digits below ten cents, so that a small run does not look free."""
    if amount == 0 or amount >= 0.1:
        return f"${amount:,.2f}"
    return f"${amount:.2g}" if amount >= 1e-4 else f"${amount:.1e}"
