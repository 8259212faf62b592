"""The laws of tests/models/test_laws.py for the encoder, and its answers against a plain decoder."""

from __future__ import annotations

import dataclasses
import importlib.util
import json
import random
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.errors import UsageError
from bench.models._extractive_openvino import openvino_network
from bench.models._extractive_torch import torch_network
from bench.models.extractive import Extractive
from bench.records import Key, Prediction, Request
from tests.models.extractive_makers import KINDS, brute_force, save_tiny
from tests.models.extractive_text import ARTICLE, QUESTIONS, SHORT

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.medium
# Not imported here: the adapter has something to say first about how it is.
needs_openvino = pytest.mark.skipif(not importlib.util.find_spec("openvino"), reason="the extra openvino")

HOSTILE = {
    "empty": "",
    "blank": " \n\n \t\n",
    "weird": "İstanbul ﬁ ẞ é 漢字。次 \u202e\u200b\u2028 \ufeff 👩‍👩‍👧 ½ ² Ⅷ ٣ १२",
    "surrogate": "The \ud800 mayor \udfff spoke on Monday.",
    "nul": "Mayor \x00 Orr\x00 spoke.",
    "special": "The [SEP] mayor [CLS] spoke </s> to <s> us [PAD] at <mask> length.",
    "one long word": "a" * 400,
    "newlines": "a" + "\n" * 400 + "b",
    "spaces": "  Mayor\u00a0 \u3000Orr  ",
}


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Any:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    root = tmp_path_factory.mktemp("encoders")
    return {kind: save_tiny(kind, root / kind) for kind in KINDS}


def requests() -> list[Request]:
    plain = [
        Request(key=Key(f"{name}-q{n}", "none", r), article_id=name, context=text, question=question)
        for name, text in (("long", ARTICLE), ("short", SHORT))
        for n, question in enumerate(QUESTIONS)
        for r in range(2)
    ]
    hostile = [
        Request(key=Key(f"h-{name}"), article_id=name, context=text, question=f"Who did {text[:8]} or what?")
        for name, text in HOSTILE.items()
    ]
    return [
        *plain,
        *hostile,
        Request(key=Key("no-question"), article_id="long", context=ARTICLE, question=""),
        Request(key=Key("nothing"), article_id="empty", context="", question=" "),
        Request(key=Key("long-question"), article_id="short", context=SHORT, question=ARTICLE),
    ]


def reader(folder: Path, **changes: Any) -> Extractive:
    settings = {"window": 64, "stride": 16, "max_answer_tokens": 12, "device": "cpu", **changes}
    return Extractive(name=str(folder), **settings)


def ask(model: Extractive, asked: list[Request]) -> dict[Key, Prediction]:
    given = list(model.predict(asked))
    assert len(given) == len(asked)
    return {prediction.key: prediction for prediction in given}


def same(first: dict[Key, Prediction], second: dict[Key, Prediction]) -> None:
    """Equal, scores up to what batch shape and threads do to the last digit."""
    assert first.keys() == second.keys()
    for key, one in first.items():
        other = second[key]
        assert [(s.text, s.start, s.end) for s in one.spans] == [
            (s.text, s.start, s.end) for s in other.spans
        ]
        assert [s.score for s in one.spans] == pytest.approx([s.score for s in other.spans], abs=2e-4)
        assert one.null_score == pytest.approx(other.null_score, abs=2e-4)
        rest = {"spans": (), "null_score": None}
        assert dataclasses.replace(one, **rest) == dataclasses.replace(other, **rest)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("window", "stride"), [(72, 0), (96, 16), (128, 40)])
def test_answers_equal_a_plain_search_over_all_windows_and_spans(
    kind: str, window: int, stride: int, folders: dict[str, Path]
) -> None:
    asked = [
        r for r in requests() if r.key.item_id in ("long-q0", "long-q1", "short-q1", "h-spaces", "h-special")
    ]
    settings: dict[str, Any] = {"window": window, "stride": stride, "n_best": 5}
    found = [ask(reader(folders[kind], **settings, batch_tokens=size), asked) for size in (1, 200, 100_000)]
    same(found[0], found[1])
    same(found[0], found[2])
    several = 0
    for request in asked:
        spans, null, windows = brute_force(
            folders[kind], request.question.strip(), request.context, **settings, max_tokens=12
        )
        given = found[1][request.key]
        assert [(s.start, s.end) for s in given.spans] == [(a, b) for _, a, b in spans]
        assert [s.score for s in given.spans] == pytest.approx([s for s, _, _ in spans], abs=2e-4)
        assert given.null_score == pytest.approx(null, abs=2e-4)
        several += windows > 1
    assert several >= 2


