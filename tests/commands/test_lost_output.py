"""A reader that leaves, and a full disk under stdout: the work is done all the same, and its exit code kept."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ARTICLE = {"context": "Anna won.", "qas": [
    {"id": name, "question": "Who won?", "is_impossible": False, "answers": [{"text": "Anna", "answer_start": 0}]} for name in "ab"
]}  # fmt: skip


@pytest.fixture
def command(tmp_path: Path) -> str:
    """A command that exits with 4, as one answer is missing."""
    (tmp_path / "d.json").write_text(
        json.dumps({"version": "v2.0", "data": [{"title": "t", "paragraphs": [ARTICLE]}]})
    )
    (tmp_path / "p.json").write_text('{"a": "Anna"}')
    return f"{sys.executable} -m bench score dataset=squad dataset.path=d.json predictions=p.json out=o"


@pytest.mark.parametrize("pipe", ["2>&1 | true", "| head -n 1", "2>&1 | head -n 1"])
def test_a_reader_that_leaves_changes_neither_files_nor_exit_code(
    command: str, pipe: str, tmp_path: Path
) -> None:
    whole = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, check=False)
    files = {path.name: path.read_bytes() for path in (tmp_path / "o").iterdir()}
    cut = subprocess.run(
        f"{command.removesuffix('out=o')}out=cut {pipe}; exit ${{PIPESTATUS[0]}}",
        shell=True, cwd=tmp_path, capture_output=True, check=False, executable="/bin/bash",
    )  # fmt: skip
    assert whole.returncode == cut.returncode == 4
    assert {path.name for path in (tmp_path / "cut").iterdir()} == set(files)
    assert (tmp_path / "cut" / "scores.jsonl").read_bytes() == files["scores.jsonl"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_under_stdout_is_said_once_the_work_is_done(command: str, tmp_path: Path) -> None:
    whole = command.replace("p.json", "q.json")
    (tmp_path / "q.json").write_text('{"a": "Anna", "b": "Anna"}')
    done = subprocess.run(
        f"{whole} > /dev/full", shell=True, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 9
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "o" / "scores.jsonl").read_text().count("\n") == 2
