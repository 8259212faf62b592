"""Dates at the precision of the gold."""

from __future__ import annotations

import pytest

from bench.scoring import score_answer
from tests.answers.typed import STORM, TypedCase, case, gold, item, value

CASES = [
    case(
        item("date", "When was the ship launched?", gold("3 April 1912", edtf="1912-04-03")),
        right=[
            "3 April 1912",
            "April 3, 1912",
            "1912-04-03",
            "3/4/1912",
            "4/3/1912",
            "April 3rd, 1912",
            "03.04.1912",
            "Wednesday 3 April 1912",
        ],
        wrong=[
            "April 1912",
            "1912",
            "4 April 1912",
            "3 May 1912",
            "3 April 1913",
            "Monday 3 April 1912",
            "3 April",
        ],
    ),
    case(
        item(
            "date",
            "When was the port closed?",
            gold("Friday, 14 March 2031", aliases=("14 March 2031", "Friday"), edtf="2031-03-14"),
            reject=("Monday",),
            context=STORM,
        ),
        right=[
            "14 March 2031",
            "Friday, 14 March 2031",
            "March 14, 2031",
            "2031-03-14",
            "Friday",
            "on Friday",
            "14/03/2031",
            "3/14/2031",
            "14.3.2031",
            "Friday 14 March 2031 at 6 p.m.",
            "at 6 p.m. on Friday, 14 March 2031",
            "the 14th of March 2031",
        ],
        wrong=[
            "Monday",
            "Saturday",
            "March 2031",
            "2031",
            "14 March",
            "15 March 2031",
            "14 March 2030",
            "Thursday, 14 March 2031",
            "14 May 2031",
            "Friday, 21 March",
            "Friday or Saturday",
            "6 p.m.",
            "2019",
        ],
    ),
    case(
        item(
            "date",
            "On which day did the power company make its statement?",
            gold("Monday"),
            reject=("Friday",),
            context=STORM,
        ),
        right=["Monday", "on Monday", "It was on Monday.", "MONDAY"],
        wrong=[
            "Friday",
            "Tuesday",
            "14 March",
            "Monday evening",
            "Monday 17 March",
            "Sunday",
            "the day before Monday",
            "not on Monday",
        ],
    ),
    case(
        item(
            "date",
            "In which year was the earlier storm?",
            gold("2019", edtf="2019"),
            reject=("2031",),
            context=STORM,
        ),
        right=["2019", "in 2019", "It was in 2019.", "the year 2019"],
        wrong=[
            "2031",
            "2009",
            "2018",
            "2019 or 2020",
            "March 2019",
            "1919",
            "before 2019",
            "since 2031",
            "19",
        ],
    ),
    case(
        item("date", "At what time was the port closed?", gold("6 p.m.", aliases=("18:00",)), context=STORM),
        right=["6 p.m.", "6 pm", "18:00", "at 6pm", "6:00 p.m.", "6 PM"],
        wrong=["6 a.m.", "16:00", "7 p.m.", "5 p.m.", "Friday", "06:00", "8 p.m."],
    ),
]


@pytest.mark.parametrize("checked", [c for group in CASES for c in group], ids=str)
def test_typed_match(checked: TypedCase) -> None:
    assert value(checked.item, checked.answer) == pytest.approx(checked.verdict)


def test_a_day_that_the_article_gives_apart_from_its_month_is_supported():
    item = {
        "question": "In which month and year did construction begin?",
        "context": "Construction began in February 2022, when concrete was poured on the 24th.",
        "answer_type": "date",
        "gold": [{"canonical": "February 2022", "edtf": "2022-02"}],
    }
    assert score_answer(item, "24 February 2022")["correct"] == 1.0
    assert score_answer(item, "25 February 2022")["correct"] == 0.0


def test_may_is_a_month_where_it_is_told_as_one() -> None:
    asked = {
        "question": "In which month is the vote due?",
        "context": "Parliament is to vote in May.",
        "answer_type": "date",
        "gold": [{"canonical": "May", "edtf": "XXXX-05"}],
    }
    for right in (
        "May",
        "It is May.",
        "The month is May.",
        "May, according to the report.",
        "May (second paragraph)",
    ):
        assert score_answer(asked, right)["correct"] == 1, right
    for wrong in (
        "It may be due.",
        "It may be due in June.",
        "It is not May.",
        "It is May or June.",
        "March",
        "It is March.",
    ):
        assert score_answer(asked, wrong)["correct"] == 0, wrong
