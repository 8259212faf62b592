"""Records to JSON lines and back. Null and empty fields are left out; ASCII, so that any string survives."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import Any

from bench.canonical import to_json
from bench.errors import StorageError
from bench.records import (
    Answer,
    Article,
    Attribution,
    Failure,
    Gold,
    Item,
    Key,
    Prediction,
    Score,
    Sentence,
    Span,
    SpanScore,
)
from bench.store.redact import redact

_encoder = json.JSONEncoder(separators=(",", ":"), allow_nan=False)


def line(value: Mapping[str, Any]) -> bytes:
    """One JSON object as one line, secrets cut out."""
    return redact(_encoder.encode(value)).encode("ascii") + b"\n"


def pretty(value: Any) -> bytes:
    """A JSON document for people: sorted keys, two spaces, one newline at the end."""
    text = json.dumps(to_json(value), indent=2, sort_keys=True, allow_nan=False, ensure_ascii=False)
    return (redact(text) + "\n").encode("utf-8", "surrogatepass")


def parse_object(data: bytes | str, where: str) -> dict[str, Any]:
    """A JSON object, or a StorageError that names `where`."""
    try:
        value = json.loads(data)
    except ValueError as error:
        raise StorageError(f"{where}: not readable as JSON ({error}); the file is damaged") from error
    if not isinstance(value, dict):
        raise StorageError(f"{where}: a JSON object was expected, found {type(value).__name__}")
    return value


_DEFAULTS: dict[type, tuple[tuple[str, Any], ...]] = {}


def _fields(kind: Any) -> tuple[tuple[str, Any], ...]:
    """(name, default) of a record's fields, looked up once per class."""
    if kind not in _DEFAULTS:
        _DEFAULTS[kind] = tuple((f.name, f.default) for f in dataclasses.fields(kind))
    return _DEFAULTS[kind]


def _sparse(record: object) -> dict[str, Any]:
    """Field → JSON value of a record; fields equal to their default are left out."""
    out: dict[str, Any] = {}
    for name, default in _fields(type(record)):
        value = getattr(record, name)
        if value is default or value == default:
            continue
        if isinstance(value, Key):
            out.update(_key_fields(value))
        elif isinstance(value, tuple):
            out[name] = [_sparse(v) if dataclasses.is_dataclass(v) else v for v in value]
        elif dataclasses.is_dataclass(value):
            out[name] = _sparse(value)
        else:
            out[name] = value
    return out


def _key_fields(key: Key) -> dict[str, Any]:
    return {"item": key.item_id, "variant": key.variant, "replicate": key.replicate}


def key_of(row: Mapping[str, Any]) -> Key:
    """The key of a stored row."""
    return Key(row["item"], row["variant"], row["replicate"])


def prediction_row(prediction: Prediction) -> dict[str, Any]:
    """A prediction as a JSON object."""
    return _sparse(prediction)


def prediction_of(row: Mapping[str, Any]) -> Prediction:
    """The prediction that `prediction_row` wrote; KeyError or TypeError on foreign rows."""
    fields = {k: v for k, v in row.items() if k not in ("item", "variant", "replicate")}
    fields["spans"] = tuple(SpanScore(**s) for s in row.get("spans", ()))
    fields["error"] = Failure(**row["error"]) if row.get("error") else None
    return Prediction(key=key_of(row), **fields)


def score_row(score: Score) -> dict[str, Any]:
    """One wide row: key, article, values, diagnosis, the answer as read."""
    return _sparse(score)


def score_of(row: Mapping[str, Any]) -> Score:
    """The score that `score_row` wrote."""
    answer = {**row["answer"], "evidence": tuple(row["answer"].get("evidence", ()))}
    return Score(
        key=key_of(row),
        article_id=row["article_id"],
        values=row["values"],
        answer=Answer(**answer),
        diagnosis=row.get("diagnosis"),
    )


def article_row(article: Article) -> dict[str, Any]:
    """An article as a JSON object."""
    return _sparse(article)


def article_of(row: Mapping[str, Any]) -> Article:
    """The article that `article_row` wrote."""
    return Article(**{**row, "sentences": tuple(Sentence(**s) for s in row.get("sentences", ()))})


def item_row(item: Item) -> dict[str, Any]:
    """An item as a JSON object; its context is left to the article where the two are equal (see snapshots)."""
    return _sparse(item)


def item_of(row: Mapping[str, Any], context: str) -> Item:
    """The item that `item_row` wrote, with the context it was asked on."""
    fields = {**row, "context": row.get("context", context)}
    for name in ("reject", "skills", "requires_context", "review"):
        if name in fields:
            fields[name] = tuple(fields[name])
    fields["evidence"] = tuple(tuple(s) for s in row.get("evidence", ()))
    fields["gold"] = tuple(_gold_of(g) for g in row.get("gold", ()))
    fields["attribution"] = Attribution(**row["attribution"]) if row.get("attribution") else None
    return Item(**fields)


def _gold_of(row: Mapping[str, Any]) -> Gold:
    spans = tuple(Span(**s) for s in row.get("spans", ()))
    return Gold(**{**row, "aliases": tuple(row.get("aliases", ())), "spans": spans})
