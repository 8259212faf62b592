"""The files of a local data set folder, found by the hub's own naming and read byte by byte."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path

from bench.datasets import csv_, jsonl
from bench.datasets._arrow import Columnar, Wanted, read_arrow, read_parquet
from bench.datasets._cells import FIELDS
from bench.datasets._native import is_exported
from bench.errors import DataError, Problem, UsageError, nearest

_HUB_NAME = re.compile(r"[A-Za-z0-9][\w.-]*(?:/[A-Za-z0-9][\w.-]*)?")
_SHARD = re.compile(r"-\d{5}-of-\d{5}.*")
_READERS = (".parquet", ".arrow", ".jsonl", ".jsonl.gz", ".csv", ".csv.gz")
_FIX = "name a folder with .parquet, .arrow, .jsonl or .csv files, or a data set on the hub (owner/name)"


def is_local(path: str) -> bool:
    """Whether `path` is something on this disk, or cannot be the name of anything on the hub."""
    return not _HUB_NAME.fullmatch(path) or Path(path).exists()


def read_folder(path: str, config: str | None, part: str | None, wanted: Wanted) -> Columnar:
    """The rows of one part of the data set in a folder (or file) `path`, shards in the order of their names.

    Without `part`, those of the only part; of all parts where the rows are ones that `dateline export` wrote.
    """
    files = _files(Path(path), config)
    if Path(path).is_file():  # which is a part by itself, whatever its name
        return _read(files[0], wanted)
    parts: dict[str, list[Path]] = {}
    for file in files:
        parts.setdefault(_part(file, Path(path)), []).append(file)
    if part is not None and part != "all":
        if part not in parts:
            raise UsageError(f"part={part}: {path} has no such part{nearest(part, parts)}")
        return _join([_read(file, wanted) for file in parts[part]])
    found = [_read(file, wanted) for file in files]
    exported = all(is_exported(row) for t in found for row in t.rows[:1])
    if len(parts) > 1 and part is None and not exported:
        raise UsageError(f"{path} has the parts {', '.join(parts)}; choose with dataset.part=… (or all)")
    return _join(found)


def _files(path: Path, config: str | None) -> list[Path]:
    """The data files; DataError when there are none."""
    if path.is_file():
        return [path]
    root = path / config if config is not None and (path / config).is_dir() else path
    found = [
        file
        for file in sorted(root.rglob("*"))
        if file.name.endswith(_READERS) and not any(p.startswith(".") for p in file.relative_to(root).parts)
    ]
    saved = [file for state in sorted(root.rglob("state.json")) for file in _saved(state)]
    if saved:  # Dataset.save_to_disk: other .arrow files there are its caches
        found = saved
    if config is not None and root == path:
        raise UsageError(f"config={config}: there is no folder {path / config}")
    if not found:
        message = "holds no data files" if path.is_dir() else "there is no such file or folder"
        raise DataError([Problem(where=str(path), message=message, fix=_FIX)])
    return found


def _saved(state: Path) -> list[Path]:
    try:
        value = json.loads(state.read_text(encoding="utf-8"))
        return [state.parent / Path(str(entry["filename"])).name for entry in value["_data_files"]]
    except (OSError, ValueError, LookupError, TypeError):
        return []


def _part(file: Path, root: Path) -> str:
    """The part that a file belongs to: its name without the shard's number, or its folder's for saved data sets."""
    name = file.name.partition(".")[0]
    plain = _SHARD.sub("", name)
    own_folder = file.parent != root and (plain == "data" or plain.isdigit())
    return file.parent.name if own_folder else plain


def _read(file: Path, wanted: Wanted) -> Columnar:
    if file.name.endswith(".arrow"):
        return read_arrow(file, wanted)
    if file.name.endswith(".parquet"):
        return read_parquet(file, wanted)
    table = csv_.read(file, set(FIELDS)) if file.name.endswith((".csv", ".csv.gz")) else jsonl.read(file)
    return Columnar(
        columns=table.columns,
        rows=[row.cells for row in table.rows],
        content=hashlib.sha256(file.read_bytes()).digest() if table.rows else b"",
        problems=table.problems,
    )


def _join(tables: Sequence[Columnar]) -> Columnar:
    """Shards as one table."""
    if len(tables) == 1:
        return tables[0]
    return Columnar(
        columns=tuple(dict.fromkeys(c for t in tables for c in t.columns)),
        rows=[row for t in tables for row in t.rows],
        content=b"".join(hashlib.sha256(t.content).digest() for t in tables),
        problems=[p for t in tables for p in t.problems],
    )
