"""CONTRIBUTING.md is true: its metric and its model are two files each, no edits, and the laws pick them up."""

import re
import shutil
import subprocess
import sys

import pytest

from tests.helpers import ROOT

pytestmark = pytest.mark.medium
FILE = re.compile(r"^`((?:bench|configs)/[\w/.]+)`\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_examples_run_and_are_held_to_the_laws(tmp_path):
    for name in ("bench", "configs", "data", "tests"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "CONTRIBUTING.md"):
        shutil.copy(ROOT / name, tmp_path / name)
    examples = FILE.findall((ROOT / "CONTRIBUTING.md").read_text())
    assert [path for path, _ in examples] == [
        "bench/metrics/first_word.py",
        "configs/metric/first_word.yaml",
        "bench/models/last_sentence.py",
        "configs/model/last_sentence.yaml",
    ]
    for path, text in examples:
        assert not (tmp_path / path).exists()
        (tmp_path / path).write_text(text)

    def call(*words):
        return subprocess.run(
            [sys.executable, *words], cwd=tmp_path, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(tmp_path)}
        )  # fmt: skip

    done = call("-m", "bench", "run", "model=last_sentence", "metric=[correct,first_word]")
    assert done.returncode == 0, done.stderr
    assert "first_word" in done.stdout
    laws = call(
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "tests/metrics/test_laws.py",
        "tests/models/test_laws.py",
        "-k",
        "first_word or last_sentence",
    )
    assert laws.returncode == 0, laws.stdout
    assert int(re.search(r"(\d+) passed", laws.stdout)[1]) >= 8, laws.stdout
    lint = call("-m", "ruff", "check", "bench/metrics/first_word.py", "bench/models/last_sentence.py")
    assert lint.returncode == 0, lint.stdout
