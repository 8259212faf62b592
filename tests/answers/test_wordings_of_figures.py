"""Numbers with their working, and dates in other spellings."""

from __future__ import annotations

import pytest

from tests.answers.typed import TypedCase, case, gold, item, value

CASES = [
    # premises before a conclusion, corrections, spellings of fractions
    case(
        item("number", "How many clinics took part?", gold("14", value=14), reject=("41",)),
        right=[
            "14 (a previous version wrongly said 41)",
            "14; an earlier version said 41",
            "41, corrected to 14",
            "It first reported 41 and revised the number to 14",
            "Ten opened in May and four in June, so 14",
            "(7 x 4) / 2 = 14",
        ],
        wrong=["14, corrected to 41", "41, so 14", "An earlier version said 14, so 41", "14, so 41", "41"],
    ),
    case(
        item("number", "How many thieves were there?", gold("four", value=4), reject=("three",)),
        right=["Four: two climbed in, one drove and one waited"],
        wrong=["Four or five", "Three: two climbed in and a third waited"],
    ),
    case(
        item("number", "How large is the reward?", gold("250,000", value=250_000)),
        right=["a quarter of a million"],
        wrong=["a quarter of a billion", "a quarter of them"],
    ),
    case(
        item(
            "date",
            "Until which date does the treasury stay shut?",
            gold("1 May", edtf="XXXX-05-01"),
            context="It stays shut until 1 May. It closed at 05:17 on Tuesday.",
        ),
        right=["until 1 May", "Until May 1 at the earliest", "1.5.", "Six weeks from 20 March, so 1 May"],
        wrong=["before 1 May", "until 2 May", "1.6.", "1 May at 05:18", "1 May, so 3 May"],
    ),
    # a part of the number, named as such, is no second answer
    case(
        item("number", "How many were hurt?", gold("30", value=30), reject=("12",)),
        right=["30, including two children", "30, two of them badly"],
        wrong=["12 of the 30", "30 dead and 12 hurt", "Of the 30, 12 were hurt"],
    ),
    # numbers with working, units, rise and fall
    case(
        item("number", "How many crates were lost?", gold("19", value=19, unit="crate"), reject=("8",)),
        right=[
            "Of the 310 crates on board, 19 were lost.",
            "Of 310 crates, 19 were lost",
            "Out of 310 crates 19 were lost",
            "19, three of them full",
            "19 crates, four of which were full",
            "Nineteen: twelve on Monday and seven on Friday",
            "19 (12 + 7)",
        ],
        wrong=["Of the 310 crates, 8 were lost", "310", "19 or 20", "19, 20"],
    ),
    case(
        item("number", "How long was the talk?", gold("75 minutes", value=75, unit="minute")),
        right=[
            "an hour and a quarter",
            "1 hour 15 minutes",
            "1 hour and 15 minutes",
            "one hour, fifteen minutes",
            "75 min",
            "75 minutes (an hour and a quarter)",
        ],
        wrong=["an hour and a half", "an hour", "1 hour 50 minutes", "15 minutes"],
    ),
    case(
        item("number", "How long did they stay?", gold("two weeks", value=2, unit="week")),
        right=["a fortnight", "14 days", "2 weeks"],
        wrong=["a week", "a month"],
    ),
    case(
        item("number", "What was the result, in euros?", gold("a deficit of 2 million euros")),
        right=["a deficit of 2 million euros", "a loss of 2 million euros", "a 2 million euro deficit"],
        wrong=["a surplus of 2 million euros", "a gain of 2 million euros", "a profit of 2 million euros"],
    ),
    case(
        item("number", "By how much did sales fall?", gold("5 percent")),
        right=["5 percent", "by 5%", "They fell by 5 percent"],
        wrong=["They rose by 5 percent", "a rise of 5%", "5 per mille", "5‰"],
    ),
    case(
        item("number", "In what place did she finish?", gold("third", value=3), reject=("20",)),
        right=["3rd", "third place", "in third place", "Third"],
        wrong=["second", "2nd", "20th"],
    ),
    case(
        item(
            "number",
            "By how many percentage points did turnout rise?",
            gold("2.5 percentage points", value=2.5, unit="percentage point"),
        ),
        right=[
            "2.5",
            "2.5 points",
            "2.5 percentage points",
            "It rose from 60 to 62.5 percent, so 2.5 points",
        ],
        wrong=["2.5 percent", "62.5"],
    ),
    case(
        item("number", "How many votes short was it?", gold("three votes", value=3, unit="vote")),
        right=["three", "It fell three votes short (48 of the 51 needed)"],
        wrong=["48"],
    ),
    case(
        item("number", "What was the winning time?", gold("9.84 seconds", value=9.84, unit="second")),
        right=["9.84s", "9.84 s", "9.84 seconds", "9.84 sec"],
        wrong=["9.48s"],
    ),
    case(
        item("number", "What was the margin in seconds?", gold("0.26 seconds", value=0.26, unit="second")),
        right=[".26", "0.26", ".26 seconds", ".26s"],
        wrong=["26", "2.6"],
    ),
    case(
        item("number", "By how much did output grow?", gold("60 million", value=60000000.0)),
        right=["from 120 million to 180 million, so 60 million", "60 million"],
        wrong=["from 120 million to 180 million", "60", "a fall of 60 million"],
    ),
    # dates
    case(
        item("date", "In which years was it built?", gold("1951-1957"), reject=("1949",)),
        right=[
            "1951 to 1957",
            "1951-57",
            "1951–1957",
            "between 1951 and 1957",
            "from 1951 to 1957",
            "1951-1957",
        ],
        wrong=["1951 to 1958", "1951-58", "1950-1957", "1951", "1957", "1951-1958", "between 1951 and 1956"],
    ),
    case(
        item("date", "In which year?", gold("1951"), reject=("1949",)),
        right=["1951", "'51", "1951 AD", "in ’51"],
        wrong=["1951 BC", "1951 BCE", "'49", "1951-57", "1951-1957", "1951 to 1957"],
    ),
    case(
        item("date", "When did it leave?", gold("7 April 2033"), reject=("9 April",)),
        right=["2033-04-07", "07-Apr-2033", "7-Apr-2033", "20330407", "2033-04-07T00:00:00Z", "7 April 2033"],
        wrong=["20330409", "8-Apr-2033", "2033-04-09"],
    ),
    case(
        item("date", "At what time?", gold("6:20 p.m."), reject=("7:15",)),
        right=["6:20 in the evening", "18:20", "6:20 pm", "at 6:20 p.m."],
        wrong=["6:20 in the morning", "7:15"],
    ),
    case(
        item("list", "On which dates?", gold("4 May"), gold("11 May"), gold("18 May"), mode="all"),
        right=[
            "4, 11 and 18 May",
            "May 4, 11 and 18",
            "4th, 11th and 18th of May",
            "4 May, 11 May and 18 May",
            "May 4, 11, 18",
        ],
        wrong=[],
        partly={"4 and 11 May": 0.8, "4, 12 and 18 May": 0.6666666666666666},
    ),
]


@pytest.mark.parametrize("checked", [c for group in CASES for c in group], ids=str)
def test_typed_match(checked: TypedCase) -> None:
    assert value(checked.item, checked.answer) == pytest.approx(checked.verdict)
