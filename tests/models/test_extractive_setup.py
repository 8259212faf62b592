"""The encoder's settings and files, and what happens when the network misbehaves."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from bench.errors import UsageError
from bench.models import _torch_setup, extractive
from bench.models._extractive_openvino import openvino_network
from bench.models._extractive_torch import Reader
from bench.models._extractive_windows import Template, Tokens
from bench.models._model_files import check_weights, locate
from bench.models._torch_setup import Setting
from bench.models.extractive import Extractive
from bench.records import Key, Prediction, Request

FRAME = Template(
    before=(1,), between=(2,), after=(2,), before_types=(0,), question_type=0, between_types=(0,),
    context_type=1, after_types=(1,), cls=0, pad=0,
)  # fmt: skip


class FakeReader(Reader):
    """Letters for tokens; what each row says comes from its question's first letter."""

    def tokenize(self, texts: Any) -> list[Tokens]:
        if any("!" in text for text in texts):
            raise TypeError("no exclamations")
        return [
            Tokens(ids=tuple(map(ord, t)), starts=tuple(range(len(t))), ends=tuple(range(1, len(t) + 1)))
            for t in texts
        ]

    def forward(self, rows: Any) -> list[Any]:
        kinds = [chr(row.ids[1]) for row in rows]
        if "m" in kinds:
            raise MemoryError("too big")
        if "v" in kinds:
            raise ValueError("odd row")
        made = [np.zeros((2, max(len(r.ids) for r in rows)), dtype=np.float32) for _ in rows]
        for kind, row, logits in zip(kinds, rows, made, strict=True):
            logits[:, row.offset] = {"n": np.nan, "t": 0.0}.get(kind, 1 / (1 + row.first))
        return [(logits[0], logits[1]) for logits in made]


def test_what_goes_wrong_with_one_item_stays_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeReader(
        tokenizer=None, network=None, template=FRAME, limit=None, takes_types=False, device="cpu"
    )
    monkeypatch.setattr(Extractive, "_load", lambda self: fake)
    asked = [
        Request(key=Key(question), article_id="a", context=context, question=question)
        for question, context in (("good", "x" * 99), ("nan", "x" * 99), ("memory", "x"), ("value", "x" * 20),
                                  ("tie", "xyz"), ("broken", "x!"), ("fine", "y"))
    ]  # fmt: skip
    given = {p.key.item_id: p for p in Extractive(name="x", window=32, stride=8).predict(asked)}
    outcome = {name: p.error.type if p.error else p.finish_reason or p.text for name, p in given.items()}
    assert outcome == {
        "good": "x", "nan": "nan_logits", "memory": "out_of_memory", "value": "ValueError",
        "tie": "tie", "broken": "TypeError", "fine": "y",
    }  # fmt: skip
    assert given["tie"].text == "x"
    assert all((p.status == "failed") == (p.error is not None) for p in given.values())
    assert all(isinstance(p, Prediction) for p in given.values())


def test_the_seconds_of_a_batch_are_shared_by_its_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeReader(
        tokenizer=None, network=None, template=FRAME, limit=None, takes_types=False, device="cpu"
    )
    monkeypatch.setattr(Extractive, "_load", lambda self: fake)
    ticks = itertools.count()
    monkeypatch.setattr(extractive, "time", SimpleNamespace(perf_counter=lambda: next(ticks)))
    asked = [
        Request(key=Key(name), article_id="a", context=context, question="good")
        for name, context in (("long", "x" * 40), ("short", "y" * 6), ("broken", "x!"), ("other", "z" * 6))
    ]
    model = Extractive(name="x", window=32, stride=8, batch_tokens=64)  # two windows, then two short items
    given = {p.key.item_id: seconds for p, seconds in model.timed(asked)}
    assert given == {"long": 1.0, "short": 0.5, "other": 0.5, "broken": 0.0}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"window": 3}, "model.window=3"),
        ({"stride": -1}, "model.stride=-1"),
        ({"n_best": 0}, "model.n_best=0"),
        ({"max_answer_tokens": True}, "max_answer_tokens=True"),
        ({"batch_tokens": 0}, "batch_tokens=0"),
        ({"device": "gpu"}, "device='gpu'"),
        ({"dtype": "float32"}, "dtype='float32'"),
        ({"runtime": "onnx"}, "runtime='onnx'"),
        ({"runtime": "openvino", "device": "cuda"}, "on CPU in fp32 only"),
        ({"runtime": "openvino", "dtype": "bf16"}, "on CPU in fp32 only"),
    ],
)
def test_settings_that_cannot_work_are_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        Extractive(name="x", **changes)


