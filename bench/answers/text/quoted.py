"""Whether an answer has its words from the article, so that a rule about words has nothing to say against them."""

from __future__ import annotations

import re
from functools import lru_cache

from bench.answers.text.tokens import ARTICLES, Text, read

CITED = 5  # words in a row; shorter quotations are names, titles and answers
_QUOTED = re.compile(r'"([^"\n]{15,400})"')
_READ = 60_000  # characters of an article
_PIECE = 4000


def quoted(text: Text, first: int, end: int, context: str) -> bool:
    """Whether the article has the tokens first…end−1 with the same two words before them, or behind them."""
    if not context:
        return False
    words = _article(context)
    own = _words(text, first, end)
    before, behind = _words(text, 0, first)[-2:], _words(text, end, end + 8)[:2]
    ahead = bool(before) and f" {' '.join([*before, *own])} " in words
    return ahead or (len(behind) == 2 and f" {' '.join([*own, *behind])} " in words)


def words_in_article(piece: str, context: str) -> int:
    """How many words a piece of text has, articles apart, if the article has them in a row; else 0."""
    text = read(piece)
    words = _words(text, 0, len(text.tokens))
    return len(words) if f" {' '.join(words)} " in _article(context) else 0


def citations(text: str, context: str) -> list[str]:
    """What `text` (cleaned) has in quotation marks and the article word for word, five words or more."""
    return [part for part in _QUOTED.findall(text) if words_in_article(part, context) >= CITED]


def in_article(word: str, context: str) -> bool:
    """Whether the article has the word, folded as tokens are."""
    return f" {word} " in _article(context)


def _words(text: Text, first: int, end: int) -> list[str]:
    return [t.norm for t in text.tokens[max(0, first) : end] if t.kind in "wn" and t.norm not in ARTICLES]


@lru_cache(maxsize=256)
def _article(context: str) -> str:
    pieces = (context[at : at + _PIECE] for at in range(0, min(len(context), _READ), _PIECE))
    texts = [
        read.__wrapped__(piece) for piece in pieces
    ]  # past the cache: articles would drive answers out of it
    return f" {' '.join(word for text in texts for word in _words(text, 0, len(text.tokens)))} "
