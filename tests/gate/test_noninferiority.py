"""The statistical rule: bounds against another tool, verdicts at the edges, one family under Holm."""

import dataclasses

import numpy as np
import pytest
from scipy import stats

from bench.comparing.pairing import pair
from bench.errors import UsageError
from bench.gate.noninferiority import (
    FAIL,
    INCONCLUSIVE,
    PASS,
    REFUSED,
    family_verdicts,
    measure,
    rule_test,
    rule_values,
    slice_masks,
)
from bench.gate.policy import Rule
from tests.gate.views import ABOUT, LENGTH, dataset, paired, view


def noisy(n=300, p_better=0.05, p_worse=0.05, seed=0, articles=None):
    """n items, exactly these shares of them better and worse, in a random order."""
    kind = np.random.default_rng(seed).permutation(n) / n
    a = (kind < p_worse).astype(float)
    b = ((kind >= p_worse) & (kind < p_worse + p_better)).astype(float)
    return a, b, np.arange(n) if articles is None else np.arange(n) % articles


def test_bounds_and_p_are_those_of_a_paired_t_test_where_articles_are_single_items():
    a, b, articles = noisy()
    test = measure(a, b, articles, None, 0.06, 0.05)
    d = b - a
    oracle = stats.ttest_1samp(d, 0.0)
    interval = oracle.confidence_interval(0.90)  # its ends are the two one-sided 95 % bounds
    assert (test.low, test.high) == pytest.approx((interval.low, interval.high), abs=1e-12)
    assert test.p_worse == pytest.approx(stats.ttest_1samp(d, 0.0, alternative="less").pvalue, abs=1e-12)


def test_fail_is_the_same_as_an_upper_bound_below_zero():
    for seed in range(40):
        a, b, articles = noisy(p_worse=0.08, seed=seed, articles=20)
        test = measure(a, b, articles, None, 0.001, 0.05)
        assert (test.high < 0.0) == (test.p_worse < 0.05)


@pytest.mark.parametrize(
    ("p_better", "p_worse", "margin", "verdict"),
    [
        (0.05, 0.05, 0.06, PASS),
        (0.02, 0.20, 0.06, FAIL),
        (0.10, 0.13, 0.05, INCONCLUSIVE),
        (0.01, 0.08, 0.20, PASS),
    ],
)
def test_verdicts(p_better, p_worse, margin, verdict):
    test = measure(*noisy(p_better=p_better, p_worse=p_worse), None, margin, 0.05)
    assert test.verdict(test.p_worse) == verdict
    if margin == 0.20:
        assert test.high < 0.0, "worse, but within the margin"


def test_a_verdict_of_pass_stands_above_fail():
    test = measure(*noisy(p_better=0.01, p_worse=0.08), None, 0.20, 0.05)
    assert test.p_worse < 0.05
    assert test.verdict(test.p_worse) == PASS


def test_no_spread_is_no_certainty():
    n = np.zeros(30)
    equal = measure(n, n, np.arange(30) % 10, None, 0.06, 0.05)
    assert (equal.value, equal.p_worse) == (0.0, 1.0)
    assert -0.12 < equal.low < 0.0 < equal.high
    worse = measure(n + 1.0, n, np.arange(30) % 10, None, 0.06, 0.05)
    assert worse.p_worse == 0.5**10
    assert worse.verdict(worse.p_worse) == FAIL


def test_holm_takes_back_what_one_of_many_tests_finds():
    weak = measure(*noisy(p_better=0.02, p_worse=0.05), None, 0.02, 0.05)
    assert 0.01 < weak.p_worse < 0.05
    assert family_verdicts([weak])[0][0] == FAIL
    nothing = measure(*noisy(seed=4), None, 0.06, 0.05)
    verdicts = family_verdicts([weak, nothing, nothing, nothing], refusable=False)
    assert verdicts[0][0] == INCONCLUSIVE
    assert verdicts[0][1] == pytest.approx(4 * weak.p_worse)


def test_a_rule_is_refused_where_it_works_at_neither_noise():
    a, b, articles = noisy(n=60, p_better=0.15, p_worse=0.15, articles=10)
    small = measure(a, b, articles, None, 0.06, 0.05)
    assert small.refused
    assert family_verdicts([small])[0][0] == REFUSED
    assert family_verdicts([small], refusable=False)[0][0] == INCONCLUSIVE
    roomy = measure(a, b, articles, None, 0.40, 0.05)
    assert not roomy.refused


