"""What is exported and read back is what was exported: over the whole shipped suite, and over a SQuAD file."""

from __future__ import annotations

import dataclasses
import functools
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.build import build, catalogue, read_config
from bench.datasets import dateline, hf, jsonl, mrqa, parquet, squad
from bench.datasets.exports.base import About
from bench.errors import DataError, UsageError
from bench.records import Article, Dataset, Gold, Item, Span

suite = functools.cache(dateline.load)
ABOUT = About(canary="some-canary 1")
READERS: dict[str, Callable[..., Dataset]] = {
    "jsonl": jsonl.load,
    "parquet": parquet.load,
    "squad": squad.load,
    "hf": hf.load,
    "croissant": hf.load,
}


def write(folder: Path, kind: str, dataset: Dataset) -> Path:
    """The export of a data set on disk: its file, or its folder."""
    files = exported(kind) if dataset is suite() else export(kind, dataset)
    for name, data in files.items():
        path = folder / kind / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder / kind if len(files) > 1 else path


def export(kind: str, dataset: Dataset) -> Mapping[str, bytes]:
    return build(read_config("to", kind), "to").export(dataset, ABOUT).files


@functools.cache
def exported(kind: str) -> Mapping[str, bytes]:
    return export(kind, suite())


def facts(dataset: Dataset) -> tuple[Any, ...]:
    return dataset.name, dataset.version, dataset.articles, dataset.items, dataset.warnings


ODD = Dataset(
    name="odd",
    version="7",
    articles=(
        Article(id="a", title="Çırağan", text="One.\n\nTwo 😀 two.\r\n", published="2025-06-02", split="dev"),
        Article(id="b", text="The whole text of b.", split="test", fictional=False, version=3),
    ),
    items=(
        Item(
            id="2", article_id="b", question=" Which? ", context="of b", answer_type="span", reject=("c", "C"),
            gold=(Gold(canonical="b", aliases=("B",), spans=(Span(start=3, end=4, text="b"),), value=2.0),),
        ),
        Item(
            id="1", article_id="a", question="Who?", context="Two 😀 two.\r\n", answer_type="number", split="dev",
            gold=(Gold(canonical="2", computed=True, value=2.5, bound="at_most", edtf="2022-02"),),
            requires_context=(), evidence=((1, 2), (3,)), status="draft", difficulty=3, note="x",
        ),
        Item(id="3", article_id="a", question="What?", context="One.", answer_type="none", split="dev", language="tr"),
        Item(
            id="4", article_id="b", question="Who else?", context="of b", answer_type="list", answer_mode="all_keyed",
            gold=(Gold(canonical="x", key="k", reading="r", tolerance=0.25), Gold(canonical="y", key="l", unit="u")),
        ),
    ),
)  # fmt: skip


@pytest.mark.medium
@pytest.mark.parametrize("kind", READERS)
def test_the_whole_suite_comes_back_equal(tmp_path, kind):
    path = write(tmp_path, kind, suite())

    assert facts(READERS[kind](str(path))) == facts(suite())


@pytest.mark.parametrize("kind", READERS)
def test_odd_records_come_back_equal(tmp_path, kind):
    ordered = dataclasses.replace(ODD, articles=ODD.articles[::-1])  # in the order of their items

    assert facts(READERS[kind](str(write(tmp_path, kind, ordered)))) == facts(ordered)


@pytest.mark.parametrize("kind", READERS)
def test_a_squad_file_comes_back_equal_with_all_its_paragraphs(tmp_path, kind):
    qas = [{"id": "q1", "question": " Where? ", "answers": [{"text": "Oslo", "answer_start": 9}]}]
    more = [{"id": "q2", "question": "When?", "answers": [], "is_impossible": True}]
    paragraphs = [
        {"context": " Talks in Oslo.\r\n", "qas": []},
        {"context": "Berg at Oslo now.", "qas": qas},
        {"context": "Olin left. ", "qas": more},
    ]
    qas[0]["answers"][0]["answer_start"] = 8
    source = tmp_path / "own.json"
    source.write_text(json.dumps({"data": [{"title": "T", "paragraphs": paragraphs}]}), encoding="utf-8")
    data = squad.load(str(source))

    assert facts(READERS[kind](str(write(tmp_path, kind, data)))) == facts(data)


@pytest.mark.parametrize("kind", catalogue("to"))
def test_every_file_names_the_canary_and_is_the_same_twice(kind):
    assert exported(kind) == export(kind, suite())
    for name, data in exported(kind).items():
        if not name.endswith(".parquet"):
            assert b"some-canary 1" in data, name


def test_parts_of_an_exported_folder_are_read_alone(tmp_path):
    path = write(tmp_path, "hf", suite())

    test = hf.load(str(path), part="test")

    assert test.items == tuple(i for i in suite().items if i.split == "test")
    assert (test.name, test.version) == ("dateline", suite().version)
    with pytest.raises(UsageError, match=r"no such part — did you mean 'test'"):
        hf.load(str(path), part="tset")


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def rewrite(path: Path, changed: list[dict[str, Any]]) -> str:
    path.write_text("".join(json.dumps(row) + "\n" for row in changed), encoding="utf-8")
    return str(path)