@pytest.mark.parametrize("kind", KINDS)
def test_one_answer_per_request_whatever_the_text_in_any_company(kind: str, folders: dict[str, Path]) -> None:
    model, asked = reader(folders[kind]), requests()
    together = ask(model, asked)
    assert together.keys() == {r.key for r in asked}
    assert {p.status for p in together.values()} == {"ok"}
    shuffled = random.Random(3).sample(asked, len(asked))
    same(ask(reader(folders[kind], batch_tokens=300), shuffled), together)
    same(ask(model, [asked[5]]), {asked[5].key: together[asked[5].key]})
    torch.set_num_threads(2)
    same(ask(model, asked), together)
    torch.set_num_threads(1)
    cut = [r.key.item_id for r in asked if (p := together[r.key]).tokens_kept != p.tokens_in]
    assert "long-question" in cut
    assert "long-q1" not in cut
    for request in asked:
        given = together[request.key]
        assert given.request_digest == request.digest
        scores = [s.score for s in given.spans]
        assert scores == sorted(scores, reverse=True)
        assert given.text == (given.spans[0].text if given.spans else "")
        assert bool(given.spans) == bool(request.context.strip())
        for span in given.spans:
            assert request.context[span.start : span.end] == span.text == span.text.strip() != ""
        assert given.tokens_in is not None
        assert given.tokens_kept is not None
        assert given.tokens_kept <= given.tokens_in


@needs_openvino
@pytest.mark.parametrize("kind", KINDS)
def test_openvino_gives_the_same_answers(kind: str, folders: dict[str, Path]) -> None:
    asked = requests()
    with_torch, with_openvino = reader(folders[kind]), reader(folders[kind], runtime="openvino")
    same(ask(with_openvino, asked), ask(with_torch, asked))
    assert with_openvino.identity() == {**with_torch.identity(), "runtime": "openvino"}
    module = sys.modules["openvino.tools.ovc.telemetry_utils"]
    assert module.tm.__name__ == "openvino.tools.ovc.telemetry_stub", "openvino would report what it converts"


@needs_openvino
def test_a_network_that_openvino_computes_otherwise_is_refused(folders: dict[str, Path]) -> None:
    from transformers import AutoModelForQuestionAnswering

    model = AutoModelForQuestionAnswering.from_pretrained(folders["distilbert"]).eval()
    original = torch_network(model, "cpu")
    with pytest.raises(UsageError, match=r"computes other logits there .by 0.5.; use model.runtime=torch"):
        openvino_network("reader", model, lambda inputs: original(inputs) + 0.5, False)


def test_no_requests_give_no_predictions(folders: dict[str, Path]) -> None:
    assert list(reader(folders["bert"]).predict([])) == []


def test_whole_words_leave_no_half_word(folders: dict[str, Path]) -> None:
    asked = [r for r in requests() if r.article_id == "long"]
    for prediction in reader(folders["roberta"], whole_words=True, n_best=20).predict(asked):
        for span in prediction.spans:
            assert span.start is not None
            assert span.end is not None
            edges = (ARTICLE[span.start - 1 : span.start + 1], ARTICLE[span.end - 1 : span.end + 1])
            assert not any(len(edge) == 2 and edge.isalnum() for edge in edges)
    halves = [s.text for p in reader(folders["roberta"], n_best=20).predict(asked) for s in p.spans]
    assert any(text not in ARTICLE.split() and text.isalpha() for text in halves), "nothing here to widen"


def test_an_article_is_answered_as_a_whole_before_the_next(folders: dict[str, Path]) -> None:
    asked = [r for r in requests() if r.key.item_id.startswith(f"{r.article_id}-q")]
    asked.sort(key=lambda r: r.key.replicate)
    order = [p.key.item_id.split("-")[0] for p in reader(folders["bert"], batch_tokens=64).predict(asked)]
    assert order == ["long"] * 8 + ["short"] * 8


def test_identity_says_content_and_settings_not_places_or_batches(
    folders: dict[str, Path], tmp_path: Path
) -> None:
    import shutil

    here = reader(folders["bert"]).identity()
    copy = shutil.copytree(folders["bert"], tmp_path / "copy")
    assert reader(copy, batch_tokens=7).identity() == here
    assert here["device"] == "cpu"
    assert here["dtype"] == "fp32"
    assert str(folders["bert"]) not in json.dumps(here)
    assert {"weights_sha256", "tokenizer_sha256", "window", "stride", "n_best"} <= here.keys()
    assert "batch_tokens" not in here
    for change in (
        {"window": 50},
        {"stride": 3},
        {"n_best": 2},
        {"whole_words": True},
        {"max_answer_tokens": 9},
    ):
        assert reader(copy, **change).identity() != here
    (copy / "tokenizer_config.json").write_text("{}")
    assert reader(copy).identity()["tokenizer_sha256"] != here["tokenizer_sha256"]
    config = json.loads((copy / "config.json").read_text())
    (copy / "config.json").write_text(json.dumps({**config, "hidden_act": "relu"}))
    assert reader(copy).identity()["weights_sha256"] != here["weights_sha256"]
    assert Extractive.pinned


def test_instances_are_frozen_and_slotted(folders: dict[str, Path]) -> None:
    assert "__slots__" in vars(Extractive)
    with pytest.raises(dataclasses.FrozenInstanceError):
        reader(folders["bert"]).window = 3  # type: ignore[misc]
