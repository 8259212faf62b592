"""The parts of the local generators that need no network: tokens of a prompt, choices, stops."""

from __future__ import annotations

import dataclasses
import math
from pathlib import Path
from typing import Any

import pytest

from bench.errors import UsageError
from bench.models._generation_choose import Sampling, choose
from bench.models._generation_load import load
from bench.models._generation_prompt import TooLong, Writer, shared_length
from bench.models._generation_stop import reasoning_tokens, stop_place
from bench.models._torch_setup import Setting
from bench.records import Cut, Key, Request
from tests.models.generation_makers import CHAT, tokenizer

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.medium


def writer(kind: str, template: str | None = None, *, tail: bool = False, **options: Any) -> Writer:
    words = tokenizer(kind)
    words.chat_template = template
    return Writer(tokenizer=words, chat=template is not None, options=options, tail=tail)


def read(made: Writer, prompt: str, system: str = "") -> str:
    return str(made.tokenizer.decode(made.tokens(prompt, system)[0]))


CASES = [
    ("llama", None, "<s>Who?", "adds one by itself"),
    ("llama", CHAT, "<s><|im_start|>user\nWho?<|im_end|>\n<|im_start|>assistant\n", "the template writes it"),
    ("llama", "<s>{{ bos_token }}{{ messages[0].content }}", "<s>Who?", "written twice"),
    ("llama", "{{ messages[0].content }}", "<s>Who?", "left to the tokenizer"),
    ("gpt2", None, "Who?", "has one and adds none"),
    ("gpt2", "{{ messages[0].content }}", "Who?", "nor does the template"),
    ("gpt2", CHAT, "<s><|im_start|>user\nWho?<|im_end|>\n<|im_start|>assistant\n", "the template wants it"),
    ("t5", None, "Who?", "no start token, and the end token is dropped"),
    ("bert", None, "[CLS] who?", "starts with its class token"),
]


@pytest.mark.parametrize(
    ("kind", "template", "expected", "why"), CASES, ids=[f"{c[0]}: {c[3]}" for c in CASES]
)
def test_exactly_one_start_token(kind: str, template: str | None, expected: str, why: str) -> None:
    assert read(writer(kind, template), "Who?") == expected


def test_an_encoder_gets_the_end_token_it_expects() -> None:
    assert read(writer("t5", tail=True), "Who?").endswith("</s>")


@pytest.mark.parametrize("template", [None, CHAT])
def test_names_of_special_tokens_in_an_article_are_mere_text(template: str | None) -> None:
    made = writer("llama", template)
    ids, _ = made.tokens("The <|im_end|> of </s> and <s> it", "Be <s> brief")
    names = made.tokenizer.convert_tokens_to_ids(["<s>", "</s>", "<|im_end|>"])
    expected = [1, 0, 2] if template else [1, 0, 0]
    assert [ids.count(n) for n in names] == expected
    assert "The <|im_end|> of </s> and <s> it" in made.tokenizer.decode(ids)


def test_a_system_message_goes_where_the_template_takes_one() -> None:
    assert "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nWho?" in read(
        writer("llama", CHAT), "Who?", "Be brief."
    )
    deaf = "{% if messages[0].role == 'system' %}{{ raise_exception('no system here') }}{% endif %}{{ messages[0].content }}"
    assert read(writer("llama", deaf), "Who?", "Be brief.") == "<s>Be brief.\n\nWho?"
    assert read(writer("llama"), "Who?", "Be brief.") == "<s>Be brief.\n\nWho?"


def test_templates_get_their_options_and_always_the_same_day() -> None:
    template = "{{ strftime_now('%Y-%m-%d') }} {{ thinking }} {{ messages[0].content }}"
    assert read(writer("llama", template, thinking="off"), "Who?") == "<s>2025-01-01 off Who?"


def test_a_prompt_that_opens_a_reasoning_block_gives_the_tag_to_the_output() -> None:
    made = writer("llama", "{{ messages[0].content }}\n<think>{{ '\\n' }}")
    assert made.tokens("Who?")[1] == "<think>\n"
    assert writer("llama").tokens("Who <think> so?")[1] == ""


def test_as_little_is_cut_as_fits() -> None:
    prompt = "One here. Two here. Three here. Question: Who?"
    cuts = (Cut(19, 31, 19), Cut(9, 19, 9), Cut(0, 9, 0))
    request = Request(
        key=Key("a"), article_id="a", context=prompt[:31], question="Who?", prompt=prompt, cuts=cuts
    )
    made = writer("llama")
    lengths = [len(made.tokens(request.shortened(n)[0])[0]) for n in range(4)]
    assert lengths == sorted(lengths, reverse=True)
    for n, length in enumerate(lengths):
        fitted = made.fit(request, length)
        assert len(fitted.ids) == length
        assert fitted.tokens_in == lengths[0]
        assert fitted.context_kept == (None, 19, 9, 0)[n]
    with pytest.raises(TooLong):
        made.fit(request, lengths[-1] - 1)
    assert made.fit(request, None).context_kept is None


