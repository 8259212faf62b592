"""Non-inferiority on paired differences: one test per rule, slice and reference, and its verdict.

d = candidate − baseline, turned so that a positive d is better. PASS when the one-sided lower bound of the
mean d lies above −δ. FAIL when it is not PASS and the one-sided upper bound lies below 0, which is the same as
p_worse < α; with several tests in a family p_worse is adjusted by Holm. Everything else is INCONCLUSIVE.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.comparing.pairing import BoolArray, Paired
from bench.errors import UsageError, nearest
from bench.gate.feasibility import Feasibility, assumed, feasibility
from bench.gate.policy import HEADLINE, Rule
from bench.stats.clusters import FloatArray, Labels
from bench.stats.intervals import t_below
from bench.stats.multiple import holm
from bench.stats.paired import PairedDifference, paired_headline, paired_mean
from bench.summary import AXES, HEADLINE_METRIC

PASS, FAIL, INCONCLUSIVE, REFUSED, SKIPPED = "PASS", "FAIL", "INCONCLUSIVE", "REFUSED", "SKIPPED"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTest:
    """The candidate against one reference, in one metric, on one set of items."""

    value: float  # mean of d
    low: float  # one-sided bounds at 1 − α; infinite where the metric is unbounded and nothing varies
    high: float
    p_worse: float  # of a mean d as low as this, were the models equal
    baseline: float  # the two means themselves
    candidate: float
    n_items: int
    n_articles: int
    better: int
    worse: int
    margin: float
    alpha: float
    feasible: Feasibility  # at the noise measured on this pair, or the default
    planned: Feasibility  # at the default noise
    method: str

    @property
    def passes(self) -> bool:
        """Whether the lower bound excludes a loss of the margin."""
        return self.low > -self.margin

    def verdict(self, p_adjusted: float) -> str:
        """PASS, FAIL or INCONCLUSIVE, given this test's p among its family."""
        if self.passes:
            return PASS
        return FAIL if p_adjusted < self.alpha else INCONCLUSIVE

    @property
    def refused(self) -> bool:
        """Whether an equal model passes too seldom, both at the measured noise and at the default.

        What was measured depends on the candidate. A rule that works at the default noise is not refused for
        one noisy candidate, which is then INCONCLUSIVE; else the gate would alarm at random.
        """
        return not self.feasible.enough and not self.planned.enough

    @property
    def items_to_decide(self) -> int:
        """About how many items of this make-up would decide, were the difference to stay as it is."""
        to_pass, to_fail = self.value + self.margin, -self.value
        reach = self.value - self.low if to_pass >= to_fail else self.high - self.value
        return max(self.n_items + 1, math.ceil(self.n_items * (reach / max(to_pass, to_fail)) ** 2))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Values:
    """One metric of both sides over all items, turned so that more is better."""

    a: FloatArray  # (N,) baseline
    b: FloatArray  # (N,) candidate
    counts: BoolArray  # (N,) whether the item takes part
    sign: float  # −1 where the metric was turned
    bounds: tuple[float, float | None]
    articles: NDArray[np.object_]
    answerable: BoolArray
    headline: bool


Ready = dict[str, Values]  # values of one pair by metric, computed once


def rule_values(paired: Paired, rule: Rule, ready: Ready | None = None) -> Values:
    """The values that a rule is about, baseline first; UsageError when the metric allows no rule.

    Items are those of the headline; for a metric, those of them that it applies to. Pass the same `ready` for
    all rules on `paired`.
    """
    ready = {} if ready is None else ready
    metric = HEADLINE_METRIC if rule.metric == HEADLINE else rule.metric
    if metric not in ready:
        ready[metric] = _values(paired, metric)
    return dataclasses.replace(ready[metric], headline=rule.metric == HEADLINE)


def _values(paired: Paired, metric: str) -> Values:
    sign = _direction(paired, metric)
    about = paired.views[0].signature["about"][metric]
    low, high = float(about["low"]), about["high"]
    bounds = (low, high) if sign > 0 else (-math.inf if high is None else -high, -low)
    a, b = sign * paired.values(metric)
    return Values(
        a=a,
        b=b,
        counts=paired.in_headline & paired.applies(metric),
        sign=sign,
        bounds=bounds,
        articles=np.array(paired.articles, dtype=object),
        answerable=paired.answerable,
        headline=False,
    )


