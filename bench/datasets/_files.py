"""Whole files as JSON values, and their fingerprints."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.datasets._bytes import content, decode
from bench.datasets._strict_json import StrictJson, lines_by_path
from bench.errors import Problem


def read_json(path: Path) -> tuple[Any, list[Problem]]:
    """The value of a JSON file, a BOM and gzip allowed, and what is wrong with its characters and form."""
    text, found = decode(path, allow_bom=True, strict=False, max_line=None)
    problems = [p for p in found if p.check != "control"]  # JSON has its own rules for those
    value, faults = StrictJson().parse(text) if text.strip() else (None, [])
    for fault in faults:
        message = fault.message + (f" at column {fault.column}" if fault.column else "")
        fix = (
            "one JSON value a file; for JSON Lines use dataset=mrqa or jsonl"
            if "Extra data" in message
            else None
        )
        problems.append(
            Problem(where=str(path), line=fault.line or None, message=message, fix=fix, check="json")
        )
    return value, problems


def located(path: Path, problems: Sequence[Problem]) -> list[Problem]:
    """Problems of a JSON file, by path, with the line of each where the file has lines."""
    if all(p.field is None for p in problems):  # of its form: the text may not even parse
        return list(problems)
    text, _ = decode(path, allow_bom=True, strict=False, max_line=None)
    if text.count("\n") < 2:
        return list(problems)
    lines = lines_by_path(text)
    return [replace(p, line=p.line or _line(p.field or "", lines)) for p in problems]


def _line(field: str, lines: Mapping[str, int]) -> int | None:
    """The line of a value, or of the innermost one around it where it is missing."""
    while field and field not in lines:
        field = field[: max(field.rfind("."), field.rfind("["), 0)]
    return lines.get(field)


def fingerprint(path: Path) -> str:
    """The first 12 hex digits of the sha256 of a file's bytes, unpacked where they are gzipped."""
    data = content(path)
    return hashlib.sha256(data if isinstance(data, bytes) else b"").hexdigest()[:12]
