import math

import numpy as np
import pytest
from scipy import special, stats
from statsmodels.stats.proportion import proportion_confint

from bench.errors import UsageError
from bench.stats.intervals import constant_bounds, normal_below, normal_quantile, t_below, t_quantile, wilson


@pytest.mark.parametrize(("right", "n"), [(0, 1), (1, 1), (0, 20), (19, 20), (20, 20), (7, 13), (812, 1000)])
@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
def test_wilson_equals_statsmodels(right, n, level):
    expected = proportion_confint(right, n, alpha=1 - level, method="wilson")

    assert wilson(right / n, n, normal_quantile(level)) == pytest.approx(expected, abs=1e-12)


def test_wilson_of_19_of_20():
    # statsmodels 0.14 proportion_confint(19, 20, method="wilson")
    assert wilson(0.95, 20, normal_quantile()) == pytest.approx((0.7638687, 0.9911187), abs=1e-6)


def test_wald_covers_too_little_and_wilson_does_not():
    """Exact coverage at n = 20, p = .95 (scipy.stats.binom): the plan's .64 for Wald at a nominal .95."""
    right = np.arange(21)
    chance = stats.binom.pmf(right, 20, 0.95)
    half = 1.959964 * np.sqrt(right / 20 * (1 - right / 20) / 20)
    wald = chance[(right / 20 - half <= 0.95) & (right / 20 + half >= 0.95)].sum()
    ends = [wilson(r / 20, 20, normal_quantile()) for r in right]
    ours = sum(c for c, (low, high) in zip(chance, ends, strict=True) if low <= 0.95 <= high)

    assert wald == pytest.approx(0.64, abs=0.005)
    assert ours == pytest.approx(0.925, abs=0.005)


def test_wilson_ends_are_exact_at_none_and_all():
    assert wilson(0.0, 5, 1.96)[0] == 0.0
    assert wilson(1.0, 5, 1.96)[1] == 1.0
    assert wilson(1.0, 5, 1.96)[0] < 1.0


@pytest.mark.parametrize(("mean", "n"), [(-0.1, 5), (1.1, 5), (0.5, 0), (math.nan, 5), (0.5, math.nan)])
def test_wilson_refuses_what_is_no_proportion(mean, n):
    with pytest.raises(ValueError, match="Wilson needs"):
        wilson(mean, n, 1.96)


@pytest.mark.parametrize("df", [0.5, 1.0, 1.5, 3.710777626194, 12, 60, 999.5, 1000.5, 1e4, 1e9])
@pytest.mark.parametrize("level", [0.01, 0.5, 0.9, 0.95, 0.9999])
def test_t_quantile_equals_scipy_stats(df, level):
    assert t_quantile(df, level) == pytest.approx(stats.t.ppf(0.5 + level / 2, df), rel=1e-9)


def test_infinite_df_is_the_normal():
    assert t_quantile(math.inf) == normal_quantile() == pytest.approx(1.959963984540054)


@pytest.mark.parametrize("level", [0.0, 1.0, 95, -0.5, math.nan])
def test_levels_outside_0_and_1_are_refused(level):
    with pytest.raises(UsageError, match=r"0\.95"):
        normal_quantile(level)


@pytest.mark.parametrize("df", [0.0, -1.0, math.nan])
def test_t_needs_degrees_of_freedom(df):
    with pytest.raises(ValueError, match="positive"):
        t_quantile(df)


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_constant_bounds_are_wilson_at_the_ends(value):
    assert constant_bounds(value, 17, 2.1, (0.0, 1.0)) == pytest.approx(wilson(value, 17, 2.1))


def test_constant_bounds_of_no_difference():
    # 0 of 160 items differ: Wilson's upper limit is 3.8415/(160 + 3.8415) = .02345
    low, high = constant_bounds(0.0, 160, normal_quantile(), (-1.0, 1.0))

    assert (low, high) == pytest.approx((-0.0234463, 0.0234463), abs=1e-6)


@pytest.mark.parametrize("df", [0.7, 1.0, 2.5, 4.377, 19.0, 60.0, 999.0, 50_000.0])
@pytest.mark.parametrize("t", [-40.0, -6.0, -1.9, -0.3, 0.0, 0.01, 1.0, 2.8, 12.0])
def test_t_below_is_scipys(t, df):
    assert t_below(t, df) == pytest.approx(float(special.stdtr(df, t)), rel=1e-9, abs=1e-300)


@pytest.mark.parametrize("z", [-30.0, -3.0, -0.5, 0.0, 1.0, 1.96, 8.0])
def test_normal_below_is_scipys(z):
    assert normal_below(z) == pytest.approx(float(special.ndtr(z)), rel=1e-13)
