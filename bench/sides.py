"""From the word in a=…, b=…, baseline=… or runs=… to the scored run it means."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bench.errors import IncompleteRun, StorageError
from bench.records import Dataset
from bench.reports.view import RunView
from bench.store.find import find_runs, require_one
from bench.store.runs import MANIFEST, RunDir
from bench.store.score_folder import is_score_folder, read_score_folder
from bench.store.scores import METRICS, latest_scores, read_json, read_scores
from bench.store.snapshots import read_snapshot
from bench.summary import summary_from_json

Snapshots = dict[str, Dataset]  # by name: runs over the same data share its records


def load_side(word: str, results: Path, snapshots: Snapshots | None = None) -> RunView:
    """The one scored run that `word` means; UsageError when there is none, or several.

    A word is a run's folder, a glob over dataset/model/digest, a model's name, a label, one scores folder of a
    run (`…/scores/<signature>`; otherwise the latest way of scoring is taken), or a folder that
    `dateline score predictions=… out=…` wrote. Pass the same `snapshots`
    for all sides: comparing runs that share their items in memory is fastest.
    """
    if is_score_folder(path := Path(word)):
        return _scored_file(path)
    meant = _meant(word, results)
    run = require_one(
        [run for run, _ in meant], word, results
    )  # before any is read: another may not be finished
    return load_view(run, results, meant[0][1], snapshots, word)


def load_sides(words: Sequence[str], results: Path, snapshots: Snapshots | None = None) -> list[RunView]:
    """All scored runs that `words` mean, each once, in the order of the words."""
    snapshots = {} if snapshots is None else snapshots
    out: dict[Path, RunView] = {}
    for word in words:
        if is_score_folder(path := Path(word)):
            out.setdefault(path.resolve(), _scored_file(path))
            continue
        for run, folder in _meant(word, results):
            place = (folder or run.path).resolve()
            if place not in out:
                out[place] = load_view(run, results, folder, snapshots, word)
    return list(out.values())


def _meant(word: str, results: Path) -> list[tuple[RunDir, Path | None]]:
    path = Path(word)
    if path.parent.name == "scores" and (path / MANIFEST).is_file():
        return [(RunDir(path.parent.parent), path)]
    return [(run, None) for run in find_runs(results, word)]


def _scored_file(path: Path) -> RunView:
    found = read_score_folder(path)
    return RunView(
        manifest=found.manifest,
        signature=found.manifest["signature"],
        dataset=found.dataset,
        predictions=found.predictions,
        scores=found.scores,
        summary=summary_from_json(found.metrics),
    )


def load_view(
    run: RunDir, results: Path, folder: Path | None = None, snapshots: Snapshots | None = None, word: str = ""
) -> RunView:
    """A sealed, scored run as records; `folder` picks a way of scoring, default the latest; `word` is what named it."""
    if not run.sealed:
        raise IncompleteRun(f"{run.path}: not finished; the command that started it goes on with it")
    folder = folder or latest_scores(run)
    if folder is None:
        raise StorageError(f"{run.path}: not scored yet; run `dateline score runs={run.path}`")
    sealed = read_json(folder, "manifest.json")
    snapshots = {} if snapshots is None else snapshots
    name = sealed["snapshot"]
    if name not in snapshots:
        snapshots[name] = read_snapshot(results, name)
    return RunView(
        manifest=run.manifest(),
        signature=sealed["signature"],
        dataset=snapshots[name],
        predictions=run.predictions(),
        scores=tuple(read_scores(folder)),
        summary=summary_from_json(read_json(folder, METRICS)),
        label=run.label(word),
    )
