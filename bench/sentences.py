"""Where sentences begin and end in plain text: by rules, for readers that must run without any library."""

from __future__ import annotations

import re
from collections.abc import Iterator


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
_STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|[。！？]+[」』”]*")
_LAST_WORD = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?$|[^\W_]+$")

# Always followed by the rest of their sentence.
_TITLES = _words(
    "mr mrs ms mx dr prof rev fr hon gen col maj capt cpt lt sgt cpl adm cmdr sen rep gov pres amb supt insp "
    "st mt ft vs eg ie cf approx ca messrs mme mlle"
)
# Followed by their number, else the end of a sentence.
_BEFORE_NUMBER = _words(
    "no nos art sec fig ch vol p pp para jan feb mar apr jun jul aug sep sept oct nov dec"
)
# May end a sentence or stand inside one: only a usual sentence opener after them ends it.
_EITHER = _words("inc ltd co corp llc plc bros jr sr etc al am pm est dept univ govt")
_OPENERS = _words(
    "the a an it its he his she her they their we our i you this that these those there here in on at by for from "
    "to with as but and or so yet if when while after before since although though however meanwhile both no not "
    "only many most some several few all one two what who why how"
)
_NEXT_WORD = re.compile(r"[\s\"'“‘«(\[]*([^\W_]+)?")


def sentences(text: str) -> list[tuple[int, int]]:
    """Offsets (start, end exclusive) of the sentences of `text`, in order.

    A blank line always ends a sentence. A full stop does not after titles ("Mr."), initials ("J. Orr"),
    inside numbers, or after an abbreviation that the text runs on from ("the U.S. Senate"). Sentences hold no
    outer white space; text without any gives [].
    """
    found: list[tuple[int, int]] = []
    for start, end in _paragraphs(text):
        begin = start
        for stop in _STOP.finditer(text, start, end):
            if stop.end() < end and _ends_sentence(text, stop, end):
                found.extend(_trimmed(text, begin, stop.end()))
                begin = stop.end()
        found.extend(_trimmed(text, begin, end))
    return found


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for gap in _PARAGRAPH.finditer(text):
        yield begin, gap.start()
        begin = gap.end()
    yield begin, len(text)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    bare = piece.strip()
    if bare:
        lead = len(piece) - len(piece.lstrip())
        yield start + lead, start + lead + len(bare)


def _ends_sentence(text: str, stop: re.Match[str], limit: int) -> bool:
    """Whether the stop found in `text` closes its sentence."""
    mark = stop.group()
    following = _following_word(text, stop.end(), limit)
    if mark[0] in "。！？":
        return True
    if following[:1].islower():
        return False
    if mark != ".":
        return True
    last = _LAST_WORD.search(text, max(0, stop.start() - 30), stop.start())
    word = last.group() if last else ""
    lower = word.lower()
    if lower in _TITLES or (len(word) == 1 and word.isupper() and following[:1].isupper()):
        return False
    if lower in _BEFORE_NUMBER:
        return not following[:1].isdigit()
    if "." in word or lower in _EITHER:
        return following.lower() in _OPENERS or not following[:1].isalnum()
    return True


def _following_word(text: str, start: int, limit: int) -> str:
    match = _NEXT_WORD.match(text, start, min(limit, start + 60))
    return (match.group(1) or "") if match else ""
