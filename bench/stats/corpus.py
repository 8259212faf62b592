"""The estimate of a value that is made of sums over many answers, such as an F1 over items."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from bench.errors import DataError
from bench.records import Estimate
from bench.stats.intervals import check_level, constant_bounds, t_quantile

Finish = Callable[[Sequence[float]], float | None]


def corpus_estimate(
    sums: ArrayLike,
    finish: Finish,
    n_items: int,
    *,
    level: float = 0.95,
    bounds: tuple[float, float | None] = (0.0, 1.0),
) -> Estimate:
    """`finish` of the summed statistics, with a delete-one-article jackknife interval.

    `sums` has shape (articles, statistics): one row per article that takes part. The interval is
    value ± t·SE at G − 1 degrees of freedom, SE² = (G−1)/G · Σ(θ₍g₎ − θ̄)² over the values θ₍g₎ without
    article g, clipped to `bounds`; it costs one call of `finish` per article. When no article changes the
    value, the limits are what G equal articles leave possible (see `constant_bounds`).

    The value is None where `finish` says so. There is no interval below two articles, where the value is
    undefined without one of the articles, or where nothing varies and the metric is unbounded; `method`
    says which. Source: Efron and Stein (1981), Annals of Statistics 9. DataError unless `sums` is finite.
    """
    check_level(level)
    table = np.asarray(sums, dtype=np.float64)
    if table.ndim != 2 or not np.isfinite(table).all():
        raise DataError(f"sums must be a finite table of articles by statistics, got shape {table.shape}")
    g = len(table)
    total = table.sum(axis=0)
    value = finish(total.tolist()) if g else None
    low = high = None
    if value is None:
        method = "undefined: no items" if not g else "undefined for these items and answers"
    elif g < 2:
        method = "no interval: one article only"
    else:
        low, high, method = _interval(value, [finish(row) for row in (total - table).tolist()], level, bounds)
    return Estimate(value=value, low=low, high=high, n_items=n_items, n_articles=g, method=method)


def _interval(
    value: float, without: Sequence[float | None], level: float, bounds: tuple[float, float | None]
) -> tuple[float | None, float | None, str]:
    left = [v for v in without if v is not None]
    g, (floor, ceiling) = len(without), bounds
    if len(left) < g:
        return None, None, "no interval: undefined without one of the articles"
    quantile = t_quantile(g - 1.0, level)
    percent = f"{100 * level:g} %"
    spread = np.asarray(left) - math.fsum(left) / g
    variance = (g - 1) / g * float((spread**2).sum())
    if not variance > 1e-24 * max(1.0, value * value):  # rounding alone is no spread
        if ceiling is None or not math.isfinite(floor):
            return None, None, "no interval: no article changes the value and the metric is unbounded"
        low, high = constant_bounds(value, g, quantile, (floor, ceiling))
        return low, high, f"{percent} bound, no article changes the value"
    half = quantile * math.sqrt(variance)
    upper = value + half if ceiling is None else min(ceiling, value + half)
    return max(floor, value - half), upper, f"{percent} jackknife t by article, {g - 1} df"
