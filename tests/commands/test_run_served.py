"""`dateline run model=openai` as a person uses it: real processes, a real server on loopback."""

import asyncio
import json
import os
import signal
import subprocess
import threading
import time

import pytest

from tests.helpers import ROOT, dateline, interruptible, tree, write_suite
from tests.models.served import Server, answer, error, raw, said, send

pytestmark = pytest.mark.medium

KEY = "sk-proj-abcdefghijklmnopqrstuvwxyz012345"
PLAIN_KEY = "no-shape-that-anybody-knows"
ARTICLES = ("two-boats", "three-boats", "four-boats")


def by_question(text):
    """Answers every question of the test suite, told apart by its words."""
    return "Ines Calloway" if "Who closed" in text else "two" if "How many" in text else "not stated"


async def read_and_answer(server, writer, asked):
    body = answer("x", id=f"chatcmpl-{len(server.log)}")
    body["choices"][0]["message"]["content"] = by_question(said(asked.body))
    body["usage"] = {"prompt_tokens": 100, "completion_tokens": 2, "total_tokens": 102}
    if asked.body["model"] == "slow":
        await asyncio.sleep(0.3)
    writer.write(raw(200, body))
    return True


@pytest.fixture
def server():
    ready, stop = threading.Event(), threading.Event()
    found = Server(always=read_and_answer)

    async def serve():
        async with found:
            ready.set()
            while not stop.is_set():
                await asyncio.sleep(0.005)

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    ready.wait()
    yield found
    stop.set()
    thread.join()


@pytest.fixture
def place(tmp_path):
    write_suite(tmp_path / "suite", ARTICLES)
    for path in (tmp_path / "suite").glob("*.toml"):  # the same question on the same text is the same request
        path.write_text(path.read_text().replace("Brennick", path.stem.title()))
    return tmp_path


def words(server, *more, name="m"):
    return (
        "run",
        "model=openai",
        f"model.base_url={server.url}",
        f"model.name={name}",
        "dataset.path=suite",
        *more,
    )


def test_the_shortest_command_asks_seals_scores_and_counts(server, place):
    done = dateline(*words(server, "model.price_in=1", "model.price_out=10"), cwd=place)
    assert done.returncode == 0, done.stderr
    assert "100.0  balanced accuracy" in done.stdout
    assert "900 tokens in, 18 out, $0.0011" in " ".join(done.stdout.split())
    assert "seconds per item" in done.stdout
    assert len(server.log) == 9
    (run,) = (place / "results").glob("runs/*/openai-m/*")
    (report,) = run.glob("scores/*/report.md")
    assert "900 tokens in, 18 out, US$ 0.0011." in report.read_text()
    assert "seconds" not in report.read_text(), "a sealed report has no clock in it"
    assert "Unpinned model" in report.read_text()
    shown = dateline("runs", "format=json", cwd=place)
    (row,) = json.loads(shown.stdout)
    assert row["usage"]["tokens_in"] == 900
    assert row["seconds"]["n"] == 9


def test_an_unpinned_model_is_asked_anew_and_nothing_of_it_is_kept(server, place):
    for expected in (9, 18):
        assert dateline(*words(server), cwd=place).returncode == 0
        assert len(server.log) == expected
    assert len(list((place / "results").glob("runs/*/*/*/manifest.json"))) == 2
    assert not (place / "results" / "cache").exists()


def test_a_part_answered_before_is_taken_from_the_cache(server, place):
    pinned = words(server, "model.revision=r1")
    assert dateline(*pinned, "limit=4", cwd=place).returncode == 0
    planned = dateline(*pinned, "plan=true", "model.price_in=1", "model.price_out=1", cwd=place)
    assert "4 more in the cache" in planned.stdout
    assert "if all 5 answers are as long as allowed" in " ".join(planned.stdout.split())
    done = dateline(*pinned, cwd=place)
    assert "4 stand in the cache of answers (cache=false asks anew); asking 5" in done.stderr
    assert len(server.log) == 9
    assert dateline(*pinned, "cache=false", "results_dir=other", cwd=place).returncode == 0
    assert len(server.log) == 18
    assert not (place / "other" / "cache").exists()


