"""What an answer without the right one names: a party of the article, or something the article does not have."""

from __future__ import annotations

from typing import Final

from bench.answers.gold.prepare import Prepared
from bench.answers.meaning.stance import denied
from bench.answers.text.phrases import Mention, Phrase, find, table
from bench.answers.text.tokens import Text, read
from bench.answers.text.units import stem
from bench.answers.text.wording import FUNCTION, TITLES
from bench.diagnosis.names import is_name, opens
from bench.diagnosis.siblings import Siblings, party_wordings
from bench.records import Item

_WRAPPING: Final = (
    5  # words of its own beside a name; with more, the answer is a sentence about something else
)


def names_party(item: Item, ready: Prepared, seen: Text, siblings: Siblings) -> bool:
    """Whether the answer is a person, place or organisation of the article that the gold is not.

    A lure of the item counts wherever it stands; another name only in a short answer that names nothing
    foreign to the article before it. Names of the question and denied ones do not count.
    """
    own = [
        frozenset(read(text).key.split())
        for s in ready.slots
        for text in (s.canonical, *s.aliases, s.key or "")
    ]
    whole_lures = {read(text).key for text in item.reject} - ready.accepted
    lures = [p for p in party_wordings(item) if " ".join(p.norms) in whole_lures or not _piece(p, own)]
    if _told(seen, find(seen, table(lures))):
        return True
    mentions = [m for m in _told(seen, siblings.parties(seen)) if not _piece(m.phrase, own)]
    whole = len(seen.content)
    asked = [
        m for m in mentions if set(m.phrase.norms) <= ready.question.words and len(m.phrase.norms) < whole
    ]
    left = [m for m in mentions if m not in asked]
    if not left or any(at < left[0].first for at in _invented(ready, seen, siblings)):
        return False
    covered = {i for m in mentions for i in range(m.first, m.end)}
    return len([i for i in meaning(ready, seen) if i not in covered]) <= _WRAPPING


def not_in_article(ready: Prepared, seen: Text, siblings: Siblings) -> bool:
    """Whether the answer has a name that the article lacks, or half of its meaning words or more are not in it."""
    if _invented(ready, seen, siblings):
        return True
    words = meaning(ready, seen)
    unknown = [i for i in words if stem(seen.tokens[i].norm) not in siblings.words]
    return bool(words) and 2 * len(unknown) >= len(words)


def _told(seen: Text, mentions: list[Mention]) -> list[Mention]:
    return [m for m in mentions if not denied(seen, m.first, m.end, lenient=False, lure=True)]


def _piece(wording: Phrase, own: list[frozenset[str]]) -> bool:
    """Whether a wording is a piece of the gold itself: a first name, half of a place's name."""
    return any(words >= set(wording.norms) for words in own)


def meaning(ready: Prepared, seen: Text) -> list[int]:
    """Tokens that say something of their own: no function words, titles or words of the question."""
    small = FUNCTION | TITLES | ready.question.words
    return [i for i in seen.content if seen.tokens[i].norm not in small]


def _invented(ready: Prepared, seen: Text, siblings: Siblings) -> list[int]:
    """Capitalised words that neither article nor question has; one that opens a sentence needs company."""
    if not seen.mixed:
        return []
    foreign = [
        i
        for i in meaning(ready, seen)
        if is_name(seen.tokens[i]) and stem(seen.tokens[i].norm) not in siblings.words
    ]
    return [i for i in foreign if not opens(seen, i) or i + 1 in foreign or len(seen.content) <= 2]
