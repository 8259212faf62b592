"""Data sets in the Hugging Face form: on the hub by name, or in a local folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bench.datasets._arrow import condition_of, keep, table_of
from bench.datasets._cells import FIELDS
from bench.datasets._hf_files import is_local, read_folder
from bench.datasets._hf_hub import read_hub
from bench.datasets._hf_passages import PASSAGE_FIELDS, passages_of
from bench.datasets._passages import options_of
from bench.datasets._rows import Table, column_names, dataset_of
from bench.errors import UsageError, nearest
from bench.records import Dataset

_FORMS = ("table", "squad", "mrqa")


def load(  # noqa: PLR0913 - one parameter for each key of its config
    path: str,
    *,
    config: str | None = None,
    part: str | None = None,
    revision: str | None = None,
    only: str | None = None,
    form: str = "table",
    columns: Mapping[str, str | None] | None = None,
    name: str | None = None,
    version: str | None = None,
    split: str = "test",
    language: str = "en",
    answer_type: str = "span",
    check_offsets: bool = True,
    offsets: str = "characters",
) -> Dataset:
    """The data set called `path` on the hub, or in the folder or file `path`.

    `config`, `part` (their split) and `revision` choose what is read; `only` (`column=value`) keeps the rows
    in which a column has a value. Form `table` reads our own columns, named by `columns`; `squad` rows with
    answers {text, answer_start}, `mrqa` rows with answers and detected_answers, texts untouched. Files of a
    folder are read byte by byte here: `datasets` may serve stale rows from its cache and rewrites ISO dates.
    The version is a hash of the content. Raises DataError with every problem, by row; UsageError for options that do not fit
    and when the hub cannot be reached.
    """
    if form not in _FORMS:
        raise UsageError(f"form={form}: must be one of {', '.join(_FORMS)}{nearest(form, _FORMS)}")
    options = options_of(split, answer_type, check_offsets, offsets)
    chosen = _fields(columns, form)
    names = column_names(chosen) if form == "table" else _passage_names(chosen)
    condition = condition_of(only)
    wanted = None if form == "table" else {*names.values(), *(condition[:1] if condition else ())}
    if is_local(path):
        if revision is not None:
            raise UsageError("revision: belongs to a data set on the hub; a folder has none")
        found = read_folder(path, config, part, wanted)
    else:
        found = read_hub(path, config, part, revision, wanted)
    rows = table_of(keep(found, condition, path), Path(path))
    if form == "table":
        _refuse_squad(rows, names)
        return dataset_of(rows, names, name=name, version=version, split=split, language=language)
    return passages_of(rows, names, form, options, name, version)


def _refuse_squad(table: Table, names: Mapping[str, str]) -> None:
    """UsageError when answers are written in SQuAD's way."""
    answers = (row.cells.get(names.get("answers", "answers")) for row in table.rows[:1])
    if any(isinstance(value, Mapping) and "text" in value for value in answers):
        raise UsageError(f"{table.path}: its answers have SQuAD's form; add dataset.form=squad")


def _fields(columns: Mapping[str, str | None] | None, form: str) -> dict[str, str | None]:
    """The part of `columns` that bears on the form; UsageError for a field that no form has."""
    known = FIELDS if form == "table" else PASSAGE_FIELDS
    for field in columns or {}:
        if field not in (*FIELDS, *PASSAGE_FIELDS):
            raise UsageError(f"columns.{field}: there is no such field{nearest(field, known)}")
    return {field: column for field, column in (columns or {}).items() if field in known}


def _passage_names(columns: Mapping[str, str | None]) -> dict[str, str]:
    """The column of every field that forms squad and mrqa have; None: not read."""
    names = {field: columns.get(field, field) for field in PASSAGE_FIELDS}
    return {field: str(column) for field, column in names.items() if column is not None}
