"""Answers to yes-no questions that say neither yes nor no: statements in the question's words, or in the opposite ones."""

from __future__ import annotations

import pytest

from tests.answers.typed import TypedCase, case, gold, item, value


def both(question: str, yes: list[str], no: list[str], neither: tuple[str, ...] = ()) -> list[TypedCase]:
    """Each answer against either gold."""
    rows = [case(item("yes_no", question, gold("yes")), right=yes, wrong=[*no, *neither])]
    rows.append(case(item("yes_no", question, gold("no")), right=no, wrong=[*yes, *neither]))
    return [one for row in rows for one in row]


CASES = [
    both(
        "Will the museum reopen in May?",
        yes=["It will reopen in May.", "It reopens in May.", "The mayor said it will reopen in May."],
        no=[
            "The museum will reopen in June.",
            "It will reopen in June.",
            "In June.",
            "It will not reopen in May.",
        ],
        neither=("It may reopen.",),
    ),
    both(
        "Did the party win the election?",
        yes=["The party won the election.", "It won.", "It won the election."],
        no=["The party lost the election.", "It lost.", "The party was defeated in the election."],
    ),
    both(
        "Did exports rise?",
        yes=["Exports rose by 3 percent.", "They rose.", "Exports grew."],
        no=[
            "Exports fell by 3 percent.",
            "They fell.",
            "Exports did not rise, they fell.",
            "Exports fell, but imports rose.",
        ],
        neither=("He fell off a ladder.",),
    ),
    both(
        "Will the shop open on Sundays?",
        yes=["It will open on Sundays.", "The shop opens on Sundays."],
        no=[
            "It will be closed on Sundays.",
            "It will open on Saturdays only.",
            "The shop will stay closed on Sundays.",
        ],
    ),
    both(
        "Was the court's ban lifted?",
        yes=["The ban was lifted.", "It was lifted."],
        no=["The ban remains in force.", "The ban was upheld.", "The ban was not lifted."],
    ),
    both(
        "Did Orr buy the ship?",
        yes=["Orr bought the ship.", "Orr bought it."],
        no=["Orr did not buy the ship."],
    ),
    both(
        "Has the bridge that collapsed in March 2021 been rebuilt?",
        yes=["The bridge was rebuilt in June 2023."],
        no=["It has not been rebuilt."],
    ),
    both(
        "Did Norland sign the 2015 fisheries agreement?",
        yes=["Norland signed the agreement in January 2016."],
        no=["Norland did not sign it."],
    ),
    both(
        "Will construction start before 2027?", yes=["It will start in 2026."], no=["It will start in 2028."]
    ),
    both(
        "Did airlines welcome the decision?",
        yes=[
            "Airlines welcomed the decision, while residents' groups condemned it.",
            "Residents condemned it, but airlines welcomed it.",
        ],
        no=["Airlines condemned the decision."],
    ),
    both("Did oil prices rise?", yes=["Oil prices rose as supply fell."], no=["Oil prices fell."]),
    both(
        "Did more than 50 percent of voters back the ring road?",
        yes=["58 percent backed it."],
        no=["58 percent of voters rejected it.", "42 percent backed it."],
    ),
    both(
        "Will the tram line cost more than 300 million euros?",
        yes=["It will cost 310 million."],
        no=["It will cost 290 million euros."],
    ),
    both(
        "Did Estria win against Vesk?",
        yes=["Estria won against Vesk."],
        no=["Estria lost against Vesk.", "They lost 2-1."],
    ),
    both(
        "Did the union back the strike?", yes=["The union backed it."], no=["The union opposed the strike."]
    ),
    both(
        "Is the road closed?",
        yes=["The road has been closed since Monday.", "It is closed."],
        no=["The road is open.", "It is open again.", "The road has reopened."],
    ),
    both(
        "Did the minister agree to resign?",
        yes=["The minister agreed to resign.", "He agreed.", "The minister said yes."],
        no=["The minister refused to resign.", "She refused.", "He declined.", "The minister said no."],
    ),
    both(
        "Was anyone hurt?",
        yes=["Three people were hurt.", "Two were injured.", "Several people were injured."],
        no=["No one was hurt.", "Nobody was injured.", "There were no injuries."],
        neither=("Three houses burned down.",),
    ),
    both(
        "Was the bridge closed on Monday?",
        yes=["It was closed on Monday."],
        no=["The bridge was closed on Tuesday.", "It was open on Monday."],
    ),
    both(
        "Did the talks take place in 2024?",
        yes=["They took place in 2024."],
        no=["The talks took place in 2022."],
    ),
    both(
        "Did the department stay open all through the strike?",
        yes=["Operations were put off, though the department never closed."],
        no=["The department closed on the second day."],
        neither=("He had his chin closed with 11 stitches.", "she said"),
    ),
]


@pytest.mark.parametrize("checked", [c for group in CASES for c in group], ids=str)
def test_typed_match(checked: TypedCase) -> None:
    assert value(checked.item, checked.answer) == pytest.approx(checked.verdict)


def test_what_has_lasted_since_another_day_holds_on_that_day_too() -> None:
    closed = item("yes_no", "Was the bridge closed on Monday?", gold("yes"))
    assert value(closed, "The bridge has been closed since Sunday.") == 1


def test_patients_of_a_day_are_no_time() -> None:
    cared = item("yes_no", "Could the hospital give each of Monday's patients a place?", gold("no"))
    assert value(cared, "The hospital in Vell gave patients a place on Friday.") == 0
