"""From the verdicts of what blocks to the gate's verdict and its exit code."""

from __future__ import annotations

from collections.abc import Collection

from bench.gate.noninferiority import FAIL, INCONCLUSIVE, PASS, REFUSED
from bench.gate.policy import Policy

CODES = {PASS: 0, FAIL: 5, INCONCLUSIVE: 6, REFUSED: 2}


def overall(blocking: Collection[str], policy: Policy) -> tuple[str, int]:
    """The worst verdict and its code; INCONCLUSIVE is 0 where the policy tolerates it."""
    verdict = next((v for v in (FAIL, REFUSED, INCONCLUSIVE) if v in blocking), PASS)
    if verdict == INCONCLUSIVE and policy.on_inconclusive == "tolerate":
        return verdict, 0
    return verdict, CODES[verdict]
