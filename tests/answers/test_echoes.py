"""Outputs that tell the prompt or the question again before they answer."""

from __future__ import annotations

import pytest

from bench.answers.extract import Extractor
from bench.scoring import score_answer

ARTICLE = (
    "The council met on Monday. It closed the bridge. " + "Rain fell all day on the town and its hills. " * 12
)
ASKED = "What did the council close?"
BRIDGE = {"question": ASKED, "context": ARTICLE, "answer_type": "span", "gold": [{"canonical": "the bridge"}]}
CLOSED = {
    "question": "Did the council close the bridge?",
    "context": ARTICLE,
    "answer_type": "yes_no",
    "gold": [{"canonical": "yes"}],
}


@pytest.mark.parametrize("label", ["", "Context: ", "**Article:** ", "Passage:\n"])
@pytest.mark.parametrize("behind", ["", "\n\nQuestion: What fell?\nAnswer: Rain"])
def test_an_answer_is_found_behind_the_prompt_and_before_the_next_question(label: str, behind: str) -> None:
    text = f"{label}{ARTICLE}\n\nQuestion: {ASKED}\nAnswer: the bridge{behind}"
    assert Extractor().extract_text(text).text == "the bridge"


def test_a_short_text_before_a_question_is_the_answer() -> None:
    assert Extractor().extract_text(f"the bridge\n\nQuestion: {ASKED}\nAnswer: rain").text == "the bridge"


def test_long_reasoning_with_an_answer_is_no_echo() -> None:
    thought = "The article names many things and each must be looked at with care. " * 10
    for said in ("The answer is the bridge.", "\nAnswer: the bridge"):
        found = Extractor().extract_text(f"{thought}{said}\n\nQuestion: What fell?\nAnswer: rain").text
        assert found.rstrip(".") == "the bridge"


@pytest.mark.parametrize("end", ["Answer:", "**Answer:**", "A: ", "Answer:\n\n"])
def test_a_prompt_told_again_with_nothing_behind_it_abstains(end: str) -> None:
    assert Extractor().extract_text(f"Context: {ARTICLE}\n\nQuestion: {ASKED}\n{end}").abstained


@pytest.mark.parametrize(
    "form", ["{q} {a}", "{q}\n{a}", 'You asked "{q}" The article says {a}.', "{q} - {a}."]
)
def test_yes_and_no_are_read_behind_the_question(form: str) -> None:
    for said, value in (("yes", 1), ("Yes", 1), ("no", 0), ("No", 0)):
        assert score_answer(CLOSED, form.format(q=CLOSED["question"], a=said))["correct"] == value


@pytest.mark.parametrize("form", ["{q} {a}", "{q}\n{a}", "Q: {q}\nA: {a}"])
def test_values_are_read_behind_the_question(form: str) -> None:
    assert score_answer(BRIDGE, form.format(q=ASKED, a="the bridge"))["correct"] == 1
    assert score_answer(BRIDGE, form.format(q=ASKED, a="the road"))["correct"] == 0
