"""Quantiles and the two intervals everything else is printed with: Wilson for proportions, t for means."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from bench.errors import UsageError

# Powers of z, highest first, over a divisor: what 1/df, 1/df² … add to z (Abramowitz and Stegun 26.7.5).
_FROM_NORMAL: Final = (
    ((1, 1), 4),
    ((5, 16, 3), 96),
    ((3, 19, 17, -15), 384),
    ((79, 776, 1482, -1920, -945), 92160),
)
_MANY: Final = 1000.0  # degrees of freedom from which these give every digit


def check_level(level: float) -> None:
    """Refuse a confidence level outside (0, 1); 95 instead of 0.95 is the usual slip."""
    if not 0.0 < level < 1.0:
        raise UsageError(f"confidence level {level!r} must lie between 0 and 1, e.g. 0.95")


def normal_quantile(level: float = 0.95) -> float:
    """The z of a two-sided interval: P(|Z| ≤ z) = `level`; 1.959964 at 0.95."""
    check_level(level)
    return _solve(
        1.0 - level,
        lambda z: math.erfc(z / math.sqrt(2.0)),
        lambda z: math.exp(-z * z / 2.0) * math.sqrt(2.0 / math.pi),
    )


def t_quantile(df: float, level: float = 0.95) -> float:
    """The t of a two-sided interval with `df` > 0 degrees of freedom, which need not be whole.

    Computed here, to some 12 digits, because loading scipy.special takes longer than scoring thousands of answers.
    """
    check_level(level)
    if not df > 0.0:
        raise ValueError(f"degrees of freedom must be positive, got {df!r}")
    if df > _MANY:
        return _near_normal(normal_quantile(level), df)
    scale = _scale(df)
    return _solve(
        1.0 - level,
        lambda t: _t_tails(t, df, scale),
        lambda t: 2.0 * math.exp(scale - (df + 1.0) / 2.0 * math.log1p(t * t / df)),
    )


def t_below(t: float, df: float) -> float:
    """P(T ≤ t) of Student's distribution with `df` > 0 degrees of freedom, which need not be whole."""
    if not df > 0.0:
        raise ValueError(f"degrees of freedom must be positive, got {df!r}")
    tail = _t_tails(abs(t), df, _scale(df)) / 2.0
    return tail if t < 0.0 else 1.0 - tail


def normal_below(z: float) -> float:
    """P(Z ≤ z) of the standard normal distribution."""
    return math.erfc(-z / math.sqrt(2.0)) / 2.0


def _scale(df: float) -> float:
    """ln of the density at 0."""
    return math.lgamma((df + 1.0) / 2.0) - math.lgamma(df / 2.0) - 0.5 * math.log(df * math.pi)


def _near_normal(z: float, df: float) -> float:
    t, square = z, z * z
    for power, (coefficients, divisor) in enumerate(_FROM_NORMAL, start=1):
        term = 0.0
        for coefficient in coefficients:
            term = term * square + coefficient
        t += term * z / divisor / df**power
    return t


def _solve(wanted: float, tails: Callable[[float], float], density: Callable[[float], float]) -> float:
    """Where both tails together hold `wanted`, by Newton's method on a function of which `density` is the slope.

    From 0 the steps only ever fall short, because the tails of a bell curve are convex.
    """
    at = 0.0
    for _ in range(2000):
        step = (tails(at) - wanted) / density(at)
        if not step > 4e-16 * at:
            break
        at += step
    return at


def _t_tails(t: float, df: float, scale: float) -> float:
    """P(|T| > t): the incomplete beta function I_x(df/2, ½) at x = df/(df + t²), by its continued fraction.

    Source: Lentz's method for DLMF 8.17.22, on the side on which it converges fast.
    """
    if t == 0.0:
        return 1.0
    square = t * t
    x, y = df / (df + square), square / (df + square)
    a, b = df / 2.0, 0.5
    # x^a·y^b / B(a, b), from the density: B(df/2, ½) = exp(−scale)/√df.
    front = math.exp(scale - a * math.log1p(square / df)) * math.sqrt(df * y)
    if x < (a + 1.0) / (a + b + 2.0):
        return front * _fraction(x, a, b) / a
    return 1.0 - front * _fraction(y, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    value = d = 1.0 / (1.0 - (a + b) * x / (a + 1.0))
    c = 1.0
    for m in range(1, 10_000):
        even = m * (b - m) * x / ((a + 2 * m - 1.0) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1.0))
        for part in (even, odd):
            d, c = 1.0 / (1.0 + part * d), 1.0 + part / c
            value *= d * c
        if abs(d * c - 1.0) < 1e-16:
            break
    return value


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
