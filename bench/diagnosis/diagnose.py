"""From a wrong answer to the reason: which other fact of the article was given, or what else went wrong."""

from __future__ import annotations

import dataclasses
from typing import Final

from bench.answers.cited import own_words
from bench.answers.gold.prepare import Prepared, prepare
from bench.answers.lists.locate import locate
from bench.answers.lists.members import Spot, strip_bullets
from bench.answers.match import match
from bench.answers.meaning.stance import denied, statements
from bench.answers.output.plainness import is_plain
from bench.answers.text.phrases import REJECT, find, phrases, table
from bench.answers.text.tokens import Text, read
from bench.answers.text.wording import NATIONS
from bench.answers.yes_no.choice import option_meant
from bench.answers.yes_no.polarity import polarity
from bench.diagnosis.content import names_party, not_in_article
from bench.diagnosis.siblings import Siblings
from bench.diagnosis.values import NUMERIC, ends_in_gold, invents_figure, names_figure, same_digits
from bench.records import Answer, Item

_LISTED: Final = frozenset({"all", "all_keyed"})
_FRAME: Final = frozenset(
    {"answer", "final", "response", "output", "result", "json", "text", "name", "value"}
)


def diagnose(item: Item, answer: Answer, correct: float, siblings: Siblings) -> str | None:
    """The label in `DIAGNOSES` of an answer whose value by the metric `correct` is `correct`; None when that is 1.

    Where several labels would fit, the first in `DIAGNOSES` is given. One thing goes before that order: a
    label is judged by what the item asks for, so that a wrong figure for a number is `other_number` even
    where a person is named beside it, and the other option of a choice is `wrong_polarity` even where it is
    a name. Pure and total: any text gives a label. `siblings` must be those of the item's article.
    """
    if correct >= 1.0:
        return None
    if answer.failed:
        return "failed"
    if answer.refused:
        return "refusal"
    if not item.gold or answer.abstained:
        return _of_silence(item, answer)
    answer = dataclasses.replace(answer, text=own_words(answer.text, item.context, prepare(item)))
    seen = read(strip_bullets(statements(answer.text)))
    spots = locate(prepare(item).specs, seen, item.context)
    if answer.finish_reason == "length" and not spots:
        return "truncated"
    if _unreadable(answer.text):
        return "format"
    return _of_content(item, answer, correct, seen, spots, siblings)


def _of_silence(item: Item, answer: Answer) -> str:
    """The label where silence was wanted or given."""
    if not answer.abstained:
        if answer.finish_reason == "length":
            return "truncated"
        if _unreadable(answer.text):
            return "format"
    return "false_abstention" if item.gold else "false_answer"


def _unreadable(answer: str) -> bool:
    """No word at all, or nothing but the frame of an answer: "Answer:", "{"answer": "."""
    if is_plain(answer) and answer[-1] != ",":
        return False
    text = read(answer)
    words = {text.tokens[i].norm for i in text.content}
    framed = text.clean.rstrip().endswith((":", "{", "[", ",")) or text.clean.lstrip().startswith(
        ("{", "[", "<")
    )
    return not words or (framed and words <= _FRAME)


def _of_content(
    item: Item, answer: Answer, correct: float, seen: Text, spots: list[Spot], siblings: Siblings
) -> str:
    """The label of an answer with words in it, to an item that the article answers."""
    ready = prepare(item)
    if ready.mode in _LISTED:
        found = _of_list(item, ready, correct, seen, spots, siblings)
    elif ready.answer_type == "yes_no":
        found = _of_yes_no(ready, answer.text)
    elif ready.answer_type == "choice":
        found = _of_choice(item, answer, seen, spots)
    elif not spots and same_digits(ready, seen, siblings):
        found = "unit_or_scale"
    else:
        found = "over_long" if spots or ends_in_gold(ready, seen) or _holds_gold(ready, seen) else None
    return found or _other(item, ready, seen, siblings)


