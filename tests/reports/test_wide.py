"""results.parquet: a row per answer with the same types whatever the runs, loaded by `datasets` and pyarrow."""

import dataclasses
import io
import re

import pyarrow
import pyarrow.parquet
import pytest

from bench.commands._report_files import Wanted, report_files
from bench.records import Failure, Key, Prediction
from bench.reports.wide import COLUMNS, to_parquet
from tests.helpers import ROOT
from tests.reports.board_views import dataset, fair, good, silent, view


def table(views):
    return pyarrow.parquet.read_table(io.BytesIO(to_parquet(views)))


def with_prediction(made, item_id, **changes):
    key = Key(item_id)
    new = dataclasses.replace(made.predictions[key], **changes)
    return dataclasses.replace(made, predictions={**made.predictions, key: new})


def test_there_is_a_row_per_answer_in_plan_order_with_its_values():
    views = [view("good", good), view("fair", fair, failed=2)]
    rows = table(views).to_pylist()
    assert [(r["model"], r["item"], r["replicate"]) for r in rows] == [
        (v.manifest["model"]["name"], s.key.item_id, s.key.replicate) for v in views for s in v.scores
    ]
    expected = [{f"score_{k}": x for k, x in s.values.items()} for v in views for s in v.scores]
    assert [{k: r[k] for k in e} for r, e in zip(rows, expected, strict=True)] == expected
    assert [r["diagnosis"] for r in rows] == [s.diagnosis for v in views for s in v.scores]
    assert [r["outcome"] for r in rows[36:40]] == ["failed", "failed", "abstained", "answered"]
    assert rows[2]["outcome"] == "abstained"
    assert rows[2]["expected"] is None
    assert rows[0]["expected"] == "Berg"
    assert {r["run"] for r in rows} == {v.manifest["run_id"] for v in views}
    assert rows[0]["scored"] == views[0].signature["line"]


def test_types_do_not_depend_on_what_the_runs_hold():
    empty = dataclasses.replace(view("none", good), scores=())
    one, other = table([view("good", good)]).schema, table([view("silent", silent)]).schema
    assert one == other
    assert table([empty]).schema == one
    assert one.names == [*COLUMNS, "score_correct", "score_em", "score_f1"]
    assert table([empty]).num_rows == 0
    assert one.field("skills").type == pyarrow.list_(pyarrow.string())
    assert one.field("score_correct").type == pyarrow.float64()


def test_what_a_model_said_comes_back_and_what_utf8_cannot_hold_is_escaped():
    made = view("said", fair)
    said = "=HYPERLINK(1)\x00\u202e</script>\n\ud800 中"
    made = with_prediction(made, "a00-who", text=said, confidence=None, tokens_in=7)
    made = with_prediction(made, "a00-how", error=Failure(type="Down", message="no\udfff"), status="failed")
    first, second = table([made]).to_pylist()[:2]
    assert first["raw"] == said.replace("\ud800", "\\ud800")
    assert first["tokens_in"] == 7
    assert second["error"] == "Down: no\\udfff"


def test_a_bundle_or_file_without_a_prediction_keeps_its_row():
    made = dataclasses.replace(view("scores", fair), predictions=dict[Key, Prediction]())
    rows = table([made]).to_pylist()
    assert len(rows) == 36
    assert {r["raw"] for r in rows} == {None}


def test_runs_on_other_data_stand_in_one_table():
    wanted = Wanted.of("parquet", "slices", "skill")
    (found,) = report_files([view("a", good), view("b", good, dataset(11))], wanted)[0].values()
    assert pyarrow.parquet.read_table(io.BytesIO(found)).num_rows == 36 + 33


def test_the_same_runs_give_the_same_bytes():
    assert to_parquet([view("fair", fair)]) == to_parquet([view("fair", fair)])


def test_every_column_is_documented():
    page = (ROOT / "docs" / "figures.md").read_text("utf-8").partition("## Every answer")[2]
    cells = " ".join(re.findall(r"^\| (`[^|]*) \|", page, re.MULTILINE))
    assert re.findall(r"`(\w+)`", cells) == [*COLUMNS]


@pytest.mark.medium
def test_datasets_loads_it(tmp_path):
    from datasets import load_dataset

    (tmp_path / "results.parquet").write_bytes(to_parquet([view("good", good), view("fair", fair)]))
    rows = load_dataset(
        "parquet",
        data_files=str(tmp_path / "results.parquet"),
        split="train",
        cache_dir=str(tmp_path / "cache"),
    )
    assert rows.num_rows == 72
    assert rows.features["skills"].feature.dtype == "string"
    assert rows.features["score_em"].dtype == "float64"
    assert len(rows.filter(lambda row: row["score_correct"] < 1)) == sum(
        s.values["correct"] < 1 for s in view("fair", fair).scores
    )
