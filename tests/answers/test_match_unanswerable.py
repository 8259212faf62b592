"""Abstention, refusal and the correction of a false premise."""

from __future__ import annotations

import pytest

from tests.answers.typed import STORM, TypedCase, case, item, value

CASES = [
    case(
        item(
            "none",
            "How many people died in the storm?",
            reject=("30", "at least 30"),
            reason="missing_info",
            context=STORM,
        ),
        right=[
            "The article does not say how many people died.",
            "Not mentioned",
            "The text mentions 30 injured people but no deaths.",
            "No deaths are mentioned in the article.",
            "It only says that at least 30 were hurt; it does not mention deaths.",
            "unknown",
            "The number of deaths isn't given.",
            "There is no mention of anyone dying.",
            "The article does not report any deaths.",
            "Deaths are not mentioned.",
            "No information about deaths is given.",
            "The article states that at least 30 people were hurt, but it does not say how many died.",
            "Not stated (at least 30 were hurt).",
            "The article doesn't mention any fatalities.",
            "I can't tell from the article.",
        ],
        wrong=[
            "30",
            "at least 30",
            "0",
            "None",
            "Nobody died.",
            "zero",
            "At least 30 people died.",
            "The article doesn't say, but at least 30",
            "two",
            "I'm unable to help with this request.",
            "Two people, although the article doesn't say so explicitly",
        ],
    ),
    case(
        item(
            "none",
            "Why did Ines Calloway resign?",
            reject=("the storm",),
            reason="false_premise",
            context=STORM,
        ),
        right=[
            "She did not resign.",
            "Ines Calloway did not resign; she closed the port.",
            "The article does not say that she resigned.",
            "There is no indication that Calloway resigned.",
            "The premise is false: she hasn't resigned.",
            "Calloway hasn't resigned.",
            "The article doesn't mention a resignation.",
        ],
        wrong=[
            "Because of the storm",
            "She resigned over the storm.",
            "She was tired.",
            "resignation",
            "Due to criticism from the mayor",
        ],
    ),
    case(
        item(
            "none",
            "Which minister visited Brennick?",
            reject=("Oskar Lind",),
            reason="missing_info",
            context=STORM,
        ),
        right=[
            "No minister is mentioned.",
            "The article mentions no minister.",
            "none mentioned",
            "no minister visit is reported in the article",
            "The article does not mention a visit by any minister.",
        ],
        wrong=["Oskar Lind", "the interior minister", "The mayor", "A minister"],
    ),
]


@pytest.mark.parametrize("checked", [c for group in CASES for c in group], ids=str)
def test_typed_match(checked: TypedCase) -> None:
    assert value(checked.item, checked.answer) == pytest.approx(checked.verdict)
