"""Two encoders on two data sets through the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers import ROOT
from tests.models.extractive_makers import save_tiny
from tests.models.extractive_text import SENTENCES

pytest.importorskip("torch")
pytestmark = pytest.mark.medium


def test_two_readers_on_two_data_sets_end_in_one_table(tmp_path: Path) -> None:
    readers = [str(save_tiny(kind, tmp_path / f"tiny-{kind}")) for kind in ("bert", "roberta")]
    question = {"id": "q1", "question": "Who closed the port?"}
    answers = [{"text": "Ines Calloway", "answer_start": SENTENCES[0].index("Ines")}]
    paragraph = {"context": SENTENCES[0], "qas": [{**question, "answers": answers, "is_impossible": False}]}
    data = {"version": "v2.0", "data": [{"title": "Port", "paragraphs": [paragraph]}]}
    (tmp_path / "port.json").write_text(json.dumps(data))
    words = [
        "run", "-m", "model=extractive", f"model.name={','.join(readers)}", "dataset=dateline,squad",
        f"dataset.path={tmp_path / 'port.json'}", "model.window=128", "model.stride=32", "limit=2",
        f"results_dir={tmp_path / 'results'}",
    ]  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "bench", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    found = {(p.parts[-4], p.parts[-3]) for p in (tmp_path / "results" / "runs").rglob("predictions.jsonl")}
    names = {f"extractive-tiny-{kind}" for kind in ("bert", "roberta")}
    assert found == {(data_set, name) for data_set in ("dateline", "port") for name in names}
    assert all(done.stdout.count(name) >= 2 for name in names)
