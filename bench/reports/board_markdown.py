"""A leaderboard as Markdown: for a repository's page, and between the markers of a README."""

from __future__ import annotations

from bench.reports import board_text
from bench.reports.board import Board, BoardRow, winner
from bench.reports.board_columns import IN_TEXT, Column, Layout, marked, marks, pick
from bench.reports.inert import markdown as md

_SAFE_LINK = ("https://", "http://")


def render(board: Board, layout: Layout) -> str:
    """The whole page; the same board gives the same bytes."""
    lines = [
        f"# Leaderboard: {md(board.dataset)}",
        "",
        md(board_text.summary(board)),
        "",
        *block(board, layout),
        "",
    ]
    if board.left_out:
        lines += ["## Not on the board", ""]
        lines += [f"- {md(o.name)}: {md(o.reason, 1000)}" for o in board.left_out]
        lines += [""]
    lines += ["## Made with", "", f"Scored as `{board.signature.replace('`', '')}`.", ""]
    lines += _table(["model", "command"], [(md(r.name), f"`{_code(r.command)}`") for r in board.rows], [])
    return "\n".join(lines) + "\n"


def block(board: Board, layout: Layout) -> list[str]:
    """The table with its notes, as it stands in a README."""
    columns, digits = pick(board, layout, IN_TEXT), 1 if layout.digits is None else layout.digits
    first = winner(board.rows)
    rows = [tuple(_cell(row, column, digits, first) for column in columns) for row in board.rows]
    numeric = [n for n, c in enumerate(columns) if c.numeric]
    lines = _table([c.heading for c in columns], rows, numeric)
    notes = [
        board_text.first_place(board),
        board_text.ranks(board),
        *(f"{sign} {meaning}." for sign, meaning in marked(board)),
    ]
    notes += [f"{text}." for text in board_text.ties(board)] + list(board.notes)
    if any(row.reference for row in board.rows):
        notes.append("Yardsticks, in italics, take no rank.")
    return [*lines, "", *(f"- {md(note[:1].upper() + note[1:], 1000)}" for note in notes)]


def _cell(row: BoardRow, column: Column, digits: int, first: str | None) -> str:
    text = md(column.text(row, digits))
    if column.key != "model":
        return f"**{text}**" if column.key == "headline" and row.name == first else text
    text = md(row.name)
    if row.link and row.link.startswith(_SAFE_LINK):
        text = f"[{text}](<{md(row.link, 500)}>)"
    if row.reference:
        text = f"*{text}*"
    return (f"**{text}**" if row.name == first else text) + marks(row)


def _table(header: list[str], rows: list[tuple[str, ...]], numeric: list[int]) -> list[str]:
    rule = ["---:" if n in numeric else "---" for n in range(len(header))]
    return [f"| {' | '.join(cells)} |" for cells in (header, rule, *rows)]


def _code(text: str) -> str:
    return text.replace("`", "'").replace("|", "\\|").replace("\n", " ")
