"""Ask a model every question of a data set, seal and score the answers, report"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from omegaconf import DictConfig

from bench.commands._console import ProgressBar, note, say, stdout
from bench.commands._nodes import job_from, results_root
from bench.commands._plan import show_plan
from bench.commands._replay import expand
from bench.errors import UsageError
from bench.metrics.correct import Correct
from bench.pipeline import Job, Planned, execute, plan
from bench.reports.console import run_row, show_run
from bench.reports.console_table import show_table
from bench.reports.inert import plain
from bench.reports.view import percent
from bench.thresholds import choose_threshold

__all__ = ["Config", "expand", "finish_sweep", "main"]

_SHARE_WAIT = 24 * 3600.0  # a sweep's duplicate jobs wait for each other and share the result


@dataclass
class Config:
    """The keys of `dateline run`; configs/run.yaml says what they mean."""

    dataset: dict[str, Any] = field(default_factory=dict)
    model: dict[str, Any] = field(default_factory=dict)
    prompt: dict[str, Any] = field(default_factory=dict)
    metric: dict[str, Any] = field(default_factory=dict)
    extractor: dict[str, Any] = field(default_factory=dict)
    report: dict[str, Any] = field(default_factory=dict)
    split: str | None = "test"
    where: str | None = None
    limit: int | None = None
    seed: int = 0
    threshold: str | None = None
    replicates: int = 1
    name: str | None = None
    plan: bool = False
    cache: bool = True
    results_dir: str = "results"
    allow_external_code: bool = False


def main(config: DictConfig) -> dict[str, Any]:
    """One job: 0 when every item was answered, 4 when some failed."""
    from hydra.core.hydra_config import HydraConfig
    from hydra.types import RunMode

    sweep = HydraConfig.get().mode == RunMode.MULTIRUN
    results = results_root(config)
    job = job_from(config, sweep)
    for warning in job.dataset.warnings:
        note(f"{job.dataset.name}: {warning}")
    if config.plan:
        show_plan(stdout(), plan(job, results), results)
        return {"code": 0, "planned": True}
    if config.threshold is not None:
        job = _with_dev_threshold(config, job, results, sweep)
    return _run(plan(job, results), results, sweep)


def _with_dev_threshold(config: DictConfig, job: Job, results: Path, sweep: bool) -> Job:
    """`job` with the abstention threshold that is best for the same model on the dev split."""
    if config.threshold != "dev":
        raise UsageError(f"threshold={config.threshold!r}: dev, or set extractor.null_threshold to a number")
    if job.selection["split"] != "test":
        raise UsageError(
            f"threshold=dev split={job.selection['split']}: a threshold may not be chosen on the items it is scored on"
        )
    dev = job_from(config, sweep, split="dev")
    with ProgressBar(f"{dev.model_name} on the dev split of {dev.dataset.name}") as progress:
        _, view = execute(plan(dev, results), results, progress, note, wait=_SHARE_WAIT)
    found = choose_threshold(dev.dataset.items, view.predictions, Correct(), job.way.extractor)
    if found is None:
        raise UsageError(f"threshold=dev: {job.model_name} gives neither null scores nor confidences")
    worth = percent(found.headline)
    note(
        f"{found.kind} threshold {found.value:g}, chosen on {found.n_items} dev items (headline there {worth})"
    )
    return dataclasses.replace(job, way=dataclasses.replace(job.way, extractor=found.extractor))


def _run(planned: Planned, results: Path, sweep: bool) -> dict[str, Any]:
    job = planned.job
    existed = planned.run.sealed
    with ProgressBar(f"{job.model_name} on {job.dataset.name}") as progress:
        folder, view = execute(planned, results, progress, note, wait=_SHARE_WAIT if sweep else 0.0)
    view = dataclasses.replace(view, seconds=planned.run.timings())
    counts = view.manifest["counts"]
    reused = existed and counts["failed"] == 0
    if not sweep:
        show_run(stdout(), view)
        if reused:
            note("this run was sealed before; nobody was asked again")
        for file in job.way.reports:
            say(f"report: {folder / file}")
    if counts["failed"]:
        first = next(p for p in view.predictions.values() if p.error is not None).error
        why = f"{first.type}: {plain(first.message)}" if first else ""
        note(
            f"{counts['failed']} of {counts['planned']} items failed ({why}); the same command asks them again"
        )
    reports = [str(folder / file) for file in job.way.reports]
    row = run_row(view)
    return {"code": 4 if counts["failed"] else 0, "row": row, "reports": reports, "reused": reused}


def finish_sweep(outcomes: Sequence[dict[str, Any]]) -> int:
    """The table that ends a sweep; 0 when every job is sound, else 4."""
    if all(o.get("planned") for o in outcomes):
        return max(int(o["code"]) for o in outcomes)
    rows = [o.get("row") or {"model": o["what"], "error": o.get("error", "failed")} for o in outcomes]
    show_table(stdout(), rows)
    for report in dict.fromkeys(r for o in outcomes for r in o.get("reports", ())[-1:]):
        say(
            f"report: {report}"
        )  # one a run: the page, unless other reports were chosen; the rest lies beside it
    if reused := sum(bool(o.get("reused")) for o in outcomes):
        note(
            f"{reused} of {len(outcomes)} runs {'was' if reused == 1 else 'were'} sealed before; nobody was asked again"
        )
    return 4 if any(o["code"] for o in outcomes) else 0
