"""What a gate is asked to hold: the records behind `configs/gate/*.yaml`, and their reading."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.datasets.select import matcher
from bench.errors import UsageError, nearest
from bench.gate.ceilings import LIMITS
from bench.summary import AXES

TIERS = ("blocking", "warning", "informational")
ON_INCONCLUSIVE = ("tolerate", "block")
HEADLINE = "headline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Non-inferiority in one metric: the candidate may not be worse by `margin` or more."""

    metric: str = HEADLINE  # or the name of a metric with a value per answer
    margin: float  # δ > 0, in the metric's unit (0.06 is six points of a share)
    tier: str = "blocking"
    slices: tuple[
        str, ...
    ] = ()  # `axis` or `axis=label|label`; each slice is tested by itself. (): the whole


@dataclass(frozen=True, slots=True, kw_only=True)
class MustNotBreak:
    """Items that may not become wrong."""

    ids: tuple[str, ...] = ()
    where: str | None = None  # a slice, in the words of `dateline run where=…`
    tier: str = "blocking"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """An item that may be wrong for a while: no must-not-break item and no regression until then."""

    item: str
    reason: str
    until: str  # ISO date, inclusive


@dataclass(frozen=True, slots=True, kw_only=True)
class PairPlan:
    """One of several data sets in a policy."""

    baseline: str
    candidate: str | None = None  # None: the command's candidate=
    dataset: str | None = None  # picks the run on this data set where the candidate's word means several
    tier: str = "blocking"
    required: bool = True  # whether an absent or incomplete run counts as a failure of this tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Everything a gate holds. Margins, limits and waivers apply to every pair."""

    alpha: float = 0.05  # of both one-sided bounds, and of all false FAILs of blocking rules together
    on_inconclusive: str = "tolerate"
    rules: Mapping[str, Rule] = field(default_factory=dict)
    must_not_break: MustNotBreak = field(default_factory=MustNotBreak)
    max_failed: float = 0.0  # items without an answer; below 1 a share of the planned ones
    max_regressions: int | None = None  # None: no limit, except 0 in item-diff mode
    anchor: bool = True  # hold blocking rules against the anchor too, where there is one
    ceilings: Mapping[str, float] = field(default_factory=dict)
    prices: Mapping[str, float] = field(
        default_factory=dict
    )  # per million tokens: in, out; {}: the run's own
    waivers: tuple[Waiver, ...] = ()
    pairs: Mapping[str, PairPlan] = field(default_factory=dict)

    def most_failed(self, planned: int) -> float:
        """How many of `planned` answers may have failed."""
        return self.max_failed * planned if self.max_failed < 1 else self.max_failed


def read_policy(node: Mapping[str, Any]) -> Policy:
    """The policy that a config describes; UsageError names the key, its value and the fix."""
    values = _fields(node, Policy, "gate")
    rules = {name: _rule(rule, f"gate.rules.{name}") for name, rule in (values.get("rules") or {}).items()}
    pairs = {
        name: PairPlan(**_fields(plan, PairPlan, f"gate.pairs.{name}"))
        for name, plan in (values.get("pairs") or {}).items()
    }
    policy = Policy(
        **{
            **values,
            "rules": rules,
            "pairs": pairs,
            "must_not_break": _must_not_break(values.get("must_not_break") or {}),
            "waivers": tuple(_waiver(w, n) for n, w in enumerate(values.get("waivers") or ())),
            "ceilings": _limits(values.get("ceilings") or {}, LIMITS, "gate.ceilings"),
            "prices": _limits(values.get("prices") or {}, ("in", "out"), "gate.prices"),
        }
    )
    _check(policy)
    return policy


def _check(policy: Policy) -> None:
    if not _number(policy.alpha) or not 0.0 < policy.alpha < 0.5:
        raise UsageError(f"gate.alpha={policy.alpha!r}: between 0 and 0.5, e.g. 0.05")
    _one_of(policy.on_inconclusive, ON_INCONCLUSIVE, "gate.on_inconclusive")
    if not _number(policy.max_failed) or policy.max_failed < 0:
        raise UsageError(f"gate.max_failed={policy.max_failed!r}: a number of items, or a share below 1")
    limit = policy.max_regressions
    if limit is not None and (not isinstance(limit, int) or isinstance(limit, bool) or limit < 0):
        raise UsageError(f"gate.max_regressions={limit!r}: a number of items, or null")
    for name, pair in policy.pairs.items():
        _one_of(pair.tier, TIERS, f"gate.pairs.{name}.tier")


