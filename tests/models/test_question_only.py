"""The reader that sees the question alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.errors import DataError
from bench.models._fitting import Example
from bench.models.question_only import QuestionOnly, fit
from bench.records import Key, Request


def request(question: str, context: str = "c") -> Request:
    return Request(key=Key("q1"), article_id="a", context=context, question=question)


def learnt(*rows: tuple[str, str | None]) -> object:
    return fit([Example(request=request(question), answer=answer) for question, answer in rows])["answers"]


def test_fit_takes_the_most_frequent_answer_of_each_form() -> None:
    rows = [
        ("Did it sink?", "yes"), ("Was it old?", "Yes"), ("Is it gone?", "no"),
        ("How many men?", "40"), ("How many boats?", "40"), ("How many ports?", "3"),
    ]  # fmt: skip
    assert learnt(*rows) == {"number": "40", "yes_no": "Yes"}


def test_silence_counts_as_an_answer_and_wins_ties() -> None:
    assert learnt(("Who sank?", None), ("Who swam?", None), ("Who ran?", "Orr")) == {"person": ""}
    assert learnt(("Who sank?", None), ("Who swam?", "Orr")) == {"person": ""}


def test_a_choice_teaches_a_place_among_the_options() -> None:
    rows = [
        ("Was it by land or by sea?", "by sea"),
        ("Which came first: the vote or the strike?", "the strike"),
    ]
    assert learnt(*rows) == {"choice": "option 2"}


def test_fit_does_not_depend_on_order() -> None:
    rows = [("Who a?", "Orr"), ("Who b?", "Tarn"), ("Who c?", "orr"), ("Who d?", "Tarn")]
    assert learnt(*rows) == learnt(*reversed(rows)) == {"person": "Orr"}


def test_fit_without_examples_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one example"):
        fit([])


def model(tmp_path: Path, answers: object) -> QuestionOnly:
    path = tmp_path / "fitted.json"
    path.write_text(
        json.dumps({"model": "question_only", "version": "1", "parameters": {"answers": answers}})
    )
    return QuestionOnly(fitted=str(path))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Did it sink?", "yes"),
        ("Who sank it?", "Orr"),
        ("Why?", ""),  # a form that was never seen
        ("Was it by land or by sea?", "by sea"),
        ("Who won, Orr, Tarn or Lind?", "Tarn"),
    ],
)
def test_answers_by_form(question: str, text: str, tmp_path: Path) -> None:
    reader = model(tmp_path, {"yes_no": "yes", "person": "Orr", "choice": "option 2"})
    assert next(iter(reader.predict([request(question)]))).text == text


def test_fewer_options_than_learnt_give_the_last(tmp_path: Path) -> None:
    reader = model(tmp_path, {"choice": "option 3"})
    assert reader.answer(request("Was it by land or by sea?")).text == "by sea"


def test_the_article_makes_no_difference(tmp_path: Path) -> None:
    reader = model(tmp_path, {"person": "Orr"})
    assert (
        reader.answer(request("Who?", "one")).text == reader.answer(request("Who?", "another")).text == "Orr"
    )


def test_answers_that_are_no_texts_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"parameters\.answers"):
        list(model(tmp_path, {"person": 3}).predict([request("Who?")]))


def test_the_shipped_fitted_file_is_readable() -> None:
    assert next(iter(QuestionOnly().predict([request("Did it?")]))).status == "ok"
