"""Corrections for looking at many differences at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bench.errors import DataError
from bench.stats.clusters import FloatArray, Labels
from bench.stats.flips import all_pairs, flip_signs, flipped_t, model_sums


@dataclass(frozen=True, slots=True, kw_only=True)
class PairTest:
    """One pair out of all pairs of models, b − a, with its p-value adjusted for all of them."""

    a: int  # row of the score table
    b: int
    value: float  # b − a
    p_adjusted: float | None  # None: see `note`
    note: str | None  # why there is no p-value, or None


def holm(p_values: Sequence[float | None]) -> tuple[float | None, ...]:
    """Holm's adjusted p-values, in the order given; for claims (family-wise error).

    None, a test that could not be made, stays None and does not count. Source: Holm (1979), Scandinavian
    Journal of Statistics 6. DataError for a p-value outside [0, 1].
    """
    places, p = _known(p_values)
    m = len(p)
    adjusted = np.minimum(1.0, np.maximum.accumulate((m - np.arange(m)) * p))
    return _replaced(p_values, places, adjusted)


def benjamini_hochberg(p_values: Sequence[float | None]) -> tuple[float | None, ...]:
    """Benjamini and Hochberg's adjusted p-values, in the order given; for exploration (false discoveries).

    None stays None and does not count. Source: Benjamini and Hochberg (1995), JRSS B 57.
    DataError for a p-value outside [0, 1].
    """
    places, p = _known(p_values)
    m = len(p)
    scaled = m / (np.arange(m) + 1.0) * p
    adjusted = np.minimum(1.0, np.minimum.accumulate(scaled[::-1])[::-1])
    return _replaced(p_values, places, adjusted)


def westfall_young(
    scores: ArrayLike,
    articles: Labels,
    *,
    answerable: ArrayLike | None = None,
    draws: int = 10_000,
    seed: int = 0,
) -> tuple[PairTest, ...]:
    """All pairs of models, p-values adjusted by step-down max-|t| over the same article sign flips.

    `scores` has shape (models, items), rows in the same item order; `answerable` asks for the headline.
    All assignments up to 16 articles, else `draws` seeded ones with the +1 rule; no p is 0. Below 6
    articles, or where one article holds a whole class, p is None and `note` says why. Pairs come as
    (0, 1), (0, 2), … Source: Westfall and Young (1993), Resampling-based multiple testing, algorithm 4.1.
    """
    sums = model_sums(scores, articles, answerable)
    a, b = all_pairs(sums.sums.shape[2])
    values = sums.values[b] - sums.values[a]
    note = sums.refusal
    p: list[float | None] = [None] * len(a)
    if note is None and len(a) > 0:
        n_draws, complete, chunks = flip_signs(len(sums.counts), draws, seed)
        statistic = flipped_t(sums)
        observed = statistic(np.ones((1, len(sums.counts))))[0]
        order = np.argsort(-observed, kind="stable")
        # A flip that merely mirrors the data gives the same |t| but for rounding: count it as a tie.
        floor = observed[order] * (1.0 - 1e-9)
        hits = np.zeros(len(a))
        for signs in chunks:
            drawn = statistic(signs)[:, order]
            hits += (np.maximum.accumulate(drawn[:, ::-1], axis=1)[:, ::-1] >= floor).sum(axis=0)
        adjusted = np.empty(len(a))
        adjusted[order] = np.maximum.accumulate(hits / n_draws if complete else (1 + hits) / (1 + n_draws))
        p = [float(value) for value in adjusted]
    return tuple(
        PairTest(a=int(i), b=int(j), value=float(value), p_adjusted=q, note=note)
        for i, j, value, q in zip(a, b, values, p, strict=True)
    )


def _known(p_values: Sequence[float | None]) -> tuple[list[int], FloatArray]:
    """Where the known p-values stand, smallest first, and what they are."""
    known = [(p, place) for place, p in enumerate(p_values) if p is not None]
    for p, place in known:
        if not (math.isfinite(p) and 0.0 <= p <= 1.0):
            raise DataError(f"p-value number {place} (from 0) is {p!r}, not between 0 and 1")
    known.sort()
    return [place for _, place in known], np.array([p for p, _ in known], dtype=np.float64)


def _replaced(
    p_values: Sequence[float | None], places: Sequence[int], adjusted: FloatArray
) -> tuple[float | None, ...]:
    result: list[float | None] = [None] * len(p_values)
    for place, p in zip(places, adjusted, strict=True):
        result[place] = float(p)
    return tuple(result)
