"""Sets and keyed lists."""

from __future__ import annotations

import pytest

from tests.answers.typed import STORM, TypedCase, case, gold, item, value

CASES = [
    case(
        item("list", "On which two days did they meet?", gold("Monday"), gold("Wednesday"), mode="all"),
        right=["Monday and Wednesday", "on Wednesday and on Monday", "They met on Monday and Wednesday."],
        wrong=["Tuesday and Thursday"],
        partly={"Monday": 0.6666666666666666, "Monday, Tuesday and Wednesday": 0.8},
    ),
    case(
        item(
            "list",
            "How many drones did each side down?",
            gold("52", value=52),
            gold("162", value=162),
            mode="all",
        ),
        right=["52 and 162", "162, 52"],
        partly={"52 and 80": 0.5, "52": 0.6666666666666666},
    ),
    case(
        item(
            "list",
            "How many drones did each side shoot down?",
            gold("52", key="Ukraine", value=52),
            gold("162", key="Russia", value=162),
            mode="all_keyed",
        ),
        right=[
            "Ukraine: 52; Russia: 162",
            "Ukraine shot down 52 and Russia shot down 162.",
            "52 by Ukraine and 162 by Russia",
            "Ukraine 52, Russia 162",
            "Kyiv downed 52 drones, while Moscow downed 162.",
        ],
        wrong=["Ukraine: 162, Russia: 52", "Russia shot down 52 and Ukraine 162."],
        partly={"Ukraine: 52; Russia: 80": 0.5, "Ukraine: 52": 0.6666666666666666},
    ),
    case(
        item(
            "list",
            "Who won which medal?",
            gold("Mara Voss", key="gold"),
            gold("Lena Brandt", key="silver"),
            gold("Ines Calloway", key="bronze"),
            mode="all_keyed",
        ),
        right=[
            "Gold: Mara Voss, silver: Lena Brandt, bronze: Ines Calloway",
            "Mara Voss won gold, Lena Brandt silver and Ines Calloway bronze.",
            "Voss took gold, Brandt took silver, and Calloway took bronze.",
            "Mara Voss (gold), Lena Brandt (silver), Ines Calloway (bronze)",
            "Gold went to Mara Voss, silver to Lena Brandt and bronze to Ines Calloway.",
        ],
        wrong=["Mara Voss, Lena Brandt, Ines Calloway"],
        partly={"Gold: Mara Voss\nSilver: Ines Calloway\nBronze: Lena Brandt": 0.3333333333333333},
    ),
    case(
        item(
            "list",
            "Who gave an estimate of the damage?",
            gold("Tomas Brandt", aliases=("Brandt", "the police chief")),
            gold("Oskar Lind", aliases=("the mayor",)),
            mode="all",
            context=STORM,
        ),
        right=[
            "Tomas Brandt and Oskar Lind",
            "the police chief and the mayor",
            "Police chief Tomas Brandt and mayor Oskar Lind",
            "- Tomas Brandt (police chief)\n- Oskar Lind (mayor)",
            "1) the mayor 2) the police chief",
            "The estimates came from the police chief, Tomas Brandt, and the mayor, Oskar Lind.",
            '{"answer": ["Tomas Brandt", "Oskar Lind"]}',
        ],
        wrong=["Ines Calloway"],
        partly={
            "Oskar Lind": 0.6666666666666666,
            "Brandt, Lind and Calloway": 0.4,
            "Tomas Brandt, Oskar Lind, Ines Calloway": 0.8,
            "Tomas Brandt; Erik Lind": 0.5,
            "Tomas Brandt, Oskar Lind, and others": 0.8,
        },
    ),
    case(
        item(
            "list",
            "How high did each put the damage?",
            gold("€4.5 million", key="police chief", unit="EUR", value=4500000.0),
            gold("about €3 million", aliases=("€3 million",), key="mayor", unit="EUR", value=3000000.0),
            mode="all_keyed",
            context=STORM,
        ),
        right=[
            "Police chief: €4.5 million; mayor: €3 million",
            "The police chief said €4.5 million, the mayor about €3 million.",
            "€4.5 million (police chief) and €3 million (mayor)",
            "The mayor put it at €3 million and the police chief at €4.5 million.",
        ],
        wrong=["police chief: €3 million; mayor: €4.5 million", "€4.5 million and €3 million"],
        partly={
            "mayor: about 3 million euros": 0.6666666666666666,
            "Police chief: $4.5 million; mayor: €3 million": 0.5,
        },
    ),
]


@pytest.mark.parametrize("checked", [c for group in CASES for c in group], ids=str)
def test_typed_match(checked: TypedCase) -> None:
    assert value(checked.item, checked.answer) == pytest.approx(checked.verdict)
