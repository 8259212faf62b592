"""Answers from a file: figures, seals, what is missing, what is malformed, what is refused."""

import gzip
import hashlib
import json
import os
import subprocess
import sys

import pytest

from bench.__main__ import main
from bench.commands import _score_pass
from bench.errors import RunBusy
from bench.store.score_folder import ScoreFolder
from tests.helpers import ROOT, dateline, tree, write_suite

pytestmark = pytest.mark.medium


def squad(ports):
    """A SQuAD file with one answerable and one unanswerable question on each of `ports` articles."""
    articles = []
    for n in range(ports):
        who = {"id": f"w{n}", "question": "Who closed it?", "is_impossible": False,
               "answers": [{"text": "Ines Calloway", "answer_start": 0}]}  # fmt: skip
        opened = {"id": f"o{n}", "question": "Who opened it?", "is_impossible": True, "answers": []}
        context = f"Ines Calloway closed port {n} on Friday. The mayor stayed."
        articles.append({"title": f"Port {n}", "paragraphs": [{"context": context, "qas": [who, opened]}]})
    return json.dumps({"version": "v2.0", "data": articles})


SAID = {"w0": "Ines Calloway", "w1": "Calloway", "w2": "", "o0": "", "o1": "The mayor", "o2": ""}
SQUAD = ("dataset=squad", "dataset.path=qa.json")


@pytest.fixture
def place(tmp_path):
    (tmp_path / "qa.json").write_text(squad(3))
    (tmp_path / "p.json").write_text(json.dumps(SAID))
    return tmp_path


def rows(said, text="text"):
    return "".join(json.dumps({"id": k, text: v}) + "\n" for k, v in said.items())


def metrics(folder):
    return json.loads((folder / "metrics.json").read_text())


def test_squad_figures_table_and_seal(place):
    done = dateline("score", *SQUAD, "predictions=p.json", "out=o", cwd=place)
    assert done.returncode == 0, done.stderr
    found = metrics(place / "o")
    assert found["squad"]["exact"] == pytest.approx(100 * 3 / 6)
    assert found["squad"]["HasAns_f1"] == pytest.approx(100 * (1 + 2 / 3) / 3)
    assert "best_f1" not in found["squad"]
    assert found["missing"] == found["extra"] == {"count": 0, "first": []}
    assert "SQuAD 2.0" in done.stdout
    assert "3 misses" in done.stdout
    sealed = json.loads((place / "o" / "manifest.json").read_text())
    assert sealed["predictions"]["sha256"] == hashlib.sha256((place / "p.json").read_bytes()).hexdigest()
    assert sealed["command"].startswith("dateline score dataset=squad")
    files = tree(place / "o")
    assert set(files) == {
        *["manifest.json", "metrics.json", "report.md", "scores.jsonl", "predictions.jsonl", "data.jsonl.gz"],
        "report.html",
    }
    for name, fact in sealed["files"].items():
        assert fact == {"sha256": hashlib.sha256(files[name]).hexdigest(), "bytes": len(files[name])}


def test_the_page_shows_why_and_every_answer_beside_its_article(place):
    done = dateline("score", *SQUAD, "predictions=p.json", "out=o", cwd=place)
    assert "o/report.html" in done.stdout
    page = (place / "o" / "report.html").read_text()
    assert "Why it missed" in page
    assert "as the official script has it" in page
    assert '<th scope="row">answerable</th><td class="n">33.33</td>' in page
    assert "false_abstention" in page
    assert "The mayor" in page
    assert "Ines Calloway closed port 2 on Friday" in page
    assert "answers; the figures are of all" not in page


def test_a_page_of_many_answers_holds_the_first_and_says_so(place, monkeypatch):
    monkeypatch.setattr(_score_pass, "_PAGE", 2)
    monkeypatch.chdir(place)
    assert main(["score", *SQUAD, "predictions=p.json", "out=o"]) == 0
    page = (place / "o" / "report.html").read_text()
    assert "Below are the first 2 answers; the figures are of all 6." in page
    assert "closed port 0 on Friday" in page
    assert "closed port 2 on Friday" not in page


