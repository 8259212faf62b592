"""Yes, no and one option of several."""

from __future__ import annotations

import pytest

from tests.answers.typed import STORM, TypedCase, case, gold, item, value

CASES = [
    case(
        item("yes_no", "Has the treaty been ratified?", gold("no"), reject=("yes",)),
        right=[
            "No",
            "no",
            "It has not been ratified.",
            "No, not yet.",
            "Not yet.",
            "The treaty has not been ratified.",
            "It hasn't.",
        ],
        wrong=["Yes", "It has been ratified", "yes, it has", "maybe"],
    ),
    case(
        item("yes_no", "Did all nine ferries come back on time?", gold("no"), reject=("yes",), context=STORM),
        right=[
            "No",
            "No, two came back late.",
            "They did not.",
            "No; two were late",
            "Not all of them.",
            "no, not all",
            "Two of them did not come back on time.",
        ],
        wrong=[
            "Yes",
            "They did.",
            "All nine ferries came back on time.",
            "yes, all of them",
            "Nine",
            "Yes, but two were late",
        ],
    ),
    case(
        item(
            "yes_no",
            "Is the owner of the ferry company related to the mayor?",
            gold("yes"),
            reject=("no",),
            context=STORM,
        ),
        right=[
            "Yes",
            "Yes, he is his brother.",
            "He is.",
            "yes – they are brothers",
            "Correct.",
            "The owner of the ferry company is related to the mayor.",
            "It is true.",
        ],
        wrong=[
            "No",
            "He is not.",
            "no, he isn't",
            "not related",
            "The owner is not related to the mayor.",
            "unrelated",
            "Erik Lind",
        ],
    ),
    case(
        item(
            "yes_no",
            "Did the mayor agree with the police chief about the damage?",
            gold("no"),
            reject=("yes",),
            context=STORM,
        ),
        right=[
            "No",
            "The mayor disagreed.",
            "No, he disagreed.",
            "He did not.",
            "no he did not agree",
            "He did not agree with the police chief.",
        ],
        wrong=["Yes", "He agreed with the police chief about the damage.", "yes he did", "He did agree."],
    ),
    case(
        item(
            "choice", "Was the vote (A) postponed or (B) cancelled?", gold("postponed"), reject=("cancelled",)
        ),
        right=["postponed", "A", "(A)", "A) postponed", "Option A", "It was postponed."],
        wrong=["cancelled", "B", "(B) cancelled", "both", "postponed or cancelled"],
    ),
    case(
        item(
            "choice",
            "Was the police chief's estimate of the damage higher or lower than the mayor's?",
            gold("higher", aliases=("above",)),
            reject=("lower",),
            context=STORM,
        ),
        right=[
            "higher",
            "Higher.",
            "It was higher.",
            "higher than the mayor's",
            "The police chief's estimate was higher than the mayor's.",
            "higher, not lower",
        ],
        wrong=[
            "lower",
            "equal",
            "It was lower.",
            "higher or lower",
            "not higher",
            "lower, not higher",
            "neither",
            "It was not higher.",
        ],
    ),
    case(
        item(
            "choice",
            "Who is older in office, the mayor or the harbour master?",
            gold("the mayor", aliases=("Oskar Lind",)),
            reject=("the harbour master", "Ines Calloway"),
            context=STORM,
        ),
        right=["the mayor", "mayor", "The mayor.", "the mayor, not the harbour master"],
        wrong=[
            "the harbour master",
            "harbour master",
            "both",
            "Ines Calloway",
            "the mayor or the harbour master",
            "not the mayor",
        ],
    ),
]


@pytest.mark.parametrize("checked", [c for group in CASES for c in group], ids=str)
def test_typed_match(checked: TypedCase) -> None:
    assert value(checked.item, checked.answer) == pytest.approx(checked.verdict)
