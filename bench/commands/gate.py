"""Hold a candidate against a baseline: PASS, FAIL or INCONCLUSIVE, by a policy"""

from __future__ import annotations

import datetime
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from omegaconf import DictConfig

from bench.commands._console import note
from bench.commands._gate_accept import accept_all
from bench.commands._gate_output import show, write_files, write_step_summary
from bench.commands._gate_series import show_series
from bench.commands._gate_sides import Sides
from bench.commands._plain import plain, results_root
from bench.errors import UsageError
from bench.gate.decide import decide
from bench.gate.policy import Policy, check_waivers, read_policy


@dataclass
class Config:
    """The keys of `dateline gate`; configs/gate.yaml says what they mean."""

    gate: dict[str, Any] = field(default_factory=dict)
    baseline: str | None = None
    candidate: str | None = None
    anchor: str | None = None
    out: str | None = None
    accept: bool = False
    reason: str | None = None
    force: bool = False
    move_anchor: bool = False
    series: Any = None
    power: bool = False
    n_items: int | None = None
    n_articles: int | None = None
    draws: int = 1000
    seed: int = 0
    today: str | None = None
    results_dir: str = "results"
    baselines_dir: str = "results/baselines"


def main(config: DictConfig) -> dict[str, Any]:
    """The exit code of the verdict; with accept=true 0 when the baseline moved."""
    policy = read_policy(plain(config.gate))
    check_waivers(policy, _today(config))
    sides = Sides(
        results=results_root(config),
        baselines=Path(str(config.baselines_dir)),
        baseline=config.baseline,
        candidate=config.candidate,
        anchor=config.anchor,
        timed=any(name.startswith("seconds") for name in policy.ceilings),
    )
    if config.power:
        from bench.commands._gate_power import show_power

        return show_power(config, policy, sides)
    if config.series is not None:
        return show_series(config, policy, sides)
    _check(config, policy)
    if config.accept:
        return accept_all(config, policy, sides)
    report = decide(sides.contests(policy), policy)
    files = write_files(Path(str(config.out)), report) if config.out is not None else []
    write_step_summary(report)
    show(report)
    for file in files:
        note(f"wrote {file}")
    return {"code": report.code}


def _check(config: DictConfig, policy: Policy) -> None:
    """UsageError unless the words make one gate."""
    if policy.pairs:
        if config.baseline is not None or config.anchor is not None:
            raise UsageError(
                "gate: this policy names its baselines in gate.pairs; leave out baseline= and anchor="
            )
        unnamed = [name for name, plan in policy.pairs.items() if plan.candidate is None]
        if unnamed and config.candidate is None:
            raise UsageError(f"gate: pair {unnamed[0]} names no candidate; add candidate=…")
    elif config.baseline is None or config.candidate is None:
        missing = "baseline" if config.baseline is None else "candidate"
        raise UsageError(
            f"gate: {missing}= is required (a policy with several data sets names them in gate.pairs)"
        )
    if not policy.rules and not policy.must_not_break.ids and policy.must_not_break.where is None:
        note("the policy has no rules and no must-not-break items; only max_failed and limits are held")
    if config.accept and not str(config.reason or "").strip():
        raise UsageError("gate: accept=true needs reason='…'; it goes into the history of the baseline")
    if not config.accept and (idle := [k for k in ("reason", "force", "move_anchor") if config[k]]):
        raise UsageError(f"gate: {idle[0]}= goes with accept=true")


def _today(config: DictConfig) -> datetime.date:
    """The date that waivers are held against: today=, else SOURCE_DATE_EPOCH, else the clock (UTC)."""
    if config.today is not None:
        try:
            return datetime.date.fromisoformat(str(config.today))
        except ValueError:
            raise UsageError(f"today={config.today!r}: a date such as 2026-12-31") from None
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    now = datetime.datetime.now(datetime.UTC)
    if epoch is not None and epoch.isdigit():
        now = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
    return now.date()
