"""`dateline export`: files and folders, refusals, and the way back through `dateline run`."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.__main__ import main
from bench.api import load_dataset
from bench.build import catalogue
from tests.helpers import dateline, tree, write_suite

Export = Callable[..., tuple[int, str]]

FOLDERS = {"hf", "croissant"}


@pytest.fixture
def export(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Export:
    """`dateline export …` in `home`, in this process: its exit code, and all that it says."""
    monkeypatch.chdir(home)
    monkeypatch.setenv("DATELINE_LEDGER", "")  # the command sets it; put back afterwards

    def call(*words: str) -> tuple[int, str]:
        code = main(["export", *words])
        said = capsys.readouterr()
        assert "Traceback" not in said.err, said.err
        return code, said.out + said.err

    return call


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write_suite(tmp_path / "suite", ("two-boats", "one-boat"))
    return tmp_path


@pytest.mark.parametrize("kind", catalogue("to"))
def test_every_format_is_written_and_read_again(home, export, kind):
    out = "made" if kind in FOLDERS else "made.gz" if kind in ("jsonl", "mrqa") else "made.x"

    code, text = export("dataset.path=suite", f"to={kind}", f"out=deep/{out}")

    assert code == 0, text
    assert f"{4 if kind == 'mrqa' else 6} of 6 items of suite 0.0.0 in deep/{out}" in text
    assert ("2 items left out: unanswerable" in text) is (kind == "mrqa")
    assert (home / "deep" / out).is_dir() is (kind in FOLDERS)
    back = load_dataset({"croissant": "hf"}.get(kind, kind), {"path": f"deep/{out}"})
    suite = load_dataset("dateline", {"path": "suite"})
    if kind != "mrqa":
        assert (back.name, back.version, back.articles, back.items) == (
            "suite",
            "0.0.0",
            suite.articles,
            suite.items,
        )
    assert len(back.items) == (4 if kind == "mrqa" else 6)


@pytest.mark.medium
def test_a_sweep_over_the_suite_and_an_export_gives_the_export_its_path(home, export):
    assert export("dataset.path=suite", "to=hf", "out=made")[0] == 0

    words = [
        "run",
        "-m",
        "model=lead,lexical",
        "dataset=dateline,hf",
        "dataset.path=made",
        "where=type=number",
        "limit=2",
    ]
    done = dateline(*words, cwd=home)

    assert done.returncode == 0, done.stderr
    assert sorted(p.name for p in (home / "results/runs").iterdir()) == ["dateline", "suite"]
    manifests = [json.loads(p.read_text()) for p in (home / "results/runs/suite").glob("*/*/manifest.json")]
    assert [m["counts"]["planned"] for m in manifests] == [2, 2]


def test_a_split_or_a_slice_is_written_alone(home, export):
    code, text = export("dataset.path=suite", "where=type=number", "out=numbers.jsonl")

    assert (code, "2 of 2 items" in text) == (0, True)
    rows = [json.loads(line) for line in (home / "numbers.jsonl").read_text().splitlines()]
    assert {row["answer_type"] for row in rows} == {"number"}
    assert export("dataset.path=suite", "split=dev", "out=dev.jsonl")[0] == 2
    assert not (home / "dev.jsonl").exists()


def test_the_same_export_again_changes_nothing_and_another_needs_a_word(home, export):
    words = ("dataset.path=suite", "out=made.jsonl")
    assert export(*words)[0] == 0
    before = tree(home)

    assert export(*words)[0] == 0
    code, text = export(*words, "where=type=number")
    assert (code, tree(home)) == (2, before)
    assert "exists and holds something else; add overwrite=true" in text
    assert export(*words, "where=type=number", "overwrite=true")[0] == 0
    assert len((home / "made.jsonl").read_text().splitlines()) == 2


def test_a_gzipped_export_is_the_plain_one_packed(home, export):
    assert export("dataset.path=suite", "to=squad", "out=a.json")[0] == 0
    assert export("dataset.path=suite", "to=squad", "out=a.json.gz")[0] == 0

    assert gzip.decompress((home / "a.json.gz").read_bytes()) == (home / "a.json").read_bytes()


def test_a_folder_is_replaced_only_when_it_is_an_export(home, export):
    words = ("dataset.path=suite", "to=hf", "out=made")
    assert export(*words)[0] == 0
    first = tree(home / "made")
    assert sorted(first) == ["README.md", "data/test.parquet", "dateline-export.json"]
    assert export(*words, "where=type=number")[0] == 0  # an export gives way to another
    assert tree(home / "made") != first

    (home / "made/notes.txt").write_text("mine")
    before = tree(home)
    for more in ((), ("overwrite=true",)):
        code, text = export(*words, *more)
        assert (code, tree(home)) == (2, before)
        assert "holds notes.txt, which dateline export did not write" in text
    (home / "made/notes.txt").unlink()

    (home / "made/README.md").write_text("# Mine\n")
    code, text = export(*words)
    assert (code, (home / "made/README.md").read_text()) == (2, "# Mine\n")
    assert "README.md was edited since; add overwrite=true" in text
    assert export(*words, "overwrite=true")[0] == 0
    assert tree(home / "made") == first


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["to=hf", "out=suite"], "no folder that dateline export wrote"),
        (["to=hf", "out=suite/two-boats.toml"], "is a file; this format is a folder"),
        (["to=hf", "out=link"], "is a link"),
        (["to=squad", "out=suite"], "is a folder; this format is one file"),
        (["to=sqad", "out=x"], "did you mean 'squad'"),
        (["to=squad"], "out is required"),
        (["out= "], "not a path"),
        (["out=x", "owerwrite=true"], "did you mean 'overwrite'"),
        (["out=x", "where=typ=number"], "did you mean 'type'"),
        (["out=x", "to._target_=bench.paths.find_data"], "relative|no export format"),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, list) else None,
)
def test_wrong_words_change_nothing(home, export, words, message):
    (home / "link").symlink_to("suite")
    before = tree(home)

    code, text = export("dataset.path=suite", *words)

    assert (code, tree(home)) == (2, before), text
    assert re.search(message, text), text


def test_bad_data_are_said_and_nothing_is_written(home, export):
    (home / "own.csv").write_text("question,context,answer\n,Berg left.,Berg\nWho?,Berg left.,\n")
    before = tree(home)

    code, text = export("dataset=csv", "dataset.path=own.csv", "out=made.jsonl")

    assert (code, tree(home)) == (3, before)
    assert "own.csv:2: question" in text
    assert "own.csv:3: answer" in text


def test_a_place_that_cannot_be_written_is_exit_code_9(home, export):
    (home / "made").write_text("a file")

    code, text = export("dataset.path=suite", "out=made/x.jsonl")

    assert code == 9, text
    assert "made" in text
    assert (home / "made").read_text() == "a file"
