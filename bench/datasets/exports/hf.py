"""A folder for the Hugging Face hub: a card, and one Parquet file with explicit features per split."""

from __future__ import annotations

from dataclasses import dataclass

from bench.datasets.exports._card import card_of
from bench.datasets.exports._columns import parquet_bytes
from bench.datasets.exports.base import About, Export, Format
from bench.datasets.exports.native import full, rows_of, without_questions
from bench.records import Dataset

SPLITS = ("dev", "test")


@dataclass(frozen=True, slots=True, kw_only=True)
class HfFolder(Format):
    """`README.md` and `data/<split>.parquet`; `datasets.load_dataset(folder)` reads it."""

    folder = True

    def export(self, dataset: Dataset, about: About) -> Export:
        """The folder's files."""
        rows = list(rows_of(dataset, about, full))
        splits = [split for split in SPLITS if any(row["split"] == split for row in rows)]
        files = {
            f"data/{split}.parquet": parquet_bytes([row for row in rows if row["split"] == split])
            for split in splits
        }
        counts = {split: sum(row["split"] == split for row in rows) for split in splits}
        card = card_of(dataset, about, {split: f"data/{split}.parquet" for split in splits}, counts)
        return Export(
            files={"README.md": card.encode("utf-8", "backslashreplace"), **files},
            items=len(rows),
            notes=without_questions(dataset),
        )
