"""SQuAD JSON: exact golds, checked offsets, and faults by JSON path."""

from __future__ import annotations

import copy
import gzip
import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.answers import squad as official
from bench.datasets import _passages
from bench.datasets.squad import load
from bench.errors import DataError, UsageError
from bench.records import Dataset, Span

SHARED = Path(__file__).parents[3] / "shared" / "squad"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="needs the SQuAD part beside the repository")

ANSWERS = [
    {"text": "in Oslo", "answer_start": 6},
    {"text": "Oslo", "answer_start": 9},
    {"text": "in Oslo", "answer_start": 6},
]
SMALL: dict[str, Any] = {
    "version": "v2.0",
    "data": [
        {
            "title": "The_Çırağan Talks",
            "paragraphs": [
                {
                    "context": "Talks in Oslo. Berg in the chair.",
                    "qas": [
                        {"id": "q1", "question": " Where? ", "answers": ANSWERS, "is_impossible": False},
                        {
                            "id": "q2",
                            "question": "When?",
                            "answers": [],
                            "plausible_answers": [{"text": "Oslo", "answer_start": 9}],
                            "is_impossible": True,
                        },
                    ],
                },
                {"context": "Olin left.", "qas": [{"id": "q3", "question": "Who?", "answers": [{"text": "Olin", "answer_start": 0}]}]},
            ],
        },
        {"title": "the  çırağan talks!", "paragraphs": [{"context": "Other.", "qas": []}]},
    ],
}  # fmt: skip


def write(folder: Path, value: Any, name: str = "squad.json") -> str:
    path = folder / name
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return str(path)


def test_items_articles_and_golds(tmp_path):
    data = load(write(tmp_path, SMALL), split="dev")

    first, second, third = data.items
    assert (first.question, first.context) == (" Where? ", "Talks in Oslo. Berg in the chair.")
    assert (first.gold[0].canonical, first.gold[0].aliases) == ("in Oslo", ("Oslo",))
    assert first.gold[0].spans == (Span(start=6, end=13, text="in Oslo"), Span(start=9, end=13, text="Oslo"))
    assert (second.answer_type, second.gold, second.reject) == ("none", (), ())
    assert (third.answer_type, third.article_id, third.split) == ("span", first.article_id, "dev")
    assert (data.name, len(data.version)) == ("squad", 12)


def test_an_article_is_a_title_with_all_its_paragraphs(tmp_path):
    one, other = load(write(tmp_path, SMALL)).articles

    assert (one.id, one.title) == ("the-cragan-talks", "The_Çırağan Talks")
    assert one.text == "Talks in Oslo. Berg in the chair.\n\nOlin left."
    assert other.id.startswith("the-cragan-talks-")
    assert len(other.id) == len("the-cragan-talks-") + 10


def test_plausible_answers_become_lures_only_when_asked(tmp_path):
    data = load(write(tmp_path, SMALL), plausible_as_lures=True)

    assert [i.reject for i in data.items] == [(), ("Oslo",), ()]


def test_types_are_inferred_only_when_asked(tmp_path, monkeypatch):
    monkeypatch.setattr(
        _passages, "infer_answer_type", lambda texts: "place" if "Oslo" in texts else "person"
    )

    assert [i.answer_type for i in load(write(tmp_path, SMALL), answer_type="infer").items] == [
        "place",
        "none",
        "person",
    ]
    assert [i.answer_type for i in load(write(tmp_path, SMALL)).items] == ["span", "none", "span"]


@pytest.mark.parametrize("options", [{"answer_type": "number"}, {"split": "train"}])
def test_options_that_do_not_fit_are_a_usage_error(tmp_path, options):
    with pytest.raises(UsageError, match="must be"):
        load(write(tmp_path, SMALL), **options)


Q = "data[0].paragraphs[0].qas[0]"
P = "data[0].paragraphs[0]"


def at(value: Any, path: list[Any]) -> tuple[Any, Any]:
    for step in path[:-1]:
        value = value[step]
    return value, path[-1]


