"""Persons, places, organisations and things."""

from __future__ import annotations

import pytest

from tests.answers.typed import STORM, TypedCase, case, gold, item, value

CASES = [
    case(
        item(
            "person",
            "Who wrote the report?",
            gold("Anna Schmidt"),
            reject=("Karl Weber",),
            context="Anna Schmidt wrote the report. Karl Weber and Anna Klein read it.",
        ),
        right=[
            "Anna Schmidt",
            "Schmidt",
            "Dr Schmidt",
            "A. Schmidt",
            "Dr. Anna Schmidt",
            "Anna M. Schmidt",
            "Ms. Schmidt wrote it.",
        ],
        wrong=[
            "Anna",
            "Karl Weber",
            "Anna Klein",
            "Weber",
            "Maria Schmidt",
            "Schmidt and Weber",
            "M. Schmidt",
            "Anna Weber",
            "Klein",
            "Schmidt's assistant",
        ],
    ),
    case(
        item("person", "Who won?", gold("Xi Jinping")),
        right=["Xi Jinping", "Xi", "President Xi"],
        wrong=["Jinping Li", "Li"],
    ),
    case(
        item("person", "Who leads it?", gold("Ursula von der Leyen")),
        right=["Ursula von der Leyen", "von der Leyen", "Von der Leyen", "Mrs von der Leyen", "Leyen"],
        wrong=["Ursula", "Angela von der Leyen"],
    ),
    case(
        item(
            "person",
            "Who closed the port?",
            gold("Ines Calloway"),
            reject=("Oskar Lind", "Tomas Brandt"),
            context=STORM,
        ),
        right=[
            "Ines Calloway",
            "Calloway",
            "Harbour master Ines Calloway",
            "the harbour master, Ines Calloway",
            "Ms Calloway",
            "I. Calloway",
            "Calloway, Ines",
            "It was closed by Ines Calloway.",
            "Harbor master Calloway",
            "ines calloway",
            "Ines  Calloway, harbour master",
            "The port was closed by harbour master Ines Calloway at 6 p.m. on Friday.",
            "not Lind but Calloway",
            "Inés Calloway",
            "Ines Calloway did",
        ],
        wrong=[
            "Ines",
            "the harbour master",
            "Lind",
            "Tomas Brandt",
            "Ines Lind",
            "Oskar Calloway",
            "Calloway or Lind",
            "Ines Brandt",
            "Calloway's deputy",
            "Ines Callaway",
            "I. Lind",
            "police",
            "Calloway and Brandt",
            "Either Calloway or somebody else",
            "T. Calloway",
            "Caloway",
        ],
    ),
    case(
        item(
            "person",
            "Who is the mayor?",
            gold("Oskar Lind"),
            reject=("Ines Calloway", "Erik Lind"),
            context=STORM,
        ),
        right=[
            "Oskar Lind",
            "O. Lind",
            "Mayor Oskar Lind",
            "Oskar Lind (mayor)",
            "Lind, Oskar",
            "The mayor is Oskar Lind, who comes from Karlsund.",
        ],
        wrong=[
            "Lind",
            "Erik Lind",
            "E. Lind",
            "Mr Lind",
            "Oskar",
            "Lind's brother",
            "Oskar Brandt",
            "Oskar and Erik Lind",
            "Oskar or Erik Lind",
            "Erik Lind's brother",
        ],
    ),
    case(
        item(
            "person", "Who owns the ferry company?", gold("Erik Lind"), reject=("Oskar Lind",), context=STORM
        ),
        right=["Erik Lind", "E. Lind", "Erik Lind, the mayor's brother"],
        wrong=["Oskar Lind", "Lind", "the mayor", "O. Lind", "Nordlinje", "Oskar Lind's brother"],
    ),
    case(
        item(
            "person",
            "Who put the damage at about €3 million?",
            gold("Oskar Lind", aliases=("the mayor", "Mayor Lind")),
            reject=("Tomas Brandt",),
            context=STORM,
        ),
        right=["the mayor", "Oskar Lind", "Mayor Lind", "The mayor, Oskar Lind", "the mayor did"],
        wrong=["the police chief", "Tomas Brandt", "Brandt", "the deputy mayor", "Erik Lind"],
    ),
    case(
        item("place", "Where did the plane land?", gold("Kyiv", aliases=("Kiev",)), reject=("Lviv",)),
        right=["Kyiv", "Kiev", "in Kyiv", "It landed in Kyiv.", "Kyiv, Ukraine"],
        wrong=[
            "Ukraine",
            "Lviv",
            "Kyiv or Lviv",
            "Kharkiv",
            "north of Kyiv",
            "Kyiv region",
            "New Kyiv",
            "an airport near Kyiv",
        ],
    ),
    case(
        item(
            "place",
            "Which port was closed?",
            gold("Brennick", aliases=("the port of Brennick",)),
            reject=("Karlsund",),
            context=STORM,
        ),
        right=[
            "Brennick",
            "the port of Brennick",
            "Port of Brennick",
            "Brennick port",
            "The port of Brennick was closed.",
            "brennick",
            "Brennick, Norrland",
            "Brennick (Norrland)",
            "BRENNICK",
        ],
        wrong=[
            "Norrland",
            "Karlsund",
            "the coast",
            "Brennick Courier",
            "Brennick and Karlsund",
            "Karlsund, not Brennick",
            "Brennik",
            "a port near Brennick",
            "Brennick or Karlsund",
            "not Brennick",
        ],
    ),
    case(
        item(
            "place", "Where does the mayor come from?", gold("Karlsund"), reject=("Brennick",), context=STORM
        ),
        right=[
            "Karlsund",
            "from Karlsund",
            "He comes from Karlsund.",
            "The mayor comes from Karlsund",
            "Karlsund, not Brennick",
        ],
        wrong=["Brennick", "Norrland", "north of Karlsund", "Karlsundby", "Karlsund or Brennick", "Sweden"],
    ),
    case(
        item(
            "span",
            "Which company made the engine?",
            gold("Rolls-Royce", aliases=("Rolls Royce plc",)),
            reject=("Airbus",),
        ),
        right=[
            "Rolls-Royce",
            "Rolls Royce",
            "rolls-royce",
            "Rolls‑Royce",
            "Rolls-Royce plc",
            "Rolls-Royce made it.",
            "ROLLS-ROYCE",
        ],
        wrong=["Airbus", "Royce", "Rolls", "Boeing", "Airbus and Rolls-Royce", "Rolls-Royce or GE"],
    ),
    case(
        item("span", "What caused the fire?", gold("a faulty cable"), reject=("arson",)),
        right=[
            "a faulty cable",
            "faulty cable",
            "A faulty cable caused the fire.",
            "The fire was caused by a faulty cable.",
            "The faulty cable",
        ],
        wrong=[
            "arson",
            "a cable",
            "a faulty switch",
            "not a faulty cable",
            "arson, not a faulty cable",
            "a faulty cable or arson",
        ],
    ),
    case(
        item("span", "What is the capital?", gold("Paris")),
        right=["Paris", "paris", "It is Paris.", "Paris, France"],
        wrong=["Paris Paris Paris Paris", "London", "Paris or London", "", "Paris Hilton", "not Paris"],
    ),
    case(
        item("span", "Which country?", gold("U.S.")),
        right=["U.S.", "US", "the US", "u.s."],
        wrong=["U.K.", "UK", "us all"],
    ),
    case(
        item("span", "What is the value of pi?", gold("3.14")),
        right=["3.14"],
        wrong=["314", "3.41", "31.4"],
    ),
    case(
        item("span", "Whose draft was it?", gold("Russia's")),
        right=["Russia’s", "Russia's", "Russia", "russia`s"],
        wrong=["Ukraine's"],
    ),
    case(
        item(
            "span", "Which storm reached the coast?", gold("Storm Odile", aliases=("Odile",)), context=STORM
        ),
        right=[
            "Storm Odile",
            "Odile",
            "storm odile",
            "the storm Odile",
            "It was Storm Odile.",
            'Storm "Odile"',
        ],
        wrong=["Storm Otto", "the storm of 2019", "Storm", "Odile or Otto", "Hurricane Otto"],
    ),
    case(
        item(
            "span",
            "Which newspaper reported the power cuts?",
            gold("The Brennick Courier", aliases=("Brennick Courier",)),
            reject=("Volta",),
            context=STORM,
        ),
        right=[
            "Brennick Courier",
            "the Brennick Courier",
            "The Brennick Courier newspaper",
            "Brennick Courier.",
        ],
        wrong=[
            "Courier",
            "Brennick",
            "Volta",
            "The Brennick Times",
            "Brennick Courier and Volta",
            "The Karlsund Courier",
        ],
    ),
    case(
        item(
            "span",
            "Which company said repairs will take three weeks?",
            gold("Volta", aliases=("the power company Volta",)),
            reject=("Nordlinje",),
            context=STORM,
        ),
        right=[
            "Volta",
            "the power company Volta",
            "Volta did",
            "Power company Volta",
            "Volta, the power company",
            "VOLTA",
        ],
        wrong=["Nordlinje", "Volta or Nordlinje", "the ferry company", "Voltage", "Volta Nordlinje"],
    ),
]


@pytest.mark.parametrize("checked", [c for group in CASES for c in group], ids=str)
def test_typed_match(checked: TypedCase) -> None:
    assert value(checked.item, checked.answer) == pytest.approx(checked.verdict)
