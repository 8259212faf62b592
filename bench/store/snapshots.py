"""Articles and items as they were scored, stored once per content under `results/datasets/<hash>/`."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.canonical import digest
from bench.errors import StorageError
from bench.records import Dataset
from bench.store import codec
from bench.store.files import make_dir, only_writer, read_bytes, sweep, write_atomic

_ARTICLES, _ITEMS, _CARD = "articles.jsonl", "items.jsonl", "dataset.json"
_NOT_SCORED = frozenset({"context", "review", "note"})  # what may change without changing any score


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A data set made ready for storing, once."""

    name: str  # content hash, 16 hex digits; the folder's name
    gold: str  # digest of everything a scorer can see of the items: question, gold, rejects, type, status …
    files: dict[str, bytes]


def take_snapshot(dataset: Dataset) -> Snapshot:
    """The files and hashes of a data set; a context equal to its article's text is stored once, with the article."""
    texts = {a.id: a.text for a in dataset.articles}
    lines, golds = [], []
    for item in dataset.items:
        row = codec.item_row(item)
        if texts.get(item.article_id) == item.context:
            del row["context"]
        lines.append(codec.line(row))
        golds.append({k: v for k, v in row.items() if k not in _NOT_SCORED})
    files = {
        _ARTICLES: b"".join(codec.line(codec.article_row(a)) for a in dataset.articles),
        _ITEMS: b"".join(lines),
        _CARD: codec.pretty({"name": dataset.name, "version": dataset.version}),
    }
    return Snapshot(name=_name(files), gold=digest(golds), files=files)


def _name(files: Mapping[str, bytes]) -> str:
    parts = [hashlib.sha256(files[file]).hexdigest() for file in (_ARTICLES, _ITEMS, _CARD)]
    return digest(parts)[:16]


def write_snapshot(results: Path, snapshot: Snapshot) -> None:
    """Store a snapshot under its name, unless it is there."""
    folder = results / "datasets" / snapshot.name
    if not (folder / _CARD).exists():
        make_dir(folder)
        with only_writer(folder):
            sweep(folder)
            for file, data in snapshot.files.items():  # the card last: where it stands, the rest is whole
                write_atomic(folder / file, data)


def read_snapshot(results: Path, name: str) -> Dataset:
    """The data set stored under `name`; StorageError when it is missing or was edited."""
    folder = results / "datasets" / name
    files = {file: read_bytes(folder / file) for file in (_ARTICLES, _ITEMS, _CARD)}
    if _name(files) != name:
        raise StorageError(f"{folder}: content does not match its name; the snapshot was edited")
    card = codec.parse_object(files[_CARD], str(folder / _CARD))
    articles = tuple(
        codec.article_of(row) for row in codec.parse_lines(files[_ARTICLES], str(folder / _ARTICLES))
    )
    texts = {a.id: a.text for a in articles}
    rows = codec.parse_lines(files[_ITEMS], str(folder / _ITEMS))
    items = tuple(codec.item_of(row, texts.get(row["article_id"], "")) for row in rows)
    return Dataset(name=card["name"], version=card["version"], articles=articles, items=items)
