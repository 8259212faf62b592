"""What a policy's headline rule sees: false alarms on equal models, power against drops, by simulation.

Articles with their numbers of answerable and unanswerable items are those of real data. A model is right on
some items, wrong on some, and on a share of 2·discordance it tosses a coin each time it is asked, so that two
runs of it differ on `discordance` of the items. Baseline, anchor and candidate are runs of one such model; the
candidate then loses `drop` of its credit, by an amount that varies between articles as the design effect says.
Everything after the answers is the gate itself, Holm over baseline and anchor and the exit code included.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from bench.comparing.pairing import BoolArray
from bench.errors import UsageError, counted
from bench.gate.noninferiority import family_verdicts, measure
from bench.gate.policy import HEADLINE, Policy, Rule
from bench.gate.verdict import overall
from bench.records import Item
from bench.stats.clusters import FloatArray, IntArray
from bench.stats.power import DEFAULT_DESIGN_EFFECT, DEFAULT_DISCORDANCE
from bench.stats.signflip import MIN_ARTICLES
from bench.summary import in_headline

ACCURACY = 0.7  # of the simulated model, on either class


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layout:
    """Articles and classes of the items that are simulated."""

    articles: IntArray  # (N,)
    answerable: BoolArray  # (N,)

    @property
    def n_articles(self) -> int:
        """How many articles there are."""
        return int(self.articles.max()) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One line of the table."""

    name: str
    drop: float  # mean loss of credit
    by_article: bool  # whether the candidate differs from article to article


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """How often the gate said what."""

    scenario: Scenario
    draws: int
    verdicts: dict[str, int]
    alarms: int  # exit codes other than 0


SCENARIOS = (
    Scenario(name="the same model, asked again", drop=0.0, by_article=False),
    Scenario(name="equal on average, different by article", drop=0.0, by_article=True),
    Scenario(name="2 points worse", drop=0.02, by_article=True),
    Scenario(name="5 points worse", drop=0.05, by_article=True),
    Scenario(name="10 points worse", drop=0.10, by_article=True),
)


def layout_of(items: Iterable[Item]) -> Layout:
    """The layout of the headline items of a data set."""
    main = [item for item in items if in_headline(item)]
    if not main:
        raise UsageError("gate: no items in the headline, nothing to simulate")
    rows = {a: n for n, a in enumerate(dict.fromkeys(item.article_id for item in main))}
    return Layout(
        articles=np.array([rows[item.article_id] for item in main], dtype=np.intp),
        answerable=np.array([item.answerable for item in main], dtype=bool),
    )


def resized(layout: Layout, items: int | None, articles: int | None) -> Layout:
    """The same make-up on other numbers of items and articles: articles repeated in turn, and stretched.

    Without `articles` there are as many items to an article as before. UsageError for fewer items than articles.
    """
    if items is None and articles is None:
        return layout
    before = len(layout.articles)
    mean = before / layout.n_articles
    wanted = items if items is not None else round((articles or 0) * mean)
    n_articles = articles if articles is not None else max(1, round(wanted / mean))
    if n_articles < 1 or wanted < n_articles:
        raise UsageError(
            f"gate: n_items={wanted} on n_articles={n_articles}: at least one item to an article"
        )
    own = [np.flatnonzero(layout.articles == g) for g in range(layout.n_articles)]
    taken = [own[g % layout.n_articles] for g in range(n_articles)]
    ends = np.round(np.cumsum([len(rows) for rows in taken]) * wanted / sum(map(len, taken))).astype(int)
    sizes = np.diff(ends, prepend=0)
    chosen = [rows[np.arange(n) * len(rows) // max(n, 1)] for rows, n in zip(taken, sizes, strict=True)]
    return Layout(
        articles=np.repeat(np.arange(n_articles), sizes), answerable=layout.answerable[np.concatenate(chosen)]
    )


def simulate(
    layout: Layout,
    policy: Policy,
    scenario: Scenario,
    *,
    draws: int,
    seed: int,
    discordance: float = DEFAULT_DISCORDANCE,
    design_effect: float = DEFAULT_DESIGN_EFFECT,
) -> Seen:
    """The verdicts over `draws` simulated candidates.

    UsageError without a blocking headline rule, or below six articles, where the gate uses no statistics.
    """
    rule = headline_rule(policy)
    if layout.n_articles < MIN_ARTICLES:
        raise UsageError(
            f"gate: {counted(layout.n_articles, 'article')}: below {MIN_ARTICLES} the gate compares single items only"
        )
    rng = np.random.default_rng([seed, SCENARIOS.index(scenario)])
    spread = _spread(layout, discordance, design_effect) if scenario.by_article else 0.0
    verdicts: Counter[str] = Counter()
    alarms = 0
    for _ in range(draws):
        baseline, anchor, candidate = _runs(layout, scenario.drop, spread, discordance, rng)
        references = (baseline, anchor) if policy.anchor else (baseline,)
        tests = [
            measure(reference, candidate, layout.articles, layout.answerable, rule.margin, policy.alpha)
            for reference in references
        ]
        verdict, code = overall([v for v, _ in family_verdicts(tests)], policy)
        verdicts[verdict] += 1
        alarms += code != 0
    return Seen(scenario=scenario, draws=draws, verdicts=dict(verdicts), alarms=alarms)


def headline_rule(policy: Policy) -> Rule:
    """The policy's blocking rule on the headline."""
    for rule in policy.rules.values():
        if rule.metric == HEADLINE and rule.tier == "blocking":
            return rule
    raise UsageError("gate: power=true needs a policy with a blocking rule on the headline")


def _spread(layout: Layout, discordance: float, design_effect: float) -> float:
    """Standard deviation between articles that gives a difference this design effect."""
    sizes = np.bincount(layout.articles)
    mates = float((sizes**2).sum() / sizes.sum()) - 1.0  # others of its article, for a mean item
    return float(np.sqrt(max(design_effect - 1.0, 0.0) * discordance / mates)) if mates > 0 else 0.0


def _runs(
    layout: Layout, drop: float, spread: float, discordance: float, rng: np.random.Generator
) -> Sequence[FloatArray]:
    """Credits of baseline, anchor and candidate, each (N,)."""
    n = len(layout.articles)
    kind = rng.random(n)
    discordance = min(discordance, 0.5)  # two runs of one model cannot differ more often
    coins = kind < 2.0 * discordance
    knows = kind < 2.0 * discordance + (ACCURACY - discordance)
    runs = [np.where(coins, rng.random(n) < 0.5, knows).astype(float) for _ in range(3)]
    loss = drop + spread * rng.standard_normal(layout.n_articles)
    shift = loss[layout.articles]
    # A loss turns right answers wrong, a gain turns wrong ones right, each as often as gives the mean shift.
    turned = rng.random(n) < np.abs(shift) / np.where(shift > 0.0, ACCURACY, 1.0 - ACCURACY)
    right = runs[2] == 1.0
    runs[2] = np.where(turned & (shift > 0.0) & right, 0.0, runs[2])
    runs[2] = np.where(turned & (shift < 0.0) & ~right, 1.0, runs[2])
    return runs
