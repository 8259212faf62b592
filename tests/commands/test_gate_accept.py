"""Accepting a baseline: what happens to its anchor and its history. In this process, on bundles made by hand."""

import dataclasses

import pytest
from omegaconf import OmegaConf

from bench.commands._gate_accept import accept_all
from bench.commands._gate_sides import Sides
from bench.gate.policy import read_policy
from bench.store.baselines import anchor_path, history, verify_baseline
from bench.store.bundles import read_bundle, write_bundle
from tests.store.test_bundles import dataset, view_of

WORST, FAIR, BEST = ["", "3", ""], ["Lund", "3", ""], ["Lund", "2", ""]


def accepted(folder, texts, anchor=True, move_anchor=False, force=False):
    """The exit code of accepting a run with these answers, as `dateline gate accept=true` does it."""
    view = view_of(dataset(), texts)
    view = dataclasses.replace(view, manifest={**view.manifest, "identity": {"model": {}}})
    write_bundle(folder / "candidate", view)
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
