"""Names of persons: their parts, and when a surname in a text is somebody else's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bench.answers.names.bearers import borne_by_another, occupation
from bench.answers.text.phrases import Mention, Phrase, Table
from bench.answers.text.tokens import Text, Token, read
from bench.answers.text.wording import (
    FUNCTION,
    HEADS,
    NATIONS,
    ORDINARY,
    PARTICLES,
    SUFFIXES,
    TITLES,
)


@dataclass(frozen=True, slots=True)
class Names:
    """What a name-like item accepts and refuses."""

    kind: str  # person · place · span
    exact: frozenset[str]  # keys that are right as they stand
    wordings: Table
    firsts: tuple[frozenset[str], ...]  # first and middle names, by slot
    surnames: frozenset[tuple[str, ...]]  # wordings that are a surname alone
    listed: frozenset[tuple[str, ...]]  # surnames that are accepted wordings themselves
    shared: frozenset[tuple[str, ...]]  # surnames that a lure has too
    generations: frozenset[str]  # "jr", "sr" as far as the gold says so
    inherited: frozenset[tuple[str, ...]]  # names that a lure of another generation has too
    proper: bool  # the gold is a proper name: capitals beside it matter
    question: frozenset[str]  # words of the question
    common: frozenset[str]  # those of them without a capital
    negated: bool  # the question is negated
    asking: Text  # the question, read
    long: tuple[tuple[str, ...], ...] = ()  # content words of long clause golds


def chain(text: Text, at: int, step: int) -> list[Token]:
    """Words that stand directly beside, in reading direction `step`, with nothing but initials' stops between."""
    tokens = text.tokens
    out: list[Token] = []
    while 0 <= at < len(tokens) and len(out) < 4:
        token = tokens[at]
        if token.kind == "p":
            initial = step < 0 and token.raw == "." and at > 0 and len(tokens[at - 1].norm) == 1
            if not initial and (token.raw not in {"*", "_", "-"} or (token.raw == "-" and not token.glued)):
                break
        elif token.kind == "s":
            break
        else:
            out.append(token)
        at += step
    return out


def known(names: Names, text: Text, token: Token) -> bool:
    """Whether a word beside a name says nothing about whose name it is."""
    norm = token.norm
    asked = names.common if names.kind == "person" else names.question
    if (
        norm in FUNCTION
        or norm in TITLES
        or norm in HEADS
        or norm in ORDINARY
        or norm in asked
        or norm in NATIONS
        or norm.endswith("ly")
    ):
        return True
    return text.mixed and not token.raw[:1].isupper() and token.kind == "w"


def other_person(names: Names, text: Text, m: Mention, context: str, *, whole: bool) -> bool:
    """Whether a surname stands with another first name, or alone where it says too little."""
    before = [t for t in chain(text, m.first - 1, -1) if t.norm not in PARTICLES or t.raw.isupper()]
    firsts = names.firsts[m.label]
    given: list[Token] = []
    for token in before:
        if known(names, text, token) and token.norm not in firsts and not _is_initial(text, token):
            break
        if token.norm not in firsts and occupation(token.norm, m.phrase.norms, context, firsts):
            break
        given.append(token)
    alone = m.phrase.norms in names.surnames
    after = chain(text, m.end, 1)
    beside = after and after[0].norm not in firsts
    if after and after[0].norm in SUFFIXES:
        return _GENERATIONS.get(after[0].norm, after[0].norm) not in names.generations
    owner = m.end + 1 < len(text.tokens) and text.tokens[m.end + 1].kind == "s"
    if beside and text.mixed and not owner and not known(names, text, after[0]):
        return True  # not of "Mira Olt led Norland's delegation and Jon Karr Estria's"
    if m.phrase.norms in names.inherited and m.phrase.norms not in names.listed:
        return True
    if not alone:
        return bool(given) and given[0].norm not in firsts and not _initial(firsts, given[0])
    if not given and _reversed_own(firsts, text, m):
        return False
    if not given:
        unsure = m.phrase.norms not in names.listed and (
            m.phrase.norms in names.shared or borne_by_another(context, m.phrase.norms, firsts)
        )
        unsure = unsure and not entitled(text, m, context, firsts)
        return unsure or (whole and _reversed_other(names, text, m))
    outermost = given[-1]
    return not (outermost.norm in firsts or _initial(firsts, outermost))


def reach(names: Names, text: Text, m: Mention) -> range:
    """The tokens of the whole name around a surname: "Vladimir V. Putin", "Putin, Vladimir"."""
    if names.kind != "person":
        return range(m.first, m.end)
    first, end = m.first, m.end
    given = names.firsts[m.label]
    tokens = text.tokens
    while first > 0 and (
        tokens[first - 1].norm in given
        or tokens[first - 1].raw == "."
        or (tokens[first - 1].kind == "w" and len(tokens[first - 1].norm) == 1)
    ):
        first -= 1
    alone = not given & set(m.phrase.norms)
    if alone and end + 1 < len(tokens) and tokens[end].raw == "," and tokens[end + 1].norm in given:
        surname = tokens[end + 2] if end + 2 < len(tokens) else None
        if surname is None or not (
            surname.kind == "w" and surname.raw[:1].isupper() and len(surname.raw) > 1
        ):
            end += 2
    return range(first, end)


def _is_initial(text: Text, token: Token) -> bool:
    at = text.tokens.index(token)
    stop = at + 1 < len(text.tokens) and text.tokens[at + 1].raw == "."
    return len(token.norm) == 1 and token.raw.isupper() and (stop or "." in token.raw)


