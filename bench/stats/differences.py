"""Two models on the same items: article sums of the differences, their variance, and how noisy they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bench.errors import DataError
from bench.stats.clusters import (
    Cells,
    FloatArray,
    IntArray,
    Labels,
    article_codes,
    check_values,
    headline_cells,
    influences,
    jackknife_variance,
    mean_cells,
    satterthwaite_df,
)
from bench.stats.power import DEFAULT_DESIGN_EFFECT, DEFAULT_DISCORDANCE, PairNoise


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Differences:
    """d = b − a by article and class, with what the item level adds."""

    cells: Cells
    squares: FloatArray  # (C,): Σ d² per class
    constants: tuple[float | None, ...]  # per class, the value that all its differences share, if they do
    n_items: int
    better: int  # items with d > 0
    worse: int  # items with d < 0
    binary: bool  # both sides right/wrong only

    @property
    def value(self) -> float:
        """The estimated difference; exact where every class is constant."""
        if all(c is not None for c in self.constants):
            return float(sum(w * c for w, c in zip(self.cells.weights, self.constants, strict=True) if c))
        return self.cells.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Variance:
    """A variance with its degrees of freedom and the way it was made."""

    value: float  # > 0
    df: float
    how: str


def answerable_flags(answerable: ArrayLike, n: int) -> NDArray[np.bool_]:
    """`answerable` as `n` truth values; DataError when the number is wrong."""
    return check_values(answerable, n, what="answerable").astype(bool)


def item_cells(
    values: FloatArray, codes: IntArray, n_articles: int, answerable: NDArray[np.bool_] | None
) -> Cells:
    """Cells of the mean, or of the headline where both classes have items."""
    if answerable is None or bool(answerable.all()) or not bool(answerable.any()):
        return mean_cells(values, codes, n_articles)
    return headline_cells(values, codes, n_articles, answerable)


def differences(
    a: ArrayLike, b: ArrayLike, articles: Labels, answerable: ArrayLike | None = None
) -> Differences:
    """Paired differences b − a of equally ordered items; at least one item.

    Items are paired by the caller, by content hash; one that is missing or failed on a side is to be
    given its worst value there, never left out. `answerable` asks for the headline.
    """
    x, y = (
        check_values(a, len(articles), what="scores of a"),
        check_values(b, len(articles), what="scores of b"),
    )
    if len(x) == 0:
        raise DataError("no items to compare")
    flags = None if answerable is None else answerable_flags(answerable, len(x))
    codes, n_articles = article_codes(articles)
    d = y - x
    cells = item_cells(d, codes, n_articles, flags)
    parts = [d] if flags is None or len(cells.weights) == 1 else [d[flags], d[~flags]]
    return Differences(
        cells=cells,
        squares=np.array([float((part**2).sum()) for part in parts]),
        constants=tuple(float(part[0]) if part.min() == part.max() else None for part in parts),
        n_items=len(d),
        better=int((d > 0).sum()),
        worse=int((d < 0).sum()),
        binary=bool((((x == 0) | (x == 1)) & ((y == 0) | (y == 1))).all()),
    )


def item_variance(diff: Differences, largest: float) -> FloatArray:
    """w_c²·s_c²/n_c per class, as if items were independent; a class of one item gets `largest` as s²."""
    n = diff.cells.totals
    spread = np.maximum(diff.squares - n * diff.cells.means**2, 0.0) / np.maximum(n - 1.0, 1.0)
    flat = np.array([constant is not None for constant in diff.constants])
    spread = np.where(flat, np.where(n == 1.0, largest, 0.0), spread)
    variance: FloatArray = diff.cells.weights**2 * spread / n
    return variance


def difference_variance(diff: Differences, largest: float = 1.0) -> Variance | None:
    """CR2 variance and Satterthwaite df of the difference; None where all differences of a class agree in
    every class, so that no spread can be seen.

    - a class held by one article: its variance by item (`largest` if it is one item), the jackknife by
      article for the rest
    - nothing spread over articles: by item, df = items − classes
    - articles that agree exactly while items differ: by item, with the df of CR2
    """
    if all(constant is not None for constant in diff.constants):
        return None
    cells, held = diff.cells, diff.cells.held
    by_item = item_variance(diff, largest)
    total = float(by_item.sum())
    if bool(held.all()):
        return Variance(value=total, df=max(1.0, diff.n_items - len(held)), how="t by item")
    spread = cells.only(~held)
    df = satterthwaite_df(spread.counts, spread.weights)
    if bool(held.any()):
        between = jackknife_variance(spread) + float(by_item[held].sum())
        how = "jackknife t by article, a class held by one article counted by item"
    else:
        between = float((influences(cells) ** 2).sum())
        how = "CR2 t by article"
    if between <= 1e-20 * total:
        return Variance(value=total, df=df, how="t by item, as the articles agree exactly")
    return Variance(value=between, df=df, how=how)


def pair_noise(diff: Differences) -> PairNoise:
    """Discordance and design effect as measured on this pair, for `power`.

    The defaults stand in where nothing can be measured: no item differs, or one article holds a class.
    A design effect below 1 is chance and is taken as 1.
    """
    cells, n = diff.cells, diff.cells.totals
    effective = 1.0 / float((cells.weights**2 / n).sum())
    discordance = effective * float((cells.weights**2 * diff.squares / n**2).sum())
    independent = float(item_variance(diff, 0.0).sum())
    if discordance <= 0.0 or independent <= 0.0 or bool(cells.held.any()):
        return PairNoise(
            discordance=DEFAULT_DISCORDANCE,
            design_effect=DEFAULT_DESIGN_EFFECT,
            n=effective,
            measured=False,
        )
    design_effect = max(1.0, float((influences(cells) ** 2).sum()) / independent)
    return PairNoise(discordance=discordance, design_effect=design_effect, n=effective, measured=True)
