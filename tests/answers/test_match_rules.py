"""Rules of the typed match that need more than one answer type, the article, or a record other than text."""

from __future__ import annotations

import pytest

from bench.answers.match import bound_stated, match, names_lure
from bench.answers.yes_no.polarity import polarity
from bench.records import Answer, Gold, Item
from tests.answers.typed import gold, item, value

UP_TO_40 = item(
    "number",
    "How many planes were hit?",
    gold("up to 40", aliases=("40",), value=40, unit="plane", bound="at_most"),
)
LIND = item(
    "person", "Who is the mayor?", gold("Oskar Lind"), reject=("Ines Calloway",), context="Oskar Lind spoke."
)


def test_a_surname_is_not_enough_where_the_article_has_two_of_that_name() -> None:
    two = item(
        "person",
        "Who is the mayor?",
        gold("Oskar Lind"),
        context="Oskar Lind spoke. Erik Lind owns the ferries.",
    )
    listed = item("person", "Who is the mayor?", gold("Oskar Lind", aliases=("Lind",)), context=two.context)

    assert [value(i, "Lind") for i in (LIND, two, listed)] == [1, 0, 1]
    assert [value(i, "Mayor Lind") for i in (LIND, two)] == [1, 0]
    assert value(two, "Oskar Lind") == value(two, "O. Lind") == 1
    assert value(two, "E. Lind") == value(two, "Erik Lind") == 0


@pytest.mark.parametrize(
    ("context", "answer", "right"),
    [
        ("They met on May 16.", "May 16, 2025", False),  # the text gives no year
        ("They met on May 16, 2025.", "May 16, 2025", True),
        ("June 2, 2025. They met on May 16.", "May 16, 2025", True),  # the article's one full date
        ("They met on May 16. It escalated in February 2022.", "May 16, 2022", False),  # another date's year
        ("They met on Friday, May 16.", "Friday, May 16", True),
        ("They met on May 16.", "Friday, May 16", False),
        ("They met on May 16.", "16/05", False),
    ],
)
def test_extra_precision_needs_the_article(context: str, answer: str, right: bool) -> None:
    what = item("date", "When did they meet?", gold("May 16", edtf="XXXX-05-16"), context=context)

    assert value(what, answer) == right


def test_a_noun_that_is_not_the_questions_must_be_the_articles_for_that_figure() -> None:
    plain = item("number", "How many people live there?", gold("1,250", value=1250, unit="person"))
    told = item(
        "number",
        "How many people live there?",
        gold("1,250"),
        context="The islet has 1,250 souls and 30 goats.",
    )

    assert value(plain, "1,250 goats") == value(told, "1,250 goats") == 0
    assert value(told, "1,250 souls") == 1


def test_variants_with_another_article_share_the_gold_and_not_the_verdict() -> None:
    article = "Oskar Lind spoke."
    other = item(
        "person", LIND.question, *LIND.gold, reject=LIND.reject, context=f"{article} Erik Lind left."
    )

    assert [value(LIND, "Lind"), value(other, "Lind"), value(LIND, "Lind")] == [1, 0, 1]


@pytest.mark.parametrize(
    ("answer", "lenient", "strict"),
    [("40", 1, False), ("up to 40", 1, True), ("at most 40 planes", 1, True), ("about 40", 1, False), ("at least 40", 0, False),
     ("up to 41", 0, False)],
)  # fmt: skip
def test_bounds_lenient_and_strict(answer: str, lenient: int, strict: bool) -> None:
    assert value(UP_TO_40, answer) == lenient
    assert bound_stated(UP_TO_40, Answer(text=answer)) == strict


@pytest.mark.parametrize(
    "what", [LIND, item("none", "Who died?"), UP_TO_40], ids=["person", "none", "number"]
)
@pytest.mark.parametrize(
    "answer",
    [Answer(text="", failed=True), Answer(text="I can't help.", refused=True)],
    ids=["failed", "refused"],
)
def test_failures_and_refusals_are_worth_nothing(what: Item, answer: Answer) -> None:
    assert match(what, answer) == 0


def test_an_empty_text_that_is_no_abstention_is_worth_nothing() -> None:
    assert match(item("none", "Who died?"), Answer(text="")) == 0
    assert match(item("none", "Who died?"), Answer(text="", abstained=True)) == 1


