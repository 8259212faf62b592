"""From item values to a reported number: means and ratios, each an `Estimate` with its interval.

Proportions get Wilson's interval at the effective number of items, other scores a t interval; both use
the CR2 variance by article and the Bell–McCaffrey degrees of freedom. The headline is in `headline`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bench.errors import DataError
from bench.records import Estimate
from bench.stats.clusters import (
    Cells,
    FloatArray,
    Labels,
    article_codes,
    bell_mccaffrey_df,
    check_values,
    cr0,
    cr1,
    cr2,
    influences,
    mean_cells,
    satterthwaite_df,
)
from bench.stats.headline import headline_interval
from bench.stats.intervals import check_level, constant_bounds, normal_quantile, t_quantile, wilson

__all__ = [
    "bell_mccaffrey_df",
    "cr0",
    "cr1",
    "cr2",
    "headline_estimate",
    "mean_estimate",
    "normal_quantile",
    "ratio_estimate",
    "t_quantile",
    "wilson",
]

Bounds = tuple[float, float | None]
Interval = tuple[float | None, float | None, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sample:
    """What an interval is made from: the cells and the variance a simple random sample would give."""

    cells: Cells
    n: float  # items, or the sum of a ratio's denominators
    spread: float | None  # Σ(y − m)²/(n(n − 1)), item by item; None with one item
    constant: bool  # all values equal
    clustered: bool  # some article has several items


def mean_estimate(
    values: ArrayLike,
    articles: Labels,
    *,
    binary: bool | None = None,
    level: float = 0.95,
    bounds: Bounds = (0.0, 1.0),
) -> Estimate:
    """Mean of `values` (one per item, inside `bounds`) with an interval that respects the articles.

    `binary` None: proportions are recognised by values of 0 and 1 only. Pass True for means of
    right/wrong over replicates, False to force the t interval. `bounds` is the metric's range; an upper
    bound of None means unbounded.

    - proportion, every item its own article: Wilson
    - proportion, articles of several items: Wilson at n/max(1, design effect), t quantile
    - other scores: mean ± t·SE by CR2, clipped to `bounds`
    - one article: the same by item, labelled "this article only"; it says nothing about other articles
    - no spread at all: Wilson for proportions, else the bound on what `n` equal items leave possible;
      an unbounded metric then has no interval (low and high None)
    - no items: value, low and high None

    Raises DataError for values that are not finite, out of bounds or not one per label, UsageError for a
    level outside (0, 1).
    """
    check_level(level)
    y = check_values(values, len(articles))
    _check_bounds(y, bounds)
    if len(y) == 0:
        return Estimate(
            value=None, low=None, high=None, n_items=0, n_articles=0, method="undefined: no items"
        )
    codes, n_articles = article_codes(articles)
    cells = mean_cells(y, codes, n_articles)
    n = len(y)
    constant = bool(y.min() == y.max())
    value = float(np.clip(cells.value, y.min(), y.max()))  # rounding must not leave the range
    sample = _Sample(
        cells=cells,
        n=n,
        spread=float(((y - value) ** 2).sum()) / (n * (n - 1)) if n > 1 else None,
        constant=constant,
        clustered=n_articles < n,
    )
    if binary is None:
        binary = bool(((y == 0.0) | (y == 1.0)).all())
    if binary:
        if y.min() < 0.0 or y.max() > 1.0:
            raise DataError("proportions need values between 0 and 1; pass binary=False for other scores")
        low, high, method = _proportion_interval(value, sample, level)
    else:
        low, high, method = _score_interval(value, sample, level, bounds)
    return Estimate(value=value, low=low, high=high, n_items=n, n_articles=n_articles, method=method)


def ratio_estimate(
    numerators: ArrayLike, denominators: ArrayLike, articles: Labels, *, level: float = 0.95
) -> Estimate:
    """Σ numerator / Σ denominator over items, e.g. still right under a perturbation / right before.

    Linearised: the residual of an article is Σ(x − θ·y), its size Σ y; with denominators of 0 and 1 this
    is exactly the mean over the items that count. Items with denominator 0 take no part and are not in
    `n_items`. Where 0 ≤ x ≤ y for every item the ratio is a proportion and gets Wilson at the effective
    Σ y; otherwise mean ± t·SE, not below 0 when no x is negative. Denominators must not be negative,
    and a numerator over 0 must be 0 (DataError). Undefined without any denominator.
    """
    check_level(level)
    x, y = check_values(numerators, len(articles)), check_values(denominators, len(articles))
    if bool((y < 0.0).any()) or bool((x[y == 0.0] != 0.0).any()):
        raise DataError("a ratio needs denominators of at least 0, and numerators of 0 where they are 0")
    used = np.flatnonzero(y)
    if len(used) == 0:
        return Estimate(
            value=None, low=None, high=None, n_items=0, n_articles=0, method="undefined: denominator is zero"
        )
    codes, n_articles = article_codes(np.asarray(articles, dtype=object)[used])
    x, y = x[used], y[used]
    tops, bottoms = mean_cells(x, codes, n_articles), mean_cells(y, codes, n_articles)
    cells = Cells(sums=tops.sums, counts=bottoms.sums, weights=np.ones(1))
    n, total = len(x), float(y.sum())
    residuals = x - cells.value * y
    sample = _Sample(
        cells=cells,
        n=total,
        spread=float((residuals**2).sum()) * n / (n - 1) / total**2 if n > 1 else None,
        constant=bool((x * y[0] == x[0] * y).all()),
        clustered=n_articles < n or bool((y != 1.0).any()),
    )
    if bool(((x >= 0.0) & (x <= y)).all()):
        value = min(1.0, max(0.0, cells.value))
        low, high, method = _proportion_interval(value, sample, level)
    else:
        value = cells.value
        floor = 0.0 if bool((x >= 0.0).all()) else -math.inf
        low, high, method = _score_interval(value, sample, level, (floor, None))
    return Estimate(value=value, low=low, high=high, n_items=n, n_articles=n_articles, method=method)


def headline_estimate(
    values: ArrayLike, articles: Labels, answerable: ArrayLike, *, level: float = 0.95
) -> Estimate:
    """Balanced accuracy: half the mean over answerable items plus half that over unanswerable ones.

    `values` in [0, 1], `answerable` one truth value per item. The interval is Wilson with the t quantile
    at n_eff = m(1−m)/max(V, V_iid), V the CR2 variance of the closed form. With one class empty the value
    is the mean over the other, and `method` says so. When an article holds a whole class there is no CR2:
    the jackknife by article takes its place for the other class, that class counts by item, and `method`
    says so. A class that is all right or all wrong shows no variance of its own: the limits of the two
    classes are then combined instead (see `headline_interval`). Raises as `mean_estimate` does.
    """
    check_level(level)
    y = check_values(values, len(articles))
    _check_bounds(y, (0.0, 1.0))
    flags = check_values(answerable, len(articles), what="answerable").astype(bool)
    if len(y) == 0 or bool(flags.all()) or not bool(flags.any()):
        single = mean_estimate(y, articles, binary=True, level=level)
        if len(y) == 0:
            return single
        there, absent = (
            ("answerable", "unanswerable") if bool(flags.all()) else ("unanswerable", "answerable")
        )
        return Estimate(
            value=single.value,
            low=single.low,
            high=single.high,
            n_items=single.n_items,
            n_articles=single.n_articles,
            method=f"accuracy on {there} items only, there are no {absent} ones; {single.method}",
        )
    codes, n_articles = article_codes(articles)
    value, low, high, method = headline_interval(y, codes, n_articles, flags, level)
    return Estimate(value=value, low=low, high=high, n_items=len(y), n_articles=n_articles, method=method)


def _check_bounds(y: FloatArray, bounds: Bounds) -> None:
    low, high = bounds
    outside = (y < low) if high is None else (y < low) | (y > high)
    if bool(outside.any()):
        worst = float(y[outside][0])
        raise DataError(f"value {worst!r} lies outside the metric's range {low!r} to {high!r}")


def _proportion_interval(value: float, sample: _Sample, level: float) -> Interval:
    percent = f"{100 * level:g} %"
    cells = sample.cells
    if bool(cells.held.all()):
        low, high = wilson(value, sample.n, normal_quantile(level))
        return low, high, f"{percent} Wilson by item, this article only"
    if not sample.clustered:
        low, high = wilson(value, sample.n, normal_quantile(level))
        return low, high, f"{percent} Wilson, one item per article"
    df = satterthwaite_df(cells.counts, cells.weights)
    deff = 1.0
    if 0.0 < value < 1.0:
        deff = max(1.0, float((influences(cells) ** 2).sum()) * sample.n / (value * (1.0 - value)))
    n_eff = sample.n / deff
    low, high = wilson(value, n_eff, t_quantile(df, level))
    return low, high, f"{percent} Wilson at {n_eff:.1f} effective items, CR2 by article, t with {df:.1f} df"


def _score_interval(value: float, sample: _Sample, level: float, bounds: Bounds) -> Interval:
    percent = f"{100 * level:g} %"
    cells, (floor, ceiling) = sample.cells, bounds
    alone = bool(cells.held.all())
    suffix = ", this article only" if alone else ""
    if alone:
        df = sample.n - 1.0
    else:
        df = satterthwaite_df(cells.counts, cells.weights)
    if sample.constant or sample.spread is None or not sample.spread > 0.0:
        if ceiling is None or not math.isfinite(floor):
            return None, None, f"no interval: all values are equal and the metric is unbounded{suffix}"
        quantile = normal_quantile(level) if alone else t_quantile(df, level)
        low, high = constant_bounds(value, sample.n, quantile, (floor, ceiling))
        return low, high, f"{percent} bound, all values equal{suffix}"
    variance, how = sample.spread, "t by item"
    if not alone:
        between = float((influences(cells) ** 2).sum())
        # Articles whose means agree to rounding show no variance; the item level then stands in for it.
        if between > 1e-20 * sample.spread:
            variance, how = between, "CR2 t by article"
    half = t_quantile(df, level) * math.sqrt(variance)
    low = max(floor, value - half)
    high = value + half if ceiling is None else min(ceiling, value + half)
    return low, high, f"{percent} {how}, {df:.1f} df{suffix}"
