"""Tables as spreadsheets write them: what is accepted, and where what is wrong is said to be."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.datasets.csv_ import load
from bench.errors import DataError, UsageError
from bench.records import Dataset

HEAD = "question,context,answer\n"
GOOD = HEAD + "Who leads?,Berg leads.,Berg\n"


def write(folder: Path, content: str | bytes, name: str = "own.csv") -> str:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def faults(folder: Path, content: str | bytes, **options: str) -> list[tuple[int | None, str | None, str]]:
    """(line, field, message) of everything found wrong."""
    path = write(folder, content)
    with pytest.raises(DataError) as caught:
        load(path, **options)
    assert {p.where for p in caught.value.problems} == {path}
    return [(p.line, p.field, p.message) for p in caught.value.problems]


def test_a_plain_table_becomes_items_and_articles(tmp_path):
    data = load(
        write(
            tmp_path, GOOD + "How many?,Berg leads.,\nWho else?,Olin left.,Olin\n".replace(",\n", ",Berg\n")
        )
    )

    assert [i.question for i in data.items] == ["Who leads?", "How many?", "Who else?"]
    assert [a.text for a in data.articles] == ["Berg leads.", "Olin left."]
    assert data.items[0].article_id == data.items[1].article_id == data.articles[0].id
    assert (data.items[0].split, data.items[0].language, data.name) == ("test", "en", "own")


def test_the_default_version_is_the_hash_of_the_file(tmp_path):
    data = load(write(tmp_path, GOOD))

    assert data.version == hashlib.sha256(GOOD.encode()).hexdigest()[:12]
    assert load(write(tmp_path, GOOD), name="mine", version="7").version == "7"


EXCEL = (
    b"\xef\xbb\xbfquestion;context;answer\r\n"
    b'"Who ""leads""; and who follows?";"Berg leads.\r\nOlin follows.";Berg\r\n'
    b";;\r\n"
    b'Who follows?;"Berg leads.\r\nOlin follows.";Olin\r\n'
)


def test_what_excel_writes_is_read(tmp_path):
    data = load(write(tmp_path, EXCEL))

    assert data.items[0].question == 'Who "leads"; and who follows?'
    assert data.items[1].context == "Berg leads.\nOlin follows."
    assert len(data.articles) == 1
    assert data.items[1].gold[0].spans[0].start == 12


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (GOOD, "comma"),
        (GOOD.replace(",", ";"), "semicolon"),
        (GOOD.replace(",", "\t"), "tab"),
        (GOOD.replace("\n", "\r\n"), "Windows line ends"),
        (GOOD.replace("\n", "\r"), "old Macintosh line ends"),
        (GOOD.rstrip("\n"), "no line end at the end"),
        ("sep=|\n" + GOOD.replace(",", "|"), "Excel's line that names the delimiter"),
        ("\n \n" + GOOD, "empty lines before the header"),
        (GOOD.replace("question", " question "), "spaces around a column name"),
        (GOOD.replace("answer\n", "answer,,\n"), "unnamed columns at the end"),
        (GOOD.replace(",Berg\n", ",Berg,,\n"), "empty cells too many"),
        (
            'question,context,answer,"a;b;c;d"\nWho leads?,Berg leads.,Berg,\n',
            "other delimiters inside a column name",
        ),
    ],
)
def test_harmless_forms_give_the_same_item(tmp_path, content, reason):
    if reason == "unnamed columns at the end":
        content = content.replace(",Berg\n", ",Berg,,\n")

    data = load(write(tmp_path, content))

    assert [(i.question, i.context, i.gold[0].canonical) for i in data.items] == [
        ("Who leads?", "Berg leads.", "Berg")
    ]


def test_a_delimiter_may_be_named(tmp_path):
    content = GOOD.replace(",", "|")

    assert len(load(write(tmp_path, content), delimiter="|").items) == 1
    assert len(load(write(tmp_path, GOOD.replace(",", "\t")), delimiter="tab").items) == 1
    with pytest.raises(UsageError, match="one character"):
        load(write(tmp_path, content), delimiter="||")


MANY_LINES = HEAD + '"Who\nleads?","Berg\n\nleads.",Berg\n' + ",Berg leads.,Berg\n"

BAD = [
    ("", [(None, None, "the file is empty")], "empty"),
    (" \n\n", [(None, None, "the file is empty")], "blank"),
    (HEAD, [(None, None, "holds a header and no rows")], "header only"),
    (",,\n,,\n", [(None, None, "holds no rows")], "delimiters only"),
    ("\ufeffquestion".encode("utf-16"), [(1, None, "UTF-16")], "UTF-16"),
    (GOOD.encode() + b"Wer?,M\xfcller geht.,Karl\n", [(3, None, "byte 0xFC")], "Latin-1"),
    (GOOD + "Who?,Olin\u2028left.,Olin\n", [(3, None, "U+2028")], "line separator outside JSON"),
    (GOOD + "Who?,Olin\0left.,Olin\n", [(3, None, "U+0000")], "NUL"),
    ("question,context\nWho?,Berg.\n", [(1, "answer", "no column 'answer' or 'answers'")], "no answers"),
    ("Question,context,answer\nA,B,C\n", [(1, "question", "did you mean 'Question'?")], "a column misspelt"),
    ("text,note\nA,B\n", [(1, f, "there is no column") for f in ("question", "context", "answer")], "all missing"),
    (HEAD.replace("answer", "answer,answer") + "Who?,Berg.,Berg,Berg\n", [(1, "answer", "two columns")], "same name"),
    (GOOD + "Who?,Berg\n", [(3, None, "2 cells under 3 columns")], "a cell short"),
    (GOOD + "Who?\n", [(3, None, "1 cell under 3 columns")], "two cells short"),
    (GOOD + "Who?,Berg, who leads,Berg\n", [(3, None, "4 cells under 3 columns")], "an unquoted delimiter"),
    (GOOD + '"Who?,Berg leads.,Berg\nWho,Olin.,Olin\n', [(3, None, "never closed")], "an open quote"),
    (GOOD + '"Who" is?,Berg leads.,Berg\n', [(3, None, "broken quoting")], "text after a quote"),
    (MANY_LINES, [(6, "question", "is blank")], "the line on which the row starts"),
    (GOOD + "Who\rleads?,Olin.,Olin\n", [(3, None, "bare carriage return")], "CR inside a line"),
    ("question\r,x\n", [(1, None, "bare carriage return")], "CR inside the header"),
    (GOOD + " ,Berg leads.,Berg\n", [(3, "question", "is blank")], "blank question"),
    (GOOD + "Who?,\u00a0,Berg\n", [(3, "context", "is blank")], "empty context"),
    (GOOD + "Who?,Berg leads.,\n", [(3, "answer", "is empty")], "empty answer"),
    (GOOD + "Who?,Berg leads.,The\n", [(3, "answer", "nothing is left")], "an answer without substance"),
    (GOOD + "Who?,Berg leads.,?!\n", [(3, "answer", "nothing is left")], "punctuation as an answer"),
    (GOOD + "Who leads?,Berg leads.,Olin\n", [(3, "question", "stands on line 2")], "asked twice"),
    (GOOD + ",,Berg\n,,\nWho?,Berg.,\n", [(3, "question", "is blank"), (3, "context", "is blank"), (5, "answer", "")], "all at once"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "expected", "reason"), BAD, ids=[reason for *_, reason in BAD])
def test_faults_are_said_where_they_are_and_nothing_else(tmp_path, content, expected, reason):
    found = faults(tmp_path, content)

    assert [(line, field) for line, field, _ in found] == [(line, field) for line, field, _ in expected]
    assert all(part in message for (_, _, message), (_, _, part) in zip(found, expected, strict=True))


def test_a_missing_file_is_invalid_data(tmp_path):
    with pytest.raises(DataError, match="no such file"):
        load(str(tmp_path / "absent.csv"))


def test_the_message_holds_file_line_field_and_fix(tmp_path):
    path = write(tmp_path, GOOD + "Who?,Berg leads.,\n")

    with pytest.raises(DataError) as caught:
        load(path)

    assert str(caught.value) == f"{path}:3: answer: is empty; write the answer, or set answerable to false"
    assert caught.value.exit_code == 3


def test_cells_longer_than_the_csv_module_allows_by_itself(tmp_path):
    limit = csv.field_size_limit()
    long = "word " * 400_000

    data = load(write(tmp_path, HEAD + f'Who leads?,"{long}Berg leads.",Berg\n'))

    assert data.items[0].gold[0].spans[0].start == len(long)
    assert csv.field_size_limit() == limit


def test_columns_may_have_other_names(tmp_path):
    content = "Frage,Text,Antwort,unit\nWer führt?,Berg führt.,Berg,ignored\n"
    columns = {"question": "Frage", "context": "Text", "answer": "Antwort", "unit": None}

    data = load(write(tmp_path, content), columns=columns, language="de")

    assert (data.items[0].question, data.items[0].language) == ("Wer führt?", "de")
    assert data.items[0].gold[0].unit is None
    with pytest.raises(DataError) as caught:
        load(write(tmp_path, content + "Wer?,,Berg,\n"), columns=columns)
    assert [(p.line, p.field) for p in caught.value.problems] == [(3, "Text")]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"qestion": "Q"}, "did you mean 'question'"),
        ({"question": "context"}, "'context' is given for more than one field"),
    ],
)
def test_columns_that_do_not_fit_are_a_usage_error(tmp_path, columns, message):
    with pytest.raises(UsageError, match=message):
        load(write(tmp_path, GOOD), columns=columns)


def tried(path: str) -> Dataset | DataError:
    try:
        return load(path)
    except DataError as error:
        return error


SEED = EXCEL + b'What?;"Olin, 52, left.";"[""52"", ""fifty-two""]"\r\n'


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(SEED) - 1), st.binary(max_size=3)), max_size=6))
def test_damaged_bytes_raise_nothing_but_data_errors(tmp_path_factory, edits):
    content = bytearray(SEED)
    for at, new in edits:
        content[at : at + 1] = new
    path = write(tmp_path_factory.getbasetemp(), bytes(content), "damaged.csv")

    outcome = tried(path)

    assert outcome.problems if isinstance(outcome, DataError) else outcome.items
