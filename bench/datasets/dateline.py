"""The suite, or any folder of authored sources, as a dataset."""

from __future__ import annotations

import re
from pathlib import Path

from bench.datasets.exports.base import About
from bench.datasets.source import in_line_order, read_source, read_sources
from bench.datasets.validation import SOUNDNESS, run_checks
from bench.errors import DataError, Problem
from bench.paths import find_data
from bench.records import Dataset

_VERSION = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")


def load(path: str | None = None) -> Dataset:
    """The dataset in a folder of authored sources; without `path`, the shipped suite.

    The sources are the `*.toml` files of `path/articles`, or of `path` itself when there is no such folder.
    The name is the folder's; the version stands in a file VERSION in it (0.0.0 without one). Items of every
    status are there, drafts and retired ones too: `select` chooses. Raises `DataError` with *all* problems: those of structure, and those that would make an
    item be scored wrongly. `validate` looks at more.
    """
    root = find_data("dateline") if path is None else Path(path)
    sources, problems = read_sources(root)
    for source in sources:
        problems += in_line_order([*source.problems, *run_checks(source, SOUNDNESS)])
    version = _version(root, problems)
    if problems:
        raise DataError(problems)
    return Dataset(
        name="dateline" if path is None else root.resolve().name,
        version=version,
        articles=tuple(s.article for s in sources if s.article is not None),
        items=tuple(i for s in sources for i in s.items),
    )


def about(path: str | None = None) -> About:
    """What such a folder holds beside its records: the canary of its sources and its card."""
    root = find_data("dateline") if path is None else Path(path)
    folder = root / "articles" if (root / "articles").is_dir() else root
    first = next(iter(sorted(folder.glob("*.toml"))), None)
    card = root / "README.md"
    return About(
        canary=read_source(first).canary if first else None,
        card=card.read_text(encoding="utf-8", errors="replace") if card.is_file() else None,
    )


def _version(root: Path, problems: list[Problem]) -> str:
    """What the file VERSION says; a fault is added to `problems`."""
    path = root / "VERSION"
    if not path.is_file():
        return "0.0.0"
    text = path.read_text(encoding="utf-8", errors="replace").strip()
    if not _VERSION.fullmatch(text):
        problems.append(
            Problem(where=str(path), line=1, value=text, message="is no version", fix="write 1.2.3")
        )
    return text