@pytest.mark.parametrize(
    ("rows", "expected"),
    [([], 0), ([(1, 2)], 0), ([(1, 2), (1, 2)], 1), ([(1, 2, 3), (1, 2, 4)], 2), ([(1,), (1, 2)], 0),
     ([(1, 2, 9), (1, 2, 3, 4), (1, 2, 3, 5)], 2), ([(5,), (6,)], 0), ([(), (1,)], 0)],
)  # fmt: skip
def test_what_rows_begin_with_alike_leaves_each_a_token(rows: list[tuple[int, ...]], expected: int) -> None:
    assert shared_length(rows) == expected


STOPS = ("\nQuestion:", "\n\n")
PLACES = [
    ("Umerov\nQuestion: and", 6, "behind the answer"),
    ("\n\nUmerov", None, "before the first word nothing stops"),
    ("\n\nUmerov\n\nmore", 8, "the first one that counts"),
    ("<think>a\n\nb", None, "inside reasoning that is still open"),
    ("<think>a\n\nb</think>\n\nUmerov", None, "before the first word after reasoning"),
    ("<think>a\n\nb</think>\n\nUmerov\n\nx", 27, "behind the answer after reasoning"),
    ("a\n\nb</think>c", None, "reasoning that the prompt opened"),
    ("", None, "nothing"),
    ("Umerov", None, "no stop"),
]


@pytest.mark.parametrize(("text", "place", "why"), PLACES, ids=[p[2] for p in PLACES])
def test_stops_never_cut_an_answer_off(text: str, place: int | None, why: str) -> None:
    assert stop_place(text, STOPS) == place


@pytest.mark.parametrize(
    ("text", "opened", "expected"),
    [("Umerov", "", 0), ("<think>abc</think>Umerov", "", 18), ("<think>abc", "", 10), ("abc</think>U", "<think>\n", 11),
     ("abc", "<think>", 3)],
)  # fmt: skip
def test_reasoning_is_counted_in_tokens(text: str, opened: str, expected: int) -> None:
    ids = [ord(c) for c in text]
    assert reasoning_tokens(ids, lambda part: "".join(map(chr, part)), opened) == expected


def test_the_best_token_is_the_lowest_of_equals_and_ties_and_nonsense_are_told() -> None:
    nan, inf = math.nan, math.inf
    logits = torch.tensor(
        [[0.0, 2, 1], [3, 0, 3], [nan, 1, 0], [inf, 0, 0], [-inf, 0, -1], [-inf, -inf, -inf]]
    )
    chosen = choose(logits, Sampling(), ["r"] * 6, 0)
    assert chosen.tokens[:2] == [1, 0]
    assert chosen.tokens[4] == 1
    assert chosen.tied == [False, True, False, False, False, False]
    assert chosen.broken == [False, False, True, True, False, True]
    drawn = choose(logits, Sampling(temperature=1.0), ["r"] * 6, 0)
    assert drawn.broken == chosen.broken


def test_draws_follow_the_probabilities() -> None:
    logits = torch.tensor([[0.5, 0.3, 0.15, 0.05]]).log().repeat(4000, 1)
    sources = [f"row {n}" for n in range(4000)]

    def shares(**settings: Any) -> list[float]:
        tokens = choose(logits, Sampling(temperature=1.0, **settings), sources, 3).tokens
        return [tokens.count(n) / 4000 for n in range(4)]

    # Four standard errors of a share of 4,000 draws are at most 0.032.
    assert shares() == pytest.approx([0.5, 0.3, 0.15, 0.05], abs=0.032)
    assert shares(top_k=2) == pytest.approx([0.625, 0.375, 0, 0], abs=0.032)
    assert shares(top_p=0.79) == pytest.approx([0.625, 0.375, 0, 0], abs=0.032)
    assert shares(top_p=0.01) == [1, 0, 0, 0]
    hot = choose(logits, Sampling(temperature=2.0), sources, 3).tokens
    root = [math.sqrt(p) for p in (0.5, 0.3, 0.15, 0.05)]
    assert [hot.count(n) / 4000 for n in range(4)] == pytest.approx([r / sum(root) for r in root], abs=0.032)


def test_settings_that_cannot_be_are_refused() -> None:
    from bench.models.causal import Causal

    good = Causal(name="x")
    for change, word in [
        ({"temperature": -1}, "temperature"), ({"temperature": True}, "temperature"), ({"top_p": 0}, "top_p"),
        ({"max_new_tokens": 0}, "max_new_tokens"), ({"stop": "\n"}, "list of texts"), ({"stop": [""]}, "list of texts"),
        ({"dtype": "bf61"}, "did you mean 'bf16'"), ({"quantization": "bnb3"}, "did you mean 'bnb"), ({"chat": "yes"}, "model.chat"),
        ({"device": "tpu"}, "model.device"), ({"window": 0}, "window"),
    ]:  # fmt: skip
        with pytest.raises(UsageError, match=word):
            dataclasses.replace(good, **change)


@pytest.mark.parametrize(("name", "package"), [("bnb4", "bitsandbytes"), ("quanto8", "optimum-quanto")])
def test_a_missing_quantisation_library_is_named(
    name: str, package: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(
        UsageError, match=rf"{package}, which is not installed: pip install 'dateline-bench\[quantized\]'"
    ):
        load("x", tmp_path, Setting("cpu", "fp32"), "causal", name)
