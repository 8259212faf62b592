"""The jackknife interval of a value of sums, against a literal delete-one jackknife and scipy's t."""

import numpy as np
import pytest
from scipy import stats

from bench.errors import DataError
from bench.stats.corpus import corpus_estimate
from tests.stats.oracles import delete_one, finite_or_none


def f1(sums):
    tp, declined, unanswerable = sums
    return 2 * tp / (declined + unanswerable) if unanswerable else None


def ratio(sums):
    return sums[0] / sums[1] if sums[1] else None


RNG = np.random.default_rng(7)
ITEMS = RNG.integers(0, 2, size=(60, 3)).astype(float)
ITEMS[:, 0] = ITEMS[:, 1] * ITEMS[:, 2]
ARTICLES = np.repeat([f"a{k}" for k in range(8)], [3, 12, 5, 9, 10, 6, 8, 7])
TABLE = np.array([ITEMS[a == ARTICLES].sum(axis=0) for a in np.unique(ARTICLES)])


def test_interval_is_the_jackknife_over_articles():
    found = corpus_estimate(TABLE, f1, n_items=60)

    variance = delete_one(lambda *columns: f1([c.sum() for c in columns]), ARTICLES, *ITEMS.T)
    value = f1(ITEMS.sum(axis=0))
    half = stats.t.ppf(0.975, 7) * np.sqrt(variance)
    assert found.value == pytest.approx(value)
    assert (found.low, found.high) == pytest.approx((value - half, value + half))
    assert (found.n_items, found.n_articles) == (60, 8)
    assert found.method == "95 % jackknife t by article, 7 df"


def test_the_jackknife_of_a_mean_is_its_standard_error():
    # One item per article: the delete-one jackknife of a mean is s²/n (Efron and Tibshirani 1993, equation 11.5).
    y = np.array([0.1, 0.7, 0.4, 0.9, 0.2])
    found = corpus_estimate(np.column_stack([y, np.ones(5)]), ratio, 5)

    half = stats.t.ppf(0.975, 4) * y.std(ddof=1) / np.sqrt(5)
    assert (found.low, found.high) == pytest.approx((y.mean() - half, y.mean() + half))


def test_limits_are_clipped_to_the_range():
    wide = corpus_estimate([[1, 1], [0, 1], [1, 1]], ratio, 3)
    free = corpus_estimate([[1, 1], [0, 1], [1, 1]], ratio, 3, bounds=(0.0, None))

    assert (wide.low, wide.high) == (0.0, 1.0)
    assert free.high > 1.0


@pytest.mark.parametrize(
    ("table", "value", "method"),
    [
        (np.zeros((0, 2)), None, "undefined: no items"),
        ([[0, 0], [0, 0]], None, "undefined for these items and answers"),
        ([[3, 4]], 0.75, "no interval: one article only"),
        ([[1, 2], [0, 0]], 0.5, "no interval: undefined without one of the articles"),
    ],
)
def test_where_there_is_no_interval_the_method_says_why(table, value, method):
    found = corpus_estimate(table, ratio, 4)

    assert (found.value, found.low, found.high, found.method) == (value, None, None, method)


def test_no_variation_leaves_what_so_few_articles_can_exclude():
    found = corpus_estimate([[2, 2], [5, 5], [1, 1]], ratio, 8)

    q = stats.t.ppf(0.975, 2)
    assert (found.low, found.high) == (pytest.approx(1 - q**2 / (3 + q**2)), 1.0)
    assert "no article changes" in found.method
    assert corpus_estimate([[2, 2], [5, 5]], ratio, 7, bounds=(0.0, None)).low is None


def test_everything_is_finite_or_none_and_bad_tables_are_refused():
    assert finite_or_none(corpus_estimate(TABLE, f1, 60))
    for bad in ([1.0, 2.0], [[np.nan, 1.0], [1.0, 1.0]]):
        with pytest.raises(DataError):
            corpus_estimate(bad, ratio, 2)
