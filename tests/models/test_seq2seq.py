"""The laws of tests/models/test_laws.py for encoder-decoders, and their answers against a plain decoder."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from bench.errors import UsageError
from bench.models._generation_stop import stop_place
from bench.models.seq2seq import Seq2Seq
from bench.records import Key, Prediction
from tests.models.generation_makers import SEQ2SEQ, plain_tokens, save_tiny
from tests.models.test_causal import ask, request, requests

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.medium


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Any:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    root = tmp_path_factory.mktemp("encoder-decoders")
    return {kind: save_tiny(kind, root / kind) for kind in SEQ2SEQ}


def reader(folder: Path, **changes: Any) -> Seq2Seq:
    return Seq2Seq(name=str(folder), **{"device": "cpu", "max_new_tokens": 8, "stop": [], **changes})


@pytest.mark.parametrize("kind", SEQ2SEQ)
def test_answers_are_those_of_a_plain_decoder_in_any_batch(kind: str, folders: dict[str, Path]) -> None:
    from transformers import AutoTokenizer

    asked = requests()
    together: dict[Key, Prediction] = ask(reader(folders[kind]), asked)
    words = AutoTokenizer.from_pretrained(folders[kind])
    assert {p.status for p in together.values()} == {"ok"}
    for one in asked[:5]:
        ids = words(one.prompt)["input_ids"]
        assert together[one.key].tokens_in == len(ids), "with the end token that its encoder expects"
        assert together[one.key].text == words.decode(plain_tokens(folders[kind], ids, 8))
    shuffled = random.Random(1).sample(asked, len(asked))
    assert ask(reader(folders[kind], batch_tokens=300), shuffled) == together
    stops = ["e", "a", " ", "t"]
    cut = ask(reader(folders[kind], stop=stops), asked)
    for key, whole in together.items():
        assert cut[key].text == whole.text[: stop_place(whole.text, stops)], (
            "rows that go on lose nothing to those that end"
        )
    assert len({p.tokens_out for p in cut.values()}) > 2
    assert len({p.text for p in together.values()}) > 3, "nothing here to mix up"


def test_the_window_is_the_prompts_and_the_article_is_cut_to_it(folders: dict[str, Path]) -> None:
    one = requests()[0]
    given = ask(reader(folders["t5"], window=150), [one])[one.key]
    assert given.tokens_kept is not None
    assert given.tokens_in is not None
    assert given.tokens_kept <= 150 < given.tokens_in
    assert given.context_kept is not None


def test_identity_differs_from_a_causal_models_and_hides_the_place(folders: dict[str, Path]) -> None:
    identity = reader(folders["t5"]).identity()
    assert identity["kind"] == "bench.models.seq2seq.Seq2Seq"
    assert str(folders["t5"]) not in json.dumps(identity)


def test_the_other_kind_of_model_is_named(folders: dict[str, Path], tmp_path: Path) -> None:
    from bench.models.causal import Causal

    with pytest.raises(UsageError, match="model=seq2seq"):
        list(Causal(name=str(folders["t5"]), device="cpu").predict([request("a", "b", "c")]))
    decoder = save_tiny("llama", tmp_path / "llama")
    with pytest.raises(UsageError, match="model=causal"):
        list(reader(decoder).predict([request("a", "b", "c")]))
