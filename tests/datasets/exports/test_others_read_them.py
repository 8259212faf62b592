"""Exports in the hands of the tools that they are for."""

from __future__ import annotations

import functools
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from bench.answers import squad as official
from bench.build import build, read_config
from bench.datasets import dateline
from bench.datasets.exports._columns import columns
from bench.datasets.exports.base import About, Export
from bench.errors import DataError
from tests.datasets.exports.test_round_trips import ODD

suite = functools.cache(dateline.load)


@functools.cache
def exported(kind: str) -> Export:
    return build(read_config("to", kind), "to").export(suite(), dateline.about())


def write(folder: Path, kind: str) -> Path:
    for name, data in exported(kind).files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def questions() -> list[tuple[str, dict[str, Any]]]:
    """Every (context, qa) of the exported SQuAD file."""
    value = json.loads(exported("squad").files["squad.json"])
    return [(p["context"], qa) for entry in value["data"] for p in entry["paragraphs"] for qa in p["qas"]]


def test_the_official_squad_scorer_gives_the_exported_gold_everything():
    # evaluate-v2.0, bit for bit (tests/answers/test_squad.py): the first answer as prediction, "" where there is none
    found = questions()
    assert len(found) == len(suite().items)
    for _, qa in found:
        golds = [answer["text"] for answer in qa["answers"]] or [""]
        assert (official.exact(golds[0], golds), official.f1(golds[0], golds)) == (1.0, 1.0)
        assert qa["is_impossible"] is not bool(qa["answers"])


def test_em_and_f1_are_the_same_by_either_file():
    items = {item.id: item for item in suite().items}
    for _, qa in questions():
        golds = [answer["text"] for answer in qa["answers"]] or [""]
        assert list(dict.fromkeys(golds)) == list(dict.fromkeys(official.gold_texts(items[qa["id"]])))


def test_squad_answers_stand_where_they_say_or_say_that_they_stand_nowhere():
    nowhere = 0
    for context, qa in questions():
        for answer in [*qa["answers"], *qa.get("plausible_answers", ())]:
            start = answer["answer_start"]
            assert start == -1 or context.startswith(answer["text"], start)
        nowhere += bool(qa["answers"]) and all(a["answer_start"] == -1 for a in qa["answers"])
    assert exported("squad").notes == (
        f"{nowhere} items without an answer that is a quotation: answer_start is -1 there",
    )


def test_mrqa_spans_are_inclusive_in_characters_and_tokens():
    lines = [json.loads(line) for line in exported("mrqa").files["mrqa.jsonl"].splitlines()]
    assert lines[0]["header"]["dataset"] == "dateline"
    assert len({line["id"] for line in lines[1:]}) == len(lines) - 1  # one line per article
    for line in lines[1:]:
        tokens = line["context_tokens"]
        assert all(line["context"].startswith(word, at) for word, at in tokens)
        for qa in line["qas"]:
            assert qa["answers"]
            for found in qa["detected_answers"]:
                for (start, end), (first, last) in zip(
                    found["char_spans"], found["token_spans"], strict=True
                ):
                    assert line["context"][start : end + 1] == found["text"]
                    assert tokens[first][1] <= start < tokens[first][1] + len(tokens[first][0])
                    assert tokens[last][1] <= end < tokens[last][1] + len(tokens[last][0])
    n = len(suite().items)
    assert exported("mrqa").items + sum(int(note.split()[0]) for note in exported("mrqa").notes) == n


