"""Typed reading of the tables of an authored source: every fault becomes a `Problem`, none an exception."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Collection, Mapping
from typing import Any

from bench.datasets._bytes import invisible
from bench.datasets._toml_lines import Lines, Path
from bench.errors import Problem, nearest

_TYPES = {bool: "true or false", int: "a whole number", float: "a number", str: "a string", list: "a list"}


class Log:
    """The problems of one file, each with its line."""

    def __init__(self, where: str, lines: Lines) -> None:
        self.where = where
        self.lines = lines
        self.problems: list[Problem] = []

    def add(
        self,
        path: Path,
        message: str,
        *,
        item: str | None = None,
        value: object = None,
        fix: str | None = None,
        check: str = "structure",
        line: int | None = None,
    ) -> None:
        """Note a problem at `path` of the document, on its line or on `line`."""
        self.problems.append(
            Problem(
                where=self.where,
                line=line or self.lines.line(*path),
                item=item,
                field=dotted(path, in_item=item is not None),
                value=None if value is None else shown(value),
                message=message,
                fix=fix,
                check=check,
            )
        )


def dotted(path: Path, *, in_item: bool) -> str | None:
    """`("item", 3, "slots", 1, "answer")` as `slots[2].answer`; members count from 1."""
    text = ""
    for part in path[2:] if in_item else path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return text.lstrip(".") or None


class Table:
    """One TOML table while it is read key by key.

    Every getter returns None (or an empty tuple) for an absent or faulty key, after noting the fault.
    """

    def __init__(self, data: Mapping[str, Any], path: Path, log: Log, item: str | None = None) -> None:
        self.data, self.path, self.log, self.item = data, path, log, item

    def fault(
        self,
        key: str,
        message: str,
        *,
        value: object = None,
        fix: str | None = None,
        check: str = "structure",
        line: int | None = None,
    ) -> None:
        """Note a problem with one key of this table; `line` where it is better known than the key's."""
        path = (*self.path, key)
        self.log.add(path, message, item=self.item, value=value, fix=fix, check=check, line=line)

    def known(self, keys: Collection[str]) -> None:
        """Note every key that is not one of `keys`."""
        for key in self.data:
            if key not in keys:
                self.fault(key, f"unknown key {key!r}{nearest(key, keys)}")

    def text(self, key: str, *, required: bool = False, block: bool = False) -> str | None:
        """A string; a blank one is a fault, so are odd characters, and space around it unless `block`."""
        value: str | None = self._typed(key, str, required)
        return value if value is None or self._clean((key,), value, block=block) else None

    def choice(self, key: str, allowed: Collection[str], *, required: bool = False) -> str | None:
        """A string out of a closed list."""
        value: str | None = self._typed(key, str, required)
        if value is not None and value not in allowed:
            self.fault(key, f"{value!r} is not allowed{nearest(value, allowed)}", value=value)
            return None
        return value

    def whole(self, key: str, low: int, high: int) -> int | None:
        """An integer between `low` and `high`."""
        value: int | None = self._typed(key, int, required=False)
        if value is not None and not low <= value <= high:
            self.fault(key, f"must be between {low} and {high}", value=value)
            return None
        return value

    def number(self, key: str) -> float | None:
        """A finite number."""
        value = self._typed(key, float, required=False)
        try:
            finite = value is None or math.isfinite(value)
        except OverflowError:
            finite = False
        if not finite:
            self.fault(key, "must be a finite number", value=value)
            return None
        return None if value is None else float(value)

    def flag(self, key: str, *, required: bool = False) -> bool | None:
        """True or false."""
        value: bool | None = self._typed(key, bool, required)
        return value

    def strings(self, key: str, allowed: Collection[str] | None = None) -> tuple[str, ...]:
        """A list of distinct strings, out of a closed list where one is given."""
        members = self._typed(key, list, required=False) or []
        good: list[str] = []
        for n, member in enumerate(members):
            path = (*self.path, key, n)
            if not isinstance(member, str):
                self.log.add(path, f"must be a string, not {kind(member)}", item=self.item, value=member)
            elif member in good:
                self.log.add(path, "stands twice in the list", item=self.item, value=member)
            elif allowed is not None and member not in allowed:
                message = f"{member!r} is not allowed{nearest(member, allowed)}"
                self.log.add(path, message, item=self.item, value=member)
            elif self._clean((key, n), member, block=False):
                good.append(member)
        return tuple(good)

    def _typed(self, key: str, wanted: type, required: bool) -> Any:
        if key not in self.data:
            if required:
                self.fault(key, f"missing key {key!r}")
            return None
        value = self.data[key]
        fits = isinstance(value, (int, float) if wanted is float else wanted)
        if not fits or (isinstance(value, bool) and wanted is not bool):
            fix = "put it in quotes" if wanted is str and not isinstance(value, list | dict) else None
            self.fault(key, f"must be {_TYPES[wanted]}, not {kind(value)}", value=value, fix=fix)
            return None
        return value

    def _clean(self, key: Path, value: str, *, block: bool) -> bool:
        """Whether a string is fit to be data; TOML escapes may bring in what the file's bytes do not show."""
        message, check, fix = None, "structure", None
        hidden = invisible(value)
        if not value.strip():
            message = "is blank"
        elif hidden:
            message, check, fix = f"contains {hidden}", "control", "delete it"
        elif not unicodedata.is_normalized("NFC", value):
            message, check, fix = "not in Unicode form NFC", "nfc", "normalise the file to NFC"
        elif value != value.strip() and not block:
            message, fix = "begins or ends with a space", "delete the space"
        if message:
            self.log.add((*self.path, *key), message, item=self.item, value=value, fix=fix, check=check)
        return message is None


def kind(value: object) -> str:
    """The TOML kind of a value, for messages."""
    if isinstance(value, dict):
        return "a table"
    return _TYPES.get(type(value), "a date or time")


def shown(value: object) -> str:
    """A value for a message, however large."""
    try:
        return str(value)
    except ValueError:  # an integer of more digits than Python prints
        return "a huge number"
