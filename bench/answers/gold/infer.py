"""The answer type of own data that has none, by a rule that is printed with the results."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bench.answers.dates.moments import WEEKDAYS, whole_date
from bench.answers.dates.parts import MONTHS
from bench.answers.numbers.quantities import quantities
from bench.answers.text.tokens import read
from bench.answers.text.wording import FUNCTION

RULE: Final = (
    "no gold text: none; all of yes/no/true/false: yes_no; all dates with a month, weekday or ISO form: date; "
    "all one number with at most two words of unit: number; otherwise span"
)
_POLAR: Final = frozenset({"yes", "no", "true", "false"})


def infer_answer_type(gold_texts: Sequence[str]) -> str:
    """none, yes_no, date, number or span, from the gold strings alone; `RULE` says how.

    Blank strings are passed over. A bare four-digit year is a number by its form but a date by custom: date.
    """
    texts = [text for text in gold_texts if text.strip()]
    if not texts:
        return "none"
    if all(read(text).key in _POLAR for text in texts):
        return "yes_no"
    if all(whole_date(text) for text in texts):
        return "date"
    if all(is_number(text) for text in texts):
        return "number"
    return "span"


def is_number(text: str) -> bool:
    """Whether `text` is one number, perhaps with a bound and up to two words of unit."""
    seen = read(text)
    found = quantities(seen)
    if len(found) != 1 or found[0].form == "ordinal" or found[0].role == "operand":
        return False
    if any(t.norm in MONTHS or t.norm in WEEKDAYS for t in seen.tokens):
        return False
    left = [i for i in seen.content if not found[0].first <= i < found[0].end]
    words = [seen.tokens[i] for i in left if seen.tokens[i].norm not in FUNCTION]
    proper = any(t.raw[:1].isupper() for t in words) and found[0].first > 0
    ahead = all(i >= found[0].end for i in left if seen.tokens[i].norm not in FUNCTION)
    return ahead and not proper and len(words) <= 2