QA = ["data", 0, "paragraphs", 0, "qas", 0]
GONE = object()
BAD = [
    (
        [*QA, "answers", 0, "answer_start"],
        7,
        f"{Q}.answers[0].answer_start",
        "does not stand there, in 'The_Ç",
    ),
    ([*QA, "answers", 0, "answer_start"], -1, f"{Q}.answers[0].answer_start", "does not stand there"),
    ([*QA, "answers", 0, "answer_start"], 10**6, f"{Q}.answers[0].answer_start", "does not stand there"),
    ([*QA, "answers", 1, "answer_start"], GONE, f"{Q}.answers[1].answer_start", "is missing"),
    (
        [*QA, "answers", 1, "answer_start"],
        "9",
        f"{Q}.answers[1].answer_start",
        "must be a whole number, not text",
    ),
    ([*QA, "answers", 1, "answer_start"], True, f"{Q}.answers[1].answer_start", "not true or false"),
    ([*QA, "answers", 1, "text"], " ", f"{Q}.answers[1].text", "is blank"),
    ([*QA, "answers", 1, "text"], None, f"{Q}.answers[1].text", "not null"),
    ([*QA, "answers", 1], "Oslo", f"{Q}.answers[1]", "must be an object, not text"),
    ([*QA, "answers"], [], f"{Q}.answers", "holds no answer"),
    ([*QA, "answers"], GONE, f"{Q}.answers", "is missing"),
    ([*QA, "answers"], {}, f"{Q}.answers", "must be a list, not an object"),
    ([*QA, "is_impossible"], True, f"{Q}.answers", "an impossible question has answers"),
    ([*QA, "is_impossible"], "no", f"{Q}.is_impossible", "must be true or false"),
    ([*QA, "question"], "\n", f"{Q}.question", "is blank"),
    ([*QA, "question"], "half \ud800", f"{Q}.question", "\\ud800, half of a surrogate pair"),
    ([*QA, "id"], "q3", "data[0].paragraphs[1].qas[0].id", "is the id of data[0].paragraphs[0].qas[0] too"),
    ([*QA, "id"], 7, f"{Q}.id", "must be text, not a number"),
    ([*QA, "id"], GONE, f"{Q}.id", "is missing"),
    (QA, [], Q, "must be an object, not a list"),
    (["data", 0, "paragraphs", 1, "context"], "", "data[0].paragraphs[1].context", "is blank"),
    (["data", 0, "paragraphs", 0, "context"], GONE, f"{P}.context", "is missing"),
    (["data", 0, "paragraphs", 0, "qas"], None, f"{P}.qas", "must be a list, not null"),
    (["data", 0, "paragraphs"], GONE, "data[0].paragraphs", "is missing"),
    (["data", 0, "title"], 7, "data[0].title", "must be text"),
    (["data"], GONE, "data", "is missing"),
    (["data"], [], "data", "holds no questions"),
]


@pytest.mark.parametrize(("path", "value", "field", "message"), BAD, ids=[str(n) for n in range(len(BAD))])
def test_faults_are_said_by_path_and_nothing_else(tmp_path, path, value, field, message):
    damaged = copy.deepcopy(SMALL)
    parent, key = at(damaged, path)
    if value is GONE:
        del parent[key]
    else:
        parent[key] = value

    with pytest.raises(DataError) as caught:
        load(write(tmp_path, damaged))

    assert [p.field for p in caught.value.problems] == [field]
    assert message in caught.value.problems[0].message


def test_an_offset_off_by_one_says_who_and_where_it_should_be(tmp_path):
    damaged = copy.deepcopy(SMALL)
    damaged["data"][0]["paragraphs"][0]["qas"][0]["answers"][1]["answer_start"] = 8
    path = write(tmp_path, damaged)

    with pytest.raises(DataError) as caught:
        load(path)

    assert str(caught.value) == (
        f"{path}: item q1: {Q}.answers[1].answer_start: the answer 'Oslo' does not stand there, "
        "in 'The_Çırağan Talks' (value: '8'); it stands at 9"
    )
    item = load(path, check_offsets=False).items[0]
    assert [span.start for span in item.gold[0].spans] == [6]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", None, "the file is empty"),
        ('{"data": [}\n', 1, "not valid JSON: Expecting value at column 11"),
        ('{\n "data": [],\n "data": []\n}', 3, "the key 'data' stands twice in one object at column 2"),
        ('{"data": [],\n "x": NaN}', 2, "NaN is not JSON at column 7"),
        ("[" * 100_000, None, "nested"),
    ],
)
def test_malformed_json_is_said_by_line_and_column(tmp_path, text, line, message):
    with pytest.raises(DataError) as caught:
        load(write(tmp_path, text))

    assert [p.line for p in caught.value.problems] == [line]
    assert message in caught.value.problems[0].message


def test_in_a_file_with_lines_every_problem_has_its_own(tmp_path):
    damaged = copy.deepcopy(SMALL)
    question = damaged["data"][0]["paragraphs"][0]["qas"][0]
    question["answers"][1]["answer_start"] = 8
    del question["question"]
    damaged["data"][0]["paragraphs"][1]["context"] = " "
    text = json.dumps(damaged, indent=1, ensure_ascii=False)
    lines = text.splitlines()

    with pytest.raises(DataError) as caught:
        load(write(tmp_path, text))

    found = {p.field: lines[p.line - 1].strip() for p in caught.value.problems if p.line}
    assert found == {
        "data[0].paragraphs[1].context": '"context": " ",',
        f"{Q}.question": "{",  # of the question that has none
        f"{Q}.answers[1].answer_start": '"answer_start": 8',
    }


