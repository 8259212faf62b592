"""Prompts: what a model is told, what may be left out of it, and that nothing else ever is."""

from __future__ import annotations

import pytest

from bench.build import build, catalogue, read_config
from bench.errors import UsageError
from bench.prompts import Prompt, request_for
from bench.records import Article, Gold, Item, Request, Sentence

TEXT = "The port closed on Friday.\nTwo boats were late.\n\nUp to 30 people had waited. Mayor Lind said so."
STARTS = (0, 27, 49, 77)
ENDS = (26, 47, 76, 96)
SENTENCES = tuple(
    Sentence(n=n + 1, paragraph=1 if n < 2 else 2, start=a, end=b)
    for n, (a, b) in enumerate(zip(STARTS, ENDS, strict=True))
)
ARTICLE = Article(id="boats", title="Two boats", text=TEXT, sentences=SENTENCES, published="2025-06-02")
PROMPTS = {name: build(read_config("prompt", name), "prompt") for name in catalogue("prompt")}


def item(**changes: object) -> Item:
    fields = {"id": "boats-q1", "article_id": "boats", "question": "How many boats were late?", "context": TEXT,
              "answer_type": "number", "gold": (Gold(canonical="two"),)} | changes  # fmt: skip
    return Item(**fields)  # type: ignore[arg-type]


def ask(prompt: Prompt, **changes: object) -> Request:
    return request_for(item(**changes), ARTICLE, prompt)


def test_the_last_sentence_goes_first_and_question_and_instruction_stay() -> None:
    request = ask(PROMPTS["zero_shot"])

    whole, kept = request.shortened(0)
    one, after_one = request.shortened(1)
    two, after_two = request.shortened(2)
    none, after_all = request.shortened(len(request.cuts))

    assert (whole, kept) == (request.prompt, None)
    assert one == whole.replace(" Mayor Lind said so.", "")
    assert TEXT[:after_one].endswith("had waited.")
    assert two == whole.replace("\n\nUp to 30 people had waited. Mayor Lind said so.", "")
    assert TEXT[:after_two].endswith("late.")
    assert after_all == 0
    assert none.strip() == whole.removeprefix(TEXT).strip()
    assert len(request.cuts) == len(SENTENCES)


def test_numbered_sentences_carry_the_articles_numbers_and_can_be_cut() -> None:
    prompt = Prompt(name="p", template="{{ context }}\n\nQ: {{ question }}", numbered=True)

    request = ask(prompt)

    assert request.prompt.startswith(
        "[1] The port closed on Friday.\n[2] Two boats were late.\n\n[3] Up to 30 people had waited.\n[4] Mayor"
    )
    text, kept = request.shortened(2)
    assert text == "[1] The port closed on Friday.\n[2] Two boats were late.\n\nQ: How many boats were late?"
    assert TEXT[:kept].endswith("late.")


def test_sentences_of_own_data_are_found_by_rule() -> None:
    prompt = Prompt(name="p", template="{{ context }}\n\nQ: {{ question }}", numbered=True)

    own = request_for(item(), None, prompt)

    assert own.prompt == ask(prompt).prompt


@pytest.mark.parametrize("context", ["", "late", "How many boats were late?"])
def test_what_cannot_be_told_from_the_rest_of_the_prompt_is_not_cut(context: str) -> None:
    assert ask(PROMPTS["zero_shot"], context=context).cuts == ()


def test_the_date_is_shown_where_the_item_requires_it_and_only_there() -> None:
    for name, prompt in PROMPTS.items():
        dated = ask(prompt, requires_context=("body", "published"))
        assert "2025-06-02" not in ask(prompt).prompt, name
        assert "2025-06-02" in dated.prompt, name
        assert dated.prompt.index(TEXT[-10:]) < dated.prompt.index("2025-06-02") or name == "closed_book"


def test_a_system_message_and_the_cuts_are_part_of_what_is_asked() -> None:
    plain = ask(Prompt(name="p", template="{{ context }} {{ question }}"))
    told = ask(Prompt(name="p", template="{{ context }} {{ question }}", system="You read news."))

    assert told.system == "You read news."
    assert told.prompt == plain.prompt
    assert told.digest != plain.digest


def test_a_template_that_names_the_gold_is_refused() -> None:
    with pytest.raises(UsageError, match=r"gold.*context, question, metadata"):
        ask(Prompt(name="p", template="{{ context }} {{ gold }}"))
