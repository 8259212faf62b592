"""Figures that change, figures of several claimants, sides of a vote, lists with contrasts, and who did it to whom."""

import pytest

from bench.records import Item
from tests.answers.typed import TypedCase, case, gold, item, value

NEWS = (
    "The parliament of Ruvia has cut the value added tax on food from 12 to 7 percent. Sales at Vimex rose from 4.1 billion "
    "euros in 2029 to 4.6 billion euros in 2030. The number of its shops fell from 310 to 287. The working week will be "
    "shortened from 40 to 36 hours. The cut will cost the state about 900 million crowns a year, the finance ministry "
    "estimates. The opposition leader Stefan Marek said the amount would be closer to 1.5 billion crowns. Police said 4,000 "
    "people marched on Sunday; the organisers spoke of 12,000. Vimex will buy its smaller rival Baltic Carriers. Athletic beat "
    "Rovers 3-1. Orr signed for Rovers. Dahl replaces Orr. Norland and Estria sent rescue teams; Vesk offered money. The "
    "media law was adopted with 112 votes to 87; 6 members abstained. The Centre Alliance and the Greens voted in favour, "
    "while the Liberals and the People's Party were against."
)


FLIGHTS = "On Tuesday a storm delayed 40 flights at Borg airport. A further 12 flights were cancelled."
INQUIRY = (
    "Prime Minister Eva Dahl named Jonas Keller on Monday to head an inquiry. The former appeal court judge, 61, will report "
    "by June."
)
ELECTION = (
    "Marek Holub was elected mayor of Vell with 54 percent of the vote, ahead of Jana Prok, on 38 percent. The airline Lufa "
    "Air carried 1.2 million passengers in 2022 and 1.5 million in 2023."
)
MAP = (
    "The oldest map of Torvik was sold for 85,000 euros on 9 May. It was drawn in 1612 by Hans Wulf, a monk."
)


def number(question: str, canonical: str, *reject: str) -> Item:
    return item("number", question, gold(canonical), reject=reject, context=NEWS)


def named(question: str, *golds: str, mode: str = "one") -> Item:
    return item("span", question, *map(gold, golds), mode=mode, context=NEWS)


TAX = (
    "The tax on food is cut from 12 percent to 7 percent.",
    "It falls from 12 to 7 percent.",
    "It was cut to 7 percent from 12 percent.",
    "It was lowered from 12% to 7%",
)
SHOPS = (
    "The number of shops fell from 310 to 287.",
    "It has 287 shops, down from 310.",
    "The number fell by 23, from 310 to 287.",
    "It fell from about 310 to 287.",
    "Vimex went from 310 shops to 287.",
)
REVERSED = ("It is cut from 7 to 12 percent.",)
RANGE = ("from 12 to 7 percent", "12 to 7 percent")  # no word of a change
SALES = (
    "Sales rose from 4.1 billion euros in 2029 to 4.6 billion euros in 2030.",
    "Sales rose to 4.6 billion euros in 2030, up from 4.1 billion euros in 2029.",
)
CLAIMS = (
    "According to opposition leader Stefan Marek, it would be closer to 1.5 billion crowns a year, whereas the finance "
    "ministry estimates about 900 million.",
    "Stefan Marek said it would cost 1.5 billion crowns, while the finance ministry put it at 900 million crowns.",
    "The finance ministry estimates 900 million crowns, but Marek says 1.5 billion crowns.",
    "Marek: 1.5 billion crowns; ministry: 900 million crowns",
)
MARCH = (
    "Police said 4,000 people marched, while the organisers spoke of 12,000.",
    "4,000 according to police, 12,000 according to the organisers.",
    "The organisers spoke of 12,000, the police of 4,000.",
    "Police: 4,000. Organisers: 12,000.",
    "The police put the number at 4,000 and the organisers at 12,000.",
)
CROSSED_MARCH = "Police said 12,000 people marched, while the organisers spoke of 4,000."
VOTE = item(
    "number",
    "How many members voted for the media law, how many against, and how many abstained?",
    gold("112", key="for"),
    gold("87", key="against"),
    gold("6", key="abstained"),
    mode="all_keyed",
    context=NEWS,
)
FAVOUR = named("Which parties voted in favour of the media law?", "Centre Alliance", "Greens", mode="all")
AGAINST = named("Which parties voted against the media law?", "Liberals", "People's Party", mode="all")
TEAMS = named("Which countries sent rescue teams?", "Norland", "Estria", mode="all")
SIDES = "The governing Centre Alliance and the Greens voted in favour, while the Liberals and the People's Party were against."

