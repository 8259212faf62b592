"""A comparison of two runs as blocks: why, the paired differences, the flips."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from bench.diagnosis.labels import EXPLANATIONS
from bench.errors import counted
from bench.reports.blocks import Block, Bullets, Heading, Para, Quote, Table
from bench.reports.comparison import CAUSES, RIGHT, Comparison, Flip, Row, Said, Side
from bench.reports.view import number, p_equals, p_text, percent, signed

# Slices are named as where= takes them, so that a reader can look into one.
_WHERE_FIELD = {"answer_type": "type", "unanswerable_reason": "reason"}
_CLASSES = {"answerable": "answerable=true", "unanswerable": "answerable=false"}
_FACT_WIDTH = 60
_HEADER = (
    "", "a", "b", "b − a", "95 % interval", "p", "p adj.", "detectable", "up : down", "items / articles",
)  # fmt: skip


def compare_blocks(found: Comparison, shown_flips: int, shown_slices: int) -> list[Block]:
    """The whole report, with at most so many flips in full, and so many slices and kinds of flips."""
    what = f" where {found.where}" if found.where else ""
    return [
        Heading(level=1, text=f"{found.b.title} (b) against {found.a.title} (a) on {found.a.dataset}{what}"),
        Para(text=found.verdict, tone="strong"),
        Bullets(entries=tuple(("", note) for note in found.notes)),
        *_why(found),
        *_differences(found),
        *_slices(found, shown_slices),
        *_setup(found.a, found.b),
        *_flips(found, shown_flips, shown_slices),
    ]


def _why(found: Comparison) -> list[Block]:
    row = found.headline
    if row is None:
        return []
    rows = []
    for part in found.parts:
        rows.append((part.cause, _points(part.a), _points(part.b), signed(part.gain, 2)))
        rows += [
            (f"· {label}", _points(a), _points(b), signed(a - b, 2)) for label, (a, b) in part.labels.items()
        ]
    rows.append(("together", _points(_lost(row.a)), _points(_lost(row.b)), signed(row.difference.value, 2)))
    levels = f"a {percent(row.a)}, b {percent(row.b)}, difference {signed(row.difference.value)} points"
    return [
        Heading(level=2, text="Why"),
        Para(text=f"{found.headline_name.capitalize()}: {levels}. By cause of the misses, in exact parts:"),
        Table(
            header=("points of the headline lost to", "by a", "by b", "gained by b"),
            rows=tuple(rows),
        ),
        *_matrix(found),
    ]


def _matrix(found: Comparison) -> list[Block]:
    """Causes of a against causes of b."""
    before = [name for name in (RIGHT, *CAUSES) if any(cell.before == name for cell in found.matrix)]
    after = [name for name in (RIGHT, *CAUSES) if any(cell.after == name for cell in found.matrix)]
    cells = {(cell.before, cell.after): cell for cell in found.matrix}

    def text(one: str, two: str) -> str:
        cell = cells.get((one, two))
        if cell is None:
            return "·"
        return f"{cell.answers} ({signed(cell.points, 2)})" if cell.points else f"{cell.answers}"

    lead = "What became of a's answers (rows) in b (columns): answers, and their points of the difference."
    rows = tuple((one, *(text(one, two) for two in after)) for one in before)
    return [Para(text=lead, tone="dim"), Table(header=("a ↓  b →", *after), rows=rows)]


def _lost(level: float | None) -> float | None:
    return None if level is None else 1.0 - level


def _differences(found: Comparison) -> list[Block]:
    rows = ([found.headline] if found.headline else []) + list(found.metrics)
    blocks: list[Block] = [
        Heading(level=2, text="Paired differences"),
        Table(header=_HEADER, rows=tuple(_row(row) for row in rows)),
    ]
    if found.headline is None:
        return blocks
    d = found.headline.difference
    exact = (
        ""
        if d.p_mcnemar is None
        else f" For these very items alone, McNemar's exact {p_equals(d.p_mcnemar)}."
    )
    note = (
        f"Headline: {d.method}.{exact} p by sign flips of whole articles; of the metrics adjusted by Holm. "
        "Detectable: the smallest true difference found with 80 % probability. Up : down: items on which b does "
        "better and worse."
    )
    return [*blocks, Para(text=note, tone="dim")]


def _slices(found: Comparison, shown: int) -> list[Block]:
    """The slices, all of them in their order, or the surest so many."""
    every = [(axis, row) for axis, rows in found.slices.items() for row in rows]
    if not every:
        return []
    surest = set(sorted(range(len(every)), key=lambda n: _sureness(every[n][1]))[:shown])
    rows = [
        (_slice_name(axis, row.name), *_row(row)[1:]) for n, (axis, row) in enumerate(every) if n in surest
    ]
    note = "Slices show where to look: p adjusted by Benjamini and Hochberg over all of them."
    if len(rows) < len(every):
        note += f" The {len(rows)} surest of {len(every)}; files hold all."
    return [
        Heading(level=2, text="By slice"),
        Table(header=("correct", *_HEADER[1:]), rows=tuple(rows)),
        Para(text=note, tone="dim"),
    ]


def _slice_name(axis: str, label: str) -> str:
    return _CLASSES[label] if axis == "answerable" else f"{_WHERE_FIELD.get(axis, axis)}={label}"


def _sureness(row: Row) -> tuple[float, float]:
    d = row.difference
    return (2.0 if d.p_sign_flip is None else d.p_sign_flip), -abs(d.value or 0.0)


def _row(row: Row) -> tuple[str, ...]:
    d, digits = row.difference, 1 if row.unit == "share" else 2
    low, high = (signed(v, digits, row.unit) for v in (d.low, d.high))
    return (
        row.name,
        number(row.a, row.unit, digits),
        number(row.b, row.unit, digits),
        signed(d.value, digits, row.unit),
        "–" if d.low is None or d.high is None else f"{low} to {high}",
        p_text(d.p_sign_flip),
        p_text(row.p_adjusted),
        "–"
        if d.p_note is not None  # what no test could find has no size that it would find
        else ">100"
        if row.unit == "share" and d.mde is not None and d.mde > 1.0
        else number(d.mde, row.unit, digits),
        "–" if d.noise is None else f"{d.better} : {d.worse}",
        f"{d.n_items} / {d.n_articles}",
    )


def _setup(a: Side, b: Side) -> list[Block]:
    """What differs in how the answers of the two were made and read."""
    names = [n for n in dict.fromkeys((*a.facts, *b.facts)) if a.facts.get(n) != b.facts.get(n)]
    if not names:
        return []
    rows = tuple((n, _cut(a.facts.get(n)), _cut(b.facts.get(n))) for n in names)
    return [
        Heading(level=2, text="What differs between the sides"),
        Table(header=("", "a", "b"), rows=rows, numeric_from=3),
    ]


def _cut(text: str | None) -> str:
    if text is None:
        return "–"
    return text if len(text) <= _FACT_WIDTH else text[: _FACT_WIDTH - 1] + "…"


def _flips(found: Comparison, shown: int, shown_kinds: int) -> list[Block]:
    if not found.flips:
        return [
            Heading(level=2, text="Flips (0)"),
            Para(text="Every item gets the same credit on both sides."),
        ]
    chosen = fair_share(found.flips, shown)
    blocks: list[Block] = [
        Heading(level=2, text=f"Flips ({len(found.flips)})"),
        _kinds(found.flips, shown_kinds),
    ]
    if len(chosen) < len(found.flips):
        blocks.append(
            Para(
                text=f"{len(chosen)} of them in full; flips=… shows more, the JSON form holds all.",
                tone="dim",
            )
        )
    for kind, group in groupby(chosen, key=lambda flip: flip.kind):
        blocks.append(Heading(level=3, text=" → ".join(kind)))
        for flip in group:
            blocks += _flip(flip)
    return blocks


def fair_share(flips: Sequence[Flip], shown: int) -> list[Flip]:
    """At most `shown` flips: one of every kind in turn, so that no kind crowds out the others; in their order."""
    groups = [list(group) for _, group in groupby(flips, key=lambda flip: flip.kind)]
    turns = sorted((n, g) for g, group in enumerate(groups) for n in range(len(group)))[:shown]
    return [groups[g][n] for g, n in sorted((g, n) for n, g in turns)]


def _kinds(flips: Sequence[Flip], shown: int) -> Table:
    found = [(kind, len(list(group))) for kind, group in groupby(flips, key=lambda flip: flip.kind)]
    rows = [(" → ".join(kind), *(EXPLANATIONS.get(k, k) for k in kind), str(n)) for kind, n in found[:shown]]
    if rest := found[shown:]:
        rows.append((counted(len(rest), "rarer kind"), "", "", str(sum(n for _, n in rest))))
    return Table(header=("kind", "in a", "in b", "items"), rows=tuple(rows), numeric_from=3)


def _flip(flip: Flip) -> list[Block]:
    variant = "" if flip.variant == "none" else f" ({flip.variant})"
    aside = "" if flip.in_headline else " [not in the headline]"
    entries = (("expected", flip.expected), ("a", _said(flip.a)), ("b", _said(flip.b)))
    blocks: list[Block] = [Para(text=f"{flip.item}{variant}{aside}  {flip.question}", tone="strong")]
    if flip.passage:
        blocks.append(Quote(lines=flip.passage))
    return [*blocks, Bullets(entries=entries)]


def _said(said: Said) -> str:
    """The answer as read, its credit and diagnosis, and the raw output or the error where it says more."""
    about = ", ".join(filter(None, (percent(said.value, 0), said.diagnosis)))
    text = f"{said.read or '(empty)'}  [{about}]"
    if said.error:
        return f"{text}  {said.error}"
    if said.raw is not None and said.raw.strip() not in ("", said.read):
        return f"{text}  raw: {said.raw.strip()}"
    return text


def _points(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.2f}"
