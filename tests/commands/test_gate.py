"""The gate as a team meets it, from outside: A/A, a planted drop, baselines, anchors, waivers, broken files."""

import json
import random
import shutil
from xml.etree import ElementTree

import pytest

from bench.gate.policy import HEADLINE
from tests.helpers import dateline, tree

pytestmark = pytest.mark.medium

N, PER = 480, 12  # items, items per article


def own_data(folder):
    lines = ["id,article_id,question,context,answer,answerable"]
    for n in range(N):
        answer = f"{n + 3} boats" if n % 4 else ""
        asked, text = f"How many boats came back in case {n}?", f"On day {n} {n + 3} boats came back."
        lines.append(f"q{n},a{n // PER},{asked},{text},{answer},{bool(answer)}")
    (folder / "own.csv").write_text("\n".join(lines) + "\n")


def answers(folder, name, seed, drop=0.0):
    """A model that knows seven items of ten, tosses a coin on one of ten, and has lost a share `drop` of the rest."""
    rng, kinds = random.Random(seed), random.Random(99)
    rows = {}
    for n in range(N):
        kind = kinds.random()
        right = rng.random() < 0.5 if kind < 0.1 else kind < 0.75
        right = right and rng.random() >= drop
        gold, other = (f"{n + 3} boats", "") if n % 4 else ("", f"{n + 3} boats")
        rows[f"q{n}"] = gold if right else other
    (folder / f"{name}.json").write_text(json.dumps(rows))
    words = (
        "model=recorded",
        f"model.path={name}.json",
        "dataset=csv",
        "dataset.path=own.csv",
        f"name={name}",
    )
    done = dateline("run", *words, cwd=folder)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gate")
    own_data(folder)
    answers(folder, "first", 1)
    answers(folder, "again", 2)
    answers(folder, "worse", 3, drop=0.2)
    done = dateline(
        "gate", "baseline=main", "candidate=first", "accept=true", "reason=the first one", cwd=folder
    )
    assert done.returncode == 0, done.stderr
    assert "accepted   results/baselines/main" in done.stdout
    return folder


@pytest.fixture
def place(made, tmp_path):
    shutil.copytree(made, tmp_path / "w")
    return tmp_path / "w"


def test_the_same_model_asked_again_passes_and_a_drop_fails(made, tmp_path):
    done = dateline("gate", "baseline=main", "candidate=again", cwd=made)
    assert (done.returncode, done.stdout.split()[0]) == (0, "PASS"), done.stdout + done.stderr
    summary = tmp_path / "summary.md"
    env = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)}
    done = dateline("gate", "baseline=main", "candidate=worse", f"out={tmp_path / 'o'}", cwd=made, env=env)
    assert (done.returncode, done.stdout.split()[0]) == (5, "FAIL"), done.stdout + done.stderr
    assert [line for line in done.stdout.splitlines() if line.startswith("::error title=gate FAIL")]
    files = tree(tmp_path / "o")
    assert sorted(files) == ["gate.json", "gate.md", "gate.xml"]
    document = json.loads(files["gate.json"])
    flips = document["pairs"][0]["flips"]
    assert len(flips) == document["pairs"][0]["better"] + document["pairs"][0]["worse"]
    assert document["pairs"][0]["rules"][0]["rule"] == HEADLINE
    assert ElementTree.fromstring(files["gate.xml"]).get("failures") == "1"
    assert summary.read_bytes() == files["gate.md"]
    again = dateline("gate", "baseline=main", "candidate=worse", f"out={tmp_path / 'p'}", cwd=made)
    assert "::error" not in again.stdout
    assert tree(tmp_path / "p") == files


def test_without_a_baseline_the_command_that_makes_one_is_told(made):
    done = dateline("gate", "baseline=nightly", "candidate=again", cwd=made)
    assert done.returncode == 2
    assert "dateline gate baseline=nightly candidate=again accept=true reason='first baseline'" in done.stderr


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["baseline=main"], 2, "candidate= is required"),
        (["baseline=main", "candidate=agian"], 2, "did you mean 'again'"),
        (["baseline=main", "candidate=again", "gate=defualt"], 2, "did you mean 'default'"),
        (["baseline=main", "candidate=again", "accept=true"], 2, "needs reason="),
        (["baseline=main", "candidate=again", "reason=why"], 2, "goes with accept=true"),
        (["baseline=../out", "candidate=again", "accept=true", "reason=x"], 2, "a name is up to 80"),
        (["baseline=main", "candidate=again", "gate.rules.headline.margin=0.001"], 2, "margin="),
    ],
)  # fmt: skip
def test_slips_of_the_command_line(made, words, code, told):
    done = dateline("gate", *words, cwd=made)
    assert done.returncode == code, done.stdout + done.stderr
    assert told in done.stderr + done.stdout


