"""Rank sets: the ranks each model may have, all of them true at once with the stated confidence."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bench.stats.clusters import Labels
from bench.stats.flips import ModelSums, all_pairs, flip_signs, flipped_t, model_sums
from bench.stats.intervals import check_level


@dataclass(frozen=True, slots=True)
class RankSet:
    """A model's rank lies between `low` (best) and `high`, counting from 1; "rank 1–4"."""

    low: int
    high: int

    @property
    def tied(self) -> bool:
        """Whether more than one rank is possible."""
        return self.low < self.high


def rank_sets(
    scores: ArrayLike,
    articles: Labels,
    *,
    answerable: ArrayLike | None = None,
    level: float = 0.95,
    draws: int = 10_000,
    seed: int = 0,
    higher_is_better: bool = True,
) -> tuple[RankSet, ...]:
    """Simultaneous rank sets of the rows of `scores`, shape (models, items), in the same item order.

    low = 1 + number surely better, high = models − number surely worse; "surely" where |t| of the pair
    exceeds the `level` quantile of the largest |t*| over all pairs, t* from a wild cluster bootstrap
    (Rademacher signs, one per article) that is studentised anew in every draw. `answerable` asks for the
    headline. Below 6 articles, or where one article holds a whole class, nothing is sure and every set is
    1 to M. Seeded; up to 16 articles all signs are used and the seed is not.
    Source: Mogstad, Romano, Shaikh and Wilhelm (2023), Review of Economic Studies 91.
    """
    check_level(level)
    sums = model_sums(scores, articles, answerable)
    n_models = sums.sums.shape[2]
    better = surely_better(sums, level=level, draws=draws, seed=seed)
    if not higher_is_better:
        better = better.T
    return tuple(
        RankSet(low=1 + int(better[:, m].sum()), high=n_models - int(better[m, :].sum()))
        for m in range(n_models)
    )


def surely_better(sums: ModelSums, *, level: float, draws: int, seed: int) -> NDArray[np.bool_]:
    """Table (M, M): entry [j, k] says whether model j surely scores higher than model k."""
    n_models = sums.sums.shape[2]
    table = np.zeros((n_models, n_models), dtype=bool)
    if n_models < 2 or sums.refusal is not None:
        return table
    a, b = all_pairs(n_models)
    means = sums.values
    observed = flipped_t(sums)(np.ones((1, len(sums.counts))))[0]
    sure = observed > critical_value(sums, level=level, draws=draws, seed=seed)
    table[b[sure & (means[b] > means[a])], a[sure & (means[b] > means[a])]] = True
    table[a[sure & (means[a] > means[b])], b[sure & (means[a] > means[b])]] = True
    return table


def critical_value(sums: ModelSums, *, level: float, draws: int, seed: int) -> float:
    """The `level` quantile of max |t*| over all pairs; infinite when the draws are too few to tell."""
    n_draws, complete, chunks = flip_signs(len(sums.counts), draws, seed)
    statistic = flipped_t(sums.residuals())
    largest = np.sort(np.concatenate([statistic(signs).max(axis=1) for signs in chunks]))
    # An order statistic, not an interpolated quantile: a draw in which nothing varies is infinite.
    place = math.ceil(level * (n_draws if complete else n_draws + 1) - 1e-9)
    return float(largest[place - 1]) if place <= n_draws else math.inf
