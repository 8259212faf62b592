"""Answers of several parts: what is bold, what is told besides, what was worked out."""

from __future__ import annotations

from typing import Any

import pytest

import bench
from bench.answers.extract import Extractor
from bench.answers.output.emphasis import emphasised

CRASH = (
    "A coach left the A9 near Tolm on Friday. Nine people were killed and 24 were injured, six of them critically, police said. "
    "The driver, Ines Tol, had left Ellin for the island of Tarr. The mayor spoke of 15 dead."
)
VELM = (
    "Velm, the lorry maker, will cut 450 of its 6,100 jobs by March. It reported revenue of 4.2 billion euros. "
    "Helicopters took 61 workers off the roof and ladders 44, said the fire chief, Marta Olsen."
)
KORN = (
    "The bakery chain Kornhaus will close two shops, chief executive Sofia Brandt said on Monday. "
    "A rival, Goldrand, has offered to take on the staff of the shop in Malden."
)
CUP = "Nadia Okoro won the chess title in Port Vell on Sunday, beating Viktor Lum in the last round."


def item(
    question: str, context: str, kind: str, gold: list[Any], reject: list[str] | None = None
) -> dict[str, Any]:
    return {
        "question": question,
        "context": context,
        "answer_type": kind,
        "gold": gold,
        "reject": reject or [],
    }


PORT = item("From which port had the coach set out?", CRASH, "place", ["Ellin"], ["Tarr", "Tolm"])
JOBS = item("How many jobs will Velm cut?", VELM, "number", [{"canonical": "450", "value": 450}], ["6,100"])
ALL = item(
    "How many workers in all were taken off the roof?",
    VELM,
    "number",
    [{"canonical": "105", "value": 105}],
    ["61", "44"],
)
LADDERS = item(
    "How many workers did ladders take off?", VELM, "number", [{"canonical": "44", "value": 44}], ["61"]
)
OWNER = item("Who owns Kornhaus?", KORN, "none", [], ["Sofia Brandt", "Goldrand"])
WON = item("Who won the chess title?", CUP, "person", ["Nadia Okoro"], ["Viktor Lum"])
HURT = item("Was anyone hurt?", "All got out. Nobody was hurt, said Marta Olsen.", "yes_no", ["no"])
LARGE = item("Would the cut take less than a tenth of the jobs at Velm?", VELM, "yes_no", ["yes"])

CASES = [
    (PORT, "The coach had left Ellin, bound for the island of Tarr.", 1),
    (PORT, 'Ellin was the port; it "had left Ellin for the island of Tarr".', 1),
    (PORT, "Ellin or Tarr", 0),
    (PORT, "The coach had set out from Tarr, bound for the port of Ellin.", 0),
    (JOBS, "450 of the company's 6,100 jobs", 1),
    (JOBS, "450 out of 6,100", 1),
    (JOBS, "6,100 of 450 jobs", 0),
    (JOBS, "Velm has 6,100 jobs; it will cut **450**.", 1),
    (JOBS, "Velm will cut **6,100** jobs, not 450.", 0),
    (ALL, "Helicopters took 61 workers and ladders 44. 61 + 44 = 105.", 1),
    (ALL, "- Helicopters: 61\n- Ladders: 44\n- Total: **105**", 1),
    (ALL, "In all 105 workers were taken off the roof, 61 by helicopter and 44 by ladder.", 1),
    (ALL, "105 workers were on the roof, and 61 were taken off.", 0),
    (ALL, "61 + 44 = 105, of whom one died, which leaves 104.", 0),
    (LADDERS, "**44.** Helicopters took another 61 off the roof, said the fire chief.", 1),
    (LADDERS, "Ladders took 44 off the roof. The helicopters took 61.", 1),
    (LADDERS, "Helicopters took 44 and ladders took 61.", 0),
    (LADDERS, "The ladders took **61**; the helicopters took 44.", 0),
    (LADDERS, "44; the fire chief said 61", 0),
    (LADDERS, "**44**. No, wait, that was the helicopters: 61.", 0),
    (LADDERS, "Was it **44**? The article says 61.", 0),
    (OWNER, "The article names no owner; Sofia Brandt is the chief executive of the chain.", 1),
    (OWNER, "The owner is not named. Goldrand has only offered to take on the staff.", 1),
    (OWNER, "Kornhaus's ownership isn't covered; the article only quotes Sofia Brandt, the chief executive.", 1),
    (OWNER, "The article does not mention the owner, but Kornhaus belongs to Rewe Group.", 0),
    (OWNER, "It isn't stated in the text, but Kornhaus is a subsidiary of Rewe Group.", 0),
    (OWNER, "The article doesn't say who owns it, but Rewe Group does.", 0),
    (OWNER, "The article does not say, but it is owned by Sofia Brandt.", 0),
    (WON, "Viktor Lum was beaten by Nadia Okoro.", 1),
    (WON, "Nadia Okoro, who beat Viktor Lum.", 1),
    (WON, "Viktor Lum won the title, beating Nadia Okoro.", 0),
    (WON, "**Viktor Lum** won; Nadia Okoro came second.", 0),
    (HURT, "Nobody knows.", 0),
    (HURT, "No, several people were hurt.", 0),
    (HURT, "No, nobody was hurt.", 1),
    (LARGE, "A tenth of 6,100 is 610. 450 is below that, so yes: it would take about 7 percent.", 1),
    (LARGE, "The company speaks of 450 of 6,100 jobs.\n\n**No, it would take more.**", 0),
]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "answer", "worth"), [pytest.param(*case, id=case[1][:60]) for case in CASES]
)
def test_parts(asked: dict[str, Any], answer: str, worth: int) -> None:
    assert bench.score_answer(asked, answer)["correct"] == worth


@pytest.mark.parametrize(
    ("text", "bold"),
    [
        ("It was **52**.", "52"),
        ("It was __52__.", "52"),
        ("It was <b>52</b>.", "52"),
        ("**Answer:** it was **52** drones", "52"),
        ("**Date**: 3 May", ""),
        ("**52**", ""),
        ("not **52**", ""),
        ("It wasn't by **52**", ""),
        ("**52** or so", ""),
        ("**52** and **80**", ""),
        ("**52**, that is **52**", "52"),
        ("2 ** 3 ** 4", ""),
        ("a snake_case__name__here", ""),
    ],
)
def test_what_is_bold(text: str, bold: str) -> None:
    assert emphasised(text) == bold


def test_what_is_bold_is_read_once_and_kept_beside_the_text() -> None:
    answer = Extractor().extract_text("Helicopters: 61. Total: **105**")

    assert (answer.text, answer.emphasis) == ("Helicopters: 61. Total: 105", "105")
    assert Extractor(mode="verbatim").extract_text("It was **52**.").emphasis == ""
    assert Extractor().extract_text("The article does **not** say.").emphasis == ""


@pytest.mark.parametrize(
    ("text", "bold"),
    [("**" * 50_000, ""), ("<b>" * 30_000, ""), ("a. " * 400 + "**b**", "b"), ("**5** " * 9_000, "")],
)
def test_long_runs_of_signs_have_one_bold_part_or_none(text: str, bold: str) -> None:
    assert emphasised(text) == bold
    assert bench.score_answer(LADDERS, text)["correct"] == 0.0
