"""The names in an article: runs of capitalised words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bench.answers.dates.moments import WEEKDAYS
from bench.answers.dates.parts import MONTHS
from bench.answers.text.phrases import Phrase
from bench.answers.text.tokens import Text, Token
from bench.answers.text.wording import FUNCTION, TITLES

_SENTENCE_ENDS: Final = frozenset({".", "!", "?", "\n", ":", '"', "'"})


def names(texts: tuple[Text, ...]) -> Iterator[Phrase]:
    """Runs of capitalised words, with and without titles, and the last word of a longer run."""
    runs = [(text, first, end) for text in texts if text.mixed for first, end in _runs(text)]
    small = {t.norm for text in texts for t in text.tokens if t.kind == "w" and t.raw[:1].islower()}
    inside = {t.norm for text, first, end in runs for t in text.tokens[first + opens(text, first) : end]}
    for text, first, end in runs:
        tokens = text.tokens[first:end]
        norms = tuple(t.norm for t in tokens)
        # A lone capital that opens a sentence says nothing, unless the word has one elsewhere too.
        if len(norms) == 1 and (norms[0] in small or (opens(text, first) and norms[0] not in inside)):
            continue
        yield Phrase(norms, 0, upper=len(norms) == 1 and tokens[0].raw.isupper())
        bare = norms
        while bare and bare[0] in TITLES:
            bare = bare[1:]
        if bare and bare != norms:
            yield Phrase(bare, 0)
        if len(bare) > 1 and bare[-1] not in small | TITLES:
            yield Phrase(bare[-1:], 0)


def opens(text: Text, at: int) -> bool:
    """Whether a token begins a sentence or a line, where a capital says little."""
    return at == 0 or text.tokens[at - 1].raw in _SENTENCE_ENDS


def _runs(text: Text) -> Iterator[tuple[int, int]]:
    """Token ranges of neighbouring capitalised words; function words, months and weekdays take no part."""
    first = -1
    for at, token in enumerate(text.tokens):
        if is_name(token):
            first = at if first < 0 else first
        elif first >= 0:
            yield first, at
            first = -1
    if first >= 0:
        yield first, len(text.tokens)


def is_name(token: Token) -> bool:
    """Whether a token looks like part of a name: a capital, and no function word, month or weekday."""
    return (
        token.kind == "w"
        and token.raw[:1].isupper()
        and not (token.norm in FUNCTION and not token.raw.isupper())
        and token.norm not in MONTHS
        and token.norm not in WEEKDAYS
    )
