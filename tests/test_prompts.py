"""Prompts: what a model is told, what may be left out of it, and that nothing else ever is."""

from __future__ import annotations

import dataclasses

import pytest

from bench.build import build, catalogue, read_config
from bench.errors import DataError, UsageError
from bench.prompts import Prompt, request_for
from bench.records import Article, Dataset, Gold, Item, Request, Sentence

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
    for name, template in PROMPTS.items():
        prompt = template.with_examples(SUITE)
        dated = ask(prompt, requires_context=("body", "published"))
        assert "2025-06-02" not in ask(prompt).prompt, name
        assert "2025-06-02" in dated.prompt, name
        before = "" if name == "closed_book" else TEXT[-10:]
        assert (
            dated.prompt.index(before) < dated.prompt.index("2025-06-02") < dated.prompt.index("How many")
        ), name


def test_a_system_message_and_the_cuts_are_part_of_what_is_asked() -> None:
    plain = ask(Prompt(name="p", template="{{ context }} {{ question }}"))
    told = ask(Prompt(name="p", template="{{ context }} {{ question }}", system="You read news."))

    assert told.system == "You read news."
    assert told.prompt == plain.prompt
    assert told.digest != plain.digest


def test_a_template_that_names_the_gold_is_refused() -> None:
    with pytest.raises(UsageError, match=r"gold.*context, question, metadata"):
        ask(Prompt(name="p", template="{{ context }} {{ gold }}"))


def test_article_first_question_last_in_every_prompt() -> None:
    for name, prompt in PROMPTS.items():
        text = ask(prompt.with_examples(SUITE)).prompt
        assert text.index("How many boats") > len(text) - 80, name
        if name == "closed_book":
            assert "Friday" not in text
        else:
            assert "Friday" in text[: text.index("How many boats")], name


def solved(n: int, article: str, **changes: object) -> Item:
    fields = {"id": f"{article}-q{n}", "article_id": article, "question": f"Question {n} on {article}?", "split": "dev",
              "context": f"Text of {article}. Fact {n}.", "gold": (Gold(canonical=f"{article} answer {n}"),)} | changes  # fmt: skip
    return item(**fields)


SUITE = Dataset(
    name="two",
    version="1",
    articles=(ARTICLE,),
    items=(
        item(),
        *(
            solved(n, a, gold=() if n == 2 else (Gold(canonical=f"{a} answer {n}"),))
            for a in "abc"
            for n in range(3)
        ),
    ),
)
FEW = PROMPTS["few_shot"]


def test_examples_are_shared_by_an_article_and_come_from_other_articles() -> None:
    prompt = FEW.with_examples(SUITE)

    first = ask(prompt).prompt
    second = ask(prompt, id="boats-q2", question="Who waited?").prompt
    dev = request_for(SUITE.items[1], None, prompt).prompt

    assert first.partition("Question: How many")[0] == second.partition("Question: Who waited")[0]
    assert len([line for line in first.splitlines() if line.startswith("Article: Text of")]) == 3
    assert {f"Article: Text of {a}." in first for a in "abc"} == {True}, "one of each article before a second"
    assert "Answer: not stated" in first
    assert "Text of a." in dev
    assert "Article: Text of a. Fact 1" not in dev
    assert "Article: Text of a. Fact 2" not in dev


def test_other_articles_and_other_seeds_see_other_examples() -> None:
    prompt = FEW.with_examples(SUITE)
    shown = {prompt.examples_for(f"article {n}", "") for n in range(20)}

    assert len(shown) > 5
    assert dataclasses.replace(prompt, seed=1).examples_for("boats", "") != prompt.examples_for("boats", "")


def test_examples_go_before_the_article_is_touched() -> None:
    request = ask(FEW.with_examples(SUITE))

    text, kept = request.shortened(3)

    assert kept is None
    assert "Text of" not in text
    assert TEXT in text
    assert request.shortened(4)[1] == ENDS[2]


def test_an_example_that_is_a_test_item_is_refused() -> None:
    copy = solved(7, "copy", context=f" {TEXT} ".replace("\n", "  "))
    suite = dataclasses.replace(SUITE, items=(*SUITE.items, copy))

    with pytest.raises(DataError, match=r"item copy-q7: .*is a test item: .*boats-q1"):
        FEW.with_examples(suite)


def test_no_dev_split_or_too_few_items_in_it() -> None:
    with pytest.raises(UsageError, match="dev split, and two has no such items"):
        FEW.with_examples(dataclasses.replace(SUITE, items=SUITE.items[:1]))
    with pytest.raises(
        UsageError, match=r"30 examples are wanted, and the dev split has 9 items .*set prompt\.examples"
    ):
        ask(dataclasses.replace(FEW, examples=30).with_examples(SUITE))
    with pytest.raises(UsageError, match=r"prompt\.examples=-1"):
        dataclasses.replace(FEW, examples=-1)


def test_items_that_need_more_than_the_body_or_have_two_readings_are_no_examples() -> None:
    odd = (
        solved(1, "x", requires_context=("body", "published")),
        solved(2, "x", answer_type="ambiguous"),
        solved(3, "x", status="disputed"),
        solved(4, "x"),
    )
    pool = FEW.with_examples(dataclasses.replace(SUITE, items=odd)).pool
    assert [e.item_id for e in pool] == ["x-q4"]


def test_the_manifest_keeps_the_settings_without_the_pool() -> None:
    prompt = FEW.with_examples(SUITE)
    assert "pool" not in prompt.settings()
    assert Prompt(**prompt.settings()).with_examples(SUITE) == prompt
