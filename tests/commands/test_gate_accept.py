"""Accepting a baseline: what happens to its anchor and its history. In this process, on bundles made by hand."""

import dataclasses
from concurrent.futures import ThreadPoolExecutor

import pytest
from omegaconf import OmegaConf

from bench.commands._gate_accept import accept_all
from bench.commands._gate_sides import Sides
from bench.gate.policy import read_policy
from bench.store.baselines import HISTORY, accept, anchor_path, history, verify_baseline
from bench.store.bundles import CARD, read_bundle, write_bundle
from tests.helpers import tree
from tests.store.test_bundles import dataset, view_of

WORST, FAIR, BEST = ["", "3", ""], ["Lund", "3", ""], ["Lund", "2", ""]


def run_of(texts):
    view = view_of(dataset(), texts)
    return dataclasses.replace(view, manifest={**view.manifest, "identity": {"model": {}}})


def accepted(folder, texts, anchor=True, move_anchor=False, force=False):
    """The exit code of accepting a run with these answers, as `dateline gate accept=true` does it."""
    write_bundle(folder / "candidate", run_of(texts))
    sides = Sides(
        results=folder, baselines=folder / "baselines", baseline="main",
        candidate=str(folder / "candidate"), anchor=None,
    )  # fmt: skip
    config = OmegaConf.create({"force": force, "move_anchor": move_anchor, "reason": "better"})
    return accept_all(config, read_policy({"anchor": anchor}), sides)["code"]


@pytest.fixture
def moved(tmp_path):
    """A baseline that has moved once, with the anchor it started from."""
    assert accepted(tmp_path, WORST) == 0
    assert accepted(tmp_path, FAIR) == 0
    return tmp_path / "baselines" / "main"


def test_a_policy_without_anchor_leaves_the_anchor_where_it_is(tmp_path, moved):
    start = read_bundle(anchor_path(moved)).seal
    assert accepted(tmp_path, BEST, anchor=False) == 0
    assert read_bundle(anchor_path(moved)).seal == start
    assert [e["anchor"] for e in history(moved)] == ["itself", "kept", "kept"]
    assert accepted(tmp_path, FAIR, move_anchor=True, force=True) == 0
    assert anchor_path(moved) is None
    assert verify_baseline(moved) == []


def test_the_run_that_is_the_baseline_already_can_start_a_new_series(tmp_path, moved):
    before = tree(moved)
    assert accepted(tmp_path, FAIR) == 0
    assert tree(moved) == before
    assert accepted(tmp_path, FAIR, move_anchor=True) == 0
    assert anchor_path(moved) is None
    assert [e["anchor"] for e in history(moved)] == ["itself", "kept", "itself"]
    assert verify_baseline(moved) == []
    after = tree(moved)
    assert accepted(tmp_path, FAIR, move_anchor=True) == 0
    assert tree(moved) == after, "it is its own anchor already"


def test_an_accept_that_was_cut_off_before_its_entry_is_finished_by_the_next(tmp_path, moved):
    file = moved / HISTORY
    file.write_bytes(file.read_bytes().splitlines(keepends=True)[0])
    assert "accept the baseline again" in verify_baseline(moved)[0]
    assert accepted(tmp_path, FAIR) == 0
    assert verify_baseline(moved) == []
    assert len(history(moved)) == 2
    assert anchor_path(moved) is not None


def test_an_accept_that_was_cut_off_while_the_bundle_moved_keeps_the_anchor(tmp_path, moved):
    start = read_bundle(anchor_path(moved)).seal
    (moved / CARD).unlink()
    assert accepted(tmp_path, BEST) == 0
    assert read_bundle(anchor_path(moved)).seal == start
    assert history(moved)[-1]["anchor"] == "kept"
    assert verify_baseline(moved) == []


def test_accepts_at_the_same_time_wait_for_each_other(tmp_path):
    views = [run_of([f"Lund {n}", "2", ""]) for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda v: accept(tmp_path / "b", "main", v, {"reason": "r"}, move_anchor=False), views))
    assert verify_baseline(tmp_path / "b" / "main") == []
    assert len(history(tmp_path / "b" / "main")) == 8
    assert [p.name for p in (tmp_path / "b").iterdir()] == ["main"]
