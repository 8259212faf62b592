"""`dateline gate` on 10,000 items of 500 articles as a whole process: a sealed run against a committed baseline.

The answers of baseline and candidate differ on a tenth of the items. Also: the same after a gold answer was
mended, so that the baseline's answers are scored again. CPU time of the process (user + system) and wall time.

Usage: python benchmarks/gate.py [items]
"""

import csv
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
RUNS = 5


def main(items: int) -> None:
    """Make data, runs and a baseline, then time the gate."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_data(folder, items, "vessels")
        for label, moved in (("before", 0), ("after", 1)):
            answers = {f"q{n}": f"{n + (moved if n % 10 == 0 else 0) + 1} boats" for n in range(items)}
            (folder / f"{label}.json").write_text(json.dumps(answers))
            call(folder, "run", "model=recorded", f"model.path={label}.json", "dataset=csv", "dataset.path=own.csv",
                 f"name={label}")  # fmt: skip
        call(folder, "gate", "baseline=main", "candidate=before", "accept=true", "reason=first")
        report(f"{items} items", folder, "baseline=main", "candidate=after")
        report(f"{items} items, out=", folder, "baseline=main", "candidate=after", "out=gate")
        write_data(folder, items, "ships")
        call(folder, "score", "runs=after")
        report(f"{items} items, baseline scored again", folder, "baseline=main", "candidate=after")


def write_data(folder: Path, items: int, noun: str) -> None:
    """Own data, 20 items to an article."""
    with (folder / "own.csv").open("w", newline="", encoding="utf-8") as stream:
        rows = csv.writer(stream)
        rows.writerow(["id", "article_id", "question", "context", "answers"])
        for n in range(items):
            context = f"In report {n // 20} the mayor of Town {n // 20} said on Monday that {n + 1} boats had come back."
            question = f"How many boats came back in case {n}?"
            gold = json.dumps([{"canonical": f"{n + 1} boats", "aliases": [f"{n + 1} {noun}"]}])
            rows.writerow([f"q{n}", f"a{n // 20}", question, context, gold])


def call(folder: Path, *words: str) -> None:
    """Run one command; a gate may end with 5."""
    done = subprocess.run(
        [sys.executable, "-m", "bench", *words],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode not in (0, 5):
        raise SystemExit(done.stderr)


def report(what: str, folder: Path, *words: str) -> None:
    """Medians over several runs after one warm-up."""
    cpu, wall = [], []
    for n in range(RUNS + 1):
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        call(folder, "gate", *words)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if n:
            cpu.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
            wall.append(time.perf_counter() - started)
    print(f"{what}: CPU {statistics.median(cpu):.2f} s, wall {statistics.median(wall):.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
