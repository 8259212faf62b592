"""Stretches of a sentence that could answer something: dates, numbers, names, quotes, phrases, clauses."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from bench.models._lexical_text import Token, read_page
from bench.models._lexical_values import Candidate, Tokens, date_end, dates, is_number, lower_at, numbers
from bench.models._words import (
    AUXILIARIES,
    DETERMINERS,
    FUNCTION_WORDS,
    ORGANISATION_WORDS,
    PERSON_NOUNS,
    PERSON_TITLES,
    SPEECH_VERBS,
)

_LIMIT = 300  # of each kind per sentence: text without a full stop must not cost more than it is worth
_JOINERS = frozenset({"of", "de", "van", "von", "bin", "al", "el", "la", "for", "&"})
_REASONS = frozenset(
    {"because", "due", "owing", "citing", "blaming", "after", "over", "to", "for", "so", "since", "as"}
)
_LONGEST_PHRASE = 6  # tokens
_LONGEST_NAME = 8


@lru_cache(maxsize=1024)
def candidates(text: str, n: int) -> tuple[Candidate, ...]:
    """The possible answers in sentence `n` (from 0) of an article, by kind and then by place."""
    page = read_page(text)
    tokens = page.sentences[n].tokens
    makers = (dates, numbers, _names, _quotes, _phrases, _clauses)
    found = [c for make in makers for c in islice(make(tokens), _LIMIT)]
    return tuple(c for c in found if c.kind != "name" or _is_name(tokens, c, page.capitals))


def _is_name(tokens: Tokens, name: Candidate, capitals: frozenset[str]) -> bool:
    """A single word that opens a sentence is a name only where another sentence, or a verb of speech, says so."""
    if name.last > name.first or name.first > 0:
        return True
    return (
        tokens[0].stem in capitals
        or lower_at(tokens, 1) in SPEECH_VERBS
        or (len(tokens[0].text) > 1 and tokens[0].text.isupper())
    )


def _names(tokens: Tokens) -> Iterator[Candidate]:
    """Runs of capitalised words; one that only opens the sentence must not be a function word."""
    i = 0
    while i < len(tokens):
        if not _names_something(tokens, i):
            i += 1
            continue
        last = i
        while last - i < _LONGEST_NAME and not tokens[last].lower.endswith(("'s", "’s", "s'", "s’")):
            if _names_something(tokens, last + 1):
                last += 1
            elif lower_at(tokens, last + 1) in _JOINERS and _names_something(tokens, last + 2):
                last += 2
            else:
                break
        bare = _without_title(tokens, i, last)
        yield Candidate("name", bare, last, _name_cue(tokens, i, bare, last))
        i = last + 1


def _names_something(tokens: Tokens, i: int) -> bool:
    if i >= len(tokens) or not tokens[i].is_capital or tokens[i].lower in FUNCTION_WORDS:
        return False
    return date_end(tokens, i) is None and (i > 0 or len(tokens[i].text) > 1)


def _without_title(tokens: Tokens, first: int, last: int) -> int:
    """The first token of a name after its title ("President", "Dr"); a name that is all title stays."""
    bare = first
    while bare < last and tokens[bare].lower in PERSON_TITLES:
        bare += 1
    return bare if last - bare >= 1 or bare == last else first


def _name_cue(tokens: Tokens, first: int, bare: int, last: int) -> str:
    before, after = lower_at(tokens, first - 1), lower_at(tokens, last + 1)
    named = {t.lower for t in tokens[bare : last + 1]}
    if named & ORGANISATION_WORDS:
        return "organisation"
    titled = bare > first or before in PERSON_TITLES or lower_at(tokens, first - 2) in PERSON_TITLES
    if titled or after in SPEECH_VERBS or after == "who" or (before in SPEECH_VERBS and before != "called"):
        return "person"
    if before in {"in", "at", "from", "near", "outside"} or lower_at(tokens, first - 2) in {
        "city",
        "town",
        "village",
    }:
        return "place"
    return "person" if 1 <= last - bare <= 2 and after in {",", "("} and before in {",", ""} else ""


def _quotes(tokens: Tokens) -> Iterator[Candidate]:
    """What stands between quotation marks, without them."""
    opened = None
    for i, token in enumerate(tokens):
        if token.text in "“‘" or (token.text == '"' and opened is None):
            opened = i
        elif token.text in '"”’' and opened is not None:
            if i - opened > 1:
                inner = i - 1 if tokens[i - 1].is_word else i - 2
                if inner > opened:
                    yield Candidate("quote", opened + 1, inner)
            opened = None


def _phrases(tokens: Tokens) -> Iterator[Candidate]:
    """Noun-like runs: a determiner or number and content words, alone and with the "of …" that follows."""
    chunks: dict[int, int] = {}
    i = 0
    while i < len(tokens):
        last = _chunk_end(tokens, i)
        if last is None:
            i += 1
        else:
            chunks[i] = last
            i = last + 1
    for first, last in chunks.items():
        cue = "person" if any(t.lower in PERSON_NOUNS for t in tokens[first : last + 1]) else ""
        yield Candidate("phrase", first, last, cue)
        joined = chunks.get(last + 2) if lower_at(tokens, last + 1) in {"of", "for", "to"} else None
        if joined is not None:
            yield Candidate("phrase", first, joined, cue)


def _chunk_end(tokens: Tokens, first: int) -> int | None:
    """The last token of the noun-like run that begins at `first`, or None when there is none."""
    if date_end(tokens, first) is not None:
        return None
    i = first + 1 if tokens[first].lower in DETERMINERS else first
    if i == first and tokens[first].lower.endswith("ed") and tokens[first].text[0].islower():
        return None  # a verb, more often than not
    last = None
    while i < len(tokens) and i - first < _LONGEST_PHRASE and _noun_like(tokens, i, opened=last is not None):
        last = i
        i += 1
    return last


def _noun_like(tokens: Tokens, i: int, *, opened: bool) -> bool:
    token = tokens[i]
    if not token.is_word or token.lower in FUNCTION_WORDS or token.lower in SPEECH_VERBS:
        return False
    before = lower_at(tokens, i - 1)
    if token.text[0].islower() and not opened and (before == "to" or before in AUXILIARIES):
        return False
    follows_noun = opened and not is_number(tokens[i - 1])
    return not (follows_noun and token.text[0].islower() and token.lower.endswith("ed"))


def _clauses(tokens: Tokens) -> Iterator[Candidate]:
    """From a word that can open a reason to the end of its clause."""
    end = _sentence_body(tokens)
    for i, token in enumerate(tokens):
        if token.lower in _REASONS:
            stop = next((j for j in range(i + 1, min(i + 40, end + 1)) if _closes(tokens[j])), end + 1)
            if stop - i > 2:
                cue = "strong" if token.lower in {"because", "due", "owing", "citing", "blaming"} else ""
                yield Candidate("clause", i, min(stop - 1, i + 40), cue)


def _closes(token: Token) -> bool:
    return token.text in ",;:—()"


def _sentence_body(tokens: Tokens) -> int:
    """The last token that is a word."""
    return next((i for i in range(len(tokens) - 1, -1, -1) if tokens[i].is_word), -1)
