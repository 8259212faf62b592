import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from bench.errors import DataError
from bench.stats.flips import flip_signs, flipped_t, model_sums
from bench.stats.multiple import benjamini_hochberg, holm, westfall_young
from tests.stats.oracles import labels

GOLDEN = (0.01, 0.02, 0.03, 0.04)


def test_goldens():
    # Holm and Benjamini–Hochberg of (.01, .02, .03, .04), by hand and by statsmodels multipletests
    assert holm(GOLDEN) == pytest.approx((0.04, 0.06, 0.06, 0.06))
    assert benjamini_hochberg(GOLDEN) == pytest.approx((0.04,) * 4)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("ours", "theirs"), [(holm, "holm"), (benjamini_hochberg, "fdr_bh")])
def test_adjustments_equal_statsmodels(seed, ours, theirs):
    p = np.random.default_rng(seed).random(12) ** 3
    p[3] = p[7]  # a tie

    assert ours(p.tolist()) == pytest.approx(multipletests(p, method=theirs)[1], rel=1e-12)


@pytest.mark.parametrize("adjust", [holm, benjamini_hochberg])
@pytest.mark.parametrize(
    ("p_values", "expected"),
    [
        ([], ()),
        ([None, None], (None, None)),
        ([0.03], (0.03,)),
        ([None, 0.5, None, 1.0], (None, 1.0, None, 1.0)),  # tests not made do not count
        ([1.0, 1.0, 1.0], (1.0, 1.0, 1.0)),
    ],
)
def test_adjustment_edges(adjust, p_values, expected):
    assert adjust(p_values) == expected


@pytest.mark.parametrize("p", [-0.1, 1.1, float("nan")])
def test_what_is_no_p_value_is_refused(p):
    with pytest.raises(DataError, match="number 1"):
        holm([0.5, p])


def scores_of(seed, models=4, articles=8, effect=0.0):
    rng = np.random.default_rng(seed)
    rates = np.full(models, 0.5) + effect * np.arange(models)
    return (rng.random((models, articles * 5)) < rates[:, None]).astype(float), labels((5,) * articles)


def test_step_down_equals_a_literal_westfall_young():
    scores, articles = scores_of(1, effect=0.12)
    statistic = flipped_t(model_sums(scores, articles))
    draws = np.concatenate([statistic(s) for s in flip_signs(8, 1, 0)[2]])
    observed = statistic(np.ones((1, 8)))[0]
    expected, running = np.zeros(6), 0.0
    left = sorted(range(6), key=lambda p: -observed[p])
    for step, pair in enumerate(left):
        p = (draws[:, left[step:]].max(axis=1) >= observed[pair] - 1e-9).mean()
        running = max(running, p)
        expected[pair] = running

    got = westfall_young(scores, articles)

    assert [(t.a, t.b) for t in got] == [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]
    assert [t.p_adjusted for t in got] == pytest.approx(expected.tolist())
    assert [t.value for t in got] == pytest.approx([scores[t.b].mean() - scores[t.a].mean() for t in got])


def test_drawn_p_values_are_seeded_and_never_0():
    scores, articles = scores_of(3, articles=40, effect=0.15)

    one = westfall_young(scores, articles, draws=499, seed=1)

    assert one == westfall_young(scores, articles, draws=499, seed=1)
    assert min(t.p_adjusted for t in one) == 1 / 500


def test_headline_pairs():
    scores, articles = scores_of(4, articles=10)
    flags = np.tile([True, True, True, False, False], 10)

    got = westfall_young(scores, articles, answerable=flags)

    d = scores[1] - scores[0]
    assert got[0].value == pytest.approx((d[flags].mean() + d[~flags].mean()) / 2)
    assert all(0 < t.p_adjusted <= 1 for t in got)


@pytest.mark.parametrize("models", [1, 2])
def test_few_articles_or_few_models(models):
    scores, articles = scores_of(5, models=models, articles=5)
    got = westfall_young(scores, articles)

    assert len(got) == models - 1
    assert all(t.p_adjusted is None and t.note.startswith("No p-value") for t in got)


def test_identical_models_have_p_1():
    scores, articles = scores_of(6)

    got = westfall_young(np.vstack([scores[0], scores[0], scores[0]]), articles)

    assert [t.p_adjusted for t in got] == [1.0, 1.0, 1.0]


@pytest.mark.medium
@pytest.mark.parametrize("n_articles", [8, 20])
def test_family_wise_error(n_articles):
    """Five equal models, 300 seeded draws: the chance of any claim at .05 (simulation error .0126)."""
    claims = 0
    for seed in range(300):
        scores, articles = scores_of(seed, models=5, articles=n_articles)
        claims += min(t.p_adjusted for t in westfall_young(scores, articles, draws=399, seed=seed)) <= 0.05

    assert claims / 300 <= 0.085
