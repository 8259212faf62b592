"""The estimate of a value of all answers at once that is no function of sums, such as BLEU over a corpus."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

from bench.records import Estimate
from bench.stats.corpus import corpus_estimate

MOST_PARTS = 50  # of the jackknife: the value has to be computed afresh for each
T = TypeVar("T")


def pooled_estimate(
    groups: Sequence[Sequence[T]],
    over: Callable[[Sequence[T]], float | None],
    n_items: int,
    *,
    level: float = 0.95,
    bounds: tuple[float, float | None] = (0.0, 1.0),
) -> Estimate:
    """`over` of all members of `groups` (one group per article), with a jackknife interval by article.

    `over` is called once for the value and once for each article left out; above 50 articles, neighbours are
    left out together in 50 parts of nearly equal size, which `method` says. Otherwise as `corpus_estimate`.
    """
    parts = min(len(groups), MOST_PARTS)
    part_of = [n * parts // len(groups) for n in range(len(groups))]

    def finish(present: Sequence[float]) -> float | None:
        return over([x for group, part in zip(groups, part_of, strict=True) if present[part] for x in group])

    found = corpus_estimate(np.eye(parts), finish, n_items, level=level, bounds=bounds)
    method = found.method
    if len(groups) > parts:
        method = method.replace("by article", f"by {parts} parts of the articles")
    return dataclasses.replace(found, n_articles=len(groups), method=method)
