"""The typed match: whether an answer is right, by the value it asserts.

One function per answer type, looked up in a plain dict. Everything an item accepts and refuses is prepared
once (`lru_cache` by item). Languages other than English use surface matching: equality of keys.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, permutations
from typing import Final

from bench.answers.cited import readings
from bench.answers.gold.names import keys_of, texts_of
from bench.answers.gold.prepare import Prepared, Spec, build, prepare
from bench.answers.lists import keyed, members
from bench.answers.lists.locate import locate
from bench.answers.lists.score import score_list
from bench.answers.meaning.stance import denied, only_asks, statements
from bench.answers.names.match import match_name
from bench.answers.numbers.gold import NumberGold
from bench.answers.numbers.quantities import quantities
from bench.answers.output.abstention import refuses
from bench.answers.stated import marked, without_companions
from bench.answers.text.characters import clean
from bench.answers.text.phrases import REJECT, find, phrases, table
from bench.answers.text.tokens import Text, read
from bench.answers.unanswerable.declines import declines
from bench.answers.values.date_match import DateGold, match_date
from bench.answers.values.number_match import match_number
from bench.answers.worked_out import results
from bench.answers.yes_no.choice import verb_chosen
from bench.answers.yes_no.choosing import decided
from bench.answers.yes_no.polarity import polarity
from bench.records import Answer, Gold, Item

MATCH_VERSION: Final = "4"  # raised by hand whenever a verdict may change
_PARTED: Final = re.compile(
    r"[.!?;:\n(),—=→\"]|\s(?:while|whereas|is|are|was|were|to)\s|\d\D{1,200}\d"
)  # may have parts
_CLOSING: Final = " .!?\"')\n"
_LOOP: Final = 4
_LITERAL: Final = frozenset(
    {"person", "place", "span", "number", "date"}
)  # an accepted wording is right there
_READINGS: Final = 4  # of an ambiguous question that are tried under each other's names
_LONG_YES: Final = 200  # words: an explanation after yes or no is welcome, an essay is no answer


def match(item: Item, answer: Answer) -> float:
    """The typed match of `answer` to `item`: 1 right, 0 wrong; for lists 2·matched / (slots + members given).

    Failed predictions and refusals score 0, abstentions 1 on unanswerable items only. Total: any text of any
    length gives a value.
    """
    asked, said, found = _LATEST[0]
    if asked is not item or said is not answer:
        found = _match(item, answer)
        _LATEST[0] = item, answer, found
    return found


# Several metrics ask for the same value in a row.
_LATEST: list[tuple[Item | None, Answer | None, float]] = [(None, None, 0.0)]


def _match(item: Item, answer: Answer) -> float:
    if answer.failed or (answer.refused and not any(refuses(slot.canonical) for slot in item.gold)):
        return 0.0
    if not item.gold:
        return float(answer.abstained or declines(item, answer.text))
    if answer.abstained or not answer.text.strip():
        return 0.0
    if item.answer_type in _LITERAL and item.answer_mode == "one" and _literally(item.gold, answer.text):
        return 1.0
    ready, context = prepare(item), item.context
    if answer.emphasis and ready.english and ready.mode not in {"all", "all_keyed"}:
        verdict = marked(
            ready, answer.text, answer.emphasis, context, lambda text: _value(ready, text, context) == 1.0
        )
        if verdict is not None:
            return float(verdict)
    return min(_worth(ready, text, context) for text in readings(item, answer.text))


def _worth(ready: Prepared, text: str, context: str) -> float:
    """The value of a text, what it tells besides left out where that makes it right."""
    found = _value(ready, text, context)
    if found or not ready.english or ready.mode != "one" or _PARTED.search(text.rstrip(_CLOSING)) is None:
        return found
    parts = chain(without_companions(ready, text, context), results(ready, text, context))
    return float(any(_value(ready, part, context) == 1.0 for part in parts))


def _literally(gold: Sequence[Gold], text: str) -> bool:
    """Whether `text` is an accepted wording, letter for letter, and not without letters."""
    return any(text == g.canonical or text in g.aliases for g in gold) and any(map(str.isalnum, text))


@lru_cache(maxsize=8192)
def _value(ready: Prepared, text: str, context: str) -> float:
    """Replicates give the same answers."""
    if not ready.english:
        return _surface(ready, text)
    if only_asks(clean(text[:500])):
        return 0.0
    if ready.mode in {"all", "all_keyed"}:
        return score_list(ready, text, context)
    seen = read(text)
    if _loops(seen) and seen.key not in ready.accepted:
        return 0.0
    return float(_BY_TYPE[ready.answer_type](ready, text, context))


def _loops(seen: Text) -> bool:
    """Whether a text is the same words four times or more: no reader says so, and it must not pay."""
    if len(seen.content) < _LOOP:
        return False
    norms = [seen.tokens[i].norm for i in seen.content]
    times = norms.count(norms[0])
    period = len(norms) // times
    return times >= _LOOP and norms[period:] == norms[:-period]


def bound_stated(item: Item, answer: Answer) -> bool:
    """Whether a number item with a bound is answered with value *and* bound ("up to 40", not 40)."""
    if answer.failed or answer.refused or answer.abstained:
        return False
    specs = [spec for spec in prepare(item).specs if isinstance(spec, NumberGold)]
    return any(match_number(spec, answer.text, item.context, strict=True) for spec in specs)


def names_lure(item: Item, answer: Answer) -> bool:
    """Whether the text holds one of the item's lures at all, denied or not, outside accepted wordings."""
    if not item.reject:
        return False
    ready = prepare(item)
    seen = read(answer.text)
    if seen.key in ready.refused:
        return True
    accepted = [p for text in texts_of(ready.slots) for p in phrases(text, 0)]
    lures = [p for text in item.reject for p in phrases(text, REJECT)]
    if any(m.label == REJECT for m in find(seen, table([*accepted, *lures]))):
        return True
    figures = {
        (lure.value, lure.high) for s in ready.specs if isinstance(s, NumberGold) for lure in s.rejects
    }
    return bool(figures) and any((q.value, q.high) in figures for q in quantities(seen))