def _initial(firsts: frozenset[str], token: Token) -> bool:
    return (
        len(token.norm) <= 3
        and (len(token.norm) == 1 or "." in token.raw)
        and any(first[:1] == token.norm[:1] for first in firsts)
    )


def _reversed_own(firsts: frozenset[str], text: Text, m: Mention) -> bool:
    """ "Lind, Oskar" where the first name is Oskar."""
    behind = text.tokens[m.end : m.end + 2]
    return (
        len(behind) == 2
        and behind[0].raw == ","
        and (behind[1].norm in firsts or _initial(firsts, behind[1]))
    )


def _reversed_other(names: Names, text: Text, m: Mention) -> bool:
    """ "Umerov, Ivan" where the first name is not Ivan: the whole answer is surname, comma, one word."""
    tokens = text.tokens
    if m.first != 0 or m.end >= len(tokens) or tokens[m.end].raw != ",":
        return False
    rest = [t for t in tokens[m.end + 1 :] if t.kind in "wn"]
    firsts = names.firsts[m.label]
    if len(rest) not in {1, 2} or not firsts:
        return False
    first = rest[0]
    return not (first.norm in firsts or _initial(firsts, first) or known(names, text, first))


def name_parts(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(given names, surname) of a person's name, titles dropped; ((), ()) where it does not look like one.

    Surname = last word with its particles ("von der Leyen"); suffixes such as "Jr." belong to neither.
    """
    seen = read(text)
    tokens = [seen.tokens[i] for i in seen.content]
    if len(tokens) != len([t for t in seen.tokens if t.kind in "wn"]) or any(
        t.kind == "s" for t in seen.tokens
    ):
        return (), ()
    while len(tokens) > 1 and tokens[0].norm in TITLES:
        tokens = tokens[1:]
    while len(tokens) > 1 and tokens[-1].norm in SUFFIXES:
        tokens = tokens[:-1]
    named = all(t.kind == "w" and (t.raw[:1].isupper() or t.norm in PARTICLES) for t in tokens)
    if not named or not 1 <= len(tokens) <= 6 or tokens[-1].norm in TITLES:
        return (), ()
    split = len(tokens) - 1
    while split > 1 and tokens[split - 1].norm in PARTICLES:
        split -= 1
    norms = tuple(t.norm for t in tokens)
    hyphens = {t.start for t in seen.tokens if t.raw == "-" and t.glued}
    tied = [t.start - 1 in hyphens for t in tokens]
    if len(norms) == 3 and tied[2] and tokens[2].raw.islower():
        return norms[1:], norms[:1]  # "Ban Ki-moon": family name first
    while split > 1 and tied[split]:
        split -= 1  # "Ortega-Lund" is one surname
    if len(norms) in {2, 3} and norms[0] in _FAMILY_FIRST and norms[-1] in _GIVEN_LAST:
        return norms[1:], norms[:1]
    return norms[:split], norms[split:]


def suffix_of(text: str) -> str:
    """The generation that a name ends with: "Jr." and "Junior" give "jr"; "" where it has none."""
    words = read(text).key.rsplit(" ", 1)
    return _GENERATIONS.get(words[-1], words[-1]) if len(words) == 2 and words[-1] in SUFFIXES else ""


def entitled(text: Text, m: Mention, context: str, firsts: frozenset[str]) -> bool:
    """Whether a title beside a shared surname tells its bearer: the article gives it to the one, not the other."""
    before = [t.norm for t in chain(text, m.first - 1, -1)]
    after = [t.norm for t in text.tokens[m.end + 1 : m.end + 6]] if _comma_at(text, m.end) else []
    ahead = [norm for norm in before if norm in TITLES and norm not in FUNCTION][::-1]
    behind = [norm for norm in after if norm in TITLES and norm not in FUNCTION]
    title = " ".join(ahead or behind)
    if not title:
        return False
    name = re.escape(" ".join(m.phrase.norms))
    bearers = re.findall(rf"\b{re.escape(title)} ((?:\w+ ){{0,3}}){name}\b", read(context).key)
    return bool(bearers) and all(firsts & set(given.split()) for given in bearers)


def _comma_at(text: Text, at: int) -> bool:
    return at < len(text.tokens) and text.tokens[at].raw in {",", "("}


def person_wordings(text: str, label: int) -> list[Phrase]:
    """Surname alone, with and without particles, for a full personal name; nothing for other strings."""
    given, surname = name_parts(text)
    if not given or not surname:
        return []
    bare = tuple(word for word in surname if word not in PARTICLES) or surname
    return [Phrase(norms, label) for norms in dict.fromkeys((surname, bare))]


# Family name first, by custom; the given name tells such a name from a Western one (Kim Jong Un, Kim Basinger).
_FAMILY_FIRST: Final = frozenset({"xi", "kim", "li", "wang", "zhang", "chen", "liu", "yoon", "moon", "park", "lee", "mao",
                                  "hu", "deng", "wen", "zhou", "zhao", "wu", "han", "nguyen", "tran"})  # fmt: skip


_GENERATIONS: Final = {"junior": "jr", "senior": "sr"}

_GIVEN_LAST: Final = frozenset({"jinping", "un", "il", "sung", "keqiang", "yi", "qiang", "yeol", "jae", "in", "jintao",
                                "jiabao", "xiaoping", "zedong", "enlai", "hye", "bak", "myung", "ping", "phuc", "ma",
                                "jong", "wei", "ming", "jun", "lei", "hui", "fang", "ying", "xin", "min"})  # fmt: skip
