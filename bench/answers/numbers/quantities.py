"""The numbers that a text mentions, each with unit, bound and form. Exact arithmetic, no item in sight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bench.answers.numbers.bounds import bounded
from bench.answers.numbers.combine import and_a_half, joined, single_at, with_working
from bench.answers.numbers.figures import core, no_number
from bench.answers.numbers.quantity import Quantity
from bench.answers.numbers.roles import with_roles
from bench.answers.text.numberwords import words_at
from bench.answers.text.tokens import Text, Token
from bench.answers.text.units import CURRENCIES, FAINT, GLUED_SCALES, SCALES, UNITS, stem
from bench.answers.text.wording import FUNCTION

_SYMBOLS: Final = {
    "$": "usd",
    "€": "eur",
    "£": "gbp",
    "¥": "jpy",
    "₹": "inr",
    "₽": "rub",
    "₴": "uah",
    "₺": "try",
    "₩": "krw",
}

_DIGIT_SCALES: Final = frozenset(SCALES) - {"score", "k", "b"}

_PLURALS: Final = frozenset({"people", "men", "women", "children", "aircraft", "police", "personnel", "staff", "cattle",
                             "sheep", "fish", "servicemen", "policemen"})  # fmt: skip

_TIGHT: Final = frozenset("/°^")


def quantities(text: Text, masked: frozenset[int] = frozenset()) -> list[Quantity]:
    """The numbers in `text`, left to right; tokens in `masked` (dates, times) are passed over."""
    tokens = text.tokens
    out: list[Quantity] = []
    at = 0
    while at < len(tokens):
        found = None if at in masked or no_number(tokens, at) else core(tokens, at) or single_at(tokens, at)
        if found is None:
            at += 1
            continue
        found = _extend(tokens, found, masked)
        whole = joined(tokens, out[-1], found) if out else None
        if whole is None:
            out.append(found)
        else:
            out[-1] = whole
        at = max(found.end, out[-1].end)
    return with_working(tokens, with_roles(tokens, out))


def _extend(tokens: Sequence[Token], q: Quantity, masked: frozenset[int]) -> Quantity:
    """Scale, range, unit, bound and the words after a bare figure."""
    if q.form != "article":
        q = _scaled(tokens, q)
        q = _currency_before(tokens, q)
        q = _ranged(tokens, q, masked)
        q = _below_zero(tokens, _unit_after(tokens, q))
    q = and_a_half(tokens, q)
    q = bounded(tokens, q)
    words = _words_after(tokens, q.end)
    stems = tuple(map(stem, words))
    things = any(word != root or word in _PLURALS for word, root in zip(words, stems, strict=True))
    return q._replace(nouns=stems, things=things)


def _scaled(tokens: Sequence[Token], q: Quantity) -> Quantity:
    if q.form in {"ordinal", "pair"}:
        return q
    end = q.end
    if end < len(tokens) and tokens[end].raw == "-" and tokens[end].glued and end + 1 < len(tokens):
        if tokens[end + 1].norm not in _DIGIT_SCALES:
            return q
        end += 1
    if q.form == "fraction" and [t.norm for t in tokens[end : end + 2]] == ["of", "a"]:
        end += 2  # "a quarter of a million"
        if end >= len(tokens) or tokens[end].norm not in _DIGIT_SCALES:
            return q
    value, high, form = q.value, q.high, q.form
    while end < len(tokens) and tokens[end].kind == "w":
        token = tokens[end]
        glued = token.glued and q.form == "digits"
        if token.norm in _DIGIT_SCALES or (glued and token.norm in {"k", "b"}):
            scale = SCALES[token.norm]
        else:
            if glued and token.norm in GLUED_SCALES:
                return q._replace(end=end + 1, glued=token.norm)
            break
        value, high = value * scale, high * scale if high is not None else None
        form = "digits" if form == "fraction" else form
        end += 1
    return q._replace(value=value, high=high, end=end, form=form) if end > q.end and value != q.value else q


def _currency_before(tokens: Sequence[Token], q: Quantity) -> Quantity:
    at = q.first - 1
    sign = 1
    first = q.first
    if at >= 0 and tokens[at].norm in {"minus", "negative"}:
        sign, at, first = -1, at - 1, at
    if at >= 0 and (
        tokens[at].raw in _SYMBOLS or tokens[at].norm in CURRENCIES or tokens[at].norm in {"us$", "rs"}
    ):
        name = _SYMBOLS.get(tokens[at].raw, tokens[at].norm)
        first = at
        if (
            tokens[at].raw == "$"
            and at
            and tokens[at].glued
            and tokens[at - 1].norm in {"us", "a", "c", "ca", "au"}
        ):
            name = {"us": "usd", "a": "aud", "au": "aud", "c": "cad", "ca": "cad"}[tokens[at - 1].norm]
            first = at = at - 1
        if (
            at and tokens[at - 1].raw == "-" and tokens[at].glued and not (at > 1 and tokens[at - 1].glued)
        ) or (at and tokens[at - 1].norm in {"minus", "negative"}):
            sign, first = -1, at - 1
        value = q.value * sign
        if q.glued:
            value, q = value * GLUED_SCALES[q.glued], q._replace(glued="")
        return q._replace(value=value, first=first, unit=name if name in UNITS else "")
    return q._replace(value=q.value * sign, first=first) if sign < 0 and not _minuend(tokens, at) else q


def _minuend(tokens: Sequence[Token], at: int) -> bool:
    """Whether a number stands before "minus": then it subtracts and is no sign."""
    return at >= 0 and (tokens[at].kind == "n" or words_at(tokens, at) is not None or tokens[at].norm in {"percent"}
                        or any(t.kind == "n" for t in tokens[max(0, at - 2) : at + 1]))  # fmt: skip


def _ranged(tokens: Sequence[Token], q: Quantity, masked: frozenset[int]) -> Quantity:
    """ "50 to 60", "between 50 and 60", "50 – 60"; "3 to 1" is a pair."""
    at = q.end
    if q.high is not None or q.form in {"ordinal", "fraction"} or at + 1 >= len(tokens):
        return q
    if tokens[at].norm in UNITS and tokens[at].kind == "w":
        at += 1  # "50% to 60%"
    if at + 1 >= len(tokens):
        return q
    between = q.first > 0 and "between" in {t.norm for t in tokens[max(0, q.first - 2) : q.first]}
    word = tokens[at].norm
    if not (
        word in {"to", "through"}
        or (word == "and" and between)
        or (tokens[at].raw in {"-", "—"} and not between)
    ):
        return q
    step = at + 1
    while step < len(tokens) and tokens[step].raw in _SYMBOLS:
        step += 1
    if step >= len(tokens) or step in masked or tokens[step].kind == "p":
        return q
    other = core(tokens, step)
    if (
        other is None
        or other.form in {"ordinal", "fraction", "pair", "range"}
        or (other.role == "lone" and word != "to")
    ):
        return q
    other = _scaled(tokens, other)
    if other.end < len(tokens) and tokens[other.end].raw == "=":
        return q
    if tokens[q.first - 1].norm == "in" and 1900 <= q.value <= 2100 and not 1900 <= other.value <= 2100:
        return q  # "from 4.1 billion in 2029 to 4.6 billion"
    low = q.value
    scale = other.value / low if low else 0
    if scale >= 10**3 and other.end - step > 1 and q.form == "digits":
        low = low * _scale_of(tokens[other.end - 1])  # "2 to 3 million"
    form = "pair" if low >= other.value else "range"
    return q._replace(value=low, high=other.value, end=other.end, form=form)


def _scale_of(token: Token) -> int:
    return SCALES.get(token.norm, 1)


def _unit_after(tokens: Sequence[Token], q: Quantity) -> Quantity:
    at = q.end
    if q.glued and q.glued != "m":
        return q
    joined = at < len(tokens) and tokens[at].raw == "-" and tokens[at].glued
    at += joined
    for size in (3, 2, 1):
        part = tokens[at : at + size]
        if len(part) < size or not all(t.kind in "wn" or t.raw == "/" for t in part):
            continue
        name = ("" if any(t.raw in _TIGHT for t in part) else " ").join(t.norm for t in part)
        if (
            name == "percent"
            and part[0].raw == "%"
            and at + 1 < len(tokens)
            and tokens[at + 1].norm in {"point", "points"}
        ):
            continue
        if name in UNITS:
            faint = name in FAINT and size == 1 and not (part[0].glued or joined)
            if faint or (part[0].norm == "second" and q.form != "digits"):
                return q
            if q.unit and UNITS[name].family != UNITS[q.unit].family:
                return q
            return q._replace(unit=name, end=at + size)
    return q


def _below_zero(tokens: Sequence[Token], q: Quantity) -> Quantity:
    """ "12 below zero", "five degrees below freezing"."""
    part = [t.norm for t in tokens[q.end : q.end + 2]]
    if len(part) == 2 and part[0] == "below" and part[1] in {"zero", "freezing"} and q.value > 0:
        return q._replace(value=-q.value, end=q.end + 2)
    return q


def _words_after(tokens: Sequence[Token], at: int) -> tuple[str, ...]:
    out: list[str] = []
    for i in range(at, min(len(tokens), at + 8)):
        token = tokens[i]
        if token.kind == "s" or (token.raw == "-" and token.glued) or token.raw in {"*", "_", '"'}:
            continue
        if token.kind != "w" or len(out) == 4:
            break
        if token.norm in FUNCTION and token.norm not in {"named", "led"}:
            if token.norm in {"of", "the", "its", "their", "his", "those", "these"} and not out:
                continue
            break
        if token.norm[0].isalpha():
            out.append(token.norm)
    return tuple(out)
