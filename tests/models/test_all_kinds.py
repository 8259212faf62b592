"""The same items through every kind of model, scored by the same metrics, comparable with each other."""

from __future__ import annotations

import asyncio
import json
import threading

import pytest

from bench.api import load_dataset, run
from bench.comparing.comparable import differences
from bench.models.callable import Callable
from bench.models.causal import Causal
from bench.models.extractive import Extractive
from bench.models.openai import OpenAI
from bench.models.recorded import Recorded
from bench.models.seq2seq import Seq2Seq
from tests.models import extractive_makers, generation_makers
from tests.models.served import Server

pytestmark = pytest.mark.medium
N = 20


@pytest.fixture(scope="module")
def suite():
    return load_dataset("dateline")


@pytest.fixture
def models(tmp_path, monkeypatch, suite):
    """One model of each kind, with what it needs."""
    (tmp_path / "my_reader.py").write_text("def answer(request):\n    return request.context.split('.')[0]\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "answers.json").write_text(json.dumps({item.id: "not stated" for item in suite.items}))
    extractive_makers.save_tiny("bert", tmp_path / "encoder")
    generation_makers.save_tiny("t5", tmp_path / "t5")
    generation_makers.save_tiny("llama", tmp_path / "llama", positions=4096, chat=True)
    ready, stop = threading.Event(), threading.Event()
    server = Server()

    async def serve():
        async with server:
            ready.set()
            while not stop.is_set():
                await asyncio.sleep(0.005)

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    ready.wait()
    yield {
        "extractive": Extractive(name=str(tmp_path / "encoder"), window=128, stride=32),
        "seq2seq": Seq2Seq(name=str(tmp_path / "t5"), max_new_tokens=6),
        "causal": Causal(name=str(tmp_path / "llama"), max_new_tokens=6),
        "openai": OpenAI(base_url=server.url, name="m"),
        "recorded": Recorded(path=str(tmp_path / "answers.json")),
        "callable": Callable(function="my_reader:answer"),
    }
    stop.set()
    thread.join()


def test_the_same_items_through_every_kind(models, suite, tmp_path):
    views = {
        name: run(suite, model, limit=N, results_dir=tmp_path / "results") for name, model in models.items()
    }
    first = views["recorded"]
    for name, view in views.items():
        assert len(view.scores) == N, name
        assert view.summary.counts["failed"] == 0, name
        assert [s.key for s in view.scores] == [s.key for s in first.scores], name
        assert all("correct" in s.values for s in view.scores), name
        assert differences(first, view) == [], name
    assert first.summary.counts["abstained"] == N
    counted = {name for name, view in views.items() if view.usage is not None}
    assert counted == {"extractive", "seq2seq", "causal", "openai"}
