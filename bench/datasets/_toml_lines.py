"""On which line a key of a TOML document stands; `tomllib` keeps no positions."""

from __future__ import annotations

import re
from bisect import bisect_right

Path = tuple[str | int, ...]  # ("item", 3, "slots", 1, "answer"); list positions count from 0

_SPACE = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*'""")
_BLOCK = re.compile(
    r'"""(?P<basic>(?:\\.|[^\\])*?)"""(?P<tail>"{0,2})|' + r"'''(?P<literal>.*?)'''", re.DOTALL
)
_PLAIN = re.compile(r""""(?:\\.|[^"\\\n])*"|'[^'\n]*'|[^,\]}#\n]+""")


class Lines:
    """Lines (from 1) of the tables, keys and list members of a *valid* TOML document.

    A path that is not in the document answers with the line of the longest part of it that is, so that a
    missing key is reported where its table begins.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(m.end() for m in re.finditer("\n", text))]
        self._lines: dict[Path, int] = {}
        self._blocks: dict[Path, tuple[int, int]] = {}  # first content line, number of line feeds
        self._counts: dict[Path, int] = {}  # tables seen under [[name]]
        try:
            self._document()
        except (IndexError, RecursionError):  # not valid after all: the lines found so far still help
            return

    def line(self, *path: str | int) -> int | None:
        """The line of `path`, or of the nearest thing around it; None for the file as a whole."""
        for length in range(len(path), 0, -1):
            if path[:length] in self._lines:
                return self._lines[path[:length]]
        return None

    def __contains__(self, path: Path) -> bool:
        return path in self._lines

    def block(self, value: str, *path: str | int) -> int | None:
        """The line on which the content of a multi-line string begins.

        None when `path` is no such string, or when escapes make its lines differ from those of `value`.
        """
        first, feeds = self._blocks.get(path, (0, -1))
        return first if feeds == value.count("\n") else None

    def _at(self, position: int) -> int:
        return bisect_right(self._starts, position)

    def _skip(self, position: int) -> int:
        match = _SPACE.match(self._text, position)
        return match.end() if match else position

    def _document(self) -> None:
        table: Path = ()
        position = self._skip(0)
        while position < len(self._text):
            if self._text[position] == "[":
                table, position = self._header(position)
            else:
                position = self._pair(position, table)
            position = self._skip(position)

    def _header(self, start: int) -> tuple[Path, int]:
        """The path that a `[table]` or `[[table]]` line opens, and where the line ends."""
        array = self._text.startswith("[[", start)
        names, end = self._key(start + 1 + array)
        path: Path = ()
        for name in names:
            path += (name,)
            if path in self._counts and path != tuple(names):
                path += (self._counts[path] - 1,)
        if array:
            count = self._counts.get(path, 0)
            self._counts[path] = count + 1
            self._lines.setdefault(path, self._at(start))
            path += (count,)
        self._lines[path] = self._at(start)
        return path, self._text.index("]", end) + 1 + array if "]" in self._text[end:] else len(self._text)

    def _key(self, position: int) -> tuple[list[str], int]:
        """The parts of a dotted key, and the position behind it."""
        parts: list[str] = []
        while True:
            match = _KEY.match(self._text, self._skip(position))
            if match is None:
                raise IndexError(position)
            parts.append(match.group().strip("\"'"))
            position = self._skip(match.end())
            if self._text[position] != ".":
                return parts, position
            position += 1

    def _pair(self, position: int, table: Path) -> int:
        """Record `key = value`; the position behind the value."""
        start = position
        names, position = self._key(position)
        path = table
        for name in names:
            path += (name,)
            self._lines.setdefault(path, self._at(start))
        if self._text[position] != "=":
            raise IndexError(position)
        return self._value(self._skip(position + 1), path)

    def _value(self, position: int, path: Path) -> int:
        """Record what stands inside the value at `position`; the position behind it."""
        self._lines.setdefault(path, self._at(position))
        opening = self._text[position]
        if opening in "[{":
            closing = "]" if opening == "[" else "}"
            position, count = self._skip(position + 1), 0
            while self._text[position] != closing:
                inner = (
                    self._value(position, (*path, count)) if opening == "[" else self._pair(position, path)
                )
                count += 1
                position = self._skip(inner)
                if self._text[position] == ",":
                    position = self._skip(position + 1)
            return position + 1
        block = _BLOCK.match(self._text, position)
        if block:
            content = block["literal"] if block["basic"] is None else block["basic"]
            led = content.startswith(("\n", "\r\n"))
            self._blocks[path] = (self._at(position) + led, content.count("\n") - led)
            return block.end()
        plain = _PLAIN.match(self._text, position)
        if plain is None:
            raise IndexError(position)
        return plain.end()
