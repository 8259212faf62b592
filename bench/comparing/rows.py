"""Paired differences of two views: the headline, every metric, every slice."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from bench.comparing.corpus import corpus_rows
from bench.comparing.pairing import BoolArray, Paired, about
from bench.reports.comparison import Row
from bench.stats.multiple import benjamini_hochberg, holm
from bench.stats.paired import paired_headline, paired_mean
from bench.summary import AXES, HEADLINE_METRIC


def headline_row(paired: Paired) -> Row | None:
    """The headline of both sides; None where `correct` is missing or no item counts towards it."""
    if HEADLINE_METRIC not in paired.metrics or not paired.in_headline.any():
        return None
    main = paired.only(paired.in_headline)
    a, b = main.values(HEADLINE_METRIC)
    level_a, level_b = (float(side @ main.weights) for side in (a, b))
    difference = paired_headline(a, b, main.articles, main.answerable)
    return Row(
        name="headline", unit="share", a=level_a, b=level_b, difference=difference,
        p_adjusted=difference.p_sign_flip,
    )  # fmt: skip


def metric_rows(paired: Paired) -> tuple[Row, ...]:
    """Every metric over the headline's items, those with a value per answer first; p-values by Holm."""
    rows = [_Values(paired, name).row(name, paired.in_headline) for name in paired.metrics]
    rows += corpus_rows(paired)
    adjusted = holm([row.difference.p_sign_flip for row in rows])
    return tuple(replace(row, p_adjusted=p) for row, p in zip(rows, adjusted, strict=True))


def slice_rows(paired: Paired) -> dict[str, tuple[Row, ...]]:
    """Axis → rows of `correct` by label; p-values by Benjamini and Hochberg over all slices of all axes."""
    if HEADLINE_METRIC not in paired.metrics:
        return {}
    values = _Values(paired, HEADLINE_METRIC)
    found = {axis: [values.row(label, mask) for label, mask in _labels(paired, axis)] for axis in AXES}
    flat = [row.difference.p_sign_flip for rows in found.values() for row in rows]
    adjusted = iter(benjamini_hochberg(flat))
    done = {
        axis: tuple(replace(row, p_adjusted=next(adjusted)) for row in rows) for axis, rows in found.items()
    }
    return {axis: rows for axis, rows in done.items() if rows}


def _labels(paired: Paired, axis: str) -> list[tuple[str, BoolArray]]:
    """The labels that items have on an axis, each with the items that have it."""
    held = [set(AXES[axis](item)) for item in paired.items]
    return [(label, np.array([label in own for own in held])) for label in sorted(set().union(*held))]


class _Values:
    """The values of one metric on both sides, read once for any number of slices."""

    def __init__(self, paired: Paired, metric: str) -> None:
        self._a, self._b = paired.values(metric)
        self._applies = paired.applies(metric)
        self._articles = np.array(paired.articles, dtype=object)
        known = about(paired.views[0])[metric]
        self._bounds = known["low"], known["high"]
        self._unit = paired.views[0].signature["units"][metric]

    def row(self, name: str, mask: BoolArray) -> Row:
        """The difference over the items in `mask` to which the metric applies, p not adjusted yet."""
        chosen = mask & self._applies
        a, b = self._a[chosen], self._b[chosen]
        levels = [float(side.mean()) if len(side) else None for side in (a, b)]
        difference = paired_mean(a, b, self._articles[chosen], bounds=self._bounds)
        return Row(
            name=name, unit=self._unit, a=levels[0], b=levels[1], difference=difference, p_adjusted=None
        )
