"""Check the seals of runs and bundles: every file is what was sealed, nothing is missing or left over"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from omegaconf import DictConfig

from bench.commands._console import complain, note, say
from bench.commands._nodes import results_root
from bench.store.baselines import verify_baseline
from bench.store.bundles import find_bundles
from bench.store.find import all_runs, find_runs
from bench.store.runs import RunDir, repair
from bench.store.verify import verify_run


@dataclass
class Config:
    """The keys of `dateline verify`; configs/verify.yaml says what they mean."""

    runs: Any = None
    repair: bool = False
    results_dir: str = "results"


def main(config: DictConfig) -> dict[str, Any]:
    """0 when every seal holds, else 9; open runs are reported and count as unfinished (4)."""
    results = results_root(config)
    runs, bundles = _meant(config.runs, results)
    code = 0
    for run in runs:
        if config.repair and not run.sealed and (dropped := repair(run)):
            note(f"{run.path}: {dropped} damaged records dropped; copies kept as *.damaged")
        if _say(run.path, verify_run(results, run)):
            code = max(code, 9 if run.sealed else 4)
    for bundle in bundles:
        if _say(bundle, verify_baseline(bundle)):
            code = 9
    if not runs and not bundles:
        say(f"no runs under {results}/runs")
    return {"code": code}


def _meant(runs: Any, results: Path) -> tuple[list[RunDir], list[Path]]:
    """Runs and bundles to check: those named, or all of a results folder."""
    if runs is None:
        return all_runs(results), find_bundles(results)
    words = [runs] if isinstance(runs, str) else [str(word) for word in runs]
    bundles = [folder for word in words for folder in find_bundles(Path(word))]
    others = [word for word in words if not find_bundles(Path(word))]
    return find_runs(results, others) if others else [], bundles


def _say(path: Path, findings: list[str]) -> bool:
    """Tell what was found; whether anything was."""
    for finding in findings:
        complain(finding)
    if not findings:
        say(f"ok  {path}")
    return bool(findings)
