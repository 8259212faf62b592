"""What an answer of several parts states: the part that answers, where the others only tell what the article tells.

Documented choices. A part that answers must be right by itself. Beside it a lure or another figure may stand in a
part of its own that the article bears out ("44. The helicopters took another 61"), or in a sum that comes to the
answer (`bench.answers.worked_out`). What an output sets in bold is its answer where that is right, or a lure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from bench.answers.dates.moments import date_tokens
from bench.answers.gold.besides import CLAUSES, RELATIVE, SENTENCES, claims_of, companion, parts_of
from bench.answers.gold.prepare import Prepared
from bench.answers.lists.locate import locate
from bench.answers.numbers.gold import NumberGold
from bench.answers.numbers.quantities import quantities
from bench.answers.output.abstention import is_fragment
from bench.answers.text.characters import clean
from bench.answers.text.phrases import find
from bench.answers.text.quoted import citations, words_in_article
from bench.answers.text.tokens import Text, read

_AROUND: Final = re.compile(r"[.!?]+[\"')\]]*\s|[;:\n()—=→]")
_BEHIND: Final = re.compile(r"[.!?]+[\"')\]]*(?:\s|\Z)|[;:\n()—=→]|\s[–-]\s|(?<!\d),|,(?!\d)")
_TAKEN_BACK: Final = re.compile(
    r"\?|[.!—–\n-]\s*(?:no(?=\s*[,.;:!—])|actually|wait|correction|sorry|hmm+|oops|scratch that)\b",
    re.IGNORECASE,
)
_HEAD: Final = re.compile(r"[^.!?:;\n–—\"]{1,60}?(?=\s*(?:[.:;\n–—]|\s-\s))")
_MARKS: Final = '"“”„«‟″「『'
_VERDICT: Final = re.compile(r"(?:yes|no)\s*(?:[,.;:!—\n]|\Z)", re.IGNORECASE)
_RELATIVES: Final = frozenset({"who", "whose", "which", "where"})
_LONGEST: Final = 1500  # characters of an answer
_MOST: Final = 12  # parts
_TYPES: Final = frozenset({"person", "place", "span", "choice", "number", "date"})


def marked(
    ready: Prepared, text: str, emphasis: str, context: str, right: Callable[[str], bool]
) -> bool | None:
    """The verdict on what is bold, with the clause around it; None where it is no answer, or not the only one.

    `right`: whether a text by itself is a right answer. It is wrong where it holds a lure.
    """
    if not right(emphasis):
        return False if _lures(ready, emphasis, text) else None
    emphasis = emphasis.rstrip(" .!,;")
    for own, behind in _clauses_with(text, emphasis):
        if right(own):
            claims = claims_of(ready, read(own))
            parts = [read(behind[a:b]) for a, b in parts_of(SENTENCES, behind)] if behind else []
            told = all(
                not _rivals(ready, part) or companion(ready, part, max(claims, 1), context) for part in parts
            )
            return True if told or right(text) else None
    return None


def _lures(ready: Prepared, emphasis: str, text: str) -> bool:
    """Whether words hold a lure, or begin with a yes or no that is no word of a clause ("**no** toll is due")."""
    seen = read(emphasis)
    if ready.answer_type == "yes_no":
        return _VERDICT.match(text, text.find(emphasis)) is not None
    if not {seen.tokens[i].norm for i in seen.content}.isdisjoint({"not", "no"}):
        return False  # "**not a burglar**"
    return _rivals(ready, seen, lures=True)


def _rivals(ready: Prepared, part: Text, *, lures: bool = False) -> bool:
    """Whether a part has a lure, or (unless `lures`) any other value of the kind that is asked for."""
    if find(part, ready.lures):
        return True
    refused = {
        (q.value, q.high) for spec in ready.specs if isinstance(spec, NumberGold) for q in spec.rejects
    }
    figures = [q for q in quantities(part, date_tokens(part)) if q.role not in {"year", "whole"}]
    if lures or ready.kinds != ("number",) * len(ready.kinds):
        return any((q.value, q.high) in refused for q in figures)
    return bool(figures)


def _clauses_with(text: str, words: str) -> Iterator[tuple[str, str]]:
    """The clauses of `text` that hold `words`, none that is a question or taken back, and what stands behind each."""
    at = text.find(words)
    for _ in range(_MOST):
        if at < 0:
            return
        begin = max((m.end() for m in _AROUND.finditer(text, 0, at)), default=0)
        behind = _BEHIND.search(text, at + len(words))
        if _TAKEN_BACK.search(text, at + len(words)) is not None:
            return
        end = behind.start() if behind else len(text)
        yield text[begin:end], text[end:]
        at = text.find(words, at + len(words))


def without_companions(ready: Prepared, text: str, context: str) -> Iterator[str]:
    """`text` without the sentences, then without the clauses, in which it tells of a lure or another figure what the article tells.

    Nothing where there are none, or nothing of the gold's would be left.
    """
    numeric = bool(ready.kinds) and set(ready.kinds) <= {"number", "date"}
    quotes = any(mark in text for mark in _MARKS)
    if not (numeric or ready.refused or quotes) or len(text) > _LONGEST:
        return
    if not context or ready.answer_type not in _TYPES:
        return
    plain = clean(text)
    head = _HEAD.match(plain)
    bare = head is not None and is_fragment(
        head[0].lower()
    )  # "Orr. Talks had begun in Vellmar.", as the article has it too
    if _TAKEN_BACK.search(plain) is not None or (words_in_article(plain, context) and not bare):
        return
    if not locate(ready.specs, read(plain), context):
        return
    if quotes and head and _confirms(ready, plain[head.end() :], context):
        yield head[0]
    for splitter in (SENTENCES, CLAUSES, RELATIVE):
        spans = list(parts_of(splitter, plain))
        if not 1 < len(spans) <= _MOST:
            continue
        parts = [read(plain[a:b]) for a, b in spans]
        gold = [locate(ready.specs, part, context) for part in parts]
        if any(own and _relative(part, own[0].first) for part, own in zip(parts, gold, strict=True)):
            continue
        claims = (
            max(claims_of(ready, part) for part, own in zip(parts, gold, strict=True) if own)
            if any(gold)
            else 0
        )
        kept, begin = "", 0
        for (a, b), part in zip(spans, parts, strict=True):
            if companion(ready, part, claims, context):
                kept += plain[begin:a]
                begin = b
        if begin and locate(ready.specs, read(kept := kept + plain[begin:]), context):
            yield kept


def _relative(part: Text, first: int) -> bool:
    """Whether what begins at token `first` stands in a relative clause: it is told of somebody named before."""
    return any(t.norm in _RELATIVES for t in part.tokens[:first])


def _confirms(ready: Prepared, rest: str, context: str) -> bool:
    """Whether what stands behind a head cites the article where it has the gold: 'Liivasadam. He "runs a fund in Liivasadam"'."""
    return any(locate(ready.specs, read(part), context) for part in citations(rest, context))
