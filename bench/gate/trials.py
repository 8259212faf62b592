"""The statistical rules of all contests: tests first, then verdicts, as the p-values of a family bear on each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bench.comparing.comparable import replicates
from bench.comparing.pairing import BoolArray, Paired
from bench.gate.contest import Contest, why_item_diff
from bench.gate.noninferiority import (
    FAIL,
    INCONCLUSIVE,
    PASS,
    REFUSED,
    SKIPPED,
    Ready,
    RuleTest,
    Values,
    family_verdicts,
    rule_test,
    rule_values,
    slice_masks,
)
from bench.gate.outcome import Outcome
from bench.gate.policy import HEADLINE, Policy, Rule, weaker
from bench.gate.watch import beyond_chance, is_stochastic, same_answers
from bench.gate.wording import items_counted, not_tested, refusal, verdict_text
from bench.stats.signflip import MIN_ARTICLES
from bench.summary import HEADLINE_METRIC


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trial:
    """A rule, slice or reference before its verdict."""

    contest: int
    rule: str
    tier: str
    family: str
    unit: str = "share"
    test: RuleTest | None = None
    text: str = ""  # why there is no test
    verdict: str = SKIPPED  # where there is no test
    replicates: int | None = None  # answers per item of a candidate whose answers vary


def statistical_outcomes(contests: Sequence[Contest], policy: Policy) -> list[list[Outcome]]:
    """The outcomes of the statistical rules, for each contest in order.

    All blocking tests, over slices, anchors and data sets, are one family, so that Holm holds the chance of
    any false FAIL of the whole gate at α; a warning or informational rule of a contest is a family of its own.
    """
    trials = [t for n, contest in enumerate(contests) for t in _trials(n, contest, policy)]
    out: list[list[Outcome]] = [[] for _ in contests]
    for trial, judged in zip(trials, _judged(trials), strict=True):
        out[trial.contest].append(_outcome(trial, judged))
    return out


def _trials(n: int, contest: Contest, policy: Policy) -> Iterator[_Trial]:
    why = why_item_diff(contest.paired)
    against = contest.anchor if policy.anchor else None
    why_anchor = None if against is None else why_item_diff(against)
    ready: Ready = {}
    ready_anchor: Ready = {}
    for name, rule in policy.rules.items():
        tier = weaker(rule.tier, contest.tier)
        if why is None or (tier == "blocking" and _apart(contest.paired, rule)):
            values = rule_values(contest.paired, rule, ready)
            yield from _tests(n, contest.paired, values, name, rule, tier, policy.alpha)
        elif tier == "blocking" or not rule.slices:
            yield _Trial(contest=n, rule=name, tier=tier, family="", text=f"item-diff mode: {why}")
        if against is not None and why_anchor is None and tier == "blocking":
            values = rule_values(against, rule, ready_anchor)
            title = f"{name} against the anchor"
            yield from _tests(n, against, values, title, rule, tier, policy.alpha)


def _apart(paired: Paired, rule: Rule) -> bool:
    """Whether answers differ, and the rule is on a part or a metric that max_regressions does not stand for."""
    other = bool(rule.slices) or rule.metric not in (HEADLINE, HEADLINE_METRIC)
    return other and not same_answers(paired)


def _tests(
    n: int, paired: Paired, values: Values, name: str, rule: Rule, tier: str, alpha: float
) -> Iterator[_Trial]:
    unit = str(
        paired.views[0].signature["units"][HEADLINE_METRIC if rule.metric == HEADLINE else rule.metric]
    )
    family = "blocking" if tier == "blocking" else f"{n} {name}"
    whole = np.ones(len(paired.items), dtype=bool)
    candidate = paired.views[1]
    again = replicates(candidate) if is_stochastic(candidate) else None
    chosen = {entry.partition("=")[0] for entry in rule.slices if "=" in entry}
    for label, mask in slice_masks(paired, rule) if rule.slices else [("", whole)]:
        if rule.slices and label.partition(" ")[0] not in chosen and not (values.counts & mask).any():
            continue  # of a whole axis only the slices that the metric applies to are meant
        untested = _untested(values, mask, tier, alpha)
        yield _Trial(
            contest=n,
            rule=f"{name}: {label}" if label else name,
            tier=tier,
            family=family,
            unit=unit,
            test=None if untested else rule_test(values, mask, rule.margin, alpha),
            verdict=untested[0] if untested else SKIPPED,
            text=untested[1] if untested else "",
            replicates=again,
        )


def _untested(values: Values, mask: BoolArray, tier: str, alpha: float) -> tuple[str, str] | None:
    """Verdict and reason where there are too few articles for a test; None where there are enough.

    What blocks may not hold for want of a test: its items are counted, worse and better, one by one.
    """
    rows = values.counts & mask
    n_articles = len(set(values.articles[rows]))
    if n_articles >= MIN_ARTICLES:
        return None
    if tier != "blocking":
        return SKIPPED, not_tested(n_articles)
    if n_articles == 0:
        return INCONCLUSIVE, "no item of it counts in this metric, so that nothing is held"
    better = int((values.b[rows] > values.a[rows]).sum())
    worse = int((values.b[rows] < values.a[rows]).sum())
    verdict = PASS if not worse else FAIL if beyond_chance(better, worse, alpha) else INCONCLUSIVE
    return verdict, items_counted(n_articles, better, worse, verdict)


def _judged(trials: Sequence[_Trial]) -> list[tuple[str, float] | None]:
    """Verdict and adjusted p of every trial among its family; None where there is no test."""
    out: list[tuple[str, float] | None] = [None] * len(trials)
    for family in sorted({t.family for t in trials}):
        places = [k for k, t in enumerate(trials) if t.family == family and t.test is not None]
        tests = [test for k in places if (test := trials[k].test) is not None]
        refusable = any(trials[k].tier != "informational" for k in places)
        for place, found in zip(places, family_verdicts(tests, refusable), strict=True):
            out[place] = found
    return out


def _outcome(trial: _Trial, judged: tuple[str, float] | None) -> Outcome:
    test = trial.test
    if test is None or judged is None:
        return Outcome(
            rule=trial.rule, tier=trial.tier, verdict=trial.verdict, text=trial.text, unit=trial.unit
        )
    verdict, p_adjusted = judged
    refused = verdict == REFUSED
    text = (
        refusal(test, trial.unit)
        if refused
        else verdict_text(test, verdict, p_adjusted, trial.unit, trial.replicates)
    )
    return Outcome(
        rule=trial.rule, tier=trial.tier, verdict=verdict, text=text, unit=trial.unit, test=test,
        p_adjusted=p_adjusted,
    )  # fmt: skip
