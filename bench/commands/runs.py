"""List the runs that exist, with status, headline and age"""

from __future__ import annotations

import dataclasses
import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from omegaconf import DictConfig

from bench.commands._console import say, stdout
from bench.commands._nodes import results_root
from bench.errors import StorageError, UsageError
from bench.reports.console import run_row, show_runs
from bench.sides import load_view
from bench.store.find import all_runs, find_runs
from bench.store.runs import MANIFEST, PLAN, RunDir


@dataclass
class Config:
    """The keys of `dateline runs`; configs/runs.yaml says what they mean."""

    runs: Any = None
    format: str = "table"
    results_dir: str = "results"


def main(config: DictConfig) -> dict[str, Any]:
    """Print the runs as a table or as JSON."""
    if config.format not in ("table", "json"):
        raise UsageError(f"format={config.format!r}: table or json")
    results = results_root(config)
    found = all_runs(results) if config.runs is None else find_runs(results, config.runs)
    rows = [describe(run, results) for run in found]
    if config.format == "json":
        say(json.dumps(rows, indent=2, sort_keys=True))
    elif rows:
        show_runs(stdout(), rows)
    else:
        say(f"no runs under {results}/runs yet; start one with `dateline run`")
    return {"code": 0}


def describe(run: RunDir, results: Path) -> dict[str, Any]:
    """One run as plain values: path, status, headline, age in seconds."""
    stamp = run.path / (MANIFEST if run.sealed else PLAN)
    age = max(0, round(time.time() - stamp.stat().st_mtime))
    row: dict[str, Any] = {
        "path": str(run.path),
        "names": run.names(),
        "age_seconds": age,
        "status": status(run),
    }
    try:
        manifest = run.manifest()
        row |= {"dataset": manifest["dataset"]["name"], "model": manifest["model"]["name"]}
        if run.sealed:
            row |= run_row(dataclasses.replace(load_view(run, results), seconds=run.timings()))
    except (StorageError, KeyError, TypeError) as error:
        row |= {"status": "damaged", "error": str(error)}
    return row


def status(run: RunDir) -> str:
    """open · sealed · sealed with failures."""
    if not run.sealed:
        return "open"
    return "sealed with failures" if run.manifest()["counts"]["failed"] else "sealed"
