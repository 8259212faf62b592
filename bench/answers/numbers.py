"""The numbers that a text mentions, each with unit, bound and form. Exact arithmetic, no item in sight."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from bench.answers.numberwords import words_at
from bench.answers.tokens import ARTICLES, Text, Token
from bench.answers.units import CURRENCIES, FAINT, GLUED_SCALES, SCALES, UNITS, stem
from bench.answers.wording import FUNCTION

_PLAIN: Final = re.compile(r"-?\d+(?:\.\d+)?\Z")
_COMMA: Final = re.compile(r"-?\d+,\d{1,2}\Z")
_ORDINAL_ENDS: Final = frozenset({"st", "nd", "rd", "th"})
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

_PREFIXES: Final[dict[tuple[str, ...], str]] = {
    tuple(words.split()): bound
    for bound, lines in {
        "at_most": "up to|as many as|as much as|at most|no more than|not more than|at the most|maximum of|max|maximum|"
        "no greater than|not exceeding|≤|as high as|upper limit of",
        "below": "less than|fewer than|under|below|<|just under|well under|just below|lower than|smaller than|short of",
        "at_least": "at least|no less than|no fewer than|not less than|not fewer than|minimum of|min|minimum|≥|"
        "at the least|upwards of|upward of|as few as|as little as",
        "above": "more than|over|above|>|just over|well over|greater than|in excess of|higher than|exceeding|"
        "exceeds|exceeded|larger than|beyond|topping|upwards",
        "approx": "about|around|approximately|approx|roughly|nearly|almost|some|~|circa|ca|close to|estimated|"
        "near|or so|≈|in the region of|in the order of|just about|virtually|practically|somewhere around",
        "exact": "exactly|precisely|just|only|a total of|total of",
    }.items()
    for words in lines.split("|")
}  # fmt: skip
_SUFFIXES: Final[dict[tuple[str, ...], str]] = {
    tuple(words.split()): bound
    for bound, lines in {
        "at_most": "or fewer|or less|at most|max|maximum|tops|at the most|or under|or below",
        "at_least": "or more|or over|at least|minimum|or above|or higher|and counting|and up|and more|+|at the least",
        "approx": "or so|or thereabouts|approximately|approx|roughly|odd|more or less|give or take|ish",
    }.items()
    for words in lines.split("|")
}
_PLUS: Final = frozenset(
    {"+", "*", "x", "/", "minus", "plus", "times", "divided", "multiplied", "-", "less", "÷", "×"}
)
_SUMS: Final = frozenset(
    {"subtract", "subtracting", "deduct", "deducting", "difference", "sum", "adding", "add", "subtracted"}
)
_PLURALS: Final = frozenset({"people", "men", "women", "children", "aircraft", "police", "personnel", "staff", "cattle",
                             "sheep", "fish", "servicemen", "policemen"})  # fmt: skip
_TIGHT: Final = frozenset("/°^")
_RESULTS: Final = frozenset({"=", "equals", "equal"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number mentioned: tokens first…end−1, bounds and currency included."""

    value: Fraction
    first: int
    end: int
    form: str  # digits · words · fraction · ordinal · range · pair (ratio, score)
    high: Fraction | None = None  # second figure of a range or pair
    unit: str = ""  # a name in UNITS
    nouns: tuple[str, ...] = ()  # stems of the words after it
    things: bool = False  # one of these words is a plural
    bound: str = ""  # at_most · below · at_least · above · approx · exact
    role: str = ""  # whole ("of the 80") · operand ("80 − 52 =") · year · lone ("one")
    of: Fraction | None = None  # "52 of 80": 80
    glued: str = ""  # "m": million or metre


def quantities(text: Text, masked: frozenset[int] = frozenset()) -> list[Quantity]:
    """The numbers in `text`, left to right; tokens in `masked` (dates, times) are passed over."""
    tokens = text.tokens
    out: list[Quantity] = []
    at = 0
    while at < len(tokens):
        found = None if at in masked or _no_number(tokens, at) else _core(tokens, at)
        if found is None:
            at += 1
            continue
        found = _extend(tokens, found, masked)
        out.append(found)
        at = found.end
    return _roles(tokens, out)


def _no_number(tokens: Sequence[Token], at: int) -> bool:
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


