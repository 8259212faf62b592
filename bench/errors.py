"""Everything Dateline raises on purpose, each with the exit code that a shell sees.

    DatelineError            1  unexpected internal error
    ├── UsageError           2  wrong key, value, name or missing extra
    ├── DataError            3  invalid articles, items or predictions; carries every problem found
    ├── IncompleteRun        4  planned items without a record, or failed
    ├── NotComparable        7  runs that differ in items, gold or metric versions
    ├── RunBusy              8  another process holds the run
    └── StorageError         9  disk full, read-only, damaged or edited files

Exit codes 5 and 6 belong to the gate's verdicts, 130 to an interrupt.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


class DatelineError(Exception):
    """Base of all deliberate errors. `str()` is the whole message a person needs."""

    exit_code = 1


class UsageError(DatelineError):
    """The command line or configuration asks for something that does not exist or does not fit."""

    exit_code = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong with a data file, said so that a person can act on it.

    `where` is the file as the user named it; `line` counts from 1 (None: whole file). `field` is what
    carries the fault, `value` its offending value, `fix` the next step.
    """

    where: str
    line: int | None = None
    item: str | None = None
    field: str | None = None
    value: str | None = None
    message: str
    fix: str | None = None
    check: str = "structure"

    def __str__(self) -> str:
        """`file:line: item q020: field: message (value …); fix`, parts left out where unknown."""
        place = self.where if self.line is None else f"{self.where}:{self.line}"
        parts = [place]
        if self.item:
            parts.append(f"item {self.item}")
        if self.field:
            parts.append(self.field)
        text = ": ".join([*parts, self.message])
        if self.value is not None:
            text += f" (value: {shorten(self.value)})"
        if self.fix:
            text += f"; {self.fix}"
        return text


class DataError(DatelineError):
    """Invalid data. Holds *all* problems found, in file order."""

    exit_code = 3

    def __init__(self, problems: Sequence[Problem] | str) -> None:
        """Take the problems, or one sentence where no file can be named."""
        self.problems = () if isinstance(problems, str) else tuple(problems)
        super().__init__(problems if isinstance(problems, str) else "\n".join(map(str, self.problems)))


class IncompleteRun(DatelineError):
    """A run whose planned items do not all have an answered record."""

    exit_code = 4


class NotComparable(DatelineError):
    """Runs or scores that may not stand in one table; the message says what differs."""

    exit_code = 7


class RunBusy(DatelineError):
    """Another live process holds the lock of the run."""

    exit_code = 8


class StorageError(DatelineError):
    """The disk said no, or sealed files are not what was sealed."""

    exit_code = 9


def shorten(value: object, width: int = 80) -> str:
    """`repr` of a value, cut to `width` characters, control characters escaped."""
    text = ascii(value) if isinstance(value, str) and not value.isprintable() else repr(value)
    return text if len(text) <= width else text[: width - 1] + "…"


def counted(n: int, one: str, many: str | None = None) -> str:
    """`1 article`, `20 articles`, `2 misses` (where the plural is not an added s)."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


_MOST_NAMES = 40


def nearest(word: str, known: Iterable[str]) -> str:
    """` — did you mean 'x'?` for the closest known name, or the list (its start, where long) when nothing is close, or nothing."""
    names = sorted(known)
    close = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if close:
        return f" — did you mean {close[0]!r}?"
    more = f" … ({len(names)} in all)" if len(names) > _MOST_NAMES else ""
    return f" — known: {', '.join(names[:_MOST_NAMES])}{more}" if names else ""
