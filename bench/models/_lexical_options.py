"""The options of an either-or question, as it words them."""

from __future__ import annotations

import re

from bench.models._lexical_text import Token
from bench.models._words import AUXILIARIES, words

_CLAUSE = re.compile(r"[,:;]\s+")
_BETWEEN = re.compile(r"\s*,\s+(?:or\s+)?|\s+or\s+")
_SHORTEST_PAIRS = words(
    "before more higher earlier larger true exact up"
)  # "before or after …": one word each
_PRONOUNS = words("he she it they we")
_WIDEST = 6  # tokens


def options(text: str, tokens: tuple[Token, ...], at: int) -> tuple[str, ...]:
    """The options of the question whose opening word is token `at`; () when it offers none.

    After which/who/what they follow a comma or colon ("Which came first: the vote or the strike?"). After an
    auxiliary they are the last words before "or", as many as stand after it, and the listed ones before.
    """
    ors = [i for i, token in enumerate(tokens) if token.lower == "or" and i > at]
    if not ors:
        return ()
    found = (
        _listed(text, tokens, ors) if tokens[at].lower not in AUXILIARIES else _asked(text, tokens, at, ors)
    )
    return tuple(dict.fromkeys(found)) if len(set(found)) > 1 else ()


def _listed(text: str, tokens: tuple[Token, ...], ors: list[int]) -> list[str]:
    clauses = list(_CLAUSE.finditer(text, 0, tokens[ors[0]].start))
    if not clauses:
        return []
    start = next((c for c in clauses if c.group()[0] == ":"), clauses[0]).end()
    parts = [part.strip(" ,.?!\"'") for part in _BETWEEN.split(text[start:])]
    kept = [part for part in parts if part]
    if kept:
        kept[0] = _without_lead(kept[0])
    return kept


def _without_lead(part: str) -> str:
    """`part` without a verb and pronoun that all options share ("does he deny it")."""
    held = part.split(" ")
    while len(held) > 1 and held[0].lower() in AUXILIARIES | _PRONOUNS:
        held = held[1:]
    return " ".join(held)


def _asked(text: str, tokens: tuple[Token, ...], at: int, ors: list[int]) -> list[str]:
    first, last = ors[0], ors[-1]
    right = [token for token in tokens[last + 1 :] if token.is_word]
    if not right:
        return []
    before = [i for i in range(at + 1, last) if tokens[i].is_word or tokens[i].text == ","]
    if tokens[first - 1].lower in _SHORTEST_PAIRS:
        right = right[:1]
    width = min(len(right), _WIDEST)
    found = [_worded(text, right)]
    piece: list[Token] = []
    for i in reversed(before):
        divides = tokens[i].text == "," or tokens[i].lower == "or"
        if not divides:
            piece.insert(0, tokens[i])
        if piece and (divides or len(piece) == width):
            found.insert(0, _worded(text, piece))
            piece = []
            if not divides and not _divided(tokens, i):
                break
    return found


def _divided(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a comma or "or" stands right before token `i`."""
    return i > 0 and (tokens[i - 1].text == "," or tokens[i - 1].lower == "or")


def _worded(text: str, tokens: list[Token]) -> str:
    return text[tokens[0].start : tokens[-1].end]
