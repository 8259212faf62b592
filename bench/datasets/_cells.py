"""One row of a table, read field by field, with everything that is wrong written down."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.datasets._strict_json import StrictJson
from bench.errors import Problem, nearest

FIELDS: tuple[str, ...] = (
    "question", "context", "context_file", "answer", "answers", "id", "article_id", "answer_type",
    "answer_mode", "answerable", "reject", "unit", "skills", "split", "language",
)  # fmt: skip

_NUMBER_IS_TEXT = {"answer", "id", "article_id"}
_FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_ARRAY_FIX = 'write a JSON array: ["one wording", "another"]'


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One record as it was read."""

    line: int  # where it starts
    cells: Mapping[str, Any]  # by the file's own column names


@dataclass(slots=True, kw_only=True)
class Log:
    """What has been found wrong or worth saying so far."""

    where: str  # the file, as the user named it
    problems: list[Problem] = field(default_factory=list)
    composed: list[int] = field(default_factory=list)  # lines with text that was not in NFC


class Cells:
    """The fields of one row. Every reader returns None (or nothing) for absent, null and blank cells.

    A reader that cannot make sense of a cell says so in the log, adds the field to `bad`, returns None.
    """

    __slots__ = ("_json", "_log", "_names", "_values", "bad", "item", "line")

    def __init__(self, row: Row, names: Mapping[str, str], log: Log, json: StrictJson) -> None:
        self.line = row.line
        self.bad: set[str] = set()
        self.item: str | None = None
        self._names, self._log, self._json = names, log, json
        cells = row.cells
        self._values = {
            field: value
            for field, column in names.items()
            if (value := cells.get(column)) is not None and not (isinstance(value, str) and not value.strip())
        }

    def raw(self, name: str) -> Any:
        """The cell as it was read; None when it is absent, null or blank."""
        return self._values.get(name)

    def has(self, name: str) -> bool:
        """Whether the file has a column for the field."""
        return name in self._names

    def say(
        self, name: str, message: str, value: object = None, fix: str | None = None, at: str = ""
    ) -> None:
        """Write down a problem with field `name`; `at` leads into it (`[2].key`)."""
        self.bad.add(name)
        shown = value if isinstance(value, str) or value is None else repr(value)
        self._log.problems.append(
            Problem(
                where=self._log.where,
                line=self.line,
                item=self.item,
                field=self._names.get(name, name) + at,
                value=shown,
                message=message,
                fix=fix,
            )
        )

    def missing(self, name: str, message: str, fix: str) -> None:
        """`say`, unless the field has been complained about already."""
        if name not in self.bad:
            self.say(name, message, fix=fix)

    def text(self, name: str) -> str | None:
        """A text without surrounding space, in NFC. JSON numbers pass where the field is an id or an answer."""
        value = self._values.get(name)
        if value is None:
            return None
        if isinstance(value, str):
            return self.clean(name, value) or None
        if name in _NUMBER_IS_TEXT and isinstance(number := as_text(value), str):
            return number
        self.say(name, f"must be text, not {kind_of(value)}", value)
        return None

    def clean(self, name: str, value: str, at: str = "") -> str:
        """`value` trimmed, with LF line ends, in NFC; empty (and said) when it holds half a surrogate pair."""
        text = value.strip()
        if "\r" in text:
            text = text.replace("\r\n", "\n")
        if text.isascii():
            return text
        try:
            text.encode()
        except UnicodeEncodeError as error:
            half = ascii(text[error.start])[1:-1]
            self.say(name, f"holds {half}, half of a surrogate pair", fix="write the whole character", at=at)
            return ""
        if not unicodedata.is_normalized("NFC", text):
            self._log.composed.append(self.line)
            text = unicodedata.normalize("NFC", text)
        return text

    def flag(self, name: str) -> bool | None:
        """True or false, however spelled: true/false, yes/no, 1/0."""
        value = self._values.get(name)
        if value is None:
            return None
        known = _FLAGS.get(str(value).strip().lower())
        if known is None:
            self.say(name, "is neither true nor false", value, "write true or false (yes/no and 1/0 also do)")
        return known

    def choice(self, name: str, allowed: Sequence[str]) -> str | None:
        """One of `allowed`."""
        value = self.text(name)
        if value is None or value in allowed:
            return value
        self.say(name, f"is not one of {', '.join(allowed)}{did_you_mean(value, allowed)}", value)
        return None

    def listed(self, name: str) -> list[Any] | None:
        """A list, or a JSON array written out as text."""
        value = self._values.get(name)
        if isinstance(value, str):
            text = value
            value, faults = self._json.parse(text)
            if faults:
                line, column, message = faults[0]
                place = f" at line {line}, column {column} of the cell" if line else ""
                self.say(name, message + place, text, _ARRAY_FIX)
                return None
        if value is None or isinstance(value, list):
            return value
        self.say(name, f"must be a list, not {kind_of(value)}", value, _ARRAY_FIX)
        return None

    def words(self, name: str, *, loose: bool = False) -> tuple[str, ...]:
        """A list of texts, each once; with `loose`, text without brackets is split at commas and spaces."""
        value = self._values.get(name)
        if value is None:
            return ()
        if loose and isinstance(value, str) and not value.lstrip().startswith("["):
            return tuple(dict.fromkeys(value.replace(",", " ").replace(";", " ").split()))
        return self.texts(name, self.listed(name) or [])

    def texts(self, name: str, values: Sequence[Any], at: str = "") -> tuple[str, ...]:
        """`values` cleaned, each once, in order; blank and non-text members are problems."""
        found: dict[str, None] = {}
        for n, value in enumerate(map(as_text, values)):
            place = f"{at}[{n}]"
            if not isinstance(value, str):
                self.say(name, f"must be text, not {kind_of(value)}", value, at=place)
            elif text := self.clean(name, value, place):
                found[text] = None
            elif not value.strip():
                self.say(name, "is blank", fix="write the text or take it out", at=place)
        return tuple(found)


def as_text(value: Any) -> Any:
    """A JSON number as text (52 is a fair way to write an answer); anything else as it is."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def kind_of(value: Any) -> str:
    """What JSON calls the kind of `value`."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return "text"
    return "a list" if isinstance(value, list) else "an object"


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """` — did you mean 'x'?` when something is close, else nothing."""
    hint = nearest(word, known)
    return hint if "did you mean" in hint else ""
