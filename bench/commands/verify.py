"""Check the seals of runs: every file is what was sealed, nothing is missing or left over"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from omegaconf import DictConfig

from bench.commands._console import complain, note, say
from bench.commands._nodes import results_root
from bench.store.find import all_runs, find_runs
from bench.store.runs import repair
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
    found = all_runs(results) if config.runs is None else find_runs(results, config.runs)
    code = 0
    for run in found:
        if config.repair and not run.sealed and (dropped := repair(run)):
            note(f"{run.path}: {dropped} damaged records dropped; copies kept as *.damaged")
        findings = verify_run(results, run)
        for finding in findings:
            complain(finding)
        if findings:
            code = max(code, 9 if run.sealed else 4)
        else:
            say(f"ok  {run.path}")
    if not found:
        say(f"no runs under {results}/runs")
    return {"code": code}
