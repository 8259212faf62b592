"""Reading predictions files: JSON lines, SQuAD's `{id: text}`, CSV, any of them gzipped. Every problem is found at once."""

from __future__ import annotations

import contextlib
import csv
import gzip
import io
import json
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from bench.errors import DataError, Problem, UsageError, counted
from bench.models._recorded_bytes import HashedFile
from bench.models._recorded_rows import DUPLICATES, IDS, TEXTS, Row, read_row

MOST_PROBLEMS = 50  # told one by one; the rest are counted
_UTF8 = "save the file as UTF-8"
_MEND = "mend or remove the line"
_WIDE = (b"\xff\xfe", b"\xfe\xff")


def read_rows(path: Path) -> list[Row]:
    """The answers of a predictions file, in file order, for a reader that replays them; failed ones left out.

    Raises UsageError when the file cannot be opened, DataError with every problem found otherwise; two rows
    for one item and variant are a problem, since a reader gives one answer.
    """
    file = PredictionsFile(path)
    seen: set[tuple[str, str | None]] = set()
    rows: list[Row] = []
    for line, row in file.rows():
        if (row.item_id, row.variant) in seen:
            file.twice(line, row.item_id)
        seen.add((row.item_id, row.variant))
        rows.append(row)
    file.finish()
    return [row for row in rows if row.error is None]