def test_lures_denied_or_not() -> None:
    assert value(LIND, "Oskar Lind, not Ines Calloway") == 1
    assert value(LIND, "Oskar Lind and Ines Calloway") == 0
    assert names_lure(LIND, Answer(text="Oskar Lind, not Ines Calloway"))
    assert not names_lure(LIND, Answer(text="Oskar Lind"))


def test_a_lure_of_a_list_costs_precision_like_any_extra_member() -> None:
    both = item("list", "Which countries?", gold("Russia"), gold("Ukraine"), mode="all", reject=("Turkey",))

    assert value(both, "Russia, Ukraine") == 1
    assert value(both, "Russia, Ukraine, Poland") == pytest.approx(0.8)
    assert value(both, "Russia, Ukraine, Turkey") == pytest.approx(0.8)
    assert value(both, "Russia and Ukraine, but not Turkey") == 1


def test_a_sentence_of_the_article_is_no_wrapper() -> None:
    city = item("place", "In which city did they meet?", gold("Istanbul"))

    assert value(city, "They met in the old city of Istanbul.") == 1
    assert value(city, "Ferries from Istanbul carried cement, timber and grain down the coast.") == 0


def test_an_explanation_may_follow_a_short_answer_but_not_an_essay() -> None:
    told = "The article says that he spoke before the council on Friday about the damage. " * 3

    assert value(LIND, f"Oskar Lind. {told}") == 1
    assert value(LIND, f"Oskar Lind. {told * 6}") == 0


def test_other_languages_are_matched_by_their_surface() -> None:
    german = item("number", "Wie viele?", gold("52", aliases=("zweiundfünfzig",), value=52), language="de")

    assert [value(german, text) for text in ("52", "Zweiundfünfzig", "**52**", "fifty-two", "nicht 52")] == [
        1,
        1,
        1,
        0,
        0,
    ]


def test_lists_of_other_languages_are_matched_member_by_member() -> None:
    both = item("list", "Welche Länder?", gold("Österreich"), gold("Schweiz"), mode="all", language="de")

    assert value(both, "Schweiz, Österreich") == 1
    assert value(both, "Schweiz, Italien") == 0.5


def test_ambiguous_items_take_any_reading_and_nothing_else() -> None:
    drones = item(
        "ambiguous",
        "How many were shot down?",
        gold("52"),
        gold("162"),
        gold("214"),
        mode="any",
        reject=("80",),
    )

    assert [value(drones, text) for text in ("52", "214", "52 and 162", "52 + 162 = 214")] == [1, 1, 1, 1]
    assert [value(drones, text) for text in ("80", "52 or 80", "100", "It is ambiguous.")] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("answer", "said"),
    [("Yes.", True), ("No, it did not", False), ("It did not.", False), ("Correct", True), ("That is false", False),
     ("It's not true", False), ("The answer is no", False), ("No doubt", True), ("Yes and no", None), ("Yes. No.", None),
     ("Yes, it did not", None), ("52 of 80", None), ("No drones were shot down", False), ("I don't think so", False),
     ("Ukraine shot down more than half", True), ("maybe", None)],
)  # fmt: skip
def test_polarity(answer: str, said: bool | None) -> None:
    assert polarity(answer, "Did Ukraine shoot down more than half of the drones?") is said


def test_lettered_options() -> None:
    what = item("choice", "Was it (A) postponed or (B) cancelled?", gold("postponed"), reject=("cancelled",))

    assert [value(what, text) for text in ("A", "(a)", "Option A", "B", "B) cancelled", "C")] == [
        1,
        1,
        1,
        0,
        0,
        0,
    ]


@pytest.mark.parametrize(
    ("kind", "golds", "text"),
    [
        (
            "span",
            gold("Aldine Museum"),
            "the man who \tAldine Museum",
        ),  # white space where a clause would have its words
        (
            "date",
            gold("2 July 2030", edtf="2030-07-02"),
            "2 July 2030, or \u1369",
        ),  # a digit that int() refuses
        ("date", gold("2 July 2030", edtf="2030-07-02"), "2 July 2030, or " + "9" * 5000),
        ("date", gold("3 March", edtf="XXXX-03-03"), "March 3, 01" + "2" * 5000 + " and 17"),
    ],
)
def test_any_text_gives_a_value(kind: str, golds: Gold, text: str) -> None:
    assert value(item(kind, "Which was it?", golds), text) in {0.0, 1.0}
