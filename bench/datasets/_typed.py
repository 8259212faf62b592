"""JSON values into frozen records, by the types that the records declare; every fault with its path."""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Mapping
from typing import Any, NamedTuple, TypeVar

from bench.datasets._cells import did_you_mean, kind_of

R = TypeVar("R")


class Fault(NamedTuple):
    """One thing wrong: where inside the record, what, and the value."""

    at: str
    message: str
    value: Any = None


def record_of(kind: type[R], row: Mapping[str, Any], at: str = "") -> tuple[R | None, list[Fault]]:
    """A record of class `kind` from a row of its fields, or None and all faults.

    Absent and null fields take their default; a field without one must be there. Whole numbers pass as
    numbers; nothing else is converted.
    """
    faults: list[Fault] = []
    found = _record(kind, row, at, faults)
    return (None, faults) if faults else (found, faults)


@functools.cache
def hints(kind: type) -> dict[str, Any]:
    """Field → type of a record class, in order."""
    named = typing.get_type_hints(kind)
    return {f.name: named[f.name] for f in dataclasses.fields(kind) if f.init}


def inner(hint: Any) -> tuple[Any, bool]:
    """A type without its `| None`, and whether it had one."""
    if isinstance(hint, types.UnionType):
        left = [t for t in typing.get_args(hint) if t is not type(None)]
        return left[0], True
    return hint, False


def _record(kind: Any, row: Any, at: str, faults: list[Fault]) -> Any:
    if not isinstance(row, Mapping):
        faults.append(Fault(at, f"must be an object, not {kind_of(row)}"))
        return None
    known = hints(kind)
    faults += [
        Fault(_join(at, name), f"there is no such field{did_you_mean(str(name), tuple(known))}")
        for name in row
        if name not in known
    ]
    defaults = {f.name: f.default for f in dataclasses.fields(kind)}
    values: dict[str, Any] = {}
    for name, hint in known.items():
        value = row.get(name)
        if value is not None:
            values[name] = _value(hint, value, _join(at, name), faults)
        elif defaults[name] is dataclasses.MISSING:
            faults.append(Fault(_join(at, name), "is missing"))
    return None if faults else kind(**values)


def _value(hint: Any, value: Any, at: str, faults: list[Fault]) -> Any:
    kind, _ = inner(hint)
    if dataclasses.is_dataclass(kind):
        return _record(kind, value, at, faults)
    if typing.get_origin(kind) is tuple:
        if not isinstance(value, list | tuple):
            faults.append(Fault(at, f"must be a list, not {kind_of(value)}", value))
            return ()
        member = typing.get_args(kind)[0]
        return tuple(_value(member, v, f"{at}[{n}]", faults) for n, v in enumerate(value))
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind:
        faults.append(Fault(at, f"must be {_WORDS[kind]}, not {kind_of(value)}", value))
    return value


_WORDS = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}


def _join(at: str, name: object) -> str:
    return f"{at}.{name}" if at else str(name)
