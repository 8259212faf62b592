"""The harness without Hydra: load a data set, run a model over it, read a run back."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.answers.extract import Extractor
from bench.build import build, build_metrics, read_config
from bench.comparing.compare import compare_views
from bench.datasets.kinds import explain_kind
from bench.datasets.select import is_partial, select
from bench.errors import DataError, UsageError
from bench.models.base import Model
from bench.pipeline import Job, Way, execute, plan
from bench.prompts import Prompt
from bench.records import Dataset
from bench.reports.comparison import Comparison
from bench.reports.markdown import render
from bench.reports.view import RunView
from bench.sides import Snapshots, load_side

DEFAULT_METRICS = ("correct", "correct_and_clean", "em", "f1", "abstention_f1")


def load_dataset(name: str = "dateline", options: Mapping[str, Any] | None = None) -> Dataset:
    """A data set by the name of its config, with that config's options.

    >>> suite = load_dataset("dateline")
    >>> suite.items[0].context in [a.text for a in suite.articles]
    True

    `load_dataset("csv", {"path": "my.csv"})` loads your own. DataError lists every problem of the files.
    """
    node = {**read_config("dataset", name), **(options or {})}
    try:
        found = build(node, f"dataset {name}")
    except DataError as error:
        raise explain_kind(node, error) from error
    if not isinstance(found, Dataset):
        raise UsageError(f"dataset {name}: its config does not build a Dataset")
    return found


def run(
    dataset: Dataset,
    model: Model,
    *,
    split: str | None = "test",
    where: str | None = None,
    limit: int | None = None,
    prompt: Prompt | None = None,
    results_dir: str | Path = "results",
    cache: bool = True,
) -> RunView:
    """Ask `model` every selected item of `dataset`, seal, score with the default metrics; the scored run.

    Resumes, and asks nobody when the run exists. `prompt` is used only by models that declare
    `uses_prompt`. Failed items are records in the view (`view.summary.counts["failed"]`), not exceptions.
    """
    selection = {"split": split, "where": where, "limit": limit, "seed": 0}
    if model.uses_prompt and prompt is None:
        prompt = build(read_config("prompt", "zero_shot"), "prompt")
    job = Job(
        dataset=select(dataset, split=split, where=where, limit=limit),
        selection={"config": None, **selection, "partial": is_partial(where, limit)},
        model=model,
        model_name=type(model).__name__.lower(),
        prompt=prompt.with_examples(dataset) if prompt and model.uses_prompt else None,
        way=Way(
            metrics=build_metrics(list(DEFAULT_METRICS)), extractor=Extractor(), reports={"report.md": render}
        ),
        cache=cache,
        command="bench.run",
    )
    results = Path(results_dir)
    planned = plan(job, results)
    _, view = execute(planned, results)
    return dataclasses.replace(view, seconds=planned.run.timings())


def load_run(name: str, results_dir: str | Path = "results") -> RunView:
    """A sealed, scored run by path, glob, model name or label, or a folder of scored answers.

    UsageError when several match.
    """
    return load_side(name, Path(results_dir))


def compare(
    a: RunView | str, b: RunView | str, *, where: str | None = None, results_dir: str | Path = "results"
) -> Comparison:
    """Everything that two runs on the same items differ by, as b − a: why, paired differences, slices, flips.

    A side is a scored run (of `run`, `load_run`) or a word that `load_run` takes. `where` narrows to a slice
    (`"type=number skill=arithmetic"`). NotComparable (a DatelineError) says what keeps them apart.
    """
    snapshots: Snapshots = {}
    one, two = (
        load_side(side, Path(results_dir), snapshots) if isinstance(side, str) else side for side in (a, b)
    )
    return compare_views(one, two, where)
