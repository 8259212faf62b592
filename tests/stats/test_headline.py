import numpy as np
import pytest

from bench.errors import DataError
from bench.stats.estimates import headline_estimate, mean_estimate
from bench.stats.intervals import normal_quantile, t_quantile, wilson
from tests.stats.oracles import (
    ANSWERABLE,
    HEADLINE_SIZES,
    HEADLINE_Y,
    balanced,
    clustered,
    finite_or_none,
    labels,
)

ARTICLES = labels(HEADLINE_SIZES)


def test_golden_interval():
    # V_CR2 = .054068720646504² is below V_iid = ¼Σ m_c(1−m_c)/n_c, so V_iid sets n_eff
    m_a, m_u = 8 / 13, 4 / 7
    v_iid = (m_a * (1 - m_a) / 13 + m_u * (1 - m_u) / 7) / 4
    m = 0.593406593406593
    got = headline_estimate(HEADLINE_Y, ARTICLES, ANSWERABLE)

    assert got.value == pytest.approx(m, abs=1e-14)
    expected = wilson(m, m * (1 - m) / v_iid, t_quantile(4.377272397974))
    assert (got.low, got.high) == pytest.approx(expected, abs=1e-9)
    assert got.method == "95 % Wilson at 18.1 effective items, CR2 by article, t with 4.4 df"


def test_between_article_variance_sets_the_width_where_it_is_larger():
    y = np.repeat([1.0, 0.0, 1.0, 0.0, 1.0, 1.0], 5)  # articles all right or all wrong
    flags = [True, True, True, False, False] * 6

    got = headline_estimate(y, labels((5,) * 6), flags)

    m = 4 / 6
    variance = m * (1 - m) / 5  # equal articles: the variance of six article values
    assert (got.low, got.high) == pytest.approx(wilson(m, m * (1 - m) / variance, t_quantile(5.0)))


@pytest.mark.parametrize(("flag", "there"), [(True, "answerable"), (False, "unanswerable")])
def test_one_class_empty_is_labelled_accuracy(flag, there):
    got = headline_estimate(HEADLINE_Y, ARTICLES, [flag] * 20)
    plain = mean_estimate(HEADLINE_Y, ARTICLES)

    assert (got.value, got.low, got.high) == (plain.value, plain.low, plain.high)
    assert got.method.startswith(f"accuracy on {there} items only")


def test_an_article_that_holds_a_class_calls_the_jackknife():
    flags = [i < 17 for i in range(20)]  # the last article has all three unanswerable items

    got = headline_estimate(HEADLINE_Y, ARTICLES, flags)

    assert got.value == pytest.approx(balanced(HEADLINE_Y, flags))
    assert "jackknife by article" in got.method
    assert got.method.endswith("one article holds every unanswerable item, counted by item")
    assert 0.0 < got.low < got.value < got.high < 1.0


def test_always_abstaining_is_one_half_with_a_width():
    flags = [True] * 16 + [False] * 4
    y = [not f for f in flags * 20]

    got = headline_estimate(y, labels((20,) * 20), flags * 20)

    t = t_quantile(19.0)
    assert got.value == 0.5
    assert got.low == pytest.approx(0.5 - (1 - wilson(1.0, 80, t)[0]) / 2)
    assert got.high == pytest.approx(0.5 + wilson(0.0, 320, t)[1] / 2)


def test_one_error_more_changes_the_interval_of_all_right_only_a_little():
    flags, articles = ([True] * 16 + [False] * 4) * 20, labels((20,) * 20)
    all_right, one_wrong = np.ones(400), np.ones(400)
    one_wrong[0] = 0.0

    full, less = headline_estimate(all_right, articles, flags), headline_estimate(one_wrong, articles, flags)

    assert 0.0 < full.low - less.low < 0.005


def test_one_article_is_item_level():
    got = headline_estimate(HEADLINE_Y, ["a"] * 20, ANSWERABLE)

    m_a, m_u = 8 / 13, 4 / 7
    v_iid = (m_a * (1 - m_a) / 13 + m_u * (1 - m_u) / 7) / 4
    n_eff = got.value * (1 - got.value) / v_iid
    assert (got.low, got.high) == pytest.approx(wilson(got.value, n_eff, normal_quantile()))
    assert got.method.endswith("this article only")


@pytest.mark.parametrize(
    ("values", "articles", "flags"),
    [
        ([], [], []),
        ([1], ["a"], [True]),
        ([1, 0], ["a", "a"], [True, False]),
        ([1, 0], ["a", "b"], [True, False]),  # each class in one article
        ([1, 1, 1], ["a", "b", "b"], [True, True, False]),
        ([0, 0, 0, 0], ["a", "a", "b", "b"], [True, False, True, False]),
        ([1, 1, 1, 1], ["a", "a", "b", "b"], [True, False, True, False]),
        ([1, 0, 1, 0], ["a", "a", "b", "b"], [True, False, True, False]),
        ([1, 0, 0, 1], ["a", "a", "b", "b"], [True, False, True, False]),
        ([0.5] * 4, ["a", "a", "b", "b"], [True, False, True, False]),
        ([0.1] * 6, list("aabbcc"), [True, False] * 3),
        ([1, 0, 1] + [0, 1] * 100, ["a", "a", "b"] + ["c"] * 200, [True, False, True] + [True, False] * 100),
    ],
)
def test_edge_cases_are_finite_or_undefined(values, articles, flags):
    got = headline_estimate(values, articles, flags)

    assert finite_or_none(got)
    assert (got.value is None) == (len(values) == 0)
    if got.value is not None:
        assert 0.0 <= got.low <= got.value <= got.high <= 1.0
        assert got.low < got.high


def test_flags_must_match():
    with pytest.raises(DataError, match="answerable"):
        headline_estimate([1, 0], ["a", "b"], [True])


def test_headline_values_outside_0_and_1_are_refused():
    with pytest.raises(DataError, match="outside"):
        headline_estimate([2, 0], ["a", "b"], [True, False])


@pytest.mark.medium
@pytest.mark.parametrize(
    ("n_articles", "rates"),
    [
        (6, (0.8, 0.6)),
        (10, (0.8, 0.6)),
        (20, (0.95, 0.9)),
        (40, (0.8, 0.6)),
        (60, (0.8, 0.6)),
        (20, (0.03, 0.99)),
    ],
)
def test_coverage_of_the_headline(n_articles, rates):
    """16 + 4 items an article, nominal 95 %, 500 seeded draws (simulation error .01); the plan saw .937–.976.

    The last case is near "always abstains", where one class often shows no error at all.
    """
    rng = np.random.default_rng(n_articles)
    articles = [*labels((16,) * n_articles), *labels((4,) * n_articles)]
    flags = [True] * (16 * n_articles) + [False] * (4 * n_articles)

    hits = 0
    for _ in range(500):
        parts = [clustered(rng, (k,) * n_articles, p, 0.1) for k, p in zip((16, 4), rates, strict=True)]
        got = headline_estimate(np.concatenate(parts), articles, flags)
        hits += got.low <= sum(rates) / 2 <= got.high

    assert 0.92 <= hits / 500 <= 0.999
