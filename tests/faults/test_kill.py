"""F01: SIGKILL anywhere in a run; the same command then ends in the same bytes, and asks no finished item again."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.helpers import ROOT, dateline, interruptible, tree, write_suite

READER = """
import os, time
from pathlib import Path

def answer(request):
    time.sleep(float(os.environ.get("READER_DELAY", "0")))
    with open(os.environ["READER_LOG"], "a") as log:
        log.write(request.key.item_id + "\\n")
    return request.context.split()[len(request.question) % 7]
"""
N_ARTICLES = 8  # three items each
WORDS = (
    "run",
    "model=callable",
    "model.function=slow_reader:answer",
    "allow_external_code=true",
    "dataset.path=suite",
)


def start(cwd: Path, results: str, log: str, delay: float) -> subprocess.Popen:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "READER_LOG": str(cwd / log), "READER_DELAY": str(delay)}
    command = interruptible(*WORDS, f"results_dir={results}")
    return subprocess.Popen(
        command,
        cwd=cwd,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def sealed(results: Path) -> dict[str, bytes]:
    """Everything of a run but its clock."""
    return {name: data for name, data in tree(results).items() if not name.endswith("timing.jsonl")}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kill")
    write_suite(folder / "suite", tuple(f"port-{chr(97 + n)}" for n in range(N_ARTICLES)))
    (folder / "slow_reader.py").write_text(READER)
    process = start(folder, "undisturbed", "undisturbed.log", 0)
    assert process.wait(60) == 0
    return folder


def appended(results: Path) -> int:
    return sum(p.read_bytes().count(b"\n") for p in results.glob("runs/*/*/*/segments/*.log"))


def kill_at(place: Path, number: int, name: str) -> None:
    process = start(place, name, f"{name}.log", 0.05)
    deadline = time.monotonic() + 60
    while appended(place / name) < number and process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.003)
    # after the last append it may have ended since, which `send_signal` heeds
    process.send_signal(signal.SIGKILL)
    assert process.wait() in (-signal.SIGKILL, 0)


def check_resumed(place: Path, name: str) -> None:
    done = dateline(*WORDS, f"results_dir={name}", cwd=place, env={"READER_LOG": str(place / f"{name}.log")})
    assert done.returncode == 0, done.stderr
    assert sealed(place / name) == sealed(place / "undisturbed")
    asked = (place / f"{name}.log").read_text().split()
    again = len(asked) - len(set(asked))
    assert again <= 1, "only the item in flight may be asked twice"
    assert len(set(asked)) == 3 * N_ARTICLES


@pytest.mark.medium
@pytest.mark.parametrize("number", [1, 12, 23])
def test_killed_run_resumes_to_the_same_bytes(place, number):
    kill_at(place, number, f"killed-{number}")
    check_resumed(place, f"killed-{number}")


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 2, 4, 7, 9, 13, 16, 18, 20, 24])
def test_ten_kills_between_first_and_last_append(place, number):
    kill_at(place, number, f"slow-{number}")
    check_resumed(place, f"slow-{number}")


@pytest.mark.medium
def test_killed_twice_then_finished(place):
    kill_at(place, 5, "twice")
    kill_at(place, 15, "twice")
    done = dateline(*WORDS, "results_dir=twice", cwd=place, env={"READER_LOG": str(place / "twice.log")})
    assert done.returncode == 0
    assert sealed(place / "twice") == sealed(place / "undisturbed")
    asked = (place / "twice.log").read_text().split()
    assert len(asked) - len(set(asked)) <= 2


@pytest.mark.medium
def test_leftovers_of_a_kill_after_the_seal_are_removed(place):
    """Killed inside a replacement, or between the seal and the removal of what the open run was made of."""
    name = "leftovers"
    words = (*WORDS, f"results_dir={name}")
    env = {"READER_LOG": str(place / f"{name}.log")}
    assert dateline(*words, cwd=place, env=env).returncode == 0
    [run] = (place / name).glob("runs/*/*/*")
    [scores], [snapshot] = run.glob("scores/*"), (place / name).glob("datasets/*")
    (run / "segments").mkdir()
    (run / "segments" / "0001.log").write_bytes(b"00000000\t{}\n")
    for file in (run / "plan.json", run / ".manifest.json.7.tmp", scores / ".scores.jsonl.7.tmp"):
        file.write_bytes(b"{")
    (snapshot / "dataset.json").rename(snapshot / ".dataset.json.7.tmp")
    check_resumed(place, name)


@pytest.mark.medium
def test_sealed_run_is_not_asked_again(place):
    before = (place / "undisturbed.log").read_bytes()
    done = dateline(
        *WORDS, "results_dir=undisturbed", cwd=place, env={"READER_LOG": str(place / "undisturbed.log")}
    )
    assert done.returncode == 0
    assert "nobody was asked again" in done.stderr
    assert (place / "undisturbed.log").read_bytes() == before


@pytest.mark.medium
def test_interrupt_leaves_a_run_that_goes_on(place):
    process = start(place, "interrupted", "interrupted.log", 0.5)  # far from done when the signal comes
    while appended(place / "interrupted") < 4:
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 130
    check_resumed(place, "interrupted")


@pytest.mark.medium
def test_second_process_is_told_who_holds_the_run(place):
    process = start(place, "busy", "busy.log", 5)
    while appended(place / "busy") < 1:
        time.sleep(0.005)
    done = dateline(*WORDS, "results_dir=busy", cwd=place, env={"READER_LOG": str(place / "busy.log")})
    process.kill()
    process.wait()
    assert done.returncode == 8
    assert str(process.pid) in done.stderr
