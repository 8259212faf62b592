import numpy as np
import pytest

from bench.errors import DataError, UsageError
from bench.stats.replicates import generation_noise
from tests.stats.oracles import finite_or_none


def test_worked_example():
    # By hand. Means 1, ½, 0; variances 0, ½, 0: s_w² = 1/6, s_b² = 1/4, σ_I² = 1/4 − 1/12 = 1/6,
    # share = (1/6)/(2·1/4) = 1/3, and (1/6)/(K/6 + 1/6) ≤ .1 from K = 9
    got = generation_noise([[1, 1], [0, 1], [0, 0]])

    assert (got.within, got.between, got.item) == pytest.approx((1 / 6, 1 / 4, 1 / 6))
    assert got.share == pytest.approx(1 / 3)
    assert got.smallest == 9
    assert (got.replicates, got.n_items) == (2, 3)


def test_parts_equal_the_definitions():
    scores = (np.random.default_rng(1).random((50, 4)) < 0.6).astype(float)
    got = generation_noise(scores)

    assert got.within == pytest.approx(np.mean([row.var(ddof=1) for row in scores]))
    assert got.between == pytest.approx(scores.mean(axis=1).var(ddof=1))


@pytest.mark.parametrize("target", [0.02, 0.1, 0.3])
def test_smallest_k_reaches_the_target_and_one_less_does_not(target):
    rng = np.random.default_rng(2)
    rates = rng.beta(0.6, 0.4, 400)
    got = generation_noise(rng.random((400, 5)) < rates[:, None], target=target)

    def share(k):
        return got.within / (k * got.item + got.within)

    assert share(got.smallest) <= target < share(got.smallest - 1)


@pytest.mark.medium
def test_share_comes_close_to_the_truth():
    """Rates uniform on 0–1: s_w² = E p(1−p) = 1/6, σ_I² = 1/12, so the share at K = 8 is 1/5 and K is 18."""
    rng = np.random.default_rng(3)
    rates = rng.random(20_000)
    got = generation_noise(rng.random((20_000, 8)) < rates[:, None])

    assert got.share == pytest.approx(0.2, abs=0.01)
    assert got.smallest == pytest.approx(18, abs=1)


@pytest.mark.parametrize(
    ("scores", "share", "smallest"),
    [
        (np.zeros((0, 3)), None, None),
        ([[1, 0]], None, None),  # one item
        ([[1], [0]], None, None),  # one replicate
        ([[1, 1], [1, 1]], None, 1),  # nothing varies at all
        ([[0.1] * 3, [0.1] * 3], None, 1),  # 0.1 three times has a mean that rounds
        ([[1, 1], [0, 0]], 0.0, 1),  # deterministic
        ([[1, 0], [0, 1]], 1.0, None),  # items do not differ: no K helps
        ([[1, 0, 1], [1, 0, 0]], 1.0, None),  # less between items than chance would give
    ],
)
def test_edge_cases(scores, share, smallest):
    got = generation_noise(scores)

    assert finite_or_none(got)
    assert (got.share, got.smallest) == (share, smallest)


@pytest.mark.parametrize("scores", [[1, 0], [[1.0, np.nan], [0, 0]], [[[1]]]])
def test_what_is_no_table_is_refused(scores):
    with pytest.raises(DataError, match="items by replicates"):
        generation_noise(scores)


@pytest.mark.parametrize("target", [0, 1, 10])
def test_targets_are_shares(target):
    with pytest.raises(UsageError, match="target"):
        generation_noise([[1, 0], [0, 0]], target=target)