def test_an_expired_waiver_is_an_error(made):
    waiver = "gate.waivers=[{item: q1, reason: disputed, until: '2026-01-31'}]"
    words = ("gate", "baseline=main", "candidate=again", waiver)
    assert dateline(*words, "today=2026-01-31", cwd=made).returncode == 0
    done = dateline(*words, "today=2026-02-01", cwd=made)
    assert done.returncode == 2
    assert "waiver of q1 ran out on 2026-01-31 (disputed)" in done.stderr


def test_a_loss_is_not_accepted_unless_forced_and_then_the_anchor_remembers(place):
    before = tree(place / "results" / "baselines")
    words = ("gate", "baseline=main", "accept=true", "candidate=worse")
    done = dateline(*words, "reason=cheaper", cwd=place)
    assert (done.returncode, tree(place / "results" / "baselines")) == (5, before)
    assert "force=true" in done.stderr
    assert dateline(*words, "reason=cheaper", "force=true", cwd=place).returncode == 0
    after = tree(place / "results" / "baselines" / "main")
    assert {k.removeprefix("anchor/"): v for k, v in after.items() if k.startswith("anchor/")} == {
        k.removeprefix("main/"): v for k, v in before.items() if k != "main/history.jsonl"
    }
    entries = [json.loads(line) for line in after["history.jsonl"].splitlines()]
    assert [(e["reason"], e["verdict"], e["forced"]) for e in entries] == [
        ("the first one", "first", False),
        ("cheaper", "FAIL", True),
    ]
    done = dateline("gate", "baseline=main", "candidate=worse", cwd=place)
    assert done.returncode == 5, "equal to the baseline, but the anchor was better"
    assert "headline against the anchor" in done.stdout
    assert dateline("verify", cwd=place).returncode == 0
    done = dateline("gate", "baseline=main", "candidate=worse", "accept=true", "reason=again", cwd=place)
    assert done.returncode == 5


def test_an_improvement_is_accepted_and_the_same_run_twice_is_no_news(place):
    words = ("gate", "baseline=main", "candidate=again", "accept=true", "reason=retrained")
    assert dateline(*words, cwd=place).returncode == 0
    before = tree(place / "results" / "baselines")
    done = dateline(*words, cwd=place)
    assert (done.returncode, tree(place / "results" / "baselines")) == (0, before)
    assert "unchanged" in done.stdout


def test_an_edited_baseline_is_named(place):
    file = place / "results" / "baselines" / "main" / "answers.jsonl"
    file.write_bytes(file.read_bytes().replace(b"3 boats", b"4 boats", 1))
    done = dateline("gate", "baseline=main", "candidate=again", cwd=place)
    assert done.returncode == 9
    assert "answers.jsonl: edited after sealing" in done.stderr
    history = file.with_name("history.jsonl")
    history.write_bytes(history.read_bytes().replace(b"the first one", b"the best one"))
    done = dateline("verify", cwd=place)
    assert done.returncode == 9
    assert "answers.jsonl: edited" in done.stderr


def test_an_edited_history_is_named(place):
    dateline("gate", "baseline=main", "candidate=again", "accept=true", "reason=retrained", cwd=place)
    history = place / "results" / "baselines" / "main" / "history.jsonl"
    history.write_bytes(history.read_bytes().replace(b"the first one", b"the best one"))
    done = dateline("verify", cwd=place)
    assert done.returncode == 9
    assert "history.jsonl:2: does not follow the line before it" in done.stderr


def test_a_mended_gold_is_applied_to_the_baseline_too(place):
    file = place / "own.csv"
    file.write_text(file.read_text().replace(",5 boats,True\n", ",five vessels,True\n"))
    assert dateline("score", "runs=again", cwd=place).returncode == 0
    done = dateline("gate", "baseline=main", "candidate=again", cwd=place)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "gold changed since the baseline was sealed" in done.stdout


def test_changed_questions_are_not_comparable_and_a_new_series_can_be_started(place):
    file = place / "own.csv"
    file.write_text(file.read_text().replace("case 7?", "case seven?"))
    answers(place, "again", 2)
    run = next(p.parent for p in place.glob("results/runs/own/recorded/*/names") if "again" in p.read_text()
               and p.parent.stat().st_mtime_ns == max(q.parent.stat().st_mtime_ns for q in place.glob("results/runs/own/recorded/*/names")))  # fmt: skip
    done = dateline("gate", "baseline=main", f"candidate={run}", cwd=place)
    assert done.returncode == 7
    assert "1 item asked in other words" in done.stderr
    assert "accept=true force=true" in done.stderr
    words = ("gate", "baseline=main", f"candidate={run}", "accept=true", "reason=reworded")
    assert dateline(*words, cwd=place).returncode == 7
    assert dateline(*words, "force=true", cwd=place).returncode == 0
    assert dateline("gate", "baseline=main", f"candidate={run}", cwd=place).returncode == 0


