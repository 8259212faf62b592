import numpy as np
import pytest

from bench.errors import UsageError
from bench.stats.clusters import cr2
from bench.stats.differences import differences, pair_noise
from bench.stats.power import PairNoise, mde, required_items
from tests.stats.oracles import clustered, labels


@pytest.mark.parametrize(("n", "points"), [(50, 21.7), (160, 12.1), (500, 6.9), (1000, 4.9), (2000, 3.4)])
def test_table_of_the_plan(n, points):
    # 2.80·√(.2·1.5/N) by hand; the plan prints 22 points at N = 50
    assert 100 * mde(n, discordance=0.2, design_effect=1.5) == pytest.approx(points, abs=0.05)


def test_factor_is_2_80():
    assert mde(1, discordance=1, design_effect=1) == pytest.approx(2.8015852, abs=1e-6)


def test_defaults_are_those_of_the_plan():
    assert mde(400) == mde(400, discordance=0.10, design_effect=1.95, power=0.8, alpha=0.05)


@pytest.mark.parametrize("difference", [0.01, -0.034, 0.2, 1.0])
def test_required_items_is_the_inverse(difference):
    n = required_items(difference, discordance=0.2, design_effect=1.5)

    assert mde(n, discordance=0.2, design_effect=1.5) <= abs(difference) + 1e-12
    assert n == 1 or mde(n - 1, discordance=0.2, design_effect=1.5) > abs(difference)


def test_required_items_of_a_whole_number_is_not_rounded_up():
    assert required_items(mde(120)) == 120


@pytest.mark.parametrize(
    "call",
    [
        lambda: mde(0),
        lambda: mde(10, discordance=0),
        lambda: mde(10, design_effect=-1),
        lambda: mde(10, power=1.0),
        lambda: mde(10, alpha=0),
        lambda: required_items(0.0),
        lambda: required_items(float("nan")),
    ],
)
def test_outside_the_domain_is_refused(call):
    with pytest.raises(UsageError):
        call()


def test_noise_is_measured_from_the_pair():
    rng = np.random.default_rng(2)
    a, b = clustered(rng, (5,) * 30, 0.7, 0.4), clustered(rng, (5,) * 30, 0.7, 0.4)
    d = b - a
    noise = pair_noise(differences(a, b, labels((5,) * 30)))

    assert noise.measured
    assert noise.n == 150
    assert noise.discordance == pytest.approx((a != b).mean())
    assert noise.design_effect == pytest.approx(
        cr2(d.reshape(30, 5).sum(axis=1), (5,) * 30) / (d.var(ddof=1) / 150)
    )
    assert noise.mde == mde(150, discordance=noise.discordance, design_effect=noise.design_effect)


def test_noise_of_the_headline_uses_the_harmonic_number_of_items():
    flags = ([True] * 4 + [False]) * 10
    b = np.tile([1, 0, 0, 0, 0], 10)
    b[4] = 1  # ten answerable items and one unanswerable item differ
    noise = pair_noise(differences(np.zeros(50), b, labels((5,) * 10), flags))

    assert noise.n == pytest.approx(4 / (1 / 40 + 1 / 10))
    assert noise.discordance == pytest.approx(noise.n / 4 * (0.25 / 40 + 0.1 / 10))


@pytest.mark.parametrize(
    ("a", "b", "articles"),
    [([1, 0, 1], [1, 0, 1], ["a", "b", "c"]), ([0, 0], [1, 0], ["a", "a"]), ([0], [1], ["a"])],
)
def test_defaults_stand_in_where_nothing_can_be_measured(a, b, articles):
    got = pair_noise(differences(a, b, articles))

    assert got == PairNoise(discordance=0.10, design_effect=1.95, n=len(a), measured=False)


@pytest.mark.medium
def test_power_at_the_minimum_detectable_effect_is_80_percent():
    """Independent items, McNemar-like z test by simulation: 4,000 seeded draws, simulation error .006."""
    rng = np.random.default_rng(8)
    n, discordance = 800, 0.2
    effect = mde(n, discordance=discordance, design_effect=1)
    worse = (discordance - effect) / 2
    counts = rng.multinomial(n, [worse + effect, worse, 1 - discordance], size=4000)
    z = (counts[:, 0] - counts[:, 1]) / np.sqrt(counts[:, 0] + counts[:, 1])

    assert (np.abs(z) > 1.96).mean() == pytest.approx(0.80, abs=0.025)
