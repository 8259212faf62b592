"""F10, F11, F16 through the command line: the exit code, a message to act on, nothing written."""

import pytest

from tests.helpers import SOURCE, dateline, write_suite

pytestmark = pytest.mark.medium

GOOD = "id,question,context,answer\na,How many?,Three boats came.,Three\n"
TOML = SOURCE.replace("{id}", "two-boats")

DATA = [
    ("csv", GOOD.encode("utf-16"), "UTF-16"),
    ("csv", GOOD.replace("Three", "Thrée").encode("latin-1"), "UTF-8"),
    ("csv", b"", "empty"),
    ("csv", b"id,question,context,answer\n", "no row"),
    ("csv", b"id,question\na,b\n", "context"),
    ("csv", GOOD.replace("How many?", " ").encode(), "question"),
    ("csv", GOOD.replace("Three boats came.", "").encode(), "context"),
    ("csv", (GOOD + "a,Again?,Three boats came.,Three\n").encode(), ":3"),
    ("csv", GOOD.replace(",Three\n", ",\n").encode(), "answer"),
    ("csv", GOOD.replace("Three boats", "Three\0boats").encode(), "NUL"),
    ("jsonl", b'{"question": "Q?", "context": "C", "answer": NaN}\n', ":1"),
    ("jsonl", b'{"question": "Q?", "question": "R?", "context": "C", "answer": "C"}\n', "question"),
    ("jsonl", b'{"question": "Q?", "context": "C", "answer": "C"}\n{"question"\n', ":2"),
    ("jsonl", b"[1]\n", ":1"),
    ("squad", b"{", ":1"),
    ("squad", b'{"version": "v2.0", "data": [{"paragraphs": [{"context": "C d", "qas": [{"id": "x", "question": "Q?"}]}]}]}', "x"),
    (
        "squad",
        b'{"data": [{"title": "T", "paragraphs": [{"context": "One two", "qas": [{"id": "x", "question": "Q?", '
        b'"answers": [{"text": "two", "answer_start": 3}]}]}]}]}',
        "4",
    ),
    ("parquet", b"PAR1 and no more", "is damaged"),
    ("parquet", GOOD.encode(), "dataset=csv"),
    ("mrqa", b'{"header": {}}\n{"context": "One two", "qas": [{"qid": "x", "question": "Q?", "answers": ["two"], '
             b'"detected_answers": [{"text": "two", "char_spans": [[4, 7]]}]}]}\n', ":2: item x: qas[0].detected_answers[0]"),
    ("newsqa", b'{"data": [{"storyId": "s", "text": "One", "questions": [{"q": "Q?"}]}]}', "consensus: is missing"),
    ("hf", b'{"id": "a", "question": "Q?", "context": "C"}\n', "answer"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "data", "message"), DATA, ids=[f"{k}-{n}" for n, (k, _, _) in enumerate(DATA)]
)
def test_bad_own_data_exits_3_before_any_model_call(tmp_path, kind, data, message):
    file = tmp_path / f"bad.{kind}"
    file.write_bytes(data)
    done = dateline("run", f"dataset={kind}", f"dataset.path={file.name}", cwd=tmp_path)
    assert done.returncode == 3, done.stderr
    assert file.name in done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == [file.name]


SOURCES = [
    ("broken TOML", TOML.replace('id = "q001"', 'id = "q001'), ":24"),
    ("CRLF", TOML.replace("\n", "\r\n"), "CR"),
    ("BOM", "\ufeff" + TOML, "BOM"),
    ("duplicate key", TOML.replace('type = "person"', 'type = "person"\ntype = "place"'), ":27"),
    ("duplicate id", TOML.replace('"q002"', '"q001"'), "q001"),
    ("blank question", TOML.replace("Who closed the port?", " "), "question"),
    ("gold not in the text", TOML.replace('"Ines Calloway"', '"Ines Callowai"'), "closest is 'Ines Calloway'"),
    ("gold 'A'", TOML.replace('answer = "Two"', 'answer = "A"'), "'A'"),
    ("unanswerable with gold", TOML.replace('reason = "missing_info"', 'reason = "missing_info"\nanswer = "Oskar Lind"'), "answer"),
    ("unknown key", TOML.replace("difficulty = 2", "dificulty = 2"), "did you mean 'difficulty'"),
    ("empty article", TOML[: TOML.index('text = """') + 11] + '"""\n', "text"),
    ("decomposed gold", TOML.replace("Calloway", "Cafe\u0301"), "NFC"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "message"), SOURCES, ids=[s[0] for s in SOURCES])
