"""A leaderboard as CSV: numbers as numbers, text that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io

from bench.reports.board import Board
from bench.reports.board_columns import IN_DATA, Layout, Value, known_columns, pick
from bench.reports.inert import plain

_DIGITS = 4
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def render(board: Board, layout: Layout) -> str:
    """One row per model, a header first; shares as 0–100. Without chosen columns: all the usual ones, empty or not."""
    known = known_columns(board)
    columns = pick(board, layout, ()) if layout.columns else tuple(known[k] for k in IN_DATA if k in known)
    digits = _DIGITS if layout.digits is None else layout.digits
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([c.key for c in columns])
    writer.writerows([_cell(c.value(row), digits) for c in columns] for row in board.rows)
    return out.getvalue()


def _cell(value: Value, digits: int) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.{digits}f}"
    if isinstance(value, int):
        return str(value)
    text = plain(value, 500)
    return f"'{text}" if text.startswith(_FORMULA) else text
