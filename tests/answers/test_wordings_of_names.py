"""Names that others share, continue or deny, and places and scores in other spellings."""

from __future__ import annotations

import pytest

from tests.answers.typed import TypedCase, case, gold, item, value

CASES = [
    # surnames shared, generations, letters that look like articles
    case(
        item(
            "person",
            "Who won?",
            gold("Nadia Ferro-Lisk"),
            reject=("Olga Ferro-Lisk",),
            context="Nadia Ferro-Lisk won, her sister Olga Ferro-Lisk came second.",
        ),
        right=["Nadia Ferro-Lisk", "N. Ferro-Lisk", "Nadia Ferro Lisk"],
        wrong=["Ferro-Lisk", "Ms Ferro-Lisk", "Olga Ferro-Lisk"],
    ),
    case(
        item(
            "person",
            "Who won?",
            gold("Nadia Ferro-Lisk"),
            context="Nadia Ferro-Lisk won, her sister Olga Ferro-Lisk came second.",
        ),
        right=["Nadia Ferro-Lisk"],
        wrong=["Ferro-Lisk"],
    ),
    case(
        item("person", "Who won?", gold("Nadia Ferro-Lisk"), context="Nadia Ferro-Lisk won."),
        right=["Nadia Ferro-Lisk", "Ferro-Lisk", "Ms Ferro-Lisk"],
        wrong=["Olga Ferro-Lisk"],
    ),
    case(
        item("person", "Who runs the mill?", gold("Abel Korrin Jr."), reject=("Abel Korrin Sr.",)),
        right=["Abel Korrin Jr.", "Abel Korrin Junior", "Korrin Jr.", "Abel Korrin, Jr."],
        wrong=["Korrin", "Abel Korrin", "Abel Korrin Sr.", "Korrin Sr.", "Mr Korrin"],
    ),
    case(
        item(
            "person",
            "Who met the envoy?",
            gold("Mira Dolan"),
            reject=("Karl Dolan",),
            context="Interior Minister Mira Dolan met the envoy. Transport Minister Karl Dolan stayed away.",
        ),
        right=[
            "Interior Minister Dolan",
            "the interior minister, Mira Dolan",
            "Dolan, the interior minister",
        ],
        wrong=["Minister Dolan", "Dolan", "Transport Minister Dolan"],
    ),
    case(
        item("span", "Which vaccine?", gold("Relon-B"), reject=("Relon-A",)),
        right=["Relon-B"],
        wrong=["Relon-A and Relon-B", "Relon-B and Relon-A", "Relon-A or Relon-B", "Relon-A, Relon-B"],
    ),
    case(
        item("span", "Which plan won?", gold("Plan B"), reject=("Plan A",)),
        right=["Plan B", "the plan B", "Plan B, not Plan A"],
        wrong=["Plan A and Plan B", "Plan A or Plan B", "Plan A was chosen, as was Plan B"],
    ),
    # names that go on, lures denied
    case(
        item("span", "Which party won?", gold("Green Reform Party"), reject=("Reform Party",)),
        right=[
            "Green Reform Party",
            "the Green Reform Party won the vote",
            "Green Reform Party.",
            "The Green Reform Party took 40 seats",
        ],
        wrong=[
            "Green Reform Party leader",
            "Green Reform Party voters",
            "the Green Reform Party Union",
            "the Green Reform Party chairman",
            "Green Reform Party spokesman",
        ],
    ),
    case(
        item("span", "Which flight was diverted?", gold("KV 218"), reject=("KV 281",)),
        right=["KV 218", "flight KV 218 (KV218)", "KV 218 was diverted", "KV 218 - the flight from Orl"],
        wrong=["KV 218A", "KV 218-B", "KV 218 C", "KV 218/9"],
    ),
    case(
        item(
            "place",
            "From which country did it sail?",
            gold("Republic of Marn", aliases=("Marn",)),
            context="It sailed from Oder in the Republic of Marn. Marn City is elsewhere.",
        ),
        right=["Marn", "the Republic of Marn"],
        wrong=["Marn City", "Marn Town", "North Marn"],
    ),
    case(item("place", "Which city?", gold("Marn")), right=["Marn", "Marn City"], wrong=[]),
    case(
        item("person", "Who signed?", gold("Ana Rell"), reject=("Ivo Bask",)),
        right=[
            "Ivo Bask did not sign; it was Ana Rell",
            "Ivo Bask? No - Ana Rell.",
            "Ivo Bask? No – Ana Rell.",
            "Ivo Bask? No, it was Ana Rell",
            "Ana Rell, not her aide, Ivo Bask",
            "Ana Rell — not her rival, Ivo Bask.",
            "Ana Rell (and not the aide Ivo Bask)",
            "Ivo Bask was absent? No. Ana Rell signed.",
            "It was not Ivo Bask: Ana Rell signed",
            "Not Ivo Bask; Ana Rell.",
            "Ivo Bask was ruled out; it was Ana Rell",
        ],
        wrong=[
            "Ivo Bask, not Ana Rell",
            "Ivo Bask signed; Ana Rell did not",
            "Ana Rell and Ivo Bask",
            "Ana Rell? No - Ivo Bask",
            "Not her aide Ana Rell, Ivo Bask",
        ],
    ),
    case(
        item("span", "What caused the fire?", gold("a broken heater"), reject=("arson", "lightning")),
        right=[
            "Arson was ruled out; it was a broken heater",
            "It was not arson: a broken heater",
            "Arson was feared, but it was not arson: a broken heater caused it.",
            "Arson was suspected, but it was a broken heater",
            "A broken heater; lightning was ruled out",
            "Lightning had been feared, but a broken heater was to blame",
        ],
        wrong=[
            "Arson; a broken heater was ruled out",
            "It was arson, a broken heater was feared",
            "arson, not a broken heater",
        ],
    ),
    # places, scores, described holders
    case(
        item(
            "place",
            "In which town did they meet?",
            gold("Port Hale"),
            reject=("Orl",),
            context="They met in Port Hale, the largest town of Marn, not in Orl.",
        ),
        right=["Port Hale", "the largest town of Marn, Port Hale", "Marn's largest town, Port Hale"],
        wrong=["Orl", "Orl, Port Hale", "Port Hale, Orl"],
    ),
    case(
        item(
            "place",
            "From which country did it sail?",
            gold("Republic of Marn", aliases=("Marn",)),
            context="It sailed from Oder in the Republic of Marn.",
        ),
        right=["Oder, Marn", "Oder in Marn", "Oder (Marn)", "Oder, in the Republic of Marn"],
        wrong=["Oder", "Paris, Marn"],
    ),
    case(
        item("place", "From which side?", gold("south-west"), reject=("south",)),
        right=["southwest", "the southwest", "South-West", "from the south west"],
        wrong=["south", "west"],
    ),
    case(
        item("place", "From which side?", gold("southwest"), reject=("south",)),
        right=["south-west", "the south-west"],
        wrong=["south", "west"],
    ),
    case(
        item("span", "What was the score?", gold("4-2"), reject=("2-1",)),
        right=["4-2", "4 - 2", "4 : 2", "4:2", "4–2", "4 – 2", "4 to 2"],
        wrong=["2-4", "4-3", "2:1", "2 - 1"],
    ),
    case(
        item("span", "Who told the paper?", gold("a harbour official"), reject=("a police officer",)),
        right=[
            "a harbour official whom the paper did not name",
            "a harbour official who asked not to be named",
            "an unnamed harbour official",
            "a harbour official, who was not identified",
        ],
        wrong=["a police officer whom the paper did not name", "a harbour official and a police officer"],
    ),
    case(
        item("person", "Who told the paper?", gold("a harbour official"), reject=("Ada Lim",)),
        right=[
            "a harbour official whom the paper did not name",
            "a harbour official who asked not to be named",
            "A harbour official (not named)",
        ],
        wrong=["Ada Lim"],
    ),
    case(
        item("person", "Who built it?", gold("Nell Ost"), reject=("Bo Rask",)),
        right=[
            'The engineer Nell Ost, because the text says the bridge was "built by the engineer Nell Ost".'
        ],
        wrong=[],
    ),
    # more than the name, and nobody else's
    case(
        item("person", "Who heads Ukraine's delegation?", gold("Rustem Umerov")),
        right=[
            "Ukraine's delegation is headed by Rustem Umerov and Russia's by Vladimir Medinsky.",
            "Rustem Umerov, the aide of president Ivan Orr",
        ],
        wrong=["Vladimir Medinsky, Rustem Umerov", "It is headed by Rustem Umerov and Vladimir Medinsky."],
    ),
    case(
        item("person", "Who resigned on Monday?", gold("Lena Vik")),
        right=["Lena Vik, the mayor of Orr, resigned on Monday.", "Kit Holm's deputy, Lena Vik"],
        wrong=["Kit Holm, Lena Vik"],
    ),
    case(
        item("span", "Who spoke of arson?", gold("Blue Line", aliases=("the ferry company",))),
        right=["The ferry company Blue Line", "Blue Line, the ferry company"],
        wrong=["the Blue Line Castle"],
    ),
    case(
        item(
            "span", "What does the fire chief blame?", gold("a faulty battery", aliases=("faulty battery",))
        ),
        right=["Ida Storm blamed a faulty battery, while Blue Line spoke of arson."],
        wrong=["Ida Storm denied that it was a faulty battery."],
    ),
    case(
        item("place", "Where did the ship sail from?", gold("Brom")),
        right=[
            "It sailed from Brom to Halvik.",
            "The ferry sailed from Brom before the fire in the port of Halvik.",
        ],
        wrong=["It sailed from Halvik to Brom."],
    ),
    case(
        item("place", "Where did the ship sail to?", gold("Brom")),
        right=["It sailed from Halvik to Brom.", "To Brom"],
        wrong=["It sailed from Brom to Halvik."],
    ),
    case(
        item("list", "Who are first-time novelists?", gold("Tom Birk"), gold("Ola Moe"), mode="all"),
        right=["Tom Birk, author of Ash, and Ola Moe, author of Tides"],
        wrong=[],
        partly={
            "Birk, Tom; Moe, Ola": 1.0,
            "Tom Birk, Ola Moe, Ana Rey": 0.8,
            "Tom Birk, the poet": 2 / 3,
        },
    ),
    case(
        item("place", "Which country refused to sign?", gold("Vesk")),
        right=["Norland and Estria signed, but Vesk refused."],
        wrong=["Norland, Vesk"],
    ),
    case(
        item(
            "list",
            "Who led each delegation?",
            gold("Mira Olt", key="Norland"),
            gold("Jon Karr", key="Estria"),
            mode="all_keyed",
        ),
        right=["Mira Olt led Norland's delegation and Jon Karr Estria's."],
        wrong=["Jon Karr led Norland's delegation and Mira Olt Estria's."],
    ),
    case(
        item("list", "Which countries signed?", gold("Norland"), gold("Estria"), mode="all"),
        right=["Norland and Estria signed; Vesk refused.", "Only Norland and Estria; Vesk refused to sign."],
        wrong=[],
        partly={"Norland and Estria signed; Vesk signed too.": 0.8},
    ),
]


@pytest.mark.parametrize("checked", [c for group in CASES for c in group], ids=str)
def test_typed_match(checked: TypedCase) -> None:
    assert value(checked.item, checked.answer) == pytest.approx(checked.verdict)