CASES: list[TypedCase] = [
    *case(number("What will the tax on food be after the cut?", "7 percent"), TAX, REVERSED + RANGE),
    *case(number("What is the tax on food?", "7 percent"), TAX, REVERSED + RANGE),
    *case(number("What was the tax on food before the cut?", "12 percent"), TAX, REVERSED + RANGE),
    *case(number("What was the tax rate previously?", "12 percent"), TAX, REVERSED),
    *case(number("To what was the tax cut?", "7 percent", "12 percent"), ["To 7 percent."], TAX),
    *case(
        number("By how much was the tax cut?", "5 percentage points"),
        ["The tax was cut from 12 to 7 percent, that is by 5 percentage points."],
        TAX,
    ),
    *case(number("How high were Vimex's sales in 2030?", "4.6 billion euros"), SALES),
    *case(number("How high were Vimex's sales in 2029?", "4.1 billion euros"), SALES),
    *case(
        number("How high were Vimex's sales in 2030?", "4.6 billion euros"),
        wrong=["Sales rose from 4.6 billion euros in 2029 to 4.1 billion euros in 2030."],
    ),
    *case(number("How many shops does Vimex have now?", "287 shops"), SHOPS),
    *case(number("How many shops did Vimex have before?", "310"), SHOPS),
    *case(number("By how many did the number of shops fall?", "23"), SHOPS[2:3], SHOPS[:1]),
    *case(number("How long will the working week be?", "36 hours"), ["It will be shortened from 40 to 36 hours."]),
    *case(number("How long is the working week at present?", "40 hours"), ["It will be shortened from 40 to 36 hours."]),
    *case(
        number("According to Stefan Marek, how much would the tax cut cost a year?", "1.5 billion crowns"),
        CLAIMS,
        [
            "The finance ministry estimates 1.5 billion crowns, but Marek says 900 million crowns.",
            "1.5 billion crowns or 900 million crowns",
        ],
    ),
    *case(number("How many people marched according to the police?", "4,000"), MARCH, [CROSSED_MARCH]),
    *case(number("How many people marched according to the organisers?", "12,000"), MARCH, [CROSSED_MARCH]),
    *case(number("How many people marched?", "4,000"), ["Police said 4,000."], MARCH),
    *case(
        VOTE,
        [
            '{"for": 112, "against": 87, "abstained": 6}',
            '```json\n{"for": "112", "against": "87", "abstained": "6"}\n```',
            "112 members voted for the law, 87 voted against and 6 abstained.",
            "112 for, 87 against, 6 abstentions",
            "In favour: 112; opposed: 87; abstentions: 6",
            "The law was adopted with 112 votes in favour and 87 against, while 6 members abstained.",
            "| For | 112 |\n| Against | 87 |\n| Abstained | 6 |",
        ],
        partly={"For: 87, against: 112, abstained: 6": 1 / 3},
    ),
    *case(
        FAVOUR,
        [SIDES, "The Centre Alliance and the Greens voted for it, whereas the Liberals opposed it."],
        ["The Liberals and the People's Party voted in favour, while the Centre Alliance and the Greens were against it."],
        {"The Centre Alliance and the Liberals voted in favour, but the Greens abstained.": 0.5},
    ),
    *case(AGAINST, [SIDES, "The Liberals and the People's Party voted against it, while the Greens supported it."]),
    *case(
        TEAMS,
        ["Norland and Estria sent rescue teams, while Vesk offered money.", "Norland sent a team, while Estria contributed two."],
        partly={"Norland and Estria sent teams, but Vesk also sent teams.": 0.8},
    ),
    *case(
        named("Which company is being taken over?", "Baltic Carriers"),
        ["Baltic Carriers is being taken over by Vimex.", "The company taken over is Baltic Carriers."],
        ["Vimex is being taken over by its rival Baltic Carriers."],
    ),
    *case(
        named("Which team was beaten?", "Rovers"),
        ["Rovers were beaten 3-1 by Athletic.", "Athletic beat Rovers."],
        ["Athletic were beaten by Rovers."],
    ),
    *case(
        named("Who beat Rovers?", "Athletic"),
        ["Athletic beat Rovers.", "Rovers were beaten by Athletic."],
        ["Rovers beat Athletic."],
    ),
    *case(named("Which club signed Orr?", "Rovers"), ["Orr signed for Rovers.", "Orr was signed by Rovers."]),
    *case(named("Who replaces Orr?", "Dahl"), ["Orr is replaced by Dahl."], ["Orr replaces Dahl"]),
    *case(named("Who met Umerov?", "Medinsky"), ["Umerov met Medinsky."]),
    *case(named("Who did Athletic beat?", "Rovers"), ["Athletic beat Rovers."]),
    *case(
        item("number", "How much did the launch cost?", reason="missing_info", context=NEWS),
        ["The article does not give the exact cost, but Vimex had sales of 4.6 billion euros."],
        ["The article does not give the exact cost, but the launch cost about 60 million dollars."],
    ),
    *case(
        item("date", "When will the concert take place?", gold("10 June", edtf="XXXX-06-10")),
        [
            "The concert was moved from 3 May to 10 June.",
            "10 June (moved from 3 May)",
            "It has been rescheduled to 10 June from 3 May.",
        ],
        ["It was moved from 10 June to 3 May."],
    ),
    *case(
        item("number", "How many flights were cancelled?", gold("12"), context=FLIGHTS),
        ["12 on Tuesday", "12 because of the storm", "12 flights at Borg airport"],
    ),
    *case(
        item("person", "Whom did Eva Dahl name to head the inquiry?", gold("Jonas Keller"), context=INQUIRY),
        ["The former judge Jonas Keller", "former appeal court judge Jonas Keller"],
    ),
    *case(
        item("person", "Who led Norland's team?", gold("Mira Olt"), context="Norland's team was led by Mira Olt, Estria's by Jon Karr."),
        ["Mira Olt led it.", "Norland's team was led by Mira Olt."],
        ["Estria's team was led by Mira Olt", "Mira Olt led Estria's team"],
    ),
    *case(
        item("number", "What share of the vote did Marek Holub win?", gold("54 percent"), context=ELECTION),
        ["He won 54 percent.", "Holub won 54 percent.", "The new mayor won 54 percent.", "54% (Jana Prok: 38%)", "Holub 54%, Prok 38%"],
        ["Prok won 54 percent", "Prok 54%, Holub 38%"],
    ),
    *case(
        item("number", "How many passengers did Lufa Air carry in 2023?", gold("1.5 million"), context=ELECTION),
        ["1.5 million in 2023", "1.5 million passengers", "1.5 million (2022: 1.2 million)"],
        ["1.5 million in 2022"],
    ),
    *case(
        item("date", "When was the map drawn?", gold("1612", edtf="1612"), context=MAP),
        ["It was drawn in 1612."],
        ["It was sold in 1612"],
    ),
    *case(
        item("list", "Who read at the ceremony?", gold("Tom Birk"), gold("Ines Okoro"), mode="all"),
        ["Tom Birk, author of Ash, and Ines Okoro, the poet"],
        partly={"Tom Birk, Ines Okoro, president Ada Kern": 0.8, "Tom Birk, Ines Okoro, the singer Amina Tesfaye": 0.8},
    ),
    *case(
        item("list", "Which countries refused to sign?", gold("Vesk"), gold("Orr"), gold("Pell"), mode="all"),
        ["Vesk refused. Orr refused. Pell refused."],
        partly={"Vesk refused. Orr refused. Pell refused. Estria refused.": 6 / 7},
    ),
    *case(
        item("choice", "Did the council choose a tram or a bus line?", gold("tram"), reject=("bus", "bus line")),
        ["They chose the tram because the bus was too slow."],
        ["The council rejected the tram because the bus was cheaper.", "They chose to abandon the tram because the bus was cheaper"],
    ),
    *case(
        item("choice", "Is the new bridge longer or shorter than the old one?", gold("longer")),
        ["The new bridge is longer than the old one.", "The old bridge is shorter than the new one.", "It is longer."],
        ["The old bridge is longer than the new one."],
    ),
    *case(
        item("choice", "Did more men or more women vote?", gold("women")),
        ["More women voted than men.", "More women than men voted."],
        ["More men voted than women."],
    ),
    *case(
        item("none", "Why was finance minister Otto Rehn dismissed?", reason="false_premise", context="Otto Rehn resigned."),
        ["The premise is contradicted by the article: Rehn resigned."],
    ),
]  # fmt: skip


@pytest.mark.parametrize("one", CASES, ids=str)
def test_everyday_answers(one):
    assert value(one.item, one.answer) == pytest.approx(one.verdict)
