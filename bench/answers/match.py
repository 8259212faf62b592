"""The typed match: whether an answer is right, by the value it asserts.

One function per answer type, looked up in a plain dict. Everything an item accepts and refuses is prepared
once (`lru_cache` by item). Languages other than English use surface matching: equality of keys.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from bench.answers import keyed, lists
from bench.answers.abstention import abstains, weakly_abstains
from bench.answers.choice import option_meant
from bench.answers.date_match import DateGold, match_date
from bench.answers.gold import Prepared, Spec, prepare
from bench.answers.locate import locate
from bench.answers.names import match_name
from bench.answers.number_gold import NumberGold
from bench.answers.number_match import match_number
from bench.answers.phrases import REJECT, find, phrases, table
from bench.answers.polarity import polarity
from bench.answers.premise import corrects
from bench.answers.stance import denied, statements
from bench.answers.tokens import read
from bench.records import Answer, Item

MATCH_VERSION: Final = "1"  # raised by hand whenever a verdict may change

_ENGLISH: Final = "en"


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
        return _surface(ready, answer.text, item)
    if item.answer_mode in {"all", "all_keyed"} or item.answer_type == "list":
        return _list(ready, answer.text, item)
    return float(_BY_TYPE[item.answer_type](ready, answer.text, item))


def bound_stated(item: Item, answer: Answer) -> bool:
    """Whether a number item with a bound is answered with value *and* bound ("up to 40", not 40)."""
    if answer.failed or answer.refused or answer.abstained:
        return False
    return any(
        isinstance(spec, NumberGold) and match_number(spec, answer.text, item.context, strict=True)
        for spec in prepare(item).specs
    )


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


def _surface(ready: Prepared, text: str, item: Item) -> float:
    """Equality of keys; lists member by member. Nothing language-specific."""
    if item.answer_mode not in {"all", "all_keyed"}:
        return float(read(text).key in ready.accepted)
    members = [
        part for line in lists.strip_bullets(text).split("\n") for part in line.replace(";", ",").split(",")
    ]
    found = [read(part.rpartition(":")[2]).key for part in members if read(part).key]
    left = [{read(t).key for t in (slot.canonical, *slot.aliases)} for slot in item.gold]
    matched = 0
    for key in found:
        hit = next((keys for keys in left if key in keys), None)
        if hit is not None:
            left.remove(hit)
            matched += 1
    return 2 * matched / (len(item.gold) + len(found)) if found else 0.0


def _single(ready: Prepared, text: str, item: Item) -> bool:
    """Numbers, dates and names: right by one spec, and no lure by its very wording."""
    key = read(text).key
    if key in ready.accepted:
        return True
    if key in ready.refused:
        return False
    return any(_by_spec(spec, text, item.context) for spec in ready.specs)


def _by_spec(spec: Spec, text: str, context: str) -> bool:
    if isinstance(spec, NumberGold):
        return match_number(spec, text, context)
    if isinstance(spec, DateGold):
        return match_date(spec, text, context)
    return match_name(spec, text, context)


def _yes_no(ready: Prepared, text: str, item: Item) -> bool:
    key = read(text).key
    if key in ready.accepted:
        return True
    if key in ready.refused or len(read(text).content) > 200:
        return False
    said = polarity(text, item.question)
    wanted = next((p for slot in item.gold if (p := polarity(slot.canonical)) is not None), None)
    if said is None or wanted is None:
        return wanted is None and _single(ready, text, item)
    seen = read(text)
    if any(polarity(" ".join(m.phrase.norms)) is None and not denied(seen, m.first, m.end, lenient=False, lure=True)
           for m in find(seen, ready.lures)):  # fmt: skip
        return False
    return said == wanted


def _choice(ready: Prepared, text: str, item: Item) -> bool:
    meant = option_meant(item.question, text)
    return _single(ready, text if meant is None else meant, item)


def _list(ready: Prepared, text: str, item: Item) -> float:
    seen = read(statements(lists.strip_bullets(text)))
    if seen.cut and len(item.gold) < 50:
        return 0.0
    spots = locate(ready.specs, seen, item.context)
    inside = {i for spot in spots for i in range(spot.first, spot.end)}
    for m in find(seen, ready.lures):
        if m.first not in inside and not denied(seen, m.first, m.end, lenient=False, lure=True):
            return 0.0
    if item.answer_mode == "all_keyed":
        keys = [slot.key or slot.canonical for slot in item.gold]
        return keyed.score_keyed(seen, spots, keys, distinct=len(set(ready.kinds)) == len(ready.kinds))
    return lists.score_set(seen, spots, len(item.gold))


_BY_TYPE: Final[Mapping[str, Callable[[Prepared, str, Item], bool]]] = {
    "person": _single, "place": _single, "span": _single, "number": _single, "date": _single, "ambiguous": _single,
    "yes_no": _yes_no, "choice": _choice, "none": lambda _ready, _text, _item: False, "list": _single,
}  # fmt: skip
