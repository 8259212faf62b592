"""Reading predictions files: our JSON lines, SQuAD's `{id: text}`, and CSV. Every problem is found at once."""

from __future__ import annotations

import csv
import io
import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.errors import DataError, Problem, UsageError

_IDS = ("id", "item_id")
_TEXTS = ("text", "prediction", "answer")
_UTF8 = "save the file as UTF-8"
_DUPLICATES = "\0duplicates"  # cannot be typed as a key by accident; holds keys that stand twice


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One recorded answer."""

    item_id: str
    variant: str | None  # None: serves every variant of the item
    text: str  # empty: an abstention
    confidence: float | None = None
    null_score: float | None = None


def read_rows(path: Path) -> list[Row]:
    """The rows of a predictions file, in file order.

    `.csv` and `.tsv` are tables (comma, semicolon or tab; a byte-order mark is accepted), `.json` is one
    `{id: text}` object or a list of rows, anything else is one JSON object per line.

    Raises UsageError when the file cannot be opened, DataError with every problem found otherwise.
    """
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise UsageError(f"cannot read the predictions file {path}: {error}") from error
    problems: list[Problem] = []
    text = _decode(path, data, table=path.suffix.lower() in {".csv", ".tsv"})
    rows: list[tuple[int | None, Row]] = []
    for line, raw in _raw_rows(path, text, problems):
        row = _row(str(path), line, raw, problems)
        if row is not None:
            rows.append((line, row))
    problems.extend(_repeated(str(path), rows))
    if not rows and not problems:
        problems.append(
            Problem(where=str(path), message="holds no predictions", fix="write at least one row")
        )
    if problems:
        raise DataError(sorted(problems, key=lambda problem: problem.line or 0))
    return [row for _, row in rows]


def _decode(path: Path, data: bytes, *, table: bool) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"not UTF-8 at byte {error.start}"
        raise DataError([Problem(where=str(path), line=line, message=message, fix=_UTF8)]) from error
    if text.startswith("\ufeff"):
        if not table:
            message = "starts with a byte-order mark"
            raise DataError([Problem(where=str(path), line=1, message=message, fix=f"{_UTF8} without it")])
        text = text[1:]
    return text


def _raw_rows(
    path: Path, text: str, problems: list[Problem]
) -> Iterator[tuple[int | None, Mapping[str, Any]]]:
    suffix = path.suffix.lower()
    if suffix in {".csv", ".tsv"}:
        return _table_rows(str(path), text, problems)
    if suffix == ".json":
        return _document_rows(str(path), text, problems)
    return _line_rows(str(path), text, problems)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        found[_DUPLICATES] = sorted(key for key, n in Counter(key for key, _ in pairs).items() if n > 1)
    return found


def _parse(where: str, text: str, line: int, problems: list[Problem]) -> Any:
    """The JSON value of `text` whose first line is `line` of the file, or None after noting a problem."""
    try:
        return json.loads(text, object_pairs_hook=_pairs)
    except json.JSONDecodeError as error:
        at = line + error.lineno - 1
        message = f"not valid JSON: {error.msg} at column {error.colno}"
        problems.append(Problem(where=where, line=at, message=message, fix="mend or remove the line"))
    except (RecursionError, ValueError) as error:
        message = f"not readable as JSON: {type(error).__name__}"
        problems.append(Problem(where=where, line=line, message=message, fix="mend or remove the line"))
    return None


def _line_rows(where: str, text: str, problems: list[Problem]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in enumerate(text.split("\n"), start=1):  # not splitlines: U+2028 is text
        if not line.strip():
            continue
        before = len(problems)
        value = _parse(where, line, number, problems)
        if isinstance(value, dict):
            yield number, value
        elif len(problems) == before:
            fix = 'write {"id": …, "text": …}'
            problems.append(Problem(where=where, line=number, message="not a JSON object", fix=fix))


def _document_rows(
    where: str, text: str, problems: list[Problem]
) -> Iterator[tuple[int | None, Mapping[str, Any]]]:
    before = len(problems)
    value = _parse(where, text, 1, problems)
    if isinstance(value, dict):
        for name in value.pop(_DUPLICATES, []):
            second = text.find(json.dumps(name), text.find(json.dumps(name)) + 1)
            line = text.count("\n", 0, second) + 1 if second > 0 else None
            problems.append(_twice(where, line, name))
        for name, answer in value.items():
            yield None, {"id": name, "text": answer}
    elif isinstance(value, list) and all(isinstance(row, dict) for row in value):
        for row in value:
            yield None, row
    elif len(problems) == before:
        fix = "write {id: text, …}, or use .jsonl for one object per line"
        problems.append(Problem(where=where, line=1, message="not an object or a list of objects", fix=fix))


def _table_rows(where: str, text: str, problems: list[Problem]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    limit = csv.field_size_limit(max(len(text), 1))
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        table: list[tuple[int, list[str]]] = []
        line = 1
        for cells in reader:
            table.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        problems.append(
            Problem(
                where=where, line=line, message=f"not valid CSV: {error}", fix="mend the quotes of this row"
            )
        )
        return
    finally:
        csv.field_size_limit(limit)
    names = [name.strip().lower() for name in table[0][1]] if table else []
    if not set(names) & set(_IDS) or not set(names) & set(_TEXTS):
        fix = f"name one column {' or '.join(_IDS)} and one {', '.join(_TEXTS[:-1])} or {_TEXTS[-1]}"
        problems.append(
            Problem(where=where, line=1, value=", ".join(names), message="lacks a needed column", fix=fix)
        )
        return
    for line, cells in table[1:]:
        if len(cells) == len(names):
            yield line, {k: v for k, v in zip(names, cells, strict=True) if v or k in _TEXTS}
        elif cells:
            message = f"has {len(cells)} cells where the header has {len(names)}"
            problems.append(
                Problem(where=where, line=line, message=message, fix="quote cells with delimiters")
            )


def _row(where: str, line: int | None, raw: Mapping[str, Any], problems: list[Problem]) -> Row | None:
    """The record of one row, or None after noting what is wrong with it."""
    before = len(problems)
    item_id = next((raw[name] for name in _IDS if name in raw), None)
    item = item_id if isinstance(item_id, str) else None

    def note(message: str, field: str, value: object, fix: str) -> None:
        shown = None if value is None else str(value)
        problems.append(
            Problem(where=where, line=line, item=item, field=field, value=shown, message=message, fix=fix)
        )

    if raw.get(_DUPLICATES):
        note("stands twice in one object", str(raw[_DUPLICATES][0]), None, "keep one of them")
    if not item:
        note("missing, empty or not a string", "id", item_id, 'give the item id, such as "id": "q001"')
    fields = [name for name in _TEXTS if name in raw]
    text = raw[fields[0]] if fields else None
    if not fields:
        note("missing", "text", None, f"give one of {', '.join(_TEXTS)}; null says that the reader abstained")
    elif text is not None and not isinstance(text, str):
        note("must be a string or null", fields[0], text, "put the answer in quotes")
    variant = raw.get("variant")
    if variant is not None and not isinstance(variant, str):
        note("must be a string", "variant", variant, "put it in quotes, or leave it out")
    numbers = {}
    for field in ("confidence", "null_score"):
        value = raw.get(field)
        numbers[field] = _number(value)
        if value is not None and numbers[field] is None:
            note("must be a finite number", field, value, "write a number, or leave it out")
    confidence = numbers["confidence"]
    if confidence is not None and not 0 <= confidence <= 1:
        note("must lie between 0 and 1", "confidence", confidence, "write a share of 1, not a percentage")
    if len(problems) > before or item is None:
        return None
    return Row(item_id=item, variant=variant, text=text or "", **numbers)


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (OverflowError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _repeated(where: str, rows: list[tuple[int | None, Row]]) -> Iterator[Problem]:
    seen: set[tuple[str, str | None]] = set()
    for line, row in rows:
        if (row.item_id, row.variant) in seen:
            yield _twice(where, line, row.item_id)
        seen.add((row.item_id, row.variant))


def _twice(where: str, line: int | None, item_id: str) -> Problem:
    return Problem(
        where=where, line=line, item=item_id, field="id", message="is given twice", fix="keep one of the two"
    )
