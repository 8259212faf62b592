"""JSON Lines: one object a line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bench.datasets._bytes import decode
from bench.datasets._cells import Row, kind_of
from bench.datasets._rows import Table, column_names, dataset_of, lines_of
from bench.datasets._strict_json import StrictJson
from bench.errors import Problem
from bench.records import Dataset


def load(
    path: str,
    *,
    name: str | None = None,
    version: str | None = None,
    split: str = "test",
    language: str = "en",
    columns: Mapping[str, str | None] | None = None,
) -> Dataset:
    """The data set in a JSON Lines file whose objects have the fields of docs/own-data.md as keys.

    Lines end at LF or CRLF and nowhere else, empty ones are passed over, any length is read. `columns` maps
    our field names to the file's keys (None: not read). `split` and `language` hold for rows that have none.
    Raises DataError with every problem, by line (and column, where the JSON itself is at fault); UsageError
    for options that do not fit.
    """
    names = column_names(columns)
    table = read(Path(path))
    return dataset_of(table, names, name=name, version=version, split=split, language=language)


def read(path: Path) -> Table:
    """The objects of a file, and what is wrong with its form."""
    text, found = decode(path, strict=False, max_line=None)
    problems = [p for p in found if p.check != "control"]  # JSON has its own rules for those
    json = StrictJson()
    rows: list[Row] = []
    shared: dict[str, str] = {}  # a context stands in many rows: one copy is enough
    columns: dict[str, None] = {}
    for number, line in enumerate(lines_of(text), start=1):
        if line.isspace():
            continue
        value, faults = json.parse(line.rstrip())
        if not faults and not isinstance(value, dict):
            message = f"must be an object, not {kind_of(value)}"
            problems.append(_problem(path, number, message, 'write {"question": …} on one line'))
        for fault in faults:
            message = fault.message + (f" at column {fault.column}" if fault.column else "")
            problems.append(_problem(path, number, message, "one JSON object a line"))
        if isinstance(value, dict):
            cells = {k: shared.setdefault(v, v) if isinstance(v, str) else v for k, v in value.items()}
            rows.append(Row(line=number, cells=cells))
            columns.update(dict.fromkeys(value))
    return Table(path=path, columns=tuple(columns), rows=rows, problems=problems)


def _problem(path: Path, line: int, message: str, fix: str) -> Problem:
    return Problem(where=str(path), line=line, message=message, fix=fix, check="json")
