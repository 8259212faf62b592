import dataclasses

import numpy as np
import pytest

from bench.errors import DataError, UsageError
from bench.stats.clusters import cr2
from bench.stats.intervals import t_quantile
from bench.stats.paired import paired_headline, paired_mean
from bench.stats.signflip import sign_flip_p
from tests.stats.oracles import (
    ANSWERABLE,
    HEADLINE_SIZES,
    HEADLINE_Y,
    SIZES,
    Y,
    brute_cr2,
    cell_means,
    clustered,
    finite_or_none,
    labels,
)

ARTICLES = labels(HEADLINE_SIZES)


def test_golden_against_nothing():
    # Against a model at 0 everywhere the difference is the score: clubSandwich's SE and df again
    got = paired_mean(np.zeros(18), Y, labels(SIZES))

    half = t_quantile(3.710777626194) * 0.133957746589
    assert got.se == pytest.approx(0.133957746589, abs=1e-12)
    assert got.df == pytest.approx(3.710777626194, abs=1e-11)
    assert got.low == pytest.approx(2 / 3 - half)
    assert got.high == 1.0  # clipped: 2/3 + .38
    assert (got.better, got.worse) == (12, 0)


def test_headline_difference_equals_brute_force():
    rng = np.random.default_rng(1)
    other = (rng.random(20) < 0.5).astype(float)
    d = np.array(HEADLINE_Y) - other
    variance, df = brute_cr2(d, ARTICLES, cell_means(ANSWERABLE), [0.5, 0.5])

    got = paired_headline(other, HEADLINE_Y, ARTICLES, ANSWERABLE)

    assert got.se == pytest.approx(variance**0.5, rel=1e-10)
    assert got.df == pytest.approx(df, rel=1e-10)
    flags = np.array(ANSWERABLE)
    assert got.value == pytest.approx((d[flags].mean() + d[~flags].mean()) / 2)


def test_sign_flip_of_the_headline_weighs_the_classes():
    rng = np.random.default_rng(2)
    other = (rng.random(20) < 0.5).astype(float)
    d, flags = np.array(HEADLINE_Y) - other, np.array(ANSWERABLE)
    weights = np.where(flags, 0.5 / 13, 0.5 / 7)

    got = paired_headline(other, HEADLINE_Y, ARTICLES, ANSWERABLE)

    rows = np.repeat(np.arange(6), HEADLINE_SIZES)
    assert got.p_sign_flip == sign_flip_p(np.bincount(rows, weights=weights * d))


def test_mcnemar_golden_through_the_comparison():
    a = [0] * 3 + [1] * 11 + [1] * 6
    b = [1] * 3 + [0] * 11 + [1] * 6

    got = paired_mean(a, b, labels((2,) * 10))

    assert (got.better, got.worse) == (3, 11)
    assert got.p_mcnemar == pytest.approx(0.0573730, abs=5e-8)  # binomial on 14 discordant items


# A made-up pair with the figures of a public one: a lead of 2.6 points over 6,078 questions on 16 articles.
# Per article: items, of these better, and worse.
LEAD = [
    (261, 36, 17),
    (490, 42, 58),
    (305, 42, 19),
    (412, 57, 26),
    (378, 32, 45),
    (455, 64, 29),
    (287, 24, 33),
    (366, 52, 23),
    (520, 45, 61),
    (333, 47, 21),
    (298, 42, 19),
    (441, 38, 52),
    (402, 57, 25),
    (350, 30, 41),
    (389, 33, 45),
    (391, 55, 24),
]


def test_a_lead_that_is_sure_by_item_and_not_by_article():
    """The plan's public case: z = 4.5 when items are taken as independent, 1.8 by article."""
    d = np.concatenate([np.r_[np.ones(up), -np.ones(down), np.zeros(n - up - down)] for n, up, down in LEAD])
    got = paired_mean((d < 0).astype(float), (d > 0).astype(float), labels([n for n, _, _ in LEAD]))

    assert (got.n_items, got.n_articles) == (6078, 16)
    assert got.value == pytest.approx(0.026, abs=5e-5)
    assert got.value / (d.std(ddof=1) / 6078**0.5) == pytest.approx(4.5, abs=0.05)
    assert got.value / got.se == pytest.approx(1.8, abs=0.05)
    assert got.p_mcnemar < 1e-5
    assert got.p_sign_flip > 0.05
    assert got.low < 0 < got.high


