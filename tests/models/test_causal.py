"""The laws of tests/models/test_laws.py for decoders, and their answers against a plain decoder."""

from __future__ import annotations

import dataclasses
import json
import random
from pathlib import Path
from typing import Any

import pytest

from bench.models._generation_stop import stop_place
from bench.models.causal import Causal
from bench.records import Cut, Key, Prediction, Request
from tests.models.extractive_text import ARTICLE, QUESTIONS, SENTENCES, SHORT
from tests.models.generation_makers import KINDS, plain_tokens, save_tiny

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.medium

HOSTILE = (
    "",
    " \n\n \t",
    "İstanbul ﬁ ẞ 漢字。\u202e\u2028\ufeff👩‍👩‍👧",
    "a \ud800 b",
    "\x00",
    "</s><s> <pad> <|im_end|>",
    "a" * 300,
)


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Any:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    root = tmp_path_factory.mktemp("decoders")
    return {kind: save_tiny(kind, root / kind) for kind in KINDS}


def request(name: str, context: str, question: str, replicate: int = 0) -> Request:
    """A prompt of article, instruction and question, whose article can be cut at its sentences."""
    prompt = f"{context}\n\nAnswer from the article.\n\nQuestion: {question}\nAnswer:"
    cuts, end = [], 0
    for sentence in SENTENCES if context == ARTICLE else ():
        start, end = end, context.index(sentence) + len(sentence)
        cuts.append(Cut(start, end, start))
    return Request(
        key=Key(f"{name}-{question[:12]}", "none", replicate), article_id=name, context=context, question=question,
        prompt=prompt, cuts=tuple(reversed(cuts)),
    )  # fmt: skip


def requests() -> list[Request]:
    return [
        *(request("long", ARTICLE, q) for q in QUESTIONS),
        *(request("short", SHORT, q) for q in QUESTIONS[:2]),
        *(request(f"h{n}", text, f"Who {text[:9]}?") for n, text in enumerate(HOSTILE)),
        request("lone", ARTICLE[:150], "Who?"),
    ]


def reader(folder: Path, **changes: Any) -> Causal:
    return Causal(name=str(folder), **{"device": "cpu", "max_new_tokens": 8, "stop": [], **changes})


def ask(model: Causal, asked: list[Request]) -> dict[Key, Prediction]:
    given = list(model.predict(asked))
    assert len(given) == len(asked)
    return {prediction.key: prediction for prediction in given}


@pytest.mark.parametrize("kind", KINDS)
def test_answers_are_those_of_a_plain_decoder_in_any_batch_and_with_shared_prefixes(
    kind: str, folders: dict[str, Path]
) -> None:
    from transformers import AutoTokenizer

    asked = requests()
    together = ask(reader(folders[kind]), asked)
    assert {p.status for p in together.values()} == {"ok"}
    words = AutoTokenizer.from_pretrained(folders[kind])
    for one in asked[:5]:
        ids = words(one.prompt)["input_ids"]
        expected = words.decode(plain_tokens(folders[kind], ids, 8))
        assert together[one.key].text == expected
        assert together[one.key].tokens_in == together[one.key].tokens_kept == len(ids)
    for size, shares, threads in ((300, True, 2), (1 if kind == "llama" else 400, False, 1)):
        torch.set_num_threads(threads)
        shuffled = random.Random(size).sample(asked, len(asked))
        other = reader(folders[kind], batch_tokens=size, share_prefixes=shares)
        assert ask(other, shuffled) == together, (size, shares)
    torch.set_num_threads(1)
    stops = ["e", "a", " ", "t"]
    cut = ask(reader(folders[kind], stop=stops), asked)
    for key, whole in together.items():
        assert cut[key].text == whole.text[: stop_place(whole.text, stops)], (
            "rows that go on lose nothing to those that end"
        )
    assert len({p.tokens_out for p in cut.values()}) > 2
    assert len({p.text for p in together.values()}) > 5, "nothing here to mix up"


def test_a_cache_that_forgets_is_not_shared_and_the_log_says_so(
    folders: dict[str, Path], caplog: pytest.LogCaptureFixture
) -> None:
    list(reader(folders["mistral"], max_new_tokens=1).predict(requests()[:2]))
    assert "no prefixes are shared" in caplog.text
    caplog.clear()
    list(reader(folders["llama"], max_new_tokens=1).predict(requests()[:2]))
    assert "shared" not in caplog.text


