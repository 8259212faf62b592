"""Finding runs: by glob, by path, or by the label given with name=…"""

from __future__ import annotations

import fnmatch
from pathlib import Path

from bench.errors import UsageError, nearest
from bench.store.runs import MANIFEST, PLAN, RunDir


def all_runs(results: Path) -> list[RunDir]:
    """Every run under `results/runs`, open ones included, in path order."""
    root = results / "runs"
    found = {p.parent for name in (MANIFEST, PLAN) for p in root.glob(f"*/*/*/{name}")}
    return [RunDir(p) for p in sorted(found)]


def find_runs(results: Path, wanted: str | list[str]) -> list[RunDir]:
    """The runs that a path, a glob (over dataset/model/digest) or a label names; UsageError when none do."""
    runs = all_runs(results)
    out: list[RunDir] = []
    for word in [wanted] if isinstance(wanted, str) else wanted:
        hits = [r for r in runs if _named(r, word, results)]
        if not hits:
            labels = sorted({n for r in runs for n in r.names()} | {r.path.parent.name for r in runs})
            raise UsageError(f"no run matches {word!r} under {results}/runs{nearest(word, labels)}")
        out += [r for r in hits if r not in out]
    return out


def _named(run: RunDir, word: str, results: Path) -> bool:
    if word in run.names():
        return True
    if Path(word).resolve() == run.path.resolve():
        return True
    relative = run.path.relative_to(results / "runs")
    model = run.path.parent.name
    named = word in (model, run.path.name) or relative.match(word) or run.path.match(word)
    return named or fnmatch.fnmatchcase(relative.as_posix(), word)