def test_swapping_the_models_mirrors_everything():
    rng = np.random.default_rng(6)
    a, b = clustered(rng, (4,) * 12, 0.6, 0.1), clustered(rng, (4,) * 12, 0.7, 0.1)
    one, two = paired_mean(a, b, labels((4,) * 12)), paired_mean(b, a, labels((4,) * 12))

    assert (one.value, one.low, one.high) == pytest.approx((-two.value, -two.high, -two.low))
    assert (one.p_sign_flip, one.p_mcnemar, one.mde) == (two.p_sign_flip, two.p_mcnemar, two.mde)


def test_mde_stands_beside_every_comparison():
    got = paired_mean(np.zeros(18), Y, labels(SIZES))

    assert got.mde == got.noise.mde > 0
    assert got.noise.measured


def test_scores_that_are_not_right_or_wrong_have_no_mcnemar():
    got = paired_mean([0.5, 0.2, 1.0], [0.4, 0.9, 1.0], ["a", "b", "c"])

    assert got.p_mcnemar is None
    assert (got.better, got.worse) == (1, 1)


def test_below_6_articles_p_is_none_with_a_sentence():
    got = paired_mean([0, 1, 0, 1, 1], [1, 1, 1, 0, 1], list("abcde"))

    assert got.p_sign_flip is None
    assert got.p_note.startswith("No p-value: with 5 articles")


def test_one_article_is_by_item_and_says_so():
    a, b = np.array([0, 1, 1, 0, 1]), np.array([1, 1, 1, 1, 0])
    got = paired_mean(a, b, ["a"] * 5)

    assert got.se == pytest.approx(((b - a).var(ddof=1) / 5) ** 0.5)
    assert got.df == 4
    assert got.method.endswith("this article only")


def test_no_item_differs_bounds_the_difference_instead_of_an_se_of_0():
    got = paired_mean([1, 0] * 80, [1, 0] * 80, labels((4,) * 40))

    u = t_quantile(39.0) ** 2 / (160 + t_quantile(39.0) ** 2)
    assert (got.value, got.se, got.p_sign_flip, got.p_mcnemar) == (0.0, None, 1.0, 1.0)
    assert (got.low, got.high) == pytest.approx((-u, u))
    assert got.method == "95 % bound, no item differs"


def test_articles_that_agree_exactly_fall_back_on_items():
    got = paired_mean([0, 1] * 7, [1, 0] * 7, labels((2,) * 7))  # +1 and −1 in every article

    assert got.value == 0.0
    assert got.se == pytest.approx((1 / 13) ** 0.5)
    assert "articles agree exactly" in got.method


def test_a_class_held_by_one_article_is_counted_by_item():
    flags = [i < 17 for i in range(20)]

    got = paired_headline([0] * 20, HEADLINE_Y, ARTICLES, flags)

    assert got.method.startswith("95 % jackknife t by article, a class held by one article")
    d = np.array(HEADLINE_Y[:17], float)
    sums = np.bincount(np.repeat(np.arange(5), HEADLINE_SIZES[:5]), weights=d)
    by_items = np.var(HEADLINE_Y[17:], ddof=1) / 3 / 4
    assert got.se**2 == pytest.approx(cr2(sums, HEADLINE_SIZES[:5]) / 4 + by_items, rel=0.15)


@pytest.mark.parametrize("flag", [True, False])
def test_one_class_only_is_a_difference_of_means_and_says_so(flag):
    got = paired_headline([0] * 20, HEADLINE_Y, ARTICLES, [flag] * 20)
    plain = paired_mean([0] * 20, HEADLINE_Y, ARTICLES)

    assert got == dataclasses.replace(plain, method=f"one class of items only; {plain.method}")


