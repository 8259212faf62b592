"""The article sign-flip permutation test and exact McNemar.

Under "no difference between the two models on articles like these" the difference of an article is as
likely to be d as −d; the p-value is the share of sign assignments whose sum is as far from 0 as that seen.
"""

from __future__ import annotations

import sys

import numpy as np
from numpy.typing import ArrayLike

from bench.errors import UsageError, counted
from bench.stats.clusters import FloatArray

MIN_ARTICLES = 6  # the smallest two-sided p is 2/2^G: above .05 with 5 articles
EXACT_ARTICLES = 16  # up to here all 2^G assignments are counted
DEFAULT_DRAWS = 100_000
MANY_EQUAL = 512  # from about here one binomial draw is cheaper than so many signs


def too_few_articles(n_articles: int) -> str | None:
    """Why no p-value is given, as a sentence; None from 6 articles on."""
    if n_articles >= MIN_ARTICLES:
        return None
    if n_articles < 1:
        return "No p-value: there are no articles."
    some = counted(n_articles, "article")
    least = min(1.0, 2.0 / 2.0**n_articles)
    return f"No p-value: with {some} the smallest possible one is {least:g}; {MIN_ARTICLES} are needed."


def sign_flip_p(contributions: ArrayLike, *, draws: int = DEFAULT_DRAWS, seed: int = 0) -> float | None:
    """Two-sided p-value of Σ contributions, one per article, under independent sign flips.

    All assignments where at most 16 articles differ from 0 (an article at 0 moves no sum), else
    (1 + hits)/(1 + draws) over `draws` seeded draws. Never 0; 1.0 when every article is 0; None below
    6 articles, for which `too_few_articles` has the sentence.
    """
    w = np.asarray(contributions, dtype=np.float64)
    if draws < 1:
        raise UsageError(f"a permutation test needs at least one draw, got {draws}")
    if too_few_articles(len(w)) is not None:
        return None
    moving = np.abs(w[w != 0.0])
    # Sums that are equal in exact arithmetic may differ by rounding; they must count as ties.
    observed = abs(float(w.sum())) - 1e-12 * float(moving.sum())
    if len(moving) <= EXACT_ARTICLES:
        return float((np.abs(_all_sums(moving)) >= observed).mean())
    hits = int((np.abs(_drawn_sums(moving, draws, np.random.default_rng(seed))) >= observed).sum())
    return (1 + hits) / (1 + draws)


_WHOLE = 4096  # discordant items up to which the binomial coefficients themselves are summed


def mcnemar_p(better: int, worse: int) -> float:
    """Exact two-sided McNemar test on discordant items: 2·P(X ≤ min), X binomial(better + worse, ½).

    It speaks of these very items, as if they were independent; 1.0 without discordant items, never 0.
    """
    if better < 0 or worse < 0:
        raise ValueError(f"counts must not be negative, got {better} and {worse}")
    n = better + worse
    if n == 0:
        return 1.0
    return min(1.0, max(2.0 * _half_binomial(min(better, worse), n), sys.float_info.min))


def _half_binomial(k: int, n: int) -> float:
    """P(X ≤ k) of a binomial(n, ½) variable, correctly rounded where whole numbers can be summed in no time."""
    if n > _WHOLE:
        from scipy import special  # takes longer to load than most commands to run

        return float(special.bdtr(float(k), n, 0.5))
    term = total = 1
    for i in range(k):
        term = term * (n - i) // (i + 1)
        total += term
    return total / (1 << n)


def _all_sums(w: FloatArray) -> FloatArray:
    sums = np.zeros(1)
    for value in w:
        sums = np.concatenate([sums + value, sums - value])
    return sums


def _drawn_sums(w: FloatArray, draws: int, rng: np.random.Generator) -> FloatArray:
    """Σ ±w for each draw.

    A value shared by many articles needs only the number of plus signs among them, which is binomial. The
    others go eight articles at a time, a random byte picking one of their 256 signed sums.
    """
    sums = np.zeros(draws)
    values, counts = np.unique(w, return_counts=True)
    many = counts > MANY_EQUAL
    for value, count in zip(values[many], counts[many], strict=True):
        sums += value * (2.0 * rng.binomial(count, 0.5, size=draws) - count)
    rest = np.repeat(values[~many], counts[~many])
    signs = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1).astype(np.float64) * 2.0 - 1.0
    for block in np.pad(rest, (0, -len(rest) % 8)).reshape(-1, 8):
        picks = np.frombuffer(rng.bytes(draws), dtype=np.uint8)
        sums += (signs @ block)[picks]
    return sums
