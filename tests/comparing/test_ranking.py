"""Several runs: ranks with ties, every pair adjusted for all."""

import numpy as np
import pytest

from bench.comparing.pairing import pair
from bench.comparing.ranking import rank_views
from bench.errors import NotComparable
from bench.reports.ranking import ranking_blocks
from bench.stats.multiple import westfall_young
from bench.stats.ranks import RankSet
from tests.comparing.makers import dataset, right, view
from tests.comparing.test_compare import drop

DATA = dataset(n_articles=10)
VIEWS = [view(DATA, name="good"), view(DATA, drop(9), name="bad"), view(DATA, drop(1), name="nearly")]


def test_best_first_with_the_ranks_it_may_have():
    found = rank_views(VIEWS)

    assert [s.side.title.split()[0] for s in found.standings] == ["good", "nearly", "bad"]
    assert [s.rank for s in found.standings] == [RankSet(1, 2), RankSet(1, 2), RankSet(3, 3)]
    assert found.standings[0].estimate == VIEWS[0].summary.headline
    assert (found.n_items, found.n_articles) == (40, 10)


def test_pairs_are_those_of_westfall_and_young_surest_first():
    found = rank_views(VIEWS)
    paired = pair(VIEWS)
    tests = westfall_young(paired.values("correct"), paired.articles, answerable=paired.answerable)

    assert sorted(p.p_adjusted for p in found.pairs) == sorted(t.p_adjusted for t in tests)
    assert [p.p_adjusted for p in found.pairs] == sorted(p.p_adjusted for p in found.pairs)
    assert {p.a.split()[0] for p in found.pairs} == {"good", "bad"}


def test_few_articles_leave_every_rank_possible():
    data = dataset(n_articles=3)
    found = rank_views([view(data), view(data, drop(3), name="b"), view(data, name="c")])

    assert {s.rank for s in found.standings} == {RankSet(1, 3)}
    assert all(p.p_adjusted is None for p in found.pairs)
    assert found.notes[0].startswith("No p-value: with 3 articles")


def test_without_a_headline_there_are_no_ranks():
    with pytest.raises(NotComparable, match="needs the metric `correct`"):
        rank_views([view(DATA, metrics=("em",), name=name) for name in "abc"])


def test_only_so_many_pairs_are_shown():
    blocks = ranking_blocks(rank_views(VIEWS), 2)

    tables = [b.rows for b in blocks if hasattr(b, "rows")]
    assert len(tables[1]) == 2
    assert "The 2 surest pairs" in blocks[-1].text


def test_failures_are_told_by_name():
    rng = np.random.default_rng(1)
    failing = view(DATA, lambda item: None if rng.random() < 0.5 else right(item), name="weak")
    found = rank_views([*VIEWS[:2], failing])

    assert any(note.startswith("weak ") and "failed; counted against it" in note for note in found.notes)
