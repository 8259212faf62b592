"""Quantiles and the two intervals everything else is printed with: Wilson for proportions, t for means."""

from __future__ import annotations

import math

from scipy import special

from bench.errors import UsageError


def check_level(level: float) -> None:
    """Refuse a confidence level outside (0, 1); 95 instead of 0.95 is the usual slip."""
    if not 0.0 < level < 1.0:
        raise UsageError(f"confidence level {level!r} must lie between 0 and 1, e.g. 0.95")


def normal_quantile(level: float = 0.95) -> float:
    """The z of a two-sided interval: P(|Z| ≤ z) = `level`; 1.959964 at 0.95."""
    check_level(level)
    return float(special.ndtri(0.5 + level / 2.0))


def t_quantile(df: float, level: float = 0.95) -> float:
    """The t of a two-sided interval with `df` > 0 degrees of freedom, which need not be whole."""
    check_level(level)
    if not df > 0.0:
        raise ValueError(f"degrees of freedom must be positive, got {df!r}")
    if math.isinf(df):
        return normal_quantile(level)
    return float(special.stdtrit(df, 0.5 + level / 2.0))


def wilson(mean: float, n: float, quantile: float) -> tuple[float, float]:
    """Wilson's score interval for a proportion `mean` in [0, 1] seen on `n` > 0 (effective) items.

    `n` need not be whole, and `quantile` may be that of t instead of z. The ends lie in [0, 1] and
    contain `mean`; they are exact at 0 and 1. Source: Wilson (1927), JASA 22.
    """
    if not 0.0 <= mean <= 1.0 or not n > 0.0:
        raise ValueError(f"Wilson needs a mean in [0, 1] and n > 0, got mean={mean!r}, n={n!r}")
    shrink = 1.0 / (1.0 + quantile**2 / n)
    centre = (mean + quantile**2 / (2.0 * n)) * shrink
    half = quantile * math.sqrt(mean * (1.0 - mean) / n + (quantile / (2.0 * n)) ** 2) * shrink
    low = 0.0 if mean == 0.0 else min(max(centre - half, 0.0), mean)
    high = 1.0 if mean == 1.0 else max(min(centre + half, 1.0), mean)
    return low, high


def constant_bounds(
    value: float, n: float, quantile: float, bounds: tuple[float, float]
) -> tuple[float, float]:
    """An interval for the mean when all `n` items gave the same `value`, so that no spread can be seen.

    At most a share u = q²/(n + q²) of the population (Wilson's limit at 0 of `n`) differs from
    `value`, and what differs lies in `bounds`. At a value of 0 or 1 with bounds (0, 1) this is Wilson.
    """
    share = quantile**2 / (n + quantile**2)
    low, high = bounds
    return value - share * (value - low), value + share * (high - value)
