"""MRQA JSON Lines as the shared task has them (its README, section "Dataset Format"), and as strangers write them."""

from __future__ import annotations

import copy
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.datasets import jsonl
from bench.datasets.mrqa import load
from bench.errors import DataError, UsageError
from bench.records import Dataset, Span

CONTEXT = "Berg met Olin in Oslo. [PAR] Berg left at noon."
HEADER = {"header": {"dataset": "Wire", "split": "dev"}}
LINE: dict[str, Any] = {
    "id": "w1",
    "context": CONTEXT,
    "context_tokens": [["Berg", 0], ["met", 5]],
    "qas": [
        {
            "qid": "q1",
            "id": "w1#0",
            "question": "Who left?",
            "question_tokens": [["Who", 0]],
            "answers": ["Berg", "Captain Berg"],
            "detected_answers": [
                {"text": "Berg", "char_spans": [[0, 3], [29, 32]], "token_spans": [[0, 0], [8, 8]]}
            ],
        },
        {
            "qid": "q2",
            "question": "Where did they meet?",
            "answers": ["in oslo"],
            "detected_answers": [{"text": "in oslo", "char_spans": [[14, 20]], "token_spans": [[3, 4]]}],
        },
    ],
}


def write(folder: Path, *lines: Any, end: str = "\n", name: str = "wire.jsonl", start: bytes = b"") -> str:
    text = "".join(
        (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)) + end for line in lines
    )
    data = start + text.encode()
    path = folder / name
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return str(path)


def test_contexts_are_articles_and_answers_are_the_accepted_wordings(tmp_path):
    other = {
        **LINE,
        "context": "Olin stayed.",
        "qas": [{**LINE["qas"][0], "qid": "q3", "detected_answers": []}],
    }

    data = load(write(tmp_path, HEADER, LINE, other), split="dev")

    assert (data.name, len(data.version), len(data.articles)) == ("Wire", 12, 2)
    assert [i.id for i in data.items] == ["q1", "q2", "q3"]
    assert len({i.article_id for i in data.items}) == 2
    assert {i.split for i in data.items} == {"dev"}
    gold = data.items[0].gold[0]
    assert (gold.canonical, gold.aliases) == ("Berg", ("Captain Berg",))
    assert gold.spans == (Span(start=0, end=4, text="Berg"), Span(start=29, end=33, text="Berg"))
    assert data.items[1].gold[0].spans == (Span(start=14, end=21, text="in Oslo"),)  # as the text has it
    assert data.items[2].gold[0].spans == ()


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"end": "\r\n"}, "Windows line ends"),
        ({"start": b"\xef\xbb\xbf"}, "a BOM"),
        ({"name": "wire.jsonl.gz"}, "gzip"),
        ({"name": "wire.gz", "end": "\r\n", "start": b"\xef\xbb\xbf"}, "all of them"),
        ({"end": "\n\n"}, "empty lines"),
    ],
)
def test_harmless_forms_give_the_same_items(tmp_path, options, reason):
    expected = load(write(tmp_path, HEADER, LINE, name="plain.jsonl"))

    assert load(write(tmp_path, HEADER, LINE, **options)).items == expected.items


def test_the_version_is_that_of_the_content_packed_or_not(tmp_path):
    plain = load(write(tmp_path, HEADER, LINE))

    assert load(write(tmp_path, HEADER, LINE, name="wire.jsonl.gz")).version == plain.version


def test_without_a_header_the_file_gives_the_name_and_its_first_line_is_read(tmp_path):
    data = load(write(tmp_path, LINE, name="wire.jsonl.gz"))

    assert (data.name, len(data.items)) == ("wire", 2)


def test_without_answers_the_detected_ones_are_accepted(tmp_path):
    line = copy.deepcopy(LINE)
    del line["qas"][0]["answers"]

    assert load(write(tmp_path, line)).items[0].gold[0].canonical == "Berg"


def test_questions_may_be_marked_impossible(tmp_path):
    qa = {"qid": "q9", "question": "Why?", "answers": [], "detected_answers": [], "is_impossible": True}

    (item,) = load(write(tmp_path, {**LINE, "qas": [qa]})).items

    assert (item.answer_type, item.gold) == ("none", ())


EMOJI = "😀 Çırağan: Berg left."
UNITS = [("characters", 11), ("utf16", 12), ("bytes", 17)]


@pytest.mark.parametrize(("unit", "start"), UNITS)
def test_offsets_are_counted_as_said_and_a_wrong_unit_is_recognised(tmp_path, unit, start):
    qa = {
        "qid": "q",
        "question": "Who?",
        "answers": ["Berg"],
        "detected_answers": [{"text": "Berg", "char_spans": [[start, start + 3]]}],
    }
    path = write(tmp_path, {"context": EMOJI, "qas": [qa]})

    assert load(path, offsets=unit).items[0].gold[0].spans == (Span(start=11, end=15, text="Berg"),)
    if unit != "characters":
        with pytest.raises(
            DataError, match=f"it stands at 11; the file seems to count in {unit}: add dataset.offsets={unit}"
        ):
            load(path)
        assert load(path, check_offsets=False).items[0].gold[0].spans == ()


