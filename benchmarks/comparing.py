"""How fast runs are compared: permutation draws on many items, many models, whole processes.

Usage: python benchmarks/comparing.py draws|models|process

draws    10,000 draws on a million items: paired test, max-t and rank sets of two models
models   50 models on 2,000 items: all 1,225 pairs by max-t, and rank sets
process  `dateline compare` as a process on two folders of scored answers
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

DRAWS = 10_000


def timed(what, call, runs=3):
    """Print the medians of CPU and wall time."""
    cpu, wall = [], []
    for _ in range(runs):
        at, since = time.process_time(), time.perf_counter()
        call()
        cpu.append(time.process_time() - at)
        wall.append(time.perf_counter() - since)
    print(f"| {what} | {statistics.median(cpu):.2f} | {statistics.median(wall):.2f} |", flush=True)


def outcomes(rng, models, articles, size):
    """Right/wrong with rates that vary by model and by article; labels; classes, four in five answerable."""
    rates = np.clip(rng.uniform(0.4, 0.8, (models, 1)) + rng.normal(0, 0.1, (models, articles)), 0.01, 0.99)
    scores = (rng.random((models, articles * size)) < np.repeat(rates, size, axis=1)).astype(float)
    labels = np.repeat(np.arange(articles), size)
    return scores, labels, np.arange(articles * size) % 5 != 0


def draws():
    from bench.stats.multiple import westfall_young
    from bench.stats.paired import paired_headline
    from bench.stats.ranks import rank_sets

    print("| 10,000 draws, 1,000,000 items | CPU s | wall s |\n|---|---:|---:|")
    rng = np.random.default_rng(0)
    for articles in (50_000, 1_000):
        both, labels, flags = outcomes(rng, 2, articles, 1_000_000 // articles)
        name, how = f"{articles:,} articles", {"answerable": flags, "draws": DRAWS}
        timed(f"paired headline, {name}", partial(paired_headline, *both, labels, **how))
        timed(f"max-t, {name}", partial(westfall_young, both, labels, **how))
        timed(f"rank sets, {name}", partial(rank_sets, both, labels, **how))


def models():
    from bench.stats.multiple import westfall_young
    from bench.stats.ranks import rank_sets

    print("| 50 models, 2,000 items, 1,225 pairs, 10,000 draws | CPU s | wall s |\n|---|---:|---:|")
    scores, labels, flags = outcomes(np.random.default_rng(0), 50, 100, 20)
    timed("max-t of all pairs", lambda: westfall_young(scores, labels, answerable=flags, draws=DRAWS))
    timed("rank sets", lambda: rank_sets(scores, labels, answerable=flags, draws=DRAWS))


def process():
    print("| dateline compare, whole process | CPU s | wall s |\n|---|---:|---:|")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for n in (500, 10_000):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            _write_answers(folder, n)
            for side in "ab":
                words = (
                    "score",
                    "dataset=jsonl",
                    "dataset.path=items.jsonl",
                    f"predictions={side}.jsonl",
                    f"out={side}",
                )
                command = [sys.executable, "-m", "bench", *words]
                subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
            for out in ((), ("out=report",)):
                command = [sys.executable, "-m", "bench", "compare", "a=a", "b=b", *out]
                cpu, wall = [], []
                for _ in range(5):
                    before, since = os.times(), time.perf_counter()
                    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
                    after = os.times()
                    wall.append(time.perf_counter() - since)
                    cpu.append(
                        after.children_user
                        + after.children_system
                        - before.children_user
                        - before.children_system
                    )
                label = f"{n:,} items{', with out=' if out else ''}"
                print(
                    f"| {label} | {statistics.median(cpu):.2f} | {statistics.median(wall):.2f} |", flush=True
                )


def _write_answers(folder, n):
    """`n` items on articles of 20, and two systems that are right on 70 and 75 %."""
    rng = np.random.default_rng(1)
    with (
        (folder / "items.jsonl").open("w") as items,
        (folder / "a.jsonl").open("w") as a,
        (folder / "b.jsonl").open("w") as b,
    ):
        for i in range(n):
            names = [f"Person{i // 20}{chr(65 + k)}" for k in range(20)]
            context = " ".join(f"{name} came at {k + 3} in the morning." for k, name in enumerate(names))
            row = {"id": f"q{i}", "question": f"Who came as number {i % 20}?", "context": context,
                   "article_id": f"a{i // 20}"}  # fmt: skip
            row |= {"answer": names[i % 20], "answer_type": "person"} if i % 5 else {"answerable": False}
            items.write(json.dumps(row) + "\n")
            for stream, rate in ((a, 0.70), (b, 0.75)):
                said = (names[i % 20] if i % 5 else "") if rng.random() < rate else names[i % 20 - 1]
                stream.write(json.dumps({"id": f"q{i}", "text": said}) + "\n")


if __name__ == "__main__":
    {"draws": draws, "models": models, "process": process}[sys.argv[1]]()
