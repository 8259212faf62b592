"""Replaying a predictions file."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import pytest

from bench.errors import DataError, UsageError
from bench.models.recorded import Recorded
from bench.records import Key, Prediction, Request


def request(item: str, variant: str = "none", replicate: int = 0) -> Request:
    return Request(key=Key(item, variant, replicate), article_id="a", context="c", question=item)


def reader(tmp_path: Path, content: str | bytes, name: str = "p.jsonl") -> Recorded:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    return Recorded(path=str(path))


def given(model: Recorded, *items: str) -> list[Prediction]:
    return list(model.predict([request(item) for item in items]))


FORMATS = [
    ("p.jsonl", '{"id": "q1", "text": "52"}\n{"item_id": "q2", "prediction": null}\n'),
    (
        "p.jsonl",
        '{"id": "q1", "answer": "52"}\r\n\r\n{"id": "q2", "text": ""}',
    ),  # CRLF, blank line, no last newline
    ("p.txt", '{"id": "q1", "text": "52"}\n{"id": "q2", "text": null}\n'),
    ("p.json", '{"q1": "52", "q2": null}'),
    ("p.json", '[{"id": "q1", "text": "52"}, {"id": "q2", "text": null}]'),
    ("p.csv", "id,prediction\nq1,52\nq2,\n"),
    ("p.csv", "\ufeffid;answer\r\nq1;52\r\nq2;\r\n"),  # as Excel writes it
    ("p.csv", 'ID, Text \nq1,"52"\nq2,""\n'),
    ("p.tsv", "item_id\ttext\nq1\t52\nq2\t\n"),
]


@pytest.mark.parametrize(("name", "content"), FORMATS)
def test_formats(name: str, content: str, tmp_path: Path) -> None:
    predictions = given(reader(tmp_path, content, name), "q1", "q2")
    assert [(p.text, p.status) for p in predictions] == [("52", "ok"), ("", "ok")]


def test_a_missing_id_is_a_failure_and_an_extra_one_is_listed(tmp_path: Path) -> None:
    model = reader(tmp_path, '{"q1": "a", "q9": "b", "q7": "c"}', "p.json")
    found, missing = given(model, "q1", "q2")
    assert (found.status, missing.status, missing.text) == ("ok", "failed", "")
    assert missing.error is not None
    assert missing.error.type == "missing"
    assert "q2" in missing.error.message
    assert model.extra_ids([request("q1"), request("q2")]) == ("q9", "q7")


def test_scores_pass_through(tmp_path: Path) -> None:
    rows = '{"id": "q1", "text": "a", "confidence": 0.25, "null_score": -3}\n{"id": "q2", "text": "b"}\n'
    first, second = given(reader(tmp_path, rows), "q1", "q2")
    assert (first.confidence, first.null_score) == (0.25, -3.0)
    assert (second.confidence, second.null_score) == (None, None)
    table = reader(tmp_path, "id,text,confidence,null_score\nq1,a,0.25,-3\nq2,b,,\n", "p.csv")
    assert given(table, "q1", "q2") == [first, second]


def test_rows_for_one_variant_serve_only_that_one(tmp_path: Path) -> None:
    model = reader(
        tmp_path, '{"id": "q1", "text": "any"}\n{"id": "q1", "text": "v", "variant": "shuffle@:0"}\n'
    )
    asked = [request("q1"), request("q1", "shuffle@:0", 2), request("q1", "other@:0")]
    assert [p.text for p in model.predict(asked)] == ["any", "v", "any"]


def test_a_variant_that_is_not_asked_is_told(tmp_path: Path) -> None:
    rows = [{"id": "q1", "text": "a"}, {"id": "q1", "text": "v", "variant": "shuffle@:0"}]
    model = reader(tmp_path, "\n".join(map(json.dumps, rows)))
    (remark,) = model.remarks([request("q1")])
    assert remark.endswith("1 answer belongs to an item of which another variant is asked: q1 shuffle@:0")
    assert model.remarks([request("q1"), request("q1", "shuffle@:0")]) == ()


@pytest.mark.parametrize(
    "text", ["a\u2028b", "\ud800", "x\x00y", "=1+1", " two\n\nlines ", "x" * 300_000, "é", '"q"']
)
def test_texts_arrive_untouched(text: str, tmp_path: Path) -> None:
    assert given(reader(tmp_path, json.dumps({"id": "q1", "text": text})), "q1")[0].text == text
    if "\ud800" not in text:  # a table has no escapes
        with (tmp_path / "p.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["id", "text"], ["q1", text]])
        limit = csv.field_size_limit()
        assert given(Recorded(path=str(tmp_path / "p.csv")), "q1")[0].text == text
        assert csv.field_size_limit() == limit


BAD = [
    ("p.jsonl", '{"id": "q1", "text": "a"}\n{"id": \n', 2, "not valid JSON"),
    ("p.jsonl", '["q1", "a"]\n', 1, "not a JSON object"),
    ("p.jsonl", '{"text": "a"}\n', 1, "id: missing, empty"),
    ("p.jsonl", '{"id": 7, "text": "a"}\n', 1, "id: missing, empty or not a string"),
    ("p.jsonl", '{"id": "q1"}\n', 1, "text: missing"),
    ("p.jsonl", '{"id": "q1", "text": 52}\n', 1, "must be a string or null"),
    ("p.jsonl", '{"id": "q1", "text": "a", "text": "b"}\n', 1, "stands twice"),
    ("p.jsonl", '{"id": "q1", "text": "a"}\n{"id": "q1", "text": "b"}\n', 2, "given twice"),
    ("p.jsonl", '{"id": "q1", "text": "a", "confidence": NaN}\n', 1, "must be a finite number"),
    ("p.jsonl", '{"id": "q1", "text": "a", "confidence": 85}\n', 1, "between 0 and 1"),
    ("p.jsonl", '{"id": "q1", "text": "a", "confidence": true}\n', 1, "must be a finite number"),
    ("p.jsonl", '\ufeff{"id": "q1", "text": "a"}\n', 1, "byte-order mark"),
    ("p.jsonl", "", None, "holds no predictions"),
    ("p.jsonl", "[" * 100_000, 1, "JSON"),
    ("p.jsonl", b'{"id": "q1", "text": "a"}\n{"id": "q2", "text": "\xe9"}\n', 2, "not UTF-8 at byte"),
    ("p.jsonl", "{}".encode("utf-16"), 1, "not UTF-8"),
    ("p.json", '{"q1": "a",\n "q1": "b"}', 2, "given twice"),
    ("p.json", '{"q1": "a", "q2": 3}', None, "must be a string or null"),
    ("p.json", '{"q1": "a"}\n{"q2": "b"}', 2, "Extra data"),
    ("p.json", '"q1"', 1, "not an object"),
    ("p.csv", "name,text\nq1,a\n", 1, "lacks a needed column"),
    ("p.csv", "id,text\nq1,a\nq2,b,c\n", 3, "has 3 cells"),
    ("p.csv", 'id,text\nq1,"a\nb"\nq2,"c\n', 4, "not valid CSV"),
    ("p.csv", 'id,text\nq1,"a\nb"\n,c\n', 4, "id: missing"),
]


@pytest.mark.parametrize(("name", "content", "line", "message"), BAD)
def test_bad_files_name_line_fault_and_fix(
    name: str, content: str | bytes, line: int | None, message: str, tmp_path: Path
) -> None:
    with pytest.raises(DataError) as caught:
        given(reader(tmp_path, content, name), "q1")
    problem = caught.value.problems[0]
    assert problem.where.endswith(name)
    assert problem.line == line
    assert message in str(problem)
    assert problem.fix


def test_all_problems_are_told_at_once_in_file_order(tmp_path: Path) -> None:
    content = (
        '{"id": "q1", "text": 1}\nnot json\n{"text": "a", "confidence": 9}\n{"id": "q2", "text": "fine"}\n'
    )
    with pytest.raises(DataError) as caught:
        given(reader(tmp_path, content), "q2")
    assert [problem.line for problem in caught.value.problems] == [1, 2, 3, 3]


def test_the_file_is_read_when_predict_starts(tmp_path: Path) -> None:
    model = Recorded(path=str(tmp_path / "later.jsonl"))
    with pytest.raises(UsageError, match=r"later\.jsonl"):
        given(model, "q1")
    with pytest.raises(UsageError, match=r"later\.jsonl"):
        model.identity()
    (tmp_path / "later.jsonl").write_text('{"id": "q1", "text": "a"}')
    assert given(model, "q1")[0].text == "a"


def test_identity_is_the_bytes_not_the_place(tmp_path: Path) -> None:
    content = '{"id": "q1", "text": "a"}\n'
    first, moved = reader(tmp_path, content), reader(tmp_path, content, "moved.jsonl")
    assert first.identity() == moved.identity()
    assert first.fingerprint() == {"file_sha256": hashlib.sha256(content.encode()).hexdigest()}
    assert reader(tmp_path, content + "\n").identity() != moved.identity()