KEYS = ("sk-A1b2C3d4E5f6G7h8I9", "hf_A1b2C3d4E5f6G7h8I9j0")


def test_no_key_in_an_answer_or_an_article_reaches_the_folder_or_the_console(place):
    data = json.loads(squad(3))
    paragraph = data["data"][0]["paragraphs"][0]
    paragraph["context"] += f" The token is {KEYS[1]}."
    (place / "qa.json").write_text(json.dumps(data))
    said = {**SAID, "w1": f"my key is {KEYS[0]}", "w2": f"line\n{KEYS[0]}", "o0": KEYS[0]}
    (place / "p.json").write_text(json.dumps(said))
    done = dateline("score", *SQUAD, "predictions=p.json", "out=o", cwd=place)
    assert done.returncode == 0, done.stderr
    told = dict(tree(place / "o"))
    told["data"] = gzip.decompress(told["data.jsonl.gz"])
    told["console"] = (done.stdout + done.stderr).encode()
    for name, content in told.items():
        assert not [key for key in KEYS if key.encode() in content], name
    assert b"[redacted]" in told["report.html"]


FORMATS = {
    "p.jsonl": rows(SAID).encode(),
    "q.jsonl": rows(SAID, "prediction").encode(),
    "p.jsonl.gz": gzip.compress(rows(SAID, "answer").encode()),
    "p.json.gz": gzip.compress(json.dumps(SAID).encode()),
    "p.csv": "\n".join(["id,text", *(f"{k},{v}" for k, v in SAID.items())]).encode(),
    "p.tsv": "\n".join(["item_id\tanswer", *(f"{k}\t{v}" for k, v in SAID.items())]).encode(),
}


def test_every_format_gives_the_same_scores(place):
    assert dateline("score", *SQUAD, "predictions=p.json", "out=o", cwd=place).returncode == 0
    for name, content in FORMATS.items():
        (place / name).write_bytes(content)
        assert dateline("score", *SQUAD, f"predictions={name}", f"out={name}-o", cwd=place).returncode == 0
        for file in ("scores.jsonl", "metrics.json"):
            assert (place / f"{name}-o" / file).read_bytes() == (place / "o" / file).read_bytes(), name


def test_a_sealed_run_scores_as_it_was_scored(tmp_path):
    write_suite(tmp_path / "suite")
    (tmp_path / "reader.py").write_text(
        "def answer(request):\n    assert 'opened' not in request.question\n    return 'Oskar Lind'\n"
    )
    words = (
        "model=callable",
        "model.function=reader:answer",
        "allow_external_code=true",
        "dataset.path=suite",
    )
    assert dateline("run", *words, cwd=tmp_path).returncode == 4
    (predictions,) = tmp_path.glob("results/runs/*/*/*/predictions.jsonl")
    done = dateline("score", "dataset.path=suite", f"predictions={predictions}", "out=o", cwd=tmp_path)
    assert done.returncode == 4, done.stderr
    (sealed,) = predictions.parent.glob("scores/*")
    assert (tmp_path / "o" / "scores.jsonl").read_bytes() == (sealed / "scores.jsonl").read_bytes()
    mine, theirs = metrics(tmp_path / "o"), metrics(sealed)
    assert {k: mine[k] for k in theirs} == theirs, "summary and signature line are those of the run"
    assert "squad" not in mine
    assert mine["missing"]["count"] == 0, "a failed answer is not a missing one"


