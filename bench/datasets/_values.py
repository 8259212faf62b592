"""Reading the number that an authored answer names."""

from __future__ import annotations

import re

_NUMBER = re.compile(
    r"(?<![\w.,])(?P<digits>[-−]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)(?![.,:/]?[0-9])"
    r"(?P<glued>[^\W\d_]*)(?:[ -](?P<next>[^\W\d_]+))?"
)
_SCALES = {
    "hundred": 2,
    "thousand": 3,
    "million": 6,
    "billion": 9,
    "trillion": 12,
    "k": 3,
    "m": 6,
    "bn": 9,
    "tn": 12,
}
_UNCLEAR = frozenset({"half", "third", "thirds", "quarter", "quarters", "fifth", "fifths", "dozen", "score"})


def read_number(answer: str) -> float | None:
    """The one number written in digits in `answer`, times a scale word behind it ("1.5 million").

    None when there is none, or more than one, or when it is part of something else (a time, a fraction, 11th):
    then the author states the value.
    """
    found = list(_NUMBER.finditer(answer))
    if len(found) != 1 or sum(c.isdigit() for c in answer) > sum(c.isdigit() for c in found[0]["digits"]):
        return None
    match = found[0]
    glued, following = match["glued"].casefold(), (match["next"] or "").casefold()
    if (glued and glued not in _SCALES) or following in _UNCLEAR or len(match["digits"]) > 40:
        return None
    exponent = _SCALES[glued] if glued else _SCALES.get(following, 0) if len(following) > 2 else 0
    return float(f"{match['digits'].replace(',', '').replace('−', '-')}e{exponent}")
