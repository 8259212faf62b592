"""The gate as JSON: everything the other reports say, for machines."""

from __future__ import annotations

import math
from typing import Any

from bench.canonical import to_json
from bench.gate.feasibility import Feasibility
from bench.gate.noninferiority import RuleTest
from bench.gate.outcome import GateReport, Outcome, PairReport
from bench.gate.watch import Flip, Watched


def document(report: GateReport) -> dict[str, Any]:
    """The report as plain JSON values; figures are as stored (shares 0–1), infinities null."""
    return {
        "format": 1,
        "verdict": report.verdict,
        "exit_code": report.code,
        "summary": report.summary,
        "policy": to_json(report.policy),
        "pairs": [_pair(pair) for pair in report.pairs],
    }


def _pair(pair: PairReport) -> dict[str, Any]:
    return {
        "name": pair.name,
        "tier": pair.tier,
        "dataset": pair.dataset,
        "baseline": pair.baseline,
        "candidate": pair.candidate,
        "signature": pair.signature,
        "mode": pair.mode,
        "why": pair.why,
        "rules": [_outcome(outcome) for outcome in pair.outcomes],
        "must_not_break": [_watched(item, pair.watch_tier) for item in pair.watched],
        "better": pair.better,
        "worse": pair.worse,
        "flips": [_flip(flip) for flip in pair.flips],
        "notes": list(pair.notes),
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    row: dict[str, Any] = {
        "rule": outcome.rule, "tier": outcome.tier, "verdict": outcome.verdict, "text": outcome.text,
    }  # fmt: skip
    if outcome.test is not None:
        row |= {"unit": outcome.unit, "p_adjusted": outcome.p_adjusted, **_test(outcome.test)}
    return row


def _test(test: RuleTest) -> dict[str, Any]:
    return {
        "baseline": test.baseline,
        "candidate": test.candidate,
        "difference": test.value,
        "low": _finite(test.low),
        "high": _finite(test.high),
        "margin": test.margin,
        "alpha": test.alpha,
        "p_worse": test.p_worse,
        "items": test.n_items,
        "articles": test.n_articles,
        "better": test.better,
        "worse": test.worse,
        "method": test.method,
        "feasibility": _feasible(test.feasible),
        "feasibility_at_default_noise": _feasible(test.planned),
    }


def _feasible(found: Feasibility) -> dict[str, Any]:
    return {
        "chance_of_an_equal_model": found.chance,
        "margin_that_would_do": found.margin,
        "items_that_would_do": found.items,
        "discordance": found.noise.discordance,
        "design_effect": found.noise.design_effect,
        "measured": found.noise.measured,
    }


def _watched(found: Watched, tier: str) -> dict[str, Any]:
    return {"item": found.item.id, "tier": tier, "verdict": found.verdict, "text": found.text}


def _flip(flip: Flip) -> dict[str, Any]:
    return {
        "item": flip.item.id,
        "variant": flip.item.variant,
        "question": flip.item.question,
        "sentences": list(flip.sentences),
        "expected": flip.expected,
        "baseline": flip.before,
        "candidate": flip.after,
        "credit_baseline": flip.credit_before,
        "credit_candidate": flip.credit_after,
        "diagnosis": flip.diagnosis,
        "regression": flip.regression,
        "waived_until": flip.waiver.until if flip.waiver else None,
    }


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
