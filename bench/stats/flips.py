"""Sign flips of articles, the same for all pairs of models, with the t statistic re-studentised each time.

Both the flipped numerator and the flipped CR2 variance are closed forms in article sums that are linear in
the models, so one matrix product per class serves all pairs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bench.errors import DataError, UsageError
from bench.stats.clusters import FloatArray, IntArray, Labels, article_codes, check_values, leverage_weights
from bench.stats.differences import answerable_flags, item_cells
from bench.stats.signflip import EXACT_ARTICLES, too_few_articles

CHUNK = 256  # draws at a time: keeps a (draws, pairs) table in cache
_CHUNK_SIGNS = 1 << 19  # and so many signs at most, for the same reason


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ModelSums:
    """Article sums of M models on the same items."""

    sums: FloatArray  # (G, C, M)
    counts: FloatArray  # (G, C)
    weights: FloatArray  # (C,)
    scale: FloatArray  # (M,): Σ (w_c·T_gc/n_c)², against which rounding is judged

    @property
    def values(self) -> FloatArray:
        """The estimate of each model, shape (M,)."""
        values: FloatArray = self.weights @ (self.sums.sum(axis=0) / self.counts.sum(axis=0)[:, None])
        return values

    @property
    def refusal(self) -> str | None:
        """Why these articles allow no simultaneous claim, as a sentence; None when they do."""
        few = too_few_articles(len(self.counts))
        if few is not None:
            return few
        if bool(((self.counts > 0).sum(axis=0) == 1).any()):
            return "No p-value: a single article holds every item of a class."
        return None

    def residuals(self) -> ModelSums:
        """The same with S_gc = T_gc − n_gc·m_c in place of T_gc: what the wild bootstrap flips."""
        means = self.sums.sum(axis=0) / self.counts.sum(axis=0)[:, None]
        centred = self.sums - self.counts[:, :, None] * means
        return ModelSums(sums=centred, counts=self.counts, weights=self.weights, scale=self.scale)


def model_sums(scores: ArrayLike, articles: Labels, answerable: ArrayLike | None = None) -> ModelSums:
    """Article sums of `scores`, shape (models, items); with `answerable` those of the headline.

    At least one model and one item (DataError). With one class empty, of the mean over the other.
    """
    table = np.asarray(scores, dtype=np.float64)
    if table.ndim != 2 or table.shape[0] == 0 or table.shape[1] == 0:
        raise DataError(
            f"scores must be a table of models by items with some of each, got shape {table.shape}"
        )
    n = len(articles)
    codes, n_articles = article_codes(articles)
    flags = None if answerable is None else answerable_flags(answerable, n)
    cells = [
        item_cells(check_values(row, n, what=f"scores of model {m}"), codes, n_articles, flags)
        for m, row in enumerate(table)
    ]
    sums = np.stack([c.sums for c in cells], axis=2)
    counts, weights = cells[0].counts, cells[0].weights
    shares = sums * (weights / counts.sum(axis=0))[:, None]
    return ModelSums(sums=sums, counts=counts, weights=weights, scale=(shares**2).sum(axis=(0, 1)))


def all_pairs(n_models: int) -> tuple[IntArray, IntArray]:
    """Every pair (a, b) with a < b, as two index arrays."""
    a, b = np.triu_indices(n_models, k=1)
    return a, b


def flip_signs(n_articles: int, draws: int, seed: int) -> tuple[int, bool, Iterator[FloatArray]]:
    """How many assignments of signs follow, whether they are all there are, and the assignments by chunks.

    Up to 16 articles all 2^(G−1) with the first article's sign fixed, as |t| is the same for mirror
    images; beyond, `draws` seeded ones. Each chunk has shape (at most 256, G) with entries ±1.
    """
    if draws < 1:
        raise UsageError(f"a permutation test needs at least one draw, got {draws}")
    if n_articles <= EXACT_ARTICLES:
        return 2 ** (n_articles - 1), True, _every_sign(n_articles)
    return draws, False, _random_signs(n_articles, draws, np.random.default_rng(seed))


def _every_sign(n_articles: int) -> Iterator[FloatArray]:
    total = 2 ** (n_articles - 1)
    bits = np.arange(n_articles - 1)
    for start in range(0, total, CHUNK):
        numbers = np.arange(start, min(start + CHUNK, total))
        free = 1.0 - 2.0 * ((numbers[:, None] >> bits) & 1)
        yield np.hstack([np.ones((len(numbers), 1)), free])


def _random_signs(n_articles: int, draws: int, rng: np.random.Generator) -> Iterator[FloatArray]:
    """A sign for each random bit, each draw starting at a byte of its own."""
    most = max(8, min(CHUNK, _CHUNK_SIGNS // n_articles))
    for start in range(0, draws, most):
        rows = min(most, draws - start)
        found = np.frombuffer(rng.bytes(rows * -(-n_articles // 8)), dtype=np.uint8).reshape(rows, -1)
        signs = np.unpackbits(found, axis=1, count=n_articles).astype(np.float64)
        signs *= 2.0
        signs -= 1.0
        yield signs


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class FlippedT:
    """|t| of every pair of models under given signs of the articles."""

    sums: FloatArray  # (G, C, M) of what is flipped
    totals: FloatArray  # (C,)
    weights: FloatArray  # (C,)
    leverage: FloatArray  # (G, C): α_gc·n_gc
    influence: FloatArray  # (G, M): Σ_c α_gc·sum_gc
    squares: FloatArray  # (P,): Σ_g of the squared influence of each pair
    noise: FloatArray  # (P,): variances up to here are rounding

    def __call__(self, signs: FloatArray) -> FloatArray:
        """|t| of shape (draws, pairs) for `signs` of shape (draws, G); infinite where nothing varies but
        the difference is not nil, 0 where it is.
        """
        a, b = all_pairs(self.sums.shape[2])
        value = np.zeros((len(signs), len(a)))
        shifts = []
        cross = np.zeros_like(value)
        for c, (weight, total) in enumerate(zip(self.weights, self.totals, strict=True)):
            by_model = signs @ self.sums[:, c, :] / total
            shift = by_model[:, b] - by_model[:, a]
            value += weight * shift
            moved = signs @ (self.leverage[:, [c]] * self.influence)
            cross += shift * (moved[:, b] - moved[:, a])
            shifts.append(shift)
        variance = self.squares - 2.0 * cross
        overlap = self.leverage.T @ self.leverage
        for c, first in enumerate(shifts):
            for k, second in enumerate(shifts):
                variance += overlap[c, k] * first * second
        return _ratio(np.abs(value), variance, self.squares, self.noise)


def flipped_t(sums: ModelSums) -> FlippedT:
    """Prepare `sums` (raw for a permutation test, residuals for the wild bootstrap) for flipping."""
    alpha = leverage_weights(sums.counts, sums.weights)
    influence = np.einsum("gc,gcm->gm", alpha, sums.sums)
    a, b = all_pairs(influence.shape[1])
    rest = [((influence[:, m + 1 :] - influence[:, [m]]) ** 2).sum(axis=0) for m in range(influence.shape[1])]
    return FlippedT(
        sums=sums.sums,
        totals=sums.counts.sum(axis=0),
        weights=sums.weights,
        leverage=alpha * sums.counts,
        influence=influence,
        squares=np.concatenate(rest),
        noise=1e-24 * (sums.scale[a] + sums.scale[b]),
    )


def _ratio(value: FloatArray, variance: FloatArray, squares: FloatArray, noise: FloatArray) -> FloatArray:
    """|t| = value/√variance, where a variance far below `squares`, or below `noise`, is nil but for rounding."""
    flat = variance <= np.maximum(1e-12 * squares, noise)
    t = value / np.sqrt(np.where(flat, 1.0, variance))
    nil = value <= np.sqrt(np.maximum(1e-18 * squares, noise))
    result: FloatArray = np.where(flat, np.where(nil, 0.0, np.inf), t)
    return result
