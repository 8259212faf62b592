"""Bounds around a figure: "up to", "at least", "about", "or more"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bench.answers.numbers.quantity import Quantity
from bench.answers.text.tokens import Token
from bench.answers.text.wording import FUNCTION

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
        "nearly": "nearly|almost",
        "approx": "about|around|approximately|approx|roughly|some|~|circa|ca|close to|estimated|"
        "near|or so|≈|in the region of|in the order of|just about|virtually|practically|somewhere around",
        "exact": "exactly|precisely|just|only|a total of|total of",
    }.items()
    for words in lines.split("|")
}  # fmt: skip

_NEGATING: Final = frozenset({"no", "not", "never", "nobody", "none", "cannot"})
_NEAR: Final = 8  # tokens between such a word and its "more than"

_SUFFIXES: Final[dict[tuple[str, ...], str]] = {
    tuple(words.split()): bound
    for bound, lines in {
        "at_most": "or fewer|or less|at most|max|maximum|tops|at the most|or under|or below",
        "at_least": "or more|or over|at least|minimum|or above|or higher|and counting|and up|and more|+|at the least",
        "approx": "or so|or thereabouts|approximately|approx|roughly|odd|more or less|give or take|ish",
    }.items()
    for words in lines.split("|")
}


def bounded(tokens: Sequence[Token], q: Quantity) -> Quantity:
    """`q` with the bound that is said before or behind it, and the tokens of that bound."""
    bound, first, end = "", q.first, q.end
    for _ in range(3):
        at = first - 1
        for size in (4, 3, 2, 1):
            part = tuple(t.norm for t in tokens[max(0, at + 1 - size) : at + 1])
            if len(part) == size and part in _PREFIXES:
                named = _PREFIXES[part]
                bound = named if not bound or bound in {"approx", "exact", "nearly"} else bound
                first = at + 1 - size
                break
        else:
            break
    if bound == "above" and any(t.norm in _NEGATING for t in _clause_before(tokens, first)):
        bound = "at_most"  # "no nurse will look after more than 10"
    step = end
    for _ in range(4):
        for size in (3, 2, 1):
            part = tuple(t.norm for t in tokens[step : step + size])
            if part == ("+",) and not (tokens[step].glued and _ends_here(tokens, step + 1)):
                continue
            if len(part) == size and part in _SUFFIXES:
                return q._replace(bound=bound if bound in {"at_most", "at_least"} else _SUFFIXES[part], first=first,
                               end=step + size if step == end else end)  # fmt: skip
        if step >= len(tokens) or tokens[step].kind != "w" or tokens[step].norm in FUNCTION:
            break
        step += 1
    return q._replace(bound=bound, first=first)


def _clause_before(tokens: Sequence[Token], at: int) -> Sequence[Token]:
    begin = max(0, at - _NEAR)
    signs = [
        i
        for i in range(begin, at)
        if (tokens[i].kind == "p" and tokens[i].raw != "-") or tokens[i].norm == "that"
    ]
    return tokens[signs[-1] + 1 if signs else begin : at]


def _ends_here(tokens: Sequence[Token], at: int) -> bool:
    return at >= len(tokens) or tokens[at].kind != "n"
