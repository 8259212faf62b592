"""The sentences of the gate, and its figures in people's units."""

from __future__ import annotations

import math

from bench.errors import counted
from bench.gate.feasibility import Feasibility
from bench.gate.noninferiority import FAIL, INCONCLUSIVE, PASS, REFUSED, RuleTest
from bench.stats.signflip import MIN_ARTICLES


def points(value: float, unit: str, signed: bool = False) -> str:
    """A value in its unit; shares in points of 100. Minus signs are proper ones, infinities an en dash."""
    if math.isinf(value):
        return "–"
    scaled, digits = (100.0 * value, 1) if unit == "share" else (value, 2)
    text = f"{scaled:+.{digits}f}" if signed else f"{scaled:.{digits}f}"
    if float(text) == 0.0:
        text = f"{0.0:.{digits}f}"
    return text.replace("-", "−")


def margin_text(value: float, unit: str) -> str:
    """A margin with its unit."""
    return f"{points(value, unit)} points" if unit == "share" else f"{points(value, unit)} {unit}"


def verdict_text(
    test: RuleTest, verdict: str, p_adjusted: float, unit: str, replicates: int | None = None
) -> str:
    """Why a test has its verdict, in one sentence; `replicates` where the model's answers vary."""
    margin = margin_text(test.margin, unit)
    if verdict == PASS:
        if test.high < 0.0:
            return (
                f"worse, but within {margin}: by {_lost(test.high, unit)} to {margin_text(-test.low, unit)}"
            )
        return f"a loss of {margin} is excluded"
    if verdict == FAIL:
        return (
            f"worse by {margin_text(-test.value, unit)}, and by {_lost(test.high, unit)} at least; a loss of "
            f"{margin} is not excluded"
        )
    if test.p_worse < test.alpha <= p_adjusted:
        text = f"worse by itself (p {test.p_worse:.3f}), not among all tests of its family (Holm {p_adjusted:.3f})"
    else:
        text = f"neither worse nor within {margin} for sure; about {counted(test.items_to_decide, 'item')} would decide"
        if replicates is not None:
            again = max(replicates + 1, math.ceil(replicates * test.items_to_decide / test.n_items))
            text += f", or replicates={again} where the noise is the model's own"
    if not test.feasible.enough:
        text += f"; {_chance(test.feasible, test)}"
    return text


def _lost(bound: float, unit: str) -> str:
    return points(-bound, unit)


def refusal(test: RuleTest, unit: str) -> str:
    """Why a rule is refused, and what would do."""
    best = max(test.feasible, test.planned, key=lambda f: f.chance)
    margin = math.ceil(1000.0 * best.margin) / 1000.0  # up, so that what is told does do
    return (
        f"refused: {_chance(best, test)}; margin={margin:g} ({margin_text(margin, unit)}) would do, or "
        f"{best.items:,} items"
    )


def _chance(feasible: Feasibility, test: RuleTest) -> str:
    noise = feasible.noise
    how = "measured" if noise.measured else "assumed"
    return (
        f"on {counted(test.n_items, 'item')} in {counted(test.n_articles, 'article')} an equal model passes with a chance of "
        f"{feasible.chance:.2f} only (discordance {noise.discordance:.3f}, design effect {noise.design_effect:.2f}, {how})"
    )


def not_tested(n_articles: int) -> str:
    """Why a slice has no test."""
    return f"not tested: {counted(n_articles, 'article')}, {MIN_ARTICLES} are needed"


def items_counted(n_articles: int, better: int, worse: int, verdict: str) -> str:
    """What takes the place of a test in a blocking rule on too few articles."""
    chance = {FAIL: ", more than chance explains", INCONCLUSIVE: ", within chance"}.get(verdict, "")
    where = f"{counted(n_articles, 'article')}, a test needs {MIN_ARTICLES}"
    return f"item-diff ({where}): {counted(worse, 'item')} worse, {better} better{chance}"


def spoken(verdict: str, failed: int, warned: int, tolerated: bool) -> str:
    """The verdict over everything, in one sentence."""
    said = {
        PASS: "every blocking rule holds",
        FAIL: f"{counted(failed, 'blocking rule')} failed",
        INCONCLUSIVE: "no blocking rule failed, but not all of them could be decided",
        REFUSED: "a blocking rule cannot work on these items",
    }[verdict]
    if tolerated:
        said += " (tolerated by the policy)"
    return said + (f"; {counted(warned, 'warning')}" if warned else "")
