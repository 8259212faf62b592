import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from bench.canonical import digest
from bench.commands._replay import expand
from bench.commands.leaderboard import place_of
from bench.store import codec
from tests.helpers import ROOT, dateline, tree, write_suite

NAMES = tuple(f"port-{chr(97 + n)}" for n in range(7))


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A small suite, three sealed runs and a bundle of each."""
    folder = tmp_path_factory.mktemp("board")
    write_suite(folder / "suite", NAMES)
    words = ("run", "-m", "model=lead,abstain_all,lexical", "dataset.path=suite")
    assert dateline(*words, cwd=folder).returncode == 0
    for model in ("lead", "abstain_all", "lexical"):
        done = dateline("publish", f"run={model}", "link=https://example.org/m", cwd=folder)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.medium
def test_board_is_rebuilt_from_bundles_alone_to_the_byte(place, tmp_path):
    assert (
        dateline(
            "leaderboard", "runs=*", "out=from-runs", "columns=[rank,model,headline,em]", cwd=place
        ).returncode
        == 0
    )
    shutil.copytree(place / "results" / "published", tmp_path / "results" / "published")
    words = ("leaderboard", "columns=[rank,model,headline,em]")
    done = dateline(*words, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    first = tree(tmp_path / "results")
    assert dateline(*words, cwd=tmp_path, env={"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}).returncode == 0
    assert tree(tmp_path / "results") == first
    assert (place / "from-runs" / "leaderboard.csv").read_bytes() == first["leaderboard.csv"]


@pytest.mark.medium
def test_check_mode_writes_nothing_and_names_the_stale_file(place, tmp_path):
    words = ("leaderboard", "out=" + str(tmp_path / "b"), "readme=" + str(tmp_path / "README.md"))
    (tmp_path / "README.md").write_text(
        "# Mine\n<!-- dateline leaderboard -->\n<!-- /dateline leaderboard -->\nend\n"
    )
    assert dateline(*words, cwd=place).returncode == 0
    assert "| 1" in (tmp_path / "README.md").read_text()
    assert (tmp_path / "README.md").read_text().endswith("\nend\n")
    assert dateline(*words, "check=true", cwd=place).returncode == 0
    (tmp_path / "b" / "leaderboard.csv").write_text("edited")
    before = tree(tmp_path)
    done = dateline(*words, "check=true", cwd=place)
    assert done.returncode == 3
    assert "leaderboard.csv: not what the runs give today" in done.stderr
    assert tree(tmp_path) == before


@pytest.mark.medium
def test_an_edited_bundle_is_left_out_with_its_file_named(place, tmp_path):
    shutil.copytree(place / "results" / "published", tmp_path / "p")
    file = tmp_path / "p" / "lead" / "answers.jsonl"
    file.write_bytes(file.read_bytes().replace(b'"ok"', b'"OK"').replace(b"Ines", b"Inez"))
    assert (
        dateline(
            "leaderboard", "runs=" + str(tmp_path / "p"), "out=" + str(tmp_path / "o"), cwd=place
        ).returncode
        == 0
    )
    found = json.loads((tmp_path / "o" / "leaderboard.json").read_text())
    assert [o["name"] for o in found["left_out"]] == ["lead"]
    assert "answers.jsonl: edited after sealing" in found["left_out"][0]["reason"]


def reseal(folder, change):
    """What anybody can do to a bundle: change it, and make its digests and seal anew."""
    answers = folder / "answers.jsonl"
    card = json.loads((folder / "bundle.json").read_text())
    rows = [json.loads(line) for line in answers.read_text().splitlines()]
    change(card, rows)
    data = b"".join(codec.line(row) for row in rows)
    answers.write_bytes(data)
    card["files"]["answers.jsonl"] = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    del card["seal"]
    (folder / "bundle.json").write_bytes(codec.pretty({**card, "seal": digest(card)}))


def flatter(card, rows):
    for row in rows:
        row["values"] = [1 if v is not None else None for v in row["values"]]


def drop_the_wrong(card, rows):
    rows[:] = [row for row in rows if row["values"][0] == 1]


@pytest.mark.medium
@pytest.mark.parametrize(
    ("change", "reason"), [(flatter, "not what its answers are worth"), (drop_the_wrong, "items new")]
)
def test_a_resealed_forgery_is_left_out(place, tmp_path, change, reason):
    shutil.copytree(place / "results" / "published", tmp_path / "p")
    reseal(tmp_path / "p" / "lexical", change)
    done = dateline("leaderboard", f"runs={tmp_path / 'p'}", f"out={tmp_path / 'o'}", cwd=place)
    assert done.returncode == 0, done.stderr
    found = json.loads((tmp_path / "o" / "leaderboard.json").read_text())
    assert [o["name"] for o in found["left_out"]] == ["lexical"]
    assert reason in found["left_out"][0]["reason"]


def test_a_replay_takes_neither_leave_to_run_code_nor_a_key_from_a_bundle(tmp_path, capsys):
    theirs = "dateline run model=openai model.api_key_env=HOME allow_external_code=true model.name=x hydra.verbose=true"
    theirs += " hydra/launcher=odd --experimental-rerun=x.pickle -m --config-dir conf"
    card = {"format": 1, "run": {"command": theirs}, "files": {}}
    (tmp_path / "bundle.json").write_bytes(codec.pretty({**card, "seal": digest(card)}))
    assert expand([f"from={tmp_path}", "model.name=y"]) == [
        "model=openai",
        "--config-dir",
        "conf",
        "model.name=y",
    ]
    assert "model.api_key_env=HOME allow_external_code=true" in capsys.readouterr().err
    assert "allow_external_code=true" in expand([f"from={tmp_path}", "allow_external_code=true"])


@pytest.mark.medium
def test_the_command_of_an_own_config_is_whole_and_holds_no_machine_path(place, tmp_path):
    (tmp_path / "conf" / "model").mkdir(parents=True)
    (tmp_path / "conf" / "model" / "mine.yaml").write_text("_target_: bench.models.lead.Lead\n")
    shutil.copytree(place / "suite", tmp_path / "suite")
    words = ("run", "--config-dir", str(tmp_path / "conf"), "model=mine", "dataset.path=suite")
    assert dateline(*words, cwd=tmp_path).returncode == 0
    assert dateline("publish", "run=lead", "out=b", cwd=tmp_path).returncode == 0
    command = json.loads((tmp_path / "b" / "bundle.json").read_text())["run"]["command"]
    assert command.startswith("dateline run --config-dir conf model=mine ")
    assert str(tmp_path) not in command
    assert dateline("run", "from=b", "results_dir=again", cwd=tmp_path).returncode == 0


@pytest.mark.medium
def test_another_runs_bundle_is_replaced_only_when_told_and_a_lost_one_is_said(place, tmp_path):
    out = f"out={tmp_path / 'p' / 'one'}"
    assert dateline("publish", "run=lead", out, cwd=place).returncode == 0
    refused = dateline("publish", "run=lexical", out, cwd=place)
    assert refused.returncode == 2
    assert "replace=true" in refused.stderr
    assert dateline("publish", "run=lexical", out, "replace=true", cwd=place).returncode == 0
    shutil.copytree(tmp_path / "p" / "one", tmp_path / "p" / "two")
    (tmp_path / "p" / "two" / "bundle.json").unlink()
    done = dateline("leaderboard", f"runs={tmp_path / 'p'}", f"out={tmp_path / 'o'}", cwd=place)
    assert "bundle.json is missing" in done.stdout


@pytest.mark.medium
def test_a_row_is_replayed_from_its_bundle_and_reproduced(place):
    bundle = "results/published/lexical"
    done = dateline("run", f"from={bundle}", "results_dir=again", "name=replayed", cwd=place)
    assert done.returncode == 0, done.stderr
    [run] = (place / "again").glob("runs/*/lexical/*")
    shutil.copytree(run, place / "results" / "runs" / "suite" / "lexical" / "replayed", dirs_exist_ok=True)
    done = dateline("compare", f"a={bundle}", f"b={run}", "results_dir=again", cwd=place)
    assert done.returncode == 0, done.stderr
    assert "Reproduced. The two sides are identical" in done.stdout


@pytest.mark.medium
def test_hub_files_are_what_the_hub_library_reads(place):
    from huggingface_hub import parse_eval_result_entries
    from huggingface_hub.repocard_data import model_index_to_eval_results

    done = dateline("leaderboard", "out=hub-out", "hub_dataset=someone/ports", cwd=place)
    assert done.returncode == 0, done.stderr
    folder = place / "hub-out" / "hub"
    entries = parse_eval_result_entries(
        yaml.safe_load((folder / "lexical/.eval_results/dateline.yaml").read_text())
    )
    assert entries[0].dataset_id == "someone/ports"
    board = json.loads((place / "hub-out" / "leaderboard.json").read_text())
    headline = next(r for r in board["rows"] if r["name"] == "lexical")["headline"]["value"]
    assert entries[0].value == pytest.approx(100 * headline, abs=0.01)
    index = yaml.safe_load((folder / "lexical" / "model-index.yaml").read_text())["model-index"]
    name, results = model_index_to_eval_results(index)
    assert name == "lexical"
    assert {r.metric_type for r in results} == {"headline", "em", "f1"}
    assert yaml.safe_load((folder / "eval.yaml").read_text())["tasks"] == [
        {"id": "default", "config": "default", "split": "test"}
    ]


@pytest.mark.medium
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("leaderboard", "runs=nothing-here"), 2, "no run matches"),
        (("leaderboard", "results_dir=empty"), 2, "dateline publish"),
        (("leaderboard", "columns=[modle]"), 2, "did you mean 'model'"),
        (("leaderboard", "readme=absent.md"), 2, "no such file"),
        (("leaderboard", "hub_dataset=odd"), 2, "owner/name"),
        (("publish",), 2, "needs run="),
        (("publish", "run=lead", "link=javascript:x"), 2, "https://"),
        (("run", "from=nowhere"), 2, "no bundle"),
    ],
)
def test_wrong_words_are_said_and_nothing_is_written(place, words, code, said):
    before = tree(place)
    done = dateline(*words, cwd=place)
    assert done.returncode == code
    assert said in done.stderr
    assert tree(place) == before


@pytest.mark.slow
def test_pdflatex_sets_the_table(place, tmp_path):
    if shutil.which("pdflatex") is None:
        pytest.skip("no pdflatex on this machine, and the set-up could not install one")
    done = dateline(
        "leaderboard", "out=" + str(tmp_path), "columns=[rank,model,headline,interval,em,f1]", cwd=place
    )
    assert done.returncode == 0, done.stderr
    (tmp_path / "paper.tex").write_text(
        "\\documentclass{article}\\usepackage{booktabs}\\begin{document}\\input{leaderboard}\\end{document}\n"
    )
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "paper.tex"]
    made = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
    assert made.returncode == 0, made.stdout[-2000:]
    assert "Overfull" not in made.stdout


@pytest.mark.medium
def test_the_shipped_board_is_what_the_published_bundles_give():
    done = dateline("leaderboard", "check=true", cwd=ROOT)
    assert done.returncode == 0, done.stderr


@pytest.mark.medium
def test_a_board_of_named_runs_leaves_the_kept_board_alone(place, tmp_path):
    shutil.copytree(place / "results", tmp_path / "results")
    assert dateline("leaderboard", cwd=tmp_path).returncode == 0
    kept = {n: d for n, d in tree(tmp_path / "results").items() if n.startswith("leaderboard.")}
    assert len(kept) == 5
    done = dateline("leaderboard", "runs=[lead,lexical]", "board=[markdown]", cwd=tmp_path)
    assert done.stdout.splitlines()[-1] == "board: results/boards/lead-lexical/leaderboard.md", done.stderr
    now = tree(tmp_path / "results")
    assert {n: now[n] for n in kept} == kept
    assert b"abstain_all" not in now["boards/lead-lexical/leaderboard.md"]
    words = ("leaderboard", "runs=[lead,lexical]", "board=[markdown]", "check=true")
    assert dateline(*words, cwd=tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("runs", "folder"),
    [
        (None, "results"),
        ("results/published", "results"),
        (["./results/published/"], "results"),
        ("dateline/*/*", "results/boards/dateline"),
        (["lead", "a/b"], "results/boards/lead-a-b"),
        ("*/*/*", "results/boards/all"),
    ],
)
def test_where_a_board_goes(runs, folder):
    assert place_of(runs, Path("results")) == Path(folder)
