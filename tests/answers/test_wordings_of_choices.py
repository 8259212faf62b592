"""Yes and no restated, options repeated, lists in other layouts."""

from __future__ import annotations

import pytest

from tests.answers.typed import TypedCase, case, gold, item, value

CASES = [
    case(
        item(
            "choice",
            "What is his response: does he deny it, admit it or leave it open?",
            gold("deny it"),
            reject=("admit it", "leave it open"),
        ),
        right=["He denied her statement", "Denies", "He denied that."],
        wrong=[
            "He did not deny her statement",
            "He denied nothing",
            "He admitted denying her statement",
            "He admits",
        ],
    ),
    case(
        item("yes_no", "Were there more women than men?", gold("yes")),
        right=["80% of them were women, so yes.", "Most were women; therefore, yes"],
        wrong=["Most were men, so no", "No, 80% were women, so yes"],
    ),
    # yes and no, options, lists
    case(
        item("yes_no", "Did the firm refuse to pay the workers?", gold("yes")),
        right=[
            "It refused to pay them.",
            "It refused",
            "Yes, it refused",
            "The firm refused to pay the workers.",
            "It did",
        ],
        wrong=["It did not refuse.", "No", "It never refused to pay", "It did not"],
    ),
    case(
        item("yes_no", "Does the minister oppose the tunnel?", gold("yes")),
        right=["The minister opposes it", "He is against it", "The minister is opposed to it", "Yes"],
        wrong=["The minister does not oppose it", "The minister backs it", "The minister is not against it"],
    ),
    case(
        item("yes_no", "Did the council back the tunnel?", gold("no")),
        right=[
            "It is not true that the council backed the tunnel",
            "No, although the mayor said yes.",
            "No. The mayor had said yes, but it voted no.",
            "No",
            "It has yet to back the tunnel",
        ],
        wrong=[
            "It is not true that the council did not back the tunnel",
            "It is false that the council did not back it",
            "Yes. No.",
            "It is untrue that the council refused to back the tunnel",
        ],
    ),
    case(
        item("yes_no", "Was anyone killed in the blast?", gold("no")),
        right=["Nobody", "No one", "Nobody was killed", "None", "There were no deaths", "There were none"],
        wrong=["Yes", "Somebody was killed"],
    ),
    case(
        item("yes_no", "Has the pact been signed?", gold("no")),
        right=["It has yet to be signed.", "The pact has yet to be signed", "Not yet"],
        wrong=["It has been signed"],
    ),
    case(
        item("yes_no", "Did the diver survive?", gold("yes")),
        right=[
            "Yes, and no others were in the water.",
            "Yes. Nobody else was there.",
            "Yes, and no one else was hurt",
        ],
        wrong=["Yes and no", "Yes, and no.", "No"],
    ),
    case(
        item(
            "choice",
            "Which club won, Tarn Rovers or Ost Athletic?",
            gold("Ost Athletic"),
            reject=("Tarn Rovers",),
        ),
        right=[
            "Tarn Rovers or Ost Athletic: Ost Athletic",
            "Of Tarn Rovers and Ost Athletic, Ost Athletic",
            "Between Tarn Rovers and Ost Athletic, it was Ost Athletic that won.",
            "The latter",
            "the second one",
            "Ost Athletic",
        ],
        wrong=[
            "Tarn Rovers or Ost Athletic: Tarn Rovers",
            "Ost Athletic or Tarn Rovers",
            "the former",
            "the first",
            "Ost Athletic and Tarn Rovers",
            "Between the two, Tarn Rovers",
        ],
    ),
    case(
        item(
            "choice",
            "Did the firm confirm the deal, deny it or decline to comment?",
            gold("decline to comment"),
            reject=("confirm", "deny"),
        ),
        right=["decline to comment"],
        wrong=["confirm", "deny it"],
    ),
    case(
        item(
            "list",
            "Which three towns flooded?",
            gold("Arle"),
            gold("Bosk"),
            gold("Cenn"),
            reject=("Dorr",),
            mode="all",
        ),
        right=[
            "| Town |\n|---|\n| Arle |\n| Bosk |\n| Cenn |",
            "| # | Town |\n|:--|---|\n| 1 | Arle |\n| 2 | Bosk |\n| 3 | Cenn |",
            "1) Arle 2) Bosk 3) Cenn",
            "1. Arle 2. Bosk 3. Cenn",
            "Arle, Bosk and Cenn. Let me know if you need more!",
            "- Arle\n- Bosk\n- Cenn\n\nI hope this helps!",
        ],
        wrong=[],
        partly={
            "Arle, Bosk, Cenn and Dorr": 0.8571428571428571,
            "Arle, Bosk, Dorr": 0.6666666666666666,
            "Dorr": 0,
        },
    ),
    case(
        item(
            "list",
            "Who leads each of the two teams?",
            gold("Ada Lorm", key="Vesta"),
            gold("Per Hask", key="Kolm"),
            reject=("Ivo Brand",),
            mode="all_keyed",
        ),
        right=[
            "Vesta – Ada Lorm\nKolm – Per Hask",
            "Vesta - Ada Lorm; Kolm - Per Hask",
            "Ada Lorm – Vesta\nPer Hask – Kolm",
            "Vesta: Ada Lorm, Kolm: Per Hask",
        ],
        wrong=["Vesta: Per Hask, Kolm: Ada Lorm"],
        partly={"Vesta: Ada Lorm, Kolm: Ulf Zann": 0.5, "Vesta: Ada Lorm, Kolm: Ivo Brand": 0.5},
    ),
    case(
        item("list", "Which two MPs left?", gold("Agna Brolt"), gold("Tom Eck"), mode="all"),
        right=["Brolt and Eck", "MPs Brolt and Eck left.", "A. Brolt and T. Eck", "Ms Brolt and Mr Eck"],
        wrong=[],
        partly={"Brolt, Eck and one Mia Sund": 0.8},
    ),
    # one option set above the other
    *(
        case(
            item(
                "choice",
                "Which did the council choose, the tram or the bus?",
                gold("the tram"),
                reject=reject,
            ),
            right=[
                "The council chose the tram over the bus.",
                "The tram over the bus",
                "The council preferred the tram to the bus.",
                "They picked the tram because the bus was too expensive.",
                "the tram, since the bus was too expensive",
            ],
            wrong=[
                "The council chose the bus over the tram.",
                "The bus over the tram",
                "They preferred the bus to the tram.",
                "They did not choose the tram over the bus.",
                "They voted against the tram because the bus was cheaper.",
                "the bus, since the tram was too expensive",
            ],
        )
        for reject in ((), ("the bus",))
    ),
]


@pytest.mark.parametrize("checked", [c for group in CASES for c in group], ids=str)
def test_typed_match(checked: TypedCase) -> None:
    assert value(checked.item, checked.answer) == pytest.approx(checked.verdict)
