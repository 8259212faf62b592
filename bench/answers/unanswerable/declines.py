"""Whether an unanswerable item was declined: an abstention or a correction, and no answer beside it.

An answer may explain itself ("Kira Vossberg is the mayor; the deputy is not named") and it may abstain on one
thing and answer another ("the ship is not named; 150 people were aboard"). The question tells the two apart:
a clause that brings nothing but the question's own words and a value is an answer to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from bench.answers.dates.moments import WEEKDAYS
from bench.answers.gold.besides import companion
from bench.answers.gold.prepare import Prepared, prepare
from bench.answers.meaning.stance import statements
from bench.answers.output.abstention import abstains, weakly_abstains, withholds
from bench.answers.output.plainness import is_outspoken
from bench.answers.output.silence import TEXT
from bench.answers.text.tokens import Text, read
from bench.answers.text.wording import words_of
from bench.answers.unanswerable.borne_out import borne_out
from bench.answers.unanswerable.offers import TELLING, lures_in, meaning, offers, shared, tells_more
from bench.answers.unanswerable.premise import cannot_correct, corrects, main_clause, may_correct
from bench.records import Item

_CLAUSE: Final = re.compile(
    r"[.;!?\n—]+(?=\s|\Z)|\s-\s|[,\s(]+\b(?:but|while|whereas|although|though|however)\b,?\s"
)
_LEADING_CONTRAST: Final = re.compile(r"\A\W*(?:while|although|though|whereas)\b", re.IGNORECASE)
_BUT_NOT: Final = re.compile(r"\W*(?:not|no|nor|never) (?:\w+ ){0,6}\w+\W*\Z", re.IGNORECASE)
_TELLS: Final = re.compile(
    r"\b(?:gives?|names?|mentions?|says?|lists?|states?|identifies|reports?)\b", re.IGNORECASE
)
_SCOPE: Final = re.compile(
    rf"\A\W*(?:the {TEXT}|it) (?:(?:only|just) (?:gives|mentions|says|states|reports|tells|covers|has)|(?:gives|mentions|says|states|reports|tells"
    r"|covers|has)(?: [\w'-]+){0,4} only)\b"
)
_OPEN_TO_NONE: Final = re.compile(
    r"(?!.*\b(?:why|when|where|how (?:long|old|far|tall|fast|big|large|did|does|do|was|were|is|are|will))\b)",
    re.IGNORECASE | re.DOTALL,
)  # "None" may answer how many there were, or who; it is no reason, time, place or measure
_REASONS: Final = words_of(
    "reason reasons explanation explanations gave give given giving offered offering saying"
)
_BY: Final = re.compile(
    r"\b(?:he|she|they|who) (?:was|were|had been|has been|is|are) \w+(?:ed|en|wn|ut|id) by (?:the |a |an |his |her |its |their )([a-z][\w'-]+)"
)
_BRIEF: Final = 2  # words: "No reason." says that there was none
_SCOPED: Final = 20  # words
_LONGEST: Final = 60  # words


def declines(item: Item, text: str) -> bool:
    """Whether `text`, which is no plain abstention, still declines `item` or corrects its false premise."""
    if not text.strip():
        return False
    head = text.strip().lower()
    if head.strip(" .!*\"'") == "none" and _OPEN_TO_NONE.match(item.question) is None:
        return True
    behind = text.strip()[2:].lstrip(" ,.;:—-")
    if head[:3] in {"no,", "no.", "no;", "no "} and behind and abstains(behind):
        return True
    outspoken = is_outspoken(text)
    if outspoken and cannot_correct(text):
        return False
    seen = read(statements(text))
    open_premise = item.unanswerable_reason in {None, "", "false_premise"} and may_correct(seen)
    if outspoken and not open_premise:
        return False
    if seen.cut or len(seen.content) > 3 * _LONGEST:
        return False
    ready = prepare(item)
    asked = meaning(read(item.question))
    clauses = _clauses(seen.clean)
    if open_premise and _corrected(item, ready, text, clauses):
        return True
    if len(clauses) == 1 and _scoped(ready, seen):
        return True
    declining = [part for i, part in enumerate(clauses) if _silent(part, clauses[i - 1] if i else "")]
    if not declining:
        return False
    objects = {word for part in declining for word in meaning(read(part))}
    reasons = "why" in ready.question.words and objects <= _REASONS and len(seen.content) > _BRIEF
    if not (reasons or any(map(withholds, declining)) or _about(objects, asked, who=ready.question.who)):
        return False
    others = [
        part for part in clauses if part not in declining and not _told_besides(ready, part, item.context)
    ]
    if "why" in ready.question.words and any(tells_more(ready, read(part)) for part in others):
        return False
    weak = [part.partition(" and ")[0] for part in declining if " and " in part and not abstains(part)]
    return not _answered(ready, [*weak, *others], asked, objects, item.context)


def _corrected(item: Item, ready: Prepared, text: str, clauses: list[str]) -> bool:
    """Whether `text` corrects the premise and gives no answer beside; unless the item tells that its premise is
    false, the article must bear the correction out."""
    if not corrects(item.question, text) or _blames_a_stranger(item, text):
        return False
    denials = [part for part in clauses if corrects(item.question, part, brief=True)]
    if not item.unanswerable_reason and not borne_out(item.question, denials, clauses, item.context):
        return False
    objects = {word for part in denials for word in meaning(read(part))}
    others = [
        part for part in clauses if part not in denials and not _told_besides(ready, part, item.context)
    ]
    lured = any(lures_in(ready, read(part)) for part in denials)
    return not lured and not _answered(ready, others, meaning(read(item.question)), objects, item.context)


def _told_besides(ready: Prepared, part: str, context: str) -> bool:
    """Whether a clause explains what the article does tell, with less than half of the question's words."""
    return companion(ready, read(part), 1 + len(meaning(ready.question.seen)) // 2, context)


def _blames_a_stranger(item: Item, text: str) -> bool:
    """ "He was dismissed by the president", where neither question nor article has a president."""
    known = f"{item.question} {item.context}".lower()
    return bool(item.context) and any(word not in known for word in _BY.findall(text.lower()))


def _silent(clause: str, before: str) -> bool:
    """Whether a clause says that something is not told; "but not the deputy" behind "it names the mayor"."""
    head = main_clause(clause)
    if abstains(head) or weakly_abstains(head):
        return True
    return _BUT_NOT.match(clause) is not None and _TELLS.search(before) is not None


def _scoped(ready: Prepared, seen: Text) -> bool:
    """ "The article only gives the manager's estimate": it tells of something else than was asked.

    Behind "only" there must be a word, no name and no figure, that the question does not have.
    """
    low = seen.clean.lower()
    found = _SCOPE.match(low)
    if found is None or ":" in low or len(seen.content) > _SCOPED:
        return False
    inside = {i for first, end in lures_in(ready, seen) for i in range(first, end)}
    behind = [
        t for i, t in enumerate(seen.tokens) if t.start >= found.end() and t.kind == "w" and i not in inside
    ]
    new = [
        t for t in behind if t.norm not in ready.question.words and not shared(t.norm, ready.question.words)
    ]
    if "why" in ready.question.words:  # other words might be the reason
        return any(t.norm in WEEKDAYS for t in new) and all(
            t.norm in WEEKDAYS or t.norm in TELLING for t in new
        )
    return any(t.norm in WEEKDAYS or (t.raw.islower() and t.norm not in TELLING) for t in new)


def _clauses(text: str) -> list[str]:
    if _LEADING_CONTRAST.match(text):
        text = text.replace(",", ";", 1)  # "While X is the mayor, the deputy is not named"
    return [part.strip(" ,;") for part in _CLAUSE.split(text) if part and any(map(str.isalnum, part))]


def _about(objects: Iterable[str], asked: Iterable[str], *, who: bool) -> bool:
    """Whether an abstention on `objects` is one on the question; "the buyer" may be who bought it."""
    words = list(objects)
    if not words:
        return True
    agent = who and any(word.endswith(("er", "or", "ist", "person", "ee")) for word in words)
    return agent or any(shared(word, asked) for word in words)


def _answered(
    ready: Prepared, clauses: Iterable[str], asked: frozenset[str], objects: set[str], context: str
) -> bool:
    """Whether one of the clauses answers the question."""
    return any(offers(ready, clause, asked, objects, context) for clause in clauses)
