"""Score a predictions file, or sealed runs again, without asking any model"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from omegaconf import DictConfig

from bench.answers.extract import Extractor
from bench.commands._console import say, stdout
from bench.commands._nodes import build_prompt, build_way, load_dataset, results_root
from bench.commands._score_file import score_file
from bench.datasets.select import select
from bench.errors import UsageError
from bench.pipeline import Way, check_same_requests, score_run
from bench.records import Dataset, Score
from bench.reports.console import run_row, show_changes
from bench.reports.console_table import show_table
from bench.runner import plan_requests
from bench.store.find import find_runs
from bench.store.lock import RunLock
from bench.store.runs import RunDir, tidy
from bench.store.scores import latest_scores, read_json, read_scores
from bench.store.snapshots import take_snapshot, write_snapshot


@dataclass
class Config:
    """The keys of `dateline score`; configs/score.yaml says what they mean."""

    dataset: dict[str, Any] = field(default_factory=dict)
    metric: dict[str, Any] = field(default_factory=dict)
    extractor: dict[str, Any] = field(default_factory=dict)
    report: dict[str, Any] = field(default_factory=dict)
    runs: Any = None
    predictions: str | None = None
    na_probs: str | None = None
    out: str | None = None
    split: str | None = "test"
    where: str | None = None
    limit: int | None = None
    seed: int = 0
    threshold: str | None = None
    results_dir: str = "results"
    allow_external_code: bool = False


# What a run brings along itself.
_OF_FILES = ("dataset", "na_probs", "out", "split", "where", "limit", "seed", "threshold")


def main(config: DictConfig) -> dict[str, Any]:
    """Score a predictions file over `dataset`, or every named run over its own data as they are now."""
    if (config.runs is None) == (config.predictions is None):
        both = "not both" if config.runs is not None else "neither was given"
        raise UsageError(
            f"score: name sealed runs with runs=… or a file of answers with predictions=…; {both}"
        )
    if config.predictions is not None:
        return score_file(config)
    _refuse_keys_of_files()
    results = results_root(config)
    way = build_way(config)
    external = bool(config.allow_external_code)
    rows = [_rescore(run, way, results, external) for run in find_runs(results, _words(config.runs))]
    show_table(stdout(), rows)
    return {"code": 0}


def _refuse_keys_of_files() -> None:
    """UsageError when a key was set that does nothing for runs."""
    from hydra.core.hydra_config import HydraConfig

    keys = [re.split(r"[.=@]", str(word).lstrip("+~"))[0] for word in HydraConfig.get().overrides.task]
    if idle := [key for key in keys if key in _OF_FILES]:
        raise UsageError(
            f"score: {idle[0]} belongs to predictions=…; a run is scored over the data it was asked on"
        )


def _words(runs: Any) -> str | list[str]:
    return runs if isinstance(runs, str) else [str(r) for r in runs]


def _rescore(run: RunDir, way: Way, results: Path, external: bool) -> dict[str, Any]:
    manifest = run.manifest()
    whole, dataset = current_dataset(manifest, external)
    prompt = (
        build_prompt({"_target_": "bench.prompts.Prompt", **manifest["prompt"]}, False, whole)
        if manifest["prompt"]
        else None
    )
    requests = plan_requests(dataset, prompt, manifest["replicates"])
    check_same_requests(manifest, requests, run.predictions())
    before = latest_scores(run)
    old = read_scores(before) if before else []
    if before and not _extractor_given():
        way = dataclasses.replace(way, extractor=_extractor_of(before))
    snapshot = take_snapshot(dataset)
    with RunLock(run.path):
        tidy(run)
        write_snapshot(results, snapshot)
        folder, view = score_run(run, dataset, snapshot, way, manifest["replicates"])
    show_changes(stdout(), view, changed_verdicts(old, list(view.scores)))
    for file in way.reports:
        say(f"report: {folder / file}")
    return run_row(view)


def _extractor_given() -> bool:
    """Whether the command line says how answers are read; otherwise a run keeps its own way (threshold=dev …)."""
    from hydra.core.hydra_config import HydraConfig

    return any(str(w).lstrip("+~").startswith("extractor") for w in HydraConfig.get().overrides.task)


def _extractor_of(folder: Path) -> Extractor:
    """The extractor that a scores folder was made with."""
    recorded = read_json(folder, "manifest.json")["signature"]["extract"]
    return Extractor(**{k: v for k, v in recorded.items() if k != "version"})


def current_dataset(manifest: dict[str, Any], external: bool) -> tuple[Dataset, Dataset]:
    """The data set of a run as its source files are today: the whole, and the part that the run selected."""
    recorded = manifest["dataset"]
    dataset = load_dataset(recorded["config"], external)
    chosen = {k: recorded[k] for k in ("split", "where", "limit", "seed")}
    return dataset, select(dataset, **chosen)


def changed_verdicts(old: list[Score], new: list[Score]) -> list[tuple[Score, Score]]:
    """(before, after) of every key whose values of the metrics both have, or whose reading, changed."""
    before = {s.key: s for s in old}
    return [(b, s) for s in new if (b := before.get(s.key)) is not None and _differs(b, s)]


def _differs(a: Score, b: Score) -> bool:
    shared = a.values.keys() & b.values.keys()
    return any(a.values[m] != b.values[m] for m in shared) or a.answer != b.answer
