"""Parquet tables: the columns of CSV and JSON Lines, with types."""

from __future__ import annotations

import datetime
import decimal
import hashlib
import io
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest

from bench.datasets import jsonl
from bench.datasets.parquet import load
from bench.errors import DataError, UsageError

CONTEXT = "Berg leads the crew of 52. Olin said no."
ROWS: list[dict[str, Any]] = [
    {"question": "Who leads?", "context": CONTEXT, "answers": ["Berg", "Ms Berg"], "id": "a", "answerable": True, "reject": None},
    {"question": "How many?", "context": CONTEXT, "answers": ["52"], "id": "b", "answerable": True, "reject": ["40"]},
    {"question": "Who paid?", "context": CONTEXT, "answers": [], "id": "c", "answerable": False, "reject": []},
]  # fmt: skip


def write(folder: Path, rows: list[dict[str, Any]] | Any = ROWS, name: str = "own.parquet") -> str:
    table = pyarrow.Table.from_pylist(rows) if isinstance(rows, list) else rows
    path = folder / name
    pyarrow.parquet.write_table(table, path)
    return str(path)


def test_a_table_is_read_as_its_rows_in_json_lines_are(tmp_path):
    import json

    lines = tmp_path / "own.jsonl"
    lines.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")

    data = load(write(tmp_path))

    assert data.items == jsonl.load(str(lines)).items
    assert data.name == "own"
    assert data.version == hashlib.sha256((tmp_path / "own.parquet").read_bytes()).hexdigest()[:12]


def test_dates_numbers_and_lists_as_text_are_answers_as_one_would_write_them(tmp_path):
    columns = {
        "Frage": ["When?", "How many?", "How much?", "Who?"],
        "context": ["It was on 2025-06-02.", "All 52 left.", "It cost 1.5 crowns.", "Berg and Olin."],
        "day": pyarrow.array([datetime.date(2025, 6, 2), None, None, None]),
        "n": pyarrow.array([None, 52, None, None], pyarrow.int32()),
        "price": pyarrow.array([None, None, decimal.Decimal("1.5"), None]),
        "answers": [None, None, None, '["Berg", "Olin"]'],
        "other": pyarrow.array([1.0, float("nan"), None, 2.0]),
    }
    table = pyarrow.table(columns)
    path = write(tmp_path, table.slice(0, 1))
    assert (
        load(path, columns={"question": "Frage", "answer": "day"}).items[0].gold[0].canonical == "2025-06-02"
    )
    path = write(tmp_path, table.slice(2, 1))
    assert load(path, columns={"question": "Frage", "answer": "price"}).items[0].gold[0].canonical == "1.5"
    path = write(tmp_path, table.slice(3, 1))
    data = load(path, columns={"question": "Frage"})
    assert data.items[0].gold[0].aliases == ("Olin",)
    assert any("'other'" in text for text in data.warnings)


def test_problems_are_said_by_row(tmp_path):
    rows = [
        *ROWS,
        {**ROWS[0]},
        {**ROWS[1], "id": "d", "question": None},
        {**ROWS[2], "id": "e", "answers": ["x"]},
    ]

    with pytest.raises(DataError) as caught:
        load(write(tmp_path, rows))

    assert [(p.line, p.item, p.field) for p in caught.value.problems] == [
        (4, "a", "id"), (5, "d", "question"), (6, "e", "answers"),
    ]  # fmt: skip


def whole() -> bytes:
    stream = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(ROWS), stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b"question,context\n", "is not a Parquet file; use dataset=csv or jsonl for text"),
        (whole()[:-20], "is damaged"),
        (whole()[:40] + b"\0" * 40 + whole()[80:], "is damaged"),
        (b"PAR1", "is damaged"),
    ],
)
def test_damaged_files_are_a_problem(tmp_path, data, message):
    path = tmp_path / "own.parquet"
    path.write_bytes(data)

    with pytest.raises(DataError, match=message):
        load(str(path))


def test_columns_that_are_not_there_and_fields_that_do_not_exist(tmp_path):
    with pytest.raises(
        DataError, match="there is no column 'context' or 'context_file' — did you mean 'kontext'"
    ):
        load(write(tmp_path, [{"question": "Q?", "kontext": "C", "answer": "C"}]))
    with pytest.raises(UsageError, match=r"columns\.qestion"):
        load(write(tmp_path), columns={"qestion": "x"})


def test_a_parquet_file_in_the_place_of_a_table_of_text_says_what_to_do(tmp_path):
    with pytest.raises(DataError, match="is Parquet, not text; use dataset=parquet"):
        jsonl.load(write(tmp_path))
