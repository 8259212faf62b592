"""The report of a run as one page: how well, on what, why not, and every item beside its article."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bench.diagnosis.labels import EXPLANATIONS
from bench.records import Estimate
from bench.reports.explorer import explorer
from bench.reports.page import page, text
from bench.reports.run_script import SCRIPT
from bench.reports.run_style import STYLE
from bench.reports.squad_rows import squad_rows
from bench.reports.svg import Series, chart, interval_bar
from bench.reports.view import RunView, counted, how_made, interval, number, percent, usage_line

_AXES = {
    "answer_type": "By answer type", "skill": "By skill", "answerable": "By class",
    "unanswerable_reason": "Unanswerable, by reason", "difficulty": "By difficulty", "status": "By status",
    "variant": "By variant",
}  # fmt: skip


def render(view: RunView) -> str:
    """The page; the same view gives the same bytes."""
    name = f"{view.manifest['model']['name']} on {view.dataset.name} {view.dataset.version}"
    body = [
        f"<h1>{text(name)}</h1>",
        *_headline(view),
        '<div class="columns">',
        *_section("Metrics", _metrics(view)),
        *_section("Why it missed", _diagnoses(view)),
        *_section("SQuAD 2.0, as the official script has it", _squad(view)),
        "</div>",
        *_part_of(view),
        *explorer([view]),
        '<div class="columns">',
        *(
            part
            for axis, labels in view.summary.slices.items()
            for part in _section(_AXES.get(axis, axis), _slice(axis, labels))
        ),
        "</div>",
        *_confidence(view),
        *_provenance(view),
    ]
    return page(name, body, SCRIPT, STYLE)


def _part_of(view: RunView) -> list[str]:
    if not view.left_out:
        return []
    shown = len(view.scores)
    return [
        f'<p class="soft">Below are the first {shown:,} answers; the figures are of all {shown + view.left_out:,}.</p>'
    ]


def _section(heading: str, content: list[str]) -> list[str]:
    return ["<section>", f"<h2>{text(heading)}</h2>", *content, "</section>"] if content else []


def _headline(view: RunView) -> list[str]:
    summary, counts = view.summary, view.summary.counts
    lines = []
    if (h := summary.headline) is not None:
        lines = [
            f'<p class="big">{percent(h.value)}</p>',
            f"<p>{text(summary.headline_name)}, 95 % interval {interval(h)} <span class=soft>({text(how_made(h))})</span></p>",
            interval_bar(h, 0.0, 1.0, width=460),
        ]
    else:
        lines = [f"<p>{text(summary.headline_name.capitalize())}.</p>"]
    said = (
        f"{counted(counts['headline_items'], 'item')} in the headline, {counts['items']:,} asked, on "
        f"{counted(counts['articles'], 'article')}; {counts['failed']:,} failed, {counts['abstained']:,} abstained, "
        f"{counts['refused']:,} refused, {counts['truncated']:,} truncated."
    )
    lines.append(f'<p class="soft">{said}</p>')
    if (usage := view.usage) is not None:
        lines.append(f'<p class="soft">{text(usage_line(usage))}</p>')
    if view.manifest["dataset"].get("partial"):
        lines.append(
            "<p><strong>Partial run</strong> (limit or where): comparable with runs of the same items only.</p>"
        )
    if not view.manifest["model"].get("pinned", True):
        lines.append("<p><strong>Unpinned model</strong>: the same name may answer differently tomorrow.</p>")
    return lines


def _table(heading: str, rows: list[tuple[str, str, str, str, str]], value: str) -> list[str]:
    """Rows of (name, value, interval, items, drawing)."""
    if not rows:
        return []
    head = f'<th scope="col">{text(heading)}</th><th scope="col" class="n">{value}</th><th scope="col" class="n">95 % interval</th>'
    head += '<th scope="col">0 to 100</th><th scope="col" class="n">items</th>'
    body = "".join(
        f'<tr><th scope="row">{name}</th><td class="n">{shown}</td><td class="n">{span}</td><td>{drawn}</td><td class="n">{n}</td></tr>'
        for name, shown, span, n, drawn in rows
    )
    region = f'<div class="scroll" tabindex="0" role="region" aria-label="{text(heading)}">'
    return [f"{region}<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"]


def _metrics(view: RunView) -> list[str]:
    units = view.signature["units"]
    rows = []
    for name, e in view.summary.metrics.items():
        share = units[name] == "share"
        drawn = interval_bar(e, 0.0, 1.0, width=120) if share else ""
        rows.append(
            (text(name), number(e.value, units[name]), interval(e, units[name]), str(e.n_items), drawn)
        )
    return _table("metric", rows, "value")


def _squad(view: RunView) -> list[str]:
    if view.squad is None:
        return []
    head = (
        '<th scope="col">questions</th><th scope="col" class="n">exact</th><th scope="col" class="n">F1</th>'
    )
    head += '<th scope="col" class="n">how many</th>'
    rows = "".join(
        f'<tr><th scope="row">{text(label)}</th><td class="n">{exact}</td><td class="n">{f1}</td><td class="n">{n}</td></tr>'
        for label, exact, f1, n in squad_rows(view.squad)
    )
    region = '<div class="scroll" tabindex="0" role="region" aria-label="SQuAD 2.0">'
    return [f"{region}<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"]


def _slice(axis: str, labels: Mapping[str, Estimate]) -> list[str]:
    rows = [
        (text(label), percent(e.value), interval(e), str(e.n_items), interval_bar(e, 0.0, 1.0, width=120))
        for label, e in labels.items()
    ]
    return _table(axis.replace("_", " "), rows, "correct")


def _diagnoses(view: RunView) -> list[str]:
    found = view.summary.diagnoses
    if not found:
        return []
    most = max(found.values())
    rows = "".join(
        f'<tr><th scope="row">{text(name)}</th><td class="n">{n}</td>'
        f'<td><svg width="120" height="14" viewBox="0 0 120 14" aria-hidden="true"><rect class="dot" width="{max(1.0, 120 * n / most):.1f}" height="10" y="2" rx="2"/></svg></td>'
        f'<td class="soft">{text(EXPLANATIONS.get(name, ""))}</td></tr>'
        for name, n in found.items()
    )
    head = '<th scope="col">diagnosis</th><th scope="col" class="n">answers</th><td></td><th scope="col">what was given</th>'
    return [
        '<div class="scroll" tabindex="0" role="region" aria-label="Why it missed"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    ]


def _confidence(view: RunView) -> list[str]:
    found = view.summary.confidence
    if found is None:
        return []
    curve = Series(name="error rate", points=tuple((100 * p.coverage, 100 * p.risk) for p in found.curve))
    bins = tuple((100 * b.confidence, 100 * b.correct) for b in found.bins)
    straight = Series(name="perfect", points=((0.0, 0.0), (100.0, 100.0)))
    figures = f"Brier score {number(found.brier.value, 'points', 3)}, {found.n} of {found.of} answers state a confidence."
    drawn = [
        chart(
            [straight, Series(name="this run", points=bins)],
            "stated confidence, %",
            "right, %",
            f"Calibration. {figures}",
        ),
        chart([curve], "answers given, % (surest first)", "wrong among them, %", "Risk over coverage."),
    ]
    return [
        "<h2>Confidence</h2>",
        f"<p>{text(figures)}</p>",
        *(f"<div class=scroll>{d}</div>" for d in drawn if d),
    ]


def _provenance(view: RunView) -> list[str]:
    manifest: Mapping[str, Any] = view.manifest
    facts = {
        "run": str(manifest["run_id"]),
        "command": str(manifest["command"]),
        "scored as": str(view.signature["line"]),
        "data": f"{view.dataset.name} {view.dataset.version}",
    }
    rows = "".join(f"<dt>{name}</dt><dd><code>{text(value)}</code></dd>" for name, value in facts.items())
    return ["<h2>Made with</h2>", f"<dl>{rows}</dl>"]
