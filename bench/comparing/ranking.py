"""Several runs against each other: rank sets, and every pair with a p-value adjusted for all of them."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from bench.comparing.compare import headline_name, narrowed, sides
from bench.comparing.pairing import BoolArray, pair
from bench.errors import NotComparable
from bench.reports.comparison import PairRow, Ranking, Side, Standing
from bench.reports.view import RunView, counted
from bench.stats.clusters import FloatArray
from bench.stats.differences import differences, pair_noise
from bench.stats.estimates import headline_estimate
from bench.stats.multiple import westfall_young
from bench.stats.ranks import rank_sets
from bench.summary import HEADLINE_METRIC

DRAWS = 10_000
_MEASURED = 300  # pairs whose noise is measured for the detectable difference


def rank_views(views: Sequence[RunView], where: str | None = None, *, draws: int = DRAWS) -> Ranking:
    """The headline of every view with the ranks it may have, best first, and all pairs by max-|t|.

    Sign flips of whole articles, the same for all pairs. NotComparable says what differs, or that `correct` or
    headline items are missing; UsageError when no item matches `where`.
    """
    paired = narrowed(pair(views), where)
    if HEADLINE_METRIC not in paired.metrics or not paired.in_headline.any():
        raise NotComparable(
            "ranks are of the headline: every run needs the metric `correct` and items that count towards it"
        )
    main = paired.only(paired.in_headline)
    scores, articles, flags = main.values(HEADLINE_METRIC), main.articles, main.answerable
    named = sides(paired)
    ranks = rank_sets(scores, articles, answerable=flags, draws=draws)
    standings = [
        Standing(side=side, estimate=headline_estimate(row, articles, flags), rank=rank)
        for side, row, rank in zip(named, scores, ranks, strict=True)
    ]
    tests = westfall_young(scores, articles, answerable=flags, draws=draws)
    refusal = next((t.note for t in tests if t.note), None)
    pairs = [
        PairRow(a=named[t.a].title, b=named[t.b].title, value=t.value, p_adjusted=t.p_adjusted) for t in tests
    ]
    return Ranking(
        where=where,
        n_items=len(main.items),
        n_articles=len(set(articles)),
        headline_name=headline_name(paired),
        standings=tuple(sorted(standings, key=_best_first)),
        pairs=tuple(sorted(pairs, key=lambda p: (p.p_adjusted if p.p_adjusted is not None else 2.0, -abs(p.value)))),
        mde=_detectable(scores, articles, flags) if refusal is None else None,
        notes=_notes(named, refusal),
    )  # fmt: skip


def _best_first(standing: Standing) -> tuple[float, str]:
    value = standing.estimate.value
    return -(value if value is not None else -1.0), standing.side.title


def _detectable(scores: FloatArray, articles: Sequence[str], answerable: BoolArray) -> float | None:
    """The median, over pairs (the first few hundred), of the minimum detectable effect of one pair."""
    places = [(i, j) for i in range(len(scores)) for j in range(i + 1, len(scores))][:_MEASURED]
    found = [pair_noise(differences(scores[i], scores[j], articles, answerable)).mde for i, j in places]
    return statistics.median(found) if found else None


def _notes(named: Sequence[Side], refusal: str | None) -> tuple[str, ...]:
    out = [] if refusal is None else [f"{refusal} Every rank is possible for every run."]
    for side in named:
        for n, what in ((side.failed, "failed"), (side.missing, "missing")):
            if n:
                out.append(
                    f"{side.title}: {counted(n, 'answer')} {what}; counted against it like wrong ones."
                )
        if not side.pinned:
            out.append(f"{side.title}: not pinned; the same name may answer differently tomorrow.")
    return tuple(out)
