"""How long `dateline --help` takes as a whole process. Usage: python benchmarks/startup.py"""

import sys
from pathlib import Path

from _timing import median_wall

ROOT = Path(__file__).parents[1]

if __name__ == "__main__":
    for words in (["--help"], ["list"], ["run", "--help"]):
        middle, low, high = median_wall([sys.executable, "-m", "bench", *words], 11, cwd=ROOT)
        print(f"dateline {' '.join(words):<12} {middle:.3f} s  ({low:.3f}–{high:.3f})")
