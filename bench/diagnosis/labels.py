"""The labels of a miss, in order of precedence, and what each says to a reader of a report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

EXPLANATIONS: Final[Mapping[str, str]] = {
    "failed": "no output: the model or its server failed",
    "refusal": "would not help at all",
    "truncated": "stopped at the length limit before an answer was right",
    "format": "output without a readable answer",
    "false_abstention": "said that the article does not tell, but it does",
    "false_answer": "answered, though the article does not tell",
    "unit_or_scale": "the right digits with the wrong scale, unit, percent, sign or bound",
    "part_of_list": "only some of the list, or not all of it under the right keys",
    "other_party": "another person, place or organisation of the same article",
    "other_number": "another number or date of the same article",
    "over_long": "the right answer, with more beside it than is allowed",
    "wrong_polarity": "yes for no, no for yes, or the other option",
    "not_in_article": "something that does not stand in the article",
    "other_content": "words of the article or the question, but none of the above",
}

DIAGNOSES: Final[tuple[str, ...]] = tuple(EXPLANATIONS)
