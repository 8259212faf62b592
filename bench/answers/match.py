"""The typed match: whether an answer is right, by the value it asserts.

One function per answer type, looked up in a plain dict. Everything an item accepts and refuses is prepared
once (`lru_cache` by item). Languages other than English use surface matching: equality of keys.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from bench.answers import lists
from bench.answers.abstention import abstains, weakly_abstains
from bench.answers.choice import option_meant
from bench.answers.date_match import DateGold, match_date
from bench.answers.gold import Question, Spec, build, kind_of, question_of
from bench.answers.locate import locate
from bench.answers.names import Names, match_name
from bench.answers.number_match import NumberGold, match_number
from bench.answers.phrases import REJECT, Table, find, phrases, table
from bench.answers.polarity import polarity
from bench.answers.premise import corrects
from bench.answers.stance import denied, statements
from bench.answers.tokens import read
from bench.records import Answer, Item

MATCH_VERSION: Final = "1"  # raised by hand whenever a verdict may change

_ENGLISH: Final = "en"


@dataclass(frozen=True, slots=True)
class Prepared:
    """One item, ready to be matched."""

    item: Item
    question: Question
    kinds: tuple[str, ...]  # of the slots
    specs: tuple[Spec, ...]  # one for all slots of a kind; for lists one per slot
    accepted: frozenset[str]  # keys of all accepted wordings
    refused: frozenset[str]  # keys of all lures
    lures: Table


@lru_cache(maxsize=16384)
def prepare(item: Item) -> Prepared:
    """What the matchers need of `item`; costs a fraction of a millisecond, once per item."""
    question = question_of(item)
    listed = item.answer_mode in {"all", "all_keyed"}
    loose = listed or item.answer_type in {"ambiguous", "list"}
    kinds = tuple(kind_of(slot, question) if loose else item.answer_type for slot in item.gold)
    rejects = tuple(text for text in item.reject if read(text).key)
    if listed or item.answer_type == "list":
        specs = tuple(
            build(item, [slot], kind, question, ()) for slot, kind in zip(item.gold, kinds, strict=True)
        )
    else:
        groups = dict.fromkeys(kinds)
        specs = tuple(
            build(
                item,
                [s for s, own in zip(item.gold, kinds, strict=True) if own == kind],
                kind,
                question,
                rejects,
            )
            for kind in groups
        )
    accepted = frozenset(
        key for slot in item.gold for t in (slot.canonical, *slot.aliases) if (key := read(t).key)
    )
    refused = frozenset(read(text).key for text in rejects) - accepted
    lures = table(p for text in rejects for p in phrases(text, REJECT))
    return Prepared(item, question, kinds, specs, accepted, refused, lures)


def match(item: Item, answer: Answer) -> float:
    """The typed match of `answer` to `item`: 1 right, 0 wrong; for lists 2·matched / (slots + members given).

    Failed predictions and refusals score 0, abstentions 1 on unanswerable items only. Total: any text of any
    length gives a value.
    """
    if answer.failed or answer.refused:
        return 0.0
    if not item.gold:
        return float(_declines(item, answer))
    if answer.abstained or not answer.text.strip():
        return 0.0
    ready = prepare(item)
    if item.language[:2].lower() != _ENGLISH:
        return _surface(ready, answer.text)
    if item.answer_mode in {"all", "all_keyed"} or item.answer_type == "list":
        return _list(ready, answer.text)
    return float(_BY_TYPE[item.answer_type](ready, answer.text))


def bound_stated(item: Item, answer: Answer) -> bool:
    """Whether a number item with a bound is answered with value *and* bound ("up to 40", not 40)."""
    if answer.failed or answer.refused or answer.abstained:
        return False
    return any(
        isinstance(spec, NumberGold) and match_number(spec, answer.text, strict=True)
        for spec in prepare(item).specs
    )


def members_given(item: Item, answer: Answer) -> float:
    """For a list: 1 when every member given is in a slot of its own (no extra member), else 0."""
    return float(match(item, answer) == 1.0)


def names_lure(item: Item, answer: Answer) -> bool:
    """Whether the text holds one of the item's lures at all, denied or not, outside accepted wordings."""
    ready = prepare(item)
    accepted = [p for slot in item.gold for t in (slot.canonical, *slot.aliases) for p in phrases(t, 0)]
    lures = [p for text in item.reject for p in phrases(text, REJECT)]
    return any(m.label == REJECT for m in find(read(answer.text), table([*accepted, *lures]))) or (
        read(answer.text).key in ready.refused
    )


