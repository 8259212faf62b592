"""oneDNN computes dense layers as torch does, whatever the batch, and only where torch's own library is slow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bench.models import _extractive_linear, _extractive_torch
from bench.models._extractive_linear import faster_linears, prepacked, slow_processor
from bench.models._extractive_probe import seen_logits
from bench.models._extractive_torch import load, torch_network
from bench.models._torch_setup import Setting
from tests.models.extractive_makers import KINDS, save_tiny

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.medium

TYPED = ("bert",)


@pytest.mark.parametrize(
    ("text", "slow"),
    [
        ("processor\t: 0\nvendor_id\t: AuthenticAMD\ncpu family\t: 25\n", True),
        ("vendor_id : HygonGenuine\n", True),
        ("processor\t: 0\nvendor_id\t: GenuineIntel\n", False),
        ("processor\t: 0\nCPU implementer\t: 0x41\n", False),
        ("", False),
        ("vendor_id\n", False),
    ],
)
def test_the_vendor_tells(text: str, slow: bool, tmp_path: Path) -> None:
    (tmp_path / "cpuinfo").write_text(text)
    assert slow_processor(tmp_path / "cpuinfo") is slow


def test_a_machine_without_the_list_is_as_any_other(tmp_path: Path) -> None:
    assert slow_processor(tmp_path / "none") is False


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("shape", [(1, 24), (7, 24), (300, 24), (2, 5, 24)])
def test_a_layer_computes_what_it_did(shape: tuple[int, ...], bias: bool) -> None:
    torch.manual_seed(1)
    layer = torch.nn.Linear(24, 40, bias=bias)
    x = torch.randn(shape)
    with torch.inference_mode():
        expected, found = layer(x), prepacked(layer)(x)
        assert found.shape == expected.shape
        assert (found - expected).abs().max() < 1e-5 < 1e-1 < expected.abs().max()


def test_a_row_comes_out_alike_in_every_batch_but_for_rounding() -> None:
    torch.manual_seed(1)
    forward = prepacked(torch.nn.Linear(96, 64))
    x = torch.randn(200, 96)
    with torch.inference_mode():
        whole = forward(x)
        for stop in (1, 3, 64, 199):
            assert (forward(x[:stop].contiguous()) - whole[:stop]).abs().max() < 1e-5


def reader(kind: str, folder: Path) -> Any:
    from transformers import AutoModelForQuestionAnswering

    return AutoModelForQuestionAnswering.from_pretrained(save_tiny(kind, folder)).eval()


@pytest.mark.parametrize("kind", KINDS)
def test_logits_stay_the_same_but_for_rounding(kind: str, tmp_path: Path) -> None:
    model, types = reader(kind, tmp_path), kind in TYPED
    network = torch_network(model, "cpu")
    before = seen_logits(network, types)
    assert faster_linears(model, network, types), (
        "another version of torch? then it is slower here than it need be"
    )
    assert any("forward" in vars(layer) for layer in model.modules())
    for one, other in zip(before, seen_logits(network, types), strict=True):
        assert np.abs(one - other).max() < 2e-5 < 1e-2 < np.ptp(one)


def gone(layer: Any) -> Any:
    raise AttributeError("no such operator")


def wrong(layer: Any) -> Any:
    return lambda x: torch.nn.functional.linear(x, layer.weight, layer.bias) * 1.1


@pytest.mark.parametrize("broken", [gone, wrong])
def test_what_cannot_be_had_is_left_as_it_was(
    broken: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = reader("bert", tmp_path)
    network = torch_network(model, "cpu")
    before = seen_logits(network, True)
    monkeypatch.setattr(_extractive_linear, "prepacked", broken)
    assert not faster_linears(model, network, True)
    assert not any("forward" in vars(layer) for layer in model.modules())
    assert all(np.array_equal(a, b) for a, b in zip(before, seen_logits(network, True), strict=True))


@pytest.mark.parametrize(
    ("slow", "dtype", "taken"), [(True, "fp32", True), (False, "fp32", False), (True, "bf16", False)]
)
def test_it_is_used_in_fp32_on_slow_processors_alone(
    slow: bool, dtype: str, taken: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[bool] = []
    monkeypatch.setattr(_extractive_torch, "slow_processor", lambda: slow)
    monkeypatch.setattr(_extractive_torch, "faster_linears", lambda *given: called.append(True))
    load("reader", save_tiny("bert", tmp_path), Setting("cpu", dtype))
    assert called == [True] * taken
