"""JSON Lines: one whole item a line, read back by `dataset=jsonl` into equal records."""

from __future__ import annotations

import json
from dataclasses import dataclass

from bench.datasets.exports.base import About, Export, Format
from bench.datasets.exports.native import rows_of, without_questions
from bench.records import Dataset


@dataclass(frozen=True, slots=True, kw_only=True)
class Jsonl(Format):
    """One file; a line holds an item with its context and its article's metadata."""

    def export(self, dataset: Dataset, about: About) -> Export:
        """One file, `items.jsonl`."""
        return Export(
            files={"items.jsonl": jsonl_bytes(dataset, about)},
            items=len(dataset.items),
            notes=without_questions(dataset),
        )


def jsonl_bytes(dataset: Dataset, about: About) -> bytes:
    """The lines, in UTF-8 where every text can be, else with escapes."""
    rows = list(rows_of(dataset, about))
    try:
        return b"".join(_line(row, escaped=False) for row in rows)
    except UnicodeEncodeError:  # half a surrogate pair
        return b"".join(_line(row, escaped=True) for row in rows)


def _line(row: object, *, escaped: bool) -> bytes:
    return json.dumps(row, ensure_ascii=escaped, allow_nan=False).encode() + b"\n"