def test_a_stride_below_the_longest_answer_is_remarked_upon() -> None:
    asked = [Request(key=Key("q"), article_id="a", context="x", question="y")]
    assert Extractive(name="x").remarks(asked) == ()
    assert "may be whole in no window" in Extractive(name="x", stride=10).remarks(asked)[0]


def test_pickle_weights_are_refused_unread(tmp_path: Path) -> None:
    (tmp_path / "pytorch_model.bin").write_bytes(b"\x80\x04cposix\nsystem\n")
    with pytest.raises(UsageError, match=r"only pickle weights \(pytorch_model.bin\).*save_pretrained"):
        check_weights("reader", tmp_path)
    with pytest.raises(UsageError, match=r"no model\.safetensors"):
        check_weights("reader", tmp_path / "other")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("./nowhere", "no such folder"),
        ("/nowhere/at/all", "no such folder"),
        ("a/b/c", "no such folder"),
        (" ", "name a local folder"),
        ("a\0b", "name a local folder"),
    ],
)
def test_names_that_lead_nowhere(name: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        locate(name, None, weights=True)


@pytest.mark.medium
def test_a_hub_name_without_the_hub_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    hub = pytest.importorskip("huggingface_hub")

    def refuse(*words: Any, **settings: Any) -> str:
        raise OSError("Name or service not known\nlong story")

    monkeypatch.setattr(hub, "snapshot_download", refuse)
    with pytest.raises(
        UsageError, match=r"nobody/nothing: .*Name or service not known\); offline, set model.name to a"
    ):
        locate("nobody/nothing", None, weights=True)
    commit = tmp_path / "0123abcd"
    monkeypatch.setattr(hub, "snapshot_download", lambda *w, **s: str(commit))
    assert locate("some/reader", "main", weights=False) == (commit, "0123abcd")


def test_a_revision_of_a_local_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="has no revisions"):
        locate(str(tmp_path), "main", weights=True)


def test_without_torch_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(UsageError, match=r"pip install 'dateline-bench\[local\]'"):
        _torch_setup.resolve("auto", "auto")


def test_without_openvino_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openvino", None)
    with pytest.raises(UsageError, match=r"pip install 'dateline-bench\[openvino\]'"):
        openvino_network("reader", None, lambda inputs: inputs["input_ids"], False)


@pytest.mark.parametrize(
    ("cuda", "bf16", "setting"),
    [(False, False, ("cpu", "fp32")), (True, True, ("cuda", "bf16")), (True, False, ("cuda", "fp16"))],
)
def test_device_and_precision_have_safe_defaults(
    cuda: bool, bf16: bool, setting: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Cuda:
        is_available = staticmethod(lambda: cuda)
        is_bf16_supported = staticmethod(lambda: bf16)
        device_count = staticmethod(lambda: 1)

    monkeypatch.setitem(sys.modules, "torch", type("torch", (), {"cuda": Cuda}))  # type: ignore[arg-type]
    assert _torch_setup.resolve("auto", "auto") == Setting(*setting)
    assert _torch_setup.resolve("cpu", "auto") == Setting("cpu", "fp32")
    with pytest.raises(UsageError, match="no such device"):
        _torch_setup.resolve("cuda:3", "fp32")
