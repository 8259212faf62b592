"""The fitted readers are what `dateline fit` makes of the dev split, to the byte."""

import pytest

from tests.helpers import ROOT, dateline, write_suite

pytestmark = pytest.mark.medium


@pytest.mark.parametrize("model", ["question_only", "lexical"])
def test_shipped_parameters_are_rebuilt_by_the_command(tmp_path, model):
    done = dateline("fit", f"model={model}", "out=again.json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "again.json").read_bytes() == (ROOT / "data" / "fitted" / f"{model}.json").read_bytes()


def test_bad_predictions_file_ends_the_run_with_3(tmp_path):
    write_suite(tmp_path / "suite")
    (tmp_path / "answers.json").write_text('{"two-boats-q001": 3')
    words = ("run", "model=recorded", "model.path=answers.json", "dataset.path=suite")
    done = dateline(*words, cwd=tmp_path)
    assert done.returncode == 3, done.stderr
    assert "answers.json" in done.stderr


def test_missing_answers_are_failures_and_extra_ones_are_named(tmp_path):
    write_suite(tmp_path / "suite")
    (tmp_path / "answers.json").write_text('{"two-boats-q001": "Calloway", "nobody-asked": "x"}')
    done = dateline("run", "model=recorded", "model.path=answers.json", "dataset.path=suite", cwd=tmp_path)
    assert done.returncode == 4, done.stderr
    assert "2 of 3 items failed" in done.stderr
    assert "nobody-asked" in done.stderr
