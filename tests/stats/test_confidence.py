"""Calibration and selective answering, against slow literal versions and worked examples."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.canonical import to_json
from bench.errors import DataError, UsageError
from bench.stats.confidence import (
    aurc,
    brier,
    confidence_from_json,
    confidence_summary,
    ece,
    reliability_curve,
    risk_coverage,
)

# (confidence, credit): ten answers, three of them with one confidence.
C = [0.95, 0.9, 0.8, 0.8, 0.8, 0.6, 0.55, 0.4, 0.3, 0.1]
Y = [1.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0]

PAIRS = st.lists(st.tuples(st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.5, 0.9, 1.0]) | st.floats(0, 1),
                           st.sampled_from([0.0, 1.0, 0.1, 1 / 3, 0.7])), max_size=25)  # fmt: skip


def slow_aurc(pairs):
    """Mean over every order that breaks ties, of the mean over k of the error of the first k; by enumeration."""
    groups = [list(g) for _, g in itertools.groupby(sorted(pairs, reverse=True), key=lambda p: p[0])]
    totals = []
    for orders in itertools.product(*(itertools.permutations(g) for g in groups)):
        wrong = [1 - y for group in orders for _, y in group]
        totals.append(sum(sum(wrong[:k]) / k for k in range(1, len(wrong) + 1)) / len(wrong))
    return sum(totals) / len(totals)


def slow_curve(pairs, bins):
    """Each answer's bin by counting, in exact integers, how many confidences lie below and beside it."""
    place = {}
    for c, y in pairs:
        below, same = sum(d < c for d, _ in pairs), sum(d == c for d, _ in pairs)
        place.setdefault(bins * (2 * below + same) // (2 * len(pairs)), []).append((c, y))
    return [(*map(float, np.mean(members, axis=0)), len(members)) for _, members in sorted(place.items())]


def test_brier_is_the_mean_squared_distance_with_an_interval_by_article():
    found = brier(C, Y, ["a", "b"] * 5)

    assert found.value == pytest.approx(sum((c - y) ** 2 for c, y in zip(C, Y, strict=True)) / 10)
    assert found.low < found.value < found.high
    assert (found.n_items, found.n_articles) == (10, 2)
    assert "CR2" in found.method
    assert brier([0.5] * 4, [1, 0, 1, 1], list("abcd")).value == 0.25


def test_equal_confidences_share_a_bin():
    curve = reliability_curve(C, Y, bins=5)

    assert [b.n for b in curve] == [2, 2, 1, 3, 2]
    assert (curve[3].confidence, curve[3].correct) == pytest.approx((0.8, 2 / 3))


def test_bins_without_ties_are_equally_full():
    c = np.linspace(0.01, 0.99, 40)

    assert [b.n for b in reliability_curve(c, np.ones(40))] == [4] * 10
    assert [b.n for b in reliability_curve(c[:7], np.ones(7), bins=3)] == [2, 3, 2]


def test_ece_by_hand():
    # 0.2 and 0.4 stand in the lower of two bins with one of two right, 0.7 and 0.9 in the upper with two.
    assert ece([0.2, 0.4, 0.7, 0.9], [0, 1, 1, 1], bins=2) == pytest.approx(0.5 * 0.2 + 0.5 * 0.2)
    assert ece([0.0, 1.0, 1.0], [0, 1, 1]) == 0.0
    assert ece([1.0, 1.0], [0, 0]) == 1.0


def test_risk_coverage_has_a_point_per_confidence():
    curve = risk_coverage(C, Y)

    assert [p.coverage for p in curve] == pytest.approx([0.1, 0.2, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0])
    assert [p.risk for p in curve] == pytest.approx([0, 0, 1 / 5, 2 / 6, 2 / 7, 3 / 8, 3 / 9, 4 / 10])
    assert curve[2].threshold == 0.8


def test_aurc_by_hand():
    # Errors at ranks 2 and 3 of 3: (0/1 + 1/2 + 2/3) / 3.
    assert aurc([0.9, 0.5, 0.1], [1, 0, 0]) == pytest.approx((1 / 2 + 2 / 3) / 3)
    assert aurc([0.5] * 4, [1, 1, 0, 0]) == pytest.approx(0.5)  # confidences that say nothing: the error rate
    assert aurc(C, Y) == pytest.approx(slow_aurc(list(zip(C, Y, strict=True))))


@given(PAIRS)
def test_curve_and_ece_agree_with_counting(pairs):
    for bins in (1, 3, 10):
        slow = slow_curve(pairs, bins) if pairs else []
        fast = reliability_curve([c for c, _ in pairs], [y for _, y in pairs], bins)

        assert [b.n for b in fast] == [n for _, _, n in slow]
        assert [b.confidence for b in fast] == pytest.approx([c for c, _, _ in slow])
        assert [b.correct for b in fast] == pytest.approx([y for _, y, _ in slow])
        wanted = sum(n * abs(c - y) for c, y, n in slow) / len(pairs) if pairs else None
        assert ece([c for c, _ in pairs], [y for _, y in pairs], bins) == (
            pytest.approx(wanted, abs=1e-12) if pairs else None
        )


@given(
    st.lists(
        st.tuples(st.sampled_from([0.1, 0.5, 0.9]), st.sampled_from([0.0, 0.5, 1.0])), min_size=1, max_size=6
    )
)
def test_aurc_is_the_mean_over_all_orders_of_ties(pairs):
    assert aurc([c for c, _ in pairs], [y for _, y in pairs]) == pytest.approx(slow_aurc(pairs), abs=1e-12)


@given(PAIRS, st.randoms(use_true_random=False))
def test_order_is_irrelevant_and_values_stay_in_range(pairs, rng):
    mixed = list(pairs)
    rng.shuffle(mixed)
    for figure in (ece, aurc, reliability_curve, risk_coverage):
        one = figure([c for c, _ in pairs], [y for _, y in pairs])
        two = figure([c for c, _ in mixed], [y for _, y in mixed])
        assert one == two
        if isinstance(one, float):
            assert 0.0 <= one <= 1.0


def test_sums_within_a_tie_do_not_depend_on_the_order():
    # The sum of these three depends on the order in its last bit.
    orders = list(itertools.permutations([0.1, 0.2, 0.7]))

    assert len({aurc([0.5] * 3, credit) for credit in orders}) == 1
    assert len({risk_coverage([0.5] * 3, credit) for credit in orders}) == 1


def test_a_summary_counts_who_stated_a_confidence_thins_the_curve_and_survives_json():
    c, y = np.linspace(0.001, 0.999, 997), np.tile([1.0, 0.0, 1.0], 333)[:997]
    found = confidence_summary(c, y, [f"a{n % 9}" for n in range(997)], of=1200)

    assert (found.n, found.of, len(found.curve)) == (997, 1200, 100)
    assert found.curve[-1].coverage == 1.0
    assert found.curve[49].coverage == pytest.approx(0.5, abs=0.002)
    assert confidence_from_json(to_json(found)) == found
    assert len(confidence_summary(C, Y, list("abcdefghij"), of=10).curve) == 8


def test_nothing_gives_none_and_nonsense_is_refused():
    assert (ece([], []), aurc([], []), reliability_curve([], []), risk_coverage([], [])) == (
        None,
        None,
        (),
        (),
    )
    for bad in (([1.5], [1]), ([0.5], [2]), ([np.nan], [1]), ([0.5, 0.6], [1])):
        with pytest.raises(DataError):
            ece(*bad)
    with pytest.raises(UsageError, match="bins=0"):
        ece([0.5], [1], bins=0)
