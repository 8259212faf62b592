"""The typed columns of an exported table, read off the records so that they cannot drift from them."""

from __future__ import annotations

import dataclasses
import io
import typing
from collections.abc import Mapping, Sequence
from typing import Any

from bench.datasets._native import Origin
from bench.datasets._typed import hints, inner
from bench.datasets.exports.native import KEY
from bench.records import Article, Item

Kind = Any  # str, int, float or bool; a list of one Kind; a dict of name → Kind


def columns() -> dict[str, Kind]:
    """Column → kind: the item's fields (gold under `answers`), whether it is answerable, its article, its origin."""
    found: dict[str, Kind] = {}
    for name, hint in hints(Item).items():
        found["answers" if name == "gold" else name] = _kind(hint)
        if name == "gold":
            found["answerable"] = bool
    article = {k: v for k, v in _fields(Article).items() if k != "id"}
    return {**found, "article": {**article, "sha256": str}, KEY: _fields(Origin)}


def _fields(record: type) -> dict[str, Kind]:
    return {name: _kind(hint) for name, hint in hints(record).items()}


def _kind(hint: Any) -> Kind:
    kind, _ = inner(hint)
    if dataclasses.is_dataclass(kind):
        return _fields(typing.cast(type, kind))
    if typing.get_origin(kind) is tuple:
        return [_kind(typing.get_args(kind)[0])]
    return kind


def features(kinds: Mapping[str, Kind]) -> Any:
    """The columns as explicit Hugging Face `Features`: `List` for lists, ISO dates as text."""
    from datasets import Features, List, Value

    names = {str: "string", int: "int64", float: "float64", bool: "bool"}

    def feature(kind: Kind) -> Any:
        if isinstance(kind, dict):
            return {name: feature(part) for name, part in kind.items()}
        return List(feature(kind[0])) if isinstance(kind, list) else Value(names[kind])

    return Features({name: feature(kind) for name, kind in kinds.items()})


def parquet_bytes(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Full rows as a Parquet file that carries its features, so that no reader has to guess a type."""
    import pyarrow
    import pyarrow.parquet

    kinds = columns()
    table = pyarrow.Table.from_pylist([*rows], schema=features(kinds).arrow_schema)
    stream = io.BytesIO()
    pyarrow.parquet.write_table(table, stream, compression="zstd")
    return stream.getvalue()
