"""The rules that only count: regressions, failures, seconds, tokens, money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bench.comparing.pairing import Paired
from bench.errors import counted
from bench.gate.ceilings import Spent, spendings
from bench.gate.contest import Contest
from bench.gate.noninferiority import FAIL, INCONCLUSIVE, PASS
from bench.gate.outcome import Outcome
from bench.gate.policy import Policy
from bench.gate.watch import ENOUGH_REPLICATES, Flip, only_noise
from bench.reports.view import RunView


def limit_outcomes(contest: Contest, policy: Policy, found: Sequence[Flip], item_diff: bool) -> list[Outcome]:
    """The outcomes of max_regressions (where it applies), max_failed and the ceilings."""
    regressions = _regressions(contest.paired.views[1], found, policy, contest.tier, item_diff)
    return [*regressions, _failed(contest.paired, policy, contest.tier), *_ceilings(contest, policy)]


def _regressions(
    view: RunView, found: Sequence[Flip], policy: Policy, tier: str, item_diff: bool
) -> list[Outcome]:
    limit = policy.max_regressions or 0
    if policy.max_regressions is None and not item_diff:
        return []
    lost = sum(f.regression and f.waiver is None for f in found)
    waived = sum(f.regression and f.waiver is not None for f in found)
    extra = f", {waived} waived" if waived else ""
    text = f"{counted(lost, 'regression')}{extra}, at most {limit} allowed"
    if lost > limit and policy.max_regressions is None and only_noise(view, found, policy.alpha):
        text += f"; the model's answers vary: ask replicates={ENOUGH_REPLICATES}, or set max_regressions"
        return [Outcome(rule="max_regressions", tier=tier, verdict=INCONCLUSIVE, text=text)]
    return [_limit("max_regressions", tier, lost <= limit, text)]


def _failed(paired: Paired, policy: Policy, tier: str) -> Outcome:
    """Answers of the candidate that failed or are missing; they scored 0 already."""
    planned = sum(len(scores) for scores in paired.scores[1])
    failed = sum(s.answer.failed for scores in paired.scores[1] for s in scores)
    limit = policy.most_failed(planned)
    text = f"{failed} of {counted(planned, 'answer')} failed or missing (each counts as wrong), at most {limit:g} allowed"
    return _limit("max_failed", tier, failed <= limit, text)


def _limit(rule: str, tier: str, held: bool, text: str) -> Outcome:
    return Outcome(rule=rule, tier=tier, verdict=PASS if held else FAIL, text=text)


def _ceilings(contest: Contest, policy: Policy) -> Iterator[Outcome]:
    view = contest.paired.views[1]
    ours = (policy.prices.get("in", 0.0), policy.prices.get("out", 0.0))
    prices = ours if policy.prices else view.manifest["model"].get("prices")
    for spent in spendings(policy.ceilings, prices, view.predictions, contest.seconds):
        yield _ceiling(spent, contest.tier)


def _ceiling(spent: Spent, tier: str) -> Outcome:
    if spent.value is None:
        text = f"the candidate recorded nothing of the kind; at most {spent.limit:g} allowed"
        return Outcome(rule=spent.name, tier=tier, verdict=INCONCLUSIVE, text=text)
    held = spent.value <= spent.limit
    text = f"{spent.value:.6g}, at most {spent.limit:g} allowed"
    if spent.unknown:
        text = f"at least {text}; {counted(spent.unknown, 'answer')} without a count of tokens"
        if held:
            return Outcome(rule=spent.name, tier=tier, verdict=INCONCLUSIVE, text=text)
    return _limit(spent.name, tier, held, text)
