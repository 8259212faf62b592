"""Generation noise: how much of a score's spread comes from sampling answers anew, and how often to ask."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bench.errors import DataError, UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerationNoise:
    """The spread of K replicates taken apart. None means undefined, never NaN."""

    replicates: int  # K
    n_items: int
    within: float | None  # s_w²: mean over items of the variance between replicates
    between: float | None  # s_b²: variance over items of the mean of the K replicates
    item: float | None  # σ_I² = s_b² − s_w²/K, not below 0: what is left at infinitely many replicates
    share: float | None  # s_w²/(K·s_b²): the part of the mean's variance due to generation, at most 1
    smallest: int | None  # fewest replicates that bring the share down to `target`; None where none do


def generation_noise(scores: ArrayLike, *, target: float = 0.10) -> GenerationNoise:
    """Take `scores` of shape (items, K), one column per seeded replicate, apart.

    Needs K ≥ 2 and two items; below, all but the counts is None. When no replicate ever differs, one is
    enough. When items differ no more than chance does (σ_I² = 0) no K helps and `smallest` is None.
    The sample may put s_b² below s_w²/K; the share is then 1. DataError for a table of another shape or
    with values that are not finite, UsageError for a target outside (0, 1).
    """
    if not 0.0 < target < 1.0:
        raise UsageError(f"target share {target!r} must lie between 0 and 1, e.g. 0.1")
    table = np.asarray(scores, dtype=np.float64)
    if table.ndim != 2 or not np.isfinite(table).all():
        raise DataError(f"replicates must be a finite table of items by replicates, got shape {table.shape}")
    n_items, k = table.shape
    if k < 2 or n_items < 2:
        return GenerationNoise(
            replicates=k, n_items=n_items, within=None, between=None, item=None, share=None, smallest=None
        )
    # Equal replicates must give exactly no variance, which the rounding of their mean would spoil.
    steady = table.min(axis=1) == table.max(axis=1)
    within = float(np.where(steady, 0.0, table.var(axis=1, ddof=1)).mean())
    means = np.where(steady, table[:, 0], table.mean(axis=1))
    between = float(means.var(ddof=1)) if means.min() < means.max() else 0.0
    item = max(0.0, between - within / k)
    share: float | None
    if within == 0.0:
        share = 0.0 if between > 0.0 else None
    else:
        share = 1.0 if item == 0.0 else within / (k * between)
    return GenerationNoise(
        replicates=k,
        n_items=n_items,
        within=within,
        between=between,
        item=item,
        share=share,
        smallest=_smallest(within, item, target),
    )


def _smallest(within: float, item: float, target: float) -> int | None:
    """Fewest K with s_w²/(K·σ_I² + s_w²) ≤ target."""
    if within == 0.0:
        return 1
    if item == 0.0:
        return None
    return max(1, math.ceil(within * (1.0 - target) / (target * item) * (1.0 - 1e-12)))
