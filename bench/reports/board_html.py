"""A leaderboard as one page: intervals drawn, sorted and sliced in place, pairs, cost and risk as plots."""

from __future__ import annotations

from bench.reports import board_text
from bench.reports.board import Board, BoardRow, rank_text, winner
from bench.reports.board_columns import IN_TEXT, Column, Layout, marked, marks, pick
from bench.reports.board_plots import cost_plot, pair_table, risk_plot
from bench.reports.board_script import SCRIPT
from bench.reports.page import attribute, data_block, page, text
from bench.reports.svg import interval_bar
from bench.reports.view import interval, percent

_STYLE = """
.scale { stroke: var(--line); } .whisker { stroke: var(--blue); stroke-width: 2; } .dot { fill: var(--blue); } .mark { stroke: var(--amber); stroke-dasharray: 3 3; }
.ref { color: var(--soft); font-style: italic; } .ref .whisker { stroke: var(--soft); } .ref .dot { fill: var(--soft); }
.first th, .first td { font-weight: 650; }
.grid { stroke: var(--line); } .curve { fill: none; stroke: var(--blue); stroke-width: 2; } svg .name { fill: var(--ink); }
thead button { background: none; border: 0; padding: 0; font-weight: 600; cursor: pointer; text-align: inherit; white-space: nowrap; }
thead button:hover, [aria-sort] button { text-decoration: underline; text-underline-offset: .25rem; }
[aria-sort] button { color: var(--ink); } [aria-sort=ascending] button::before { content: "\\2191 "; }
[aria-sort=descending] button::before { content: "\\2193 "; }
.bar { display: flex; gap: .75rem; align-items: center; flex-wrap: wrap; }
.up { background: var(--bluewash); } .down { background: var(--amberwash); }
.pairs td, .pairs th { padding: .3rem .6rem; } .plain { list-style: none; padding: 0; }
"""
_INTERVAL = "interval"


def render(board: Board, layout: Layout) -> str:
    """The page; the same board gives the same bytes. Without its script it is a still table with all slices."""
    digits = 1 if layout.digits is None else layout.digits
    body = [
        f"<h1>Leaderboard: {text(board.dataset)}</h1>",
        f'<p class="soft">{text(board_text.summary(board))}</p>',
        f"<p><strong>{text(board_text.first_place(board))}</strong> {text(board_text.ranks(board))}</p>",
        *_choice(board),
        *_table(board, pick(board, layout, IN_TEXT), digits),
        *_notes(board),
        *pair_table(board),
        *cost_plot(board),
        *risk_plot(board),
        *_slices(board, digits),
        *_left_out(board),
        *_made_with(board),
        data_block("slices", _slice_data(board)),
    ]
    return page(f"Leaderboard: {board.dataset}", body, SCRIPT, _STYLE)


def _choice(board: Board) -> list[str]:
    """The slice to rank by; only a script can use it, so only a script shows it."""
    options = "".join(
        f"<option value={attribute(name)}>{text(name)}</option>" for name in _slice_names(board)
    )
    return [
        '<div class="bar screen" id="choice" hidden><label for="slice">Show</label>'
        f'<select id="slice"><option value="">headline: {text(board.headline_name)}</option>{options}</select>'
        '<span id="said" class="soft" role="status"></span></div>'
    ]


def _table(board: Board, columns: tuple[Column, ...], digits: int) -> list[str]:
    low, high, mark = _scale(board)
    drawn = f'<th scope="col" id="scale">{percent(low, 0)} to {percent(high, 0)}</th>'
    head = _beside_interval([_head(c) for c in columns], columns, drawn)
    rows = []
    for row in board.rows:
        kind = "ref" if row.reference else "first" if row.name == winner(board.rows) else ""
        bar = f'<td class="drawn">{interval_bar(row.headline, low, high, mark)}</td>'
        cells = _beside_interval([_cell(row, c, digits) for c in columns], columns, bar)
        rows.append(f'<tr class="{kind}" data-name={attribute(row.name)}>{"".join(cells)}</tr>')
    return [
        '<div class="scroll" tabindex="0" role="region" aria-label="Leaderboard"><table id="board">',
        f"<caption><span>{text(_caption(board))}</span></caption>",
        f"<thead><tr>{''.join(head)}</tr></thead>",
        f"<tbody>{''.join(rows)}</tbody></table></div>",
    ]


def _head(column: Column) -> str:
    key = "" if column.key == _INTERVAL else f" data-key={attribute(column.key)}"
    return f'<th scope="col"{" class=n" if column.numeric else ""}{key}>{text(column.heading)}</th>'


def _beside_interval(cells: list[str], columns: tuple[Column, ...], drawn: str) -> list[str]:
    """The cells with the drawing after the interval it draws, or at the end."""
    place = next((n + 1 for n, c in enumerate(columns) if c.key == _INTERVAL), len(cells))
    return [*cells[:place], drawn, *cells[place:]]


