"""JSON as the standard has it: what Python's parser lets through is found, with line and column."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_CONSTANTS = {"NaN", "Infinity", "-Infinity"}


class Fault(NamedTuple):
    """One thing wrong with a JSON text; line and column count from 1 (0: nowhere in particular)."""

    line: int
    column: int
    message: str


class StrictJson:
    """A JSON parser that also refuses duplicate keys, NaN, infinities and numbers beyond a float's range.

    U+2028 and U+2029 inside strings are ordinary characters. One parser may read any number of texts.
    """

    def __init__(self) -> None:
        self._suspect = False
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._pairs, parse_constant=self._constant, parse_float=self._float
        )

    def parse(self, text: str) -> tuple[Any, list[Fault]]:
        """The value and no faults, or None and every fault that can be told. Never raises."""
        self._suspect = False
        try:
            value = self._decoder.decode(text)
        except json.JSONDecodeError as error:
            return None, [
                Fault(error.lineno, error.colno, f"not valid JSON: {error.msg.removesuffix(' at')}")
            ]
        except RecursionError:
            return None, [Fault(0, 0, "not readable: brackets nested hundreds deep")]
        except ValueError:  # Python's limit on integer literals
            return None, [Fault(0, 0, "not readable: a whole number of thousands of digits")]
        if not self._suspect:
            return value, []
        return None, list(_faults(text))

    def _pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            self._suspect = True
        return found

    def _constant(self, _: str) -> float:
        self._suspect = True
        return 0.0

    def _float(self, literal: str) -> float:
        value = float(literal)
        self._suspect |= math.isinf(value)
        return value


def _faults(text: str) -> Iterator[Fault]:
    """Duplicate keys and impossible numbers of a text that parses, in order.

    The parser's hooks know neither line nor column, so a suspect text is read a second time.
    """
    keys: list[set[str]] = []
    last = ("", 0)
    for match in _TOKEN.finditer(text):
        symbol, at = match.group(), match.start()
        if symbol in "{[":
            keys.append(set())
        elif symbol in "}]":
            keys.pop()
        elif symbol == ":":
            key = json.loads(last[0])
            if key in keys[-1]:
                yield _fault(text, last[1], f"the key {key!a} stands twice in one object")
            keys[-1].add(key)
        elif symbol in _CONSTANTS:
            yield _fault(text, at, f"{symbol} is not JSON")
        elif symbol[0] in "-0123456789" and math.isinf(_number(symbol)):
            yield _fault(text, at, "the number is too large")
        last = (symbol, at)


def lines_by_path(text: str) -> dict[str, int]:
    """The line of every value of a JSON text that parses, by its path (`data[0].title`; the whole: an empty one)."""
    found: dict[str, int] = {}
    frames: list[tuple[str, bool]] = []  # path of each open bracket, and whether it is a list
    at: list[Any] = []  # per open bracket: index in a list, key in an object (None: a key comes next)
    line, seen = 1, 0
    for match in _TOKEN.finditer(text):
        symbol, start = match.group(), match.start()
        line, seen = line + text.count("\n", seen, start), start
        if symbol in "]}":
            frames.pop()
            at.pop()
        elif symbol == ",":
            at[-1] = at[-1] + 1 if frames[-1][1] else None
        elif frames and not frames[-1][1] and at[-1] is None:
            at[-1] = json.loads(symbol)
        elif symbol != ":":
            path, listed = frames[-1] if frames else ("", False)
            path += f"[{at[-1]}]" if listed else f".{at[-1]}" if frames else ""
            found[path := path.lstrip(".")] = line
            if symbol in "{[":
                frames.append((path, symbol == "["))
                at.append(0 if symbol == "[" else None)
    return found


def _number(symbol: str) -> float:
    try:
        return float(symbol)
    except ValueError:
        return 0.0


def _fault(text: str, at: int, message: str) -> Fault:
    return Fault(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at), message)
