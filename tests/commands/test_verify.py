"""F18: whatever is done to sealed files, `verify` names the file."""

import json
import shutil

import pytest

from tests.helpers import dateline, write_suite

pytestmark = pytest.mark.medium


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("verify")
    write_suite(folder / "suite")
    assert dateline("run", "-m", "model=lead,abstain_all", "dataset.path=suite", cwd=folder).returncode == 0
    assert dateline("verify", cwd=folder).returncode == 0
    return folder


@pytest.fixture
def copy(sealed, tmp_path):
    shutil.copytree(sealed / "results", tmp_path / "results")
    return tmp_path


def one(place, pattern):
    return sorted(place.glob(f"results/{pattern}"))[0]


def delete_record(place):
    file = one(place, "runs/*/*/*/predictions.jsonl")
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[1:]))
    return file


def edit_score(place):
    file = one(place, "runs/*/*/*/scores/*/scores.jsonl")
    text = file.read_text()
    file.write_text(text.replace('"correct":0.0', '"correct":1.0', 1))
    assert file.read_text() != text
    return file


def edit_metrics(place):
    file = one(place, "runs/*/*/*/scores/*/metrics.json")
    file.write_text(file.read_text().replace("0.", "1.", 1))
    return file


def swap_runs(place):
    a, b = sorted(place.glob("results/runs/*/*/*/predictions.jsonl"))
    data = a.read_bytes()
    a.write_bytes(b.read_bytes())
    b.write_bytes(data)
    return a


def swap_whole_runs(place):
    a, b = sorted(place.glob("results/runs/*/*/*"))
    a.rename(a.with_name("x"))
    b.rename(b.parent / a.name)
    return b.parent / a.name


def leave_over(place):
    file = one(place, "runs/*/*/*/manifest.json").with_name("extra.txt")
    file.write_text("?")
    return file


def leave_over_scores(place):
    file = one(place, "runs/*/*/*/scores/*/report.md").with_name("other.md")
    file.write_text("?")
    return file


def lose_report(place):
    file = one(place, "runs/*/*/*/scores/*/report.md")
    file.unlink()
    return file


def edit_snapshot(place):
    file = one(place, "datasets/*/items.jsonl")
    file.write_text(file.read_text().replace("Ines Calloway", "Ines Callowax"))
    return file.parent


def edit_identity(place):
    file = one(place, "runs/*/*/*/manifest.json")
    manifest = json.loads(file.read_text())
    manifest["identity"]["n_requests"] = 99
    file.write_text(json.dumps(manifest))
    return file


@pytest.mark.parametrize(
    "damage",
    [delete_record, edit_score, edit_metrics, swap_runs, swap_whole_runs, leave_over, leave_over_scores, lose_report,
     edit_snapshot, edit_identity],
)  # fmt: skip
def test_damage_is_named(copy, damage):
    file = damage(copy)
    done = dateline("verify", cwd=copy)
    assert done.returncode == 9
    assert str(file.relative_to(copy)) in done.stderr


def test_intact_runs_pass(copy):
    done = dateline("verify", cwd=copy)
    assert done.returncode == 0
    assert done.stdout.count("ok  ") == 2
