import math

import numpy as np
import pytest

from bench.errors import UsageError
from bench.stats.flips import model_sums
from bench.stats.ranks import RankSet, critical_value, rank_sets
from tests.stats.oracles import labels


def outcomes(rng, rates, n_articles, size=5, icc=0.1):
    """Right/wrong of models on the same articles, with a model × article effect of its own."""
    rates = np.asarray(rates)
    logits = np.log(rates / (1 - rates))
    common = rng.normal(0, 0.5, n_articles)
    own = rng.normal(0, 3 * icc, (len(rates), n_articles))
    chance = 1 / (1 + np.exp(-(logits[:, None] + common + own)))
    return (rng.random((len(rates), n_articles * size)) < np.repeat(chance, size, axis=1)).astype(float)


def test_clearly_separate_models_get_single_ranks():
    scores = outcomes(np.random.default_rng(1), [0.95, 0.5, 0.1], 40)

    got = rank_sets(scores, labels((5,) * 40), draws=999)

    assert got == (RankSet(1, 1), RankSet(2, 2), RankSet(3, 3))
    assert not got[0].tied


def test_a_metric_where_lower_is_better_turns_the_ranks_round():
    scores = outcomes(np.random.default_rng(1), [0.95, 0.5, 0.1], 40)

    got = rank_sets(scores, labels((5,) * 40), draws=999, higher_is_better=False)

    assert [(r.low, r.high) for r in got] == [(3, 3), (2, 2), (1, 1)]


def test_equal_models_are_tied_for_every_rank():
    scores = outcomes(np.random.default_rng(2), [0.6], 30)

    got = rank_sets(np.repeat(scores, 4, axis=0), labels((5,) * 30), draws=499)

    assert got == (RankSet(1, 4),) * 4
    assert got[0].tied


def test_rank_sets_hold_the_order_of_the_scores():
    scores = outcomes(np.random.default_rng(3), np.linspace(0.3, 0.9, 8), 30)

    got = rank_sets(scores, labels((5,) * 30), draws=999)
    order = np.argsort(-scores.mean(axis=1), kind="stable")

    for position, m in enumerate(order):
        assert got[m].low <= position + 1 <= got[m].high
    assert any(r.tied for r in got)


def test_higher_confidence_never_narrows():
    scores = outcomes(np.random.default_rng(4), [0.8, 0.7, 0.6, 0.5, 0.4], 25)
    low, high = (rank_sets(scores, labels((5,) * 25), level=q, draws=999) for q in (0.8, 0.99))

    assert all(b.low <= a.low and a.high <= b.high for a, b in zip(low, high, strict=True))
    assert low != high


@pytest.mark.parametrize("n_articles", [1, 5])
def test_below_6_articles_nothing_is_sure(n_articles):
    scores = np.array([[1.0] * n_articles * 4, [0.0] * n_articles * 4])

    assert rank_sets(scores, labels((4,) * n_articles)) == (RankSet(1, 2),) * 2


def test_a_class_in_one_article_leaves_nothing_sure():
    scores = np.array([[1.0] * 8, [0.0] * 8])

    assert rank_sets(scores, list("abcdefgh"), answerable=[True] * 7 + [False]) == (RankSet(1, 2),) * 2


def test_one_model_has_rank_1():
    assert rank_sets([[1.0, 0.0]], ["a", "b"]) == (RankSet(1, 1),)


def test_constant_differences_are_sure():
    scores = np.array([[1.0] * 24, [0.0] * 24])

    assert rank_sets(scores, labels((3,) * 8)) == (RankSet(1, 1), RankSet(2, 2))


def test_headline_ranks_weigh_the_classes():
    # 'Always abstains' wins on plain accuracy of 1 answerable + 4 unanswerable items, loses on the headline
    rng = np.random.default_rng(5)
    flags = np.tile([True, False, False, False, False], 60)
    abstains = (~flags).astype(float)
    good = np.where(flags, rng.random(300) < 0.95, rng.random(300) < 0.72).astype(float)
    articles = labels((5,) * 60)

    plain = rank_sets([abstains, good], articles, draws=499)
    headline = rank_sets([abstains, good], articles, answerable=flags, draws=499)

    assert headline == (RankSet(2, 2), RankSet(1, 1))
    assert plain != headline


def test_seeded():
    sums = model_sums(outcomes(np.random.default_rng(6), [0.5, 0.6, 0.7], 20), labels((5,) * 20))

    one, again, other = (critical_value(sums, level=0.95, draws=99, seed=s) for s in (1, 1, 2))

    assert one == again != other


def test_too_few_draws_for_the_level_claim_nothing():
    sums = model_sums(outcomes(np.random.default_rng(7), [0.5, 0.6], 20), labels((5,) * 20))

    assert critical_value(sums, level=0.95, draws=18, seed=0) == math.inf
    assert critical_value(sums, level=0.95, draws=19, seed=0) < math.inf


@pytest.mark.parametrize("level", [0.0, 95])
def test_levels_are_checked(level):
    with pytest.raises(UsageError):
        rank_sets([[1.0]], ["a"], level=level)


@pytest.mark.medium
@pytest.mark.parametrize("n_articles", [10, 20, 40])
def test_rank_sets_cover_all_ranks_at_once(n_articles):
    """Five models, three of them equal; nominal 95 %, 300 seeded draws (simulation error .0126).

    Equal models share their ranks: each set must reach from the best to the worst of them. The plan saw
    .96; studentising once instead of in every draw covers .63 at 10 articles.
    """
    rng = np.random.default_rng(n_articles)
    rates, truth = [0.5, 0.6, 0.6, 0.6, 0.75], [(5, 5), (2, 4), (2, 4), (2, 4), (1, 1)]
    articles = labels((5,) * n_articles)

    hits = 0
    for seed in range(300):
        got = rank_sets(outcomes(rng, rates, n_articles), articles, draws=399, seed=seed)
        hits += all(r.low <= best and worst <= r.high for r, (best, worst) in zip(got, truth, strict=True))

    assert 0.91 <= hits / 300 <= 1.0
