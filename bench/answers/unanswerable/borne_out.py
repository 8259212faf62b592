"""Whether the article bears out the correction of a premise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from typing import Final

from bench.answers.text.tokens import read
from bench.answers.text.wording import NEGATED_QUESTION
from bench.answers.unanswerable.premise import NEGATIVE, SENTENCE, SMALL, alike, opposites

_AGAINST: Final = (
    NEGATIVE
    | NEGATED_QUESTION
    | frozenset(
        {"cancelled", "canceled", "postponed", "abandoned", "scrapped", "withdrew", "withdrawn", "instead", "rather", "unlike",
         "only", "still", "remains", "remain", "remained", "delayed", "suspended", "blocked", "averted", "false", "untrue",
         "dismissed", "halted", "dropped", "survived", "unhurt", "lost", "lose", "missed", "missing", "beaten", "defeated", "opposed", "off", "failed", "deny", "refuse", "reject"}
    )
)  # fmt: skip
_CONTRAST: Final = re.compile(
    r"(?:(?:and |rather,? |instead,? |in fact,? |actually,? )*(?:he|she|it|they|this|that)\b|(?:was|were|is|are|has|have|had)\b"
    r"|(?:instead|rather)\b)",
    re.IGNORECASE,
)
_PRONOUN: Final = re.compile(r"\W*(?:actually,? |no,? )?(?:he|she|it|they|this|that)\b", re.IGNORECASE)
_SPLICE: Final = re.compile(
    r",\s+so\b|,\s+(?:but\s+)?(?=(?:he|she|it|they|instead|rather)\b)|[;:—]\s*|\bbut\b", re.IGNORECASE
)
_BUT_NOT: Final = re.compile(r"(?P<given>[^,;.]+), (?:and )?not [^,;.]+")
_FRAGMENT: Final = re.compile(r"(?:but |rather )?(?:from|in|at|on|to|into|with|near)\b", re.IGNORECASE)
_EVENT: Final = re.compile(
    r"\W*(?:why|when|where|how (?!many|much|old|long|far|tall|big|often)|(?:on|in|at|for|to|by) (?:what|which|whom)"
    r"|what (?:caused|led|made|prompted))\b",
    re.IGNORECASE,
)
_BARE: Final = re.compile(
    r"\W*(?:no, |actually, )?(?:he|she|it|they|this|that) (?:\w+n't|\w+ not|never)(?: \w+)?\W*", re.IGNORECASE
)
_OPENING: Final = re.compile(
    r"\A\W*(?:(?:actually|in fact|no|rather|instead|according to the \w+),? |the (?:article|text|passage|report) (?:says|states|reports) "
    r"(?:that )?)",
    re.IGNORECASE,
)
_DID_SO: Final = re.compile(r"\b(?:did|was|were|has|have|is|are|does|do|had)(?: so)?\W*\Z", re.IGNORECASE)


def borne_out(question: str, denials: Sequence[str], clauses: Sequence[str], context: str) -> bool:
    """Whether the article bears a correction out.

    A sentence of it negates or opposes what is denied; or whatever it says of something asked about, it says in such
    sentences; or it has the words of what the correction gives in place of the premise ("she was dismissed").
    """
    asked = {token.norm for token in read(question).tokens if token.kind in "wn"} - SMALL
    article = [_words(part) for part in SENTENCE.split(context[:20_000])]
    sides = [(words - SMALL - NEGATIVE, _is_against(words, asked)) for words in article]
    against = [words for words, opposed in sides if opposed]
    plain = frozenset().union(*(words for words, opposed in sides if not opposed))
    said = frozenset().union(*map(_words, denials)) if all(map(_named, denials)) else asked
    denied = {word for part in denials for word in _denied(part, asked)}
    denied |= {word for word in asked if _in(word, said) and not _in(word, plain)}
    if not _EVENT.match(question) and all(_BARE.fullmatch(part) for part in denials):
        return False  # "she has not" denies no name and no number
    if any(_in(word, words) for words in against for word in denied):
        return True
    opposed = frozenset().union(*map(opposites, denied))
    if any(words & opposed and words & (asked - denied) for words in article):
        return True
    parts = [part for clause in clauses for part in _SPLICE.split(clause)]
    if any(_retold(part, asked, against) for part in parts):
        return True
    known = frozenset().union(*article)
    if any(_elsewhere(part, asked, known) for part in clauses):
        return True
    return any(_contrasts(part, asked, known) for part in parts)


def _is_against(words: frozenset[str], asked: Set[str] = frozenset()) -> bool:
    signs = {word for word in words & _AGAINST if not _in(word, asked)}
    return bool(signs) or any(word.endswith("n't") for word in words)


def _named(clause: str) -> bool:
    """Whether a denial says what it speaks of, and not "it"."""
    return not _PRONOUN.match(clause)


def _in(word: str, others: Iterable[str]) -> bool:
    return any(alike(word, other) for other in others)


def _retold(part: str, asked: set[str], against: Sequence[frozenset[str]]) -> bool:
    """ "Work on it has not begun": a negative sentence of the article told again."""
    words = _words(part)
    own = words - SMALL - asked - NEGATIVE
    return bool(own) and _is_against(words) and any(all(_in(word, told) for word in own) for told in against)


def _elsewhere(clause: str, asked: set[str], known: frozenset[str]) -> bool:
    """ "They escaped from a courthouse, not from the prison": the other thing is the article's, no name and no figure."""
    found = _BUT_NOT.fullmatch(clause)
    if found is None:
        return False
    given = read(found["given"])
    own = [t for t in given.tokens if t.kind in "wn" and t.norm not in SMALL and t.norm not in asked]
    shared = any(t.norm in asked for t in given.tokens)
    return bool(own) and shared and all(t.kind == "w" and t.raw.islower() and _in(t.norm, known) for t in own)


def _words(text: str) -> frozenset[str]:
    return frozenset(token.norm for token in read(text).tokens if token.kind in "wn")


def _denied(clause: str, asked: set[str]) -> set[str]:
    """What a denial denies: the first words of meaning behind the negation, or all that was asked."""
    words = [token.norm for token in read(clause).tokens if token.kind in "wn"]
    at = next((i for i, word in enumerate(words) if word in NEGATIVE or word.endswith("n't")), len(words))
    behind = [word for word in words[at + 1 :] if word not in SMALL]
    shared = {word for word in behind[:3] if any(alike(word, own) for own in asked)}
    return shared or asked


def _contrasts(part: str, asked: set[str], known: frozenset[str]) -> bool:
    """ "She was dismissed", "the mayor of Bregen did": nothing denied, no figure, and the article has its words."""
    seen = read(_OPENING.sub("", part, count=1).strip(" ,"))
    words = {token.norm for token in seen.tokens if token.kind in "wn"}
    if (
        words & NEGATIVE
        or any(word.endswith("n't") for word in words)
        or any(t.kind == "n" for t in seen.tokens)
    ):
        return False
    own = words - SMALL - asked
    opening = seen.tokens[seen.content[0]] if seen.content else None
    article = opening is not None and opening != seen.tokens[0]
    own_subject = opening is not None and (article or opening.raw[:1].isupper()) and opening.norm in asked
    form = (
        own_subject
        or _FRAGMENT.match(seen.clean.strip())
        or _CONTRAST.match(seen.clean.strip())
        or _DID_SO.search(seen.clean)
    )
    return bool(form) and bool(own) and all(_in(word, known | _AGAINST) for word in own)
