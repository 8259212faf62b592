"""Every data set and export format that `configs/` lists can be built, and every option can be set."""

from __future__ import annotations

import inspect

import pytest

from bench.build import build, catalogue, describe, locate, read_config
from bench.datasets.exports.base import Format
from tests.datasets.exports.test_round_trips import READERS


@pytest.mark.parametrize("name", catalogue("dataset"))
def test_a_config_names_every_option_of_its_reader_and_no_other(name):
    node = read_config("dataset", name)
    options = set(inspect.signature(locate(node["_target_"], name, allow_external=False)).parameters)

    named = node.keys() - {"_target_"}

    assert named <= options
    # a ready data set of the hub leaves out what its form does not use
    assert options - named <= ({"language"} if name.startswith("hf_") else set())
    assert describe(catalogue("dataset")[name])


@pytest.mark.parametrize("name", catalogue("to"))
def test_a_format_is_built_from_its_config(name):
    assert isinstance(build(read_config("to", name), "to"), Format)
    assert describe(catalogue("to")[name])


def test_every_format_is_in_a_round_trip():
    assert READERS.keys() | {"mrqa"} == catalogue("to").keys()
