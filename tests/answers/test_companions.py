"""Figures and dates of something else beside the answer: right sentences of chat models that tell more than was asked."""

from typing import Any

import pytest

import bench

CONTEXT = (
    "A bus fell into the river Orr near Vell on Friday. Twelve people were killed and 31 injured, police said; the mayor had "
    "earlier spoken of 15 dead. Of the 58 passengers, 15 were unhurt. In 2019 a similar accident killed nine. The company, Orr "
    "Lines, has 240 buses and was fined 80,000 euros in 2021. The funeral will be held on 14 May, and the inquest opens on "
    "2 June 2026. Inflation fell from 3.1 percent in April to 2.4 percent in May. Ukraine said 117 drones struck 41 aircraft at "
    "four air bases. Kyiv asked for a ceasefire of 30 days; Moscow offered two to three days. Ada Rein was born in 1934 and "
    "died in 1999."
)


def score(
    question: str, gold: dict[str, Any], text: str, reject: tuple[str, ...] = (), context: str = CONTEXT
) -> float:
    kind = "number" if "value" in gold else "date"
    item = {
        "question": question,
        "context": context,
        "answer_type": kind,
        "answer_mode": "one",
        "gold": [gold],
        "reject": [*reject],
    }
    return bench.score_answer(item, text)["correct"]


KILLED = (
    "How many people were killed in the accident on Friday?",
    {"canonical": "12", "value": 12, "unit": "people"},
)
HURT = "How many people were injured?", {"canonical": "31", "value": 31, "unit": "people"}
FINE = "How much was the company fined?", {"canonical": "80,000 euros", "value": 80000, "unit": "euros"}
BUSES = "How many buses does Orr Lines have?", {"canonical": "240", "value": 240, "unit": "buses"}
MAY = "What was inflation in May?", {"canonical": "2.4 percent", "value": 2.4, "unit": "percent"}
APRIL = "What was inflation in April?", {"canonical": "3.1 percent", "value": 3.1, "unit": "percent"}
PLANES = "How many aircraft did the drones strike?", {"canonical": "41", "value": 41, "unit": "aircraft"}
DAYS = "How many days of ceasefire did Kyiv ask for?", {"canonical": "30", "value": 30, "unit": "days"}
INQUEST = "When does the inquest open?", {"canonical": "2 June 2026", "edtf": "2026-06-02"}
FUNERAL = "When will the funeral be held?", {"canonical": "14 May", "edtf": "XXXX-05-14"}
BORN = "When was Ada Rein born?", {"canonical": "1934", "edtf": "1934"}

RIGHT = {
    KILLED[0]: (KILLED, ["Twelve people were killed and 31 injured.", "12 people died and 31 were injured.", "12 (31 more were injured)",
        "12 were killed, 31 were hurt and 15 escaped unhurt.", "Twelve people were killed; in 2019 a similar accident killed nine."]),
    HURT[0]: (HURT, ["Twelve people were killed and 31 injured.", "31 (12 died)", "There were 31 injured and 12 dead."]),
    FINE[0]: (FINE, ["Orr Lines, which has 240 buses, was fined 80,000 euros in 2021."]),
    BUSES[0]: (BUSES, ["The company has 240 buses and was fined 80,000 euros in 2021."]),
    MAY[0]: (MAY, ["Inflation fell from 3.1 percent in April to 2.4 percent in May.", "Inflation was 2.4 percent in May and 3.1 percent in April."]),
    APRIL[0]: (APRIL, ["Inflation fell from 3.1 percent in April to 2.4 percent in May.", "3.1 percent in April, against 2.4 percent in May."]),
    PLANES[0]: (PLANES, ["117 drones struck 41 aircraft.", "Ukraine said its 117 drones hit 41 aircraft."]),
    DAYS[0]: (DAYS, ["Kyiv asked for a ceasefire of 30 days; Moscow offered two to three days.", "Kyiv asked for 30 days, but Moscow offered two to three."]),
    INQUEST[0]: (INQUEST, ["The funeral will be held on 14 May and the inquest opens on 2 June 2026.", "2 June 2026; the funeral is on 14 May."]),
    FUNERAL[0]: (FUNERAL, ["The funeral will be held on 14 May, and the inquest opens on 2 June 2026."]),
    BORN[0]: (BORN, ["She was born in 1934 and died in 1999.", "Ada Rein was born in 1934, and she died in 1999."]),
}  # fmt: skip