def test_missing_ids_count_as_failed_and_extra_ones_are_listed(place):
    said = {k: v for k, v in SAID.items() if k not in ("w0", "o0")} | {"x1": "a", "x2": "b"}
    (place / "some.jsonl").write_text(rows(said))
    done = dateline("score", *SQUAD, "predictions=some.jsonl", "out=o", cwd=place)
    assert done.returncode == 4
    assert "2 of 6 answers are missing and count as failed: w0, o0" in done.stderr
    assert "2 ids belong to no item that is scored: x1, x2" in done.stderr
    found = metrics(place / "o")
    assert found["missing"] == {"count": 2, "first": ["w0", "o0"]}
    assert found["extra"] == {"count": 2, "first": ["x1", "x2"]}
    assert found["counts"]["failed"] == 2
    assert found["squad"]["total"] == 6
    assert found["squad"]["exact"] == pytest.approx(100 * 1 / 6)
    assert len((place / "o" / "scores.jsonl").read_bytes().splitlines()) == 6
    report = (place / "o" / "report.md").read_text()
    assert "Missing, counted as failed (2)" in report
    assert "x1, x2" in report


def test_replicates_are_averaged_and_a_missing_one_counts(place):
    lines = [{"id": k, "text": v, "replicate": n} for n in range(4) for k, v in SAID.items()]
    (place / "r.jsonl").write_text("".join(json.dumps(row) + "\n" for row in lines[:-1]))
    done = dateline("score", *SQUAD, "predictions=r.jsonl", "out=o", cwd=place)
    assert done.returncode == 4
    assert "1 of 24 answers is missing and counts as failed: o2 replicate 3" in done.stderr
    found = metrics(place / "o")
    assert found["metrics"]["em"]["value"] == pytest.approx((2 + 3 / 4) / 6)
    assert found["squad"]["exact"] == pytest.approx(50), "the official figures are of first answers"


def test_repeated_answers_are_written_as_if_scored_afresh(place):
    twice = [{"id": "w0", "text": "Ines Calloway", "replicate": n} for n in (0, 11)]
    (place / "r.jsonl").write_text("".join(json.dumps(row) + "\n" for row in twice))
    dateline("score", *SQUAD, "predictions=r.jsonl", "out=o", cwd=place)
    first, second = (place / "o" / "scores.jsonl").read_text().splitlines()[:2]
    assert json.loads(second) == json.loads(first) | {"replicate": 11}
    assert second == first.replace('"replicate":0', '"replicate":11')


def test_running_numbers_are_not_replicates(place):
    (place / "qa.json").write_text(squad(20))
    lines = [{"id": f"w{n % 20}", "text": "a", "replicate": n} for n in range(100)]
    (place / "r.jsonl").write_text("".join(json.dumps(row) + "\n" for row in lines))
    done = dateline("score", *SQUAD, "predictions=r.jsonl", "out=o", cwd=place)
    assert done.returncode == 3
    assert "100 different replicate numbers for 100 answers to 40 items" in done.stderr
    assert not (place / "o").exists()


def test_probabilities_tune_thresholds_and_say_so(place):
    (place / "na.json").write_text(json.dumps({k: 0.1 if k[0] == "w" else 0.9 for k in SAID}))
    done = dateline("score", *SQUAD, "predictions=p.json", "na_probs=na.json", "out=o", cwd=place)
    assert done.returncode == 0, done.stderr
    found = metrics(place / "o")["squad"]
    assert (found["best_exact"], found["best_exact_thresh"]) == (pytest.approx(100 * 4 / 6), 0.1)
    assert "tuned on the scored items" in done.stdout
    assert "tuned on the scored items" in (place / "o" / "report.md").read_text()
    scored = [{"id": k, "text": v, "null_score": 0.1 if k[0] == "w" else 0.9} for k, v in SAID.items()]
    (place / "n.jsonl").write_text("".join(json.dumps(row) + "\n" for row in scored))
    dateline("score", *SQUAD, "predictions=n.jsonl", "out=n", cwd=place)
    assert metrics(place / "n")["squad"] == found


