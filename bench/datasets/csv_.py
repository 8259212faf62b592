"""CSV and other tables with a delimiter, as spreadsheets write them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.datasets._bytes import decode
from bench.datasets._cells import Row
from bench.datasets._rows import Table, column_names, dataset_of, lines_of
from bench.errors import Problem, UsageError, counted
from bench.records import Dataset

_DELIMITERS = (",", ";", "\t")


def load(
    path: str,
    *,
    name: str | None = None,
    version: str | None = None,
    split: str = "test",
    language: str = "en",
    columns: Mapping[str, str | None] | None = None,
    delimiter: str | None = None,
) -> Dataset:
    """The data set in a CSV file whose first row names the columns (docs/own-data.md lists them).

    A BOM, `;` or tab as delimiter, CRLF, quoted line breaks and empty rows are accepted; `delimiter` None
    reads the delimiter off the header. `columns` maps our field names to the file's column names (None: not
    read). `split` and `language` hold for rows that have none. Raises DataError with every problem, by the
    line on which its row starts; UsageError for options that do not fit.
    """
    delimiter = "\t" if delimiter in ("tab", "\\t") else delimiter
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n'):
        raise UsageError(f"delimiter={delimiter!r}: must be one character, and no quote or line break")
    names = column_names(columns)
    table = read(Path(path), set(names.values()), delimiter)
    return dataset_of(table, names, name=name, version=version, split=split, language=language)


def read(path: Path, known: set[str], delimiter: str | None = None) -> Table:
    """The rows of a file, and what is wrong with its form; `known` are names that its header may hold."""
    text, problems = decode(path, allow_bom=True, strict=False, max_line=None)
    if not text.strip():
        return Table(path=path, columns=(), rows=(), problems=problems)
    skipped = 0
    if text.startswith("sep=") and text[5:6] in ("\r", "\n"):  # Excel's own way to name the delimiter
        delimiter, skipped = delimiter or text[4], 1
        text = text[5:].removeprefix("\r").removeprefix("\n")
    if "\n" not in text:
        text = text.replace("\r", "\n")  # the line ends of old Macintosh programs
    limit = csv.field_size_limit(len(text) + 1)  # a setting of the whole process: put back below
    try:
        records = _records(text, delimiter or _sniff(text, known), str(path), skipped, problems)
        header_line, header = next(records, (1, []))
        columns = _columns(header, header_line, str(path), problems)
        shared: dict[str, str] = {}  # a context stands in many rows: one copy is enough
        rows = [
            Row(
                line=line,
                cells={c: shared.setdefault(v, v) for c, v in zip(columns, record, strict=False) if v},
            )
            for line, record in records
            if _fits(record, columns, line, str(path), problems)
        ]
    finally:
        csv.field_size_limit(limit)
    return Table(path=path, columns=columns, rows=rows, problems=problems)


def _sniff(text: str, known: set[str]) -> str:
    """The delimiter that finds most known columns in the header, then most columns at all."""

    def merit(delimiter: str) -> tuple[int, int]:
        try:
            header = next(csv.reader(lines_of(text), delimiter=delimiter), [])
        except csv.Error:
            return 0, 0  # reading for good will say what is wrong
        return len(known & {cell.strip() for cell in header}), len(header)

    return max(_DELIMITERS, key=merit)


def _records(
    text: str, delimiter: str, where: str, skipped: int, problems: list[Problem]
) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not empty, with the line each starts on; ends early, with a problem, at broken quoting."""
    reader = csv.reader(lines_of(text), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1 + skipped
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            message, fix = _quoting(str(error))
            at = line if message.endswith("closed") else reader.line_num + skipped
            fix += "; nothing below was read"
            problems.append(Problem(where=where, line=at, message=message, fix=fix, check="csv"))
            return
        if any(cell.strip() for cell in record):
            yield line, record


def _quoting(error: str) -> tuple[str, str]:
    """What the csv module's complaint means, and what to do."""
    if "unexpected end" in error:
        return "a quote is opened and never closed", 'close it; write "" for a quote inside quoted text'
    if "new-line" in error:
        return "a bare carriage return outside quotes", "delete it, or put the text into quotes"
    return f"broken quoting: {error}", 'write "" for a quote inside quoted text'


def _columns(header: list[str], line: int, where: str, problems: list[Problem]) -> tuple[str, ...]:
    """The column names, trimmed; unnamed columns at the end are left out."""
    columns = [cell.strip() for cell in header]
    while columns and not columns[-1]:
        columns.pop()
    for n, column in enumerate(columns):
        if column and column in columns[:n]:
            fix = "rename or delete one"
            message = "two columns have this name"
            problems.append(
                Problem(where=where, line=line, field=column, message=message, fix=fix, check="csv")
            )
    return tuple(columns)


def _fits(
    record: list[str], columns: tuple[str, ...], line: int, where: str, problems: list[Problem]
) -> bool:
    """Whether a row has as many cells as there are columns; empty ones too many do no harm."""
    if len(record) == len(columns) or (len(record) > len(columns) and not any(record[len(columns) :])):
        return True
    few = len(record) < len(columns)
    fix = "add the empty cells" if few else "put text that holds the delimiter or a line break into quotes"
    message = f"{counted(len(record), 'cell')} under {counted(len(columns), 'column')}"
    problems.append(Problem(where=where, line=line, message=message, fix=fix, check="csv"))
    return False