def test_positions_that_turn_with_the_length_of_a_text_are_not_shared() -> None:
    from transformers import LlamaConfig, LlamaForCausalLM

    from bench.models._generation_causal import Decoder

    size = {
        "vocab_size": 50,
        "hidden_size": 16,
        "intermediate_size": 16,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
    }
    ropes = (
        {"rope_type": "default"},
        {"rope_type": "linear", "factor": 2.0},
        {"rope_type": "dynamic", "factor": 2.0},
    )
    made = [
        LlamaForCausalLM(LlamaConfig(**size, rope_parameters={"rope_theta": 1e4, **rope})) for rope in ropes
    ]
    assert [Decoder(model, 0, "cpu").shares for model in made] == [True, True, False]


def test_the_article_is_read_once_for_all_its_questions(
    folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from transformers import LlamaForCausalLM

    read = []
    forward = LlamaForCausalLM.forward

    def counted(self: Any, input_ids: Any, **rest: Any) -> Any:
        read.append(input_ids.numel())
        return forward(self, input_ids=input_ids, **rest)

    monkeypatch.setattr(LlamaForCausalLM, "forward", counted)
    # Decoder looks at the names of what forward takes.
    counted.__signature__ = __import__("inspect").signature(forward)  # type: ignore[attr-defined]
    asked = [r for r in requests() if r.article_id == "long"]
    counts = {}
    for shares in (True, False):
        read.clear()
        list(reader(folders["llama"], max_new_tokens=1, share_prefixes=shares).predict(asked))
        counts[shares] = sum(read)
    whole = max(p.tokens_in or 0 for p in reader(folders["llama"], max_new_tokens=1).predict(asked))
    assert counts[False] >= 3 * whole
    assert counts[True] < 1.5 * whole


def test_the_article_is_cut_by_whole_sentences_and_the_prediction_says_so(folders: dict[str, Path]) -> None:
    asked = [r for r in requests() if r.article_id in ("long", "short")]
    whole = ask(reader(folders["llama"]), asked)
    window = max(p.tokens_in or 0 for p in whole.values()) - 20
    cut = ask(reader(folders["llama"], window=window), asked)
    shorter = 0
    for one in asked:
        before, after = whole[one.key], cut[one.key]
        assert after.tokens_in == before.tokens_in
        assert after.tokens_kept is not None
        assert after.tokens_kept <= window - 8
        if after.context_kept is None:
            assert after == before
            continue
        shorter += 1
        assert ARTICLE[: after.context_kept].endswith((".", "thought."))
        n = next(n for n, c in enumerate(one.cuts, start=1) if c.context_kept == after.context_kept)
        text = one.shortened(n)[0]
        assert text.endswith(f"Question: {one.question}\nAnswer:")
        told = dataclasses.replace(one, prompt=text, cuts=())
        assert ask(reader(folders["llama"]), [told])[one.key].text == after.text, (
            "the rest is read as it stands"
        )
    assert shorter == len(QUESTIONS)


def test_what_does_not_fit_without_the_article_fails_by_itself(folders: dict[str, Path]) -> None:
    long = request("short", SHORT, "Who? " * 60)
    given = ask(reader(folders["llama"], window=100), [long, request("short", SHORT, "Who?")])
    error = given[long.key].error
    assert error is not None
    assert error.type == "too_long"
    assert [p.status for p in given.values()].count("ok") == 1


def test_a_logit_that_is_no_number_costs_its_own_item(folders: dict[str, Path], tmp_path: Path) -> None:
    from transformers import AutoModelForCausalLM, AutoTokenizer

    model = AutoModelForCausalLM.from_pretrained(folders["gpt2"])
    words = AutoTokenizer.from_pretrained(folders["gpt2"])
    (mark,) = words("½", add_special_tokens=False)["input_ids"][:1]
    with torch.no_grad():
        model.transformer.wpe.weight[0, 0] += 0.0
        model.transformer.wte.weight[mark] = float("nan")
        model.lm_head.weight = torch.nn.Parameter(model.lm_head.weight.clone().nan_to_num(-9.0))
    model.config.tie_word_embeddings = False
    model.save_pretrained(tmp_path)
    words.save_pretrained(tmp_path)
    sound, broken = request("short", SHORT, "Who?"), request("short", SHORT, "Who paid ½?")
    given = ask(reader(tmp_path), [sound, broken])
    assert given[sound.key].status == "ok"
    error = given[broken.key].error
    assert error is not None
    assert error.type == "nan_logits"


def test_a_batch_is_halved_when_memory_runs_out_down_to_one_prompt(
    folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from bench.models._generation_causal import Decoder

    asked, forward, sizes = requests(), Decoder.forward, []
    expected = ask(reader(folders["llama"]), asked)

    def small(self: Any, ids: Any, *rest: Any) -> Any:
        sizes.append(len(ids))
        if len(ids) > 2 or ids.shape[1] > 350:
            raise MemoryError("out of memory")
        return forward(self, ids, *rest)

    monkeypatch.setattr(Decoder, "forward", small)
    given = ask(reader(folders["llama"]), asked)
    failed = {k for k, p in given.items() if p.status == "failed"}
    assert {p.error.type for p in given.values() if p.error} <= {"out_of_memory"}
    assert all(given[k] == expected[k] for k in given.keys() - failed)
    assert len(failed) < len(asked) / 3
    assert max(sizes) > 2
    assert "memory ran out" in caplog.text


def test_sampling_depends_on_seed_and_replicate_and_on_nothing_else(folders: dict[str, Path]) -> None:
    asked = [request("long", ARTICLE, q, r) for q in QUESTIONS for r in range(3)]
    hot = {"temperature": 1.5, "top_p": 0.95, "top_k": 50}
    first = ask(reader(folders["llama"], **hot), asked)
    assert ask(reader(folders["llama"], **hot, batch_tokens=400), asked[::-1]) == first
    assert len({p.text for p in first.values()}) > 8
    other = ask(reader(folders["llama"], **hot, seed=1), asked)
    assert sum(other[k].text != first[k].text for k in first) > 8
    cold = ask(reader(folders["llama"], temperature=1e-4), asked)
    greedy = ask(reader(folders["llama"]), asked)
    assert {k: p.text for k, p in cold.items()} == {k: p.text for k, p in greedy.items()}
    assert reader(folders["llama"], **hot).uses_seed
    assert not reader(folders["llama"]).uses_seed


def test_stops_end_an_output_before_them(folders: dict[str, Path]) -> None:
    one = requests()[0]
    whole = ask(reader(folders["llama"]), [one])[one.key]
    stop = whole.text[4:6]
    cut = ask(reader(folders["llama"], stop=[stop]), [one])[one.key]
    assert cut.finish_reason == "stop"
    assert cut.text == whole.text[: whole.text.index(stop, 1)]
    assert whole.finish_reason == "length"
    assert whole.tokens_out == 8


def test_identity_says_content_and_settings_not_places_or_batches(
    folders: dict[str, Path], tmp_path: Path
) -> None:
    import shutil

    here = reader(folders["llama"]).identity()
    copy = shutil.copytree(folders["llama"], tmp_path / "copy")
    assert reader(copy, batch_tokens=7, share_prefixes=False).identity() == here
    assert str(folders["llama"]) not in json.dumps(here)
    assert here["trust_remote_code"] is False
    assert "seed" not in here
    assert reader(copy, seed=4).identity() == here, "greedy: the seed is not used"
    changes = (
        {"window": 500}, {"max_new_tokens": 9}, {"chat": False}, {"chat_options": {"a": 1}}, {"stop": ["x"]},
        {"temperature": 1.0}, {"dtype": "bf16"},
    )  # fmt: skip
    found = [reader(copy, **change).identity() for change in changes]
    found += [
        reader(copy, temperature=1.0, **c).identity() for c in ({"seed": 1}, {"top_p": 0.5}, {"top_k": 4})
    ]
    assert len({json.dumps(i, sort_keys=True) for i in [here, *found]}) == len(found) + 1
    for file in ("tokenizer_config.json", "generation_config.json", "chat_template.jinja", "config.json"):
        before = reader(copy).identity()
        (copy / file).write_text("{} ")
        assert reader(copy).identity() != before, file


def test_the_seconds_of_a_batch_are_shared_by_its_rows(folders: dict[str, Path]) -> None:
    model, asked = reader(folders["llama"]), [r for r in requests() if r.article_id == "long"]
    timed = list(model.timed(asked))
    assert len({seconds for _, seconds in timed}) == 1
    assert timed[0][1] > 0
    assert model.most_tokens_out() == 8
