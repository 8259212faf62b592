"""Article sums, and the cluster-robust variance of any weighted sum of class means.

Notation of the formulas: article g, class c, n_gc items of class c in article g, T_gc their sum of
values, m_c the class mean, S_gc = T_gc − n_gc·m_c. A plain mean is the case of one class of weight 1,
the headline that of two classes of weight ½. Everything after `Cells` costs O(articles), not O(items).
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bench.errors import DataError

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]
Labels = Sequence[Hashable] | NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Cells:
    """Sums by article (rows) and class (columns): all that an estimate of a weighted mean needs."""

    sums: FloatArray  # (G, C): Σ value
    counts: FloatArray  # (G, C): items, or Σ denominator for a ratio; every class has some
    weights: FloatArray  # (C,): weight of each class mean in the estimate

    @property
    def totals(self) -> FloatArray:
        """Items per class, shape (C,)."""
        totals: FloatArray = self.counts.sum(axis=0)
        return totals

    @property
    def means(self) -> FloatArray:
        """Class means, shape (C,)."""
        means: FloatArray = self.sums.sum(axis=0) / self.totals
        return means

    @property
    def value(self) -> float:
        """The estimate: the weighted sum of class means."""
        return float(self.weights @ self.means)

    @property
    def held(self) -> NDArray[np.bool_]:
        """Per class, whether a single article holds all of it, so that nothing varies between articles."""
        held: NDArray[np.bool_] = (self.counts > 0).sum(axis=0) == 1
        return held

    def only(self, classes: NDArray[np.bool_]) -> Cells:
        """The same articles with some classes left out, weights as they were."""
        return Cells(
            sums=self.sums[:, classes], counts=self.counts[:, classes], weights=self.weights[classes]
        )

    def class_df(self, c: int) -> float:
        """Bell–McCaffrey df of the mean of class `c` alone; infinite (so z) where one article holds it."""
        if self.held[c]:
            return math.inf
        return satterthwaite_df(self.counts[:, [c]], np.ones(1))


def article_codes(articles: Labels) -> tuple[IntArray, int]:
    """Row number of each item's article, and the number of articles.

    Rows follow the sorted labels, so that no result (seeded draws included) depends on item order.
    """
    rows = {label: row for row, label in enumerate(sorted(set(articles), key=str))}
    codes = np.fromiter((rows[label] for label in articles), dtype=np.intp, count=len(articles))
    return codes, len(rows)


def check_values(values: ArrayLike, n: int, *, what: str = "values") -> FloatArray:
    """`values` as floats; DataError unless there are `n` of them, all finite."""
    array = np.asarray(values, dtype=np.float64)
    if array.shape != (n,):
        raise DataError(f"{what} of shape {array.shape} do not match {n} article labels, one per item")
    if not np.isfinite(array).all():
        position = int(np.flatnonzero(~np.isfinite(array))[0])
        raise DataError(f"{what} must be finite; item number {position} (from 0) is {array[position]}")
    return array


def mean_cells(values: FloatArray, codes: IntArray, n_articles: int) -> Cells:
    """Cells of a plain mean: one class of weight 1."""
    sums = np.bincount(codes, weights=values, minlength=n_articles).astype(np.float64)
    counts = np.bincount(codes, minlength=n_articles).astype(np.float64)
    return Cells(sums=sums[:, None], counts=counts[:, None], weights=np.ones(1))


def headline_cells(
    values: FloatArray, codes: IntArray, n_articles: int, answerable: NDArray[np.bool_]
) -> Cells:
    """Cells of the headline: answerable and unanswerable, weight ½ each; both must have items."""
    cell = codes * 2 + ~answerable
    sums = np.bincount(cell, weights=values, minlength=2 * n_articles).astype(np.float64)
    counts = np.bincount(cell, minlength=2 * n_articles).astype(np.float64)
    shape = (n_articles, 2)
    return Cells(sums=sums.reshape(shape), counts=counts.reshape(shape), weights=np.full(2, 0.5))


def leverage_weights(counts: FloatArray, weights: FloatArray) -> FloatArray:
    """α_gc = w_c / (n_c·√(1 − n_gc/n_c)), shape (G, C); no class may be held by one article."""
    totals = counts.sum(axis=0)
    alpha: FloatArray = weights / (totals * np.sqrt((totals - counts) / totals))
    return alpha


def influences(cells: Cells) -> FloatArray:
    """CR2 influence u_g = Σ_c α_gc·S_gc of each article, shape (G,); its sum of squares is the variance."""
    residuals = cells.sums - cells.counts * cells.means
    total: FloatArray = (leverage_weights(cells.counts, cells.weights) * residuals).sum(axis=1)
    return total


def satterthwaite_df(counts: FloatArray, weights: FloatArray) -> float:
    """tr(M)²/tr(M²), M_gh = δ_gh Σ_c n_gc α_gc² − Σ_c n_gc n_hc α_gc α_hc / n_c, without forming M.

    With one class this is the Bell–McCaffrey df. No class may be held by a single article.
    """
    totals = counts.sum(axis=0)
    alpha = leverage_weights(counts, weights)
    # Written without a subtraction, which one very large article would drown: M's diagonal, then the rest.
    diagonal = (counts * (weights / totals) ** 2).sum(axis=1)
    low_rank = counts * alpha / np.sqrt(totals)
    products = low_rank[:, :, None] * low_rank[:, None, :]
    off_diagonal = 2.0 * float((np.cumsum(products, axis=0)[:-1] * products[1:]).sum())
    trace = float((weights**2 / totals).sum())
    # M is a covariance, so the ratio is at least 1; rounding must not take it below.
    return max(1.0, trace**2 / (float((diagonal**2).sum()) + off_diagonal))


def jackknife_variance(cells: Cells) -> float:
    """Delete-one-article variance (G−1)/G · Σ(θ₍g₎ − mean)² of the estimate; G ≥ 2.

    Articles without items take no part. No class may be held by a single article.
    """
    present = cells.counts.sum(axis=1) > 0
    sums, counts = cells.sums[present], cells.counts[present]
    left_out = ((sums.sum(axis=0) - sums) / (counts.sum(axis=0) - counts)) @ cells.weights
    g = len(left_out)
    return float((g - 1) / g * ((left_out - left_out.mean()) ** 2).sum())


def _single(sums: ArrayLike, sizes: ArrayLike) -> Cells | None:
    sums, sizes = np.asarray(sums, dtype=np.float64), np.asarray(sizes, dtype=np.float64)
    if sums.shape != sizes.shape or sums.ndim != 1 or bool((sizes < 0).any()):
        raise ValueError("sums and sizes must be equally long, one per article, sizes not negative")
    if int((sizes > 0).sum()) < 2:
        return None
    return Cells(sums=sums[:, None], counts=sizes[:, None], weights=np.ones(1))


def cr0(sums: ArrayLike, sizes: ArrayLike) -> float | None:
    """Uncorrected cluster variance of the mean, ΣS_g²/N², from Σ y and n_g of each article; None below 2."""
    cells = _single(sums, sizes)
    if cells is None:
        return None
    residuals = cells.sums - cells.counts * cells.means
    return float((residuals**2).sum() / cells.totals[0] ** 2)


def cr1(sums: ArrayLike, sizes: ArrayLike) -> float | None:
    """CR0·G/(G − 1): the small-sample factor most packages print; None below 2 articles."""
    base = cr0(sums, sizes)
    g = int((np.asarray(sizes) > 0).sum())
    return None if base is None else base * g / (g - 1)


def cr2(sums: ArrayLike, sizes: ArrayLike) -> float | None:
    """ΣS_g²/(1 − n_g/N)/N²: unbiased when items are independent; None below 2 articles.

    Source: Bell and McCaffrey (2002), Survey Methodology 28.
    """
    cells = _single(sums, sizes)
    return None if cells is None else float((influences(cells) ** 2).sum())


def bell_mccaffrey_df(sizes: ArrayLike) -> float | None:
    """Degrees of freedom of CR2 for a mean over articles of these sizes, at least 1; None below 2 articles."""
    cells = _single(sizes, sizes)
    return None if cells is None else satterthwaite_df(cells.counts, cells.weights)
