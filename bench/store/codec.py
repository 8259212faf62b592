"""Records to JSON lines and back. Null and empty fields are left out; ASCII, so that any string survives."""

from __future__ import annotations

import dataclasses
import hashlib
import json
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
    return sealed(raw_line(value))


def raw_line(value: Mapping[str, Any]) -> str:
    """One JSON object as one line of ASCII, to be passed to `sealed` before it is written."""
    return _encoder.encode(value) + "\n"


def sealed(lines: str) -> bytes:
    """Any number of raw lines as bytes, secrets cut out: none of their shapes spans two lines."""
    return redact(lines).encode("ascii")


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


_ROWS: dict[type, Callable[[Any], dict[str, Any]]] = {}
_SIMPLE = {"str", "int", "float", "bool", "None"}


def _sparse(record: Any) -> dict[str, Any]:
    """Field → JSON value of a record; fields equal to their default are left out."""
    kind = type(record)
    make = _ROWS.get(kind)
    if make is None:
        make = _ROWS[kind] = _row_maker(kind)
    return make(record)


def _row_maker(kind: Any) -> Callable[[Any], dict[str, Any]]:
    """`_sparse` for one record class, written out field by field: a loop over fields takes twice as long."""
    names: dict[str, Any] = {"_nested": _nested, "_key_fields": _key_fields}
    lines = ["def row(record):", "    out = {}"]
    for field in dataclasses.fields(kind):
        lines.append(f"    value = record.{field.name}")
        simple = set(str(field.type).split(" | ")) <= _SIMPLE
        put = f"out['{field.name}'] = {'value' if simple else '_nested(value)'}"
        if field.type == "Key":
            put = "out.update(_key_fields(value))"
        if field.default is dataclasses.MISSING:
            lines.append(f"    {put}")
        else:
            names[f"_{field.name}"] = field.default
            lines.append(f"    if value is not _{field.name} and value != _{field.name}: {put}")
    exec("\n".join([*lines, "    return out"]), names)  # noqa: S102 - made of field names alone, as in bench.quick
    made: Callable[[Any], dict[str, Any]] = names["row"]
    return made


def _nested(value: Any) -> Any:
    """The JSON value of a field that may hold records."""
    if type(value) is tuple:
        return [v if type(v) in _PLAIN or not dataclasses.is_dataclass(v) else _sparse(v) for v in value]
    return value if type(value) in _PLAIN or not dataclasses.is_dataclass(value) else _sparse(value)


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


def renumbered(line: str, replicate: int) -> str:
    """The line of the score that differs in its replicate only; `line` is one that `raw_line` made of a score."""
    # A quote inside a string is escaped, so the first of these is the key itself.
    head, key, rest = line.partition('"replicate":')
    return f"{head}{key}{replicate}{rest[rest.index(',') :]}"


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


class GoldDigest:
    """Digest of everything a scorer can see of items, taken in one at a time, so that none are copied."""

    def __init__(self) -> None:
        """Of no items yet."""
        self._digest, self._between = hashlib.sha256(b"["), b""

    def add(self, row: Mapping[str, Any]) -> None:
        """Take in the row of the next item."""
        seen = {k: v for k, v in row.items() if k not in NOT_SCORED}
        self._digest.update(self._between + _canonical.encode(seen).encode("ascii"))
        self._between = b","

    def hexdigest(self) -> str:
        """Of the items so far."""
        found = self._digest.copy()
        found.update(b"]")
        return found.hexdigest()


def gold_digest(items: Iterable[Item]) -> str:
    """Digest of everything a scorer can see of the items."""
    found = GoldDigest()
    for item in items:
        found.add(item_row(item))
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