@pytest.mark.medium
def test_the_datasets_library_reads_the_folder_with_explicit_features(tmp_path, monkeypatch):
    import datasets

    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")

    found = datasets.load_dataset(str(write(tmp_path / "own", "hf")))

    assert {split: len(rows) for split, rows in found.items()} == {
        split: sum(i.split == split for i in suite().items) for split in ("dev", "test")
    }
    features = found["test"].features
    assert list(features) == list(columns())
    assert features["reject"] == datasets.List(datasets.Value("string"))
    assert features["evidence"] == datasets.List(datasets.List(datasets.Value("int64")))
    assert features["answers"].feature["spans"].feature["start"] == datasets.Value("int64")
    assert features["article"]["published"] == datasets.Value("string")  # an ISO date stays text
    items = {item.id: item for item in suite().items}
    articles = {article.id: article for article in suite().articles}
    for split in ("dev", "test"):
        for row in found[split]:
            item = items[row["id"]]
            assert (row["question"], row["context"], row["answerable"]) == (
                item.question,
                item.context,
                item.answerable,
            )
            assert [a["canonical"] for a in row["answers"]] == [g.canonical for g in item.gold]
            assert row["article"]["published"] == articles[item.article_id].published
    assert any(a.published for a in suite().articles)


def test_the_folders_card_is_the_suites_own_with_the_files_that_are_there(tmp_path):
    import yaml

    text = exported("hf").files["README.md"].decode()
    front = yaml.safe_load(text.split("---\n")[1])
    source = dateline.about().card
    assert source is not None
    assert (
        text.partition("---\n")[2].partition("---\n")[2] == source.partition("---\n")[2].partition("---\n")[2]
    )
    assert front["license"] == yaml.safe_load(source.split("---\n")[1])["license"]
    (config,) = front["configs"]
    assert {d["path"] for d in config["data_files"]} == exported("hf").files.keys() - {"README.md"}


@pytest.mark.parametrize(
    ("card", "lines"),
    [
        (None, ["# odd", "language:"]),
        ("# Mine\n", ["# Mine", "language:"]),
        ("---\nlicense: mit\nconfigs: []\n---\n# Mine\n", ["# Mine", "license: mit", "  - split: dev"]),
    ],
)
def test_any_card_gets_the_front_matter_of_the_exported_files(card, lines):
    import yaml

    made = build(read_config("to", "hf"), "to").export(ODD, About(card=card)).files["README.md"].decode()

    front = yaml.safe_load(made.split("---\n")[1])
    assert [d["split"] for d in front["configs"][0]["data_files"]] == ["dev", "test"]
    assert made.startswith("---\n")
    assert all(line in made for line in lines), made


def test_a_card_with_broken_front_matter_is_a_data_error():
    with pytest.raises(DataError, match=r"README\.md:1: its front matter is not YAML"):
        build(read_config("to", "hf"), "to").export(ODD, About(card="---\na: [\n---\n# Mine\n"))


@pytest.mark.medium
@pytest.mark.filterwarnings("ignore::Warning")  # of a library that is not ours
def test_croissant_is_valid_and_reads_every_record(tmp_path, caplog):
    import mlcroissant

    path = write(tmp_path / "own", "croissant")

    found = mlcroissant.Dataset(jsonld=str(path / "croissant.json"))

    assert not found.metadata.issues.errors
    records = list(found.records("test"))
    tests = [item for item in suite().items if item.split == "test"]
    assert [record["test/id"].decode() for record in records] == [item.id for item in tests]
    assert [record["test/question"].decode() for record in records] == [item.question for item in tests]
    assert [[word.decode() for word in record["test/reject"]] for record in records] == [
        list(i.reject) for i in tests
    ]
    assert [
        [a["test/answers/canonical"].decode() for a in r["test/answers"]]
        for r in records
        if r["test/answers"]
    ] == [[slot.canonical for slot in item.gold] for item in tests if item.gold]


def test_croissant_describes_the_very_files_and_columns_beside_it():
    files = exported("croissant").files
    value = json.loads(files["croissant.json"])
    assert (value["name"], value["version"], value["license"]) == ("dateline", suite().version, "cc-by-4.0")
    assert {d["contentUrl"]: d["sha256"] for d in value["distribution"]} == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name.endswith(".parquet")
    }
    for records in value["recordSet"]:
        assert [field["name"] for field in records["field"]] == list(columns())
