"""The comparison of two models on the same items: difference, interval, tests and what could be seen."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bench.errors import DataError, UsageError
from bench.stats.clusters import Labels
from bench.stats.differences import Differences, difference_variance, differences, pair_noise
from bench.stats.intervals import check_level, constant_bounds, t_quantile
from bench.stats.power import PairNoise
from bench.stats.signflip import DEFAULT_DRAWS, mcnemar_p, sign_flip_p, too_few_articles


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedDifference:
    """b − a with everything that must be printed beside it. None means undefined; no field is ever NaN."""

    value: float | None  # b − a; positive when b is higher
    low: float | None
    high: float | None
    se: float | None  # None where no spread can be seen, never 0
    df: float | None  # degrees of freedom of the interval's t
    p_sign_flip: float | None  # two-sided, by article; the p-value to report
    p_note: str | None  # why there is no p-value, or None
    p_mcnemar: float | None  # for "these very items" only; None for scores that are not right/wrong
    better: int  # items on which b is higher
    worse: int  # items on which b is lower
    n_items: int
    n_articles: int
    noise: PairNoise | None  # discordance and design effect; None without items
    mde: float | None  # minimum detectable effect at 80 % power, .05; None without items
    method: str  # how the interval was made, in words


def paired_mean(
    a: ArrayLike,
    b: ArrayLike,
    articles: Labels,
    *,
    level: float = 0.95,
    draws: int = DEFAULT_DRAWS,
    seed: int = 0,
    bounds: tuple[float, float | None] = (0.0, 1.0),
) -> PairedDifference:
    """Mean of b − a over items in the same order, as mean ± t·SE by CR2, clipped to what `bounds` allow.

    `a` and `b` are scores inside `bounds` (the metric's range). Items missing or failed on one side must
    be there with their worst value. With one article the interval is by item, labelled "this article
    only". Where all differences are equal the interval bounds what so many equal items leave possible;
    without items everything is None. DataError for scores that are not finite, out of bounds, or not one
    per label.
    """
    check_level(level)
    if len(articles) == 0:
        return _nothing()
    _check_bounds(a, b, bounds)
    width = math.inf if bounds[1] is None else bounds[1] - bounds[0]
    return _compare(differences(a, b, articles), width, level, draws, seed)


def paired_headline(
    a: ArrayLike,
    b: ArrayLike,
    articles: Labels,
    answerable: ArrayLike,
    *,
    level: float = 0.95,
    draws: int = DEFAULT_DRAWS,
    seed: int = 0,
) -> PairedDifference:
    """Difference of the headlines (balanced accuracy), b − a, as `paired_mean` otherwise.

    With one class empty it is the difference of the means over the other, and `method` says so; a class
    held by a single article is counted by item beside the jackknife for the other, and `method` says so.
    """
    check_level(level)
    if len(articles) == 0:
        return _nothing()
    _check_bounds(a, b, (0.0, 1.0))
    return _compare(differences(a, b, articles, answerable), 1.0, level, draws, seed, headline=True)


def _compare(
    diff: Differences, width: float, level: float, draws: int, seed: int, headline: bool = False
) -> PairedDifference:
    n_articles = len(diff.cells.counts)
    if draws < 1:
        raise UsageError(f"a permutation test needs at least one draw, got {draws}")
    variance = difference_variance(diff, largest=width**2)
    if variance is None:
        low, high, method = _no_spread(diff, width, level)
    else:
        half = t_quantile(variance.df, level) * math.sqrt(variance.value)
        low, high = max(-width, diff.value - half), min(width, diff.value + half)
        method = f"{100 * level:g} % {variance.how}, {variance.df:.1f} df"
    if n_articles == 1:
        method += ", this article only"
    if headline and len(diff.cells.weights) == 1:
        method = f"one class of items only; {method}"
    contributions = (diff.cells.sums / diff.cells.totals) @ diff.cells.weights
    noise = pair_noise(diff)
    return PairedDifference(
        value=diff.value,
        low=low,
        high=high,
        se=None if variance is None else math.sqrt(variance.value),
        df=None if variance is None else variance.df,
        p_sign_flip=sign_flip_p(contributions, draws=draws, seed=seed),
        p_note=too_few_articles(n_articles),
        p_mcnemar=mcnemar_p(diff.better, diff.worse) if diff.binary else None,
        better=diff.better,
        worse=diff.worse,
        n_items=diff.n_items,
        n_articles=n_articles,
        noise=noise,
        mde=noise.mde,
        method=method,
    )


def _no_spread(diff: Differences, width: float, level: float) -> tuple[float | None, float | None, str]:
    """Interval where all differences of each class agree: the classes' bounds, combined as root sums."""
    if not math.isfinite(width):
        return None, None, "no interval: all differences are equal and the metric is unbounded"
    below = above = 0.0
    for c, (weight, n, constant) in enumerate(
        zip(diff.cells.weights, diff.cells.totals, diff.constants, strict=True)
    ):
        assert constant is not None
        quantile = t_quantile(diff.cells.class_df(c), level)
        low, high = constant_bounds(constant, float(n), quantile, (-width, width))
        below += float(weight * (constant - low)) ** 2
        above += float(weight * (high - constant)) ** 2
    what = "no item differs" if diff.better == diff.worse == 0 else "all differences are equal"
    return (
        max(-width, diff.value - math.sqrt(below)),
        min(width, diff.value + math.sqrt(above)),
        f"{100 * level:g} % bound, {what}",
    )


def _check_bounds(a: ArrayLike, b: ArrayLike, bounds: tuple[float, float | None]) -> None:
    low, high = bounds
    for name, side in (("a", a), ("b", b)):
        scores = np.asarray(side, dtype=np.float64)
        outside = (scores < low) | (scores > (math.inf if high is None else high))
        if bool(outside.any()):
            worst = float(scores[outside][0])
            raise DataError(f"score {worst!r} of {name} lies outside the metric's range {low!r} to {high!r}")


def _nothing() -> PairedDifference:
    return PairedDifference(
        value=None,
        low=None,
        high=None,
        se=None,
        df=None,
        p_sign_flip=None,
        p_note=too_few_articles(0),
        p_mcnemar=None,
        better=0,
        worse=0,
        n_items=0,
        n_articles=0,
        noise=None,
        mde=None,
        method="undefined: no items",
    )
