"""`dateline report format=…` as a newcomer types it."""

import pytest

from tests.helpers import ROOT, dateline, tree, write_suite

pytestmark = pytest.mark.medium


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    write_suite(folder / "suite", ("port-a", "port-b"))
    assert dateline("run", "-m", "model=lead,lexical", "dataset.path=suite", cwd=folder).returncode == 0
    return folder


def test_figures_are_written_side_by_side(place):
    done = dateline("report", "runs=[lead,lexical]", "format=svg,pdf", "out=figs", cwd=place)
    assert done.returncode == 0, done.stderr
    assert sorted(tree(place / "figs")) == ["diagnoses.pdf", "diagnoses.svg", "slices.pdf", "slices.svg"]
    assert "no risk figure" in done.stderr
    assert dateline("report", "runs=*", "format=svg", "figure=slices", "out=two", cwd=place).returncode == 0
    assert list(tree(place / "two")) == ["slices.svg"]


def test_the_table_of_answers_is_written_whole(place):
    import pyarrow.parquet

    words = ("report", "runs=*", "format=parquet", "out=table")
    assert dateline(*words, cwd=place).returncode == 0
    first = tree(place / "table")
    assert list(first) == ["results.parquet"]
    assert pyarrow.parquet.read_table(place / "table" / "results.parquet").num_rows == 12
    assert dateline(*words, cwd=place).returncode == 0
    assert tree(place / "table") == first


def test_runs_and_bundles_of_other_data_stand_in_one_table(place):
    other = str(ROOT / "results" / "published" / "lead")
    done = dateline("report", f"runs=[lead,{other}]", "format=parquet", "out=both", cwd=place)
    assert done.returncode == 0, done.stderr
    refused = dateline("report", f"runs=[lead,{other}]", "format=svg", "out=bad", cwd=place)
    assert refused.returncode == 7
    assert not (place / "bad").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("runs=lead", "format=svg"), "add out=FOLDER"),
        (("runs=lead", "format=png", "out=bad"), "known: parquet, pdf, svg"),
        (("runs=lead", "format=svg", "axes=skil", "out=bad"), "did you mean 'skill'"),
        (("runs=lead", "figure=risk", "out=bad"), "add format=svg"),
        (("runs=leed", "format=svg", "out=bad"), "did you mean 'lead'"),
    ],
)
def test_wrong_words_end_with_2_and_write_nothing(place, words, said):
    done = dateline("report", *words, cwd=place)
    assert done.returncode == 2
    assert said in done.stderr
    assert not (place / "bad").exists()
