"""A file of another kind than the reader's: one message that says what it looks like and what reads it."""

import gzip
import json

import pytest

from bench.api import load_dataset
from bench.datasets.kinds import kind_of_file
from bench.errors import DataError
from tests.helpers import SOURCE, dateline

ROW = {"question": "Who came?", "context": "Berg came to Oslo.", "answer": "Berg"}
QA = {"id": "1", "question": "Who came?", "answers": [{"text": "Berg", "answer_start": 0}]}
SQUAD = {
    "version": "v2.0",
    "data": [{"title": "T", "paragraphs": [{"context": ROW["context"], "qas": [QA]}]}],
}
STORY = {"storyId": "a", "text": "Berg came.", "type": "test", "questions": []}
FILES = {
    "q.csv": "question,context,answer\nWho came?,Berg came to Oslo.,\n",
    "german.csv": "Frage;Text;Antwort\nWer kam?;Berg kam.;Berg\n",
    "q.tsv": "question\tcontext\tanswer\nWho?\tBerg came.\tBerg\n",
    "q.jsonl": f"{json.dumps(ROW)}\n{json.dumps(ROW | {'question': 'Who?'})}\n",
    "squad.json": json.dumps(SQUAD),
    "pretty.json": json.dumps(SQUAD, indent=1),
    "newsqa.json": json.dumps({"data": [STORY], "version": "1"}),
    "newsqa.csv": "story_id,story_text,question,answer_char_ranges\n",
    "mrqa.jsonl": json.dumps({"header": {"dataset": "x"}}) + "\n" + json.dumps({"context": "c", "qas": []}),
    "list.json": json.dumps([ROW]),
    "answers.json": json.dumps({"q1": "Berg", "q2": None}),
    "answers.jsonl": '{"id": "q1", "text": "Berg"}\n{"id": "q2", "text": ""}\n',
    "answers.csv": "id,answer,confidence\nq1,Berg,0.5\n",
    "config.json": '{\n "model": "x",\n "layers": 3\n}',
    "page.html": "<!DOCTYPE html>\n<title>404</title>",
    "pointer.csv": "version https://git-lfs.github.com/spec/v1\noid sha256:aa\nsize 12\n",
    "two-boats.toml": SOURCE.replace("{id}", "two-boats"),
    "text.txt": "hello there\n",
    "own.txt": "Frage,text,answer\nWho?,Berg came.,Berg\n",
}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kinds")
    for name, text in FILES.items():
        (folder / name).write_text(text)
    (folder / "packed.gz").write_bytes(gzip.compress(FILES["squad.json"].encode()))
    (folder / "bytes.csv").write_bytes(b"\xff\xfe\x00q")
    return folder


@pytest.mark.parametrize(
    ("file", "what"),
    [
        ("q.csv", "a table"),
        ("german.csv", "a table"),
        ("q.tsv", "a table"),
        ("q.jsonl", "JSON Lines"),
        ("squad.json", "SQuAD"),
        ("pretty.json", "SQuAD"),
        ("packed.gz", "SQuAD"),
        ("newsqa.json", "NewsQA"),
        ("newsqa.csv", "NewsQA"),
        ("mrqa.jsonl", "MRQA"),
        ("list.json", "JSON list"),
        ("answers.json", "answers"),
        ("answers.jsonl", "answers"),
        ("answers.csv", "answers"),
        ("config.json", "none of the forms"),
        ("page.html", "web page"),
        ("pointer.csv", "Git LFS"),
        ("two-boats.toml", "authored"),
        ("text.txt", None),
        ("own.txt", None),  # columns of one's own, under other names
        ("bytes.csv", None),
        ("missing.csv", None),
        (".", None),
    ],
)
def test_what_a_file_looks_like(place, file, what):
    kind = kind_of_file(place / file)
    assert (kind is None) if what is None else (kind is not None and what in kind.what)


@pytest.mark.parametrize(
    ("reader", "file", "told"),
    [
        ("csv", "squad.json", "looks like SQuAD's JSON, which dataset=csv does not read; use dataset=squad"),
        ("csv", "pretty.json", "use dataset=squad"),
        ("csv", "q.jsonl", "use dataset=jsonl"),
        ("squad", "q.csv", "looks like a table (CSV), which dataset=squad does not read; use dataset=csv"),
        ("squad", "mrqa.jsonl", "use dataset=mrqa"),
        ("mrqa", "pretty.json", "use dataset=squad"),
        ("jsonl", "q.csv", "use dataset=csv"),
        ("parquet", "q.jsonl", "use dataset=jsonl"),
        ("newsqa", "squad.json", "use dataset=squad"),
        ("csv", "answers.json", "predictions=FILE"),
        ("dateline", "q.csv", "use dataset=csv"),
    ],
)
def test_a_reader_of_another_kind_says_so_once(place, reader, file, told):
    with pytest.raises(DataError) as error:
        load_dataset(reader, {"path": str(place / file)})
    (problem,) = error.value.problems
    assert str(problem).startswith(str(place / file))
    assert told in str(problem)


@pytest.mark.parametrize(
    ("reader", "file", "told"),
    [
        ("csv", "q.csv", "answer: is empty"),
        ("csv", "own.txt", "there is no column 'question'"),
        ("newsqa", "newsqa.json", "holds no questions"),
        ("csv", "missing.csv", "no such file"),
        ("jsonl", "text.txt", "not valid JSON"),
        ("dateline", "two-boats.toml", "is a file, not a folder; name its folder, "),
    ],
)
def test_a_faulty_file_of_the_right_kind_keeps_its_own_faults(place, reader, file, told):
    with pytest.raises(DataError) as error:
        load_dataset(reader, {"path": str(place / file)})
    assert told in str(error.value)
    assert "looks like" not in str(error.value)


@pytest.mark.medium
def test_on_the_command_line(place):
    done = dateline("run", "dataset=csv", "dataset.path=squad.json", cwd=place)
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert "use dataset=squad" in done.stderr
    done = dateline("validate", "path=q.csv", cwd=place)
    assert done.returncode == 2
    assert "to check it: dateline run plan=true dataset=csv dataset.path=q.csv" in done.stderr
    assert dateline("validate", "path=two-boats.toml", cwd=place).returncode in (0, 3)