def test_failed_items_are_sealed_exit_4_and_only_they_are_asked_again(server, place):
    server.script["Answer:"] = [error(400, "no such field"), send(200, b"<html>", "Content-Type: text/html")]
    pinned = words(server, "model.revision=r1")
    done = dateline(*pinned, cwd=place)
    assert done.returncode == 4
    assert "2 of 9 items failed" in done.stderr
    (sealed,) = (place / "results").glob("runs/*/*/*/predictions.jsonl")
    types = sorted(
        row["error"]["type"]
        for line in sealed.read_text().splitlines()
        if "error" in (row := json.loads(line))
    )
    assert types == ["bad_reply", "bad_request"]
    again = dateline(*pinned, cwd=place)
    assert again.returncode == 0, again.stderr
    assert len(server.log) == 11


def test_a_used_up_quota_stops_with_what_is_answered_kept(server, place):
    stop = error(429, "You exceeded your current quota", code="insufficient_quota")
    server.script["Answer:"] = [read_and_answer] * 4 + [stop] * 99
    pinned = words(server, "model.revision=r1", "model.concurrency=1")
    done = dateline(*pinned, cwd=place)
    assert done.returncode == 4
    assert "the quota is used up" in done.stderr
    server.script.clear()
    again = dateline(*pinned, cwd=place)
    assert again.returncode == 0
    assert "4 were answered before" in again.stderr
    assert len(server.log) == 5 + 5


def sealed(results):
    """Everything of a run but its clock."""
    return {n: d for n, d in tree(results / "runs").items() if not n.endswith("timing.jsonl")}


def test_ctrl_c_leaves_a_run_that_goes_on(server, place):
    pinned = words(server, "model.revision=r1", "model.concurrency=1", name="slow")
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        interruptible(*pinned),
        cwd=place,
        env=env,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    while len(server.log) < 4:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=30)
    assert process.returncode == 130, stderr
    asked = len(server.log)
    assert asked < 9
    done = dateline(*pinned, cwd=place)
    assert done.returncode == 0, done.stderr
    assert len(server.log) <= 9 + 1, "only what was under way is asked twice"
    assert dateline(*pinned, "cache=false", "results_dir=undisturbed", cwd=place).returncode == 0
    assert sealed(place / "undisturbed") == sealed(place / "results")


def test_a_key_is_nowhere_in_files_output_or_traces(server, place):
    async def tell(server, writer, asked):
        return await error(400, f"bad header {asked.headers['authorization']}")(server, writer, asked)

    async def refuse(server, writer, asked):
        return await error(401, f"wrong key {asked.headers['authorization']}")(server, writer, asked)

    keyed = words(server, "model.api_key_env=BENCH_KEY", "model.revision=r1")
    outputs = []
    for always, key in ((read_and_answer, PLAIN_KEY), (tell, PLAIN_KEY), (tell, KEY), (refuse, PLAIN_KEY)):
        server.always = always
        done = dateline(*keyed, f"results_dir=r{len(outputs)}", cwd=place, env={"BENCH_KEY": key})
        outputs.append((done.returncode, done.stdout + done.stderr))
    assert [code for code, _ in outputs] == [0, 4, 4, 2]
    assert server.log[0].headers["authorization"] == f"Bearer {PLAIN_KEY}"
    everything = "".join(text for _, text in outputs).encode() + b"".join(tree(place).values())
    assert PLAIN_KEY.encode() not in everything
    assert KEY.encode() not in everything
    assert b"[redacted]" in everything


def test_a_key_on_the_command_line_is_refused_and_not_written(server, place):
    for word in (
        f"model.api_key={KEY}",
        f"model.api_key_env={KEY}",
        f"model.base_url=http://u:{KEY}@h/v1",
    ):
        done = dateline(*words(server), word, cwd=place)
        assert done.returncode == 2, done.stderr
        assert KEY not in done.stdout + done.stderr
    assert not (place / "results").exists()


def test_a_key_that_is_not_set_stops_before_anything_is_written(server, place):
    done = dateline(*words(server, "model.api_key_env=NOBODY_SET_THIS"), cwd=place)
    assert done.returncode == 2
    assert "the environment has no variable of that name" in done.stderr
    assert not (place / "results").exists()
    assert server.log == []
