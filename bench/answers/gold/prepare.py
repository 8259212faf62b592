"""What an item accepts and refuses, prepared once for all answers to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bench.answers.gold.infer import infer_answer_type
from bench.answers.gold.names import keys_of, names_of, texts_of
from bench.answers.gold.values import date_of, number_of
from bench.answers.meaning.question import Question, question_of
from bench.answers.names.persons import Names, name_parts
from bench.answers.numbers.gold import NumberGold
from bench.answers.text.phrases import REJECT, Table, phrases, table
from bench.answers.text.tokens import read
from bench.answers.values.date_match import DateGold
from bench.records import Gold, Item

Spec = Names | NumberGold | DateGold


def kind_of(slot: Gold, question: Question) -> str:
    """The kind of a slot whose item does not say: number, date, yes_no, person or span."""
    if slot.value is not None:
        return "number"
    if slot.edtf:
        return "date"
    kind = infer_answer_type([slot.canonical])
    if kind == "span" and question.who and len(name_parts(slot.canonical)[0]) >= 1:
        return "person"
    return kind


def build(slots: Sequence[Gold], kind: str, question: Question, rejects: Sequence[str]) -> Spec:
    """The matcher's view of `slots`, any of which is right. A kind that the gold does not fit falls back to span."""
    if kind == "number":
        number = number_of(slots, question, rejects)
        if number.targets:
            return number
    if kind == "date":
        moment = date_of(slots, question, rejects)
        if moment.golds or moment.stretch:
            return moment
    return names_of(slots, kind if kind in {"person", "place", "choice"} else "span", question, rejects)


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """One gold, ready to be matched. It holds nothing of the article, so that variants of an item share it."""

    question: Question
    answer_type: str
    mode: str  # one · any · all · all_keyed
    english: bool
    slots: tuple[Gold, ...]  # without spans
    kinds: tuple[str, ...]  # of the slots
    specs: tuple[Spec, ...]  # one for all slots of a kind; for lists one per slot
    accepted: frozenset[str]  # keys of all accepted wordings
    refused: frozenset[str]  # keys of all lures
    lures: Table


def prepare(item: Item) -> Prepared:
    """What the matchers need of `item`; built once for all items of the same question and gold."""
    asked, ready = _LATEST[0]
    if asked is not item or ready is None:
        ready = _of(item)
        _LATEST[0] = item, ready
    return ready


# Matchers and diagnosis ask for the same item in a row.
_LATEST: list[tuple[Item | None, Prepared | None]] = [(None, None)]


def _of(item: Item) -> Prepared:
    slots = tuple(
        (g.canonical, g.key or g.reading, tuple(g.aliases), g.value, g.unit, g.bound, g.tolerance, g.edtf)
        for g in item.gold
    )
    mode = "all" if item.answer_type == "list" and item.answer_mode in {"one", "any"} else item.answer_mode
    english = item.language[:2].lower() == "en"
    return _prepare(item.question, slots, tuple(item.reject), item.answer_type, mode, english)


SlotKey = tuple[str, str | None, tuple[str, ...], float | None, str | None, str | None, float, str | None]


@lru_cache(maxsize=16384)
def _prepare(
    text: str, keys: tuple[SlotKey, ...], lures: tuple[str, ...], answer_type: str, mode: str, english: bool
) -> Prepared:
    question = question_of(text)
    listed = mode in {"all", "all_keyed"}
    slots = [
        Gold(canonical=c, key=k, aliases=a, value=v, unit=u, bound=b, tolerance=t, edtf=e)
        for c, k, a, v, u, b, t, e in keys
    ]
    loose = listed or answer_type == "ambiguous"
    kinds = tuple(kind_of(slot, question) if loose else answer_type for slot in slots)
    rejects = tuple(lure for lure in lures if read(lure).key)
    specs: tuple[Spec, ...]
    if listed:
        specs = tuple(build([slot], kind, question, ()) for slot, kind in zip(slots, kinds, strict=True))
    else:
        by_kind = {kind: [s for s, own in zip(slots, kinds, strict=True) if own == kind] for kind in kinds}
        specs = tuple(build(group, kind, question, rejects) for kind, group in by_kind.items())
    accepted = keys_of(texts_of(slots))
    return Prepared(
        question=question,
        answer_type=answer_type,
        mode=mode,
        english=english,
        slots=tuple(slots),
        kinds=kinds,
        specs=specs,
        accepted=accepted,
        refused=keys_of(rejects) - accepted,
        lures=table(p for lure in rejects for p in phrases(lure, REJECT)),
    )