BAD_PROBS = [
    ('{"w0": "high"}', 3, "must be a finite number"),
    ('{"w0": NaN}', 3, "must be a finite number"),
    ('{"w0": 0.5}', 3, "item o1: has an answer and no probability"),
    ("[1]", 3, "write {id: probability, …}"),
    ("{", 3, "not valid JSON"),
    (None, 2, "cannot read the na_probs file"),
]


@pytest.mark.parametrize(("content", "code", "message"), BAD_PROBS)
def test_bad_probabilities(place, content, code, message):
    if content is not None:
        (place / "na.json").write_text(content)
    done = dateline("score", *SQUAD, "predictions=p.json", "na_probs=na.json", "out=o", cwd=place)
    assert done.returncode == code
    assert message in done.stderr
    assert not (place / "o").exists()


def test_every_problem_is_told_with_line_and_fix_and_nothing_is_written(place):
    lines = [*rows(SAID).splitlines(), "not json", '{"text": "a"}', '{"id": "w0", "text": 3}', '{"id": "w0", "text": "again"}']  # fmt: skip
    (place / "bad.jsonl").write_text("\n".join(lines))
    done = dateline("score", *SQUAD, "predictions=bad.jsonl", "out=deep/o", cwd=place)
    assert done.returncode == 3
    assert "bad.jsonl:7: not valid JSON" in done.stderr
    assert "bad.jsonl:8: id: missing" in done.stderr
    assert "bad.jsonl:9: item w0: text: must be a string" in done.stderr
    assert not (place / "deep").exists()
    assert done.stdout == ""


def test_an_answer_given_twice_is_a_problem(place):
    (place / "bad.jsonl").write_text(rows(SAID) + '{"id": "w0", "text": "again"}\n')
    done = dateline("score", *SQUAD, "predictions=bad.jsonl", "out=o", cwd=place)
    assert done.returncode == 3
    assert "bad.jsonl:7: item w0: id: is given twice" in done.stderr


def test_many_problems_are_counted(place):
    (place / "bad.jsonl").write_text("oops\n" * 1000)
    done = dateline("score", *SQUAD, "predictions=bad.jsonl", cwd=place)
    assert done.returncode == 3
    assert done.stderr.count("not valid JSON") == 50
    assert "950 more problems" in done.stderr


def test_an_earlier_scoring_is_replaced_and_anything_else_is_not(place):
    words = ("score", *SQUAD, "predictions=p.json", "out=o")
    assert dateline(*words, cwd=place).returncode == 0
    first = tree(place / "o")
    (place / "o" / ".scores.jsonl.999999.tmp").write_text("of a killed process")
    assert dateline(*words, cwd=place).returncode == 0
    assert tree(place / "o") == first, "the same answers give the same bytes"
    (place / "o" / "notes.txt").write_text("mine")
    refused = dateline(*words, cwd=place)
    assert refused.returncode == 2
    assert "notes.txt" in refused.stderr
    assert (place / "o" / "notes.txt").read_text() == "mine"
    (place / "other").mkdir()
    (place / "other" / "report.md").write_text("somebody else's")
    assert dateline(*words[:-1], "out=other", cwd=place).returncode == 2
    assert dateline(*words[:-1], "out=qa.json", cwd=place).returncode == 2
    assert (place / "other" / "report.md").read_text() == "somebody else's"


def test_a_kill_between_two_renames_is_taken_up(place):
    words = ("score", *SQUAD, "predictions=p.json", "out=o")
    dateline(*words, cwd=place)
    whole = tree(place / "o")
    (place / "o" / "manifest.json").rename(place / "o" / ".manifest.json.999999.tmp")
    assert dateline(*words, cwd=place).returncode == 0
    assert tree(place / "o") == whole


def test_a_malformed_file_leaves_an_earlier_scoring_alone(place):
    words = ("score", *SQUAD, "out=o")
    dateline(*words, "predictions=p.json", cwd=place)
    whole = tree(place / "o")
    (place / "bad.jsonl").write_text("oops\n")
    assert dateline(*words, "predictions=bad.jsonl", cwd=place).returncode == 3
    assert tree(place / "o") == whole


