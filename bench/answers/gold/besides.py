"""Parts of an answer that tell of a lure or another figure no more than the article does: "the helicopters took 61"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from bench.answers.dates.moments import date_tokens, moments
from bench.answers.gold.prepare import Prepared
from bench.answers.meaning.opposed import is_event, same_event
from bench.answers.numbers.quantities import quantities
from bench.answers.text.characters import clean
from bench.answers.text.phrases import find
from bench.answers.text.quoted import citations
from bench.answers.text.tokens import Text, read
from bench.answers.text.units import stem
from bench.answers.text.wording import FUNCTION, NEGATORS, SUBJECTS, words_of
from bench.answers.text.wrapping import akin

SENTENCES: Final = re.compile(r"(?<=[^\s.])[.!?]+[\"')\]]*(?=\s)\s*|[;\n]+\s*|\Z")
_WHOLE: Final = re.compile(r"(?<=[^\s.])[.!?]+[\"')\]]*(?=\s)\s*|\n+\s*|\Z")  # sentences of the article
_JOINTS: Final = r"while|whereas|before|after|when|following|although|though"
CLAUSES: Final = re.compile(
    r"(?<=[^\s.])[.!?]+[\"')\]]*(?=\s)\s*|[;\n()—]+\s*"
    rf"|,\s+(?!(?:who|whose|which|where)\b|[A-Z])(?:and |but |{_JOINTS.replace('|', ' |')} )?|\s(?=(?:{_JOINTS})\s)|\Z"
)
RELATIVE: Final = re.compile(
    r"(?<=[^\s.])[.!?]+[\"')\]]*(?=\s)\s*|[;\n()—]+\s*|,\s+(?![A-Z])|\Z"
)  # relative clauses too
_TURNS: Final = words_of(
    "or actually alternatively wait correction sorry oops no rather instead perhaps maybe possibly otherwise"
)  # at the head of a part: it takes back, or offers something else
_ENDS: Final = words_of("so therefore thus hence consequently answer overall altogether total")
_SAID: Final = words_of(
    "say says said report reports reported state states stated article according tell tells told put puts add added "
    "spoke speak speaks counted claim claims claimed estimate estimates estimated believe believes think thinks"
)


def parts_of(splitter: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Where the parts of a text begin and end, those without a word left out."""
    begin = 0
    for found in splitter.finditer(text):
        if any(map(str.isalnum, text[begin : found.start()])):
            yield begin, found.start()
        begin = found.end()


def asked_in(ready: Prepared, part: Text) -> set[str]:
    """The words of a part that the question has too."""
    asked = (ready.question.words | ready.question.stems) - FUNCTION
    return {norm for norm in {t.norm for t in part.tokens if t.kind == "w"} - FUNCTION if akin(norm, asked)}


def claims_of(ready: Prepared, part: Text) -> int:
    """How many of the question's words a part has."""
    return len(asked_in(ready, part))


def companion(ready: Prepared, part: Text, claims: int, context: str) -> bool:
    """Whether a part has a lure or a figure and says of it, beside the answer, no more than the article does.

    `claims`: words of the question that the part has which answers; one with as many offers another answer.
    """
    norms = [t.norm for t in part.tokens if t.kind in "wn"]
    if not norms or norms[0] in _TURNS | _ENDS or not NEGATORS.isdisjoint(norms):
        return False
    taken = {i for m in find(part, ready.lures) for i in range(m.first, m.end)}
    numeric = bool(ready.kinds) and set(ready.kinds) <= {"number", "date"}
    if numeric or not ready.kinds:  # of an item without gold, any figure may be what is asked for
        figures = [q for q in quantities(part, date_tokens(part)) if q.role != "year"]
        taken |= {i for q in figures for i in range(q.first, q.end)}
        taken |= {i for m in moments(part) for i in range(m.first, m.end)}
    mine = claims_of(ready, part)
    offers = mine and (mine >= claims or norms[0] in SUBJECTS) and not citations(part.clean, context)
    if not taken or offers:
        return False  # "It is not clear who sewed them. They were designed by …"
    words = {
        t.norm: t.raw[:1].isupper() and i > 0
        for i, t in enumerate(part.tokens)
        if t.kind == "w" and i not in taken and t.norm not in FUNCTION and t.norm not in _SAID
    }
    if numeric and _offers_another(ready, part, words):
        return False
    fixed = {part.tokens[i].norm for i in taken if part.tokens[i].kind in "wn"} - FUNCTION
    asked = ready.question.words | ready.question.stems
    for said, clauses in _told(context):
        if not words or not fixed <= said:
            continue
        missed = [word for word in words if not akin(word, said)]
        if (
            any(words[word] or is_event(word) for word in missed)
            or len(missed) > max(int(not numeric), len(words) // 3)
            or len(missed) == len(words)
        ):
            continue
        here = [clause for clause in clauses if fixed <= clause] or [said]
        # "The president is Olsson", where the sentence has its president in the clause of the gold.
        shared = not numeric and any(set(key.split()) <= said for key in ready.accepted)
        close = [word for word in words if akin(word, asked) or (shared and word not in missed)]
        if all(any(akin(word, clause) for clause in here) for word in close):
            return True
    return False


def _offers_another(ready: Prepared, part: Text, words: Iterable[str]) -> bool:
    """Whether a part gives a figure as somebody's word or of the same event: "12; the mayor said 15", "12 dead; 15 dead"."""
    asked = ready.question.words | ready.question.stems
    if asked.isdisjoint(_SAID) and any(t.norm in _SAID for t in part.tokens):
        return True
    return all(akin(word, asked) or same_event(word, asked) for word in words)


@lru_cache(maxsize=256)
def _told(context: str) -> tuple[tuple[frozenset[str], tuple[frozenset[str], ...]], ...]:
    """Words and stems of each sentence of the article, and of its clauses."""
    plain = clean(context[:20_000])
    return tuple(
        (_words(sentence := plain[a:b]), tuple(_words(sentence[c:d]) for c, d in parts_of(CLAUSES, sentence)))
        for a, b in parts_of(_WHOLE, plain)
    )


def _words(piece: str) -> frozenset[str]:
    norms = {t.norm for t in read.__wrapped__(piece).tokens if t.kind in "wn"}
    return frozenset(norms | set(map(stem, norms)))
