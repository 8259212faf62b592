"""Finding accepted and rejected wordings in a text, longest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from bench.answers.text.tokens import ARTICLES, Text, read
from bench.answers.text.wording import FUNCTION

REJECT: Final = -1

_SCORE: Final = re.compile(r"(\d{1,3})[-:](\d{1,3})\Z")
_BREAKS: Final = frozenset(".;:!?\n()—[]")
_LEADING: Final = frozenset({"in", "on", "at", "by", "from", "to", "for", "with"})
_OWNERS: Final = frozenset({"its", "his", "her", "their", "our", "this", "that", "these", "those"})
_SHORT_WORDS: Final = frozenset(
    {"us", "who", "it", "is", "in", "or", "am", "he", "as", "at", "no", "so", "un", "we"}
)


class Phrase(NamedTuple):
    """One wording to look for."""

    norms: tuple[str, ...]
    label: int  # slot number, or REJECT
    upper: bool = False  # an acronym that is also a word: only in capitals ("US", "WHO")
    comma: bool = False  # may straddle a comma
    stop: bool = False  # may straddle a full stop, colon or bracket


class Mention(NamedTuple):
    """Where a wording stands: tokens first…end−1."""

    first: int
    end: int
    label: int
    phrase: Phrase


Table = Mapping[str, tuple[Phrase, ...]]


def phrase(text: str, label: int) -> Phrase | None:
    """The wording `text` as something to look for; None when it holds no word at all."""
    seen = read(text)
    norms = tuple(seen.tokens[i].norm for i in seen.content)
    if not norms:
        return None
    upper = False
    if len(norms) == 1 and norms[0] in _SHORT_WORDS:
        letters = next((token.raw for token in seen.tokens if token.kind == "w"), "")
        upper = letters.replace(".", "").isupper()
    if len(norms) == len(seen.tokens):
        return Phrase(norms, label, upper)
    signs = {token.raw for token in seen.tokens if token.kind == "p"}
    return Phrase(norms, label, upper, "," in signs, not signs.isdisjoint(_BREAKS))


def phrases(text: str, label: int) -> list[Phrase]:
    """`phrase` with its shorter readings: no leading preposition, no leading "its", "their"."""
    base = phrase(text, label)
    if base is None:
        return []
    out = [base, *_scores(base)]
    rest = base.norms
    while len(rest) > 1 and (rest[0] in _LEADING or rest[0] in _OWNERS or rest[0] in ARTICLES):
        rest = rest[1:]
        if rest[0] not in FUNCTION or len(rest) > 1:
            out.append(base._replace(norms=rest))
    return out


def _scores(base: Phrase) -> list[Phrase]:
    """ "3-1" as "3:1", "3 : 1", "3 - 1" and "3 to 1"."""
    found = _SCORE.match(base.norms[0]) if len(base.norms) == 1 else None
    if found is None:
        return []
    one, two = found[1], found[2]
    forms = ((f"{one}-{two}",), (f"{one}:{two}",), (one, two), (one, "to", two))
    return [base._replace(norms=norms, stop=True) for norms in forms if norms != base.norms]


def table(wordings: Iterable[Phrase]) -> Table:
    """Phrases by first word, longest first; of two equal ones the earlier stays."""
    by_first: dict[str, dict[tuple[str, ...], Phrase]] = {}
    for wording in wordings:
        by_first.setdefault(wording.norms[0], {}).setdefault(wording.norms, wording)
    return {
        first: tuple(sorted(found.values(), key=lambda entry: -len(entry.norms)))
        for first, found in by_first.items()
    }


def find(text: Text, wordings: Table) -> list[Mention]:
    """All wordings in `text`, left to right, longest at each place, none overlapping."""
    out: list[Mention] = []
    tokens, content = text.tokens, text.content
    at = 0
    while at < len(content):
        here = wordings.get(tokens[content[at]].norm)
        step = 1
        for wording in here or ():
            if _fits(text, at, wording):
                last = content[at + len(wording.norms) - 1]
                out.append(Mention(content[at], last + 1, wording.label, wording))
                step = len(wording.norms)
                break
        at += step
    return out


def _fits(text: Text, at: int, wording: Phrase) -> bool:
    tokens, content = text.tokens, text.content
    size = len(wording.norms)
    if at + size > len(content):
        return False
    if any(tokens[content[at + i]].norm != wording.norms[i] for i in range(1, size)):
        return False
    first = tokens[content[at]]
    if wording.upper and len(content) > 1 and not first.raw.replace(".", "").isupper():
        return content[at] > 0 and tokens[content[at] - 1].norm == "the"  # "the us", never "us"
    for i in range(content[at] + 1, content[at + size - 1]):
        sign = tokens[i]
        if sign.kind == "p" and (
            (sign.raw == "," and not wording.comma) or (sign.raw in _BREAKS and not wording.stop)
        ):
            # "J. K. Rowling", "Gen. Smith": the stop of an abbreviation breaks nothing
            if sign.raw == "." and len(tokens[i - 1].norm) <= 3:
                continue
            return False
    return True
