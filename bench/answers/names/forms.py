"""The form of an answer that names something: one wording over and over, a long clause."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from bench.answers.names.persons import Names
from bench.answers.text.phrases import Mention
from bench.answers.text.tokens import ARTICLES, Text

_JOINERS: Final = frozenset({"'", '"', ".", "*", "_", "`", "-"})


def repeats(text: Text, golds: Sequence[Mention]) -> bool:
    """One wording over and over: no reader says so, and it must not pay."""
    in_a_row = 1
    for one, two in pairwise(golds):
        between = {t.raw for t in text.tokens[one.end : two.first] if t.norm not in ARTICLES}
        if between <= _JOINERS - {"."} and one.label == two.label and one.phrase.norms == two.phrase.norms:
            return True
        in_a_row = in_a_row + 1 if between <= {",", ".", "\n", ";", "and", "or", *_JOINERS} else 1
        if in_a_row > 2 and one.phrase.norms == two.phrase.norms:
            return True
    return False


def long_clause(names: Names, text: Text) -> bool:
    """A clause of five or more meaning words, all there in order, little else: small words are free."""
    if not names.long:
        return False
    said = [text.tokens[i].norm for i in text.content]
    for wanted in names.long:
        rest = iter(said)
        if all(word in rest for word in wanted) and len(said) <= 2 * len(wanted) + 6:
            extra = {w for w in said if w in {"not", "no", "never", "without"}} - set(wanted)
            if not extra:
                return True
    return False
