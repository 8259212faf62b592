"""What several tests need: a small suite on disk, a command line in a process, a slow reader."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
CANARY = "dateline-canary acc509d8-58f2-44c7-be65-b7867de14af5"

SOURCE = f'''schema = 1
canary = "{CANARY}"

[article]
id = "{{id}}"
version = 1
split = "test"
title = "Two boats and one harbour"
language = "en"
genre = "hard_news"
topic = "storm"
fictional = true
text_origin = "own_wording"
license = "CC-BY-4.0"
factual_basis = "invented"
text = """
Harbour master Ines Calloway closed the port of Brennick on Friday.
Two of the nine boats came back late.

The mayor, Oskar Lind, said up to 30 people had waited.
"""

[[item]]
id = "q001"
question = "Who closed the port?"
type = "person"
answer = "Ines Calloway"
reject = ["Oskar Lind"]
evidence = [1]
skills = ["who"]
difficulty = 1
group = "who"

[[item]]
id = "q002"
question = "How many boats were late?"
type = "number"
answer = "Two"
value = 2
unit = "boat"
reject = ["9", "30"]
evidence = [2]
skills = ["how_many"]
difficulty = 1

[[item]]
id = "q003"
question = "Who opened the port again?"
type = "none"
reason = "missing_info"
reject = ["Oskar Lind"]
evidence = [1]
skills = ["who"]
difficulty = 2
group = "who"
'''


_HEEDING = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from bench.__main__ import main; sys.exit(main(sys.argv[1:]))"
)


def interruptible(*words: str) -> list[str]:
    """`dateline words…` as a command that heeds SIGINT, even where a shell started the tests in the background."""
    return [sys.executable, "-c", _HEEDING, *words]


def write_suite(folder: Path, names: tuple[str, ...] = ("two-boats",)) -> Path:
    """A folder of authored sources, three items each."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / f"{name}.toml").write_text(SOURCE.replace("{id}", name), encoding="utf-8")
    return folder


def dateline(
    *words: str, cwd: Path, env: dict[str, str] | None = None, timeout: float = 120
) -> subprocess.CompletedProcess[str]:
    """`dateline words…` as a real process in `cwd`."""
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "140", **(env or {})}
    return subprocess.run(
        [sys.executable, "-m", "bench", *words],
        cwd=cwd,
        env=variables,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def tree(folder: Path) -> dict[str, bytes]:
    """Every file under a folder by its relative name."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
