"""A report as blocks of plain data, written once and shown three ways: terminal, Markdown, HTML.

All texts are raw: each renderer makes them harmless for its own medium, so a report need not know about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Tone = Literal["plain", "strong", "dim"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading; level 1 is the title of the whole."""

    level: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Para:
    """A paragraph."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """A list: (name, text), the name empty where there is none."""

    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of an article, by sentence."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; columns from `numeric_from` on hold figures and are right-aligned."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric_from: int = 1


Block = Heading | Para | Bullets | Quote | Table
Blocks = Sequence[Block]

TEXT_WIDTH = 500  # characters of one text; whole texts are in the JSON form
CELL_WIDTH = 120  # of one cell
