"""Windows over a text that is longer than a model reads, and where their tokens stand in it. Pure.

A row is `before · question · between · context window · after`, the outer parts being special tokens.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Scripts written without spaces, where a run of letters is not a word: first and last code points.
_UNSPACED = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3005, 0x3007), (0x3040, 0x30FF),
    (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0xFF66, 0xFF9F), (0x20000, 0x3FFFF),
)  # fmt: skip
_UNSPACED_STARTS = tuple(low for low, _ in _UNSPACED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """A text's tokens without special ones; offsets are code points into the text, ends exclusive."""

    ids: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """How a tokenizer frames question and context: special tokens and token types of each part."""

    before: tuple[int, ...]
    between: tuple[int, ...]
    after: tuple[int, ...]
    before_types: tuple[int, ...]
    question_type: int
    between_types: tuple[int, ...]
    context_type: int
    after_types: tuple[int, ...]
    cls: int  # position of the token that stands for "no answer"; counted from the end when negative
    pad: int

    @property
    def n_special(self) -> int:
        """Special tokens in a row."""
        return len(self.before) + len(self.between) + len(self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Per context token: where an answer that starts (ends) with it starts (ends) in the text, spaces left out."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One model input: which tokens of the context it shows and where they stand in it."""

    ids: tuple[int, ...]
    types: tuple[int, ...]
    offset: int  # of the first context token in the row
    first: int  # that token's number in the context
    count: int  # context tokens shown
    cls: int  # position in the row


def cut(n_tokens: int, room: int, stride: int) -> list[tuple[int, int]]:
    """Windows [first, last) of at most `room` tokens, neighbours sharing `stride`; one empty window for no tokens.

    Any run of at most `stride` + 1 tokens is whole in some window; a longer one may not be. ValueError unless
    0 ≤ stride < room.
    """
    if not 0 <= stride < room:
        raise ValueError(f"stride {stride} must be at least 0 and below the room for text, {room}")
    windows = [(0, min(room, n_tokens))]
    while windows[-1][1] < n_tokens:
        first = windows[-1][0] + room - stride
        windows.append((first, min(first + room, n_tokens)))
    return windows


def make_row(template: Template, question: tuple[int, ...], context: Tokens, first: int, last: int) -> Row:
    """The model input for context tokens [first, last)."""
    part = context.ids[first:last]
    ids = template.before + question + template.between + part + template.after
    types = (
        template.before_types
        + (template.question_type,) * len(question)
        + template.between_types
        + (template.context_type,) * len(part)
        + template.after_types
    )
    offset = len(template.before) + len(question) + len(template.between)
    cls = template.cls if template.cls >= 0 else len(ids) + template.cls
    return Row(ids=ids, types=types, offset=offset, first=first, count=len(part), cls=cls)


def read_template(
    ids: list[int], types: list[int], sequences: list[int | None], cls_id: int | None, pad: int
) -> Template:
    """The frame in one encoded (question, context) pair; `sequences` says 0, 1 or None (special) per token.

    The "no answer" token is the tokenizer's CLS token, or the first token of the row where it has none.
    ValueError when the two parts do not each form one run, question first.
    """
    order = [s for s in sequences if s is not None]
    if 0 not in order or 1 not in order or order != sorted(order):
        raise ValueError("the tokenizer does not put the question before the context")
    question = [n for n, s in enumerate(sequences) if s == 0]
    context = [n for n, s in enumerate(sequences) if s == 1]
    if len(question) != question[-1] - question[0] + 1 or len(context) != context[-1] - context[0] + 1:
        raise ValueError("the tokenizer puts special tokens inside a text")
    a, b, c, d = question[0], question[-1] + 1, context[0], context[-1] + 1
    special = [n for n, (i, s) in enumerate(zip(ids, sequences, strict=True)) if s is None and i == cls_id]
    place = special[0] if special else 0
    return Template(
        before=tuple(ids[:a]),
        between=tuple(ids[b:c]),
        after=tuple(ids[d:]),
        before_types=tuple(types[:a]),
        question_type=types[a],
        between_types=tuple(types[b:c]),
        context_type=types[c],
        after_types=tuple(types[d:]),
        cls=place if place < c else place - len(ids),
        pad=pad,
    )


def mark(text: str, tokens: Tokens, whole_words: bool) -> Marks:
    """Answer boundaries per token: offsets moved inwards over white space, then, by option, out to whole words.

    A token of white space alone begins an answer at the next character that is none, and ends one at the last
    before it; where nothing is left between the two there is no answer.
    """
    import numpy as np

    n = len(text)
    ink = np.fromiter((not c.isspace() for c in text), dtype=bool, count=n)
    place = np.arange(n)
    nexts = np.append(np.minimum.accumulate(np.where(ink, place, n)[::-1])[::-1], n)
    lasts = np.insert(np.maximum.accumulate(np.where(ink, place + 1, 0)), 0, 0)
    starts = nexts[np.asarray(tokens.starts, dtype=np.int64)]
    ends = lasts[np.asarray(tokens.ends, dtype=np.int64)]
    if whole_words:
        left, right = _word_edges(text)
        starts, ends = left[starts], right[ends]
    return Marks(starts=starts, ends=ends)


def _word_edges(text: str) -> tuple[Any, Any]:
    """Per boundary between characters, the start of the word it lies in and its end; itself outside words."""
    import numpy as np

    n = len(text)
    word = np.fromiter((_in_word(c) for c in text), dtype=bool, count=n)
    inside = np.zeros(n + 1, dtype=bool)
    inside[1:n] = word[1:] & word[:-1] if n else False
    place = np.arange(n + 1)
    left = np.maximum.accumulate(np.where(inside, 0, place))
    right = np.minimum.accumulate(np.where(inside, n, place)[::-1])[::-1]
    return left, right


def _in_word(character: str) -> bool:
    """Letters, digits and the marks on them, in scripts that put spaces between words."""
    code = ord(character)
    slot = bisect_right(_UNSPACED_STARTS, code) - 1
    if slot >= 0 and code <= _UNSPACED[slot][1]:
        return False
    return character.isalnum() or unicodedata.category(character).startswith("M")