WRONG = {
    KILLED[0]: (KILLED, ["31 were killed and 12 injured.", "15 people were killed and 12 injured", "12 or 15 were killed.", "12 were killed. 15 died.",
        "Police say 12 were killed, the mayor says 15 were killed.", "12 dead; 15 dead.", "12 were injured and 31 killed", "Between 12 and 15 people died.",
        "nine were killed on Friday and 12 in 2019", "12 people were killed, or 15 according to the mayor.", "12; the mayor said 15"]),
    HURT[0]: (HURT, ["31 people were killed and 12 injured.", "12 people were injured, 31 died.", "31 were killed."]),
    FINE[0]: (FINE, ["It was fined 240 euros and has 80,000 buses.", "The company has 80,000 euros and was fined 240."]),
    BUSES[0]: (BUSES, ["It has 58 buses and 240 passengers", "240 passengers"]),
    MAY[0]: (MAY, ["Inflation rose from 2.4 percent in April to 3.1 percent in May.", "Inflation was 3.1 percent in May and 2.4 percent in April."]),
    APRIL[0]: (APRIL, ["Inflation fell from 2.4 percent in April to 3.1 percent in May", "Inflation was 2.4 percent in April and 3.1 in May."]),
    PLANES[0]: (PLANES, ["41 drones struck 117 aircraft.", "41 or 117"]),
    DAYS[0]: (DAYS, ["Kyiv asked for two to three days, Moscow offered 30.", "Moscow offered 30 days; Kyiv asked for two."]),
    INQUEST[0]: (INQUEST, ["The inquest opens on 14 May and the funeral will be held on 2 June 2026.", "The inquest opens on 14 May, or on 2 June 2026."]),
    FUNERAL[0]: (FUNERAL, ["The funeral will be held on 2 June 2026, and the inquest opens on 14 May."]),
    BORN[0]: (BORN, ["She was born in 1999 and died in 1934.", "She died in 1934."]),
}  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "text"), [(asked, text) for asked, texts in RIGHT.values() for text in texts]
)
def test_what_is_told_of_something_else_is_no_second_answer(
    asked: tuple[str, dict[str, Any]], text: str
) -> None:
    assert score(*asked, text) == 1


@pytest.mark.parametrize(
    ("asked", "text"), [(asked, text) for asked, texts in WRONG.values() for text in texts]
)
def test_crossed_figures_and_second_answers_stay_wrong(asked: tuple[str, dict[str, Any]], text: str) -> None:
    assert score(*asked, text) == 0


PACT = (
    "Norland and Estria signed the pact on 3 May in Brusk. Norland sent 12 delegates; Estria sent nine. Norland will pay 40 million crowns, "
    "Estria 25 million. The pact takes effect on 1 July in Norland and on 1 September in Estria."
)
PAY = "How much will Norland pay?", {"canonical": "40 million crowns", "value": 40_000_000, "unit": "crowns"}
SIGNED = "When was the pact signed?", {"canonical": "3 May", "edtf": "XXXX-05-03"}
EFFECT = "When does the pact take effect in Estria?", {"canonical": "1 September", "edtf": "XXXX-09-01"}


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        (PAY, "40 million crowns; Estria pays 25 million"),
        (PAY, "Norland will pay 40 million crowns and Estria 25 million crowns."),
        (EFFECT, "The pact takes effect on 1 July in Norland and on 1 September in Estria."),
        (EFFECT, "In Estria it takes effect on 1 September, in Norland on 1 July."),
        (SIGNED, "It was signed on 3 May in Brusk and takes effect on 1 July in Norland."),
        (SIGNED, "The ceremony was on 3 May."),
    ],
)
def test_names_of_the_question_tell_figures_apart(asked: tuple[str, dict[str, Any]], text: str) -> None:
    assert score(*asked, text, context=PACT) == 1


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        (PAY, "Norland will pay 25 million crowns, Estria 40 million."),
        (PAY, "Estria will pay 40 million crowns."),
        (EFFECT, "On 1 September in Norland and on 1 July in Estria."),
        (EFFECT, "The pact takes effect on 1 September in Norland."),
        (SIGNED, "The pact takes effect on 3 May."),
        (SIGNED, "It was signed on 1 July and takes effect on 3 May."),
    ],
)
def test_a_right_figure_told_of_something_else_is_wrong(asked: tuple[str, dict[str, Any]], text: str) -> None:
    assert score(*asked, text, context=PACT) == 0


def test_a_lure_is_one_whatever_is_told_of_it() -> None:
    assert score(*KILLED, "Twelve people were killed and 31 injured.", reject=("31",)) == 0


def test_the_article_must_tell_the_second_figure_of_something_else() -> None:
    bare = "A bus fell into the river Orr. Twelve people were killed."
    assert score(*KILLED, "Twelve people were killed and 31 injured.", context=bare) == 0
    assert (
        score(
            *KILLED,
            "Twelve people were killed and 31 injured.",
            context="Twelve people were killed; 31 were hurt.",
        )
        == 1
    )


def test_a_score_line_is_no_answer_about_weeks() -> None:
    asked = (
        "For how many weeks will Rovers miss Kell?",
        {"canonical": "three weeks", "value": 3, "unit": "weeks"},
    )
    assert (
        score(
            *asked,
            "Rovers 3, Athletic 2.",
            context="Rovers 3, Athletic 2. Rovers may miss Kell for three weeks.",
        )
        == 0
    )