def _surface(ready: Prepared, text: str) -> float:
    """Equality of keys; lists member by member. Nothing language-specific."""
    if ready.mode not in {"all", "all_keyed"}:
        return float(read(text).key in ready.accepted)
    parts = [
        part for line in members.strip_bullets(text).split("\n") for part in line.replace(";", ",").split(",")
    ]
    found = [read(part.rpartition(":")[2]).key for part in parts if read(part).key]
    left = [keys_of(texts_of([slot])) for slot in ready.slots]
    matched = 0
    for key in found:
        hit = next((keys for keys in left if key in keys), None)
        if hit is not None:
            left.remove(hit)
            matched += 1
    return 2 * matched / (len(ready.slots) + len(found)) if found else 0.0


def _single(ready: Prepared, text: str, context: str) -> bool:
    """Numbers, dates and names: right by one spec, and no lure by its very wording."""
    key = read(text).key
    if key in ready.accepted:
        return True
    if key in ready.refused:
        return False
    return any(_by_spec(spec, text, context) for spec in ready.specs)


def _by_spec(spec: Spec, text: str, context: str) -> bool:
    if isinstance(spec, NumberGold):
        return match_number(spec, text, context)
    if isinstance(spec, DateGold):
        return match_date(spec, text, context)
    return match_name(spec, text, context)


def _yes_no(ready: Prepared, text: str, context: str) -> bool:
    seen = read(text)
    if seen.key in ready.accepted:
        return True
    if seen.key in ready.refused or len(seen.content) > _LONG_YES:
        return False
    wanted = next((p for slot in ready.slots if (p := polarity(slot.canonical)) is not None), None)
    if wanted is None:
        return _single(ready, text, context)
    if any(
        polarity(" ".join(m.phrase.norms)) is None
        and not denied(seen, m.first, m.end, lenient=False, lure=True)
        for m in find(seen, ready.lures)
    ):
        return False
    return polarity(text, ready.question.text) == wanted


def _ambiguous(ready: Prepared, text: str, context: str) -> bool:
    """Any reading; but two of them under each other's names are wrong, and all under their own are right."""
    # Where a slot has no key, its reading serves as one (see `prepare`).
    keys = [slot.key for slot in ready.slots if slot.key]
    if 1 < len(keys) == len(ready.slots) <= _READINGS:
        seen = read(statements(members.strip_bullets(text)))
        spots = locate(_apart(ready), seen, context)
        if len({slot for spot in spots for slot in spot.slots}) > 1:
            own, *others = (
                keyed.score_keyed(seen, spots, list(order), distinct=False) for order in permutations(keys)
            )
            if any(other > own for other in others):
                return False
            lured = any(
                not denied(seen, m.first, m.end, lenient=False, lure=True) for m in find(seen, ready.lures)
            )
            if own == 1.0 and not lured:
                return True
    return _single(ready, text, context)


@lru_cache(maxsize=512)
def _apart(ready: Prepared) -> tuple[Spec, ...]:
    """A spec for each reading."""
    return tuple(
        build([slot], kind, ready.question, ()) for slot, kind in zip(ready.slots, ready.kinds, strict=True)
    )


def _choice(ready: Prepared, text: str, context: str) -> bool:
    said, meant = decided(ready, text)
    if _single(ready, said if meant is None else meant, context):
        return True
    verb = verb_chosen(ready.question.text, said) if not find(read(said), ready.lures) else None
    return verb is not None and read(verb).key in ready.accepted


_BY_TYPE: Final[Mapping[str, Callable[[Prepared, str, str], bool]]] = {
    "person": _single, "place": _single, "span": _single, "number": _single, "date": _single, "ambiguous": _ambiguous,
    "yes_no": _yes_no, "choice": _choice, "none": lambda _ready, _text, _context: False, "list": _single,
}  # fmt: skip
