"""What a gate found: the records that the decision makes and that every report reads."""

from __future__ import annotations

from dataclasses import dataclass

from bench.gate.noninferiority import RuleTest
from bench.gate.policy import Policy
from bench.gate.watch import Flip, Watched


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One rule with its verdict."""

    rule: str  # its name in the policy, with the slice or the reference where there are several
    tier: str  # blocking · warning · informational
    verdict: str  # PASS · FAIL · INCONCLUSIVE · REFUSED · SKIPPED
    text: str  # one sentence
    unit: str = "share"  # of the figures in `test`
    test: RuleTest | None = None
    p_adjusted: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PairReport:
    """One candidate against one baseline."""

    name: str | None  # in the policy; None where the command names the one pair
    tier: str
    dataset: str
    baseline: str  # as sentences name it
    candidate: str
    signature: str  # how both were scored
    mode: str  # statistical · item-diff
    why: str | None = None  # why item-diff
    outcomes: tuple[Outcome, ...] = ()
    watched: tuple[Watched, ...] = ()
    watch_tier: str = "blocking"
    flips: tuple[Flip, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def better(self) -> int:
        """Items on which the candidate gained."""
        return sum(f.better for f in self.flips)

    @property
    def worse(self) -> int:
        """Items on which it lost."""
        return len(self.flips) - self.better


@dataclass(frozen=True, slots=True, kw_only=True)
class GateReport:
    """The whole gate."""

    verdict: str  # PASS · FAIL · INCONCLUSIVE · REFUSED
    code: int  # the exit code
    summary: str  # one sentence
    policy: Policy
    pairs: tuple[PairReport, ...]
