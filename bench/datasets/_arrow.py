"""Columnar files as rows: bytes are read here and never through a library's cache."""

from __future__ import annotations

import base64
import dataclasses
import datetime
import decimal
import io
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.datasets._bytes import content
from bench.datasets._cells import Row
from bench.datasets._rows import Table
from bench.errors import Problem, UsageError, nearest


@dataclass(frozen=True, slots=True, kw_only=True)
class Columnar:
    """Rows of one or more files of equal columns, with the bytes that they were read from."""

    columns: tuple[str, ...]
    rows: Sequence[Mapping[str, Any]]
    content: bytes = b""
    problems: Sequence[Problem] = ()


Wanted = Collection[str] | None  # columns to read; None: all


def read_parquet(path: Path, wanted: Wanted = None) -> Columnar:
    """A Parquet file; problems instead of rows where it cannot be read. Never raises for what the file holds."""
    import pyarrow
    import pyarrow.parquet

    data = content(path)
    if isinstance(data, str):
        return _nothing(path, data, "check the path")
    if not data:
        return _nothing(path, "the file is empty", None)
    if not data.startswith(b"PAR1"):
        return _nothing(path, "is not a Parquet file", "use dataset=csv or jsonl for text")
    try:
        table = pyarrow.parquet.read_table(io.BytesIO(data))
        return columnar(table, data, wanted)
    except (pyarrow.ArrowException, OSError, ValueError, OverflowError) as error:
        return _nothing(path, f"is damaged ({' '.join(str(error).split())[:200]})", "write it again")


def read_arrow(path: Path, wanted: Wanted = None) -> Columnar:
    """An Arrow stream, as `Dataset.save_to_disk` writes it; as `read_parquet` otherwise."""
    import pyarrow

    data = content(path)
    if isinstance(data, str):
        return _nothing(path, data, "check the path")
    try:
        with pyarrow.ipc.open_stream(data) as reader:
            return columnar(reader.read_all(), data, wanted)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        return _nothing(path, f"is no Arrow stream ({' '.join(str(error).split())[:200]})", "write it again")


def columnar(table: Any, data: bytes, wanted: Wanted = None) -> Columnar:
    """The rows of an Arrow table, with only the columns that are wanted."""
    if wanted is not None:
        table = table.select([name for name in table.column_names if name in wanted])
    rows = [{str(k): plain(v) for k, v in row.items()} for row in table.to_pylist()]
    return Columnar(columns=tuple(map(str, table.column_names)), rows=rows, content=data)


def _nothing(path: Path, message: str, fix: str | None) -> Columnar:
    problem = Problem(where=str(path), message=message, fix=fix, check="readable")
    return Columnar(columns=(), rows=(), problems=(problem,))


def plain(value: Any) -> Any:
    """A cell as JSON has it: dates in ISO form, NaN as null, decimals as numbers, bytes in base 64."""
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, datetime.date | datetime.time):  # a datetime is a date
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value


def table_of(read: Columnar, path: Path) -> Table:
    """The rows for the reader of tables; a row's number takes the place of its line."""
    shared: dict[str, str] = {}  # a context stands in many rows: one copy is enough
    rows = [
        Row(
            line=n,
            cells={k: shared.setdefault(v, v) if isinstance(v, str) else v for k, v in row.items()},
        )
        for n, row in enumerate(read.rows, start=1)
    ]
    return Table(path=path, columns=read.columns, rows=rows, problems=read.problems, content=read.content)


def condition_of(only: str | None) -> tuple[str, str] | None:
    """Column and value of `column=value`; UsageError for anything else."""
    if only is None:
        return None
    column, equals, value = only.partition("=")
    if not column or not equals:
        raise UsageError(f"only={only}: write column=value")
    return column, value


def keep(read: Columnar, condition: tuple[str, str] | None, path: str) -> Columnar:
    """The rows in which a column has a value; UsageError when there is no such column or row."""
    if condition is None or not read.rows:
        return read
    column, value = condition
    if column not in read.columns:
        raise UsageError(f"only={column}={value}: {path} has no such column{nearest(column, read.columns)}")
    rows = [row for row in read.rows if str(row.get(column)) == value]
    if not rows:
        there = nearest(value, {str(row.get(column))[:60] for row in read.rows[:1000]})
        raise UsageError(f"only={column}={value}: no row of {path} has that{there}")
    return dataclasses.replace(read, rows=rows, content=read.content + f"{column}={value}".encode())