def _direction(paired: Paired, metric: str) -> float:
    shared = paired.metrics  # NotComparable for runs scored by a version that says too little
    about = paired.views[0].signature["about"]
    if metric not in shared:
        known = [m for m in shared if about[m]["higher_is_better"] is not None]
        raise UsageError(
            f"gate: a rule on {metric!r} needs both runs scored by it, with a value per answer"
            f"{nearest(metric, [HEADLINE, *known])}"
        )
    better = about[metric]["higher_is_better"]
    if better is None:
        raise UsageError(f"gate: {metric!r} only describes; neither more nor less of it is better")
    return 1.0 if better else -1.0


def rule_test(values: Values, mask: BoolArray, margin: float, alpha: float) -> RuleTest | None:
    """The test on the items of `mask`; None where none of them counts."""
    rows = np.flatnonzero(values.counts & mask)
    if len(rows) == 0:
        return None
    answerable = values.answerable[rows] if values.headline else None
    found = measure(
        values.a[rows], values.b[rows], values.articles[rows], answerable, margin, alpha, values.bounds
    )
    return found if values.sign > 0 else _turned_back(found)


def measure(
    a: FloatArray,
    b: FloatArray,
    articles: Labels,
    answerable: BoolArray | None,
    margin: float,
    alpha: float,
    bounds: tuple[float, float | None] = (0.0, 1.0),
) -> RuleTest:
    """The test on aligned values of at least one item; `answerable` asks for the headline."""
    level = 1.0 - 2.0 * alpha
    if answerable is None:
        found = paired_mean(a, b, articles, level=level, draws=1, bounds=bounds)
        means = float(a.mean()), float(b.mean())
    else:
        found = paired_headline(a, b, articles, answerable, level=level, draws=1)
        classes = [c for c in (answerable, ~answerable) if c.any()]
        means = tuple(float(np.mean([side[c].mean() for c in classes])) for side in (a, b))  # type: ignore[assignment]
    assert found.value is not None
    assert found.noise is not None
    return RuleTest(
        value=found.value,
        low=-math.inf if found.low is None else found.low,
        high=math.inf if found.high is None else found.high,
        p_worse=_p_worse(found),
        baseline=means[0],
        candidate=means[1],
        n_items=found.n_items,
        n_articles=found.n_articles,
        better=found.better,
        worse=found.worse,
        margin=margin,
        alpha=alpha,
        feasible=feasibility(found.noise, found.n_items, margin, alpha),
        planned=feasibility(assumed(found.noise), found.n_items, margin, alpha),
        method=found.method,
    )


def _p_worse(found: PairedDifference) -> float:
    """One-sided p of the t that made the bounds; where nothing varies, of the articles' common sign."""
    value = found.value or 0.0
    if found.se is None or found.df is None:
        return 1.0 if value >= 0.0 else 0.5**found.n_articles
    return t_below(value / found.se, found.df)


def _turned_back(test: RuleTest) -> RuleTest:
    """The means as the metric has them; the difference stays turned."""
    return dataclasses.replace(test, baseline=-test.baseline, candidate=-test.candidate)


def family_verdicts(tests: Sequence[RuleTest], refusable: bool = True) -> list[tuple[str, float]]:
    """The verdict of every test of one family with its p among them, adjusted by Holm."""
    adjusted = holm([test.p_worse for test in tests])
    out = []
    for test, p in zip(tests, adjusted, strict=True):
        assert p is not None
        verdict = test.verdict(p)
        out.append((REFUSED if refusable and verdict != FAIL and test.refused else verdict, p))
    return out


def slice_masks(paired: Paired, rule: Rule) -> list[tuple[str, BoolArray]]:
    """The parts that a rule with slices tests, as masks (N,), named `axis label`, in axis and label order.

    UsageError for a label that no item has.
    """
    out = []
    for axis, equals, chosen in (entry.partition("=") for entry in rule.slices):
        labels = [frozenset(AXES[axis](item)) for item in paired.items]
        known = sorted(frozenset[str]().union(*labels))
        wanted = chosen.split("|") if equals else known
        for label in wanted:
            if label not in known:
                raise UsageError(f"gate: no item is in the slice {axis}={label}{nearest(label, known)}")
            mask = np.fromiter((label in found for found in labels), dtype=bool, count=len(labels))
            out.append((f"{axis} {label}", mask))
    return out
