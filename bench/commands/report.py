"""Render the reports of sealed, scored runs again"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from omegaconf import DictConfig

from bench.commands._console import say, stdout
from bench.commands._nodes import build_reports, results_root
from bench.reports.console import show_run
from bench.sides import load_view
from bench.store.files import make_dir, write_atomic
from bench.store.find import find_runs


@dataclass
class Config:
    """The keys of `dateline report`; configs/report.yaml says what they mean."""

    report: dict[str, Any] = field(default_factory=dict)
    runs: Any = "???"
    out: str | None = None
    results_dir: str = "results"
    allow_external_code: bool = False


def main(config: DictConfig) -> dict[str, Any]:
    """Without `out`, show the runs on the console; with it, write `<out>/<dataset>-<model>-<digest>/<report>`."""
    results = results_root(config)
    reports = build_reports(config)
    for run in find_runs(results, config.runs):
        view = load_view(run, results)
        if config.out is None:
            show_run(stdout(), dataclasses.replace(view, seconds=run.timings()))
            continue
        folder = Path(config.out) / "-".join(run.path.relative_to(results / "runs").parts)
        make_dir(folder)
        for file, render in reports.items():
            write_atomic(folder / file, render(view).encode("utf-8", "backslashreplace"))
            say(f"report: {folder / file}")
    return {"code": 0}
