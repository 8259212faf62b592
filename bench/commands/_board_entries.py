"""What `runs=` of a leaderboard means: runs, score folders, bundles, and folders of bundles."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.comparing.board import Entry
from bench.errors import DatelineError, UsageError
from bench.reports.board import LeftOut
from bench.reports.view import RunView
from bench.rescoring import judged_again
from bench.sides import Snapshots, load_side, load_view
from bench.store.bundles import ANSWERS, CARD, Bundle, find_bundles, is_bundle, read_bundle
from bench.store.find import find_runs
from bench.store.score_folder import is_score_folder

PUBLISHED = "published"


def entries_of(runs: Any, results: Path) -> tuple[list[Entry], list[LeftOut]]:
    """The scored runs that are meant, and those that cannot be read or are not finished, with the reason."""
    words = _words(runs, results)
    entries: list[Entry] = []
    left_out: list[LeftOut] = []
    snapshots: Snapshots = {}
    for word in words:
        bundles = find_bundles(Path(word)) if Path(word).is_dir() else []
        left_out += [
            LeftOut(name=p.name, reason=f"{p}: its {CARD} is missing") for p in _beheaded(Path(word))
        ]
        if is_score_folder(Path(word)):
            entries.append(Entry(view=load_side(word, results, snapshots)))
        elif bundles:
            for path in bundles:
                _take_bundle(path, entries, left_out)
        else:
            _take_runs(word, results, snapshots, entries, left_out)
    return entries, left_out


def _beheaded(root: Path) -> list[Path]:
    """Folders that were bundles once."""
    return sorted(f.parent for f in root.rglob(ANSWERS) if not is_bundle(f.parent)) if root.is_dir() else []


def _words(runs: Any, results: Path) -> list[str]:
    if runs is not None:
        return [runs] if isinstance(runs, str) else [str(word) for word in runs]
    folder = results / PUBLISHED
    if not folder.is_dir() or not find_bundles(folder):
        raise UsageError(
            f"no bundles under {folder}; publish a run with `dateline publish run=…`, or name runs with runs=…"
        )
    return [str(folder)]


def _take_bundle(path: Path, entries: list[Entry], left_out: list[LeftOut]) -> None:
    try:
        bundle = read_bundle(path)
        view = judged_again(bundle, _beside(bundle, entries))
        entries.append(Entry(view=view, about=bundle.about))
    except DatelineError as error:
        left_out.append(LeftOut(name=path.name, reason=str(error)))


def _beside(bundle: Bundle, entries: Sequence[Entry]) -> RunView | None:
    """An earlier entry on the same data with the same metrics, so that the items are read once."""
    for entry in entries:
        same_data = entry.view.manifest["dataset"].get("snapshot") == bundle.snapshot
        if same_data and entry.view.signature["metrics"].keys() == bundle.signature["metrics"].keys():
            return entry.view
    return None


def _take_runs(
    word: str, results: Path, snapshots: Snapshots, entries: list[Entry], left_out: list[LeftOut]
) -> None:
    for run in find_runs(results, word):
        label = run.label(word)
        name = f"{run.path.parent.name} {run.path.name[:6]}" + (f" ({label})" if label else "")
        if not run.sealed:
            left_out.append(LeftOut(name=name, reason="not finished; run the same command again"))
            continue
        try:
            entries.append(Entry(view=load_view(run, results, None, snapshots, word)))
        except DatelineError as error:
            left_out.append(LeftOut(name=name, reason=str(error)))
