"""What NewsQA's crowd marked, and which of it counts: by the rules of the data set's own tools."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

BAD, NONE = "bad_question", "none"

_RANGE = re.compile(r"(\d+):(\d+)")
_TRAILING = ",;:"  # a word's punctuation came along with the word


class Mark(NamedTuple):
    """A stretch of a story, end exclusive."""

    start: int
    end: int


Verdict = Mark | str  # where the answer stands, or BAD, or NONE


def mark_of(text: str) -> Mark | None:
    """`294:297` as a mark; None for anything else."""
    match = _RANGE.fullmatch(text.strip())
    return Mark(int(match[1]), int(match[2])) if match else None


def readable(ranges: str) -> bool:
    """Whether `ranges` is written as NewsQA writes them: `196:228|196:202,217:228|None`."""
    return all(part == "None" or mark_of(part) for one in ranges.split("|") for part in one.split(","))


def consensus(ranges: str, validated: Mapping[str, int] | None, bad_share: float) -> Verdict:
    """The verdict on a row of the CSV file, as the JSON file has it.

    With validators, what at least half of them chose (the first of equals); without, what most of the crowd
    marked. Where that is no mark: a bad question when at least half of the crowd said so, else no answer.
    """
    if validated:
        choice, votes = max(validated.items(), key=lambda entry: entry[1])
        chosen = mark_of(choice) if 2 * votes >= sum(validated.values()) else None
    else:
        counts = Counter(part for one in ranges.split("|") for part in one.split(","))
        chosen = mark_of(counts.most_common(1)[0][0])
    return chosen or (BAD if bad_share >= 0.5 else NONE)


def trimmed(text: str, mark: Mark) -> Mark | None:
    """The mark without space around it and punctuation after it; None when nothing is left or it is outside."""
    start, end = mark.start, min(mark.end, len(text))
    while start < end and text[start].isspace():
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in _TRAILING):
        end -= 1
    return Mark(start, end) if start < end else None
