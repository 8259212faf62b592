"""1,000 of one's own items through `abstain_all`, as a whole process: load, ask, seal, score, report.

Usage: python benchmarks/null_reader.py [items]
"""

import csv
import shutil
import sys
import tempfile
from pathlib import Path

from _timing import median_wall

ROOT = Path(__file__).parents[1]


def main(items: int) -> None:
    """Write the data, time the command on a fresh results folder each time."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (folder / "own.csv").open("w", newline="", encoding="utf-8") as stream:
            rows = csv.writer(stream)
            rows.writerow(["id", "article_id", "question", "context", "answer"])
            for n in range(items):
                context = f"In report {n // 20} the mayor of Town {n // 20} said on Monday that {n + 1} boats had come back."
                rows.writerow(
                    [
                        f"q{n}",
                        f"a{n // 20}",
                        f"How many boats came back in case {n}?",
                        context,
                        f"{n + 1} boats",
                    ]
                )
        command = [
            sys.executable, "-m", "bench", "run", "model=abstain_all", "dataset=csv",
            f"dataset.path={folder / 'own.csv'}", f"results_dir={folder / 'results'}",
        ]  # fmt: skip
        middle, low, high = median_wall(
            command, 5, before=lambda: shutil.rmtree(folder / "results", ignore_errors=True), cwd=ROOT
        )
        print(f"{items} items through abstain_all: {middle:.2f} s  ({low:.2f}–{high:.2f})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
