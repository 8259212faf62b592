"""A text as tokens: words, number literals and punctuation, each with its folded form."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from bench.answers.text.characters import clean

LONGEST = 6000  # characters read of one answer: more than any answer that can be right

_TOKEN = re.compile(
    r"(?P<n>(?:(?<![\w.,:)])\.)?\d+(?:[.,:/'-]\d+)*)"  # every repeat begins with its own separator: linear
    r"|(?P<a>(?:[^\W\d_]\.)+[^\W\d_](?![^\W\d_])\.?)"
    r"|(?P<w>[^\W\d_]+(?:'[^\W\d_]+)*)"
    r"|(?P<p>\n|[^\s])"
)
_GROUPED = re.compile(
    r"-?\d{1,3}(?:(?:[,']\d{3})+|(?:,\d{2})+,\d{3})(?:\.\d+)?\Z"
)  # 1,000 · 1'000 · 1,20,000
_DOTTED = re.compile(r"-?\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?\Z")  # 1.250.000,50
_CONTENT_SIGNS = frozenset("%‰$€£¥₹₽₴₺₩°+#^±~<>≤≥=")
_OPENERS = frozenset("\"'*_([-")
ARTICLES = frozenset({"a", "an", "the"})
_NO_NOUN = frozenset({"and", "or", "but", "nor", "is", "was", "are", "were", "has", "had", "did", "does"})
_SPELLING = {
    "defence": "defense", "offence": "offense", "licence": "license", "centre": "center", "metre": "meter",
    "metres": "meters", "kilometre": "kilometer", "kilometres": "kilometers", "litre": "liter",
    "litres": "liters", "theatre": "theater", "labour": "labor", "harbour": "harbor", "colour": "color",
    "neighbour": "neighbor", "programme": "program", "percent": "percent", "favour": "favor",
    "honour": "honor", "grey": "gray", "cheque": "check", "aluminium": "aluminum", "travelled": "traveled",
    "cancelled": "canceled", "organisation": "organization", "organisations": "organizations",
    "authorisation": "authorization", "mobilisation": "mobilization", "armour": "armor", "rumour": "rumor",
    "sceptical": "skeptical", "tyre": "tire", "tyres": "tires", "plough": "plow", "&": "and", "%": "percent",
    "gaol": "jail", "behaviour": "behavior", "centres": "centers", "programmes": "programs",
}  # fmt: skip


_NORTH_SOUTH = frozenset({"north", "south"})
_EAST_WEST = frozenset({"east", "west", "eastern", "western", "eastward", "westward", "easterly", "westerly"})


class Token(NamedTuple):
    """One token of a cleaned text."""

    norm: str  # folded: lower case, British spellings as American, digit groups joined
    raw: str
    kind: str  # w word · n number literal · s possessive ending · p punctuation
    glued: bool  # no white space before it
    start: int  # into the cleaned text


@dataclass(frozen=True, slots=True)
class Text:
    """A cleaned text and its tokens."""

    clean: str
    tokens: tuple[Token, ...]
    content: tuple[int, ...]  # tokens that carry meaning: no punctuation, possessives or articles
    key: str  # their folded forms, joined with spaces
    mixed: bool  # has both cases, so that a capital says something
    cut: bool  # longer than LONGEST: only the beginning was read


@lru_cache(maxsize=8192)
def read(text: str) -> Text:
    """Tokens and comparison key of `text`, cleaned first. Total and linear; at most LONGEST characters."""
    cut = len(text) > LONGEST
    cleaned = clean(text[:LONGEST] if cut else text)
    tokens = tuple(_tokens(cleaned))
    content = tuple(_content(tokens))
    key = " ".join([tokens[i].norm for i in content])
    mixed = not cleaned.isupper() and not cleaned.islower()
    return Text(cleaned, tokens, content, key, mixed, cut)


def _tokens(text: str) -> list[Token]:
    out: list[Token] = []
    end = 0
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or "p"
        raw = found[0]
        start = found.start()
        glued = start == end and start > 0
        end = found.end()
        if kind == "w" and raw.isascii() and raw.isalpha() and raw[:5].lower() not in _NORTH_SOUTH:
            norm = raw.lower()
            out.append(Token(_SPELLING.get(norm, norm), raw, "w", glued, start))
        elif kind == "w":
            _word(out, raw, glued, start)
        elif kind == "n":
            _number(out, raw, glued, start)
        elif kind == "a":
            out.append(Token(raw.replace(".", "").casefold(), raw, "w", glued, start))
        else:
            out.append(_sign(raw, glued, start))
    return out


def _word(out: list[Token], raw: str, glued: bool, start: int) -> None:
    norm = raw.lower() if raw.isascii() else raw.casefold()
    if norm.endswith("'s") and len(norm) > 2:
        stem = norm[:-2].replace("'", "")
        out.append(Token(_SPELLING.get(stem, stem), raw[:-2], "w", glued, start))
        out.append(Token("'s", raw[-2:], "s", True, start + len(raw) - 2))
        return
    if "'" in norm and not norm.endswith("n't"):
        norm = norm.replace("'", "")
    if norm[:5] in _NORTH_SOUTH and norm[5:] in _EAST_WEST:  # "northeast" is "north-east"
        out.append(Token(norm[:5], raw[:5], "w", glued, start))
        raw, norm, glued, start = raw[5:], norm[5:], True, start + 5
    out.append(Token(_SPELLING.get(norm, norm), raw, "w", glued, start))


def _number(out: list[Token], raw: str, glued: bool, start: int) -> None:
    norm = "0" + raw if raw[0] == "." else raw
    if out and glued and out[-1].raw == "-" and not (out[-1].glued and _joins(out)):
        out.pop()  # a minus: nothing but space or a bracket before it
        norm, raw, start, glued = "-" + norm, "-" + raw, start - 1, False
    if _GROUPED.match(norm):
        norm = norm.replace(",", "").replace("'", "")
    elif _DOTTED.match(norm):
        norm = norm.replace(".", "").replace(",", ".")
    out.append(Token(norm, raw, "n", glued, start))


def _joins(out: list[Token]) -> bool:
    """Whether the hyphen at the end hangs on a word or number (then it is no minus)."""
    return len(out) > 1 and out[-2].kind in "wns"


def _sign(raw: str, glued: bool, start: int) -> Token:
    # Vowel signs of Indic and other scripts are marks: part of the word, though no letters.
    is_word = raw == "&" or raw in _CONTENT_SIGNS or (raw > "\x7f" and unicodedata.category(raw)[0] in "MNL")
    return Token(_SPELLING.get(raw, raw), raw, "w" if is_word else "p", glued, start)


def _content(tokens: tuple[Token, ...]) -> list[int]:
    """Words and numbers without articles; an article that ends a phrase is a name ("Hepatitis A, not B")."""
    kept = [i for i, token in enumerate(tokens) if token.kind in "wn"]
    if len(kept) < 2:
        return kept
    return [i for i in kept if tokens[i].norm not in ARTICLES or _ends_phrase(tokens, i)]


def _ends_phrase(tokens: tuple[Token, ...], at: int) -> bool:
    if at + 1 == len(tokens):
        return True
    if tokens[at].glued and tokens[at - 1].raw == "-":
        return True  # "Plan-A is": a letter behind a hyphen is part of the name
    if at and tokens[at + 1].norm in _NO_NOUN and tokens[at - 1].kind in "wn":
        return True  # "Plan A and Plan B": no article stands before a conjunction or a verb
    return (
        tokens[at + 1].kind in "ps"
        and tokens[at + 1].raw not in _OPENERS
        and at > 0
        and tokens[at - 1].kind == "w"
    )
