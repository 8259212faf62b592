"""A leaderboard as JSON: everything the other forms show, in twelve digits."""

from __future__ import annotations

import json
from typing import Any

from bench.canonical import to_json
from bench.reports.board import Board, tie_groups, winner
from bench.reports.board_columns import Layout


def render(board: Board, layout: Layout) -> str:  # noqa: ARG001 - all columns, all digits
    """A JSON object, keys sorted; estimates as 0–1, in digits that do not depend on a machine's arithmetic."""
    content = _rounded(
        {
            "format": 1,
            "kind": "leaderboard",
            **to_json(board),
            "tie_groups": [list(group) for group in tie_groups(board.rows)],
            "first": winner(board.rows),
        }
    )
    return json.dumps(content, indent=2, sort_keys=True, allow_nan=False) + "\n"


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.12g}")
    if isinstance(value, dict):
        return {k: _rounded(v) for k, v in value.items()}
    return [_rounded(v) for v in value] if isinstance(value, list) else value
