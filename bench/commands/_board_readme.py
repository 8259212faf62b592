"""The block of a README that holds a board, between two markers."""

from __future__ import annotations

from pathlib import Path

from bench.errors import UsageError
from bench.reports.board import Board
from bench.reports.board_columns import Layout
from bench.reports.board_markdown import block
from bench.store.files import read_bytes

START, END = "<!-- dateline leaderboard -->", "<!-- /dateline leaderboard -->"


def with_block(path: Path, board: Board, layout: Layout) -> str:
    """The file's text with the board between its markers; UsageError when they are not there exactly once."""
    if not path.is_file():
        raise UsageError(f"readme={path}: no such file")
    text = read_bytes(path).decode("utf-8")
    if text.count(START) != 1 or text.count(END) != 1 or text.index(START) > text.index(END):
        raise UsageError(
            f"readme={path}: put these two lines, once each, where the board belongs:\n{START}\n{END}"
        )
    head, _, rest = text.partition(START)
    tail = rest.partition(END)[2]
    return "\n".join([head + START, "", *block(board, layout), "", END + tail])
