"""Bare figures, in digits or in words, before scale, unit and bound."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bench.answers.numbers.quantity import Quantity, figure
from bench.answers.text.numberwords import words_at
from bench.answers.text.tokens import Token

_ORDINAL_ENDS: Final = frozenset({"st", "nd", "rd", "th"})


def no_number(tokens: Sequence[Token], at: int) -> bool:
    """Figures that are part of a name or an exponent: F-16, G7, km^2, 1990s."""
    token = tokens[at]
    if token.kind == "n" and token.glued and at:
        before = tokens[at - 1]
        if before.kind == "w" and before.raw not in "$€£¥₹₽₴₺₩~<>≤≥=+±":
            return True
        if before.raw == "-" and at > 1 and tokens[at - 2].kind == "w" and before.glued:
            return True
        if before.raw in {"#", "_"}:
            return False
    return bool(
        at and tokens[at - 1].norm in {"sentence", "sentences", "paragraph", "line"} and token.kind == "n"
    )


def core(tokens: Sequence[Token], at: int) -> Quantity | None:
    """The figure that begins at token `at`, in digits or in words; None where none does."""
    token = tokens[at]
    if token.kind == "n":
        return _literal(tokens, at)
    if token.kind != "w" or (words := words_at(tokens, at)) is None:
        return None
    form = {"cardinal": "words", "ordinal": "ordinal", "fraction": "fraction"}[words.form]
    return Quantity(words.value, at, words.end, form, role="lone" if words.lone else "")


def _literal(tokens: Sequence[Token], at: int) -> Quantity | None:
    norm = tokens[at].norm
    end = at + 1
    value = figure(norm)
    if value is None:
        return _compound(norm, at, end)
    if end < len(tokens) and tokens[end].kind == "n" and value == int(value) and "/" in tokens[end].norm:
        part = _compound(tokens[end].norm, end, end + 1)
        if part and part.form == "fraction" and part.value < 1:
            return Quantity(value + part.value, at, end + 1, "digits")
    follow = tokens[end] if end < len(tokens) else None
    if follow and follow.glued and follow.kind == "w":
        if follow.norm in _ORDINAL_ENDS:
            return Quantity(value, at, end + 1, "ordinal")
        if follow.norm == "s" and value % 10 == 0:
            return None  # "the 1990s"; "9.84s" are seconds
    return Quantity(value, at, end, "digits")


def _compound(norm: str, at: int, end: int) -> Quantity | None:
    """Literals of two figures: 13/20, 3:1, 50-60; dates and addresses are none."""
    for sign, form in (("/", "fraction"), (":", "pair"), ("-", "range")):
        left, found, right = norm[1:].partition(sign)
        if not found:
            continue
        one, two = figure(norm[0] + left), figure(right)
        if one is None or two is None:
            return None
        if form == "fraction":
            return Quantity(one / two, at, end, "fraction") if two else None
        if form == "pair" and len(right) == 2 and int(two) < 60 and 0 <= one < 25 and len(left) <= 1:
            return None if right != "10" and right != "12" else Quantity(one, at, end, "pair", high=two)
        if form == "range" and one >= two:
            form = "pair"
        return Quantity(one, at, end, form, high=two)
    return None
