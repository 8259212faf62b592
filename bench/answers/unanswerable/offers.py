"""Whether a clause beside an abstention answers the question after all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from bench.answers.dates.moments import moments
from bench.answers.gold.prepare import Prepared
from bench.answers.meaning.stance import denied
from bench.answers.numbers.quantities import quantities
from bench.answers.output.abstention import GUESS, is_fragment
from bench.answers.text.phrases import find
from bench.answers.text.quoted import in_article
from bench.answers.text.tokens import ARTICLES, Text, read
from bench.answers.text.units import same_thing, stem
from bench.answers.text.wording import FUNCTION, NEGATORS, SUBJECTS, words_of
from bench.answers.unanswerable.premise import alike

TELLING: Final = FUNCTION | NEGATORS | words_of(
    "no such any none exact specific number figure name named names date detail details information mentioned "
    "provided specified stated given specify provide include includes contain contains say known unknown unclear "
    "reveal disclose identify identified document context excerpt answerable unanswerable appear appears clear "
    "anywhere explicitly specifically set fixed announced only just merely more much many yet far details "
    "determined determine available made indicate indicated account piece unspecified tell"
)  # fmt: skip
_CAUSE: Final = re.compile(
    r"\b(?:because|due to|owing to|it (?:is|was)\b(?![^.;]*\b(?:who|whom|which|that)\b)|reason (?:is|was)|blame[ds]?|forced|caused|led to|out of|in protest)\b"
)
_OTHER_SCOPE: Final = re.compile(
    r"\b(?:is|are|was|were) (?:only|just|merely) (?:the|an?|about|for)\b|\b(?:refers?|belongs?|applies|relates?) to\b"
)  # "May is only the month of the vote"


def meaning(seen: Text) -> frozenset[str]:
    """What a clause speaks of, apart from the words of telling and not telling."""
    return frozenset(
        t.norm for t in seen.tokens if t.kind == "w" and t.norm.isalpha() and t.norm not in TELLING
    )


def shared(word: str, others: Iterable[str]) -> bool:
    """Whether `others` have a word of the same stem or for the same thing."""
    root = stem(word)
    return any(alike(word, own) or same_thing(root, stem(own)) for own in others)


def offers(ready: Prepared, clause: str, asked: frozenset[str], objects: set[str], context: str) -> bool:
    """Whether a clause gives a value for what is asked, or a name that the article does not know.

    `asked`: what the question speaks of; `objects`: what the abstention beside it speaks of.
    """
    seen = read(clause)
    lures = lures_in(ready, seen)
    inside = {i for first, end in lures for i in range(first, end)}
    why = "why" in ready.question.words
    times = _times(seen) if why else set()  # no time is a reason
    if why and _CAUSE.search(clause.lower()):
        return True
    figures = {i for q in quantities(seen) if q.role != "lone" for i in range(q.first, q.end)}
    values = [
        t
        for i, t in enumerate(seen.tokens)
        if (
            i in figures
            or (t.kind == "w" and i and t.raw[:1].isupper() and t.norm not in ready.question.words)
        )
        and i not in times
    ]
    if GUESS.search(clause.lower()):
        return True
    if any(_names_it(seen, first) for first, _ in lures):
        return True
    if context and any(t.raw[:1].isupper() and not in_article(t.norm, context) for t in values):
        return True  # "…, but it belongs to Rewe Group", of which the article knows nothing
    scope = _OTHER_SCOPE.search(seen.clean.lower())
    behind = [seen.tokens[first].start for first, _ in lures] + [t.start for t in values]
    if scope is not None and not any(start >= scope.end() for start in behind):
        return False  # not so "the plant belongs to Sofia Brandt"
    if not lures and not values:
        return False
    proper = {t.norm for t in values}
    own = {w for w in meaning(seen) if w not in proper and not any(seen.tokens[i].norm == w for i in inside)}
    if not own:
        return True
    if any(not shared(word, asked) for word in own):
        return False
    if lures and lures[0][0] == seen.content[0] and is_fragment(clause.lower()):
        return True  # "8.4 million duros; it gave no value": the bare value answers
    if seen.tokens[seen.content[0]].norm in SUBJECTS:
        return True  # "It is not clear who sewed them. They were designed by …"
    return not any(shared(word, asked) and not shared(word, own) for word in objects)


def tells_more(ready: Prepared, seen: Text) -> bool:
    """Whether a clause about what the question is about says more of it than when: any words may be the reason."""
    times = _times(seen)
    meant = [t for i, t in enumerate(seen.tokens) if i not in times and t.norm in meaning(seen)]
    known = [shared(t.norm, ready.question.words) for t in meant]
    return any(known) and any(not own and t.raw.islower() for t, own in zip(meant, known, strict=True))


def _times(seen: Text) -> set[int]:
    return {i for m in moments(seen) for i in range(m.first, m.end)}


def _names_it(seen: Text, first: int) -> bool:
    """ "It was the heavy rain that …": what stands behind "it was" is the answer."""
    ahead = [
        t.norm for t in seen.tokens[max(0, first - 4) : first] if t.norm not in ARTICLES and t.kind == "w"
    ]
    return any(ahead[i : i + 2] in (["it", "was"], ["it", "is"]) for i in range(len(ahead) - 1))


def lures_in(ready: Prepared, seen: Text) -> list[tuple[int, int]]:
    """Where a lure stands undenied."""
    return [
        (m.first, m.end)
        for m in find(seen, ready.lures)
        if not denied(seen, m.first, m.end, lenient=False, lure=True)
    ]
