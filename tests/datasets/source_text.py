"""A small authored source without faults, and a scorer to go with it."""

from __future__ import annotations

from pathlib import Path

from bench.datasets.validation import validate
from bench.datasets.validation.wording import fold
from bench.errors import Problem
from bench.records import Item

NAME = "harbour-strike.toml"

CLEAN = '''schema = 1
canary = "dateline-canary 00000000-0000-4000-8000-000000000001"

[article]
id = "harbour-strike"
version = 1
split = "dev"
title = "Dockers at Vellmar walk out over night shifts"
language = "en"
genre = "hard_news"
topic = "strike"
published = "2031-03-12"
published_precision = "day"
fictional = true
text_origin = "own_wording"
license = "CC-BY-4.0"
factual_basis = "invented"
text = """
About 340 dockers left the quays of Vellmar on 11 March, the union's secretary Iris Umerov said.
The port authority, led by Pavel Dorn, put the number at 120.

Umerov and Dorn meet again at the Customs House on Monday.
Dorn denied that 52 cranes stood idle; he counted 12.
"""

[[item]]
id = "q001"
question = "How many people walked out by the union's count?"
type = "number"
answer = "about 340"
aliases = ["340", "around 340"]
unit = "docker"
bound = "approx"
reject = ["120", "52"]
evidence = [1]
skills = ["how_many", "approximate"]
difficulty = 1
group = "crowd"
attribution = { status = "claimed", holder = "the union" }
review = ["340"]

[[item]]
id = "q002"
question = "How many people walked out by the authority's count?"
type = "number"
answer = "120"
value = 120
reject = ["340"]
evidence = [2]
skills = ["how_many"]
difficulty = 1
group = "crowd"

[[item]]
id = "q003"
question = "Who speaks for each side?"
type = "list"
mode = "all_keyed"
slots = [
  { key = "dockers", answer = "Iris Umerov", aliases = ["Umerov"] },
  { key = "port", answer = "Pavel Dorn", aliases = ["Dorn"] },
]
evidence = [[1, 2]]
skills = ["who", "keyed_list"]
difficulty = 2

[[item]]
id = "q004"
question = "How many tugs lay idle?"
type = "none"
reason = "entity_swap"
reject = ["52", "12"]
evidence = [4]
skills = ["how_many"]
difficulty = 2

[[item]]
id = "q005"
question = "How many cranes stood idle?"
type = "ambiguous"
mode = "any"
slots = [
  { answer = "52", value = 52, reading = "How many did somebody claim?" },
  { answer = "12", value = 12, reading = "How many did Dorn count?" },
]
evidence = [4]
skills = ["how_many"]
difficulty = 3

[[item]]
id = "q006"
question = "Was the union's figure the higher one?"
type = "yes_no"
answer = "yes"
reject = ["no"]
derivation = "340 > 120"
evidence = [[1, 2]]
skills = ["yes_no"]
difficulty = 2

[[item]]
id = "q007"
question = "On which day did they leave?"
type = "date"
answer = "11 March"
edtf = "XXXX-03-11"
evidence = [1]
skills = ["when"]
difficulty = 1

[[item]]
id = "q008"
question = "What is the full date of the next meeting?"
type = "date"
answer = "17 March 2031"
edtf = "2031-03-17"
computed = true
evidence = [3]
needs = ["published"]
skills = ["date_inference"]
difficulty = 3

[[item]]
id = "q009"
question = "Did Dorn confirm the claim on the cranes, deny it or keep silent?"
type = "choice"
answer = "deny it"
reject = ["confirm it", "keep silent"]
evidence = [4]
skills = ["claim_status"]
difficulty = 2

[[item]]
id = "q010"
question = "Where will the talks go on?"
type = "place"
answer = "Customs House"
aliases = ["the Customs House at Vellmar"]
evidence = [3]
skills = ["where"]
difficulty = 1
status = "disputed"
'''


def line_of(text: str, marker: str) -> int:
    """The number of the first line that holds `marker`."""
    return text[: text.index(marker)].count("\n") + 1


def plant(old: str, new: str) -> str:
    """The clean source with one thing changed."""
    assert CLEAN.count(old) == 1, f"{old!r} must stand once in the clean source"
    return CLEAN.replace(old, new)


def write(folder: Path, text: str, name: str = NAME) -> Path:
    """The file with this text, byte for byte."""
    path = folder / name
    path.write_bytes(text.encode("utf-8"))
    return path


def check(folder: Path, text: str) -> list[Problem]:
    """What the validator finds in a source with this text."""
    return validate(write(folder, text), score=score)


def score(item: Item, text: str) -> float:
    """Wordings compared after `fold`; "credited" is right everywhere and "refused" nowhere, to plant faults."""
    if text in ("credited", "refused"):
        return float(text == "credited")
    if not item.gold:
        return float(not text)
    keyed = item.answer_mode == "all_keyed"
    wordings = [(g.key if keyed else None, (g.canonical, *g.aliases)) for g in item.gold]
    slots = [{fold(f"{key or ''} {text}") for text in texts} for key, texts in wordings]
    if item.answer_mode not in ("all", "all_keyed"):
        return float(any(fold(text) in slot for slot in slots))
    members = [fold(m.replace(":", " ")) for m in text.split("; ")]
    return float(len(members) == len(slots) and all(any(m in s for m in members) for s in slots))