def test_partial_runs_are_no_baseline(place):
    done = dateline(
        "run", "model=lead", "dataset=csv", "dataset.path=own.csv", "limit=30", "name=part", cwd=place
    )
    assert done.returncode == 0
    done = dateline("gate", "baseline=p", "candidate=part", "accept=true", "reason=x", cwd=place)
    assert done.returncode == 2
    assert "partial run" in done.stderr
    done = dateline("gate", "baseline=main", "candidate=part", cwd=place)
    assert done.returncode == 7
    assert "is a partial run (limit=30), and a baseline holds all items; ask them all" in done.stderr
    assert "accept=true" not in done.stderr  # it would be refused
    done = dateline("gate", "baseline=new", "candidate=part", cwd=place)
    assert done.returncode == 2
    assert "the candidate is a partial run (limit=30) and cannot become it" in done.stderr
    assert "candidate=part" not in done.stderr
    done = dateline("gate", "baseline=own/lead/*", "candidate=first", cwd=place)  # a run, not a baseline
    assert done.returncode == 7
    assert "a is a partial run (limit=30) and the other is whole" in done.stderr
    assert "accept=true" not in done.stderr


def test_several_data_sets_in_one_policy(place):
    configs = place / "ci" / "gate"
    configs.mkdir(parents=True)
    (configs / "team.yaml").write_text(
        "# Two data sets\ndefaults:\n  - default\n  - _self_\n"
        "pairs:\n  own: {baseline: main, dataset: own}\n  news: {baseline: main, candidate: nowhere, tier: warning}\n"
    )
    words = ("gate", "--config-dir", "ci", "gate=team", "candidate=again")
    done = dateline(*words, cwd=place)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 warning" in done.stdout
    done = dateline(*words, "gate.pairs.news.tier=blocking", cwd=place)
    assert done.returncode == 5
    assert "run present and complete" in done.stdout


def test_the_reader_of_a_pipe_may_leave(made):
    import os
    import subprocess
    import sys

    from tests.helpers import ROOT

    command = (
        f"{sys.executable} -m bench gate baseline=main candidate=worse | head -n 1; exit ${{PIPESTATUS[0]}}"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "-c", command], cwd=made, env=env, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.split()[0]) == (5, "FAIL")


def test_nightly_runs_add_up_to_an_alarm(made):
    done = dateline("gate", "baseline=main", "series=[again]", cwd=made)
    assert (done.returncode, done.stdout.splitlines()[-1].split()[0]) == (0, "PASS")
    done = dateline("gate", "baseline=main", "series=[again,worse]", cwd=made)
    assert done.returncode == 5
    assert ["alarm" in line for line in done.stdout.splitlines()[1:3]] == [False, True]


def test_an_item_that_may_not_break_is_named_by_slice(made):
    words = (
        "gate",
        "baseline=main",
        "candidate=worse",
        "gate.rules=null",
        "gate.must_not_break.where=type=number id=q1|q2|q3",
    )
    done = dateline(*words, cwd=made)
    assert "of 3 must-not-break items are right" in done.stdout, done.stderr


def test_power_for_any_number_of_items(made):
    done = dateline("gate", "power=true", "draws=20", "n_items=2000", "n_articles=100", cwd=made)
    assert done.returncode == 0, done.stderr
    assert "2,000 items on 100 articles" in done.stdout
    assert "10 points worse" in done.stdout
    done = dateline("gate", "power=true", "draws=20", "candidate=again", "baseline=main", cwd=made)
    assert "480 items on 40 articles" in done.stdout
    assert "noise measured" in done.stdout


def test_nothing_heavy_is_imported(made):
    code = (
        "import sys; from bench.__main__ import main; code = main(['gate', 'baseline=main', 'candidate=worse']); "
        "heavy = {'torch', 'transformers', 'datasets', 'evaluate', 'rich', 'jinja2', 'scipy.stats'} & set(sys.modules); "
        "print('heavy', sorted(heavy), code)"
    )
    import os
    import subprocess
    import sys

    from tests.helpers import ROOT

    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=made, env=env, capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines()[-1] == "heavy [] 5", done.stderr
