"""Median wall time of a whole process over several runs, after one warm-up."""

import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path


def median_wall(
    command: Sequence[str], runs: int, before: Callable[[], None] | None = None, cwd: Path | None = None
):
    """(median, minimum, maximum) seconds; `before` runs uncounted before each."""
    times = []
    for n in range(runs + 1):
        if before:
            before()
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, cwd=cwd)
        if n:
            times.append(time.perf_counter() - started)
    return statistics.median(times), min(times), max(times)
