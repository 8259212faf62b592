"""`dateline run` as a person uses it: real processes, real files."""

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bench.build import catalogue
from tests.helpers import ROOT, dateline, tree, write_suite

pytestmark = pytest.mark.medium

CSV = "id,question,context,answer\na,How many boats came?,Three boats came on Friday.,Three\nb,Who said so?,Mayor Lind said so.,Lind\n"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    write_suite(folder / "suite", ("two-boats", "three-boats"))
    (folder / "my.csv").write_text(CSV)
    return folder


@pytest.fixture(scope="module")
def first(place):
    return dateline("run", "model=lead", "dataset.path=suite", "results_dir=first", cwd=place)


def test_console_shows_headline_interval_and_report(first, place):
    assert first.returncode == 0, first.stderr
    assert "balanced accuracy" in first.stdout
    assert "95 % interval" in first.stdout
    files = [
        line.removeprefix("report: ") for line in first.stdout.splitlines() if line.startswith("report: ")
    ]
    assert [Path(file).name for file in files] == ["report.md", "report.html"]
    text = (place / files[0]).read_text()
    assert "## Misses" in text
    assert "> Two of the nine boats came back late." in text


def test_one_article_claims_nothing_beyond_itself(place):
    write_suite(place / "one")
    done = dateline("run", "model=lead", "dataset.path=one", "results_dir=one-results", cwd=place)
    assert "this article only" in " ".join(done.stdout.split())


def test_metrics_file_holds_every_estimate(first, place):
    (file,) = (place / "first").glob("runs/*/*/*/scores/*/metrics.json")
    metrics = json.loads(file.read_text())
    assert {"correct", "em", "f1"} <= set(metrics["metrics"])
    assert metrics["counts"]["items"] == 6
    for estimate in metrics["metrics"].values():
        assert set(estimate) == {"value", "low", "high", "n_items", "n_articles", "method"}


def test_nothing_but_results_is_written(place, tmp_path):
    shutil.copytree(place / "suite", tmp_path / "suite")
    done = dateline("run", "model=lead", "dataset.path=suite", cwd=tmp_path)
    assert done.returncode == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["results", "suite"]


def test_second_start_asks_nobody_and_changes_no_byte(first, place):
    before = tree(place / "first")
    again = dateline("run", "model=lead", "dataset.path=suite", "results_dir=first", cwd=place)
    assert again.returncode == 0
    assert "nobody was asked again" in again.stderr
    assert tree(place / "first") == before


def test_plan_shows_the_first_request_and_writes_nothing(place):
    done = dateline(
        "run", "model=lexical", "dataset.path=suite", "plan=true", "results_dir=planned", cwd=place
    )
    assert done.returncode == 0, done.stderr
    assert "none answered yet" in done.stdout
    assert "Who closed the port?" in done.stdout
    assert not (place / "planned").exists()


def test_own_csv_in_one_command(place):
    done = dateline("run", "dataset=csv", "dataset.path=my.csv", "results_dir=csv", cwd=place)
    assert done.returncode == 0, done.stderr
    assert "every item is answerable" in done.stdout


def test_limit_and_where_mark_the_run_as_partial(place):
    done = dateline("run", "model=lead", "dataset.path=suite", "limit=2", "results_dir=partial", cwd=place)
    assert done.returncode == 0
    (manifest,) = (place / "partial").glob("runs/*/*/*/manifest.json")
    assert json.loads(manifest.read_text())["dataset"]["partial"] is True


def test_sweep_over_models_and_data_sets_ends_with_one_table(place):
    words = (
        "run",
        "-m",
        "model=lead,abstain_all",
        "dataset=dateline,csv",
        "dataset.path=my.csv",
        "results_dir=sweep",
    )
    done = dateline(*words, cwd=place)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("report: ") == 4
    again = dateline(*words, cwd=place)
    assert "4 of 4 runs were sealed before" in again.stderr
    assert again.stdout == done.stdout


def test_failed_job_of_a_sweep_stays_as_a_row(place):
    done = dateline(
        "run",
        "-m",
        "model=lead",
        "dataset=csv",
        "dataset.path=my.csv,none.csv",
        "results_dir=rows",
        cwd=place,
    )
    assert done.returncode == 4
    assert "none.csv: no such file" in done.stdout
    assert done.stdout.count("report: ") == 1


def test_joblib_launcher_gives_the_same_table(place):
    words = ("run", "-m", "model=lead,abstain_all", "dataset=csv", "dataset.path=my.csv")
    basic = dateline(*words, "results_dir=basic", cwd=place)
    parallel = dateline(*words, "results_dir=parallel", "hydra/launcher=joblib", cwd=place)
    assert parallel.returncode == 0, parallel.stderr
    assert parallel.stdout == basic.stdout.replace("basic/", "parallel/")


