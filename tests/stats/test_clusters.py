import numpy as np
import pytest
from statsmodels.regression.linear_model import OLS

from bench.errors import DataError
from bench.stats.clusters import (
    article_codes,
    bell_mccaffrey_df,
    check_values,
    cr0,
    cr1,
    cr2,
    headline_cells,
    influences,
    jackknife_variance,
    mean_cells,
    satterthwaite_df,
)
from tests.stats.oracles import (
    ANSWERABLE,
    HEADLINE_SIZES,
    HEADLINE_Y,
    SIZES,
    Y,
    balanced,
    brute_cr2,
    cell_means,
    delete_one,
    labels,
)


def sums_of(y, sizes):
    return np.bincount(np.repeat(np.arange(len(sizes)), sizes), weights=y)


def test_golden_of_one_score():
    # CR2 SE and df from R clubSandwich (vcovCR "CR2", Satterthwaite); CR1 as in Stata and statsmodels
    sums = sums_of(Y, SIZES)

    assert cr2(sums, SIZES) ** 0.5 == pytest.approx(0.133957746589, abs=1e-12)
    assert bell_mccaffrey_df(SIZES) == pytest.approx(3.710777626194, abs=1e-12)
    assert cr1(sums, SIZES) ** 0.5 == pytest.approx(0.128300059820, abs=1e-12)
    assert cr0(sums, SIZES) == pytest.approx(cr1(sums, SIZES) * 5 / 6, rel=1e-14)


def test_cr0_equals_statsmodels():
    groups = np.repeat(np.arange(6), SIZES)
    fit = OLS(np.array(Y, float), np.ones(18)).fit(
        cov_type="cluster", cov_kwds={"groups": groups, "use_correction": False}
    )

    assert cr0(sums_of(Y, SIZES), SIZES) ** 0.5 == pytest.approx(fit.bse[0], rel=1e-12)


def test_golden_of_the_headline():
    # Brute-force CR2 of the cell-means regression and delete-one-article jackknife
    codes, n = article_codes(labels(HEADLINE_SIZES))
    cells = headline_cells(np.array(HEADLINE_Y, float), codes, n, np.array(ANSWERABLE))

    assert cells.value == pytest.approx(0.593406593406593, abs=1e-14)
    assert (influences(cells) ** 2).sum() ** 0.5 == pytest.approx(0.054068720646504, abs=1e-14)
    assert satterthwaite_df(cells.counts, cells.weights) == pytest.approx(4.377272397974, abs=1e-11)
    assert jackknife_variance(cells) ** 0.5 == pytest.approx(0.054423602306562, abs=1e-14)


@pytest.mark.parametrize("seed", range(6))
def test_mean_equals_brute_force_cr2(seed):
    rng = np.random.default_rng(seed)
    sizes = rng.integers(1, 7, 8)
    y = rng.random(sizes.sum())
    variance, df = brute_cr2(y, labels(sizes), np.ones((len(y), 1)), [1.0])

    assert cr2(sums_of(y, sizes), sizes) == pytest.approx(variance, rel=1e-10)
    assert bell_mccaffrey_df(sizes) == pytest.approx(df, rel=1e-10)


@pytest.mark.parametrize("seed", range(6))
def test_headline_equals_brute_force_cr2_of_the_cell_means_regression(seed):
    rng = np.random.default_rng(seed)
    sizes = rng.integers(1, 7, 9)
    flags = rng.random(sizes.sum()) < 0.7
    y = rng.random(len(flags))
    variance, df = brute_cr2(y, labels(sizes), cell_means(flags), [0.5, 0.5])
    codes, n = article_codes(labels(sizes))
    cells = headline_cells(y, codes, n, flags)

    assert (influences(cells) ** 2).sum() == pytest.approx(variance, rel=1e-10)
    assert satterthwaite_df(cells.counts, cells.weights) == pytest.approx(df, rel=1e-10)


@pytest.mark.parametrize("seed", range(4))
def test_jackknife_in_closed_form_equals_deleting_articles(seed):
    rng = np.random.default_rng(seed)
    sizes = rng.integers(2, 9, 12)
    y, flags = rng.random(sizes.sum()), rng.random(sizes.sum()) < 0.6
    codes, n = article_codes(labels(sizes))

    mean = jackknife_variance(mean_cells(y, codes, n))
    headline = jackknife_variance(headline_cells(y, codes, n, flags))

    assert mean == pytest.approx(delete_one(np.mean, labels(sizes), y), rel=1e-10)
    assert headline == pytest.approx(delete_one(balanced, labels(sizes), y, flags), rel=1e-10)


def test_cr2_stays_close_to_the_jackknife():
    rng = np.random.default_rng(5)
    sizes = rng.integers(4, 12, 40)
    y = rng.random(sizes.sum())

    assert cr2(sums_of(y, sizes), sizes) == pytest.approx(delete_one(np.mean, labels(sizes), y), rel=0.05)


def test_one_item_per_article_is_the_ordinary_standard_error():
    y = np.array([0.1, 0.4, 0.9, 0.3])

    assert cr2(y, np.ones(4)) == pytest.approx(y.var(ddof=1) / 4, rel=1e-12)
    assert bell_mccaffrey_df(np.ones(4)) == pytest.approx(3.0)


@pytest.mark.parametrize("sizes", [(), (5,), (5, 0)])
def test_fewer_than_two_articles_have_no_variance(sizes):
    sums = np.zeros(len(sizes))

    assert cr0(sums, sizes) is cr1(sums, sizes) is cr2(sums, sizes) is None
    assert bell_mccaffrey_df(sizes) is None


@pytest.mark.parametrize("sizes", [(1, 1), (1, 10**6), (1, 1, 10**9), (3,) * 40])
def test_df_lies_between_1_and_one_less_than_the_articles(sizes):
    assert 1.0 <= bell_mccaffrey_df(sizes) <= len(sizes) - 1 + 1e-9


def test_articles_without_items_change_nothing():
    assert cr2([3.0, 1.0, 0.0, 2.0], [4, 3, 0, 5]) == pytest.approx(cr2([3.0, 1.0, 2.0], [4, 3, 5]))


def test_sums_and_sizes_must_match():
    with pytest.raises(ValueError, match="equally long"):
        cr2([1.0], [1, 2])


def test_codes_follow_sorted_labels_whatever_the_order():
    codes, n = article_codes(["b", "a", "b", "c"])

    assert codes.tolist() == [1, 0, 1, 2]
    assert n == 3


@pytest.mark.parametrize(
    ("values", "message"),
    [([1.0], "do not match"), ([1.0, np.nan], r"number 1 \(from 0\) is nan"), ([np.inf, 0.0], "finite")],
)
def test_values_that_are_no_scores_are_refused(values, message):
    with pytest.raises(DataError, match=message):
        check_values(values, 2)
