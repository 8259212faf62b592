"""Generators that know something, taught in the test and run as a person would."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from bench.build import build, read_config
from bench.datasets.dateline import load
from bench.prompts import request_for
from tests.helpers import dateline, write_suite
from tests.models.generation_makers import save_tiny, teach

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.medium

ANSWERS = {"two-boats-q001": "Ines Calloway", "two-boats-q002": "Two", "two-boats-q003": "not stated"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A suite of three items, and a causal and a sequence-to-sequence model that answer them."""
    folder = tmp_path_factory.mktemp("taught")
    suite = load(str(write_suite(folder / "suite")))
    articles = {a.id: a for a in suite.articles}
    prompt = build(read_config("prompt", "zero_shot"), "prompt")
    asked = [request_for(item, articles[item.article_id], prompt) for item in suite.items]
    pairs = [(r.prompt, f" {ANSWERS[r.key.item_id]}") for r in asked]
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    for kind in ("llama", "t5"):
        teach(save_tiny(kind, folder / kind, spread=0.2), pairs)
    torch.set_num_threads(before)
    return folder


def rows(place: Path, results: str) -> list[dict[str, Any]]:
    (file,) = (place / results).glob("runs/*/*/*/predictions.jsonl")
    return [json.loads(line) for line in file.read_text().splitlines()]


@pytest.mark.parametrize(("model", "name"), [("causal", "llama"), ("seq2seq", "t5")])
def test_one_command_asks_seals_and_scores(model: str, name: str, place: Path) -> None:
    words = (
        f"model={model}",
        f"model.name={name}",
        "model.device=cpu",
        "dataset.path=suite",
        f"results_dir={model}",
    )
    done = dateline("run", *words, cwd=place)
    assert done.returncode == 0, done.stderr
    assert "100.0" in done.stdout
    given = rows(place, model)
    assert [row["text"].strip() for row in given] == list(ANSWERS.values())
    assert {row["finish_reason"] for row in given} == {"stop"}
    assert all(row["tokens_in"] == row["tokens_kept"] for row in given)
    if model == "causal":
        assert "nobody was asked again" in dateline("run", *words, cwd=place).stderr


def test_a_model_of_ones_own_is_one_yaml(place: Path) -> None:
    (place / "conf" / "model").mkdir(parents=True)
    (place / "conf" / "model" / "mine.yaml").write_text(
        "# My reader\ndefaults:\n  - causal\nname: llama\ndevice: cpu\nmax_new_tokens: 12\n"
    )
    done = dateline(
        "run", "--config-dir", "conf", "model=mine", "dataset.path=suite", "results_dir=mine", cwd=place
    )
    assert done.returncode == 0, done.stderr
    assert [row["text"].strip() for row in rows(place, "mine")] == list(ANSWERS.values())


def test_a_short_window_is_said_on_the_console_in_the_report_and_per_item(place: Path) -> None:
    words = (
        "model=causal",
        "model.name=llama",
        "model.device=cpu",
        "model.max_new_tokens=8",
        "dataset.path=suite",
    )
    whole = max(row["tokens_in"] for row in rows(place, "causal")) if (place / "causal").exists() else 200
    done = dateline("run", *words, f"model.window={whole - 10}", "results_dir=short", cwd=place)
    assert done.returncode == 0, done.stderr
    assert "did not fit and were shortened" in " ".join(done.stdout.split())
    assert all(
        row["context_kept"] > 0 and row["tokens_kept"] < row["tokens_in"] for row in rows(place, "short")
    )
    (report,) = (place / "short").glob("runs/*/*/*/scores/*/report.md")
    assert "**Cut**: 3 of 3 prompts did not fit" in report.read_text()


def test_replicates_need_sampling_and_differ(place: Path) -> None:
    words = (
        "model=causal",
        "model.name=llama",
        "model.device=cpu",
        "model.max_new_tokens=6",
        "dataset.path=suite",
    )
    done = dateline("run", *words, "replicates=3", cwd=place)
    assert done.returncode == 2
    assert "replicates=3" in done.stderr
    assert "model.temperature" in done.stderr
    hot = dateline("run", *words, "replicates=3", "model.temperature=8", "results_dir=hot", cwd=place)
    assert hot.returncode == 0, hot.stderr
    assert len({row["text"] for row in rows(place, "hot")}) > 3


def test_order_of_questions_and_company_change_no_taught_answer(place: Path) -> None:
    from bench.models.causal import Causal

    suite = load(str(place / "suite"))
    prompt = build(read_config("prompt", "zero_shot"), "prompt")
    asked = [request_for(item, None, prompt) for item in suite.items]
    random.Random(2).shuffle(asked)
    model = Causal(name=str(place / "llama"), device="cpu", batch_tokens=1)
    assert {p.key.item_id: p.text.strip() for p in model.predict(asked)} == ANSWERS
