"""The network without padding computes what the model itself computes, and steps back where it cannot."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bench.models import _extractive_torch
from bench.models._extractive_packed import packed_network
from bench.models._extractive_probe import largest_difference, probe
from bench.models._extractive_torch import load, torch_network
from bench.models._torch_setup import Setting
from tests.models.extractive_makers import KINDS, save_tiny

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.medium

PACKED = ("bert", "roberta", "distilbert")
TYPED = ("bert",)
SIZE = {
    "vocab_size": 90, "hidden_size": 24, "num_hidden_layers": 3, "num_attention_heads": 3, "intermediate_size": 40,
    "max_position_embeddings": 140, "initializer_range": 0.6,
}  # fmt: skip


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    from transformers import AutoModelForQuestionAnswering

    root = tmp_path_factory.mktemp("packed")
    return {
        kind: AutoModelForQuestionAnswering.from_pretrained(save_tiny(kind, root / kind)).eval()
        for kind in KINDS
    }


def inputs(lengths: tuple[int, ...], types: bool) -> dict[str, Any]:
    """Rows of these lengths, padded on the right with id 0, whatever the model pads with."""
    draw = np.random.default_rng(sum(lengths))
    seen = (np.arange(max(lengths)) < np.array(lengths)[:, None]).astype(np.int64)
    made = {"input_ids": draw.integers(5, 80, seen.shape) * seen, "attention_mask": seen}
    if types:
        made["token_type_ids"] = draw.integers(0, 2, seen.shape) * seen
    return made


@pytest.mark.parametrize("lengths", [(1,), (100,), (9, 9, 9), (77, 30, 3, 1), (2, 50, 49)])
@pytest.mark.parametrize("kind", PACKED)
def test_logits_are_the_models_own(kind: str, lengths: tuple[int, ...], models: dict[str, Any]) -> None:
    plain = torch_network(models[kind], "cpu")
    packed = packed_network(models[kind], plain, kind in TYPED)
    assert packed is not plain, "another version of transformers? then it is slower here than it need be"
    given = inputs(lengths, kind in TYPED)
    seen = given["attention_mask"].astype(bool)
    expected, found = plain(given), packed(given)
    assert found.dtype == np.float32
    assert found.shape == expected.shape == (2, *seen.shape)
    assert np.abs(found - expected)[:, seen].max() < 2e-5 < 1e-2 < np.ptp(expected[:, seen])
    assert not found[:, ~seen].any()


@pytest.mark.parametrize("activation", ["relu", "gelu_new"])
@pytest.mark.parametrize("kind", ["XLMRoberta", "Camembert", "Bert"])
def test_relatives_and_other_activations_are_packed_too(kind: str, activation: str) -> None:
    import transformers

    config = getattr(transformers, f"{kind}Config")(**SIZE, hidden_act=activation, pad_token_id=1)
    torch.manual_seed(1)
    model = getattr(transformers, f"{kind}ForQuestionAnswering")(config).eval()
    plain = torch_network(model, "cpu")
    packed = packed_network(model, plain, False)
    assert packed is not plain
    given = inputs((60, 41, 7), False)
    seen = given["attention_mask"].astype(bool)
    given["input_ids"][~seen] = 1
    assert np.abs(packed(given) - plain(given))[:, seen].max() < 2e-5


def test_a_row_reads_no_neighbour(models: dict[str, Any]) -> None:
    packed = packed_network(models["bert"], torch_network(models["bert"], "cpu"), True)
    given = inputs((40, 33, 12), True)
    together = packed(given)
    given["input_ids"][0] = given["input_ids"][0][::-1]
    given["input_ids"][2, :12] = 7
    assert np.abs(packed(given)[:, 1, :33] - together[:, 1, :33]).max() < 2e-5


def test_what_is_not_known_or_computes_otherwise_stays_as_it_is(
    models: dict[str, Any], tmp_path: Path
) -> None:
    from transformers import AutoModelForQuestionAnswering, BertConfig, BertForQuestionAnswering

    plain = torch_network(models["deberta"], "cpu")
    assert packed_network(models["deberta"], plain, False) is plain
    causal = BertForQuestionAnswering(BertConfig(**SIZE, is_decoder=True)).eval()  # reads leftwards only
    plain = torch_network(causal, "cpu")
    assert packed_network(causal, plain, True) is plain
    changed = AutoModelForQuestionAnswering.from_pretrained(save_tiny("bert", tmp_path)).eval()
    changed.bert.encoder.layer[1].register_forward_hook(lambda module, given, found: found * 1.01)
    plain = torch_network(changed, "cpu")
    assert packed_network(changed, plain, True) is plain
    del changed.bert.encoder.layer[0].attention.output.LayerNorm  # another version's parts
    assert packed_network(changed, plain, True) is plain


def test_logits_that_are_no_numbers_are_never_close() -> None:
    given = probe(False, 3, 24)
    assert given["attention_mask"].sum(axis=1).tolist() == [24, 23, 22]
    zeros = lambda found: np.zeros((2, *found["input_ids"].shape), dtype=np.float32)  # noqa: E731
    assert largest_difference(zeros, zeros, False) == 0
    assert not largest_difference(lambda found: zeros(found) * np.nan, zeros, False) < np.inf
    assert largest_difference(lambda found: zeros(found) + (1 - found["attention_mask"]), zeros, False) == 0


@pytest.mark.parametrize(("dtype", "packed"), [("fp32", True), ("bf16", False)])
def test_only_fp32_is_packed(
    dtype: str, packed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[bool] = []

    def note(model: Any, plain: Any, types: bool) -> Any:
        called.append(types)
        return plain

    monkeypatch.setattr(_extractive_torch, "packed_network", note)
    load("reader", save_tiny("bert", tmp_path), Setting("cpu", dtype))
    assert called == [True] * packed
