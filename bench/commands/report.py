"""Render the reports of sealed, scored runs again; figures for papers, a table of answers"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from omegaconf import DictConfig

from bench.commands._any_side import load_any
from bench.commands._console import note, say, stdout
from bench.commands._nodes import build_reports, results_root
from bench.commands._report_files import Wanted, report_files
from bench.errors import UsageError
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
    format: Any = None
    figure: Any = None
    axes: Any = None
    results_dir: str = "results"
    allow_external_code: bool = False


def main(config: DictConfig) -> dict[str, Any]:
    """Without `out`, show the runs on the console; with it, write `<out>/<dataset>-<model>-<digest>/<report>`.

    With `format`, write `<out>/<figure>.<format>` and `<out>/results.parquet` for all runs together.
    """
    results = results_root(config)
    if config.format is not None:
        return _files(config, results)
    if config.figure is not None or config.axes is not None:
        raise UsageError("figure= and axes= are for figures; add format=svg, or format=svg,pdf")
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


def _files(config: DictConfig, results: Path) -> dict[str, Any]:
    wanted = Wanted.of(config.format, config.figure, config.axes)
    if config.out is None:
        raise UsageError(f"format={','.join(wanted.formats)} writes files; add out=FOLDER")
    words = [config.runs] if isinstance(config.runs, str) else [str(word) for word in config.runs]
    groups = [[word] for word in words] if wanted.table_only else [words]
    views = [view for group in groups for view in load_any(group, results)]
    files, notes = report_files(views, wanted)
    make_dir(Path(config.out))
    for name, data in files.items():
        write_atomic(Path(config.out) / name, data)
        say(f"{Path(config.out) / name}")
    for text in notes:
        note(text)
    return {"code": 0}
