"""Labels given with name=…: shown wherever a run is named to a reader, and in nothing that is sealed."""

import json

import pytest

from bench.store.runs import RunDir
from tests.helpers import dateline, tree, write_suite

pytestmark = pytest.mark.medium


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("labels")
    write_suite(folder / "suite", tuple(f"port-{n}" for n in range(7)))
    for words in (["model=lead"], ["model=lexical", "name=monday"], ["model=lexical", "name=tuesday"]):
        assert dateline("run", *words, "dataset.path=suite", cwd=folder).returncode == 0
    return folder


def test_compare_names_both_sides_by_the_label_that_was_typed(place, tmp_path):
    done = dateline("compare", "a=lead", "b=monday", f"out={tmp_path}", cwd=place)
    head = done.stdout.strip().splitlines()[0]
    assert "(monday) (b) against lead " in head
    assert head.count("(") == 3  # lead has no label: as it was
    assert "lexical (monday) (b) beside lead (a)" in (tmp_path / "items.html").read_text()
    assert json.loads((tmp_path / "compare.json").read_text())["b"]["title"].endswith(" (monday)")


def test_a_run_that_is_named_otherwise_shows_its_latest_label(place):
    assert "(tuesday) (b) against" in dateline("compare", "a=lead", "b=lexical", cwd=place).stdout


def test_show_names_them_in_its_table(place):
    shown = dateline("show", "item=port-0-q001", "dataset.path=suite", cwd=place).stdout
    assert "lexical (tuesday)" in shown
    assert "lead (" not in shown
    assert "lexical (monday)" in dateline(
        "show", "item=port-0-q001", "dataset.path=suite", "runs=monday", cwd=place
    ).stdout  # fmt: skip


def test_gate_names_its_candidate_by_it(place):
    words = ("gate", "baseline=lead", "candidate=monday", "gate.rules.headline.tier=informational")
    done = dateline(*words, cwd=place)
    assert " (monday) against lead " in done.stdout, done.stderr


def test_a_board_of_runs_names_them_and_bundles_know_nothing_of_it(place, tmp_path):
    assert dateline("leaderboard", "runs=[monday,lead]", f"out={tmp_path / 'a'}", cwd=place).returncode == 0
    board = json.loads((tmp_path / "a" / "leaderboard.json").read_text())
    assert sorted(row["name"] for row in board["rows"]) == ["lead", "lexical (monday)"]
    for word in ("monday", "lead"):
        assert dateline("publish", f"run={word}", f"out={tmp_path / 'p' / word}", cwd=place).returncode == 0
    assert not any(b"monday" in data or b"tuesday" in data for data in tree(tmp_path / "p").values())


def test_no_report_beside_a_run_holds_a_label(place):
    for path in place.glob("results/runs/*/lexical/*"):
        assert RunDir(path).names() == ["monday", "tuesday"]
        assert not any(b"monday" in data for name, data in tree(path).items() if name != "names")


def test_the_label_of_a_run():
    class Labelled(RunDir):
        __slots__ = ()

        def names(self):
            return ["monday", "tuesday"]

    run = Labelled(path=None)
    assert (run.label(), run.label("monday"), run.label("lexical")) == ("tuesday", "monday", "tuesday")