def test_an_edited_row_is_read_as_it_stands_under_another_version(tmp_path):
    path = write(tmp_path, "jsonl", suite())
    changed = rows(path)
    changed[0]["reject"].append("Nobody")

    data = jsonl.load(rewrite(path, changed))

    assert data.items[0].reject == (*suite().items[0].reject, "Nobody")
    assert data.items[1:] == suite().items[1:]
    assert (data.name, len(data.version)) == ("items", 12)
    assert data.warnings == (
        f"1 exported item was edited since ({data.items[0].id}): the data are read as they stand, under a version of their own",
    )


def test_some_rows_of_an_export_keep_their_name_and_articles(tmp_path):
    path = write(tmp_path, "jsonl", suite())

    data = jsonl.load(rewrite(path, rows(path)[::7]))

    assert data.items == suite().items[::7]
    assert {a.id: a for a in data.articles}.items() <= {a.id: a for a in suite().articles}.items()
    assert (data.name, data.version) == ("dateline", suite().version)


def test_without_its_own_column_an_export_is_an_ordinary_table(tmp_path):
    path = write(tmp_path, "jsonl", suite())

    data = jsonl.load(
        rewrite(path, [{k: v for k, v in row.items() if k != "dateline"} for row in rows(path)])
    )

    judged = [
        (i.id, i.question, i.context, i.answer_type, i.answer_mode, i.reject, i.skills) for i in data.items
    ]
    assert judged == [
        (i.id, i.question, i.context, i.answer_type, i.answer_mode, i.reject, i.skills) for i in suite().items
    ]
    for ours, theirs in zip(suite().items, data.items, strict=True):
        if ours.answer_type != "yes_no":  # a table's "no" is not looked for in the text
            assert [dataclasses.replace(g, spans=()) for g in theirs.gold] == [
                dataclasses.replace(g, spans=()) for g in ours.gold
            ]
        assert all(g.spans == o.spans for g, o in zip(theirs.gold, ours.gold, strict=True) if o.spans)


BAD: list[tuple[Callable[[dict[str, Any]], Any], str, str]] = [
    (lambda r: r.update(answers="Berg"), "answers", "must be a list, not text"),
    (lambda r: r["answers"][0].update(canonical=7), "answers[0].canonical", "must be text, not a number"),
    (lambda r: r["answers"][0].update(canonicl="x"), "answers[0].canonicl", "did you mean 'canonical'"),
    (lambda r: r["answers"][0]["spans"][0].update(start=0), "answers[0].spans[0]", "the context has"),
    (lambda r: r.update(answer_type="persn"), "answer_type", "did you mean 'person'"),
    (lambda r: r.update(answer_type="none"), "answer_type", "is none, but the item has answers"),
    (lambda r: r.update(answerable=False), "answerable", "does not agree"),
    (lambda r: r.pop("question"), "question", "is missing"),
    (lambda r: r.update(question=" "), "question", "is blank"),
    (lambda r: r.update(difficulty=True), "difficulty", "must be a whole number, not true or false"),
    (lambda r: r.update(evidence=[1]), "evidence[0]", "must be a list, not a number"),
    (lambda r: r["article"].update(title=[]), "article.title", "must be text, not a list"),
    (lambda r: r["dateline"].pop("version"), "dateline.version", "is missing"),
    (lambda r: r["dateline"].update(n="x"), "dateline.n", "must be a whole number, not text"),
]


@pytest.mark.parametrize(("damage", "field", "message"), BAD, ids=[f"{b[1]}-{n}" for n, b in enumerate(BAD)])
def test_a_damaged_row_is_said_by_line_and_field(tmp_path, damage, field, message):
    path = write(tmp_path, "jsonl", suite())
    changed = rows(path)[:3]
    damage(changed[0])

    with pytest.raises(DataError) as caught:
        jsonl.load(rewrite(path, changed))

    problem = caught.value.problems[0]
    assert (problem.line, problem.field) == (1, field)
    assert message in problem.message
    assert problem.fix


def test_an_item_twice_and_an_article_told_twice(tmp_path):
    path = write(tmp_path, "jsonl", suite())
    changed = [*rows(path)[:2], rows(path)[0]]
    changed[1]["article"]["title"] = "Other"

    with pytest.raises(DataError) as caught:
        jsonl.load(rewrite(path, changed))

    assert [(p.line, p.field) for p in caught.value.problems] == [(2, "article"), (3, "id")]


