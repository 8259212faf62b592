"""What an answer says in its own words, where it goes on to cite the article: 'Umerov. The article states: "…"'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import Final

from bench.answers.gold.prepare import Prepared, prepare
from bench.answers.output.abstention import is_fragment
from bench.answers.output.silence import TEXT
from bench.answers.text.characters import clean
from bench.answers.text.quoted import CITED, words_in_article
from bench.answers.text.tokens import read
from bench.answers.text.units import stem
from bench.answers.text.wording import FUNCTION, NEGATORS, words_of
from bench.records import Item

_MORE: Final = 3  # words beside an accepted wording up to which a quotation is the answer itself
_AND: Final = 8  # characters from one citation to the next: "…" and "…"
_MARKS: Final = 24  # quotation marks that are looked at
_LONGEST: Final = 4000  # characters of an answer
_OPENING: Final = '"“„«‟″「『'
_GAP: Final = re.compile(
    r"\s*\[?\.\.\.\]?\s*|(?<=[.!?])\s+"
)  # what was left out; sentences from different places
_INTRODUCED: Final = re.compile(
    rf"(?:\b(?:{TEXT}|sentence|line|quote|quotation|evidence|source)\b[^.!?\n]{{0,40}}|[(\n—.!?]|\s-)\s*\Z|\A\s*\Z"
)
_HEAD: Final = re.compile(r"(?P<head>[^.!?\n]{1,60})(?:[.!]\s|\n)\s*(?P<rest>[\"A-Z].*)", re.DOTALL)
_ENDED: Final = re.compile(r"\W*(?:\Z|\n|and\b|[A-Z])|\s*[).;—]")  # not '…," said X'
_TELLING: Final = words_of(
    "article text passage report story context document excerpt information paragraph sentence line quote quotation evidence source "
    "part section say says said state states stated stating read reads report reports reported note notes mention mentions "
    "mentioned quote quotes quoted saying give gives indicate indicates show shows tell tells provide provides contain contains "
    "support supports supported base based accord according find found relevant following follow follows supporting here above "
    "below answer question person people place number date figure name detail details where clear clearly directly explicitly "
    "specifically exact last first second final opening closing"
)


def readings(item: Item, text: str) -> Iterator[str]:
    """What is to be judged of an answer to `item`; it is worth what the worst of these is worth."""
    ready = prepare(item)
    yield own_words(text, item.context, ready)
    if head := _headed(text, item.context, ready):
        yield head


def own_words(text: str, context: str, ready: Prepared) -> str:
    """What of `text` is to be judged: all of it, or what it says beside its citations of the article.

    A citation stands in `context` word for word and is introduced as one; it asserts nothing that the article does
    not say anyhow. Where there is no answer beside it ('The article says: "…"'), or where it is one itself, the whole text
    counts. `ready`: the gold and the question.
    """
    if len(text) > _LONGEST or not any(mark in text for mark in _OPENING):
        return text
    own = _without_citations(clean(text), context, ready.accepted)
    return text if own is None or not _speaks(own, ready.question.words | ready.question.stems) else own


def _headed(text: str, context: str, ready: Prepared) -> str:
    """The bare words that head a text which goes on in sentences of the article, without quotation marks; else "".

    They must be right too: 'Vellmar. The ship was built in Orr.' names Vellmar. A stretch of the article as it stands has no head.
    """
    found = _HEAD.match(clean(text)) if len(text) <= _LONGEST else None
    if found is None or not is_fragment(found["head"].lower()):
        return ""
    if not _cites(found["rest"], context, ready.accepted) or words_in_article(text, context):
        return ""
    return found["head"] if _speaks(found["head"], ready.question.words | ready.question.stems) else ""


def _without_citations(plain: str, context: str, accepted: Set[str]) -> str | None:
    """`plain` without its citations; None where it has none."""
    marks = [found.start() for found in re.finditer('"', plain)][:_MARKS]
    if len(marks) <= 1 or not any(map(str.isalnum, plain[: marks[0]])):
        return None  # "…," said X: the article's own sentence
    kept, begin, at = "", 0, 0
    while at < len(marks) - 1:
        end = 0
        goes_on = begin and marks[at] - begin <= _AND
        if goes_on or _INTRODUCED.search(plain, max(begin, marks[at] - 80), marks[at]) is not None:
            for last in range(len(marks) - 1, at, -1):  # there may be speech inside a citation
                quotation = plain[marks[at] + 1 : marks[last]]
                if _ENDED.match(plain, marks[last] + 1) and _cites(quotation, context, accepted):
                    end = last
                    break
        if end:
            kept += plain[begin : marks[at]]
            begin = marks[end] + 1
        at = max(at, end) + 1
    return kept + plain[begin:] if begin else None


def _cites(quotation: str, context: str, accepted: Set[str]) -> bool:
    """Whether a quotation is the article's, with or without gaps, and more than an accepted wording."""
    parts = [part for part in _GAP.split(quotation) if any(map(str.isalnum, part))]
    sizes = [words_in_article(part, context) for part in parts]
    if sum(sizes) < CITED or not all(sizes):
        return False
    key = f" {read(quotation).key} "
    return not any(f" {own} " in key and key.count(" ") - own.count(" ") <= _MORE + 1 for own in accepted)


def _speaks(own: str, asked: Set[str]) -> bool:
    """Whether words hold more than an introduction: a word that neither the question nor talk about a text has."""
    norms = [token.norm for token in read(own).tokens if token.kind in "wn"]
    return any(
        norm in NEGATORS
        or norm in {"yes", "no"}
        or not (norm in FUNCTION | _TELLING or norm in asked or stem(norm) in asked)
        for norm in norms
    )
