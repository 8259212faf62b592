"""NewsQA's combined files, in the shapes that its README documents and its own tests assert (github.com/Maluuba/newsqa).

Fields, nesting, `|` and `,` in the ranges, `?` for an unasked is_question_bad, a validated vote of `none`, and marks
that end behind the space after a word are theirs; stories and questions are invented.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.datasets._newsqa_spans import BAD, NONE, Mark, consensus
from bench.datasets.newsqa import load
from bench.errors import DataError
from bench.records import Dataset, Span

STORY = (
    "HARBOUR (Wire) -- Nineteen boats, three of them large, came back.\n\n\n\nMayor Ruun thanked the pilots."
)
OTHER = "The pilots slept."


def question(text: str, consensus: Any, **more: Any) -> dict[str, Any]:
    return {
        "q": text,
        "consensus": consensus,
        "isAnswerAbsent": 0.0,
        "isQuestionBad": 0.0,
        "answers": [{"sourcerAnswers": [{"s": 18, "e": 27}]}, {"sourcerAnswers": [{"noAnswer": True}]}],
        "validatedAnswers": [{"s": 18, "e": 27, "count": 2}, {"noAnswer": True, "count": 1}],
        **more,
    }


JSON: dict[str, Any] = {
    "data": [
        {
            "storyId": "./wire/stories/42d01e.story",
            "type": "train",
            "text": STORY,
            "questions": [
                question("How many boats came back?", {"s": 18, "e": 27}),  # "Nineteen "
                question("What came back?", {"s": 18, "e": 34}),  # "Nineteen boats, "
                question("Boats who?", {"badQuestion": True}),
                question("Who owns the boats?", {"noAnswer": True}),
            ],
        },
        {
            "storyId": "./wire/stories/d31217.story",
            "type": "test",
            "text": OTHER,
            "questions": [
                question("Who slept?", {"s": 4, "e": 999})
            ],  # ends too late, as theirs sometimes did
        },
    ],
    "version": "1",
}
COLUMNS = ["story_id", "question", "answer_char_ranges", "is_answer_absent", "is_question_bad", "validated_answers", "story_text"]  # fmt: skip
ROWS = [
    ["./wire/stories/42d01e.story", "How many boats came back?", "18:27|None|None", "0.0", "0.0", '{"none": 1, "18:27": 2}', STORY],
    ["./wire/stories/42d01e.story", "What came back?", "18:34|18:27,18:34|40:45", "0", "?", "", STORY],
    ["./wire/stories/42d01e.story", "Boats who?", "None|18:27", "0.5", "0.75", '{"bad_question": 2, "18:27": 1}', STORY],
    ["./wire/stories/42d01e.story", "Who owns the boats?", "None|None", "1.0", "0.0", '{"none": 3}', STORY],
    ["./wire/stories/d31217.story", "Who slept?", "4:999", "0.0", "?", "", OTHER],
]  # fmt: skip


def write_json(folder: Path, value: Any = JSON) -> str:
    path = folder / "combined-newsqa-data-v1.json"
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return str(path)


def write_csv(
    folder: Path, rows: list[list[str]] = ROWS, columns: list[str] = COLUMNS, end: str = "\n"
) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator=end).writerows([columns, *rows])
    path = folder / "combined-newsqa-data-v1.csv"
    path.write_bytes(stream.getvalue().encode())
    return str(path)


@pytest.mark.parametrize("write", [write_json, write_csv])
def test_both_files_give_the_consensus_as_gold(tmp_path, write):
    data = load(write(tmp_path), split="test")

    assert [i.id for i in data.items] == ["42d01e#0", "42d01e#1", "42d01e#3", "d31217#0"]
    assert [i.gold[0].canonical if i.gold else None for i in data.items] == [
        "Nineteen", "Nineteen boats", None, "pilots slept.",
    ]  # fmt: skip
    assert data.items[0].gold[0].spans == (Span(start=18, end=26, text="Nineteen"),)
    assert [i.answer_type for i in data.items] == ["span", "span", "none", "span"]
    assert [(a.id, a.text) for a in data.articles] == [("42d01e", STORY), ("d31217", OTHER)]
    assert data.warnings == ("left out: 1 question that the crowd calls bad",)
    assert (data.name, len(data.version)) == ("combined-newsqa-data-v1", 12)


def test_the_parts_of_the_json_file_are_our_splits(tmp_path):
    data = load(write_json(tmp_path))

    assert [(i.id, i.split) for i in data.items][-2:] == [("42d01e#3", "dev"), ("d31217#0", "test")]
    assert [a.split for a in data.articles] == ["dev", "test"]


def test_the_csv_file_has_no_parts_and_takes_the_split_that_is_given(tmp_path):
    assert {i.split for i in load(write_csv(tmp_path), split="dev").items} == {"dev"}


def test_line_ends_inside_stories_are_read_as_newsqas_own_reader_does(tmp_path):
    rows = [[cell.replace("\n", "\r\n") if cell is row[-1] else cell for cell in row] for row in ROWS]

    assert load(write_csv(tmp_path, rows, end="\r\n")).items == load(write_csv(tmp_path)).items


# what get_consensus_answer and to_dict of NewsQA's tools answer
CONSENSUS = [
    ("294:297|None|None", {"none": 1, "294:297": 2}, 0.0, Mark(294, 297)),
    ("334:345|292:297,372:379|4045:4079|301:324", {"301:324": 2}, 0.0, Mark(301, 324)),
    ("303:320|303:352|303:320", None, 0.0, Mark(303, 320)),
    ("1:2|3:4", {"1:2": 1, "3:4": 1}, 0.0, Mark(1, 2)),
    ("1:2|3:4", {"1:2": 1, "3:4": 1, "none": 1}, 0.0, NONE),
    ("1:2|3:4", {"1:2": 1, "3:4": 1, "bad_question": 1}, 0.5, BAD),
    ("None|None|1:2", None, 0.0, NONE),
    ("None|None|1:2", None, 0.9, BAD),
]


@pytest.mark.parametrize(("ranges", "validated", "bad", "expected"), CONSENSUS)
def test_the_consensus_is_theirs(ranges, validated, bad, expected):
    assert consensus(ranges, validated, bad) == expected


def faults(path: str) -> list[tuple[int | None, str | None, str]]:
    with pytest.raises(DataError) as caught:
        load(path)
    return [(p.line, p.field, p.message) for p in caught.value.problems]


def test_faults_of_the_json_file_are_said_by_path(tmp_path):
    value = json.loads(json.dumps(JSON))
    story = value["data"][0]
    story["type"] = "trian"
    story["questions"][0]["consensus"] = {"s": "18", "e": 27}
    del story["questions"][1]["consensus"]
    story["questions"][2]["q"] = " "
    value["data"][1]["questions"][0]["consensus"] = {"s": 500, "e": 900}
    value["data"].append({"storyId": 7, "questions": []})

    assert faults(write_json(tmp_path, value)) == [
        (None, "data[0].type", "is not one of train, dev, test"),
        (None, "data[0].questions[0].consensus", "is none of {s, e}, {noAnswer}, {badQuestion}"),
        (None, "data[0].questions[1].consensus", "is missing"),
        (None, "data[0].questions[2].q", "is blank"),
        (None, "data[2].storyId", "must be text, not a number"),
        (None, "data[2].text", "is missing"),
        (None, "data[1].questions[0].consensus", "marks nothing in the story's text"),
    ]


def test_faults_of_the_csv_file_are_said_by_line(tmp_path):
    rows = [list(row) for row in ROWS]
    rows[0][5] = '{"18:27": "two"}'
    rows[1][2] = "18-34"
    rows[3][1] = ""
    rows[4][2] = "500:900"
    rows.append([ROWS[4][0], "Why?", "1:2", "0", "?", "", "Another text."])
    each = STORY.count("\n") + 1  # lines of a row with this story

    found = faults(write_csv(tmp_path, rows))

    assert [(field, message) for _, field, message in found] == [
        ("validated_answers", "must be {answer: votes}"),
        ("answer_char_ranges", "is no list of ranges"),
        ("question", "is blank"),
        ("answer_char_ranges", "marks nothing in the story's text"),
        ("story_text", "differs from an earlier text of ./wire/stories/d31217.story"),
    ]
    assert [line for line, _, _ in found] == [2, 2 + each, 2 + 3 * each, 2 + 4 * each, 3 + 4 * each]


def test_files_that_are_not_the_combined_one(tmp_path):
    short = [c for c in COLUMNS if c != "story_text"]

    ((line, field, message),) = faults(write_csv(tmp_path, [row[:-1] for row in ROWS], short))

    assert (line, field, message) == (None, "story_text", "there is no column story_text")
    assert faults(write_json(tmp_path, {"data": []})) == [(None, "data", "holds no questions that count")]
    assert faults(write_json(tmp_path, [1])) == [(None, "$", "must be an object")]
    assert "no such file" in faults(str(tmp_path / "gone.json"))[0][2]


def tried(path: Path) -> Dataset | DataError:
    try:
        return load(str(path))
    except DataError as error:
        return error


JSON_SEED = json.dumps(JSON, indent=1).encode()
CSV_SEED = "\n".join([",".join(COLUMNS), *(",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in ROWS)]).encode()  # fmt: skip


@pytest.mark.parametrize("seed", [JSON_SEED, CSV_SEED], ids=["json", "csv"])
@settings(deadline=None)
@given(st.data())
def test_damaged_bytes_raise_nothing_but_data_errors(tmp_path_factory, seed, data):
    edits = data.draw(st.lists(st.tuples(st.integers(0, len(seed) - 1), st.binary(max_size=3)), max_size=6))
    content = bytearray(seed)
    for place, new in edits:
        content[place : place + 1] = new
    path = tmp_path_factory.getbasetemp() / "damaged"
    path.write_bytes(bytes(content))

    outcome = tried(path)

    assert outcome.problems if isinstance(outcome, DataError) else outcome.items