def _declines(item: Item, answer: Answer) -> bool:
    """Whether an unanswerable item was declined: abstention, or the correction of a false premise."""
    if answer.abstained:
        return True
    text = answer.text
    if not text.strip():
        return False
    head = text.strip().lower()
    if (
        head.startswith("no")
        and abstains(text.strip()[2:].lstrip(" ,.;:—-"))
        and head[2:3] in {",", ".", ";", " "}
    ):
        return True
    if weakly_abstains(text) and not _asserts_lure(item, text):
        return True
    return (
        item.unanswerable_reason == "false_premise"
        and corrects(item.question, text)
        and not _asserts_lure(item, text)
    )


def _asserts_lure(item: Item, text: str) -> bool:
    seen = read(statements(text))
    return any(
        not denied(seen, m.first, m.end, lenient=False, lure=True) for m in find(seen, prepare(item).lures)
    )


def _surface(ready: Prepared, text: str) -> float:
    """Equality of keys; lists member by member. Nothing language-specific."""
    if ready.item.answer_mode not in {"all", "all_keyed"}:
        return float(read(text).key in ready.accepted)
    members = [
        part for line in lists.strip_bullets(text).split("\n") for part in line.replace(";", ",").split(",")
    ]
    found = [read(part.rpartition(":")[2]).key for part in members if read(part).key]
    left = [{read(t).key for t in (slot.canonical, *slot.aliases)} for slot in ready.item.gold]
    matched = 0
    for key in found:
        hit = next((keys for keys in left if key in keys), None)
        if hit is not None:
            left.remove(hit)
            matched += 1
    return 2 * matched / (len(ready.item.gold) + len(found)) if found else 0.0


def _single(ready: Prepared, text: str) -> bool:
    """Numbers, dates and names: right by one spec, and no lure by its very wording."""
    key = read(text).key
    if key in ready.accepted:
        return True
    if key in ready.refused:
        return False
    return any(_by_spec(spec, text) for spec in ready.specs)


def _by_spec(spec: Spec, text: str) -> bool:
    if isinstance(spec, NumberGold):
        return match_number(spec, text)
    if isinstance(spec, DateGold):
        return match_date(spec, text)
    return match_name(spec, text)


def _yes_no(ready: Prepared, text: str) -> bool:
    key = read(text).key
    if key in ready.accepted:
        return True
    if key in ready.refused or len(read(text).content) > 200:
        return False
    said = polarity(text, ready.item.question)
    wanted = next((p for slot in ready.item.gold if (p := polarity(slot.canonical)) is not None), None)
    if said is None or wanted is None:
        return wanted is None and _single(ready, text)
    seen = read(text)
    if any(polarity(" ".join(m.phrase.norms)) is None and not denied(seen, m.first, m.end, lenient=False, lure=True)
           for m in find(seen, ready.lures)):  # fmt: skip
        return False
    return said == wanted


def _choice(ready: Prepared, text: str) -> bool:
    meant = option_meant(ready.item.question, text)
    return _single(ready, text if meant is None else meant)


def _list(ready: Prepared, text: str) -> float:
    item = ready.item
    seen = read(statements(lists.strip_bullets(text)))
    if seen.cut and len(item.gold) < 50:
        return 0.0
    spots = locate(ready.specs, seen)
    inside = {i for spot in spots for i in range(spot.first, spot.end)}
    for m in find(seen, ready.lures):
        if m.first not in inside and not denied(seen, m.first, m.end, lenient=False, lure=True):
            return 0.0
    if item.answer_mode == "all_keyed":
        keys = [slot.key or slot.canonical for slot in item.gold]
        return lists.score_keyed(seen, spots, keys, distinct=len(set(ready.kinds)) == len(ready.kinds))
    return lists.score_set(seen, spots, len(item.gold))


_BY_TYPE: Final[Mapping[str, Callable[[Prepared, str], bool]]] = {
    "person": _single, "place": _single, "span": _single, "number": _single, "date": _single, "ambiguous": _single,
    "yes_no": _yes_no, "choice": _choice, "none": lambda _ready, _text: False, "list": _single,
}  # fmt: skip
