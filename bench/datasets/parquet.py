"""Parquet tables, with the columns of CSV and JSON Lines."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bench.datasets._arrow import read_parquet, table_of
from bench.datasets._rows import column_names, dataset_of
from bench.records import Dataset


def load(
    path: str,
    *,
    name: str | None = None,
    version: str | None = None,
    split: str = "test",
    language: str = "en",
    columns: Mapping[str, str | None] | None = None,
) -> Dataset:
    """The data set in a Parquet file whose columns have the names of docs/own-data.md.

    Lists may be lists or JSON arrays as text; dates are read as ISO text. `columns` maps our field names to
    the file's column names (None: not read). `split` and `language` hold for rows that have none. The file's
    bytes are read here, so an edited file is never served from a cache. Raises DataError with every problem,
    by row (counted from 1); UsageError for options that do not fit.
    """
    names = column_names(columns)
    table = table_of(read_parquet(Path(path)), Path(path))
    return dataset_of(table, names, name=name, version=version, split=split, language=language)