def test_one_noisy_candidate_does_not_get_a_sound_rule_refused():
    a, b, articles = noisy(n=500, p_better=0.22, p_worse=0.22, articles=250)
    test = measure(a, b, articles, None, 0.06, 0.05)
    assert test.planned.enough
    assert not test.feasible.enough
    assert family_verdicts([test])[0][0] in (INCONCLUSIVE, PASS)


def test_a_collapse_fails_even_where_the_rule_is_refused():
    a, b, articles = np.ones(24), np.zeros(24), np.arange(24) % 6
    b[0] = 1.0
    test = measure(a, b, articles, None, 0.06, 0.05)
    assert family_verdicts([test])[0][0] == FAIL


def test_items_that_would_decide_do():
    a, b, articles = noisy(n=300, p_better=0.10, p_worse=0.13)
    test = measure(a, b, articles, None, 0.05, 0.05)
    times = -(-test.items_to_decide // 300)
    bigger = measure(np.tile(a, times), np.tile(b, times), np.arange(300 * times), None, 0.05, 0.05)
    assert bigger.verdict(bigger.p_worse) != INCONCLUSIVE


def test_the_headline_balances_the_classes():
    data = dataset(articles=10, answerable=3, unanswerable=1)
    lost = {i.id: 0.0 for i in data.items if not i.answerable}
    both = paired(data, {}, lost)
    values = rule_values(both, Rule(margin=0.06))
    test = rule_test(values, np.ones(40, dtype=bool), 0.06, 0.05)
    assert (test.baseline, test.candidate, test.value) == (1.0, 0.5, -0.5)
    plain = rule_test(
        rule_values(both, Rule(metric="correct", margin=0.06)), np.ones(40, dtype=bool), 0.06, 0.05
    )
    assert plain.value == -0.25


def test_a_metric_where_less_is_better_is_turned():
    data = dataset(articles=10)
    metrics = {"correct": ABOUT, "length": LENGTH}
    short, long = (view(data, metrics=metrics, otherwise=v) for v in (1.0, 3.0))
    rule = Rule(metric="length", margin=0.5)
    values = rule_values(pair([short, long]), rule)
    test = rule_test(values, np.ones(40, dtype=bool), 0.5, 0.05)
    assert (test.value, test.baseline, test.candidate) == (-2.0, 1.0, 3.0)
    assert test.verdict(test.p_worse) == FAIL


def test_metrics_that_allow_no_rule_are_refused():
    data = dataset()
    with pytest.raises(UsageError, match=r"'corect'.*did you mean 'correct'"):
        rule_values(paired(data, {}, {}), Rule(metric="corect", margin=0.06))
    descriptive = {"correct": ABOUT, "words": {**LENGTH, "higher_is_better": None}}
    both = pair([view(data, metrics=descriptive), view(data, metrics=descriptive)])
    with pytest.raises(UsageError, match="only describes"):
        rule_values(both, Rule(metric="words", margin=0.06))


def test_slices_are_named_by_axis_and_label():
    data = dataset(articles=2)
    masks = slice_masks(
        paired(data, {}, {}), Rule(metric="correct", margin=0.1, slices=("answerable", "skill"))
    )
    assert [(name, int(mask.sum())) for name, mask in masks] == [
        ("answerable answerable", 6),
        ("answerable unanswerable", 2),
        ("skill arithmetic", 2),
        ("skill who", 6),
    ]


def test_slices_may_be_chosen_by_label():
    both = paired(dataset(articles=2), {}, {})
    rule = Rule(metric="correct", margin=0.1, slices=("skill=who|arithmetic",))
    assert [name for name, _ in slice_masks(both, rule)] == ["skill who", "skill arithmetic"]
    with pytest.raises(UsageError, match=r"skill=whom.*did you mean 'who'"):
        slice_masks(both, Rule(metric="correct", margin=0.1, slices=("skill=whom",)))


def test_items_outside_the_headline_take_no_part():
    data = dataset(articles=8)
    disputed = dataclasses.replace(data.items[0], status="disputed")
    data = dataclasses.replace(data, items=(disputed, *data.items[1:]))
    test = rule_test(
        rule_values(paired(data, {}, {"a0-q0": 0.0}), Rule(margin=0.06)), np.ones(32, dtype=bool), 0.06, 0.05
    )
    assert (test.value, test.n_items) == (0.0, 31)
