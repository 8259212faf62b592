"""Each metric on answers whose worth is plain."""

from __future__ import annotations

import pytest

from bench.metrics.answer_length import AnswerLength
from bench.metrics.bound_strict import BoundStrict
from bench.metrics.correct import Correct
from bench.metrics.correct_and_clean import CorrectAndClean
from bench.metrics.em import ExactMatch
from bench.metrics.f1 import F1
from bench.records import Answer, Gold, Item

ABSTAINED = Answer(text="", abstained=True)


def item(kind: str, *golds: Gold, reject: tuple[str, ...] = (), mode: str = "one") -> Item:
    return Item(id="i", article_id="a", question="What is it?", context="", answer_type=kind, answer_mode=mode,
                gold=golds, reject=reject)  # fmt: skip


PERSON = item("person", Gold(canonical="Oskar Lind", aliases=("Lind",)), reject=("Ines Calloway",))
UP_TO = item("number", Gold(canonical="up to 40", value=40, unit="plane", bound="at_most"), reject=("52",))
NOTHING = item("none")
PAIR = item("list", Gold(canonical="Russia"), Gold(canonical="Ukraine"), mode="all")


@pytest.mark.parametrize(
    ("what", "answer", "em", "f1"),
    [
        (PERSON, Answer(text="the Oskar Lind!"), 1, 1),
        (PERSON, Answer(text="Lind"), 1, 1),
        (PERSON, Answer(text="Mayor Lind"), 0, 2 / 3),
        (PERSON, ABSTAINED, 0, 0),
        (NOTHING, ABSTAINED, 1, 1),
        (NOTHING, Answer(text="the"), 1, 1),  # normalises to nothing
        (NOTHING, Answer(text="Lind"), 0, 0),
        (NOTHING, Answer(text="I can't help.", refused=True), 0, 0),
        (PAIR, Answer(text="Russia, Ukraine"), 1, 1),
        (PAIR, Answer(text="Ukraine, Russia"), 0, 1),  # a bag of words has no order
    ],
)
def test_squad_columns(what: Item, answer: Answer, em: float, f1: float) -> None:
    assert ExactMatch().score(what, answer) == em
    assert F1().score(what, answer) == pytest.approx(f1)


@pytest.mark.parametrize(
    ("what", "text", "correct", "clean"),
    [
        (PERSON, "Mayor Lind", 1, 1),
        (PERSON, "Oskar Lind, not Ines Calloway", 1, 0),  # names the lure, if only to deny it
        (PERSON, "Ines Calloway", 0, 0),
        (UP_TO, "40, not fifty-two", 1, 0),  # a lure is known by its value
        (UP_TO, "40", 1, 1),
        (PAIR, "Russia and Ukraine", 1, 1),
        (PAIR, "Russia, Ukraine, Poland", 0.8, 0),
        (PAIR, "Russia", 2 / 3, 0),
    ],
)
def test_correct_and_clean(what: Item, text: str, correct: float, clean: float) -> None:
    assert Correct().score(what, Answer(text=text)) == pytest.approx(correct)
    assert CorrectAndClean().score(what, Answer(text=text)) == clean


def test_bound_strict_wants_the_bound_and_only_where_there_is_one() -> None:
    exact = item("number", Gold(canonical="52", bound="exact"))

    assert [BoundStrict().applies(what) for what in (UP_TO, exact, PERSON, NOTHING)] == [
        True,
        False,
        False,
        False,
    ]
    assert [BoundStrict().score(UP_TO, Answer(text=text)) for text in ("up to 40", "40", "up to 52")] == [
        1,
        0,
        0,
    ]


def test_answer_length_counts_words_and_takes_no_side() -> None:
    assert AnswerLength().score(PERSON, Answer(text=" Mayor  Oskar Lind ")) == 3
    assert AnswerLength().score(PERSON, ABSTAINED) == 0
    assert (AnswerLength.higher_is_better, AnswerLength.failure) == (None, None)