EDGES = [
    ([], [], []),
    ([1], [0], ["a"]),
    ([1], [1], ["a"]),
    ([0.3], [0.5], ["a"]),
    ([1, 1], [0, 1], ["a", "a"]),
    ([0] * 6, [1] * 6, list("abcdef")),  # b right wherever a is wrong
    ([1] * 6, [1] * 6, list("abcdef")),
    ([0] * 4, [1] * 4, ["a"] * 4),
    ([0.1] * 6, [0.4] * 6, list("aabbcc")),  # 0.4 − 0.1 rounds
    ([1] + [0] * 300, [0] + [0] * 300, ["a"] + ["b"] * 300),
    ([1, 0] * 10, [0, 1] * 10, list("aabbccddeeffgghhiijj")),
]


@pytest.mark.parametrize(("a", "b", "articles"), EDGES)
@pytest.mark.parametrize("headline", [False, True])
def test_edge_cases_are_finite_or_undefined(a, b, articles, headline):
    if headline:
        got = paired_headline(a, b, articles, [i % 2 == 0 for i in range(len(a))])
    else:
        got = paired_mean(a, b, articles)

    assert finite_or_none(got)
    assert got.se is None or got.se > 0
    assert got.p_sign_flip is None or 0 < got.p_sign_flip <= 1
    assert (got.p_sign_flip is None) == (got.p_note is not None)
    assert (got.value is None) == (len(a) == 0)
    if got.value is not None:
        assert -1 <= got.low <= got.value <= got.high <= 1
        assert got.low < got.high
        assert got.mde > 0


def test_an_unbounded_metric_is_not_clipped():
    a, b = [100.0, 120.0, 90.0, 300.0], [10.0, 20.0, 500.0, 20.0]
    got = paired_mean(a, b, list("abcd"), bounds=(0.0, None))
    same = paired_mean(a, a, list("abcd"), bounds=(0.0, None))

    assert got.low < -100 < got.high
    assert (same.value, same.low, same.high) == (0.0, None, None)
    assert same.method.startswith("no interval")


@pytest.mark.parametrize(
    ("a", "b", "options", "error"),
    [
        ([1, 0], [1], {}, DataError),
        ([1, 2], [1, 0], {}, DataError),
        ([1, float("nan")], [1, 0], {}, DataError),
        ([1, 0], [1, 0], {"draws": 0}, UsageError),
        ([1, 0], [1, 0], {"level": 95}, UsageError),
    ],
)
def test_what_cannot_be_meant_is_refused(a, b, options, error):
    with pytest.raises(error):
        paired_mean(a, b, ["a", "b"], **options)


@pytest.mark.medium
@pytest.mark.parametrize("n_articles", [10, 20])
def test_coverage_of_the_difference_of_headlines(n_articles):
    """16 + 4 items an article, a model × article effect of its own: 500 seeded draws, simulation error .01."""
    rng = np.random.default_rng(n_articles)
    articles = [*labels((16,) * n_articles), *labels((4,) * n_articles)]
    flags = np.array([True] * (16 * n_articles) + [False] * (4 * n_articles))

    hits = 0
    for _ in range(500):
        a, b = (
            np.concatenate(
                [clustered(rng, (k,) * n_articles, p, 0.1) for k, p in zip((16, 4), rates, strict=True)]
            )
            for rates in ((0.6, 0.5), (0.7, 0.6))
        )
        got = paired_headline(a, b, articles, flags, draws=1)
        hits += got.low <= 0.10 <= got.high

    assert 0.92 <= hits / 500 <= 0.985


@pytest.mark.medium
@pytest.mark.parametrize("n_articles", [10, 30])
def test_coverage_of_the_paired_interval(n_articles):
    """Nominal 95 % with a model × article interaction: 500 seeded draws, simulation error .01."""
    rng = np.random.default_rng(n_articles)
    sizes = rng.integers(4, 12, n_articles)
    rows, articles = np.repeat(np.arange(n_articles), sizes), labels(sizes)

    hits = 0
    for _ in range(500):
        shift = rng.normal(0, 0.12, n_articles)[rows]
        a = (rng.random(len(rows)) < np.clip(0.55 - shift, 0, 1)).astype(float)
        b = (rng.random(len(rows)) < np.clip(0.65 + shift, 0, 1)).astype(float)
        got = paired_mean(a, b, articles, draws=1)
        hits += got.low <= 0.10 <= got.high

    assert 0.92 <= hits / 500 <= 0.985
