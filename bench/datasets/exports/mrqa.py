"""MRQA's JSON Lines: the questions whose answers can be quoted from their text, one context a line."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bench.datasets.exports.base import About, Export, Format
from bench.errors import UsageError, counted
from bench.records import Dataset, Item, Span

_TOKEN = re.compile(r"\w+|[^\w\s]")

Tokens = list[tuple[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mrqa(Format):
    """One file: a header, then a line per context."""

    def export(self, dataset: Dataset, about: About) -> Export:
        """One file, `mrqa.jsonl`; the notes say how many items do not fit, and why. UsageError when none does."""
        reasons = Counter(filter(None, map(misfit, dataset.items)))
        lines: dict[str, list[Item]] = {}
        for item in dataset.items:
            if misfit(item) is None:
                lines.setdefault(item.context, []).append(item)
        if not lines:
            told = ", ".join(f"{n} {why}" for why, n in reasons.most_common())
            raise UsageError(f"no item of {dataset.name} fits MRQA: {told}")
        splits = sorted({i.split for items in lines.values() for i in items})
        header = {"dataset": dataset.name, "split": "+".join(splits), "version": dataset.version}
        header |= {"canary": about.canary} if about.canary else {}
        rows = [{"header": header}, *(_line(context, items) for context, items in lines.items())]
        return Export(
            files={"mrqa.jsonl": b"".join(map(_bytes, rows))},
            items=sum(map(len, lines.values())),
            notes=tuple(f"{counted(n, 'item')} left out: {why}" for why, n in reasons.most_common()),
        )


def misfit(item: Item) -> str | None:
    """Why an item has no place in MRQA; None when it has."""
    if not item.answerable:
        return "unanswerable, and every MRQA question has an answer"
    if item.answer_mode in ("all", "all_keyed"):
        return "the answer is a list, and MRQA has single spans"
    if not any(slot.spans for slot in item.gold):
        return "the answer is no quotation from the text"
    return None


def _line(context: str, items: Sequence[Item]) -> dict[str, Any]:
    tokens = tokens_of(context)
    starts = [start for _, start in tokens]
    return {
        "id": items[0].article_id,
        "context": context,
        "qas": [_question(item, starts) for item in items],
        "context_tokens": tokens,
    }


def _question(item: Item, starts: Sequence[int]) -> dict[str, Any]:
    by_text: dict[str, list[Span]] = {}
    for slot in item.gold:
        for span in slot.spans:
            by_text.setdefault(span.text, []).append(span)
    return {
        "id": item.id,
        "qid": item.id,
        "question": item.question,
        "question_tokens": tokens_of(item.question),
        "answers": list(dict.fromkeys(t for slot in item.gold for t in (slot.canonical, *slot.aliases))),
        "detected_answers": [
            {
                "text": text,
                "char_spans": [[s.start, s.end - 1] for s in spans],  # both ends inclusive
                "token_spans": [[_at(starts, s.start), _at(starts, s.end - 1)] for s in spans],
            }
            for text, spans in by_text.items()
        ],
    }


def tokens_of(text: str) -> Tokens:
    """Words and single signs, with the offset of each."""
    return [(match.group(), match.start()) for match in _TOKEN.finditer(text)]


def _at(starts: Sequence[int], offset: int) -> int:
    """The number of the token at (or last before) an offset."""
    return max(0, bisect_right(starts, offset) - 1)


def _bytes(row: Any) -> bytes:
    try:
        return json.dumps(row, ensure_ascii=False, allow_nan=False).encode() + b"\n"
    except UnicodeEncodeError:  # half a surrogate pair
        return json.dumps(row, allow_nan=False).encode() + b"\n"
