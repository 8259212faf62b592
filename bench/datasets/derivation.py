"""Derivations: the small language in which an item says how its answer is computed.

    80 - 52                                    numbers, + - * /, parentheses
    18 * 1000 > 17500                          < <= > >= == !=, also between dates: yes or no
    date(2025-06-02) - date(2025-05-16)        a number of days
    date(2025-06-02) - 1d                      a date
    weekday(date(2025-06-02))                  a weekday in English; == "Monday" compares it
    argmax(Vellmar = 340, "Old Quay" = 120)    the name of the largest; argmin of the smallest; no ties

Exact: numbers are fractions. Nothing is looked up or executed, and size and depth are bounded.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, TypeGuard

Result = Fraction | date | str | bool

MAX_LENGTH = 500  # characters
MAX_DEPTH = 20  # nested parentheses, calls and signs
MAX_DIGITS = 30  # of one number

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_TOKEN = re.compile(
    r"\s*(?:(?P<date>date\s*\(\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\s*\))"
    r"|(?P<days>[0-9]+d\b)|(?P<number>[0-9]+(?:\.[0-9]+)?(?![\w.]))"
    r'|(?P<name>[^\W\d]\w*)|(?P<string>"[^"]*")|(?P<op>[<>=!]=|[-+*/()<>,=]))'
)
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


class DerivationError(ValueError):
    """The derivation cannot be evaluated; the message says what and where."""


@dataclass(frozen=True, slots=True)
class _Days:
    """A stretch of time written `3d`; as a result it is a number of days."""

    count: int


_Value = Fraction | date | str | bool | _Days


def evaluate(text: str) -> Result:
    """The value of a derivation: a number, a date, a name or weekday, or True/False for yes/no.

    A difference of dates is a number of days. Raises `DerivationError` for anything outside the language
    in this module's docstring, and for division by zero, ties, and dates outside years 1–9999.
    """
    if len(text) > MAX_LENGTH:
        raise DerivationError(f"longer than {MAX_LENGTH} characters")
    parser = _Parser(_tokens(text))
    try:
        value = parser.comparison()
    except OverflowError:
        raise DerivationError("the date is outside the years 1 to 9999") from None
    if parser.kind != "end":
        raise DerivationError(f"unexpected {parser.head!r}")
    return Fraction(value.count) if isinstance(value, _Days) else value


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    position = 0
    stripped = text.rstrip()
    while position < len(stripped):
        match = _TOKEN.match(stripped, position)
        if match is None or match.lastgroup is None:
            raise DerivationError(f"cannot read {stripped[position:].strip()[:20]!r}")
        found.append((match.lastgroup, match[match.lastgroup]))
        position = match.end()
    return [*found, ("end", "end of the derivation")]


class _Parser:
    """Recursive descent, one method per level of precedence."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._next = 0
        self._depth = 0

    @property
    def kind(self) -> str:
        return self._tokens[self._next][0]

    @property
    def head(self) -> str:
        return self._tokens[self._next][1]

    def _take(self) -> str:
        word = self.head
        self._next += self.kind != "end"
        return word

    def _expect(self, token: str) -> None:
        if self.head != token:
            raise DerivationError(f"expected {token!r}, found {self.head!r}")
        self._take()

    def comparison(self) -> _Value:
        left = self._sum()
        if self.head not in _COMPARE or self.kind != "op":
            return left
        symbol = self._take()
        right = self._sum()
        if type(left) is not type(right) or isinstance(left, bool):
            raise DerivationError(f"cannot compare {_name(left)} with {_name(right)}")
        if isinstance(left, str) and symbol not in ("==", "!="):
            raise DerivationError(f"names have no order ({symbol!r})")
        if isinstance(left, _Days) and isinstance(right, _Days):
            left, right = Fraction(left.count), Fraction(right.count)
        return _COMPARE[symbol](left, right)

    def _sum(self) -> _Value:
        value = self._product()
        while self.kind == "op" and self.head in "+-":
            sign = 1 if self._take() == "+" else -1
            value = _add(value, self._product(), sign)
        return value

    def _product(self) -> _Value:
        value = self._factor()
        while self.kind == "op" and self.head in "*/":
            symbol = self._take()
            other = self._factor()
            if not _is_number(value) or not _is_number(other):
                raise DerivationError(f"cannot apply {symbol!r} to {_name(value)} and {_name(other)}")
            if symbol == "/" and other == 0:
                raise DerivationError("division by zero")
            value = value * other if symbol == "*" else value / other
        return value

    def _factor(self) -> _Value:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise DerivationError(f"nested more than {MAX_DEPTH} deep")
        try:
            return self._atom()
        finally:
            self._depth -= 1

    def _atom(self) -> _Value:
        kind, word = self.kind, self._take()
        if kind in ("number", "days"):
            if len(word) > MAX_DIGITS:
                raise DerivationError(f"number of more than {MAX_DIGITS} digits")
            return Fraction(word) if kind == "number" else _Days(int(word[:-1]))
        if kind == "date":
            return _date(word)
        if kind == "string":
            return word.strip('"')
        if word == "-" and kind == "op":
            value = self._factor()
            if not _is_number(value):
                raise DerivationError(f"cannot negate {_name(value)}")
            return -value
        if word == "(" and kind == "op":
            inner = self.comparison()
            self._expect(")")
            return inner
        if kind == "name" and word in ("weekday", "argmax", "argmin"):
            self._expect("(")
            value = self._weekday() if word == "weekday" else self._extreme(1 if word == "argmax" else -1)
            self._expect(")")
            return value
        if word == "date":
            raise DerivationError("a date is written date(YYYY-MM-DD)")
        raise DerivationError(f"unexpected {word!r}")

    def _weekday(self) -> str:
        value = self._sum()
        if not isinstance(value, date):
            raise DerivationError(f"weekday needs a date, not {_name(value)}")
        return WEEKDAYS[value.weekday()]

    def _extreme(self, sign: int) -> str:
        """The name whose number (or date) is largest (`sign` 1) or smallest (−1)."""
        named: dict[str, Fraction | date] = {}
        while True:
            if self.kind not in ("name", "string"):
                raise DerivationError(f"expected a name = number, found {self.head!r}")
            name = self._take().strip('"')
            self._expect("=")
            value = self._sum()
            if name in named or not (_is_number(value) or isinstance(value, date)):
                raise DerivationError(f"{name!r} must have one number or date")
            named[name] = value
            if self.head != ",":
                break
            self._take()
        if len({type(v) for v in named.values()}) > 1 or len(named) < 2:
            raise DerivationError("needs two or more names with numbers, or with dates")
        ranked = sorted(named, key=lambda n: named[n], reverse=sign > 0)
        if named[ranked[0]] == named[ranked[1]]:
            raise DerivationError(f"{ranked[0]!r} and {ranked[1]!r} tie")
        return ranked[0]


def _is_number(value: _Value) -> TypeGuard[Fraction]:
    return isinstance(value, Fraction)


def _name(value: _Value) -> str:
    """A value's kind, for messages."""
    kinds = {Fraction: "a number", str: "a name", bool: "yes or no", _Days: "days"}
    return kinds.get(type(value), "a date")


def _date(token: str) -> date:
    text = token[token.index("(") + 1 : -1].strip()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DerivationError(f"there is no date {text}") from None


def _add(left: _Value, right: _Value, sign: int) -> _Value:
    """`left + sign·right`, for numbers, dates and days."""
    if isinstance(left, date) and isinstance(right, _Days):
        return left + timedelta(days=sign * right.count)
    if isinstance(left, date) and isinstance(right, date) and sign < 0:
        return Fraction((left - right).days)
    if isinstance(left, _Days) and isinstance(right, _Days):
        return _Days(left.count + sign * right.count)
    if _is_number(left) and _is_number(right):
        return left + sign * right
    hint = "; days are written 3d" if isinstance(left, date) and _is_number(right) else ""
    verb = "add" if sign > 0 else "subtract"
    raise DerivationError(f"cannot {verb} {_name(right)} {'to' if sign > 0 else 'from'} {_name(left)}{hint}")
