"""The headline's interval: a weighted mean of two class means, with the articles as clusters."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from bench.stats.clusters import (
    Cells,
    FloatArray,
    IntArray,
    headline_cells,
    influences,
    jackknife_variance,
    satterthwaite_df,
)
from bench.stats.intervals import normal_quantile, t_quantile, wilson

CLASSES = ("answerable", "unanswerable")


def headline_interval(
    y: FloatArray, codes: IntArray, n_articles: int, answerable: NDArray[np.bool_], level: float
) -> tuple[float, float, float, str]:
    """Value, low, high and method of balanced accuracy; both classes must have items.

    A class that is all right or all wrong contributes nothing to V or V_iid, which would make the interval
    too narrow, and of no width at all for a model that always abstains (one class all wrong, the other
    all right). Then, and only then, each class gets its own Wilson limits (l_c, u_c) and the interval is
    m − ½√Σ(m_c − l_c)² to m + ½√Σ(u_c − m_c)². Source: Zou and Donner (2008), Statistics in Medicine 27.
    """
    cells = headline_cells(y, codes, n_articles, answerable)
    value = min(1.0, max(0.0, cells.value))
    label = _held_label(cells)
    if bool(((cells.means <= 0.0) | (cells.means >= 1.0)).any()):
        low, high = _combined_limits(cells, level)
        method = "Wilson limits of the two classes combined, one being all right or all wrong"
        return value, min(value, low), max(value, high), f"{100 * level:g} % {method}{label}"
    variance, df, how = headline_variance(cells)
    quantile = normal_quantile(level) if df is None else t_quantile(df, level)
    n_eff = value * (1.0 - value) / max(variance, float(_item_variance(cells).sum()))
    low, high = wilson(value, n_eff, quantile)
    tail = f", t with {df:.1f} df" if df is not None else ""
    return value, low, high, f"{100 * level:g} % Wilson at {n_eff:.1f} effective items, {how}{tail}{label}"


def headline_variance(cells: Cells) -> tuple[float, float | None, str]:
    """Variance of the headline, its degrees of freedom (None: by item, use z) and how it was made.

    CR2 where both classes are spread over articles; the jackknife by article for the spread class, plus
    the binomial variance of the other, where one article holds a whole class; by item where nothing is
    spread.
    """
    held = cells.held
    if bool(held.all()):
        return float(_item_variance(cells).sum()), None, "by item"
    if not bool(held.any()):
        df = satterthwaite_df(cells.counts, cells.weights)
        return float((influences(cells) ** 2).sum()), df, "CR2 by article"
    spread = cells.only(~held)
    variance = jackknife_variance(spread) + float(_item_variance(cells)[held].sum())
    return variance, satterthwaite_df(spread.counts, spread.weights), "jackknife by article"


def _item_variance(cells: Cells) -> FloatArray:
    """w_c²·m_c(1 − m_c)/n_c per class: what independent items would give."""
    variance: FloatArray = cells.weights**2 * cells.means * (1.0 - cells.means) / cells.totals
    return variance


def _combined_limits(cells: Cells, level: float) -> tuple[float, float]:
    below = above = 0.0
    for c, weight in enumerate(cells.weights):
        alone = cells.only(np.arange(len(cells.weights)) == c)
        mean, n = min(1.0, max(0.0, float(alone.means[0]))), float(alone.totals[0])
        deff = 1.0
        if not alone.held[0] and 0.0 < mean < 1.0:
            variance = float((influences(alone) ** 2).sum()) / weight**2
            deff = max(1.0, variance * n / (mean * (1.0 - mean)))
        low, high = wilson(mean, n / deff, t_quantile(cells.class_df(c), level))
        below += (weight * (mean - low)) ** 2
        above += (weight * (high - mean)) ** 2
    return cells.value - math.sqrt(below), cells.value + math.sqrt(above)


def _held_label(cells: Cells) -> str:
    if len(cells.counts) == 1:
        return ", this article only"
    names = [name for name, held in zip(CLASSES, cells.held, strict=True) if held]
    if not names:
        return ""
    return f"; one article holds every {' and one every '.join(names)} item, counted by item"
