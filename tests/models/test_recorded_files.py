"""One pass over a predictions file: rows, the digest of the bytes read, and problems that are counted."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest

from bench.errors import DataError
from bench.models._recorded_files import MOST_PROBLEMS, PredictionsFile
from bench.models._recorded_rows import Row
from bench.models.recorded import Recorded
from bench.records import Failure, Key, Prediction, Request, SpanScore
from bench.store import codec


def opened(folder: Path, content: str | bytes, name: str = "p.jsonl") -> PredictionsFile:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return PredictionsFile(path)


def rows(file: PredictionsFile) -> list[Row]:
    return [row for _, row in file.rows()]


def test_a_sealed_prediction_keeps_all_that_bears_on_its_score(tmp_path: Path) -> None:
    spans = (SpanScore(text="x", score=2.5, start=1, end=2), SpanScore(text="y", score=-1.0))
    sealed = Prediction(
        key=Key("q1", "v@1", 3), request_digest="d", spans=spans, null_score=1.0, confidence=0.5, finish_reason="length"
    )  # fmt: skip
    failed = Prediction(
        key=Key("q2"), request_digest="d", status="failed", error=Failure(type="deadline", message="m")
    )
    lines = b"".join(codec.line(codec.prediction_row(p)) for p in (sealed, failed))
    first, second = rows(opened(tmp_path, lines))
    assert first == Row("q1", "v@1", "", 0.5, 1.0, 3, "length", (SpanScore(text="x", score=2.5), spans[1]))
    assert second == Row("q2", "none", "", error=Failure(type="deadline", message="m"))


def test_a_failed_answer_is_none_for_a_reader_that_replays(tmp_path: Path) -> None:
    (tmp_path / "p.jsonl").write_text('{"id": "q1", "status": "failed", "error": "timeout"}\n')
    asked = Request(key=Key("q1"), article_id="a", context="c", question="q")
    (given,) = Recorded(path=str(tmp_path / "p.jsonl")).predict([asked])
    assert given.status == "failed"


@pytest.mark.parametrize("name", ["p.json", "p.json.gz", "p.jsonl", "p.csv", "p.csv.gz"])
def test_gzip_is_seen_by_its_bytes_and_hashed_as_it_lies(name: str, tmp_path: Path) -> None:
    plain = {
        "json": '{"q1": "52"}',
        "jsonl": '{"id": "q1", "text": "52"}\n',
        "csv": "id,text\nq1,52\n",
    }[name.split(".")[1]]
    packed = gzip.compress(plain.encode())
    file = opened(tmp_path, packed, name)
    assert rows(file) == [Row("q1", None, "52")]
    assert file.sha256 == hashlib.sha256(packed).hexdigest()
    assert file.position == file.size == len(packed)


def test_a_cut_gzip_file_is_damaged(tmp_path: Path) -> None:
    file = opened(tmp_path, gzip.compress(b'{"id": "q1", "text": "52"}\n' * 100)[:-9])
    rows(file)
    with pytest.raises(DataError, match="damaged gzip file"):
        file.finish()


def test_the_digest_covers_what_stands_behind_a_fatal_fault(tmp_path: Path) -> None:
    content = b'id,text\nq1,"a' + b"b" * 200_000
    file = opened(tmp_path, content, "p.csv")
    rows(file)
    assert file.faults == 1
    assert file.sha256 == hashlib.sha256(content).hexdigest()


def test_problems_beyond_the_first_are_counted(tmp_path: Path) -> None:
    file = opened(tmp_path, '{"id": "q1"}\n' * 200)
    assert rows(file) == []
    assert (len(file.problems), file.faults) == (MOST_PROBLEMS, 200)
    with pytest.raises(DataError) as caught:
        file.finish()
    assert len(caught.value.problems) == MOST_PROBLEMS + 1
    assert "150 more problems" in str(caught.value.problems[-1])


REPLICATES = [(0, 0), (9_999, 9_999), ("12", 12), (None, 0), (10_000, None), (-1, None), (1.0, None), (True, None), ("x", None), ("²", None)]  # fmt: skip


@pytest.mark.parametrize(("given", "read"), REPLICATES)
@pytest.mark.parametrize("more", [{}, {"confidence": 0.5}])
def test_replicates_are_small_whole_numbers(
    given: object, read: int | None, more: dict[str, float], tmp_path: Path
) -> None:
    file = opened(tmp_path, json.dumps({"id": "q1", "text": "a", "replicate": given, **more}))
    assert [row.replicate for row in rows(file)] == ([] if read is None else [read])
    assert file.faults == (read is None)


@pytest.mark.parametrize("status", [None, "ok"])
@pytest.mark.parametrize("variant", [None, "none", "shuffle@:0", "cut@n=1:0"])
def test_a_known_status_and_variant_are_read(status: object, variant: object, tmp_path: Path) -> None:
    file = opened(tmp_path, json.dumps({"id": "q1", "text": "a", "status": status, "variant": variant}))
    assert rows(file) == [Row("q1", variant, "a")]


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("status", "error", "must be ok or failed (value: 'error'); write failed where"),
        ("status", "FAILED", "must be ok or failed (value: 'FAILED')"),
        ("status", 200, "must be ok or failed (value: '200')"),
        ("status", ["ok"], "must be ok or failed"),
        (
            "variant",
            "paraphrase",
            "must be none, or generator@parameters:seed (value: 'paraphrase'); write it as",
        ),
        ("variant", "", "must be none, or generator@parameters:seed"),
        ("variant", 1, "must be none, or generator@parameters:seed (value: '1')"),
    ],
)
def test_another_status_or_variant_is_refused(field: str, value: object, told: str, tmp_path: Path) -> None:
    good = {"id": "q1", "text": "a"}
    file = opened(tmp_path, json.dumps(good) + "\n" + json.dumps({**good, "id": "q2", field: value}))
    assert [row.item_id for row in rows(file)] == ["q1"]
    with pytest.raises(DataError) as error:
        file.finish()
    assert f"{file.path}:2: item q2: {field}: {told}" in str(error.value)


def test_a_table_may_leave_them_empty(tmp_path: Path) -> None:
    file = opened(tmp_path, "id,text,status,variant\nq1,a,,\nq2,,failed,\nq3,b,done,\n", "p.csv")
    assert [(row.item_id, row.variant, row.error is None) for row in rows(file)] == [
        ("q1", None, True),
        ("q2", None, False),
    ]
    assert file.problems[0].line == 4


BAD_SPANS = [[{"text": "a"}], [{"text": 1, "score": 1}], ["a"], 7, [{"text": "a", "score": "1"}]]


@pytest.mark.parametrize("spans", BAD_SPANS)
def test_spans_of_another_form_are_a_problem(spans: object, tmp_path: Path) -> None:
    file = opened(tmp_path, json.dumps({"item": "q1", "request_digest": "d", "spans": spans}))
    assert rows(file) == []
    with pytest.raises(DataError, match="spans: is not a list of spans"):
        file.finish()


def test_a_line_is_a_line_only_at_lf(tmp_path: Path) -> None:
    file = opened(tmp_path, '{"id": "q1", "text": "a\u2028b"}\n  \r\n{"id": "q2", "text": "c"} x\n')
    assert [(line, row.text) for line, row in file.rows()] == [(1, "a\u2028b")]
    assert file.problems[0].line == 3
