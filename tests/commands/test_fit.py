"""The fitted readers are what `dateline fit` makes of the dev split, to the byte."""

import pytest

from tests.helpers import ROOT, dateline, write_suite

pytestmark = pytest.mark.medium


@pytest.mark.parametrize("model", ["question_only", "lexical"])
def test_shipped_parameters_are_rebuilt_by_the_command(tmp_path, model):
    done = dateline("fit", f"model={model}", "out=again.json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "again.json").read_bytes() == (ROOT / "data" / "fitted" / f"{model}.json").read_bytes()


def test_without_out_the_file_lands_here_and_what_ships_stays(tmp_path):
    shipped = ROOT / "data" / "fitted" / "lexical.json"
    before = (shipped.read_bytes(), shipped.stat().st_mtime_ns)
    write_suite(tmp_path / "suite")
    text = (tmp_path / "suite" / "two-boats.toml").read_text().replace('split = "test"', 'split = "dev"')
    (tmp_path / "suite" / "two-boats.toml").write_text(text)
    done = dateline("fit", "dataset.path=suite", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout == (
        "fitted: lexical-fitted.json; a run reads it by model=lexical model.fitted=lexical-fitted.json\n"
    )
    assert sorted(p.name for p in tmp_path.iterdir()) == ["lexical-fitted.json", "suite"]
    assert (shipped.read_bytes(), shipped.stat().st_mtime_ns) == before
    words = ("run", "model=lexical", "model.fitted=lexical-fitted.json", "dataset.path=suite", "split=dev")
    assert dateline(*words, cwd=tmp_path).returncode == 0
    missing = dateline("run", "model.fitted=none.json", "dataset.path=suite", "split=dev", cwd=tmp_path)
    assert missing.returncode == 2
    assert "no fitted parameters at none.json" in missing.stderr


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
