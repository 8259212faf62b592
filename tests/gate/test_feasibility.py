"""Whether an equal model can pass at all, and what would let it."""

import math

import numpy as np
import pytest

from bench.gate.feasibility import assumed, feasibility
from bench.stats.power import PairNoise


def noise(n, discordance=0.10, design_effect=1.95):
    return PairNoise(discordance=discordance, design_effect=design_effect, n=n, measured=True)


# 400 items at the default design effect; published with the method.
@pytest.mark.parametrize(("discordance", "margin"), [(0.05, 0.039), (0.10, 0.055), (0.18, 0.074)])
def test_margins_that_would_do_on_400_items(discordance, margin):
    found = feasibility(noise(400, discordance), 400, 0.06, 0.05)
    assert round(found.margin, 3) == margin
    assert found.enough == (margin <= 0.06)


def test_the_chance_is_that_of_a_normal_estimate():
    # 160 items, .18: SE .04684; an equal model passes when its estimate exceeds −.06 + 1.645·SE = +.01704.
    found = feasibility(noise(160, 0.18), 160, 0.06, 0.05)
    draws = np.random.default_rng(0).normal(0.0, math.sqrt(0.18 * 1.95 / 160), 400_000)
    assert found.chance == pytest.approx(float((draws > -0.06 + 1.6448536 * 0.0468375).mean()), abs=0.004)
    assert not found.enough


def test_what_would_do_does():
    found = feasibility(noise(160, 0.18), 160, 0.06, 0.05)
    assert feasibility(noise(160, 0.18), 160, found.margin, 0.05).chance == pytest.approx(0.8)
    bigger = feasibility(noise(found.items, 0.18), found.items, 0.06, 0.05)
    assert 0.8 <= bigger.chance < 0.803


def test_needed_items_are_counted_in_items_of_the_same_make_up():
    # The headline of 400 + 100 items has 320 effective ones, 0.64 per item.
    headline, plain = feasibility(noise(320), 500, 0.03, 0.05), feasibility(noise(500), 500, 0.03, 0.05)
    assert headline.items == pytest.approx(plain.items / 0.64, abs=1.6)


def test_the_default_noise_stands_in():
    found = assumed(noise(77.0, 0.4, 3.0))
    assert (found.discordance, found.design_effect, found.n, found.measured) == (0.10, 1.95, 77.0, False)
