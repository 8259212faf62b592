"""Declining an item, and answering it beside an abstention."""

from __future__ import annotations

import pytest

from bench.scoring import score_answer
from tests.answers.typed import TypedCase, case, gold, item, value

CASES = [
    # scope, silence in other words, corrections that are no bare negations
    case(
        item(
            "none",
            "At how many duros does the ministry value the loss?",
            reject=("8.4 million",),
            reason="false_premise",
        ),
        right=[
            "The ministry gave no value.",
            "The ministry said such a loss could not be expressed in money.",
            "The article only gives the diocese's estimate.",
            "It's not stated at which price the ministry values it.",
        ],
        wrong=[
            "8.4 million duros; it gave no value for the lamp.",
            "The article only gives 8.4 million duros.",
            "8.4 million duros, which could not be expressed in money",
        ],
    ),
    case(
        item("none", "Until which date is the nave closed?", reject=("1 May",), reason="false_premise"),
        right=["The nave remains open."],
        wrong=["The nave remains open until 1 May.", "The nave remains closed."],
    ),
    # declining, and answering beside it
    case(
        item(
            "none",
            "How many passengers were aboard the Osprey?",
            reject=("12", "240"),
            context="The Osprey with a crew of 12 and 240 seats sank.",
            reason="not_stated",
        ),
        right=[
            "There were 240 seats; the number of passengers is not given.",
            "The article mentions a crew of 12, but no passenger figure.",
            "It gives the crew (12) but not the number of passengers.",
            "The number of passengers was not released.",
            "The company would not say how many passengers were aboard.",
            "not in the article",
            "No such figure is found in the text.",
            "The number of passengers does not appear in the article",
            "The text gives no passenger numbers.",
            "The Osprey had 240 seats. How many passengers were aboard is not stated.",
            "While it had 240 seats, the number of passengers is unknown.",
        ],
        wrong=[
            "The article does not say. Ferries like this usually carry 240.",
            "The article does not name the captain. There were 240 passengers.",
            "Not stated. There were 240 passengers aboard.",
            "It does not give the crew, but there were 240 passengers.",
            "The article does not say; on average, 200.",
            "The captain is not named; 240 passengers were aboard.",
            "240; the crew is not stated",
            "240 passengers were aboard and the captain is not named.",
            "The article does not say. Going by its size, 200.",
            "The cause is not known, but it was 240.",
        ],
    ),
    case(
        item(
            "none",
            "Who is the vice-chancellor of Ost University?",
            reject=("Dara Min",),
            context="Dara Min is the chancellor.",
            reason="not_stated",
        ),
        right=[
            "Dara Min is the chancellor; no vice-chancellor is named.",
            "Dara Min is chancellor. The vice-chancellor is not mentioned.",
            "The article names only the chancellor, Dara Min, not the vice-chancellor.",
            "The chancellor is Dara Min, but the vice-chancellor is not identified.",
            "The university declined to name its vice-chancellor.",
        ],
        wrong=[
            "Dara Min; the article does not say since when.",
            "The vice-chancellor is Dara Min; the chancellor is not named.",
            "The chancellor is not named; the vice-chancellor is Dara Min",
        ],
    ),
    case(
        item(
            "none",
            "Why did Volta cancel the merger?",
            reject=("high costs",),
            context="Volta went ahead with the merger despite high costs.",
            reason="false_premise",
        ),
        right=[
            "It didn't; the merger went ahead.",
            "Volta did not cancel the merger.",
            "The merger was not cancelled, the article says; it went ahead despite high costs.",
            "The merger wasn't cancelled",
            "Volta never cancelled the merger.",
            "They did not cancel it.",
            "There was no cancellation of the merger.",
            "According to the article, the merger was not cancelled.",
            "The merger has not been cancelled; Volta went ahead.",
            "The question rests on a false premise: the merger went ahead.",
        ],
        wrong=[
            "Volta cancelled the merger because the regulator did not approve it.",
            "Volta cancelled it since talks never succeeded.",
            "It cancelled the merger, as costs were not covered.",
            "Because of high costs, it did not continue.",
            "Because of high costs",
            "The merger was cancelled when the regulator did not agree.",
            "Volta cancelled the merger and did not say why... high costs",
            "The regulator did not approve it, so Volta cancelled the merger.",
        ],
    ),
    case(
        item(
            "none",
            "When will the new bridge open?",
            reject=("May 2030",),
            context="Work began in May 2030.",
            reason="not_stated",
        ),
        right=[
            "No opening date has been set.",
            "The city has not announced a date.",
            "No date was announced.",
            "An opening date has yet to be set.",
            "The opening date has not been decided yet.",
            "Work began in May 2030, but no opening date is given.",
            "No date has been fixed yet for the opening.",
            "The council has not yet decided.",
            "The article gives no date.",
        ],
        wrong=[
            "May 2030. No time has been set.",
            "It will open in May 2030; the time is not given.",
            "The bridge will open in May 2030",
        ],
    ),
    case(
        item("span", "What did the buyer do?", gold("declined to comment")),
        right=["He declined to comment", "The buyer declined to comment"],
        wrong=[],
    ),
    # an article that tells something else, and people who tell nothing
    case(
        item(
            "none",
            "Why did Lena Vik resign?",
            context="Mayor Lena Vik resigned on Monday. The council meets on 3 May.",
        ),
        right=[
            "The article says she resigned on Monday but does not explain why.",
            "The article reports the resignation without giving a reason.",
            "The article only says that she resigned, not why.",
            "The article reports that she resigned on Monday, but it gives no reason.",
            "While the resignation is mentioned, the reason is not.",
            "The report gives no clue as to why she stepped down.",
            "She gave no reason.",
            "Lena Vik resigned on Monday; no reason was given.",
            "The mayor resigned without giving a reason.",
            "She resigned on Monday without saying why.",
            "It only says that she resigned on Monday.",
            "Her reason for resigning is left out of the article.",
            "The article offers no explanation.",
            "I'm afraid the article doesn't go into that.",
            "The given text doesn't elaborate on the reason for her resignation.",
            "There isn't any information on that.",
            "The article leaves her reasons unexplained.",
            "None",
        ],
        wrong=[
            "Because no successor was named.",
            "She gave no reason, but it was the scandal.",
            "Lena Vik resigned for personal reasons; the article does not give details.",
            "She resigned over the budget; the article does not give a date.",
            "The article only says that she was ill.",
            "No reason.",
        ],
    ),
    case(
        item("none", "How many people were hurt?", context="A shed burned down in Vell."),
        right=["There isn't any mention of injuries in the article."],
        wrong=["None"],
    ),
    case(
        item("none", "Who is the new mayor of Orr?", context="Mayor Lena Vik resigned on Monday."),
        right=["There is no new mayor yet."],
        wrong=["Lena Vik, and there is no council yet"],
    ),
]


@pytest.mark.parametrize("checked", [c for group in CASES for c in group], ids=str)
def test_typed_match(checked: TypedCase) -> None:
    assert value(checked.item, checked.answer) == pytest.approx(checked.verdict)


@pytest.mark.parametrize(
    "text",
    ["The board gave no percentage.", "It gives no percentage at all."],
)
def test_a_quantity_that_is_not_given_is_an_abstention(text):
    item = {
        "question": "By how many percent was spending cut, according to the board?",
        "context": "The union claims a cut of a third. The board could verify no figure.",
        "answer_type": "none",
        "gold": [],
        "reject": ["a third"],
    }
    assert score_answer(item, text)["correct"] == 1.0