def _caption(board: Board) -> str:
    best = next((r for r in board.rows if r.reference), None)
    return "Best first." + (f" The dashed line is {best.name}, a yardstick without a rank." if best else "")


def _cell(row: BoardRow, column: Column, digits: int) -> str:
    shown = text(column.text(row, digits))
    if column.key == "model":
        safe = row.link is not None and row.link.startswith(("https://", "http://"))
        name = f'<a href={attribute(row.link or "")} rel="noopener nofollow">{shown}</a>' if safe else shown
        return f'<th scope="row">{name}{marks(row)}</th>'
    value = row.rank.low if column.key == "rank" and row.rank else column.value(row)
    order = f" data-v={attribute(f'{value:.10g}')}" if isinstance(value, int | float) else ""
    return f'<td class="{"n" if column.numeric else ""}" data-c={attribute(column.key)}{order}>{shown}</td>'


def _scale(board: Board) -> tuple[float, float, float | None]:
    """The scale that all intervals share, in steps of ten points, and where the best yardstick stands."""
    ends = [
        v for r in board.rows for v in (r.headline.value, r.headline.low, r.headline.high) if v is not None
    ]
    low, high = min(ends, default=0.0), max(ends, default=1.0)
    mark = next((r.headline.value for r in board.rows if r.reference), None)
    return max(0.0, int(low * 10) / 10), min(1.0, -int(-high * 10 // 1) / 10), mark


def _notes(board: Board) -> list[str]:
    notes = [*board_text.ties(board), *board.notes, *(f"{sign} {meaning}" for sign, meaning in marked(board))]
    return [f"<ul>{''.join(f'<li>{text(n)}</li>' for n in notes)}</ul>"] if notes else []


def _slice_names(board: Board) -> list[str]:
    return sorted(
        {_named(axis, label) for r in board.rows for axis, found in r.slices.items() for label in found}
    )


def _named(axis: str, label: str) -> str:
    return label if axis == "answerable" else f"{axis.replace('_', ' ')}: {label.replace('_', ' ')}"


def _slice_data(board: Board) -> dict[str, dict[str, list[float | int | None]]]:
    """Slice → row → [value, low, high, items], in percent."""
    made: dict[str, dict[str, list[float | int | None]]] = {}
    for row in board.rows:
        for axis, found in row.slices.items():
            for label, e in found.items():
                figures = [None if v is None else round(100 * v, 3) for v in (e.value, e.low, e.high)]
                made.setdefault(_named(axis, label), {})[row.name] = [*figures, e.n_items]
    return made


def _slices(board: Board, digits: int) -> list[str]:
    """Every slice of every row, for those without the script, for paper and for reading across."""
    names = _slice_names(board)
    if not names:
        return []
    found = {
        r.name: {_named(a, k): e for a, es in r.slices.items() for k, e in es.items()} for r in board.rows
    }
    head = "".join(f'<th scope="col" class="n">{text(r.name, 24)}</th>' for r in board.rows)
    rows = []
    for name in names:
        cells = []
        for row in board.rows:
            e = found[row.name].get(name)
            cells.append(
                f'<td class="n" title={attribute(interval(e) if e else "")}>{percent(e.value if e else None, digits)}</td>'
            )
        items = next((found[r.name][name].n_items for r in board.rows if name in found[r.name]), 0)
        rows.append(f'<tr><th scope="row">{text(name)}</th><td class="n">{items}</td>{"".join(cells)}</tr>')
    return [
        "<h2>By slice</h2>",
        '<div class="scroll" tabindex="0" role="region" aria-label="By slice"><table><caption><span>Mean of the typed match in each slice, in percent.</span></caption>',
        f'<thead><tr><th scope="col">slice</th><th scope="col" class="n">items</th>{head}</tr></thead>',
        f"<tbody>{''.join(rows)}</tbody></table></div>",
    ]


def _left_out(board: Board) -> list[str]:
    if not board.left_out:
        return []
    entries = "".join(f"<li>{text(o.name)}: {text(o.reason)}</li>" for o in board.left_out)
    return ["<h2>Not on the board</h2>", f"<ul>{entries}</ul>"]


def _made_with(board: Board) -> list[str]:
    rows = "".join(
        f'<tr><th scope="row">{text(r.name)}</th><td class="n">{rank_text(r)}</td><td><code>{text(r.command)}</code></td></tr>'
        for r in board.rows
    )
    return [
        "<h2>Made with</h2>",
        f"<p class=soft>Scored as <code>{text(board.signature)}</code></p>",
        '<div class="scroll" tabindex="0" role="region" aria-label="Commands"><table><thead><tr><th scope="col">model</th>'
        f'<th scope="col" class="n">rank</th><th scope="col">command</th></tr></thead><tbody>{rows}</tbody></table></div>',
    ]
