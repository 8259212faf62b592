"""Clauses of a list that tell of others: "the Greens voted in favour, while the Liberals were against"."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Final

from bench.answers.lists.members import STAYED_OUT, Spot
from bench.answers.meaning.opposed import PAIRS
from bench.answers.text.tokens import Text
from bench.answers.text.units import stem
from bench.answers.text.wording import FUNCTION
from bench.answers.text.wrapping import inflected

_JOINTS: Final = frozenset({"while", "whereas", "but", "however", ";"})

Range = tuple[int, int]


def contrasted(text: Text, spots: Sequence[Spot], asked: Set[str]) -> list[Range]:
    """The clauses, as token ranges, with words of their own and none of the question, or of the opposite of what is asked for.

    None where no other clause tells of what is asked for.
    """
    inside = {i for spot in spots for i in range(spot.first, spot.end)}
    cuts = [i for i, t in enumerate(text.tokens) if t.norm in _JOINTS and i not in inside]
    if not cuts:
        return []
    clauses = [(a, b) for a, b in zip([0, *cuts], [*cuts, len(text.tokens)], strict=True)]
    meant = [_words(text, part, inside) for part in clauses]
    telling = [any(word in asked or inflected(word, asked) for word in words) for words in meant]
    reverse = [opposite(text, part, asked) for part in clauses]
    if not any(told and not other for told, other in zip(telling, reverse, strict=True)):
        return []
    return [
        part
        for part, words, told, other in zip(clauses, meant, telling, reverse, strict=True)
        if other or (words and not told)
    ]


def opposite(text: Text, part: Range, asked: Set[str]) -> bool:
    """Whether a clause tells of the opposite of what is asked for."""
    norms = {t.norm for t in text.tokens[part[0] : part[1]]}
    if not norms.isdisjoint(STAYED_OUT) and asked.isdisjoint(STAYED_OUT):
        return True
    return any(
        not asked.isdisjoint(one) and asked.isdisjoint(two) and not norms.isdisjoint(two)
        for one, two in PAIRS
    )


def _words(text: Text, part: Range, inside: Set[int]) -> set[str]:
    """Stems of the small words that mean something, members apart."""
    tokens = [text.tokens[i] for i in range(*part) if i not in inside]
    small = [t.norm for t in tokens if t.kind == "w" and t.raw.islower() and t.norm not in _JOINTS]
    return {stem(norm) for norm in small if norm not in FUNCTION or norm == "against"}