def test_a_full_disk_leaves_nothing_behind(place):
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (800, 800));"
        "from bench.__main__ import main; sys.exit(main(sys.argv[1:]))"
    )
    words = ("score", *SQUAD, "predictions=p.json", "out=o")
    done = subprocess.run([sys.executable, "-c", code, *words], cwd=place, capture_output=True, text=True,
                          env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}, check=False)  # fmt: skip
    assert done.returncode == 9, done.stderr
    assert "no space left" in done.stderr
    assert not (place / "o").exists()


USAGE = [
    ((), "neither was given"),
    (("runs=mine", "predictions=p.json"), "not both"),
    (("runs=mine", "out=o"), "out belongs to predictions="),
    (("runs=mine", *SQUAD), "dataset belongs to predictions="),
    (("predictions=absent.json", *SQUAD), "absent.json"),
    (("predictions=p.json", "na_probs=na.json"), "na_probs: belongs to data in the SQuAD form"),
    (("predictions=p.json", *SQUAD, "split=dev"), "no items in split 'dev'"),
]


@pytest.mark.parametrize(("words", "message"), USAGE)
def test_usage(place, words, message):
    done = dateline("score", *words, cwd=place)
    assert done.returncode == 2
    assert message in done.stderr


def test_a_part_of_the_data(place):
    done = dateline("score", *SQUAD, "predictions=p.json", "limit=2", "out=o", cwd=place)
    assert done.returncode == 0, done.stderr
    assert metrics(place / "o")["counts"]["items"] == 2
    assert metrics(place / "o")["extra"]["count"] == 4
    assert "Part of the data" in (place / "o" / "report.md").read_text()


def test_hostile_answers_are_inert(place):
    said = SAID | {"w1": "\x1b[2J<script>alert(1)</script> | `x`\ud800", "w2": "=HYPERLINK(1)\u202e"}
    (place / "evil.jsonl").write_text(rows(said))
    done = dateline("score", *SQUAD, "predictions=evil.jsonl", "out=o", cwd=place)
    assert done.returncode == 0, done.stderr
    assert "\x1b[2J" not in done.stdout
    report = (place / "o" / "report.md").read_text()
    assert "<script>" not in report
    assert "\u202e" not in report
    texts = [
        json.loads(line)["answer"]["text"] for line in (place / "o" / "scores.jsonl").read_text().splitlines()
    ]
    assert any("\ud800" in text for text in texts)


def test_nothing_heavy_is_imported(place):
    code = (
        "import sys; from bench.__main__ import main; main(sys.argv[1:]);"
        "print({'torch', 'transformers', 'datasets', 'evaluate', 'pandas'} & set(sys.modules))"
    )
    words = ("score", *SQUAD, "predictions=p.json", "out=o")
    done = subprocess.run([sys.executable, "-c", code, *words], cwd=place, capture_output=True, text=True,
                          env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True)  # fmt: skip
    assert done.stdout.splitlines()[-1] == "set()"


def test_the_official_figures_of_a_public_system(tmp_path):
    shared = ROOT.parent / "shared" / "squad"
    if not shared.is_dir():
        pytest.skip("no shared data here")
    done = dateline("score", "dataset=squad", f"dataset.path={shared / 'dev-v2.0-part.json'}",
                    f"predictions={shared / 'predictions-bidaf.json'}", "out=o", cwd=tmp_path)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert metrics(tmp_path / "o")["squad"] == json.loads((shared / "official.json").read_text())
    assert "65.43" in done.stdout


def test_a_folder_in_use_is_busy(tmp_path):
    with ScoreFolder(tmp_path / "o") as held:
        held.write(b"{}\n", b"{}\n")
        with pytest.raises(RunBusy, match="another process"):
            ScoreFolder(tmp_path / "o")
    assert not (tmp_path / "o").exists()
