"""A mended alias: new figures and the changed verdicts, without asking any model."""

import json

import pytest

from tests.helpers import dateline, tree, write_suite

pytestmark = pytest.mark.medium

READER = "def answer(request):\n    assert not __import__('os').path.exists('asked'), 'asked again'\n    return 'Madam Harbour'\n"


@pytest.fixture
def place(tmp_path):
    write_suite(tmp_path / "suite", ("two-boats", "three-boats"))
    (tmp_path / "reader.py").write_text(READER)
    words = (
        "model=callable",
        "model.function=reader:answer",
        "allow_external_code=true",
        "dataset.path=suite",
    )
    done = dateline("run", *words, "name=mine", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    (tmp_path / "asked").touch()
    return tmp_path


def mend(place, old, new):
    file = place / "suite" / "two-boats.toml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def estimates(place):
    files = sorted(place.glob("results/runs/*/*/*/scores/*/metrics.json"), key=lambda p: p.stat().st_mtime_ns)
    return [json.loads(f.read_text())["metrics"]["correct"]["value"] for f in files]


def test_mended_alias_changes_the_figures_and_lists_the_verdict(place):
    mend(place, 'answer = "Ines Calloway"', 'answer = "Ines Calloway"\naliases = ["Madam Harbour"]')
    done = dateline("score", "runs=mine", cwd=place)
    assert done.returncode == 0, done.stderr
    assert "1 changed verdicts" in done.stdout
    assert "two-boats-q001" in done.stdout
    assert "correct 0.0 → 100.0" in done.stdout
    before, after = estimates(place)
    assert after - before == pytest.approx(1 / 6)
    assert dateline("verify", cwd=place).returncode == 0


def test_rescoring_unchanged_data_changes_nothing(place):
    before = tree(place / "results")
    done = dateline("score", "runs=*/*/*", cwd=place)
    assert "0 changed verdicts" in done.stdout
    assert tree(place / "results") == before


def test_changed_text_cannot_be_rescored(place):
    mend(place, "How many boats were late?", "How many of the boats were late?")
    done = dateline("score", "runs=mine", cwd=place)
    assert done.returncode == 7
    assert "two-boats-q002" in done.stderr
    assert "dateline run" in done.stderr


def test_a_running_run_scored_again_by_run_asks_nobody(place):
    mend(place, 'answer = "Ines Calloway"', 'answer = "Ines Calloway"\naliases = ["Madam Harbour"]')
    words = (
        "model=callable",
        "model.function=reader:answer",
        "allow_external_code=true",
        "dataset.path=suite",
    )
    done = dateline("run", *words, cwd=place)
    assert done.returncode == 0, done.stderr
    assert len(estimates(place)) == 2


def test_show_names_the_runs_and_what_they_answered(place):
    done = dateline("show", "item=two-boats-q001", "dataset.path=suite", cwd=place)
    assert "Madam Harbour" in done.stdout
    assert "Ines Calloway" in done.stdout
    assert "callable" in done.stdout


def test_show_prints_what_a_model_is_sent(place):
    done = dateline("show", "item=two-boats-q001", "dataset.path=suite", "send=true", cwd=place)
    text = done.stdout
    assert text.index("Harbour master") < text.index("Who closed the port?"), "article first, question last"
    assert "Ines Calloway" not in text.split("Question:")[1]
    assert "before any chat template" in done.stderr  # beside the text, which is the message and nothing else
    assert "chat template" not in text
    other = dateline(
        "show",
        "item=two-boats-q001",
        "dataset.path=suite",
        "prompt=cite_evidence",
        "prompt.system=Be brief.",
        cwd=place,
    ).stdout
    assert other.startswith("(system message)\nBe brief.\n(message)\n[1] Harbour master")
    assert other.rstrip().endswith("Question: Who closed the port?")


def test_runs_lists_status_headline_and_label(place):
    (row,) = json.loads(dateline("runs", "format=json", cwd=place).stdout)
    assert row["status"] == "sealed"
    assert row["names"] == ["mine"]
    assert 0 <= row["headline"] <= 1


def test_report_is_rendered_again_to_the_same_bytes(place):
    (old,) = place.glob("results/runs/*/*/*/scores/*/report.md")
    assert dateline("report", "runs=mine", "out=again", cwd=place).returncode == 0
    (new,) = place.glob("again/*/report.md")
    assert new.read_bytes() == old.read_bytes()


def test_a_run_keeps_the_threshold_it_was_scored_with(place):
    words = ("model=lexical", "dataset.path=suite", "extractor.null_threshold=-100", "name=strict")
    assert dateline("run", *words, cwd=place).returncode == 0
    done = dateline("score", "runs=strict", cwd=place)
    assert "0 changed verdicts" in done.stdout, done.stdout
    again = dateline("score", "runs=strict", "extractor.null_threshold=100", cwd=place)
    assert "0 changed verdicts" not in again.stdout


def test_a_glob_may_cross_folders(place):
    assert dateline("score", "runs=suite/*", cwd=place).returncode == 0
