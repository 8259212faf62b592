"""What the rows of a researcher's table mean, whatever file they came from."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from bench.datasets import _row_answers, csv_, jsonl
from bench.datasets._contexts import overlaps
from bench.datasets._library import short_id
from bench.errors import DataError, UsageError
from bench.records import Dataset, Gold

CONTEXT = "Berg leads the crew of 52. Olin said no. Berg agreed."


def load(folder: Path, *rows: dict[str, Any], **options: Any) -> Dataset:
    """Rows as JSON Lines; question and context are filled in where a row has none."""
    full = [{"question": f"What is {n}?", "context": CONTEXT, **row} for n, row in enumerate(rows, start=1)]
    path = folder / "own.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in full), encoding="utf-8")
    return jsonl.load(str(path), **options)


def faults(folder: Path, *rows: dict[str, Any]) -> list[tuple[int | None, str | None, str]]:
    with pytest.raises(DataError) as caught:
        load(folder, *rows)
    return [(p.line, p.field, p.message) for p in caught.value.problems]


def gold(folder: Path, **row: Any) -> tuple[Gold, ...]:
    return load(folder, row).items[0].gold


# answers


def test_one_answer_and_its_aliases_are_one_slot(tmp_path):
    row = {"answer": "Berg", "answers": ["Ms Berg", "Berg", "Captain Berg"], "unit": "person"}

    assert gold(tmp_path, **row) == (
        Gold(canonical="Berg", aliases=("Ms Berg", "Captain Berg"), unit="person"),
    )


def test_answers_alone_begin_with_the_canonical_one(tmp_path):
    (slot,) = gold(tmp_path, answers=["Olin", "Mr Olin"])

    assert (slot.canonical, slot.aliases) == ("Olin", ("Mr Olin",))


@pytest.mark.parametrize(("mode", "kind"), [("all", "list"), ("any", "ambiguous")])
def test_in_modes_all_and_any_each_answer_is_a_slot(tmp_path, mode, kind):
    item = load(tmp_path, {"answers": ["Berg", "Olin"], "answer_mode": mode, "answer_type": kind}).items[0]

    assert [slot.canonical for slot in item.gold] == ["Berg", "Olin"]
    assert (item.answer_mode, item.answer_type) == (mode, kind)


@pytest.mark.parametrize("row", [{"answer_mode": "all"}, {"answer_type": "list"}])
def test_mode_all_means_a_list_and_a_list_means_mode_all(tmp_path, row):
    item = load(tmp_path, {"answers": ["Berg", "Olin"], **row}).items[0]

    assert (item.answer_mode, item.answer_type, len(item.gold)) == ("all", "list", 2)


def test_objects_with_keys_are_a_keyed_list(tmp_path):
    slots = [
        {"key": "crew", "canonical": "Berg", "aliases": ["Ms Berg"]},
        {"key": "size", "canonical": "52", "value": 52, "unit": "sailor", "bound": "exact", "tolerance": 0.5},
    ]

    item = load(tmp_path, {"answers": slots}).items[0]

    assert (item.answer_mode, item.answer_type) == ("all_keyed", "list")
    assert [slot.key for slot in item.gold] == ["crew", "size"]
    assert item.gold[0].aliases == ("Ms Berg",)
    assert (item.gold[1].value, item.gold[1].unit, item.gold[1].tolerance) == (52.0, "sailor", 0.5)


def test_a_single_object_is_one_slot(tmp_path):
    (slot,) = gold(tmp_path, answers=[{"canonical": "28", "computed": True}])

    assert (slot.canonical, slot.computed) == ("28", True)


@pytest.mark.parametrize("said", [False, "false", "no", "0", 0, "FALSE"])
def test_unanswerable(tmp_path, said):
    item = load(tmp_path, {"answerable": said, "answer": " ", "reject": ["Berg"]}).items[0]

    assert (item.gold, item.answer_type, item.answerable, item.reject) == ((), "none", False, ("Berg",))


def test_the_type_none_says_unanswerable_too(tmp_path):
    assert not load(tmp_path, {"answer_type": "none"}).items[0].answerable


@pytest.mark.parametrize(
    ("answer", "start", "reason"),
    [
        ("Olin", 27, "once"),
        ("52", 23, "before a full stop"),
        ("Berg", None, "twice: which one is not known"),
        ("5", None, "inside a number"),
        ("lead", None, "inside a word"),
    ],
)
def test_an_answer_is_located_where_it_stands_exactly_once(tmp_path, answer, start, reason):
    (slot,) = gold(tmp_path, answer=answer)

    assert [span.start for span in slot.spans] == ([] if start is None else [start])


def test_a_yes_no_answer_has_no_place(tmp_path):
    assert gold(tmp_path, answer="no", answer_type="yes_no")[0].spans == ()


def test_answers_in_scripts_without_spaces_are_located(tmp_path):
    (slot,) = gold(tmp_path, context="会谈在北京举行。", answer="北京", language="zh")

    assert slot.spans[0].start == 3


BAD_ANSWERS = [
    ({}, "answer", "is empty"),
    ({"answers": []}, "answer", "is empty"),
    ({"answer": "Berg", "answerable": "no"}, "answer", "unanswerable question has an answer"),
    ({"answers": ["Berg"], "answerable": False}, "answers", "unanswerable question has an answer"),
    ({"answerable": False, "answer_type": "span"}, "answer_type", "has the type none"),
    ({"answer": "Berg", "answerable": True, "answer_type": "none"}, "answer_type", "is none"),
    ({"answer": "Berg", "answerable": "maybe"}, "answerable", "neither true nor false"),
    ({"answer": "Berg", "answer_type": "spam"}, "answer_type", "did you mean 'span'?"),
    ({"answer": "Berg", "answer_mode": "some"}, "answer_mode", "is not one of one, any, all, all_keyed"),
    ({"answer": "A"}, "answer", "nothing is left"),
    ({"answers": ["Berg", "the"]}, "answers", "nothing is left"),
    ({"answer": "Berg", "reject": ["berg"]}, "reject", "accepted as an answer too"),
    ({"answer": "Berg", "reject": "Olin"}, "reject", "not valid JSON"),
    ({"answer": "agreed", "answer_type": "yes_no"}, "answer", "neither yes nor no"),
    ({"answer": "Berg", "answers": ["Olin"], "answer_mode": "all"}, "answer", "stands beside answers"),
    ({"answers": ["Berg", "Berg"], "answer_mode": "all"}, "answers", "stands twice"),
    ({"answers": ["Berg"], "answer_mode": "all_keyed"}, "answers[0]", "has no key"),
    ({"answers": [["Berg"]], "answer_mode": "all"}, "answers[0]", "not a list"),
    ({"answers": [{"canonical": "Berg"}, {"canonical": "Olin"}]}, "answer_mode", "need an answer_mode"),
    ({"answers": [{"canonical": " "}]}, "answers", "answer 0 is blank"),
    ({"answers": [{"cannonical": "x", "canonical": "Berg"}]}, "answers[0]", "did you mean 'canonical'?"),
    ({"answers": [{"canonical": "Berg", "bound": "about"}]}, "answers[0].bound", "is not one of exact"),
    ({"answers": [{"canonical": "52", "value": "52"}]}, "answers[0].value", "must be a number, not text"),
    ({"answers": [{"canonical": "52", "value": 10**400}]}, "answers[0].value", "too large"),
    ({"answers": [{"canonical": "52", "tolerance": -1}]}, "answers[0].tolerance", "must not be negative"),
    ({"answers": [{"canonical": "52", "computed": "yes"}]}, "answers[0].computed", "true or false"),
    ({"answers": [{"canonical": "52", "aliases": "x"}]}, "answers[0].aliases", "must be a list"),
    ({"answers": [{"canonical": "52", "aliases": [[]]}]}, "answers[0].aliases[0]", "not a list"),
    ({"answers": ["Berg"], "answer_mode": "all", "answer_type": "span"}, "answer_type", "asks for a list"),
    ({"answer": "Berg", "answer_mode": "one", "answer_type": "list"}, "answer_mode", "a list needs all"),
    ({"answer": "Berg", "answer_type": "ambiguous"}, "answer_type", "two answers or more"),
]


@pytest.mark.parametrize(
    ("row", "field", "message"), BAD_ANSWERS, ids=[str(n) for n in range(len(BAD_ANSWERS))]
)
def test_contradictions_are_said_with_their_field_and_nothing_else(tmp_path, row, field, message):
    found = faults(tmp_path, {"answer": "Olin"}, row)

    assert [(number, name) for number, name, _ in found] == [(2, field)]
    assert message in found[0][2]


@pytest.mark.parametrize("row", [{"answer_type": "choice", "answer": "A"}, {"answer": "ja", "answer_type": "yes_no", "language": "de"}])  # fmt: skip
def test_what_looks_wrong_but_is_not(tmp_path, row):
    assert load(tmp_path, row).items[0].gold[0].canonical == row["answer"]


# ids, articles, splits


def test_an_id_is_made_from_context_and_question(tmp_path):
    item = load(tmp_path, {"answer": "Berg", "question": "Who?"}).items[0]

    assert item.id == "row-" + hashlib.sha256(f"{CONTEXT}\0Who?".encode()).hexdigest()[:10]
    assert item.article_id == "ctx-" + hashlib.sha256(CONTEXT.encode()).hexdigest()[:10]


def test_the_same_table_as_csv_has_the_same_ids(tmp_path):
    (tmp_path / "own.csv").write_text(f"question,context,answer\nWho?,{CONTEXT},Berg\n")

    assert (
        csv_.load(str(tmp_path / "own.csv")).items
        == load(tmp_path, {"answer": "Berg", "question": "Who?"}).items
    )


def test_two_contents_never_share_a_made_id():
    taken: dict[str, str] = {}
    digests = ["a" * 64, "a" * 10 + "b" * 54, "a" * 10 + "b" * 10 + "c" * 44]

    made = [short_id("row-", digest, taken) for digest in digests]

    assert made == ["row-" + "a" * 10, "row-" + "a" * 10 + "b" * 10, "row-" + "a" * 10 + "b" * 10 + "c" * 44]
    assert [short_id("row-", digest, taken) for digest in digests] == made


def test_rows_with_one_article_id_are_one_article_of_several_paragraphs(tmp_path):
    rows = [{"article_id": "a1", "answer": "x", "context": f"The x of {n}."} for n in (1, 2, 1)]

    data = load(tmp_path, *rows)

    assert [(a.id, a.text) for a in data.articles] == [("a1", "The x of 1.\n\nThe x of 2.")]
    assert [i.context for i in data.items] == ["The x of 1.", "The x of 2.", "The x of 1."]


def test_numbers_are_ids_and_columns_reach_the_item(tmp_path):
    row = {
        "id": 7,
        "article_id": 3,
        "answer": "Berg",
        "skills": "who, coref;who",
        "split": "dev",
        "language": "sv",
    }

    data = load(tmp_path, row)

    item = data.items[0]
    assert (item.id, item.article_id, item.skills, item.split, item.language) == (
        "7",
        "3",
        ("who", "coref"),
        "dev",
        "sv",
    )
    assert (data.articles[0].split, data.articles[0].language) == ("dev", "sv")


@pytest.mark.parametrize(
    ("first", "second", "field", "message"),
    [
        ({"id": "a"}, {"id": "a"}, "id", "stands on line 1 too"),
        ({"question": "Who?"}, {"question": " Who? "}, "question", "on the same context stands on line 1"),
        ({"split": "dev"}, {"split": "test"}, "split", "the article is in dev by line 1"),
        ({}, {"split": "train"}, "split", "is not one of dev, test"),
        ({}, {"id": "a\nb"}, "id", "printable characters"),
        ({}, {"id": "a" * 201}, "id", "at most 200"),
        ({}, {"context": ""}, "context", "is blank"),
        ({}, {"skills": [1, None]}, "skills[1]", "not null"),
    ],
)
def test_rows_that_do_not_go_together(tmp_path, first, second, field, message):
    found = faults(tmp_path, {"answer": "Olin", **first}, {"answer": "Olin", **second})

    assert [(number, name) for number, name, _ in found] == [(2, field)]
    assert message in found[0][2]


def test_the_split_given_for_the_whole_file(tmp_path):
    assert load(tmp_path, {"answer": "Olin"}, split="dev").items[0].split == "dev"
    with pytest.raises(UsageError, match="dev, test"):
        load(tmp_path, {"answer": "Olin"}, split="train")


# context files


def test_contexts_may_lie_in_files_beside_the_table(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_bytes("\ufeffBerg leads.\r\nOlin left.\r\n".encode())

    data = load(tmp_path, *[{"context": None, "context_file": "texts/a.txt", "answer": "Olin"}] * 2)

    assert [i.context for i in data.items] == ["Berg leads.\nOlin left."] * 2
    changed = data.version
    (tmp_path / "texts" / "a.txt").write_bytes(b"Olin left.")
    assert (
        load(tmp_path, *[{"context": None, "context_file": "texts/a.txt", "answer": "Olin"}] * 2).version
        != changed
    )


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("../secret.txt", "leads out of the folder"),
        ("a/../../secret.txt", "leads out of the folder"),
        ("..\\secret.txt", "leads out of the folder"),
        ("/etc/hostname", "is not a relative path"),
        ("C:\\secret.txt", "is not a relative path"),
        ("link.txt", "is a link that leads out"),
        ("linked/secret.txt", "is a link that leads out"),
        ("loop", "cannot be read"),
        ("absent.txt", "there is no such file"),
        ("folder", "is not a file"),
        ("a\0b", "cannot be read"),
        ("x" * 300, "cannot be read"),
    ],
)
def test_context_files_stay_inside_the_folder(tmp_path, name, message):
    folder = tmp_path / "data"
    (folder / "folder").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "linked").symlink_to(tmp_path)
    (folder / "loop").symlink_to(folder / "loop")

    found = faults(folder, {"context": "", "context_file": name, "answer": "secret"})

    assert [(number, field) for number, field, _ in found] == [(1, "context_file")]
    assert message in found[0][2]


def test_a_bad_context_file_is_named_once(tmp_path):
    (tmp_path / "a.txt").write_bytes("Müller".encode("latin-1"))

    with pytest.raises(DataError) as caught:
        load(tmp_path, *[{"context": None, "context_file": "a.txt", "answer": "x"}] * 3)

    assert [(p.where, p.line) for p in caught.value.problems] == [(str(tmp_path / "a.txt"), 1)]


def test_a_context_and_a_file_for_it_are_one_too_many(tmp_path):
    (tmp_path / "a.txt").write_text("Berg.")

    assert [f[:2] for f in faults(tmp_path, {"context_file": "a.txt", "answer": "Berg"})] == [
        (1, "context_file")
    ]


# warnings


def test_types_are_inferred_and_it_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(
        _row_answers, "infer_answer_type", lambda texts: "number" if texts[0].isdigit() else "span"
    )

    data = load(
        tmp_path,
        {"answer": "Berg"},
        {"answer": "52"},
        {"answer": "Olin"},
        {"answer": "no", "answer_type": "yes_no"},
    )

    assert data.warnings == ("answer types were inferred for 3 items: 2 span, 1 number",)


def typed(**row: Any) -> dict[str, Any]:
    return {"answer": "Berg", "answer_type": "person", **row}


@pytest.mark.parametrize(
    ("rows", "warning"),
    [
        ([typed()], None),
        ([typed(topic="x", ansers="y")], "columns not used: 'topic', 'ansers' — did you mean 'answers'?"),
        ([typed(answer="Borg")], "the context does not contain an answer on line 1"),
        ([typed(answer="OLIN")], None),
        ([typed(answer="OLIN", answer_type="choice"), typed(answer="yes", answer_type="yes_no")], None),
        ([typed(answer="", answers=[{"canonical": "28", "computed": True}], answer_type="number")], None),
        ([typed(question="Who?", id="a"), typed(question="Who?", id="b")], "a question is asked again"),
        ([typed(answer=unicodedata.normalize("NFD", "Çırağan"), context="At Çırağan.")], "into Unicode form NFC on line 1"),
        ([typed(), typed(context=CONTEXT + " More came later.")], "1 pair of contexts overlap"),
        ([typed(article_id="a"), typed(article_id="b")], "(lines 1 and 2)"),
        ([typed(article_id="a"), typed(article_id="a", context=CONTEXT + " More.")], None),
    ],
)  # fmt: skip
def test_warnings(tmp_path, rows, warning):
    warnings = load(tmp_path, *rows).warnings

    assert len(warnings) == (warning is not None)
    assert all(warning in w for w in warnings)


def test_an_answer_in_another_unicode_form_is_still_found(tmp_path):
    row = typed(answer=unicodedata.normalize("NFD", "Çırağan"), context="At Çırağan.")

    assert load(tmp_path, row).items[0].gold[0].spans[0].start == 3


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([("a", "One. Two."), ("b", "Three. Four.")], []),
        ([("a", "One two three. Four five."), ("b", "Zero. One two three. Four five. Six.")], [(0, 1)]),
        ([("a", "x" * 200 + "y"), ("b", "x" * 200 + "z")], [(0, 1)]),
        ([("a", "x" * 199 + "y"), ("b", "x" * 199 + "z")], []),
        (
            [
                ("a", "Said. " + "Own words here of some length."),
                ("b", "Said. " + "Quite other words of length."),
            ],
            [],
        ),
        ([("a", "甲说。乙来了。"), ("b", "丙走。甲说。乙来了。")], [(0, 1)]),
        ([("a", "Same."), ("a", "Same. More.")], []),
    ],
)
def test_overlap_is_much_shared_text_under_different_clusters(texts, expected):
    assert overlaps(texts) == expected


def test_overlap_costs_no_more_than_reading(tmp_path):
    texts = [(str(n), f"Boilerplate. Text {n} with words of its own. Boilerplate.") for n in range(30_000)]

    assert overlaps(texts) == []


def test_all_problems_at_once_in_line_order(tmp_path):
    rows = [
        {"answer": ""},
        {"answer": "Berg", "question": ""},
        {"answer": "Berg"},
        {"answer": "Berg", "split": "x"},
    ]

    assert [f[:2] for f in faults(tmp_path, *rows)] == [(1, "answer"), (2, "question"), (4, "split")]


def test_the_example_of_the_documentation_loads(tmp_path):
    page = (Path(__file__).parents[2] / "docs" / "own-data.md").read_text(encoding="utf-8")
    (tmp_path / "own.csv").write_text(page.split("```csv\n")[1].split("```")[0], encoding="utf-8")

    data = csv_.load(str(tmp_path / "own.csv"))

    assert [i.answer_type for i in data.items] == ["span", "number", "none"]
    assert len(data.articles) == 1
