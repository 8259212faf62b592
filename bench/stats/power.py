"""What a comparison of two models can and cannot see: minimum detectable effect and required size."""

from __future__ import annotations

import math
from dataclasses import dataclass

from bench.errors import UsageError
from bench.stats.intervals import normal_quantile

DEFAULT_DISCORDANCE = 0.10  # share of items on which two similar models differ, before it is measured
DEFAULT_DESIGN_EFFECT = 1.95  # variance of a difference over that of independent items, before measuring


@dataclass(frozen=True, slots=True, kw_only=True)
class PairNoise:
    """How noisy a paired difference is, per effective item."""

    discordance: float  # mean squared difference; for right/wrong scores the share of items that differ
    design_effect: float  # at least 1
    n: float  # items; for the headline 4/(1/n_answerable + 1/n_unanswerable)
    measured: bool  # False: the defaults .10 and 1.95 stand in

    @property
    def mde(self) -> float:
        """The minimum detectable effect at 80 % power and a two-sided test at .05."""
        return mde(self.n, discordance=self.discordance, design_effect=self.design_effect)


def mde(
    n: float,
    *,
    discordance: float = DEFAULT_DISCORDANCE,
    design_effect: float = DEFAULT_DESIGN_EFFECT,
    power: float = 0.80,
    alpha: float = 0.05,
) -> float:
    """Smallest true difference that a two-sided paired test on `n` items finds with probability `power`.

    (z_{1−α/2} + z_power)·√(discordance·design effect/n), in the score's unit; 2.80·√(…) at the defaults.
    It may exceed 1 on a handful of items: then nothing can be seen. UsageError outside the domain.
    """
    _check(discordance, design_effect)
    if not n > 0.0:
        raise UsageError(f"a minimum detectable effect needs items, got n={n!r}")
    return _quantiles(power, alpha) * math.sqrt(discordance * design_effect / n)


def required_items(
    difference: float,
    *,
    discordance: float = DEFAULT_DISCORDANCE,
    design_effect: float = DEFAULT_DESIGN_EFFECT,
    power: float = 0.80,
    alpha: float = 0.05,
) -> int:
    """The fewest items on which a true `difference` (in score units, not 0) is found with `power`.

    The inverse of `mde`, rounded up; at the measured design effect, that is with articles of like size.
    """
    _check(discordance, design_effect)
    if difference == 0.0 or not math.isfinite(difference):
        raise UsageError(f"no number of items finds a difference of {difference!r}")
    exact = discordance * design_effect * (_quantiles(power, alpha) / difference) ** 2
    return max(1, math.ceil(exact * (1.0 - 1e-12)))  # 120.00000000000001 items are 120


def _quantiles(power: float, alpha: float) -> float:
    if not (0.0 < alpha < 1.0 and 0.5 <= power < 1.0):
        raise UsageError(f"need 0 < alpha < 1 and 0.5 <= power < 1, got alpha={alpha!r}, power={power!r}")
    return normal_quantile(1.0 - alpha) + (normal_quantile(2.0 * power - 1.0) if power > 0.5 else 0.0)


def _check(discordance: float, design_effect: float) -> None:
    if not (discordance > 0.0 and design_effect > 0.0):
        raise UsageError(
            f"discordance and design effect must be positive, got {discordance!r} and {design_effect!r}"
        )