def _core(tokens: Sequence[Token], at: int) -> Quantity | None:
    token = tokens[at]
    if token.kind == "n":
        return _literal(tokens, at)
    if token.kind != "w" or (words := words_at(tokens, at)) is None:
        return None
    form = {"cardinal": "words", "ordinal": "ordinal", "fraction": "fraction"}[words.form]
    return Quantity(words.value, at, words.end, form, role="lone" if words.lone else "")


def figure(text: str) -> Fraction | None:
    """A plain number literal: "52", "-1.5", "1,000", "1,5" (decimal comma); None for anything else."""
    if _PLAIN.match(text):
        return Fraction(text) if len(text) < 60 else None
    if _COMMA.match(text) and len(text) < 60:
        return Fraction(text.replace(",", "."))
    grouped = len(text) < 80 and re.fullmatch(r"-?\d{1,3}(?:[,']\d{3})+(?:\.\d+)?", text)
    return Fraction(text.replace(",", "").replace("'", "")) if grouped else None


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
        if follow.norm == "s":
            return None
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


def _extend(tokens: Sequence[Token], q: Quantity, masked: frozenset[int]) -> Quantity:
    """Scale, range, unit, bound and the words after a bare figure."""
    q = _scaled(tokens, q)
    q = _currency_before(tokens, q)
    q = _ranged(tokens, q, masked)
    q = _below_zero(tokens, _unit_after(tokens, q))
    q = _bounded(tokens, q)
    words = _words_after(tokens, q.end)
    stems = tuple(map(stem, words))
    things = any(word != root or word in _PLURALS for word, root in zip(words, stems, strict=True))
    return replace(q, nouns=stems, things=things)


def _scaled(tokens: Sequence[Token], q: Quantity) -> Quantity:
    if q.form in {"ordinal", "pair"}:
        return q
    end = q.end
    if end < len(tokens) and tokens[end].raw == "-" and tokens[end].glued and end + 1 < len(tokens):
        if tokens[end + 1].norm not in _DIGIT_SCALES:
            return q
        end += 1
    value, high, form = q.value, q.high, q.form
    while end < len(tokens) and tokens[end].kind == "w":
        token = tokens[end]
        glued = token.glued and q.form == "digits"
        if token.norm in _DIGIT_SCALES or (glued and token.norm in {"k", "b"}):
            scale = SCALES[token.norm]
        else:
            if glued and token.norm in GLUED_SCALES:
                return replace(q, end=end + 1, glued=token.norm)
            break
        value, high = value * scale, high * scale if high is not None else None
        form = "digits" if form == "fraction" else form
        end += 1
    return replace(q, value=value, high=high, end=end, form=form) if end > q.end and value != q.value else q


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
        if at and tokens[at - 1].raw == "-" and tokens[at].glued and not (at > 1 and tokens[at - 1].glued):
            sign, first = -1, at - 1
        elif at and tokens[at - 1].norm in {"minus", "negative"}:
            sign, first = -1, at - 1
        value = q.value * sign
        if q.glued:
            value, q = value * GLUED_SCALES[q.glued], replace(q, glued="")
        return replace(q, value=value, first=first, unit=name if name in UNITS else "")
    return replace(q, value=q.value * sign, first=first) if sign < 0 and not _minuend(tokens, at) else q


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
    other = _core(tokens, step)
    if (
        other is None
        or other.form in {"ordinal", "fraction", "pair", "range"}
        or (other.role == "lone" and word != "to")
    ):
        return q
    other = _scaled(tokens, other)
    if other.end < len(tokens) and tokens[other.end].raw == "=":
        return q
    low = q.value
    scale = other.value / low if low else 0
    if scale >= 10**3 and other.end - step > 1 and q.form == "digits":
        low = low * _scale_of(tokens[other.end - 1])  # "2 to 3 million"
    form = "pair" if low >= other.value else "range"
    return replace(q, value=low, high=other.value, end=other.end, form=form)


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
            return replace(q, unit=name, end=at + size)
    return q


