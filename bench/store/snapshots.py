"""Articles and items as they were scored, stored once per content under `results/datasets/<hash>/`."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from bench.errors import StorageError
from bench.records import Dataset, Item, digest
from bench.store import codec
from bench.store.files import make_dir, read_bytes, write_atomic

_ARTICLES, _ITEMS, _CARD = "articles.jsonl", "items.jsonl", "dataset.json"


def gold_sha256(items: tuple[Item, ...]) -> str:
    """Digest of everything a scorer can see of the items: question, gold, rejects, type, status …"""
    return digest([codec.item_row(dataclasses.replace(i, context="", review=(), note=None)) for i in items])


def snapshot_files(dataset: Dataset) -> dict[str, bytes]:
    """The files of a snapshot; a context equal to its article's text is stored once, with the article."""
    texts = {a.id: a.text for a in dataset.articles}
    rows = []
    for item in dataset.items:
        row = codec.item_row(item)
        if texts.get(item.article_id) == item.context:
            del row["context"]
        rows.append(codec.line(row))
    return {
        _ARTICLES: b"".join(codec.line(codec.article_row(a)) for a in dataset.articles),
        _ITEMS: b"".join(rows),
        _CARD: codec.pretty({"name": dataset.name, "version": dataset.version}),
    }


def write_snapshot(results: Path, dataset: Dataset) -> str:
    """Store `dataset` under its content hash; the hash (16 hex digits)."""
    files = snapshot_files(dataset)
    name = digest({k: v.decode("utf-8") for k, v in files.items()})[:16]
    folder = results / "datasets" / name
    if not (folder / _CARD).exists():
        make_dir(folder)
        for file, data in files.items():  # the card last: where it stands, the rest is whole
            write_atomic(folder / file, data)
    return name


def read_snapshot(results: Path, name: str) -> Dataset:
    """The data set stored under `name`; StorageError when it is missing or was edited."""
    folder = results / "datasets" / name
    files = {file: read_bytes(folder / file) for file in (_ARTICLES, _ITEMS, _CARD)}
    if digest({k: v.decode("utf-8", "replace") for k, v in files.items()})[:16] != name:
        raise StorageError(f"{folder}: content does not match its name; the snapshot was edited")
    card = codec.parse_object(files[_CARD], str(folder / _CARD))
    articles = tuple(
        codec.article_of(codec.parse_object(raw, f"{folder / _ARTICLES}:{n}"))
        for n, raw in enumerate(files[_ARTICLES].splitlines(), start=1)
    )
    texts = {a.id: a.text for a in articles}
    rows = [
        codec.parse_object(raw, f"{folder / _ITEMS}:{n}")
        for n, raw in enumerate(files[_ITEMS].splitlines(), start=1)
    ]
    items = tuple(codec.item_of(row, texts.get(row["article_id"], "")) for row in rows)
    return Dataset(name=card["name"], version=card["version"], articles=articles, items=items)
