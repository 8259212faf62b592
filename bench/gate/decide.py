"""From contests and a policy to a verdict and an exit code. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bench.comparing.comparable import title
from bench.gate.contest import Absent, Contest, why_item_diff
from bench.gate.limits import limit_outcomes
from bench.gate.noninferiority import FAIL, INCONCLUSIVE, REFUSED, SKIPPED
from bench.gate.outcome import GateReport, Outcome, PairReport
from bench.gate.policy import Policy, weaker
from bench.gate.trials import statistical_outcomes
from bench.gate.verdict import overall
from bench.gate.watch import Flip, Watched, check_named, flips, only_noise, unsure, watched
from bench.gate.wording import spoken
from bench.records import Item


def decide(contests: Sequence[Contest | Absent], policy: Policy) -> GateReport:
    """Everything the policy asks for, over all contests, and what follows from it.

    UsageError when the policy names an item, a slice or a metric that the runs do not have.
    """
    present = [c for c in contests if isinstance(c, Contest)]
    if present:
        items = [item for c in present for item in c.paired.items]
        check_named(items, policy.must_not_break, policy.waivers)
    tested = iter(statistical_outcomes(present, policy))
    reports = [_absent(c) if isinstance(c, Absent) else _examined(c, policy, next(tested)) for c in contests]
    return conclude(reports, policy)


def conclude(reports: Sequence[PairReport], policy: Policy) -> GateReport:
    """The verdict over all pairs: the worst of what blocks."""
    found = [(o.verdict, o.tier) for r in reports for o in r.outcomes]
    found += [(w.verdict, r.watch_tier) for r in reports for w in r.watched]
    blocking = {verdict for verdict, tier in found if tier == "blocking"}
    verdict, code = overall(blocking, policy)
    tolerated = verdict == INCONCLUSIVE and code == 0
    warned = sum(v in (FAIL, REFUSED, INCONCLUSIVE) and tier == "warning" for v, tier in found)
    failed = found.count((FAIL, "blocking"))
    return GateReport(
        verdict=verdict,
        code=code,
        summary=spoken(verdict, failed, warned, tolerated),
        policy=policy,
        pairs=tuple(reports),
    )


def _examined(contest: Contest, policy: Policy, tested: list[Outcome]) -> PairReport:
    paired, why = contest.paired, why_item_diff(contest.paired)
    found = flips(paired, policy.waivers)
    # With statistics it is their task to tell losses from noise; without them the count of all items does.
    doubt = only_noise(paired.views[1], found, policy.alpha) if why is not None else unsure(paired.views[1])
    items = watched(paired, policy.must_not_break, found, doubt)
    return PairReport(
        name=contest.name,
        tier=contest.tier,
        dataset=f"{paired.views[1].dataset.name} {paired.views[1].dataset.version}",
        baseline=contest.baseline or title(paired.views[0]),
        candidate=contest.candidate or title(paired.views[1]),
        signature=str(paired.views[1].signature["line"]),
        mode="statistical" if why is None else "item-diff",
        why=why,
        outcomes=(*tested, *limit_outcomes(contest, policy, found, why is not None)),
        watched=tuple(items),
        watch_tier=weaker(policy.must_not_break.tier, contest.tier),
        flips=tuple(found),
        notes=(*contest.notes, *_idle_waivers(found, items, policy, paired.items)),
    )


def _idle_waivers(
    found: Sequence[Flip], items: Sequence[Watched], policy: Policy, items_of: Sequence[Item]
) -> list[str]:
    used = {f.waiver.item for f in found if f.waiver is not None and f.regression}
    used |= {w.item.id for w in items if w.flip is not None and w.flip.waiver is not None}
    ours = {item.id for item in items_of}
    idle = [w.item for w in policy.waivers if w.item in ours and w.item not in used]
    return [f"the waiver of {item} was not needed; remove it" for item in idle]


def _absent(absent: Absent) -> PairReport:
    verdict = FAIL if absent.required else SKIPPED
    outcome = Outcome(rule="run present and complete", tier=absent.tier, verdict=verdict, text=absent.why)
    return PairReport(
        name=absent.name,
        tier=absent.tier,
        dataset="",
        baseline=absent.baseline,
        candidate=absent.candidate,
        signature="",
        mode="absent",
        outcomes=(outcome,),
    )
