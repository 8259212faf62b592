"""A leaderboard in the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from bench.reports import board_text
from bench.reports.board import Board, winner
from bench.reports.board_columns import IN_TEXT, Layout, marked, marks, pick
from bench.reports.console import grid
from bench.reports.inert import plain


def show_board(console: Console, board: Board, layout: Layout) -> None:
    """The table, how to read it, and who is not on it."""
    columns, digits = pick(board, layout, IN_TEXT), 1 if layout.digits is None else layout.digits
    first = winner(board.rows)
    console.print(Text(plain(board_text.summary(board), 1000), style="bold"))
    table = grid(*((c.heading, "right" if c.numeric else "left") for c in columns))
    for row in board.rows:
        cells = [
            Text(plain(c.text(row, digits), 60) + (marks(row) if c.key == "model" else "")) for c in columns
        ]
        table.add_row(*cells, style="dim" if row.reference else "bold" if row.name == first else None)
    console.print(table)
    notes = [board_text.first_place(board), board_text.ranks(board), *board_text.ties(board), *board.notes]
    for text in [*notes, *(f"{sign} {meaning}" for sign, meaning in marked(board))]:
        console.print(Text(plain(text, 1000), style="dim"))
    for out in board.left_out:
        console.print(Text(f"not on the board: {plain(out.name)}: {plain(out.reason, 400)}", style="red"))
