"""A value of all answers at once: equal to the jackknife over sums where it is one, coarser above fifty articles."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from bench.stats.corpus import corpus_estimate
from bench.stats.pooled import MOST_PARTS, pooled_estimate


def share(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Sum of the first over sum of the second, as a corpus metric would have it."""
    return sum(a for a, _ in pairs) / sum(b for _, b in pairs) if pairs else None


def groups(n: int) -> list[list[tuple[float, float]]]:
    rng = np.random.default_rng(7)
    return [[(float(rng.integers(0, 3)), 3.0) for _ in range(1 + g % 3)] for g in range(n)]


@pytest.mark.parametrize("n", [0, 1, 2, 7, MOST_PARTS])
def test_a_value_of_sums_is_estimated_as_from_sums(n: int) -> None:
    made = groups(n)
    table = np.array([np.sum(group, axis=0) for group in made]).reshape(-1, 2)
    wanted = corpus_estimate(table, lambda sums: sums[0] / sums[1] if sums[1] else None, 3 * n)
    found = pooled_estimate(made, share, 3 * n)
    assert (found.n_items, found.n_articles, found.method) == (
        wanted.n_items,
        wanted.n_articles,
        wanted.method,
    )
    for name in ("value", "low", "high"):
        assert getattr(found, name) == pytest.approx(getattr(wanted, name), abs=1e-12)


def test_many_articles_are_left_out_in_fifty_parts() -> None:
    calls: list[int] = []

    def counted(pairs: Sequence[tuple[float, float]]) -> float | None:
        calls.append(len(pairs))
        return share(pairs)

    made = groups(120)
    found = pooled_estimate(made, counted, 240)
    assert len(calls) == 1 + MOST_PARTS
    assert found.value == pytest.approx(share([pair for group in made for pair in group]))
    assert found.n_articles == 120
    assert found.method == "95 % jackknife t by 50 parts of the articles, 49 df"
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.value < found.high
