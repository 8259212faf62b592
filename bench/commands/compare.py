"""Compare runs on the same items: why they differ, by how much, and on which items"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from omegaconf import DictConfig

from bench.canonical import to_json
from bench.commands._any_side import load_any
from bench.commands._console import say, stdout
from bench.commands._nodes import results_root
from bench.comparing.compare import compare_views
from bench.comparing.pairing import in_step
from bench.comparing.ranking import rank_views
from bench.errors import UsageError, nearest
from bench.reports import html_pair
from bench.reports.blocks import Block
from bench.reports.blocks_console import show_blocks
from bench.reports.blocks_html import to_html
from bench.reports.blocks_markdown import to_markdown
from bench.reports.compare import compare_blocks
from bench.reports.comparison import Comparison, Ranking
from bench.reports.ranking import ranking_blocks
from bench.reports.view import RunView
from bench.store import codec
from bench.store.files import make_dir, write_atomic

_IN_FILES = 500  # flips, slices and pairs in Markdown and HTML
_ON_CONSOLE = 12  # slices, and pairs
_ITEMS = "items.html"  # both runs item by item, where a folder is asked for
_SUFFIXES = {"markdown": ".md", "json": ".json", "html": ".html"}


@dataclass
class Config:
    """The keys of `dateline compare`; configs/compare.yaml says what they mean."""

    a: str | None = None
    b: str | None = None
    runs: Any = None
    where: str | None = None
    flips: int = 10
    format: str = "console"
    out: str | None = None
    results_dir: str = "results"


def main(config: DictConfig) -> dict[str, Any]:
    """0 when a comparison was made, whatever it says; 7 when the runs are not comparable."""
    wanted = _wanted_files(config)
    if config.flips < 0:
        raise UsageError(f"flips={config.flips}: 0 or more")
    views = _views(config)
    found: Comparison | Ranking
    if len(views) == 2:
        found = compare_views(views[0], views[1], config.where)
    else:
        found = rank_views(views, config.where)
    for form, path in wanted.items():  # before anything is shown: the reader of a pipe may leave (`| head`)
        make_dir(path.parent)
        write_atomic(path, _RENDER[form](found).encode("utf-8", "backslashreplace"))
    if len(views) == 2 and len(wanted) > 1:
        wanted["items"] = Path(config.out) / _ITEMS
        a, b = in_step(views)
        page = html_pair.render(a, b, config.where)
        write_atomic(wanted["items"], page.encode("utf-8", "backslashreplace"))
    if config.format != "console":
        say(_RENDER[config.format](found).rstrip("\n"))
        return {"code": 0}
    show_blocks(stdout(), _blocks(found, int(config.flips), _ON_CONSOLE))
    for path in wanted.values():
        say(f"report: {path}")
    return {"code": 0}


def _views(config: DictConfig) -> list[RunView]:
    """The runs that are named, at least two."""
    results = results_root(config)
    if config.runs is not None:
        if config.a is not None or config.b is not None:
            raise UsageError("compare: give a=… and b=…, or runs=…, not both")
        words = [config.runs] if isinstance(config.runs, str) else [str(word) for word in config.runs]
        views = load_any(words, results)
        if len(views) < 2:
            raise UsageError(f"compare: runs={config.runs} is one run only; name at least two")
        return views
    if config.a is None or config.b is None:
        raise UsageError("compare: needs a=… and b=…, or runs=…; `dateline runs` lists what there is")
    return load_any([str(config.a), str(config.b)], results, single=True)


def _wanted_files(config: DictConfig) -> dict[str, Path]:
    """Form → file to write; UsageError for what cannot be meant."""
    if config.format not in ("console", *_SUFFIXES):
        raise UsageError(f"format={config.format!r}{nearest(str(config.format), ('console', *_SUFFIXES))}")
    if config.out is None:
        return {}
    path = Path(config.out)
    for form, suffix in _SUFFIXES.items():
        if path.suffix.lower() == suffix:
            return {form: path}
    if path.suffix[1:].isalpha() and not path.is_dir():  # `report-1.2` is a folder
        raise UsageError(f"out={path}: a file ends in .md, .json or .html; a folder gets all three")
    return {form: path / f"compare{suffix}" for form, suffix in _SUFFIXES.items()}


def _blocks(found: Comparison | Ranking, flips: int, others: int) -> list[Block]:
    if isinstance(found, Comparison):
        return compare_blocks(found, flips, others)
    return ranking_blocks(found, others)


def _markdown(found: Comparison | Ranking) -> str:
    return to_markdown(_blocks(found, _IN_FILES, _IN_FILES))


def _html(found: Comparison | Ranking) -> str:
    name = f"{found.b.title} against {found.a.title}" if isinstance(found, Comparison) else "Runs compared"
    return to_html(_blocks(found, _IN_FILES, _IN_FILES), name)


def _json(found: Comparison | Ranking) -> str:
    kind = "comparison" if isinstance(found, Comparison) else "ranking"
    return codec.pretty({"format": 1, "kind": kind, **to_json(found)}).decode("utf-8")


_RENDER: dict[str, Callable[[Comparison | Ranking], str]] = {
    "markdown": _markdown,
    "json": _json,
    "html": _html,
}
