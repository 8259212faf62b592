"""The jackknife interval of a value of sums, against a literal delete-one jackknife and scipy's t."""

import itertools

import numpy as np
import pytest
from scipy import stats

from bench.errors import DataError
from bench.stats.corpus import corpus_difference, corpus_estimate
from bench.stats.signflip import sign_flip_p
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


OTHER = ITEMS.copy()
OTHER[:20, 1] = 1.0 - OTHER[:20, 1]
OTHER[:, 0] = OTHER[:, 1] * OTHER[:, 2]
OTHER_TABLE = np.array([OTHER[a == ARTICLES].sum(axis=0) for a in np.unique(ARTICLES)])


def test_a_difference_is_that_of_the_values_with_its_own_jackknife():
    found = corpus_difference(TABLE, OTHER_TABLE, f1, 60)

    def difference(*columns):
        return f1([c.sum() for c in columns[3:]]) - f1([c.sum() for c in columns[:3]])

    variance = delete_one(difference, ARTICLES, *ITEMS.T, *OTHER.T)
    value = f1(OTHER.sum(axis=0)) - f1(ITEMS.sum(axis=0))
    half = stats.t.ppf(0.975, 7) * np.sqrt(variance)
    assert (found.value, found.se) == pytest.approx((value, np.sqrt(variance)))
    assert (found.low, found.high) == pytest.approx((value - half, value + half))
    assert found.mde == pytest.approx((1.959964 + 0.841621) * np.sqrt(variance), rel=1e-6)


def test_its_p_value_is_that_of_swapping_whole_articles():
    found = corpus_difference(TABLE, OTHER_TABLE, f1, 60)

    both = np.stack([TABLE, OTHER_TABLE])
    values = []
    for ways in itertools.product((0, 1), repeat=8):
        one = both[ways, range(8)].sum(axis=0)
        two = both[1 - np.array(ways), range(8)].sum(axis=0)
        values.append(f1(two) - f1(one))
    assert found.p_sign_flip == np.mean(np.abs(values) >= abs(values[0]) - 1e-9)


def test_for_a_mean_the_swaps_are_the_sign_flips():
    rng = np.random.default_rng(3)
    a, b = ((rng.random((9, 10)) < rate).sum(axis=1) for rate in (0.5, 0.7))
    found = corpus_difference(np.c_[a, [10] * 9], np.c_[b, [10] * 9], ratio, 90)

    assert found.p_sign_flip == sign_flip_p((b - a) / 90)


def test_many_articles_are_drawn_seeded_and_p_is_never_0():
    a, b = np.c_[np.zeros(30), np.ones(30)], np.c_[np.ones(30), np.ones(30)]
    found = corpus_difference(a, b, ratio, 30, draws=499)

    assert found.p_sign_flip == 1 / 500
    assert found == corpus_difference(a, b, ratio, 30, draws=499)


@pytest.mark.parametrize(
    ("a", "b", "value"),
    [
        (np.zeros((0, 2)), np.zeros((0, 2)), None),
        ([[1, 2]], [[2, 2]], 0.5),
        ([[0, 0]] * 6, [[1, 2]] * 6, None),
        ([[1, 2]] * 7, [[1, 2]] * 7, 0.0),
        ([[0, 2]] * 7, [[2, 2]] * 7, 1.0),
    ],
)
def test_edge_cases_of_a_difference(a, b, value):
    found = corpus_difference(a, b, ratio, 3)

    assert finite_or_none(found)
    assert found.value == value
    assert found.se is None
    assert found.mde is None
    assert found.p_sign_flip is None or 0 < found.p_sign_flip <= 1
    if len(a) < 6:
        assert found.p_note.startswith("No p-value")