def test_a_list_is_no_squad_file(tmp_path):
    with pytest.raises(DataError, match=r"\$: must be an object, not a list"):
        load(write(tmp_path, []))


EMOJI = "😀 Çırağan: Berg left.\r\nOlin stayed."


@pytest.mark.parametrize(
    ("unit", "start", "other"), [("characters", 11, 23), ("utf16", 12, 24), ("bytes", 17, 29)]
)
def test_offsets_are_counted_as_said_and_a_wrong_unit_is_recognised(tmp_path, unit, start, other):
    qas = [
        {"id": "1", "question": "Who left?", "answers": [{"text": "Berg", "answer_start": start}]},
        {"id": "2", "question": "Who stayed?", "answers": [{"text": "Olin", "answer_start": other}]},
    ]
    value = {"data": [{"title": "T", "paragraphs": [{"context": EMOJI, "qas": qas}]}]}
    path = write(tmp_path, value)

    data = load(path, offsets=unit)

    assert [i.gold[0].spans[0].start for i in data.items] == [11, 23]
    assert all(i.context == EMOJI for i in data.items)  # Windows line ends inside a text are part of it
    if unit != "characters":
        with pytest.raises(DataError) as caught:
            load(path)
        assert [(p.item, p.fix) for p in caught.value.problems] == [
            ("1", f"it stands at 11; the file seems to count in {unit}: add dataset.offsets={unit}"),
            ("2", f"it stands at 23; the file seems to count in {unit}: add dataset.offsets={unit}"),
        ]


def test_a_gzipped_file_with_bom_and_windows_line_ends_gives_the_same_items(tmp_path):
    plain = load(write(tmp_path, SMALL))
    path = tmp_path / "squad.json.gz"
    text = json.dumps(SMALL, indent=1).replace("\n", "\r\n")
    path.write_bytes(gzip.compress(b"\xef\xbb\xbf" + text.encode()))

    data = load(str(path))

    assert (data.name, data.items) == ("squad", plain.items)


def test_json_lines_in_its_place_are_recognised(tmp_path):
    with pytest.raises(DataError, match="use dataset=mrqa or jsonl"):
        load(write(tmp_path, '{"data": []}\n{"data": []}\n'))


def test_answers_that_the_official_script_drops_are_dropped(tmp_path):
    extra = copy.deepcopy(SMALL)
    extra["data"][0]["paragraphs"][0]["qas"][0]["answers"].insert(0, {"text": "the", "answer_start": 23})

    data = load(write(tmp_path, extra))

    assert data.items[0].gold[0].canonical == "in Oslo"
    assert len(data.warnings) == 1


def tried(path: Path) -> Dataset | DataError:
    try:
        return load(str(path), plausible_as_lures=True)
    except DataError as error:
        return error


SEED = json.dumps(SMALL).encode()


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(SEED) - 1), st.binary(max_size=3)), max_size=6))
def test_damaged_bytes_raise_nothing_but_data_errors(tmp_path_factory, edits):
    content = bytearray(SEED)
    for place, new in edits:
        content[place : place + 1] = new
    path = tmp_path_factory.getbasetemp() / "damaged.json"
    path.write_bytes(bytes(content))

    outcome = tried(path)

    assert outcome.problems if isinstance(outcome, DataError) else outcome.items


@needs_shared
def test_the_development_part_loads_whole_and_fast():
    start = time.process_time()
    data = load(str(SHARED / "dev-v2.0-part.json"))
    seconds = time.process_time() - start

    assert (len(data.items), sum(i.answerable for i in data.items), len(data.articles)) == (6078, 2910, 16)
    assert seconds < 1
    assert all(i.context[s.start : s.end] == s.text for i in data.items for g in i.gold for s in g.spans)


@needs_shared
def test_golds_give_the_official_figures():
    # official.json: evaluate-v2.0 run on these two files
    data = load(str(SHARED / "dev-v2.0-part.json"))
    answers = json.loads((SHARED / "predictions-bidaf.json").read_text())
    expected = json.loads((SHARED / "official.json").read_text())

    pairs = [
        (answers[i.id], [t for g in i.gold for t in (g.canonical, *g.aliases)] or [""]) for i in data.items
    ]

    assert 100 * sum(official.exact(a, g) for a, g in pairs) / len(pairs) == pytest.approx(
        expected["exact"], abs=1e-9
    )
    assert 100 * sum(official.f1(a, g) for a, g in pairs) / len(pairs) == pytest.approx(
        expected["f1"], abs=1e-9
    )