def test_duplicate_jobs_of_a_parallel_sweep_share_one_run(place):
    words = ("run", "-m", "model=lead,lead,lead,lead", "dataset=csv", "dataset.path=my.csv")
    done = dateline(*words, "results_dir=shared", "hydra/launcher=joblib", cwd=place)
    assert done.returncode == 0, done.stderr
    assert len(list((place / "shared").glob("runs/*/*/*/manifest.json"))) == 1


def test_failed_items_exit_4_and_are_asked_again(place):
    (place / "moody.py").write_text(
        "import os\n\ndef answer(request):\n"
        "    if 'boats' in request.question and os.environ.get('MOOD'):\n        raise RuntimeError('moody sk-abcdefghijklmnopqrstuv')\n"
        "    return request.question\n"
    )
    words = (
        "run",
        "model=callable",
        "model.function=moody:answer",
        "allow_external_code=true",
        "dataset.path=suite",
        "results_dir=moody",
    )
    done = dateline(*words, cwd=place, env={"MOOD": "1"})
    assert done.returncode == 4
    assert "2 of 6 items failed" in done.stderr
    assert not any(b"sk-abcdef" in data for data in tree(place / "moody").values())
    assert dateline(*words, cwd=place).returncode == 0
    assert dateline("verify", "results_dir=moody", cwd=place).returncode == 0


def test_external_code_needs_permission(place):
    done = dateline("run", "model=callable", "model.function=moody:answer", "dataset.path=suite", cwd=place)
    assert done.returncode == 2
    assert "allow_external_code=true" in done.stderr


def test_odd_paths_arrive_as_typed(place):
    folder = place / "Çırağan, (v2) = $x"
    write_suite(folder / "suite")
    done = dateline(
        "run", "model=lead", f"dataset.path={folder}/suite", f"results_dir={folder}/results", cwd=place
    )
    assert done.returncode == 0, done.stderr
    assert list(folder.glob("results/runs/*/*/*/manifest.json"))


def test_same_bytes_under_any_hash_seed_locale_and_time_zone(place):
    variants = [
        {"PYTHONHASHSEED": "0"},
        {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"},
    ]
    seen = []
    for n, env in enumerate(variants):
        done = dateline("run", "dataset.path=suite", f"results_dir=env{n}", cwd=place, env=env)
        assert done.returncode == 0, done.stderr
        files = tree(place / f"env{n}")
        seen.append({name: data for name, data in files.items() if not name.endswith("timing.jsonl")})
    assert seen[0] == seen[1]


def test_without_a_home(place):
    env = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"), "")
    done = dateline("run", "model=lead", "dataset.path=suite", "results_dir=homeless", cwd=place, env=env)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_read_only_results_exit_9(place):
    folder = place / "locked"
    folder.mkdir()
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    done = dateline("run", "model=lead", "dataset.path=suite", "results_dir=locked", cwd=place)
    assert done.returncode == 9
    assert "results_dir=" in done.stderr


def test_results_on_a_full_device_exit_9(place):
    done = dateline("run", "model=lead", "dataset.path=suite", "results_dir=/dev/full/x", cwd=place)
    assert done.returncode == 9


def test_closing_the_pipe_is_no_error(place):
    command = f"{sys.executable} -m bench list | head -1; exit ${{PIPESTATUS[0]}}"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "-c", command], cwd=place, env=env, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, -signal.SIGPIPE, 128 + signal.SIGPIPE)


@pytest.mark.parametrize("name", catalogue("experiment"))
def test_every_experiment_runs(tmp_path, name):
    done = dateline("run", f"+experiment={name}", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "headline" in done.stdout or "balanced accuracy" in done.stdout or "accuracy" in done.stdout
    assert list(tmp_path.glob("results/runs/dateline/*/*/manifest.json"))


def test_undecodable_file_name_is_only_a_name(place):
    name = os.fsdecode(b"b\xff.csv")
    (place / name).write_text(CSV)
    done = dateline("run", "dataset=csv", f"dataset.path={name}", "results_dir=odd", cwd=place)
    assert done.returncode == 0, done.stderr
    assert dateline("verify", "results_dir=odd", cwd=place).returncode == 0


def test_own_model_beside_own_config(place):
    (place / "ownmodel.py").write_text(
        "from dataclasses import dataclass\nfrom bench import Model, reply\n\n\n@dataclass(frozen=True)\nclass Mine(Model):\n"
        "    def answer(self, request):\n        return reply(request, 'Friday')\n"
    )
    (place / "conf" / "model").mkdir(parents=True)
    (place / "conf" / "model" / "mine.yaml").write_text("# Mine\n_target_: ownmodel.Mine\n")
    words = ("run", "--config-dir", "conf", "model=mine", "dataset.path=suite", "results_dir=own")
    assert dateline(*words, cwd=place).returncode == 2
    done = dateline(*words, "allow_external_code=true", cwd=place)
    assert done.returncode == 0, done.stderr


def test_experiment_needs_no_plus(tmp_path):
    done = dateline("run", "experiment=smoke", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