def _other(item: Item, ready: Prepared, seen: Text, siblings: Siblings) -> str:
    """Which other fact was given, where the right one was not."""
    party = names_party(item, ready, seen, siblings)
    figure = names_figure(item, ready, seen, siblings)
    numeric = bool(ready.kinds) and set(ready.kinds) <= NUMERIC
    if party and not (numeric and figure):
        return "other_party"
    if figure:
        return "other_number"
    foreign = (numeric and invents_figure(ready, seen, siblings)) or not_in_article(ready, seen, siblings)
    return "not_in_article" if foreign else "other_content"


def _holds_gold(ready: Prepared, seen: Text) -> bool:
    """Whether a gold stands in the answer undenied: a name in a loop, a thing in whatever wrapping."""
    texts = [text for slot in ready.slots for text in (slot.canonical, *slot.aliases)]
    said = seen.key.split()
    golds = [gold for text in texts if (gold := read(text).key.split())]
    if any(said and said == gold * (len(said) // len(gold)) for gold in golds):
        return True
    if set(ready.kinds) <= {"person", "place", *NUMERIC}:
        return False  # "Umerov's deputy" holds the name of somebody else
    found = find(seen, table(p for text in texts for p in phrases(text, 0)))
    return any(not denied(seen, m.first, m.end, lenient=ready.question.negated) for m in found)


def _of_list(
    item: Item, ready: Prepared, correct: float, seen: Text, spots: list[Spot], siblings: Siblings
) -> str | None:
    """Some right, all right with more beside it, or right members under each other's keys."""
    if not spots:
        return None
    lured = any(
        m.label == REJECT and not denied(seen, m.first, m.end, lenient=False, lure=True)
        for m in find(seen, ready.lures)
    )
    whole = len({slot for spot in spots for slot in spot.slots}) == len(ready.slots)
    if correct <= 0.0 and lured:
        return "over_long"
    if ready.mode == "all_keyed":
        if correct <= 0.0:
            return "other_party" if _names_a_key(ready, seen) else "part_of_list"
        others = (
            names_party(item, ready, seen, siblings)
            or names_figure(item, ready, seen, siblings)
            or not_in_article(ready, seen, siblings)
        )
        return "over_long" if whole and others else "part_of_list"
    return "over_long" if whole or correct <= 0.0 else "part_of_list"


def _names_a_key(ready: Prepared, seen: Text) -> bool:
    def root(word: str) -> str:
        return NATIONS.get(word, word)

    said = {root(seen.tokens[i].norm) for i in seen.content}
    keys = (read(slot.key or slot.canonical) for slot in ready.slots)
    return any(root(key.tokens[i].norm) in said for key in keys for i in key.content)


def _of_yes_no(ready: Prepared, text: str) -> str | None:
    """The wrong polarity; or the right one with a lure, a contradiction or an essay beside it."""
    wanted = next((p for slot in ready.slots if (p := polarity(slot.canonical)) is not None), None)
    said = polarity(text, ready.question.text)
    if wanted is None:
        return None
    if said is not None:
        return "over_long" if said is wanted else "wrong_polarity"
    words = {t.norm for t in read(text).tokens}
    return "over_long" if {"yes", "no"} <= words else None


def _of_choice(item: Item, answer: Answer, seen: Text, spots: list[Spot]) -> str | None:
    """The other option, by its wording or its letter; or both."""
    if spots:
        return "over_long"
    meant = option_meant(item.question, answer.text)
    if meant is not None:
        right = match(item, Answer(text=meant)) == 1.0
        return "over_long" if right else "wrong_polarity"
    mentions = find(seen, prepare(item).lures)
    if any(not denied(seen, m.first, m.end, lenient=False, lure=True) for m in mentions):
        return "wrong_polarity"
    ahead, _, behind = read(item.question).key.partition(" or ")
    offered = f" {ahead}".endswith(f" {seen.key}") or f"{behind} ".startswith(f"{seen.key} ")
    return "wrong_polarity" if offered and behind and seen.key else None
