"""The report of a run as Markdown: headline, metrics, slices, and every miss with its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bench.diagnosis.labels import EXPLANATIONS
from bench.records import Estimate
from bench.reports.inert import markdown as md
from bench.reports.truncation import read_of, truncation_line
from bench.reports.view import (
    Miss,
    RunView,
    counted,
    given_answer,
    how_made,
    interval,
    misses,
    number,
    percent,
    text_bar,
    usage_line,
)
from bench.stats.confidence import Point

_SHOWN = 500  # misses in full; a report is for reading
_AXIS_TITLES = {
    "answerable": "Answerable and unanswerable",
    "answer_type": "By answer type",
    "skill": "By skill",
    "unanswerable_reason": "Unanswerable items by reason",
    "difficulty": "By difficulty",
    "status": "Items outside the headline by status",
    "variant": "By variant",
}


def render(view: RunView) -> str:
    """The whole report; the same view gives the same bytes."""
    manifest, summary = view.manifest, view.summary
    parts = [
        f"# {md(manifest['model']['name'])} on {md(view.dataset.name)} {md(view.dataset.version)}",
        "",
        *_headline(view),
        "",
        *_metrics(view),
    ]
    for axis, labels in summary.slices.items():
        parts += ["", f"## {_AXIS_TITLES.get(axis, axis)}", "", *_slice_table(labels)]
    parts += ["", *_confidence(view), *_diagnoses(view), *_misses(view), "", *_provenance(view)]
    return "\n".join(parts) + "\n"


def _headline(view: RunView) -> list[str]:
    summary, counts = view.summary, view.summary.counts
    lines = []
    if summary.headline is None:
        lines.append(f"{summary.headline_name.capitalize()}.")
    else:
        h = summary.headline
        lines.append(
            f"**{percent(h.value)}** {summary.headline_name}, 95 % interval {interval(h)} ({md(how_made(h))})."
        )
    lines.append("")
    lines.append(
        f"{counted(counts['headline_items'], 'item')} in the headline, {counts['items']:,} asked, on "
        f"{counted(counts['articles'], 'article')}; {counts['failed']:,} failed, {counts['abstained']:,} abstained, "
        f"{counts['refused']:,} refused, {counts['truncated']:,} truncated."
    )
    if usage := view.usage:
        lines += ["", f"{usage_line(usage).replace('$', 'US$ ')}."]
    if cut := truncation_line(view):
        lines += ["", f"**Cut**: {cut}"]
    if view.manifest["dataset"]["partial"]:
        lines += ["", "**Partial run** (`limit` or `where`): comparable with runs of the same items only."]
    if not view.manifest["model"]["pinned"]:
        lines += ["", "**Unpinned model**: the same name may answer differently tomorrow."]
    return lines


def _metrics(view: RunView) -> list[str]:
    units = view.signature["units"]
    rows = [
        (name, number(e.value, units[name]), interval(e, units[name]), str(e.n_items), str(e.n_articles))
        for name, e in view.summary.metrics.items()
    ]
    return table(("metric", "value", "95 % interval", "items", "articles"), rows, numeric_from=1)


def _slice_table(labels: Mapping[str, Estimate]) -> list[str]:
    rows = [
        (md(label), percent(e.value), interval(e), str(e.n_items), str(e.n_articles))
        for label, e in labels.items()
    ]
    return table(("", "correct", "95 % interval", "items", "articles"), rows, numeric_from=1)


def table(
    header: tuple[str, ...], rows: Iterable[tuple[str, ...]], numeric_from: int, numeric_to: int | None = None
) -> list[str]:
    """A Markdown table; columns from `numeric_from` on are right-aligned, before `numeric_to` where given."""
    numeric = range(numeric_from, len(header) if numeric_to is None else numeric_to)
    rule = ["---:" if n in numeric else "---" for n in range(len(header))]
    return ["| " + " | ".join(cells) + " |" for cells in (header, tuple(rule), *rows)]


def _diagnoses(view: RunView) -> list[str]:
    found = view.summary.diagnoses
    if not found:
        return []
    most = max(found.values())
    rows = [
        (md(name), md(EXPLANATIONS.get(name, "")), str(n), text_bar(n / most)) for name, n in found.items()
    ]
    header = ("diagnosis", "what was given", "answers", "")
    return ["## Why it missed", "", *table(header, rows, numeric_from=2, numeric_to=3), ""]


def _confidence(view: RunView) -> list[str]:
    """Calibration and selective answering, where answers state a confidence."""
    found = view.summary.confidence
    if found is None:
        return []
    lines = [
        "## Confidence",
        "",
        f"{found.n} of {found.of} answers state a confidence.",
        "",
        f"- Brier score {number(found.brier.value, 'points', 3)}, 95 % interval "
        f"{interval(found.brier, 'points', 3)} (0 is best; always saying 0.5 gives 0.25)",
        f"- expected calibration error {number(found.ece, 'points', 3)} over {len(found.bins)} bins of equal mass",
        f"- area under the risk–coverage curve {number(found.aurc, 'points', 3)} (0 is best)",
        "",
    ]
    bins = [(percent(b.confidence), percent(b.correct), str(b.n), text_bar(b.correct)) for b in found.bins]
    lines += [*table(("confidence", "correct", "answers", ""), bins, numeric_from=0, numeric_to=3), ""]
    lines += ["Answering only from a confidence up:", ""]
    points = [
        (f"{p.threshold:.3g}", percent(p.coverage), percent(1.0 - p.risk)) for p in _deciles(found.curve)
    ]
    return [*lines, *table(("from confidence", "answered", "correct of these"), points, numeric_from=0), ""]


def _deciles(curve: Sequence[Point]) -> list[Point]:
    """The first point at or beyond each tenth of coverage, each once."""
    wanted = (next(p for p in curve if p.coverage >= tenth / 10 - 1e-9) for tenth in range(1, 11))
    return list(dict.fromkeys(wanted))


def _misses(view: RunView) -> list[str]:
    found = misses(view)
    lines = [f"## Misses ({len(found)})", ""]
    if len(found) > _SHOWN:
        lines += [f"The first {_SHOWN}; scores.jsonl holds all.", ""]
    for miss in found[:_SHOWN]:
        lines += _miss(miss)
    return lines if found else [*lines, "None."]


def _miss(miss: Miss) -> list[str]:
    item, value = miss.item, miss.score.values["correct"]
    credit = f", credit {percent(value)}" if value else ""
    lines = [f"### {md(item.id)} ({item.answer_type}{credit})", "", f"**{md(item.question, 500)}**", ""]
    lines += [f"> {md(sentence, 1000)}" for sentence in miss.sentences]
    lines += [
        "",
        f"- expected: {md(miss.expected)}",
        f"- answered: {md(given_answer(miss.score)) or '(empty)'}",
    ]
    if miss.prediction.error is not None:
        error = miss.prediction.error
        lines.append(f"- failed: {md(error.type)}: {md(error.message)}")
    if read := read_of(miss.prediction):
        lines.append(f"- read: {read}")
    if miss.score.diagnosis:
        lines.append(f"- diagnosis: {miss.score.diagnosis}")
    return [*lines, ""]


def _provenance(view: RunView) -> list[str]:
    return [
        "## How this was made",
        "",
        f"- scored: `{view.signature['line']}`",
        f"- run: `{view.manifest['run_id'][:12]}`",
        f"- command: `{view.manifest['command'].replace('`', ' ')}`",
    ]
