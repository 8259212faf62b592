"""An answer that had to be worked out, since the article does not state it: "61 + 44 = 105", "Wednesday, a day after Tuesday".

Documented choice. Where the article has the gold's value nowhere, a text that has it can only have worked it out. What it
comes to last is what it says then, and the figures before are its working; or it says the result first and then what it is made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import Final

from bench.answers.dates.moments import date_tokens, moments
from bench.answers.dates.when import When
from bench.answers.gold.besides import asked_in, parts_of
from bench.answers.gold.prepare import Prepared
from bench.answers.numbers.gold import NumberGold
from bench.answers.numbers.quantities import quantities
from bench.answers.numbers.quantity import Quantity
from bench.answers.text.characters import clean
from bench.answers.text.tokens import Text, read
from bench.answers.text.units import stem
from bench.answers.text.wording import FUNCTION, words_of
from bench.answers.text.wrapping import akin
from bench.answers.values.date_match import DateGold, dates_in
from bench.answers.values.number_match import counted_in

_STEPS: Final = re.compile(
    r"(?<=[^\s.])[.!?]+[\"')\]]*(?=\s)\s*|[;:\n()—=→]+\s*|(?<!\d),\s+(?:and |so |which )?|,(?!\d)\s*(?:and |so |which )?"
    r"|\s(?:is|are|was|equals|makes|gives|leaves|means|(?:comes?|amounts?|adds up|leads?) to)\s|\s(?=(?:while|whereas|because|since|as)\s)|\Z"
)
_DERIVED: Final = re.compile(
    r"[=→]|,\s+(?:so|which)\b|\b(?:equals|makes|gives|leaves|means|to)\b"
)  # neither a full stop nor "and"
_TOTALS: Final = words_of(
    "total altogether overall sum difference result remaining remainder therefore thus hence so left"
)
_ARITHMETIC: Final = words_of("minus plus times from and")
_REASONS: Final = words_of(
    "before after earlier later since as because counting published publication from ago"
)
_TURNS: Final = words_of(
    "or actually alternatively wait correction sorry not rather instead perhaps maybe possibly but however though"
)
_SIGNS: Final = frozenset("+−–-×*x/÷")
_JOINS: Final = frozenset({"and", "but", "while", "whereas", "or", "to", "not", "than"})
_MOST: Final = 30  # steps
_LONGEST: Final = 1500  # characters of an answer


def results(ready: Prepared, text: str, context: str) -> Iterator[str]:
    """The part of `text` that says what it worked out, if the gold is a number or date that `context` does not state."""
    numeric = bool(ready.kinds) and set(ready.kinds) <= {"number", "date"}
    if not numeric or len(text) > _LONGEST or not context or not _computed(ready, context):
        return
    plain = clean(text)
    spans = list(parts_of(_STEPS, plain))
    if len(spans) > _MOST:
        return
    parts = [read(plain[a:b]) for a, b in spans]
    valued = [n for n, part in enumerate(parts) if _values(ready, part)]
    if not valued:
        return
    last, first = valued[-1], valued[0]
    known = all(
        _known(value, context) or _is_gold(ready, value) for n in valued for value in _values(ready, parts[n])
    )
    if not known and "=" not in plain:
        return  # a value from nowhere is a rival: "120 in all: 105 is too low"
    if last > first and _concludes(
        ready, parts[last - 1], plain[spans[last - 1][1] : spans[last][0]], parts[last]
    ):
        yield plain[spans[last][0] :]
    if (bare := _without_premises(ready, parts[last])) is not None:
        yield bare
    behind = [parts[n] for n in range(first + 1, len(parts))]
    mine = asked_in(ready, parts[first])
    if last > first and mine and all(_explains(ready, part, mine, context) for part in behind):
        yield plain[: spans[first][1]]


def _concludes(ready: Prepared, before: Text, gap: str, last: Text) -> bool:
    """Whether the last part is what the one before it comes to: by a sign or word between them, or as a total."""
    if _DERIVED.search(gap) is not None:
        return True
    said = {t.norm for t in (*before.tokens, *last.tokens)}
    numbers = isinstance(ready.specs[0], NumberGold)
    reckoned = numbers and "is" in gap and not said.isdisjoint(_ARITHMETIC)  # "41,380 minus 40,420 is 960"
    return gap.strip(" \n") in {":", "is", ".", ""} and (reckoned or not said.isdisjoint(_TOTALS))


def _computed(ready: Prepared, context: str) -> bool:
    """Whether the article states none of the values that are right."""
    if ready.mode != "one" or len(set(ready.kinds)) != 1 or len(ready.specs) != 1:
        return False
    spec = ready.specs[0]
    if isinstance(spec, NumberGold):
        figures = counted_in(context)
        return bool(spec.targets) and not any(t.value in figures or t.high is not None for t in spec.targets)
    if isinstance(spec, DateGold) and spec.golds and not spec.stretch:
        told = [when.said().items() for when in _times(context)]
        return not any(gold.said().items() <= when for gold in spec.golds for when in told)
    return False


def _times(context: str) -> Iterator[When]:
    return (when for m in dates_in(context) for when in (m.when, *m.others))


def _values(ready: Prepared, part: Text) -> list[Quantity] | list[When]:
    if isinstance(ready.specs[0], NumberGold):
        return [
            q
            for q in quantities(part, date_tokens(part))
            if q.role not in {"year", "lone"} and q.form != "ordinal"
        ]
    return [m.when for m in moments(part)]


def _without_premises(ready: Prepared, part: Text) -> str | None:
    """A part without the figures before its last one, where nothing but words of the same clause stand between."""
    if not isinstance(ready.specs[0], NumberGold):
        return None
    found = quantities(part, date_tokens(part))
    if len(found) < 2:
        return None
    between = part.tokens[found[-2].end : found[-1].first]
    if any(t.kind == "p" or t.norm in _JOINS for t in between):
        return None
    dropped = {i for q in found[:-1] for i in range(q.first, q.end)}
    return " ".join(t.raw for i, t in enumerate(part.tokens) if i not in dropped)


def _known(value: Quantity | When, context: str) -> bool:
    """Whether the article states a value, or a date that says as much."""
    if isinstance(value, Quantity):
        return value.value in counted_in(context)
    own = value.said().items()
    return any(own <= told or told <= own for told in (when.said().items() for when in _times(context)))


def _is_gold(ready: Prepared, value: Quantity | When) -> bool:
    spec = ready.specs[0]
    if isinstance(spec, NumberGold):
        return isinstance(value, Quantity) and any(t.value == value.value for t in spec.targets)
    assert isinstance(spec, DateGold)
    return isinstance(value, When) and any(value.said().items() <= gold.said().items() for gold in spec.golds)


def _says(part: Text, ready: Prepared) -> bool:
    """Whether a part is more than a bare value: a word that neither values nor the question have, or a sign of reckoning."""
    taken = {i for q in quantities(part) for i in range(q.first, q.end)}
    taken |= {i for m in moments(part) for i in range(m.first, m.end)}
    rest = [t for i, t in enumerate(part.tokens) if i not in taken]
    known = FUNCTION | ready.question.counted
    return any(
        t.raw in _SIGNS or (t.kind == "w" and t.norm not in known and stem(t.norm) not in known) for t in rest
    )


def _explains(ready: Prepared, part: Text, mine: Set[str], context: str) -> bool:
    """Whether a part behind the result only tells what it is made of."""
    norms = [t.norm for t in part.tokens if t.kind in "wn"]
    if not _TURNS.isdisjoint(norms[:2]) or any(t.norm in {"or", "not"} for t in part.tokens):
        return False
    values = _values(ready, part)
    if len(values) == 1 and not _says(part, ready):
        return False  # "960 (400)"
    if not values or not _REASONS.isdisjoint(norms):
        return True
    if any(not akin(norm, mine) for norm in asked_in(ready, part)) or isinstance(ready.specs[0], DateGold):
        return False
    return all(isinstance(q, Quantity) and q.value in counted_in(context) for q in values)
