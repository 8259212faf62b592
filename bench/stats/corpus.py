"""A value that is made of sums over many answers, such as an F1 over items: its estimate, and two compared."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from bench.errors import DataError
from bench.records import Estimate
from bench.stats.clusters import FloatArray
from bench.stats.flips import flip_signs
from bench.stats.intervals import check_level, constant_bounds, t_quantile
from bench.stats.paired import PairedDifference
from bench.stats.power import mde
from bench.stats.signflip import too_few_articles

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


def corpus_difference(
    a: ArrayLike,
    b: ArrayLike,
    finish: Finish,
    n_items: int,
    *,
    draws: int = 10_000,
    seed: int = 0,
    bounds: tuple[float, float | None] = (0.0, 1.0),
) -> PairedDifference:
    """`finish` of b's summed statistics minus that of a's, by article rows of shape (articles, statistics).

    The interval is the jackknife of the difference, as in `corpus_estimate`. The p-value is that of swapping
    the two sides of whole articles: all 2^G ways up to 16 articles, else `draws` seeded ones with the +1 rule;
    a way in which a value is undefined counts as extreme. None below 6 articles. The fields that need values
    by item (better, worse, McNemar, noise) are empty.
    """
    table = np.hstack([np.asarray(side, dtype=np.float64) for side in (a, b)])
    size = table.shape[1] // 2

    def difference(sums: Sequence[float]) -> float | None:
        one, two = finish(sums[:size]), finish(sums[size:])
        return None if one is None or two is None else two - one

    width = None if bounds[1] is None else bounds[1] - bounds[0]
    limits = (-math.inf if width is None else -width, width)
    found = corpus_estimate(table, difference, n_items, bounds=limits)
    g = len(table)
    se = _standard_error(table, difference)
    note = too_few_articles(g)
    return PairedDifference(
        value=found.value,
        low=found.low,
        high=found.high,
        se=se,
        df=None if se is None else g - 1.0,
        p_sign_flip=None if note or found.value is None else _swap_p(table, size, difference, draws, seed),
        p_note=note,
        p_mcnemar=None,
        better=0,
        worse=0,
        n_items=n_items,
        n_articles=g,
        noise=None,
        mde=None if se is None else mde(1.0, discordance=se**2, design_effect=1.0),
        method=found.method,
    )


def _standard_error(table: FloatArray, finish: Finish) -> float | None:
    """Jackknife standard error of the value; None where there is none to see."""
    left = [finish(row) for row in (table.sum(axis=0) - table).tolist()]
    known = [v for v in left if v is not None]
    if len(known) < len(left) or len(left) < 2:
        return None
    g = len(left)
    spread = np.asarray(known) - math.fsum(known) / g
    se = math.sqrt((g - 1) / g * float((spread**2).sum()))
    return se if se > 1e-12 else None


def _swap_p(table: FloatArray, size: int, difference: Finish, draws: int, seed: int) -> float:
    swapped = np.hstack([table[:, size:], table[:, :size]])
    observed = difference(table.sum(axis=0).tolist())
    assert observed is not None
    n_draws, complete, chunks = flip_signs(len(table), draws, seed)
    hits = 0
    for signs in chunks:
        stays = (signs > 0).astype(np.float64)
        for row in (stays @ table + (1.0 - stays) @ swapped).tolist():
            value = difference(row)
            hits += value is None or abs(value) >= abs(observed) - 1e-12
    return hits / n_draws if complete else (1 + hits) / (1 + n_draws)


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