class PredictionsFile:
    """One pass over a predictions file, without keeping it.

    `.csv` and `.tsv` are tables (comma, semicolon or tab; a byte-order mark is accepted), `.json` is one
    `{id: text}` object or a list of rows (read whole), anything else is one JSON object per line. Content
    that is gzipped is unpacked, whatever the name; a final `.gz` does not count towards the suffix.
    """

    def __init__(self, path: Path) -> None:
        """Open the file; UsageError when that fails."""
        self.path = path
        self.problems: list[Problem] = []  # the first MOST_PROBLEMS; add through `complain`
        self.faults = 0  # how many there are
        self.read = 0  # rows taken in
        try:
            self._file = HashedFile(path)
        except (OSError, ValueError) as error:
            raise UsageError(f"cannot read the predictions file {path}: {error}") from error

    @property
    def sha256(self) -> str:
        """Hex digest of the file's bytes as they were read; whole once `rows` has ended."""
        return self._file.sha256

    @property
    def position(self) -> int:
        """Bytes read so far."""
        return self._file.position

    @property
    def size(self) -> int:
        """Bytes of the file; 0 where that is not known."""
        return self._file.size

    def rows(self) -> Iterator[tuple[int | None, Row]]:
        """(line, row) of every well-formed row, in file order; other rows add to `problems`.

        Lines count from 1, None in a `.json` file. Call once.
        """
        where = str(self.path)
        suffix = Path(self.path.name.removesuffix(".gz")).suffix.lower()
        try:
            buffered = io.BufferedReader(self._file, 1 << 16)
            packed = buffered.peek(2)[:2] == b"\x1f\x8b"
            stream = gzip.GzipFile(fileobj=buffered) if packed else buffered
            raw: Iterator[tuple[int | None, Mapping[str, Any] | Row]]
            if suffix in {".csv", ".tsv"}:
                raw = self._table(stream)
            else:
                raw = self._document(stream) if suffix == ".json" else self._lines(stream)
            for line, value in raw:
                row = value if isinstance(value, Row) else read_row(where, line, value, self.complain)
                if row is not None:
                    self.read += 1
                    yield line, row
            while buffered.read(1 << 16):
                pass  # what stands behind a fatal fault still belongs to the digest
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            fix = "pack it again"
            self.complain(Problem(where=str(self.path), message=f"damaged gzip file ({error})", fix=fix))
        except OSError as error:
            raise UsageError(f"cannot read the predictions file {self.path}: {error}") from error
        finally:
            self._file.close()
        if not self.read and not self.faults:
            fix = "write at least one row"
            self.complain(Problem(where=str(self.path), message="holds no predictions", fix=fix))

    def complain(self, problem: Problem) -> None:
        """Note something wrong with the file."""
        self.faults += 1
        if self.faults <= MOST_PROBLEMS:
            self.problems.append(problem)

    def twice(self, line: int | None, item_id: str) -> None:
        """Note that an answer is given twice."""
        message, fix = "is given twice", "keep one of the two"
        self.complain(
            Problem(where=str(self.path), line=line, item=item_id, field="id", message=message, fix=fix)
        )

    def finish(self) -> None:
        """DataError with every problem, if there are any; beyond MOST_PROBLEMS only how many."""
        if not self.faults:
            return
        problems = sorted(self.problems, key=lambda problem: problem.line or 0)
        if more := self.faults - len(problems):
            message, fix = (
                counted(more, "more problem of this kind", "more problems of this kind"),
                "mend these first",
            )
            problems.append(Problem(where=str(self.path), message=message, fix=fix))
        raise DataError(problems)

    def _decoded(self, stream: io.BufferedIOBase, *, table: bool) -> Iterator[tuple[int, str]]:
        """(line number, text with its end), split at LF only: U+2028 is text."""
        for number, data in enumerate(stream, start=1):
            try:
                text = data.decode("utf-8")
            except UnicodeDecodeError as error:
                message = f"not UTF-8 at byte {error.start} of the line"
                self.complain(Problem(where=str(self.path), line=number, message=message, fix=_UTF8))
                if number == 1 and data.startswith(_WIDE):
                    return  # UTF-16: no line of it can be read
                continue
            if number == 1 and text.startswith("\ufeff"):
                if not table:
                    message, fix = "starts with a byte-order mark", f"{_UTF8} without it"
                    self.complain(Problem(where=str(self.path), line=1, message=message, fix=fix))
                text = text[1:]
            yield number, text

    def _parse(self, text: str, line: int) -> Any:
        """The JSON value of `text` whose first line is `line` of the file, or None after noting a problem."""
        with contextlib.suppress(ValueError, RecursionError):  # said below, where it is known what to say
            value, end = _DECODER.raw_decode(text)
            if end == len(text):
                return value
        try:
            return _DECODER.decode(text)
        except json.JSONDecodeError as error:
            at = line + error.lineno - 1
            message = f"not valid JSON: {error.msg.removesuffix(' at')} at column {error.colno}"
            self.complain(Problem(where=str(self.path), line=at, message=message, fix=_MEND))
        except (RecursionError, ValueError) as error:
            message = f"not readable as JSON: {type(error).__name__}"
            self.complain(Problem(where=str(self.path), line=line, message=message, fix=_MEND))
        return None

    def _lines(self, stream: io.BufferedIOBase) -> Iterator[tuple[int | None, Mapping[str, Any]]]:
        for number, line in self._decoded(stream, table=False):
            if line.isspace():
                continue
            before = self.faults
            value = self._parse(line.rstrip(), number)
            if type(value) is dict:
                yield number, value
            elif self.faults == before:
                message, fix = "not a JSON object", 'write {"id": …, "text": …}'
                self.complain(Problem(where=str(self.path), line=number, message=message, fix=fix))

    def _document(self, stream: io.BufferedIOBase) -> Iterator[tuple[int | None, Mapping[str, Any] | Row]]:
        text = "".join(line for _, line in self._decoded(stream, table=False))
        before = self.faults
        value = None if self.faults else self._parse(text, 1)
        if isinstance(value, dict):
            for name in value.pop(DUPLICATES, []):
                second = text.find(json.dumps(name), text.find(json.dumps(name)) + 1)
                self.twice(text.count("\n", 0, second) + 1 if second > 0 else None, name)
            for name, answer in value.items():
                usual = name and type(answer) is str
                yield None, Row(name, None, answer) if usual else {"id": name, "text": answer}
        elif isinstance(value, list) and all(isinstance(row, dict) for row in value):
            for row in value:
                yield None, row
        elif self.faults == before:
            message = "not an object or a list of objects"
            fix = "write {id: text, …}, or use .jsonl for one object per line"
            self.complain(Problem(where=str(self.path), line=1, message=message, fix=fix))

    def _table(self, stream: io.BufferedIOBase) -> Iterator[tuple[int | None, Mapping[str, Any]]]:
        lines = (part for _, line in self._decoded(stream, table=True) for part in _records(line))
        header = next(lines, "")
        limit = csv.field_size_limit(1 << 30)
        line = 1
        try:
            reader = csv.reader(chain([header], lines), delimiter=max(",;\t", key=header.count), strict=True)
            names = [name.strip().lower() for name in next(reader, [])]
            if not set(names) & set(IDS) or not set(names) & set(TEXTS):
                fix = f"name one column {' or '.join(IDS[:2])} and one {', '.join(TEXTS[:-1])} or {TEXTS[-1]}"
                message, value = "lacks a needed column", ", ".join(names)
                self.complain(Problem(where=str(self.path), line=1, value=value, message=message, fix=fix))
                return
            line = reader.line_num + 1
            for cells in reader:
                if len(cells) == len(names):
                    yield line, {k: v for k, v in zip(names, cells, strict=True) if v or k in TEXTS}
                elif cells:
                    message = f"has {counted(len(cells), 'cell')} where the header has {len(names)}"
                    fix = "quote cells with delimiters"
                    self.complain(Problem(where=str(self.path), line=line, message=message, fix=fix))
                line = reader.line_num + 1
        except csv.Error as error:
            message, fix = f"not valid CSV: {error}", "mend the quotes of this row"
            self.complain(Problem(where=str(self.path), line=line, message=message, fix=fix))
        finally:
            csv.field_size_limit(limit)


def _records(line: str) -> Iterator[str]:
    """A line, split once more at bare carriage returns, as old programs end theirs."""
    return iter(io.StringIO(line, newline="")) if "\r" in line[:-2] else iter((line,))


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        found[DUPLICATES] = sorted(key for key, n in Counter(key for key, _ in pairs).items() if n > 1)
    return found


_DECODER = json.JSONDecoder(object_pairs_hook=_pairs)
