"""Rank sealed runs or published bundles, with ties and intervals: md, csv, tex, html, json, hub files"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from omegaconf import DictConfig

from bench.build import locate
from bench.commands._board_entries import PUBLISHED, entries_of
from bench.commands._board_hub import hub_files
from bench.commands._board_readme import with_block
from bench.commands._console import complain, note, say, stdout
from bench.commands._nodes import plain, results_root
from bench.comparing.board import make_board
from bench.errors import UsageError, counted
from bench.reports.board import Board
from bench.reports.board_columns import Layout, pick
from bench.reports.board_console import show_board
from bench.store.files import make_dir, read_bytes, write_atomic
from bench.store.runs import safe_name

Render = Callable[[Board, Layout], str]


@dataclass
class Config:
    """The keys of `dateline leaderboard`; configs/leaderboard.yaml says what they mean."""

    board: dict[str, Any] = field(default_factory=dict)
    runs: Any = None
    out: str | None = None
    check: bool = False
    columns: Any = None
    digits: int | None = None
    yardsticks: list[str] = field(default_factory=list)
    max_failed: int = 0
    readme: str | None = None
    hub_dataset: str | None = None
    hub_task: str = "default"
    results_dir: str = "results"
    allow_external_code: bool = False


def main(config: DictConfig) -> dict[str, Any]:
    """0 when the board was written, or is up to date; 3 when `check=true` finds a stale file."""
    results = results_root(config)
    layout = _layout(config)
    entries, left_out = entries_of(config.runs, results)
    board = make_board(
        entries, left_out, yardsticks=list(config.yardsticks), max_failed=int(config.max_failed)
    )
    pick(board, layout, ())  # an unknown column is said before anything is written
    out = Path(config.out) if config.out else place_of(config.runs, results)
    files = {out / name: render(board, layout) for name, render in _renders(config).items()}
    if config.hub_dataset is not None:
        files |= hub_files(board, out, str(config.hub_dataset), str(config.hub_task))
    if config.readme is not None:
        files[Path(config.readme)] = with_block(Path(config.readme), board, layout)
    if config.check:
        return _check(files)
    show_board(stdout(), board, layout)
    for path, text in files.items():
        make_dir(path.parent)
        write_atomic(path, text.encode("utf-8", "backslashreplace"))
        say(f"board: {path}")
    for name in (o.name for o in board.left_out):
        note(f"{name} is not on the board; the table says why")
    return {"code": 0}


def place_of(runs: Any, results: Path) -> Path:
    """The folder of a board without out=: `results` for that of the published bundles, else one named by `runs`.

    So a look at other runs never takes the place of the board that is kept.
    """
    words = [] if runs is None else [runs] if isinstance(runs, str) else [str(word) for word in runs]
    if not words or [Path(word).resolve() for word in words] == [(results / PUBLISHED).resolve()]:
        return results
    named = " ".join(words)
    return results / "boards" / (safe_name(named) if named.strip("*/ ") else "all")


def _layout(config: DictConfig) -> Layout:
    columns = config.columns
    if isinstance(columns, str):
        columns = [c.strip() for c in columns.split(",")]
    if config.digits is not None and not 0 <= config.digits <= 6:
        raise UsageError(f"digits={config.digits}: from 0 to 6")
    return Layout(columns=None if columns is None else tuple(map(str, columns)), digits=config.digits)


def _renders(config: DictConfig) -> dict[str, Render]:
    """File name → render function of the chosen forms."""
    forms = {}
    for name, node in (plain(config.board) if config.get("board") else {}).items():
        file = str(node.get("file", ""))
        if not file or Path(file).name != file:
            raise UsageError(f"board.{name}.file: {file!r} is not a file name")
        forms[file] = locate(str(node.get("_target_")), f"board.{name}", bool(config.allow_external_code))
    return forms


def _check(files: dict[Path, str]) -> dict[str, Any]:
    stale = []
    for path, text in files.items():
        if not path.is_file():
            stale.append(f"{path}: missing")
        elif read_bytes(path) != text.encode("utf-8", "backslashreplace"):
            stale.append(f"{path}: not what the runs give today")
    for text in stale:
        complain(f"{text}; write it again with the same command without check=true")
    if not stale:
        say(f"{counted(len(files), 'file is', 'files are')} up to date")
    return {"code": 3 if stale else 0}
