import math

import numpy as np
import pytest
from scipy import integrate, stats

from bench.errors import UsageError
from bench.stats.sequential import e_value, log_e_value, nightly_series


def mixture(worse, better, prior):
    """The definition: likelihood ratio against ½, averaged over the upper half of Beta(a, a)."""
    value, _ = integrate.quad(
        lambda q: (2 * q) ** worse * (2 * (1 - q)) ** better * 2 * stats.beta.pdf(q, prior, prior), 0.5, 1.0
    )
    return value


@pytest.mark.parametrize("prior", [1.0, 5.0, 20.0])
@pytest.mark.parametrize(("worse", "better"), [(0, 0), (1, 0), (0, 1), (12, 3), (3, 12), (40, 40)])
def test_closed_form_equals_the_mixture(worse, better, prior):
    # scipy.integrate.quad of the defining integral
    assert e_value(worse, better, prior=prior) == pytest.approx(mixture(worse, better, prior), rel=1e-7)


def test_small_values_by_hand():
    # prior 1 is flat on (½, 1): E(1, 0) = 2∫2q dq = 3/2, E(0, 1) = 2∫2(1−q) dq = 1/2
    assert e_value(0, 0) == pytest.approx(1.0)
    assert e_value(1, 0) == pytest.approx(1.5)
    assert e_value(0, 1) == pytest.approx(0.5)


@pytest.mark.parametrize("n", [1, 5, 12])
def test_mean_under_equal_chances_is_exactly_1(n):
    # The defining property of an e-value, summed over all outcomes
    total = sum(math.comb(n, w) / 2**n * e_value(w, n - w, prior=3.0) for w in range(n + 1))

    assert total == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("worse", "better"), [(0, 5000), (5000, 0), (100_000, 100_000), (10, 3000), (10**6, 0), (0, 10**6)]
)
def test_extreme_counts_stay_finite_and_positive(worse, better):
    assert math.isfinite(log_e_value(worse, better))
    assert 0.0 < e_value(worse, better) < math.inf


def test_the_tail_series_joins_the_direct_formula():
    # On either side of the point where betainc leaves the range of floats, steps must stay alike
    logs = np.array([log_e_value(10, better) for better in range(1040, 1100)])

    assert np.abs(np.diff(logs, 2)).max() < 1e-3


def test_series_adds_up_nights_and_keeps_its_alarm():
    series = nightly_series([(2, 2), (13, 0), (0, 0), (0, 30)])

    assert [(n.worse, n.better) for n in series] == [(2, 2), (15, 2), (15, 2), (15, 32)]
    assert [n.alarm for n in series] == [False, True, True, True]
    assert series[1].e_value == pytest.approx(e_value(15, 2))
    assert series[1].e_value >= 20 > series[0].e_value
    assert series[3].e_value < 1


def test_no_nights():
    assert nightly_series([]) == ()


@pytest.mark.parametrize(
    "call",
    [
        lambda: log_e_value(-1, 0),
        lambda: log_e_value(0, 0, prior=0),
        lambda: nightly_series([(1, 1)], alpha=0),
        lambda: nightly_series([(5, 5), (-1, 0)]),
    ],
)
def test_outside_the_domain_is_refused(call):
    with pytest.raises(UsageError):
        call()


@pytest.mark.medium
def test_false_alarms_of_a_year_looked_at_every_night():
    """200 nights of about 8 differing items, equal chances: 400 seeded series, at most 5 % may alarm."""
    rng = np.random.default_rng(4)

    alarms = 0
    for _ in range(400):
        n = rng.poisson(8, 200)
        worse = rng.binomial(n, 0.5)
        alarms += nightly_series(zip(worse.tolist(), (n - worse).tolist(), strict=True))[-1].alarm

    assert alarms / 400 <= 0.05 + 2 * (0.05 * 0.95 / 400) ** 0.5


@pytest.mark.medium
def test_a_real_drop_is_found():
    """Two thirds of differing items worse: nearly every series alarms within 60 nights."""
    rng = np.random.default_rng(5)

    found = 0
    for _ in range(100):
        worse = rng.binomial(8, 2 / 3, 60)
        found += nightly_series([(int(w), 8 - int(w)) for w in worse])[-1].alarm

    assert found >= 95
