"""An article as the lexical reader sees it: tokens, stems and weights per sentence."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from bench.models._words import FUNCTION_WORDS, stem
from bench.sentences import sentences

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S.
    r"|[$€£¥₺]?\d+(?:[.,:]\d+)*(?:%|st\b|nd\b|rd\b|th\b|bn\b|m\b|k\b)?"  # 1,000  3.5%  $2bn  16th
    r"|[^\W\d_][^\W_]*(?:['’\-][^\W_]+)*['’]?"  # dockers'  mid-air  Russia's
    r"|[^\w\s]|_"
)


class Token(NamedTuple):
    """A word, number or mark, by offsets into the text."""

    text: str
    lower: str
    stem: str  # "" for function words and marks
    start: int
    end: int  # exclusive

    @property
    def is_word(self) -> bool:
        """Whether it begins with a letter or digit (or a currency sign before one)."""
        return self.text[0].isalnum() or len(self.text) > 1

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class Sentence:
    """The tokens of one sentence and the set of their stems."""

    tokens: tuple[Token, ...]
    stems: frozenset[str]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """A whole article, read once for all the questions on it."""

    text: str
    sentences: tuple[Sentence, ...]
    weights: dict[str, float]  # inverse sentence frequency; higher is rarer
    capitals: frozenset[str]  # stems that stand with a capital somewhere inside a sentence
    rarest: float  # what a stem weighs that the article does not hold

    def weight(self, word_stem: str) -> float:
        """How much a stem tells: log(1 + sentences / sentences holding it)."""
        return self.weights.get(word_stem, self.rarest)


def tokenise(text: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """The tokens of `text[start:end]`, offsets counted from the start of `text`."""
    found = []
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        word = match.group()
        lower = word.lower()
        content = (word[0].isalnum() or len(word) > 1) and lower not in FUNCTION_WORDS
        found.append(Token(word, lower, stem(lower) if content else "", match.start(), match.end()))
    return tuple(found)


@lru_cache(maxsize=32)
def read_page(text: str) -> Page:
    """The article `text`, tokenised and weighed. Linear in its length; the last few are remembered."""
    parts = []
    for start, end in sentences(text):
        tokens = tokenise(text, start, end)
        parts.append(Sentence(tokens, frozenset(t.stem for t in tokens if t.stem), start, end))
    count = Counter(word for part in parts for word in part.stems)
    n = max(len(parts), 1)
    weights = {word: math.log(1 + n / held) for word, held in count.items()}
    capitals = frozenset(t.stem for part in parts for t in part.tokens[1:] if t.stem and t.is_capital)
    return Page(text, tuple(parts), weights, capitals, math.log(1 + n / 0.5))
