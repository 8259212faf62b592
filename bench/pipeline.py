"""A whole run, from records to sealed scores; and a sealed run read back. Used by commands and by `bench.run`."""

from __future__ import annotations

import importlib.metadata
import platform
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.answers.extract import Extractor
from bench.asking import Note, Progress, ask_missing
from bench.canonical import digest, to_json
from bench.errors import NotComparable, counted
from bench.metrics.base import Measure
from bench.models.base import Model
from bench.prompts import Prompt
from bench.records import Dataset, Key, Prediction, Request
from bench.reports.view import RunView
from bench.runner import plan_requests, run_identity
from bench.scoring import score_predictions, signature
from bench.store import codec
from bench.store.cache import Cache
from bench.store.files import make_dir
from bench.store.lock import RunLock
from bench.store.runs import OpenRun, RunDir, run_dir, tidy
from bench.store.scores import METRICS, write_scores
from bench.store.snapshots import Snapshot, take_snapshot, write_snapshot
from bench.summary import summarise

Render = Callable[[RunView], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way of scoring: metrics, extractor, and the reports to write (file name → render)."""

    metrics: Mapping[str, Measure]
    extractor: Extractor
    reports: Mapping[str, Render] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Everything one run is made of."""

    dataset: Dataset  # as selected: what is planned is exactly its items
    selection: Mapping[str, Any]  # dataset config, split, where, limit, seed, partial; recorded
    model: Model
    model_name: str
    prompt: Prompt | None  # None when the model does not use one
    way: Way
    replicates: int = 1
    cache: bool = True  # of a reusable model's answers
    command: str = ""
    name: str | None = None

    def requests(self) -> tuple[Request, ...]:
        """What is asked, in plan order."""
        return plan_requests(self.dataset, self.prompt, self.replicates)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A job with its requests, its identity and its place."""

    job: Job
    requests: tuple[Request, ...]
    identity: Mapping[str, Any]
    run: RunDir


def plan(job: Job, results: Path) -> Planned:
    """Where a job's run lives, without asking or writing anything."""
    requests = job.requests()
    identity = run_identity(requests, job.model)
    run = run_dir(results, job.dataset.name, job.model_name, identity, job.model.pinned)
    return Planned(job=job, requests=requests, identity=identity, run=run)


def execute(
    planned: Planned,
    results: Path,
    progress: Progress | None = None,
    note: Note | None = None,
    wait: float = 0.0,
) -> tuple[Path, RunView]:
    """Ask what is missing, seal, score, seal again. The scores folder and the scored run.

    A sealed run without failures is not asked again. `wait` is how long to wait for another writer.
    """
    job, run = planned.job, planned.run
    snapshot = take_snapshot(job.dataset)
    if not _answered(run):
        job.model.check()
    make_dir(run.path)
    with RunLock(run.path, wait):
        tidy(run)
        write_snapshot(results, snapshot)
        if not _answered(run):
            _ask(planned, snapshot, open_cache(planned, results), progress, note)
        run.add_name(job.name)
        return score_run(run, job.dataset, snapshot, job.way, job.replicates)


def _answered(run: RunDir) -> bool:
    """Whether nobody need be asked: sealed, without failures."""
    return run.sealed and run.manifest()["counts"]["failed"] == 0


def open_cache(planned: Planned, results: Path) -> Cache | None:
    """Where answers of the job's model are kept for other runs; None where they are not."""
    wanted = planned.job.cache and planned.job.model.reusable
    return Cache(results, planned.identity["model"]) if wanted else None


def _ask(
    planned: Planned, snapshot: Snapshot, cache: Cache | None, progress: Progress | None, note: Note | None
) -> None:
    manifest = _manifest(planned, snapshot)
    writer = OpenRun(planned.run, manifest, planned.requests)
    try:
        ask_missing(writer, planned.requests, planned.job.model, cache, progress, note)
        writer.seal(manifest)
    finally:
        writer.close()
        if cache is not None:
            cache.close()


def score_run(
    run: RunDir, dataset: Dataset, snapshot: Snapshot, way: Way, replicates: int = 1
) -> tuple[Path, RunView]:
    """Score a sealed run over `dataset`, whose snapshot is stored already, and write seal 2.

    The scores folder, and the scored run as `load_view` would read it back.
    """
    predictions = run.predictions()
    scores = score_predictions(dataset.items, predictions, way.metrics, way.extractor, replicates)
    view = RunView(
        manifest=run.manifest(),
        signature=signature(dataset, snapshot.gold, way.metrics, way.extractor),
        dataset=dataset,
        predictions=predictions,
        scores=tuple(scores),
        summary=summarise(dataset.items, scores, way.metrics),
    )
    files = {METRICS: codec.pretty({**to_json(view.summary), "signature": view.signature["line"]})}
    files |= {name: render(view).encode("utf-8", "backslashreplace") for name, render in way.reports.items()}
    sealed = {
        "format": 1,
        "run_id": view.manifest["run_id"],
        "signature": view.signature,
        "snapshot": snapshot.name,
    }
    return write_scores(run, view.signature["digest"][:8], sealed, scores, files), view


def check_same_requests(
    manifest: Mapping[str, Any], requests: Sequence[Request], predictions: Mapping[Key, Prediction]
) -> None:
    """NotComparable, naming items, unless `requests` are what the run was asked."""
    changed = [
        r.key.item_id
        for r in requests
        if (p := predictions.get(r.key)) is None or p.request_digest != r.digest
    ]
    gone = len(predictions.keys() - {r.key for r in requests})
    if changed or gone:
        what = (
            f"{counted(len(changed), 'item was', 'items were')} not asked in these words ({', '.join(changed[:5])})"
            if changed
            else ""
        )
        lost = (
            f"{counted(gone, 'answered item is', 'answered items are')} no longer in the data" if gone else ""
        )
        raise NotComparable(
            f"run {manifest['run_id'][:12]}: {'; '.join(filter(None, (what, lost)))}: text, question or selection "
            "changed since; ask again with `dateline run`"
        )


def _manifest(planned: Planned, snapshot: Snapshot) -> dict[str, Any]:
    job = planned.job
    return {
        "format": 1,
        "run_id": digest(planned.identity),
        "identity": planned.identity,
        "dataset": {
            "name": job.dataset.name,
            "version": job.dataset.version,
            "gold": snapshot.gold,
            "snapshot": snapshot.name,
            **job.selection,
        },
        "model": _about_model(job),
        "prompt": job.prompt.settings() if job.prompt else None,
        "replicates": job.replicates,
        "command": job.command,
        "environment": environment(),
    }


def _about_model(job: Job) -> dict[str, Any]:
    """Name, whether pinned, and prices where there are any (per million tokens in and out, US dollars)."""
    prices = job.model.prices()
    about = {"name": job.model_name, "pinned": job.model.pinned}
    return {**about, "prices": list(prices)} if prices and any(prices) else about


def environment() -> dict[str, str]:
    """What the run was made with; recorded, not hashed."""
    found = {"python": platform.python_version(), "platform": platform.platform()}
    for package in ("dateline-bench", "hydra-core", "numpy", "scipy", "torch", "transformers"):
        # Only packages that took part: an unused torch is nobody's business.
        if package.replace("hydra-core", "hydra").replace("dateline-bench", "bench") in sys.modules:
            try:
                found[package] = importlib.metadata.version(package)
            except importlib.metadata.PackageNotFoundError:
                found[package] = "unknown"
    return found