_SHARES = frozenset({HEADLINE, "correct", "correct_and_clean", "em", "f1", "abstention_f1"})


def _rule(node: Any, where: str) -> Rule:
    values = _fields(node, Rule, where)
    axes = _words(values.get("slices"), f"{where}.slices")
    for axis in axes:
        _one_of(axis.partition("=")[0], tuple(AXES), f"{where}.slices")
    if axes and values.get("metric", HEADLINE) == HEADLINE:
        raise UsageError(f"{where}.metric: a slice has no headline of its own; name a metric, e.g. correct")
    rule = Rule(**{**values, "slices": axes})
    if not _number(rule.margin) or rule.margin <= 0:
        raise UsageError(f"{where}.margin={rule.margin!r}: a number above 0, e.g. 0.06 for six points")
    if rule.margin >= 1 and rule.metric in _SHARES:
        raise UsageError(f"{where}.margin={rule.margin!r}: shares are 0–1, so write 0.06 for six points")
    _one_of(rule.tier, TIERS, f"{where}.tier")
    return rule


def _must_not_break(node: Any) -> MustNotBreak:
    where = "gate.must_not_break"
    values = _fields(node, MustNotBreak, where)
    found = MustNotBreak(**{**values, "ids": _words(values.get("ids"), f"{where}.ids")})
    _one_of(found.tier, TIERS, f"{where}.tier")
    if found.where is not None:
        matcher(found.where)
    return found


def _waiver(node: Any, n: int) -> Waiver:
    where = f"gate.waivers[{n}]"
    waiver = Waiver(**{k: str(v) for k, v in _fields(node, Waiver, where).items()})
    try:
        datetime.date.fromisoformat(waiver.until)
    except ValueError:
        raise UsageError(f"{where}.until={waiver.until!r}: a date such as 2026-12-31") from None
    if not waiver.reason.strip():
        raise UsageError(f"{where}.reason: say why {waiver.item} may be wrong")
    return waiver


def check_waivers(policy: Policy, today: datetime.date) -> None:
    """UsageError naming every waiver that has run out by `today`."""
    late = [w for w in policy.waivers if datetime.date.fromisoformat(w.until) < today]
    if late:
        lines = [f"waiver of {w.item} ran out on {w.until} ({w.reason})" for w in late]
        raise UsageError(
            "\n".join([*lines, "mend the items, or renew the waivers with a new date and reason"])
        )


def weaker(one: str, two: str) -> str:
    """The one of two tiers that asks for less."""
    return max(one, two, key=TIERS.index)


def _fields(node: Any, kind: Any, where: str) -> dict[str, Any]:
    """The keys of a node, all of them fields of `kind`, none of the required ones missing."""
    if not isinstance(node, Mapping):
        raise UsageError(f"{where}: key: value pairs were expected, found {node!r}")
    known = {f.name: f for f in dataclasses.fields(kind)}
    for key in node:
        if key not in known:
            raise UsageError(f"{where}: no key is called {key!r}{nearest(str(key), known)}")
    required = [
        n
        for n, f in known.items()
        if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
    ]
    if missing := [n for n in required if node.get(n) is None]:
        raise UsageError(f"{where}.{missing[0]} is required")
    return {str(k): v for k, v in node.items()}


def _limits(node: Any, known: Sequence[str], where: str) -> dict[str, float]:
    if not isinstance(node, Mapping):
        raise UsageError(f"{where}: key: value pairs were expected, found {node!r}")
    for name, value in node.items():
        _one_of(str(name), known, where)
        if value is not None and (not _number(value) or value < 0):
            raise UsageError(f"{where}.{name}={value!r}: a number of at least 0")
    return {str(name): float(value) for name, value in node.items() if value is not None}


def _words(value: Any, where: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise UsageError(f"{where}: a list was expected, e.g. [{value}]")
    return tuple(str(v) for v in value)


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value


def _one_of(value: Any, known: Sequence[str], where: str) -> None:
    if value not in known:
        raise UsageError(f"{where}: {value!r} is not known{nearest(str(value), known)}")
