"""JSON Lines: what JSON allows and what it only seems to allow."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.datasets.jsonl import load
from bench.errors import DataError
from bench.records import Dataset

ROW = {"question": "Who leads?", "context": "Berg leads.", "answer": "Berg"}
GOOD = json.dumps(ROW) + "\n"


def write(folder: Path, content: str | bytes, name: str = "own.jsonl") -> str:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def line(**fields: object) -> str:
    return json.dumps({**ROW, "question": "Who else?", **fields}) + "\n"


def test_one_object_a_line(tmp_path):
    data = load(write(tmp_path, GOOD + "\r\n" + line(answer=52, context="All 52 left.")))

    assert [i.gold[0].canonical for i in data.items] == ["Berg", "52"]
    assert len(data.articles) == 2


def test_line_separators_inside_strings_split_nothing(tmp_path):
    row = json.dumps({**ROW, "context": "Berg\u2028leads.\u2029\x85"}, ensure_ascii=False)

    data = load(write(tmp_path, row + "\n" + line()))

    assert data.items[0].context == "Berg\u2028leads."
    assert len(data.items) == 2


def test_a_line_of_two_megabytes(tmp_path):
    long = "word " * 420_000

    data = load(write(tmp_path, GOOD + line(context=long + "Berg leads.")))

    assert data.items[1].gold[0].spans[0].start == len(long)


BAD = [
    ("", [(None, None, "the file is empty")], "empty"),
    ("\ufeff" + GOOD, [(1, None, "byte order mark")], "a BOM is for spreadsheets"),
    (GOOD.encode("utf-16"), [(1, None, "UTF-16")], "UTF-16"),
    (GOOD.encode() + b'{"question": "M\xfc"}\n', [(2, None, "byte 0xFC")], "Latin-1"),
    (GOOD + '{"question": "x",\n', [(2, None, "at column 18")], "a line cut short"),
    (GOOD + "{'question': 'x'}\n" + GOOD[1:], [(2, None, "at column 2"), (3, None, "at column 11")], "two bad lines"),
    (GOOD + GOOD[:-1] + GOOD, [(2, None, "Extra data at column")], "two objects on a line"),
    (GOOD + '["a"]\n"b"\n', [(2, None, "not a list"), (3, None, "not text")], "no objects"),
    (GOOD + '{"id": "a", "id": "b"}\n', [(2, None, "'id' stands twice in one object at column 13")], "duplicate key"),
    (GOOD + '{"a": [{"b": 1, "\\u0062": 2}]}\n', [(2, None, "'b' stands twice")], "the same key, escaped, further in"),
    (GOOD + '{"x": NaN, "y": -Infinity}\n', [(2, None, "NaN is not JSON at column 7"), (2, None, "-Infinity")], "NaN"),
    (GOOD + '{"x": 1e999}\n', [(2, None, "too large at column 7")], "infinity in disguise"),
    (GOOD + '{"x": ' + "1" * 5000 + "}\n", [(2, None, "thousands of digits")], "an endless number"),
    (GOOD + "[" * 100_000 + "\n", [(2, None, "nested")], "bottomless nesting"),
    (GOOD + '{"question": "a\tb"}\n', [(2, None, "Invalid control character")], "a bare tab in a string"),
    (GOOD + line(context="half \ud800 pair"), [(2, "context", "\\ud800")], "half a surrogate pair"),
    (GOOD + line(answers=["Berg", "\udfff"]), [(2, "answers[1]", "\\udfff")], "half a pair in a list"),
    (GOOD + line(question=None), [(2, "question", "is blank")], "null"),
    (GOOD + line(question=7), [(2, "question", "must be text, not a number")], "a number for a question"),
    (GOOD + line(context=["a"]), [(2, "context", "must be text, not a list")], "a list for a text"),
    (GOOD + line(answer=True), [(2, "answer", "not true or false")], "true for an answer"),
    (GOOD + line(answers="Berg"), [(2, "answers", "not valid JSON")], "text for a list"),
    (GOOD + line(answers='{"a": 1}'), [(2, "answers", "must be a list")], "an object for a list, as text"),
    (GOOD + line(answers=["Berg", " ", None]), [(2, "answers[1]", "is blank"), (2, "answers[2]", "null")], "members"),
    ('{"answer": "x"}\n', [(1, "question", "there is no column"), (1, "context", "there is no column")], "no keys"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "expected", "reason"), BAD, ids=[reason for *_, reason in BAD])
def test_faults_are_said_where_they_are_and_nothing_else(tmp_path, content, expected, reason):
    path = write(tmp_path, content)

    with pytest.raises(DataError) as caught:
        load(path)

    found = caught.value.problems
    assert [(p.line, p.field) for p in found] == [(number, field) for number, field, _ in expected]
    assert all(part in p.message for p, (_, _, part) in zip(found, expected, strict=True))
    assert str(caught.value).isprintable() or "\n" in str(caught.value)


def test_a_whole_emoji_written_as_two_escapes_is_a_character(tmp_path):
    data = load(
        write(tmp_path, '{"question": "Who \\ud83d\\ude00?", "context": "Berg leads.", "answer": "Berg"}\n')
    )

    assert data.items[0].question == "Who 😀?"


def tried(path: str) -> Dataset | DataError:
    try:
        return load(path)
    except DataError as error:
        return error


SEED = (
    GOOD
    + line(answers=["Berg", "B. Berg"], answerable=True, reject=["Olin"], skills="who,coref")
    + line(id="a1", answers=[{"key": "x", "canonical": "Berg", "aliases": ["B"], "tolerance": 0.5}])
    + line(question="How many?", answer=52, unit="boat", answer_type="number")
).encode()


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(SEED) - 1), st.binary(max_size=3)), max_size=6))
def test_damaged_bytes_raise_nothing_but_data_errors(tmp_path_factory, edits):
    content = bytearray(SEED)
    for at, new in edits:
        content[at : at + 1] = new
    path = write(tmp_path_factory.getbasetemp(), bytes(content), "damaged.jsonl")

    outcome = tried(path)

    assert outcome.problems if isinstance(outcome, DataError) else outcome.items


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text("aé 1[\ud800", max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["key", "canonical", "aliases", "value"]), inner),
    max_leaves=5,
)  # fmt: skip
FIELDS = [
    "answer",
    "answers",
    "answer_type",
    "answer_mode",
    "answerable",
    "reject",
    "id",
    "skills",
    "split",
    "context_file",
]


@settings(deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(FIELDS), VALUES), min_size=1, max_size=3))
def test_any_value_in_any_field_is_an_item_or_a_data_error(tmp_path_factory, rows):
    content = "".join(
        json.dumps({"question": f"Who {n}?", "context": "Berg.", **row}) + "\n" for n, row in enumerate(rows)
    )
    path = write(tmp_path_factory.getbasetemp(), content, "values.jsonl")

    outcome = tried(path)

    assert outcome.problems if isinstance(outcome, DataError) else len(outcome.items) == len(rows)