GONE = object()
Q = ["qas", 0]
BAD: list[tuple[list[Any], Any, str, str]] = [
    ([*Q, "qid"], "q2", "qas[1].qid", "is the id of line 2, qas[0] too"),
    ([*Q, "qid"], 7, "qas[0].qid", "must be text, not a number"),
    ([*Q, "question"], " ", "qas[0].question", "is blank"),
    ([*Q, "question"], GONE, "qas[0].question", "is missing"),
    ([*Q, "answers"], "Berg", "qas[0].answers", "must be a list, not text"),
    ([*Q, "answers"], [], "qas[0].detected_answers[0]", None),
    ([*Q, "answers", 1], None, "qas[0].answers[1]", "must be text, not null"),
    ([*Q, "answers", 1], "half \ud800", "qas[0].answers[1]", "half of a surrogate pair"),
    ([*Q, "detected_answers"], {}, "qas[0].detected_answers", "must be a list, not an object"),
    ([*Q, "detected_answers", 0, "char_spans"], GONE, "qas[0].detected_answers[0].char_spans", "is missing"),
    ([*Q, "detected_answers", 0, "char_spans", 0], [0], "qas[0].detected_answers[0].char_spans[0]", "two whole numbers"),
    ([*Q, "detected_answers", 0, "char_spans", 0], [0, 4], "qas[0].detected_answers[0].char_spans[0]", "ends one character late"),
    ([*Q, "detected_answers", 0, "char_spans", 0], [5, 7], "qas[0].detected_answers[0].char_spans[0]", "holds 'met', not"),
    ([*Q, "detected_answers", 0, "char_spans", 0], [900, 903], "qas[0].detected_answers[0].char_spans[0]", "is no place"),
    ([*Q, "detected_answers", 0, "char_spans", 0], [-4, -1], "qas[0].detected_answers[0].char_spans[0]", "is no place"),
    ([*Q, "is_impossible"], True, "qas[0].answers", "an impossible question has answers"),
    (["qas"], GONE, "qas", "is missing"),
    (["qas", 0], "x", "qas[0]", "must be an object, not text"),
    (["context"], "", "context", "is blank"),
    (["context"], GONE, "context", "is missing"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "field", "message"), BAD, ids=[str(n) for n in range(len(BAD))])
def test_faults_are_said_by_line_and_path_and_nothing_else(tmp_path, path, value, field, message):
    damaged: Any = copy.deepcopy(LINE)
    parent = damaged
    for step in path[:-1]:
        parent = parent[step]
    if value is GONE:
        del parent[path[-1]]
    else:
        parent[path[-1]] = value
    file = write(tmp_path, HEADER, json.dumps(damaged))

    if message is None:
        assert load(file).items[0].gold[0].canonical == "Berg"
        return
    with pytest.raises(DataError) as caught:
        load(file)

    assert [(p.line, p.field) for p in caught.value.problems] == [(2, field)]
    assert message in caught.value.problems[0].message


def test_every_problem_of_a_file_is_said_at_once(tmp_path):
    bad = {"context": " ", "qas": [{"qid": "q1", "question": "", "answers": ["x"], "detected_answers": []}]}

    with pytest.raises(DataError) as caught:
        load(write(tmp_path, HEADER, LINE, bad, "{", "[1]", '{"context": "a", "context": "b", "qas": []}'))

    assert [(p.line, p.field or "") for p in caught.value.problems] == [
        (3, "context"), (3, "qas[0].qid"), (3, "qas[0].question"), (4, ""), (5, ""), (6, ""),
    ]  # fmt: skip
    assert "item q1" in str(caught.value)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b'{"header": {"dataset": "x"}}\n', "holds no questions"),
        (gzip.compress(bytes(range(256)), mtime=0)[:90], "is a damaged gzip file"),
        (b"PK\x03\x04rest", "ZIP archive"),
        ('{"context": "é"}'.encode("latin-1"), "byte 0xE9"),
        ('{"context": "é"}'.encode("utf-16"), "UTF-16"),
    ],
    ids=["empty", "no questions", "damaged gzip", "zip", "latin-1", "utf-16"],
)
def test_files_that_are_none(tmp_path, data, message):
    path = tmp_path / "wire.jsonl"
    path.write_bytes(data)

    with pytest.raises(DataError, match=message):
        load(str(path))


@pytest.mark.parametrize(
    ("reader", "value", "fix"),
    [
        (load, {"data": []}, "use dataset=squad, or dataset=newsqa"),
        (jsonl.load, LINE, "this is MRQA's form: use dataset=mrqa"),
        (jsonl.load, {"data": [], "version": "v2.0"}, "this looks like SQuAD's form: use dataset=squad"),
    ],
)
def test_another_form_is_recognised(tmp_path, reader, value, fix):
    with pytest.raises(DataError, match=fix):
        reader(write(tmp_path, value))


def test_options_that_do_not_fit(tmp_path):
    with pytest.raises(UsageError, match="did you mean 'utf16'"):
        load(write(tmp_path, LINE), offsets="utf-16")


def tried(path: str) -> Dataset | DataError:
    try:
        return load(path)
    except DataError as error:
        return error


SEED = (json.dumps(HEADER) + "\n" + json.dumps(LINE) + "\n").encode()


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(SEED) - 1), st.binary(max_size=3)), max_size=6))
def test_damaged_bytes_raise_nothing_but_data_errors(tmp_path_factory, edits):
    content = bytearray(SEED)
    for place, new in edits:
        content[place : place + 1] = new
    path = tmp_path_factory.getbasetemp() / "damaged.jsonl"
    path.write_bytes(bytes(content))

    outcome = tried(str(path))

    assert outcome.problems if isinstance(outcome, DataError) else outcome.items