def _bounded(tokens: Sequence[Token], q: Quantity) -> Quantity:
    bound, first, end = "", q.first, q.end
    for _ in range(3):
        at = first - 1
        while at >= 0 and tokens[at].norm in ARTICLES and at > 0:
            at -= 1
        for size in (4, 3, 2, 1):
            part = tuple(t.norm for t in tokens[max(0, at + 1 - size) : at + 1])
            if len(part) == size and part in _PREFIXES:
                named = _PREFIXES[part]
                bound = named if not bound or bound in {"approx", "exact"} else bound
                first = at + 1 - size
                break
        else:
            break
    step = end
    for _ in range(4):
        for size in (3, 2, 1):
            part = tuple(t.norm for t in tokens[step : step + size])
            if part == ("+",) and not (tokens[step].glued and _ends_here(tokens, step + 1)):
                continue
            if len(part) == size and part in _SUFFIXES:
                return replace(q, bound=bound if bound in {"at_most", "at_least"} else _SUFFIXES[part], first=first,
                               end=step + size if step == end else end)  # fmt: skip
        if step >= len(tokens) or tokens[step].kind != "w" or tokens[step].norm in FUNCTION:
            break
        step += 1
    return replace(q, bound=bound, first=first)


def _ends_here(tokens: Sequence[Token], at: int) -> bool:
    return at >= len(tokens) or tokens[at].kind != "n"


def _below_zero(tokens: Sequence[Token], q: Quantity) -> Quantity:
    """ "12 below zero", "five degrees below freezing"."""
    part = [t.norm for t in tokens[q.end : q.end + 2]]
    if len(part) == 2 and part[0] == "below" and part[1] in {"zero", "freezing"} and q.value > 0:
        return replace(q, value=-q.value, end=q.end + 2)
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


def _roles(tokens: Sequence[Token], found: list[Quantity]) -> list[Quantity]:
    """Mark wholes, operands and years, which are no answers of their own."""
    out = list(found)
    for i, q in enumerate(out):
        before = tokens[q.first - 1].norm if q.first else ""
        if i and _is_whole(tokens, out[i - 1], q):
            out[i] = replace(q, role="whole")
            out[i - 1] = replace(out[i - 1], of=q.value)
        elif _year_like(q) and (
            before in {"in", "since", "of", "by", "during", "until", "late", "early", "mid", "from"}
        ):
            out[i] = replace(q, role="year")
        if (
            q.form == "pair"
            and q.high is not None
            and any(r.value == q.value - q.high and r.high is None for r in found)
        ):
            out[i] = replace(q, role="operand")  # "28 (80 − 52)"
        nxt = out[i + 1] if i + 1 < len(out) else None
        after = tokens[q.end].norm if q.end < len(tokens) else ""
        if nxt and after in _RESULTS:
            out[i] = replace(out[i], role="operand")
        if nxt and _computed(tokens, q, nxt):
            out[i] = replace(out[i], role="operand")
            out[i + 1] = replace(nxt, role="operand")
    return out


def _year_like(q: Quantity) -> bool:
    return (
        q.form == "digits"
        and q.value.denominator == 1
        and 1000 <= q.value <= 2200
        and not q.unit
        and not q.nouns
    )


def _is_whole(tokens: Sequence[Token], part: Quantity, q: Quantity) -> bool:
    """ "52 of the 80", "52 drones out of 80", "one in three"."""
    if part.role == "whole" or q.value < part.value or q.form == "ordinal":
        return False
    between = [t.norm for t in tokens[part.end : q.first]]
    if between == ["in"]:
        return part.value < q.value and not part.unit
    if (
        "of" not in between
        or len(between) > 7
        or any(w in {".", ";", "or", "and", "but", "total"} for w in between)
    ):
        return False
    tail = between[between.index("of") + 1 :]
    return all(w in FUNCTION or w == "'s" for w in tail) or len(tail) <= 2


def _computed(tokens: Sequence[Token], one: Quantity, two: Quantity) -> bool:
    """Whether two numbers are terms of a calculation that is written out."""
    between = [t.norm for t in tokens[one.end : two.first]]
    if two.first < one.end or len(between) > 8 or any(w in {".", ";", "\n"} for w in between):
        return False
    lead = {t.norm for t in tokens[max(0, one.first - 4) : one.first]}
    if lead & _SUMS and {"from", "and", "to"} & set(between):
        return True
    if not set(between) & _PLUS:
        return False
    if set(between) & {"minus", "plus", "times", "divided", "multiplied", "+", "÷", "×", "less"}:
        return True
    rest = [t.norm for t in tokens[two.end : two.end + 12]]
    return len(between) == 1 and bool(_RESULTS & set(rest))
