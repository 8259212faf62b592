"""Where an output ends: never before anything was said, never inside a reasoning block."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bench.answers.output.markup import reasoning_end


def stop_place(text: str, stops: Sequence[str]) -> int | None:
    """Where the first of `stops` begins in `text`; None where none does.

    A stop counts only behind the last reasoning block, and behind the first character that is not white space.
    """
    begin = reasoning_end(text) or 0
    begin += len(text[begin:]) - len(text[begin:].lstrip())
    if begin >= len(text):
        return None
    found = [place for stop in stops if (place := text.find(stop, begin + 1)) >= 0]
    return min(found, default=None)


def reasoning_tokens(ids: Sequence[int], decode: Callable[[Sequence[int]], str], opened: str) -> int:
    """How many of `ids` the reasoning takes, its closing tag included; all while it is open; 0 without any.

    `opened` is what the prompt opened already, so that the block begins before the first token.
    """
    end = reasoning_end(opened + decode(ids))
    if end is None:
        return 0
    low, high = 0, len(ids)  # the smallest number of tokens whose text reaches `end`
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if len(opened + decode(ids[:middle])) >= end else (middle + 1, high)
    return low
