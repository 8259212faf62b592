"""`series=[…]`: nightly runs against one baseline, with an e-value that may be looked at every night."""

from __future__ import annotations

from typing import Any

from omegaconf import DictConfig

from bench.commands._console import say
from bench.commands._gate_sides import Sides
from bench.errors import UsageError
from bench.gate.console import shown
from bench.gate.policy import Policy
from bench.gate.watch import flips
from bench.stats.sequential import nightly_series
from bench.summary import in_headline


def show_series(config: DictConfig, policy: Policy, sides: Sides) -> dict[str, Any]:
    """Print a line per night; 5 once the e-value has reached 1/α, on whichever night."""
    words = [config.series] if isinstance(config.series, str) else [str(word) for word in config.series]
    if config.baseline is None:
        raise UsageError("gate: series= needs baseline=")
    nights = []
    for word in words:
        contest = sides.contest(str(config.baseline), sides.load(word))
        found = [f for f in flips(contest.paired) if in_headline(f.item)]
        nights.append((sum(not f.better for f in found), sum(f.better for f in found)))
    series = nightly_series(nights, alpha=policy.alpha)
    say(f"{'night':<40}{'worse':>7}{'better':>8}{'worse so far':>14}{'better so far':>15}{'e-value':>12}")
    for word, (worse, better), night in zip(words, nights, series, strict=True):
        mark = "  alarm" if night.alarm else ""
        say(
            f"{shown(word, 38):<40}{worse:>7}{better:>8}{night.worse:>14}{night.better:>15}{night.e_value:>12.4g}{mark}"
        )
    alarm = bool(series) and series[-1].alarm
    say(f"{'FAIL' if alarm else 'PASS'}  the alarm is at an e-value of {1 / policy.alpha:g}")
    return {"code": 5 if alarm else 0}
