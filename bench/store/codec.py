"""Records to JSON lines and back. Null and empty fields are left out; ASCII, so that any string survives."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
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

NOT_SCORED = frozenset(
    {"context", "review", "note"}
)  # of an item: what may change without changing any score

_encoder = json.JSONEncoder(separators=(",", ":"), allow_nan=False)
_canonical = json.JSONEncoder(
    separators=(",", ":"), allow_nan=False, sort_keys=True
)  # of rows: bench.canonical
_AT_ONCE = 1000  # lines parsed in one go, which takes half the time of one by one
_PLAIN = frozenset({str, float, int, bool, dict})


def line(value: Mapping[str, Any]) -> bytes:
    """One JSON object as one line, secrets cut out."""
    return redact(_encoder.encode(value)).encode("ascii") + b"\n"


def pretty(value: Any) -> bytes:
    """A JSON document for people: sorted keys, two spaces, one newline at the end."""
    plain = to_json(value)
    text = json.dumps(plain, indent=2, sort_keys=True, allow_nan=False, ensure_ascii=False)
    if not text.isprintable() and any("\ud800" <= c <= "\udfff" for c in text):  # not UTF-8: escape it
        text = json.dumps(plain, indent=2, sort_keys=True, allow_nan=False)
    return (redact(text) + "\n").encode("utf-8")


def parse_object(data: bytes | str, where: str) -> dict[str, Any]:
    """A JSON object, or a StorageError that names `where`."""
    try:
        value = json.loads(data)
    except ValueError as error:
        raise StorageError(f"{where}: not readable as JSON ({error}); the file is damaged") from error
    if not isinstance(value, dict):
        raise StorageError(f"{where}: a JSON object was expected, found {type(value).__name__}")
    return value


def parse_lines(data: bytes, where: str) -> Iterator[dict[str, Any]]:
    """The JSON objects of a file of lines, some at a time; a StorageError names `where` and the line."""
    lines = data.splitlines()
    for start in range(0, len(lines), _AT_ONCE):
        chunk = lines[start : start + _AT_ONCE]
        try:
            rows = json.loads(b"[" + b",".join(chunk) + b"]")
        except ValueError:
            rows = []
        if len(rows) == len(chunk) and all(type(row) is dict for row in rows):
            yield from rows
        else:  # say which line it is
            yield from (parse_object(raw, f"{where}:{n}") for n, raw in enumerate(chunk, start=start + 1))


_Plan = tuple[tuple[str, ...], tuple[Any, ...], Callable[[object], tuple[Any, ...]]]


_PLANS: dict[type, _Plan] = {}


def _plan(kind: Any) -> _Plan:
    """Names, defaults and a reader of all fields of a record class, looked up once."""
    if kind not in _PLANS:
        fields = dataclasses.fields(kind)
        names = tuple(f.name for f in fields)
        _PLANS[kind] = names, tuple(f.default for f in fields), operator.attrgetter(*names)
    return _PLANS[kind]


def _sparse(record: Any) -> dict[str, Any]:
    """Field → JSON value of a record; fields equal to their default are left out."""
    names, defaults, read = _plan(type(record))
    out: dict[str, Any] = {}
    for name, default, value in zip(names, defaults, read(record), strict=True):
        if value is default or value == default:
            continue
        kind = type(value)
        if kind in _PLAIN:
            out[name] = value
        elif kind is Key:
            out.update(_key_fields(value))
        elif kind is tuple:
            out[name] = [
                v if type(v) in _PLAIN or not dataclasses.is_dataclass(v) else _sparse(v) for v in value
            ]
        else:
            out[name] = _sparse(value) if dataclasses.is_dataclass(value) else value
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


def renumbered(line: bytes, replicate: int) -> bytes:
    """The line of the score that differs in its replicate only; `line` is one that `line` made of a score."""
    # A quote inside a string is escaped, so the first of these is the key itself.
    head, key, rest = line.partition(b'"replicate":')
    return b"%b%b%d%b" % (head, key, replicate, rest[rest.index(b",") :])


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


def gold_digest(items: Iterable[Item]) -> str:
    """Digest of everything a scorer can see of the items; one item at a time, so that none are copied."""
    found = hashlib.sha256(b"[")
    for n, item in enumerate(items):
        row = {k: v for k, v in item_row(item).items() if k not in NOT_SCORED}
        found.update((b"," if n else b"") + _canonical.encode(row).encode("ascii"))
    found.update(b"]")
    return found.hexdigest()


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
