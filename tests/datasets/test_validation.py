"""Every check sees its fault, on the right line, and nothing else; the clean source has none."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.datasets.validation import validate
from tests.datasets.source_text import CLEAN, check, line_of, plant, score, write

# check · what stands in the clean source · what is put there · a text on the line that must be named
FAULTS = [
    ("structure", "schema = 1", "schema = 2", "schema = 2"),
    ("structure", "[article]\n", '[[extra]]\nid = "x"\n[article]\n', "[[extra]]"),
    ("structure", 'genre = "hard_news"', 'gender = "x"\ngenre = "hard_news"', "gender"),
    ("structure", 'genre = "hard_news"', 'genre = "hard-news"', "hard-news"),
    ("structure", 'topic = "strike"\n', "", "[article]"),
    ("structure", 'split = "dev"', 'split = "train"', "train"),
    ("structure", "fictional = true", 'fictional = "yes"', "fictional"),
    ("structure", 'published = "2031-03-12"', "published = 2031-03-12", "published ="),
    ("structure", 'language = "en"', 'language = "English"', "English"),
    ("structure", 'id = "harbour-strike"', 'id = "harbor-strike"', "harbor-strike"),
    ("structure", "on Monday.\n", "on Monday. \n", "on Monday."),
    ("structure", "said.\nThe port", "said.\nThe  port", "The  port"),
    ("structure", "at 120.\n\n", "at 120.\n\n\n", "\nUmerov and"),
    ("structure", 'id = "q002"', 'id = "item2"', "item2"),
    ("structure", 'question = "How many tugs lay idle?"', 'question = "  "', 'question = "  "'),
    ("structure", 'type = "place"', 'type = "location"', "location"),
    ("structure", 'skills = ["where"]', 'skills = ["wher"]', '"wher"'),
    ("structure", 'status = "disputed"', 'statos = "disputed"', "statos"),
    ("structure", "value = 120", "value = nan", "value = nan"),
    ("structure", "value = 120", "value = inf", "value = inf"),
    ("structure", "value = 120", "value = true", "value = true"),
    ("structure", "value = 120", "occurrence = 0", "occurrence = 0"),
    ("structure", 'bound = "approx"', 'bound = "aprox"', "aprox"),
    ("structure", 'answer = "11 March"', 'answer = " 11 March"', '" 11 March"'),
    ("structure", 'answer = "Customs House"', 'answer = "Customs House"\nunit = "house"', 'unit = "house"'),
    ("structure", 'mode = "all_keyed"', 'mode = "one"', 'mode = "one"'),
    ("structure", 'status = "claimed"', 'status = "alleged"', "alleged"),
    ("structure", 'key = "port"', 'kee = "port"', "kee"),
    ("structure", 'reject = ["120", "52"]', 'reject = ["120", "120"]', '"120", "120"'),
    ("structure", 'reject = ["120", "52"]', 'reject = [\n  "120",\n  52,\n]', "  52,"),
    ("structure", "evidence = [3]\nneeds", 'evidence = ["3"]\nneeds', '["3"]'),
    ("syntax", 'id = "q002"', 'id = "q002', 'id = "q002'),
    ("syntax", 'id = "q002"', 'id = "q002"\nid = "q002"', 'id = "q002"\nquestion'),
    (
        "duplicate",
        'id = "q002"',
        'id = "q001"',
        'id = "q001"\nquestion = "How many people walked out by the a',
    ),
    ("answerable", 'reason = "entity_swap"\n', "", '[[item]]\nid = "q004"'),
    (
        "answerable",
        'reason = "entity_swap"',
        'reason = "entity_swap"\nanswer = "52"',
        'answer = "52"\nreject',
    ),
    ("answerable", 'type = "place"', 'type = "place"\nreason = "missing_info"', "missing_info"),
    ("control", "on Monday.", "on\u200b Monday.", "Monday."),
    ("control", "on Monday.", "on\u202e Monday.", "Monday."),
    ("control", "on Monday.", "on\u2028 Monday.", "Monday."),
    ("control", '"Customs House"', '"Customs\\u200b House"', "Customs\\u200b"),
    ("nfc", "on Monday.", "on Mo\u0301nday.", "on Mo"),
    ("nfc", 'question = "How many tugs lay idle?"', 'question = "Who\\u0301s idle?"', "u0301"),
    ("bom", "schema = 1", "\ufeffschema = 1", "schema"),
    ("line_end", "on Monday.\n", "on Monday.\r\n", "on Monday."),
    ("canary", "dateline-canary 00000000", "dateline-canary 0000", "canary ="),
    ("evidence", 'evidence = [1]\nskills = ["when"]', 'evidence = [9]\nskills = ["when"]', "[9]"),
    (
        "minimal",
        'evidence = [[1, 2]]\nskills = ["yes_no"]',
        'evidence = [[1, 2], [1]]\nskills = ["yes_no"]',
        "], [1]]",
    ),
    ("minimal", 'evidence = [4]\nskills = ["claim', 'evidence = [[4], [4]]\nskills = ["claim', "[[4], [4]]"),
    ("minimal", 'evidence = [4]\nskills = ["claim', 'evidence = [4, 4]\nskills = ["claim', "[4, 4]"),
    ("span", 'answer = "Iris Umerov", aliases = ["Umerov"]', 'answer = "Umarov"', "Umarov"),
    (
        "span",
        'evidence = [3]\nskills = ["where"]',
        'evidence = [4]\nskills = ["where"]',
        'answer = "Customs House"',
    ),
    ("span", 'answer = "Customs House"', 'answer = "Customs House"\noccurrence = 2', "occurrence = 2"),
    ("span", "on 11 March, the", "on 11 March, not 11 March, the", 'answer = "11 March"'),
    ("offset", 'answer = "Customs House"', 'answer = "Customs House on Monday."\n#', 'Monday."\n#'),
    ("yes_no", 'answer = "yes"', 'answer = "Yes"', '"Yes"'),
    ("keys", 'key = "port"', 'key = "Dockers"', '"Dockers"'),
    ("keys", 'key = "port", ', "", 'answer = "Pavel'),
    ("keys", 'answer = "52", value', 'key = "k", answer = "52", value', 'key = "k"'),
    ("choice", 'reject = ["confirm it", "keep silent"]\n', "", '[[item]]\nid = "q009"'),
    ("ambiguous", ', reading = "How many did Dorn count?"', "", 'answer = "12"'),
    ("ambiguous", "How many did Dorn count?", "How many did somebody claim?", 'answer = "12"'),
    ("alias", '"340", "around 340"', '"340", "About 340."', '"About 340."'),
    ("empty_answer", 'aliases = ["the Customs', 'aliases = ["A", "the Customs', '"A"'),
    ("empty_answer", 'reject = ["120", "52"]', 'reject = ["120", "The"]', '"The"'),
    ("number", "value = 120", "value = 12", "value = 12\n"),
    ("number", "value = 120", 'unit = "7"', 'unit = "7"'),
    ("bound", 'bound = "approx"\n', "", '[[item]]\nid = "q001"'),
    ("bound", 'bound = "approx"', 'bound = "at_least"', "at_least"),
    ("edtf", 'edtf = "XXXX-03-11"', 'edtf = "11 March"', 'edtf = "11'),
    ("edtf", 'edtf = "XXXX-03-11"', 'edtf = "XXXX-02-30"', "02-30"),
    ("edtf", 'edtf = "XXXX-03-11"', 'edtf = "XXXX-03-12"', "XXXX-03-12"),
    ("edtf", 'edtf = "2031-03-17"', 'edtf = "2032-03-17"', "2032-03-17"),
    ("derivation", "340 > 120", "340 < 120", "340 < 120"),
    ("derivation", "340 > 120", "340 >", "340 >"),
    ("derivation", "340 > 120", "340 - 120", "340 - 120"),
    ("lure", 'reject = ["52", "12"]', 'reject = ["77"]', '["77"]'),
    ("lure", 'reject = ["52", "12"]', 'reject = ["120"]', "evidence = [4]"),
    ("lure", 'reject = ["52", "12"]\n', "", '[[item]]\nid = "q004"'),
    ("question_mark", "Who speaks for each side?", "Name the speaker of each side.", "Name the"),
    ("needs", 'published = "2031-03-12"\npublished_precision = "day"\n', "", 'needs = ["published"]'),
    ("duplicate", "Where will the talks go on?", "How many tugs did lay idle?", "How many tugs did"),
    ("telling", "Where will the talks go on?", "Who meets in the customs house?", "Who meets"),
    ("copied", "Where will the talks go on?", "Do Umerov and Dorn meet again at the hall?", "Do Umerov"),
    ("contrast_group", 'difficulty = 1\ngroup = "crowd"\n\n', "difficulty = 1\n\n", 'group = "crowd"'),
    ("scorer", '"340", "around 340"', '"340", "refused"', '"refused"'),
    ("scorer", 'reject = ["120", "52"]', 'reject = ["120", "credited"]', '"credited"'),
    (
        "scorer",
        'answer = "Pavel Dorn", aliases = ["Dorn"]',
        'answer = "Pavel Dorn", aliases = ["A; B"]',
        '"A; B"',
    ),
]


def test_clean_source_has_no_problem(tmp_path: Path) -> None:
    assert check(tmp_path, CLEAN) == []


@pytest.mark.parametrize(("name", "old", "new", "marker"), FAULTS)
def test_planted_fault_is_seen_alone_and_on_its_line(
    name: str, old: str, new: str, marker: str, tmp_path: Path
) -> None:
    text = plant(old, new)
    problems = check(tmp_path, text)
    assert [p.check for p in problems] == [name], problems
    assert problems[0].line == line_of(text, marker), problems[0]


def test_contrast_group_with_one_answer(tmp_path: Path) -> None:
    text = plant(
        'answer = "120"\nvalue = 120\nreject = ["340"]\nevidence = [2]', 'answer = "340"\nevidence = [1]'
    )
    text = text.replace('unit = "docker"\nbound = "approx"', 'bound = "approx"').replace(
        'answer = "340"\n', 'answer = "340"\nbound = "approx"\n'
    )
    problems = check(tmp_path, text)
    assert [(p.check, p.line) for p in problems] == [("contrast_group", line_of(text, 'group = "crowd"'))]


def test_all_problems_at_once_in_file_and_line_order(tmp_path: Path) -> None:
    first = write(tmp_path, plant("340 > 120", "340 <"), "harbour-strike.toml")
    second = write(
        tmp_path,
        plant('id = "harbour-strike"', 'id = "other"')
        .replace("Who speaks", "Tell who speaks")
        .replace("side?", "side"),
        "other.toml",
    )
    second.write_text(second.read_text().replace('"XXXX-03-11"', '"soon"').replace("00000001", "00000002"))
    problems = validate([first, second], score=score)
    assert [(Path(p.where).name, p.check) for p in problems] == [
        ("harbour-strike.toml", "derivation"),
        ("other.toml", "canary"),
        ("other.toml", "question_mark"),
        ("other.toml", "edtf"),
    ]
    of_files = [p for p in validate(tmp_path, score=score) if p.check != "near_duplicate"]
    assert problems == of_files


def test_article_id_in_two_folders(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write(tmp_path / name, CLEAN)
    problems = validate([tmp_path / "a", tmp_path / "b"], score=score)
    assert [(p.check, p.line) for p in problems] == [("duplicate", 5)]


def test_missing_and_empty_folders_are_problems(tmp_path: Path) -> None:
    assert [p.check for p in validate(tmp_path)] == ["readable"]
    assert [p.check for p in validate(str(tmp_path / "none.toml"))] == ["readable"]


def test_retired_items_are_checked_for_structure_only(tmp_path: Path) -> None:
    retired = plant("Where will the talks go on?", "Where will the talks go on")
    assert check(tmp_path, retired.replace('status = "disputed"', 'status = "retired"')) == []


def test_canary_missing_is_told_at_the_file(tmp_path: Path) -> None:
    text = plant('canary = "dateline-canary 00000000-0000-4000-8000-000000000001"\n', "")
    assert [(p.check, p.line, p.field) for p in check(tmp_path, text)] == [("canary", None, "canary")]


def test_the_message_names_file_line_item_value_and_fix(tmp_path: Path) -> None:
    (problem,) = check(tmp_path, plant('"Iris Umerov", aliases = ["Umerov"]', '"Iris Umarov"'))
    assert str(problem) == (
        f"{tmp_path}/harbour-strike.toml:60: item q003: slots[1].answer: answer 'Iris Umarov' does not occur in "
        "the evidence sentences; closest is 'Iris Umerov'; write it as the text does, or add an alias"
    )
