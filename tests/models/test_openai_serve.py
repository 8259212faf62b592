"""A real server: `transformers serve` on loopback with a model made here, driven through the command line."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.helpers import dateline, write_suite
from tests.models.generation_makers import plain_tokens, save_tiny

pytestmark = pytest.mark.slow
MOST = 6  # tokens of an answer


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> Path:
    return save_tiny("llama", tmp_path_factory.mktemp("served") / "tiny", chat=True)


@pytest.fixture(scope="module")
def url(model: Path, tmp_path_factory):
    """The address of the server; it is offline and keeps its files in a folder of the test."""
    home, port = tmp_path_factory.mktemp("home"), free_port()
    env = {**os.environ, "HF_HOME": str(home), "HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_UPDATE_CHECK": "1"}
    program = shutil.which("transformers", path=str(Path(sys.executable).parent))
    assert program, "pip install 'transformers[serving]' (requirements-dev.txt)"
    command = [program, "serve", str(model), "--host", "127.0.0.1", "--port", str(port), "--device", "cpu"]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(command, env=env, stdout=log, stderr=log)
        try:
            deadline = time.monotonic() + 240
            while not healthy(port):
                assert process.poll() is None, (home / "log").read_text()
                assert time.monotonic() < deadline, (home / "log").read_text()
                time.sleep(0.5)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            process.terminate()
            process.wait(30)


def healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2) as reply:
            return reply.status == 200
    except OSError:
        return False


def predictions(folder: Path) -> list[dict]:
    (sealed,) = folder.glob("runs/*/*/*/predictions.jsonl")
    return [json.loads(line) for line in sealed.read_text().splitlines()]


def test_chat_from_the_command_to_the_report(url, model, tmp_path):
    write_suite(tmp_path / "suite")
    words = ("run", "model=openai", f"model.base_url={url}", f"model.name={model}", "model.revision=seed-0",
             f"model.max_tokens={MOST}", "dataset.path=suite", "model.logprobs=true")  # fmt: skip
    done = dateline(*words, cwd=tmp_path, timeout=300)
    assert done.returncode == 0, done.stderr
    assert "no log-probabilities for 3 of 3 answers" in done.stderr, "this server ignores the field"
    rows = predictions(tmp_path / "results")
    assert [row["text"] for row in rows] == [expected(model, prompt) for prompt in prompts(tmp_path)]
    assert {row["tokens_out"] for row in rows} <= set(range(1, MOST + 1))
    assert all(row["tokens_in"] > 50 for row in rows)
    again = dateline(*words, cwd=tmp_path, timeout=300)
    assert "nobody was asked again" in again.stderr


def prompts(place: Path) -> list[str]:
    """What the run asked, as the sealed data and the shipped prompt say."""
    from bench.api import load_dataset
    from bench.build import build, read_config
    from bench.runner import plan_requests

    suite = load_dataset("dateline", {"path": str(place / "suite")})
    return [r.prompt for r in plan_requests(suite, build(read_config("prompt", "zero_shot"), "prompt"))]


def expected(folder: Path, prompt: str) -> str:
    """The greedy answer to a user's message, worked out without any server."""
    from transformers import AutoTokenizer

    words = AutoTokenizer.from_pretrained(folder)
    chat = [{"role": "user", "content": prompt}]
    ids = words.apply_chat_template(chat, add_generation_prompt=True, return_dict=True)["input_ids"]
    return words.decode(plain_tokens(folder, ids, MOST), skip_special_tokens=True)


def test_plain_completions_and_a_wrong_name(url, model, tmp_path):
    write_suite(tmp_path / "suite")
    words = ("run", "model=openai", f"model.base_url={url}", f"model.max_tokens={MOST}", "dataset.path=suite")
    plain = dateline(*words, f"model.name={model}", "model.endpoint=completions", cwd=tmp_path, timeout=300)
    assert plain.returncode == 0, plain.stderr
    assert all(row["finish_reason"] in ("stop", "length") for row in predictions(tmp_path / "results"))
    wrong = dateline(*words, "model.name=another", "results_dir=wrong", cwd=tmp_path, timeout=300)
    assert wrong.returncode == 4
    assert "bad_request" in wrong.stderr
    astray = dateline(
        *words[:2],
        f"model.base_url={url}/v1",
        f"model.name={model}",
        "dataset.path=suite",
        cwd=tmp_path,
        timeout=300,
    )
    assert astray.returncode == 2
    assert "which mostly ends in /v1" in astray.stderr
