"""The rows of a researcher's own table, whatever file they came from, as articles and items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.datasets._bytes import content, stem
from bench.datasets._cells import FIELDS, Row, did_you_mean
from bench.datasets._native import is_exported
from bench.datasets._reading import SPLITS, Reading
from bench.errors import DataError, Problem, UsageError, nearest, shorten
from bench.records import Dataset

_REQUIRED = (
    ("question",),
    ("context", "context_file"),
    ("answer", "answers", "answerable", "answer_type"),  # the last two can say that there is no answer
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A file as read: columns, rows, and what was wrong with its form."""

    path: Path
    columns: tuple[str, ...]
    rows: Sequence[Row]
    problems: Sequence[Problem] = ()
    content: bytes | None = None  # what the default version is the hash of; None: the bytes of `path`


def column_names(columns: Mapping[str, str | None] | None) -> dict[str, str]:
    """The file's name for every field that is read; a field mapped to None is not.

    UsageError for a field that does not exist and for a name used twice.
    """
    names = {field: field for field in FIELDS}
    for field, column in (columns or {}).items():
        if field not in FIELDS:
            raise UsageError(f"columns.{field}: there is no such field{nearest(field, FIELDS)}")
        if column is None:
            del names[field]
        else:
            names[field] = str(column)
    twice = [column for column, n in Counter(names.values()).items() if n > 1]
    if twice:
        raise UsageError(f"columns: {twice[0]!r} is given for more than one field")
    return names


def lines_of(text: str) -> Iterator[str]:
    """The lines of `text` with their ends, split at LF only (U+2028 and CR are ordinary here), one at a time."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def check_split(split: str) -> None:
    """UsageError unless `split` is one that items can have."""
    if split not in SPLITS:
        raise UsageError(f"split={split}: must be one of {', '.join(SPLITS)}")


def dataset_of(
    table: Table,
    names: Mapping[str, str],
    *,
    name: str | None = None,
    version: str | None = None,
    split: str = "test",
    language: str = "en",
) -> Dataset:
    """The articles and items of a table; DataError with all problems at once, in line order.

    `split` and `language` hold for rows that do not say. `name` defaults to the file's stem, `version` to the
    first 12 hex digits of its sha256 (taken together with the context files, where there are any); for rows
    that `dateline export` wrote and nobody edited, to those of the exported data set.
    """
    check_split(split)
    absent = _absent(table, names)
    if absent:
        raise DataError([*table.problems, *absent])
    present = {field: column for field, column in names.items() if column in table.columns}
    reading = Reading(table.path, present, split=split, language=language)
    for row in table.rows:
        reading.add(row)
    problems = [*table.problems, *reading.log.problems]
    if problems:
        raise DataError(sorted(problems, key=lambda p: (p.where != str(table.path), p.line or 0)))
    items, articles = reading.ordered()
    data = content(table.path) if table.content is None else table.content
    own = stem(table.path), reading.library.fingerprint(data if isinstance(data, bytes) else data.encode())
    origin = reading.native.origins.source(items) or own
    return Dataset(
        name=str(name or origin[0]),
        version=str(version or origin[1]),
        articles=articles,
        items=items,
        warnings=(*_unused(table, names), *reading.warnings()),
    )


def _absent(table: Table, names: Mapping[str, str]) -> list[Problem]:
    """Columns that no row can do without, and a table without rows."""
    where = str(table.path)
    if not table.columns:
        return [] if table.problems else [Problem(where=where, message="holds no rows", fix=_ROWS_FIX)]
    problems = []
    for group in _REQUIRED:
        wanted = [names.get(field, field) for field in group]
        if not set(wanted) & set(table.columns):
            message = f"there is no column {' or '.join(map(shorten, wanted[:2]))}"
            hints = [did_you_mean(w, table.columns) for w in wanted[:2]]
            message += next(filter(None, hints), "")
            fix = _other_form(table.columns) or (
                f"the file has {', '.join(map(shorten, table.columns))}; rename one or set columns.{group[0]}"
            )
            problems.append(Problem(where=where, line=1, field=wanted[0], message=message, fix=fix))
    if not table.rows and not table.problems and not problems:
        problems.append(Problem(where=where, message="holds a header and no rows", fix=_ROWS_FIX))
    return problems


def _other_form(columns: Sequence[str]) -> str | None:
    """What to do about a file in one of the published forms."""
    if "qas" in columns:
        return "this is MRQA's form: use dataset=mrqa"
    return "this looks like SQuAD's form: use dataset=squad" if "data" in columns else None


_ROWS_FIX = "write one row per question"


def _unused(table: Table, names: Mapping[str, str]) -> Iterator[str]:
    """A warning that names the columns nobody reads."""
    if any(is_exported(row.cells) for row in table.rows[:1]):
        return  # an export has columns that only it can read
    known = set(names.values())
    free = sorted(known - set(table.columns))
    unused = [shorten(c) + did_you_mean(c, free) for c in table.columns if c not in known]
    if unused:
        yield f"columns not used: {', '.join(unused)}"
