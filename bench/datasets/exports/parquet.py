"""Parquet: one whole item a row, read back by `dataset=parquet` into equal records."""

from __future__ import annotations

from dataclasses import dataclass

from bench.datasets.exports._columns import parquet_bytes
from bench.datasets.exports.base import About, Export, Format
from bench.datasets.exports.native import full, rows_of, without_questions
from bench.records import Dataset


@dataclass(frozen=True, slots=True, kw_only=True)
class Parquet(Format):
    """One file; its columns are those of JSON Lines, with their types."""

    def export(self, dataset: Dataset, about: About) -> Export:
        """One file, `items.parquet`."""
        return Export(
            files={"items.parquet": parquet_bytes(list(rows_of(dataset, about, full)))},
            items=len(dataset.items),
            notes=without_questions(dataset),
        )
