"""Hugging Face data sets: local folders in every shape that the library writes, and the library's own traps."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from bench.api import load_dataset
from bench.build import catalogue, read_config
from bench.datasets import _hf_hub, mrqa, squad
from bench.datasets.hf import load
from bench.errors import DataError, UsageError
from tests.datasets.hub import serve
from tests.helpers import dateline

CONTEXT = "Berg met Olin in Oslo."
TABLE = [
    {"id": "a", "question": "Who met Olin?", "context": CONTEXT, "answer": "Berg"},
    {"id": "b", "question": "Where?", "context": CONTEXT, "answer": "Oslo"},
]
SQUAD: dict[str, Any] = {
    "data": [
        {
            "title": "Talks",
            "paragraphs": [
                {
                    "context": " Talks in Oslo.\n",
                    "qas": [
                        {"id": "q1", "question": " Where? ", "answers": [{"text": "in Oslo", "answer_start": 7}, {"text": "Oslo", "answer_start": 10}]},
                        {"id": "q2", "question": "When?", "answers": [], "is_impossible": True},
                    ],
                },
                {"context": "Olin left.", "qas": [{"id": "q3", "question": "Who?", "answers": [{"text": "Olin", "answer_start": 0}]}]},
            ],
        },
        {"title": "Other", "paragraphs": [{"context": "Nobody came.", "qas": [{"id": "q4", "question": "Who came?", "answers": [], "is_impossible": True}]}]},
    ]
}  # fmt: skip
MRQA_LINE = {
    "context": "Berg left. [PAR] Berg slept.",
    "context_tokens": [["Berg", 0]],
    "qas": [
        {
            "qid": "m1",
            "question": "Who left?",
            "question_tokens": [["Who", 0]],
            "answers": ["Berg"],
            "detected_answers": [
                {"text": "Berg", "char_spans": [[0, 3], [17, 20]], "token_spans": [[0, 0], [4, 4]]}
            ],
        }
    ],
}


def squad_rows() -> list[dict[str, Any]]:
    """SQuAD as the hub has it: a row per question, answers as a struct of lists."""
    return [
        {
            "id": qa["id"],
            "title": entry["title"],
            "context": paragraph["context"],
            "question": qa["question"],
            "answers": {key: [a[key] for a in qa["answers"]] for key in ("text", "answer_start")},
        }
        for entry in SQUAD["data"]
        for paragraph in entry["paragraphs"]
        for qa in paragraph["qas"]
    ]


def mrqa_rows() -> list[dict[str, Any]]:
    """MRQA as the hub has it: datasets/mrqa/mrqa.py of the datasets library, spans as structs."""
    (qa,) = MRQA_LINE["qas"]
    detected = [
        {
            "text": d["text"],
            "char_spans": [{"start": s, "end": e} for s, e in d["char_spans"]],
            "token_spans": [{"start": s, "end": e} for s, e in d["token_spans"]],
        }
        for d in qa["detected_answers"]
    ]
    row = {"subset": "NewsQA", "context": MRQA_LINE["context"], "qid": "m1", "question": qa["question"]}
    return [
        {**row, "detected_answers": detected, "answers": qa["answers"]},
        {**row, "subset": "SQuAD", "qid": "m2", "detected_answers": detected, "answers": ["Berg"]},
    ]


def dataset(rows: list[dict[str, Any]]) -> Any:
    import datasets

    return datasets.Dataset.from_list(rows)


def write_parquet(path: Path, rows: list[dict[str, Any]]) -> None:
    import pyarrow.parquet

    path.parent.mkdir(parents=True, exist_ok=True)
    pyarrow.parquet.write_table(dataset(rows).data.table, path)


def write_jsonl(path: Path, rows: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def parquet_shards(folder: Path) -> dict[str, Any]:
    write_parquet(folder / "data/validation-00000-of-00002.parquet", TABLE[:1])
    write_parquet(folder / "data/validation-00001-of-00002.parquet", TABLE[1:])
    write_parquet(folder / "data/train-00000-of-00001.parquet", [{**TABLE[0], "id": "t"}])
    (folder / "README.md").write_text("---\nlicense: mit\n---\n# Card\n", encoding="utf-8")
    return {"part": "validation"}


def config_folder(folder: Path) -> dict[str, Any]:
    write_parquet(folder / "plain_text/validation-00000-of-00001.parquet", TABLE)
    write_parquet(folder / "other/validation-00000-of-00001.parquet", TABLE[:1])
    return {"part": "validation", "config": "plain_text"}


def saved_dataset(folder: Path) -> dict[str, Any]:
    dataset(TABLE).save_to_disk(folder)
    (folder / "cache-1f.arrow").write_bytes(b"not data")
    return {}


def saved_dict(folder: Path) -> dict[str, Any]:
    import datasets

    datasets.DatasetDict({"train": dataset(TABLE[:1]), "validation": dataset(TABLE)}).save_to_disk(folder)
    return {"part": "validation"}


def json_lines(folder: Path) -> dict[str, Any]:
    write_jsonl(folder / "test.jsonl", TABLE)
    return {"part": "test"}


def csv_files(folder: Path) -> dict[str, Any]:
    folder.mkdir()
    lines = ["id;question;context;answer", *(";".join(row.values()) for row in TABLE)]
    (folder / "test.csv").write_text("\ufeff" + "\r\n".join(lines), encoding="utf-8", newline="")
    (folder / "train.csv").write_text("id,question,context,answer\n", encoding="utf-8")
    return {"part": "test"}


@pytest.mark.parametrize(
    "shape", [parquet_shards, config_folder, saved_dataset, saved_dict, json_lines, csv_files]
)
def test_every_shape_of_a_folder_gives_the_same_items(tmp_path, shape):
    options = shape(tmp_path / "own")

    data = load(str(tmp_path / "own"), **options)

    assert [(i.id, i.gold[0].canonical, i.context) for i in data.items] == [
        ("a", "Berg", CONTEXT), ("b", "Oslo", CONTEXT),
    ]  # fmt: skip
    assert (data.name, len(data.version)) == ("own", 12)


def test_all_parts_together_are_read_only_when_asked_for(tmp_path):
    parquet_shards(tmp_path / "own")

    with pytest.raises(UsageError, match=r"has the parts train, validation; choose with dataset\.part="):
        load(str(tmp_path / "own"))
    assert [i.id for i in load(str(tmp_path / "own"), part="all").items] == ["t", "a", "b"]
    with pytest.raises(UsageError, match="did you mean 'validation'"):
        load(str(tmp_path / "own"), part="validaton")


def test_a_single_file_is_the_part_that_is_asked_for(tmp_path):
    write_parquet(tmp_path / "mine.parquet", squad_rows())

    assert len(load_dataset("hf_squad_v2", {"path": str(tmp_path / "mine.parquet")}).items) == 4


def test_the_folder_that_one_stands_in_gives_its_name(tmp_path, monkeypatch):
    write_jsonl(tmp_path / "wire/test.jsonl", TABLE)
    monkeypatch.chdir(tmp_path / "wire")

    assert load(".").name == "wire"


def test_squad_rows_are_read_as_the_squad_file_is(tmp_path):
    write_parquet(tmp_path / "own/validation.parquet", squad_rows())
    (tmp_path / "squad.json").write_text(json.dumps(SQUAD), encoding="utf-8")

    data = load_dataset("hf_squad_v2", {"path": str(tmp_path / "own")})

    expected = squad.load(str(tmp_path / "squad.json"))
    assert data.items == expected.items
    assert data.articles == expected.articles
    assert data.name == "squad_v2"


@pytest.mark.parametrize("as_lists", [False, True])
def test_mrqa_rows_are_read_as_the_mrqa_file_is(tmp_path, as_lists):
    rows = mrqa_rows()
    if as_lists:  # a Sequence of structs is a struct of lists, in older releases of the library
        for row in rows:
            (one,) = row["detected_answers"]
            spans = {key: [s[key] for s in one["char_spans"]] for key in ("start", "end")}
            row["detected_answers"] = {"text": [one["text"]], "char_spans": [spans]}
    write_parquet(tmp_path / "own/validation-00000-of-00001.parquet", rows)
    write_jsonl(tmp_path / "wire.jsonl", [MRQA_LINE])

    data = load_dataset("hf_newsqa", {"path": str(tmp_path / "own")})

    assert data.items == mrqa.load(str(tmp_path / "wire.jsonl")).items
    assert len(data.items[0].gold[0].spans) == 2


def test_an_mrqa_row_without_an_answer_is_a_problem(tmp_path):
    rows = [{**mrqa_rows()[0], "answers": [], "detected_answers": []}]
    write_jsonl(tmp_path / "own.jsonl", rows)

    with pytest.raises(DataError, match=r"own\.jsonl:1: item m1: row\.answers: holds no answer"):
        load_dataset("hf_newsqa", {"path": str(tmp_path / "own.jsonl")})


def test_faults_of_squad_rows_are_said_by_row(tmp_path):
    rows = squad_rows()
    rows[0]["answers"] = {"text": ["in Oslo", "Oslo"], "answer_start": [8, 10]}
    rows[1]["id"] = "q1"
    rows[2]["question"] = " "
    rows[3]["context"] = None
    write_jsonl(tmp_path / "own.jsonl", rows)

    with pytest.raises(DataError) as caught:
        load(str(tmp_path / "own.jsonl"), form="squad")

    assert [(p.line, p.item, p.field) for p in caught.value.problems] == [
        (1, "q1", "row.answers[0].answer_start"),
        (2, "q1", "row.id"),
        (3, "q3", "row.question"),
        (4, "q4", "row.context"),
    ]
    assert "it stands at 7" in str(caught.value)


@pytest.mark.parametrize(
    ("rows", "options", "message"),
    [
        (squad_rows(), {}, "its answers have SQuAD's form; add dataset.form=squad"),
        (TABLE, {"form": "squd"}, "did you mean 'squad'"),
        (TABLE, {"only": "id=z"}, "only=id=z: no row of .* has that — known: a, b"),
        (TABLE, {"only": "subset=z"}, "only=subset=z: .* has no such column"),
        (TABLE, {"only": "subset"}, "only=subset: write column=value"),
        (TABLE, {"revision": "main"}, "belongs to a data set on the hub"),
        (TABLE, {"config": "x"}, "config=x: there is no folder"),
        (TABLE, {"columns": {"qestion": "x"}}, r"columns\.qestion"),
    ],
)
def test_options_that_do_not_fit_are_a_usage_error(tmp_path, rows, options, message):
    write_jsonl(tmp_path / "own/test.jsonl", rows)

    with pytest.raises(UsageError, match=message):
        load(str(tmp_path / "own"), **options)


def test_data_that_are_not_there_or_damaged(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match="holds no data files; name a folder with"):
        load(str(tmp_path / "empty"))
    with pytest.raises(DataError, match="there is no such file or folder"):
        load("./gone/folder")
    write_parquet(tmp_path / "own/test-00000-of-00002.parquet", TABLE)
    (tmp_path / "own/test-00001-of-00002.parquet").write_bytes(b"PAR1 no more")
    with pytest.raises(DataError, match=r"test-00001-of-00002\.parquet: is damaged"):
        load(str(tmp_path / "own"))
    write_jsonl(tmp_path / "columns/test.jsonl", [{"id": "a", "text": "x"}])
    with pytest.raises(
        DataError, match=r"there is no column 'context'; it has 'id', 'text'; set dataset\.columns"
    ):
        load(str(tmp_path / "columns"), form="squad")


# the traps of the datasets library


def test_an_edit_is_seen_although_the_file_kept_its_time_and_size(tmp_path):
    path = tmp_path / "own/test.jsonl"
    write_jsonl(path, TABLE)
    (tmp_path / "own/README.md").write_text(
        "---\nconfigs:\n- config_name: default\n  data_files:\n  - split: test\n    path: test.jsonl\n---\n",
        encoding="utf-8",
    )
    before, state = load(str(tmp_path / "own")), path.stat()
    path.write_text(
        path.read_text(encoding="utf-8").replace('"answer": "Berg"', '"answer": "Olin"'), encoding="utf-8"
    )
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))

    after = load(str(tmp_path / "own"))

    assert (before.items[0].gold[0].canonical, after.items[0].gold[0].canonical) == ("Berg", "Olin")
    assert before.version != after.version


@pytest.mark.parametrize("kind", ["jsonl", "parquet"])
def test_iso_dates_stay_text(tmp_path, kind):
    rows = [
        {"id": "a", "question": "When?", "context": "On 2025-06-02 and 2025-06-02T10:00:00.", "answer": day}
        for day in ("2025-06-02",)
    ]
    (write_jsonl if kind == "jsonl" else write_parquet)(tmp_path / f"own/test.{kind}", rows)

    assert load(str(tmp_path / "own")).items[0].gold[0].canonical == "2025-06-02"


# the hub


def test_the_rows_that_the_library_loads_are_those_of_the_files(tmp_path, monkeypatch):
    import datasets

    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    write_parquet(tmp_path / "own/data/validation-00000-of-00001.parquet", squad_rows())
    write_parquet(tmp_path / "own/data/train-00000-of-00001.parquet", squad_rows()[:1])

    found = _hf_hub.read_hub(str(tmp_path / "own"), None, "validation", None, {"id", "question", "answers"})

    assert found.columns == ("id", "question", "answers")
    assert found.rows == [{k: r[k] for k in found.columns} for r in squad_rows()]
    assert found.content
    with pytest.raises(UsageError, match="has the parts train, validation"):
        _hf_hub.read_hub(str(tmp_path / "own"), None, None, None, None)
    with pytest.raises(UsageError, match="did you mean 'validation'"):
        _hf_hub.read_hub(str(tmp_path / "own"), None, "validate", None, None)


# Told that there is no network, or finding that nobody listens where the hub should be.
NO_NETWORK = ({"HF_HUB_OFFLINE": "1"}, {"HF_ENDPOINT": "http://127.0.0.1:1"})


@pytest.mark.medium
@pytest.mark.parametrize("away", NO_NETWORK)
def test_without_a_network_the_hub_is_a_clear_message_and_exit_code_2(tmp_path, away):
    env = {**away, "HF_HOME": str(tmp_path / "hf")}

    done = dateline("run", "dataset=hf_squad", "model=lead", cwd=tmp_path, env=env)

    assert done.returncode == 2, done.stderr
    assert "rajpurkar/squad: no such folder here, and the hub cannot be reached" in done.stderr
    assert "name a folder that holds its files" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Retrying" not in done.stderr
    assert not (tmp_path / "results").exists()


@pytest.mark.medium
@pytest.mark.parametrize("away", NO_NETWORK)
def test_a_hub_data_set_is_run_by_name_and_again_from_the_cache_without_a_network(tmp_path, away):
    write_parquet(tmp_path / "repo/data/validation-00000-of-00001.parquet", squad_rows())
    write_parquet(tmp_path / "repo/data/train-00000-of-00001.parquet", squad_rows()[:1])
    env = {"HF_HOME": str(tmp_path / "hf")}
    words = ("run", "dataset=hf_squad_v2", "model=lead")

    with serve("rajpurkar/squad_v2", tmp_path / "repo") as (address, asked):
        first = dateline(*words, cwd=tmp_path, env={**env, "HF_ENDPOINT": address})
    again = dateline(*words, cwd=tmp_path, env={**env, **away})

    assert first.returncode == again.returncode == 0, first.stderr + again.stderr
    assert any(path.endswith("validation-00000-of-00001.parquet") for path in asked)
    assert "sealed before; nobody was asked again" in again.stderr
    (items,) = (tmp_path / "results/datasets").rglob("items.jsonl")
    (tmp_path / "squad.json").write_text(json.dumps(SQUAD), encoding="utf-8")
    expected = squad.load(str(tmp_path / "squad.json")).items
    assert [json.loads(line)["id"] for line in items.read_text().splitlines()] == [i.id for i in expected]


@pytest.mark.medium
def test_a_name_that_the_hub_does_not_have_is_a_clear_message(tmp_path):
    with serve("rajpurkar/squad_v2", tmp_path) as (address, _):
        env = {"HF_HOME": str(tmp_path / "hf"), "HF_ENDPOINT": address}
        done = dateline("run", "dataset=hf", "dataset.path=rajpurkar/squat", cwd=tmp_path, env=env)

    assert done.returncode == 2, done.stderr
    assert "rajpurkar/squat" in done.stderr
    assert "neither is there a folder of that name" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_ready_configs_name_their_data_sets():
    paths = {
        name: read_config("dataset", name)["path"] for name in catalogue("dataset") if name.startswith("hf_")
    }

    assert paths == {
        "hf_newsqa": "mrqa-workshop/mrqa",
        "hf_squad": "rajpurkar/squad",
        "hf_squad_v2": "rajpurkar/squad_v2",
    }
