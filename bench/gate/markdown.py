"""The gate as Markdown: verdict, rules, items that may not break, every flip. Also GitHub's step summary."""

from __future__ import annotations

from collections.abc import Sequence

from bench.gate.outcome import GateReport, Outcome, PairReport
from bench.gate.watch import Flip
from bench.gate.wording import margin_text, points
from bench.reports.inert import markdown as md
from bench.reports.markdown import table

_MARKS = {"PASS": "✅", "FAIL": "❌", "INCONCLUSIVE": "❔", "REFUSED": "⛔", "SKIPPED": "▫️"}


def render(report: GateReport, most_flips: int | None = None) -> str:
    """The whole report; the same report gives the same bytes. `most_flips` shortens the lists of flips."""
    mark = _MARKS[report.verdict]
    lines = [f"# {mark} Gate: {report.verdict}", "", f"{report.summary[:1].upper()}{report.summary[1:]}."]
    for pair in report.pairs:
        lines += ["", *_pair(pair, most_flips)]
    return "\n".join(lines) + "\n"


def _pair(pair: PairReport, most_flips: int | None) -> list[str]:
    title = f"{md(pair.candidate)} against {md(pair.baseline)}"
    lines = [f"## {md(pair.name) + ': ' if pair.name else ''}{title}", ""]
    if pair.mode == "item-diff":
        lines += [f"**Item-diff mode** ({md(pair.why or '')}): single items only, no claim beyond them.", ""]
    main = [o for o in pair.outcomes if o.tier != "informational"]
    rest = [o for o in pair.outcomes if o.tier == "informational"]
    lines += [*_rules(main), *(f"\n{md(note, 1000)}" for note in pair.notes)]
    if pair.watched:
        rows = [(_MARKS[w.verdict], md(w.item.id), w.verdict, md(w.text, 500)) for w in pair.watched]
        lines += ["", f"### Items that may not break ({pair.watch_tier})", ""]
        lines += table(("", "item", "verdict", ""), rows, numeric_from=4)
    if pair.mode != "absent":
        lines += ["", *_flips(pair.flips, most_flips)]
    if rest:
        summary = f"Informational rules ({len(rest)})"
        lines += ["", f"<details><summary>{summary}</summary>", "", *_rules(rest), "", "</details>"]
    if pair.mode != "absent":
        lines += ["", f"Data {md(pair.dataset)}, scored `{pair.signature}`."]
    return lines


def _rules(outcomes: Sequence[Outcome]) -> list[str]:
    header = (
        "",
        "rule",
        "verdict",
        "baseline",
        "candidate",
        "difference",
        "one-sided bounds",
        "margin",
        "why",
    )
    return table(header, [_rule(outcome) for outcome in outcomes], numeric_from=3, numeric_to=8)


def _rule(outcome: Outcome) -> tuple[str, ...]:
    name = md(outcome.rule) + ("" if outcome.tier == "blocking" else f" ({outcome.tier})")
    figures = ("", "", "", "", "")
    if (test := outcome.test) is not None:
        unit = outcome.unit
        figures = (
            points(test.baseline, unit),
            points(test.candidate, unit),
            points(test.value, unit, signed=True),
            f"{points(test.low, unit, signed=True)} to {points(test.high, unit, signed=True)}",
            margin_text(test.margin, unit),
        )
    return (_MARKS[outcome.verdict], name, outcome.verdict, *figures, md(outcome.text, 500))


def _flips(found: Sequence[Flip], most: int | None) -> list[str]:
    worse = sum(not f.better for f in found)
    lines = [f"### Flips: {worse} worse, {len(found) - worse} better", ""]
    if not found:
        return [*lines, "None."]
    for flip in found[:most]:
        lines += _flip(flip)
    if most is not None and len(found) > most:
        lines += [f"… and {len(found) - most} more in gate.json."]
    return lines


def _flip(flip: Flip) -> list[str]:
    what = "better" if flip.better else "worse"
    credit = f"{points(flip.credit_before, 'share')} → {points(flip.credit_after, 'share')}"
    why = f", {flip.diagnosis}" if flip.diagnosis else ""
    waived = f", waived until {flip.waiver.until}: {md(flip.waiver.reason)}" if flip.waiver else ""
    return [
        f"**{md(flip.item.id)}** {what} ({credit}{why}){waived}: {md(flip.item.question, 500)}",
        "",
        *(f"> {md(sentence, 1000)}" for sentence in flip.sentences),
        *([""] if flip.sentences else []),
        f"- expected: {md(flip.expected)}",
        f"- baseline: {md(flip.before) or '(empty)'}",
        f"- candidate: {md(flip.after) or '(empty)'}",
        "",
    ]