def test_squad_answers_that_do_not_agree_with_the_item_are_an_error(tmp_path):
    path = write(tmp_path, "squad", suite())
    value = json.loads(path.read_text(encoding="utf-8"))
    value["data"][0]["paragraphs"][0]["qas"][0]["answers"][0]["text"] = "Somebody"
    value["data"][0]["paragraphs"][0]["qas"][1]["dateline"]["item"]["answer_type"] = "persn"
    path.write_text(json.dumps(value), encoding="utf-8")

    with pytest.raises(DataError) as caught:
        squad.load(str(path))

    assert [(p.field, p.message.split(" under")[0]) for p in caught.value.problems] == [
        ("data[0].paragraphs[0].qas[0].answers", "does not agree with the item"),
        (
            "data[0].paragraphs[0].qas[1].dateline.item.answer_type",
            "is not one of person, place, span, number, date, yes_no, choice, list, none, ambiguous — did you mean 'person'?",
        ),
    ]
    for qa in value["data"][0]["paragraphs"][0]["qas"]:
        qa.pop("dateline")
    path.write_text(json.dumps(value), encoding="utf-8")
    with pytest.raises(DataError, match="does not stand there"):
        squad.load(str(path))
    assert squad.load(str(path), check_offsets=False).items[0].gold[0].canonical == "Somebody"


def test_mrqa_comes_back_where_it_fits(tmp_path):
    path = write(tmp_path, "mrqa", suite())

    data = mrqa.load(str(path))

    kept = {i.id: i for i in data.items}
    assert data.name == "dateline"
    for item in suite().items:
        fits = item.answer_mode in ("one", "any") and any(g.spans for g in item.gold)
        assert (item.id in kept) is fits
        if fits:
            back = kept[item.id]
            assert (back.question, back.context) == (item.question, item.context)
            assert set(back.gold[0].spans) == {s for g in item.gold for s in g.spans}
            assert [back.gold[0].canonical, *back.gold[0].aliases] == list(
                dict.fromkeys(t for g in item.gold for t in (g.canonical, *g.aliases))
            )


def test_mrqa_refuses_a_data_set_of_which_nothing_fits():
    with pytest.raises(UsageError, match="no item of odd fits MRQA: 1 unanswerable"):
        build(read_config("to", "mrqa"), "to").export(dataclasses.replace(ODD, items=ODD.items[2:3]), ABOUT)


@pytest.mark.parametrize("value", ["OSLO (Wire)", {"city": "Oslo"}, ["Oslo"]])
def test_a_column_called_dateline_may_be_anybodys(tmp_path, value):
    row = {"question": "Who left?", "context": "Berg left.", "answer": "Berg", "dateline": value}

    data = jsonl.load(rewrite(tmp_path / "own.jsonl", [row]))

    assert data.items[0].gold[0].canonical == "Berg"
    assert any("columns not used: 'dateline'" in text for text in data.warnings)


def test_an_article_that_the_data_set_does_not_hold_is_made_of_its_contexts(tmp_path):
    bare = dataclasses.replace(ODD, articles=())

    data = jsonl.load(str(write(tmp_path, "jsonl", bare)))

    assert data.items == ODD.items
    assert [(a.id, a.text) for a in data.articles] == [("b", "of b"), ("a", "Two 😀 two.\r\n\n\nOne.")]


def tried(reader: Callable[..., Dataset], path: str) -> Dataset | DataError:
    try:
        return reader(path)
    except DataError as error:
        return error


@functools.cache
def seeds() -> dict[str, bytes]:
    """Small exports, as text."""
    made = {kind: next(iter(export(kind, ODD).values())) for kind in ("jsonl", "squad")}
    return {**made, "squad-lines": json.dumps(json.loads(made["squad"]), indent=1).encode()}


@pytest.mark.parametrize("kind", ["jsonl", "squad", "squad-lines"])
@settings(deadline=None)
@given(st.data())
def test_damaged_bytes_raise_nothing_but_data_errors(tmp_path_factory, kind, data):
    content = bytearray(seeds()[kind])
    edit = st.tuples(st.integers(0, len(content) - 1), st.binary(max_size=3))
    for place, new in data.draw(st.lists(edit, max_size=6)):
        content[place : place + 1] = new
    path = tmp_path_factory.getbasetemp() / "damaged"
    path.write_bytes(bytes(content))

    outcome = tried(READERS[kind.partition("-")[0]], str(path))

    assert outcome.problems if isinstance(outcome, DataError) else outcome.items


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text("aé \ud800", max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["canonical", "spans", "start", "x"]), inner),
    max_leaves=5,
)  # fmt: skip


@settings(deadline=None)
@given(st.data())
def test_any_value_in_any_column_is_an_item_or_a_data_error(tmp_path_factory, data):
    row = json.loads(seeds()["jsonl"].splitlines()[0])
    for _ in range(data.draw(st.integers(1, 3))):
        inside = data.draw(
            st.sampled_from([row, row["article"] if isinstance(row.get("article"), dict) else row])
        )
        inside[data.draw(st.sampled_from(sorted(inside)))] = data.draw(VALUES)
    path = tmp_path_factory.getbasetemp() / "values.jsonl"

    outcome = tried(jsonl.load, rewrite(path, [row]))

    assert outcome.problems if isinstance(outcome, DataError) else len(outcome.items) == 1