def test_bad_article_exits_3_with_its_line(tmp_path, name, text, message):
    folder = tmp_path / "suite"
    folder.mkdir()
    (folder / "two-boats.toml").write_bytes(text.encode())
    for verb in ("run", "validate"):
        key = "dataset.path" if verb == "run" else "path"
        done = dateline(verb, f"{key}=suite", cwd=tmp_path)
        assert done.returncode == 3, (verb, done.stdout, done.stderr)
        assert message in done.stderr
        assert "two-boats.toml" in done.stderr
        assert "Traceback" not in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["suite"]


def test_all_problems_at_once(tmp_path):
    folder = tmp_path / "suite"
    folder.mkdir()
    bad = (
        TOML.replace("difficulty = 2", "dificulty = 2")
        .replace('"Two"', '"Twelve"')
        .replace("up to 30", "up to 31")
    )
    (folder / "two-boats.toml").write_text(bad)
    done = dateline("validate", "path=suite", cwd=tmp_path)
    assert done.returncode == 3
    assert done.stderr.count("two-boats.toml:") >= 2


HOSTILE = [
    ["results_dir=results", "name=../../evil"],
    ["results_dir=results", "name=/etc/evil"],
    ["results_dir=results", "name=" + "x" * 300],
    ["model._target_=os.system"],
    ["model._target_=torch.load"],
    ["model._target_=bench.store.files.os.system"],
    ["dataset._target_=builtins.eval"],
    ["model=recorded", "model.path=weights.pkl", "dataset._target_=pickle.load"],
]


@pytest.mark.parametrize("words", HOSTILE, ids=" ".join)
def test_hostile_words_are_refused(tmp_path, words):
    done = dateline("run", *words, cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert list(tmp_path.iterdir()) == []


def test_model_name_cannot_leave_the_results_folder(tmp_path):
    write_suite(tmp_path / "suite")
    done = dateline(
        "run",
        "model=lead",
        "+model.name=../../../evil",
        "dataset.path=suite",
        "results_dir=in/results",
        cwd=tmp_path,
    )
    assert done.returncode == 2 or not (tmp_path / "evil").exists()
    outside = [
        p
        for p in tmp_path.rglob("*")
        if p.is_dir() and "evil" in p.name and not p.is_relative_to(tmp_path / "in/results/runs")
    ]
    assert outside == []


def test_symbolic_link_out_of_results_is_refused(tmp_path):
    write_suite(tmp_path / "suite")
    (tmp_path / "outside").mkdir()
    (tmp_path / "results" / "runs").mkdir(parents=True)
    (tmp_path / "results" / "runs" / "suite").symlink_to(tmp_path / "outside")
    done = dateline("run", "model=lead", "dataset.path=suite", cwd=tmp_path)
    assert done.returncode == 2
    assert "symbolic link" in done.stderr
    assert list((tmp_path / "outside").iterdir()) == []


def test_context_file_cannot_leave_its_folder(tmp_path):
    (tmp_path / "secret.txt").write_text("Three boats.")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "my.csv").write_text(
        "id,question,context_file,answer\na,How many?,../secret.txt,Three\n"
    )
    done = dateline("run", "dataset=csv", "dataset.path=data/my.csv", cwd=tmp_path)
    assert done.returncode == 3
    assert "../secret.txt" in done.stderr


def test_alias_bomb_in_a_config_is_refused_quickly(tmp_path):
    folder = tmp_path / "own" / "model"
    folder.mkdir(parents=True)
    bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9)
    )
    (folder / "bomb.yaml").write_text(bomb)
    (folder / "tag.yaml").write_text("_target_: !!python/object/apply:os.system ['touch pwned']\n")
    for name in ("bomb", "tag"):
        done = dateline("run", "--config-dir", "own", f"model={name}", cwd=tmp_path, timeout=30)
        assert done.returncode == 2, done.stderr[-500:]
    assert not (tmp_path / "pwned").exists()
