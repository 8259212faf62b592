"""The gate in a terminal or a build log: plain lines, each opened by our own words, and GitHub's annotations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bench.errors import counted
from bench.gate.outcome import GateReport, Outcome, PairReport
from bench.gate.watch import Flip
from bench.gate.wording import margin_text, points
from bench.reports.inert import plain

_SHOWN_FLIPS = 10
_MOST_ANNOTATIONS = 10  # GitHub shows no more per step and kind
_COMMAND = re.compile(r":(?=:)|#(?=#\[)")  # what opens a command to GitHub's log reader
_WIDTH = 160  # of anything that a model or an author wrote


def lines(report: GateReport) -> Iterator[str]:
    """What is printed. Outcomes of informational rules only where they are not PASS, and the first flips."""
    yield f"{report.verdict}  {report.summary}"
    for pair in report.pairs:
        yield ""
        yield from _pair(pair)


def _pair(pair: PairReport) -> Iterator[str]:
    name = f"{shown(pair.name)}: " if pair.name else ""
    yield f"{name}{shown(pair.candidate)} against {shown(pair.baseline)}" + (
        f", {shown(pair.dataset)}" if pair.dataset else ""
    )
    if pair.mode == "item-diff":
        yield f"  item-diff mode ({pair.why}): single items only, no claim beyond them"
    for outcome in pair.outcomes:
        if outcome.tier != "informational":
            yield from _rule(outcome)
    yield from _informational([o for o in pair.outcomes if o.tier == "informational"])
    for item in pair.watched:
        if item.verdict != "PASS":
            yield f"  {item.verdict:<13} must not break {shown(item.item.id)}: {shown(item.text)}"
    if pair.watched:
        held = sum(w.verdict == "PASS" for w in pair.watched)
        yield f"  {held} of {counted(len(pair.watched), 'must-not-break item is', 'must-not-break items are')} right"
    for note in pair.notes:
        yield f"  note: {shown(note, 400)}"
    if pair.mode != "absent":
        yield from _flips(pair)


def _rule(outcome: Outcome) -> Iterator[str]:
    tier = "" if outcome.tier == "blocking" else f" ({outcome.tier})"
    head = f"  {outcome.verdict:<13} {shown(outcome.rule)}{tier}"
    if (test := outcome.test) is None:
        yield f"{head}: {shown(outcome.text, 400)}"
        return
    unit = outcome.unit
    yield (
        f"{head}: {points(test.baseline, unit)} → {points(test.candidate, unit)}, "
        f"{points(test.value, unit, signed=True)} ({points(test.low, unit, signed=True)} to "
        f"{points(test.high, unit, signed=True)} by one-sided {100 * (1 - test.alpha):g} % bounds), margin "
        f"{margin_text(test.margin, unit)}, {counted(test.n_items, 'item')}, {counted(test.n_articles, 'article')}"
    )
    yield f"                {outcome.text}"


def _informational(outcomes: list[Outcome]) -> Iterator[str]:
    tested = [o for o in outcomes if o.test is not None]
    if not tested:
        return
    counts = {v: sum(o.verdict == v for o in tested) for v in ("PASS", "INCONCLUSIVE", "FAIL")}
    words = ", ".join(f"{n} {verdict}" for verdict, n in counts.items() if n)
    yield f"  informational: {words}"
    for outcome in tested:
        if outcome.verdict == "FAIL":
            yield from _rule(outcome)


def _flips(pair: PairReport) -> Iterator[str]:
    yield f"  flips: {pair.worse} worse, {pair.better} better"
    for flip in pair.flips[:_SHOWN_FLIPS]:
        yield from _flip(flip)
    if len(pair.flips) > _SHOWN_FLIPS:
        yield f"    … {len(pair.flips) - _SHOWN_FLIPS} more; out=DIR writes all of them to gate.md and gate.json"


def _flip(flip: Flip) -> Iterator[str]:
    what = "better" if flip.better else "worse"
    why = f" ({flip.diagnosis})" if flip.diagnosis else ""
    yield f"    {what}  {shown(flip.item.id)}{why}: {shown(flip.item.question)}"
    for sentence in flip.sentences:
        yield f"      article    {shown(sentence, 240)}"
    yield f"      expected   {shown(flip.expected)}"
    yield f"      baseline   {shown(flip.before)}"
    yield f"      candidate  {shown(flip.after)}"


def shown(text: str | None, width: int = _WIDTH) -> str:
    """Text from outside on one line, unable to give commands to a terminal or to a build's log reader."""
    return _COMMAND.sub("\\g<0>\u2009", plain(text or "", width))


def annotation_lines(report: GateReport) -> Iterator[str]:
    """GitHub's workflow commands: an error for all that breaks the build, a warning for the rest that missed."""
    found: list[tuple[str, str, str]] = []
    for pair in report.pairs:
        what = pair.name or pair.candidate
        cases = [(o.rule, o.tier, o.verdict, o.text) for o in pair.outcomes if o.tier != "informational"]
        cases += [(f"item {w.item.id}", pair.watch_tier, w.verdict, w.text) for w in pair.watched]
        for rule, tier, verdict, text in cases:
            if verdict in ("PASS", "SKIPPED"):
                continue
            soft = tier != "blocking" or (verdict == "INCONCLUSIVE" and report.code == 0)
            found.append(("warning" if soft else "error", f"gate {verdict}: {what}, {rule}", text))
    for level in ("error", "warning"):
        mine = [(title, text) for kind, title, text in found if kind == level]
        for title, text in mine[:_MOST_ANNOTATIONS]:
            yield f"::{level} title={_property(title)}::{_message(text)}"


def _message(text: str) -> str:
    return plain(text, 1000).replace("%", "%25")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
