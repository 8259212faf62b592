"""Corrections of a false premise: "Umerov did not resign", "no accord was signed"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from bench.answers.stance import negated
from bench.answers.tokens import read
from bench.answers.wording import FUNCTION, NEGATED_QUESTION, NEGATORS, SPEECH

_SMALL: Final = FUNCTION - SPEECH  # a question may be about what was called off or said
_LONG: Final = 60  # words of a correction
_SHORT: Final = 7  # words of a sentence that needs to share but one with the question
_NEW: Final = 6  # words that a denying sentence may bring of its own
_SENTENCE: Final = re.compile(r"[.;!?\n—]+")
_FALSE: Final = re.compile(
    r"\b(?:premise|assumption|question)(?: (?:of|in|behind) (?:the|this|your) question)? (?:is|was|seems|appears to be|rests on)\W+(?:an? )?(?:false|wrong|incorrect|mistaken"
    r"|flawed|invalid|inaccurate|untrue)|\bfalse premise\b"
    r"|\bquestion (?:wrongly |falsely )?(?:assumes|presupposes|supposes|takes (?:it )?for granted)\b"
    r"|\b(?:incorrectly|wrongly|mistakenly) (?:assumes|presupposes|states|implies|suggests)\b"
)
_OUTRIGHT: Final = re.compile(
    r"\b(?:never|not|n't) (?:actually )?(?:happen|happened|take place"
    r"|taken place|occur|occurred)\b|\bthere (?:was|were|is|are|has been|have been) no\b|\bno such\b|\bcontrary to\b"
    r"|\b(?:has|have|had|did|does|do|was|were|is|are) not (?:yet )?\w+"
)
_APART: Final = re.compile(
    r"\b(?:(?:have|has|had|take|takes|took) no part in|(?:has|have|had) nothing to do with"
    r"|(?:cannot|can't|could not|couldn't|can not) be (?:expressed|put|measured|counted|valued|priced|quantified) in)\b"
)
_OPPOSITES: Final = {
    "open": frozenset({"closed", "shut"}),
    "closed": frozenset({"open"}),
    "shut": frozenset({"open"}),
    "alive": frozenset({"dead", "died", "killed"}),
    "free": frozenset({"detained", "jailed", "arrested"}),
}
_SUBORDINATE: Final = re.compile(
    r", as\b|\b(?:because|since|after|although|though|despite|whereas|so that|according to|due to|owing to|in order to|when|while|which|who)\b",
    re.IGNORECASE,
)
_ELLIPTIC: Final = re.compile(
    r"(?:no, |actually, )?(?:it|they|he|she|this|that|the [\w-]+) (?:did|was|were|has|have|had|is|are|does|do|will)"
    r"(?: not|n't)(?: yet| actually)?\Z"
)
_NOT_DONE: Final = re.compile(
    r"(?:no, |actually, )?(?:it|they|he|she|this|that) (?:has|have|had|was|were|is|are)(?: not|n't)(?: yet| actually| ever)?"
    r"(?: been)?(?: yet)? \w+(?:ed|en|t|ilt|eld|ade|one)(?: yet)?\Z"
)  # "it has not been built yet"
_DENYING: Final = frozenset({"denies", "denied", "deny", "denying"})
_NEGATIVE: Final = NEGATORS | frozenset({"no", "nobody", "none", "nothing", "neither", "without", "yet"})


def corrects(question: str, answer: str, *, brief: bool = False) -> bool:
    """Whether `answer` denies in a sentence what `question` takes for granted.

    It must say so outright or negate a sentence that shares words with the question; a bare "no" or "none" is
    no correction. At most 60 words. What stands in a subordinate clause ("because it did not …") denies nothing.
    `brief`: `answer` is one clause of such an answer, which may be as short as "It didn't".
    """
    text = read(answer)
    if not (2 if brief else 3) <= len(text.content) <= _LONG:
        return False
    asked = {token.norm for token in read(question).tokens if token.kind in "wn"} - _SMALL
    return any(_denies(part, asked, asks_no=negated(question)) for part in _SENTENCE.split(text.clean))


def _denies(sentence: str, asked: set[str], *, asks_no: bool) -> bool:
    sentence = main_clause(sentence)
    words = [token.norm for token in read(sentence).tokens if token.kind in "wn"]
    said = sentence.lower().strip(" ,\"'")
    if _ELLIPTIC.match(said) or _NOT_DONE.match(said):
        return True
    if len(words) < 3:
        return False
    meaning = set(words) - _SMALL
    shared = sum(any(alike(word, own) for own in asked) for word in meaning)
    low = sentence.lower()
    if _FALSE.search(low):
        return True
    if shared and _APART.search(low) and not any(token.kind == "n" for token in read(sentence).tokens):
        return True
    if len(words) <= _SHORT and shared and _turned(words, asked):
        return True
    enough = shared >= 2 or (shared == 1 and len(words) <= _SHORT)
    negative = any(word in _NEGATIVE or word in _DENYING or word.endswith("n't") for word in words)
    return (
        enough
        and len(meaning - SPEECH) - shared <= _NEW
        and (_OUTRIGHT.search(low) is not None or (negative and not asks_no))
    )


def _turned(words: list[str], asked: set[str]) -> bool:
    """ "The nave remains open" where the question has it closed: the last word is the opposite of one asked."""
    spoken = words[-2:-1]
    said = {"remain", "remains", "remained", "is", "are", "was", "were", "stays", "stayed", "still"}
    return bool(_OPPOSITES.get(words[-1], frozenset()) & asked and said & set(spoken))


def main_clause(sentence: str) -> str:
    """`sentence` without what is subordinate: up to the first such clause, or behind one that it begins with."""
    if (so := sentence.rfind(", so ")) > 0:
        sentence = sentence[so + 5 :]  # the consequence is what is said
    found = _SUBORDINATE.search(sentence)
    if found is None:
        return sentence
    if any(map(str.isalnum, sentence[: found.start()])):
        return sentence[: found.start()]
    return sentence.partition(",")[2] or sentence


def alike(one: str, two: str) -> bool:
    """Whether two words share their stem, roughly: a common beginning."""
    size = min(len(one), len(two))
    return one == two or (size >= 4 and one[: max(4, size - 2)] == two[: max(4, size - 2)])


_AGAINST: Final = (
    _NEGATIVE
    | NEGATED_QUESTION
    | frozenset(
        {"cancelled", "canceled", "postponed", "abandoned", "scrapped", "withdrew", "withdrawn", "instead", "rather", "unlike",
         "only", "still", "remains", "remain", "remained", "delayed", "suspended", "blocked", "averted", "false", "untrue",
         "dismissed", "halted", "dropped", "survived", "unhurt", "opposed", "off", "failed", "deny", "refuse", "reject"}
    )
)  # fmt: skip
_CONTRAST: Final = re.compile(
    r"(?:(?:and |rather,? |instead,? |in fact,? |actually,? )*(?:he|she|it|they|this|that)\b|(?:was|were|is|are|has|have|had)\b"
    r"|(?:instead|rather)\b)",
    re.IGNORECASE,
)
_SPLICE: Final = re.compile(
    r",\s+(?:but\s+)?(?=(?:he|she|it|they|instead|rather)\b)|[;:—]\s*|\bbut\b", re.IGNORECASE
)
_DID_SO: Final = re.compile(r"\b(?:did|was|were|has|have|is|are|does|do|had)(?: so)?\W*\Z", re.IGNORECASE)


def borne_out(question: str, denials: Sequence[str], clauses: Sequence[str], context: str) -> bool:
    """Whether the article bears a correction out.

    A sentence of it negates or opposes what is denied; or whatever it says of something asked about, it says in such
    sentences; or it has the words of what the correction gives in place of the premise ("she was dismissed").
    """
    asked = {token.norm for token in read(question).tokens if token.kind in "wn"} - _SMALL
    article = [_words(part) for part in _SENTENCE.split(context[:20_000])]
    against = [words - _SMALL - _NEGATIVE for words in article if _is_against(words)]
    plain = frozenset().union(*(words for words in article if not _is_against(words)))
    denied = {word for part in denials for word in _denied(part, asked)}
    denied |= {word for word in asked if not _in(word, plain)}
    if any(_in(word, words) for words in against for word in denied):
        return True
    parts = [part for clause in clauses for part in _SPLICE.split(clause)]
    if any(_retold(part, asked, against) for part in parts):
        return True
    known = frozenset().union(*article)
    return any(_contrasts(part, asked, known) for part in parts)


def _is_against(words: frozenset[str]) -> bool:
    return bool(words & _AGAINST) or any(word.endswith("n't") for word in words)


def _in(word: str, others: Iterable[str]) -> bool:
    return any(alike(word, other) for other in others)


def _retold(part: str, asked: set[str], against: Sequence[frozenset[str]]) -> bool:
    """ "Work on it has not begun": a negative sentence of the article told again."""
    words = _words(part)
    own = words - _SMALL - asked - _NEGATIVE
    return bool(own) and _is_against(words) and any(all(_in(word, told) for word in own) for told in against)


def _words(text: str) -> frozenset[str]:
    return frozenset(token.norm for token in read(text).tokens if token.kind in "wn")


def _denied(clause: str, asked: set[str]) -> set[str]:
    """What a denial denies: the first words of meaning behind the negation, or all that was asked."""
    words = [token.norm for token in read(clause).tokens if token.kind in "wn"]
    at = next((i for i, word in enumerate(words) if word in _NEGATIVE or word.endswith("n't")), len(words))
    behind = [word for word in words[at + 1 :] if word not in _SMALL]
    shared = {word for word in behind[:3] if any(alike(word, own) for own in asked)}
    return shared or asked


def _contrasts(part: str, asked: set[str], known: frozenset[str]) -> bool:
    """ "She was dismissed", "the mayor of Bregen did": nothing denied, no figure, and the article has its words."""
    seen = read(part.strip(" ,"))
    words = {token.norm for token in seen.tokens if token.kind in "wn"}
    if (
        words & _NEGATIVE
        or any(word.endswith("n't") for word in words)
        or any(t.kind == "n" for t in seen.tokens)
    ):
        return False
    own = words - _SMALL - asked - _AGAINST
    form = _CONTRAST.match(seen.clean.strip()) or _DID_SO.search(seen.clean)
    return form is not None and bool(own) and all(any(alike(word, other) for other in known) for word in own)
