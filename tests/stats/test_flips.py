import itertools

import numpy as np
import pytest

from bench.errors import DataError, UsageError
from bench.stats.flips import all_pairs, flip_signs, flipped_t, model_sums
from tests.stats.oracles import brute_cr2, cell_means, labels

SIZES = (3, 4, 3, 5, 2, 3, 4)


def table(seed, models=3):
    rng = np.random.default_rng(seed)
    flags = np.tile([True, True, False], 8)
    return (rng.random((models, sum(SIZES))) < 0.6).astype(float), flags


def brute_t(d, flags):
    """|t| of the mean or headline of item values d, by the literal regression."""
    x, contrast = (np.ones((len(d), 1)), [1.0]) if flags is None else (cell_means(flags), [0.5, 0.5])
    estimate = np.dot(contrast, np.linalg.lstsq(x, d, rcond=None)[0])
    return abs(estimate) / brute_cr2(d, labels(SIZES), x, contrast)[0] ** 0.5


@pytest.mark.parametrize("headline", [False, True])
def test_flipped_t_equals_flipping_the_items(headline):
    # Raw sums: each article's item differences change sign, then a CR2 t from scratch
    scores, flags = table(1)
    sums = model_sums(scores, labels(SIZES), flags if headline else None)
    signs = np.array([[1, 1, 1, 1, 1, 1, 1], [1, -1, 1, 1, -1, -1, 1], [1, 1, -1, 1, -1, 1, 1]], float)

    got = flipped_t(sums)(signs)

    for row, s in zip(got, signs, strict=True):
        for t, a, b in zip(row, *all_pairs(3), strict=True):
            d = (scores[b] - scores[a]) * np.repeat(s, SIZES)
            assert t == pytest.approx(brute_t(d, flags if headline else None), rel=1e-9)


def test_flipped_residuals_equal_a_literal_wild_bootstrap():
    # Headline: y* = sign of the article × residual of the cell-means regression, CR2 t from scratch
    scores, flags = table(2)
    signs = np.array([[1, -1, 1, 1, -1, -1, 1], [1, 1, -1, -1, -1, 1, 1]], float)

    got = flipped_t(model_sums(scores, labels(SIZES), flags).residuals())(signs)

    for row, s in zip(got, signs, strict=True):
        for t, a, b in zip(row, *all_pairs(3), strict=True):
            d = scores[b] - scores[a]
            residuals = d - np.where(flags, d[flags].mean(), d[~flags].mean())
            assert t == pytest.approx(brute_t(residuals * np.repeat(s, SIZES), flags), rel=1e-9)


def test_equal_models_have_t_0_and_constant_differences_are_infinite():
    base = np.tile([0.1, 0.3, 0.7], 8)
    scores = np.array([base, base, base + 0.1])  # + 0.1 rounds: the spread is rounding, not spread

    t = flipped_t(model_sums(scores, labels(SIZES)))(np.ones((1, 7)))[0]
    wild = flipped_t(model_sums(scores, labels(SIZES)).residuals())(np.array([[1, -1, 1, 1, -1, 1, 1.0]]))[0]

    assert t.tolist() == [0.0, np.inf, np.inf]
    assert wild.tolist() == [0.0, 0.0, 0.0]


def test_up_to_16_articles_every_sign_pattern_comes_once():
    n, complete, chunks = flip_signs(10, 5, 0)
    rows = {tuple(row) for chunk in chunks for row in chunk}

    assert (n, complete) == (512, True)
    assert rows == {(1, *rest) for rest in itertools.product([1, -1], repeat=9)}


def test_beyond_16_articles_signs_are_seeded_draws():
    def drawn(seed):
        n, complete, chunks = flip_signs(17, 600, seed)
        assert (n, complete) == (600, False)
        return np.concatenate(list(chunks))

    assert drawn(1).shape == (600, 17)
    assert set(np.unique(drawn(1))) == {-1.0, 1.0}
    assert abs(drawn(1).mean()) < 0.05
    assert (drawn(1) == drawn(1)).all()
    assert (drawn(1) != drawn(2)).any()


def test_no_claim_is_made_on_few_articles_or_a_class_in_one_article():
    few = model_sums(np.ones((2, 5)), list("abcde"))
    held = model_sums(np.ones((2, 7)), list("abcdefg"), [True] * 6 + [False])
    enough = model_sums(np.ones((2, 6)), list("abcdef"))

    assert few.refusal.startswith("No p-value: with 5 articles")
    assert held.refusal == "No p-value: a single article holds every item of a class."
    assert enough.refusal is None


@pytest.mark.parametrize("scores", [[], [[], []], [1.0, 0.0], [[1.0], [np.nan]], [[1.0, 0.0]]])
def test_tables_that_are_no_scores_are_refused(scores):
    with pytest.raises(DataError):
        model_sums(scores, ["a"])


def test_no_draws_are_refused():
    with pytest.raises(UsageError, match="at least one draw"):
        flip_signs(20, 0, 0)
