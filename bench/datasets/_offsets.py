"""Offsets as other programs count them."""

from __future__ import annotations

from bench.errors import UsageError, nearest

UNITS = ("characters", "utf16", "bytes")  # code points; JavaScript and Java; UTF-8
_CODES = {"utf16": ("utf-16-le", 2), "bytes": ("utf-8", 1)}


def check_unit(unit: str) -> None:
    """UsageError unless `unit` is one that offsets can be counted in."""
    if unit not in UNITS:
        raise UsageError(f"offsets={unit}: must be one of {', '.join(UNITS)}{nearest(unit, UNITS)}")


def to_characters(text: str, offset: int, unit: str) -> int | None:
    """An offset into `text` counted in `unit`, in characters; None inside of a character or outside of the text."""
    if offset < 0:
        return None
    if unit == "characters" or text.isascii():
        return offset if offset <= len(text) else None
    code, width = _CODES[unit]
    data = text.encode(code, "surrogatepass")
    if offset * width > len(data):
        return None
    try:
        return len(data[: offset * width].decode(code))
    except UnicodeDecodeError:
        return None


def unit_that_fits(context: str, text: str, start: int, but: str) -> str | None:
    """The unit, other than `but`, by which `text` stands at `start`."""
    for unit in UNITS:
        place = to_characters(context, start, unit)
        if unit != but and place is not None and context.startswith(text, place):
            return unit
    return None
