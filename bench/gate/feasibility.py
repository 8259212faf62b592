"""Whether a rule can work at all: the chance that an equal model passes, and what would give it one.

A candidate passes when value − z·SE > −δ. For a model that equals the baseline this has the chance
Φ(δ/SE − z), SE = √(discordance·design effect/n), z the one-sided quantile of α. Below .8 a rule is refused.
400 items at discordance .05, .10 and .18 and the default design effect of 1.95 need δ = .039, .055 and .074.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from bench.stats.intervals import normal_below, normal_quantile
from bench.stats.power import DEFAULT_DESIGN_EFFECT, DEFAULT_DISCORDANCE, PairNoise

ENOUGH = 0.80


@dataclass(frozen=True, slots=True, kw_only=True)
class Feasibility:
    """What a rule can see on these items, at the noise that was assumed."""

    chance: float  # that an equal model passes
    margin: float  # the smallest δ that lets an equal model pass with .8 on these items
    items: int  # how many items of this make-up the rule's own δ needs
    noise: PairNoise

    @property
    def enough(self) -> bool:
        """Whether an equal model passes often enough."""
        return self.chance >= ENOUGH


def feasibility(noise: PairNoise, n_items: int, margin: float, alpha: float) -> Feasibility:
    """The feasibility of a rule with `margin` at level `alpha` on `n_items` items of the given noise."""
    z = normal_quantile(1.0 - 2.0 * alpha)
    unit = noise.discordance * noise.design_effect
    se = math.sqrt(unit / noise.n)
    quantiles = z + normal_quantile(2.0 * ENOUGH - 1.0)
    effective = unit * (quantiles / margin) ** 2
    return Feasibility(
        chance=normal_below(margin / se - z),
        margin=quantiles * se,
        items=math.ceil(n_items * effective / noise.n * (1.0 - 1e-12)),
        noise=noise,
    )


def assumed(noise: PairNoise) -> PairNoise:
    """The noise to plan with before anything is measured, on as many items."""
    return PairNoise(
        discordance=DEFAULT_DISCORDANCE, design_effect=DEFAULT_DESIGN_EFFECT, n=noise.n, measured=False
    )
