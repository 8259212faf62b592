"""Finding runs: by glob, by path, or by the label given with name=…"""

from __future__ import annotations

import fnmatch
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.errors import DatelineError, UsageError, counted, nearest
from bench.reports.inert import plain
from bench.reports.view import age, selection
from bench.store.runs import MANIFEST, PLAN, RunDir

_SHOWN = 8  # runs told apart in one message
_LONG = 24  # characters of a setting that is still shown; a digest tells a person nothing


def all_runs(results: Path) -> list[RunDir]:
    """Every run under `results/runs`, open ones included, in path order."""
    root = results / "runs"
    found = {p.parent for name in (MANIFEST, PLAN) for p in root.glob(f"*/*/*/{name}")}
    return [RunDir(p) for p in sorted(found)]


def find_runs(results: Path, wanted: str | list[str]) -> list[RunDir]:
    """The runs that a path, a glob (over dataset/model/digest) or a label names; UsageError when none do."""
    runs = all_runs(results)
    out: list[RunDir] = []
    for word in [wanted] if isinstance(wanted, str) else wanted:
        hits = [r for r in runs if _named(r, word, results)]
        if not hits:
            labels = sorted({n for r in runs for n in r.names()} | {r.path.parent.name for r in runs})
            raise UsageError(f"no run matches {word!r} under {results}/runs{nearest(word, labels)}")
        out += [r for r in hits if r not in out]
    return out


def _named(run: RunDir, word: str, results: Path) -> bool:
    if word in run.names():
        return True
    if Path(word).resolve() == run.path.resolve():
        return True
    relative = run.path.relative_to(results / "runs")
    model = run.path.parent.name
    named = word in (model, run.path.name) or relative.match(word) or run.path.match(word)
    return named or fnmatch.fnmatchcase(relative.as_posix(), word)


def require_one(runs: Sequence[RunDir], word: str, results: Path) -> RunDir:
    """The only run of `runs`, which `word` means; UsageError that tells several apart, each by the word to type."""
    if len(runs) == 1:
        return runs[0]
    shown = list(runs[:_SHOWN])
    lines = [
        f"  {selector(run, results)}  {plain(said, 400)}"
        for run, said in zip(shown, told_apart(shown), strict=True)
    ]
    if len(runs) > _SHOWN:
        lines.append(f"  … and {len(runs) - _SHOWN} more: dateline runs runs='{word}'")
    whole = [run for run in runs if run.sealed and _whole(run)]
    advice = [f"the only whole one is {selector(whole[0], results)}"] if len(whole) == 1 else []
    raise UsageError(
        "\n".join([f"{word!r} means {len(runs)} runs; write one of these instead:", *lines, *advice])
    )


def selector(run: RunDir, results: Path) -> str:
    """What means this run and no other, wherever a run is named: `dataset/model/digest`."""
    return run.path.relative_to(results / "runs").as_posix()


def told_apart(runs: Sequence[RunDir]) -> list[str]:
    """Per run what tells it from its namesakes: whole or which part, data, settings, state, age, labels."""
    manifests = [_manifest(run) for run in runs]
    models = [dict(m["identity"]["model"]) for m in manifests if m is not None]
    varied = [k for k in (models[0] if models else ()) if len({str(model.get(k)) for model in models}) > 1]
    return [_facts(run, manifest, varied) for run, manifest in zip(runs, manifests, strict=True)]


def _manifest(run: RunDir) -> dict[str, Any] | None:
    """The manifest as far as it is needed here; None where it is damaged."""
    try:
        manifest = run.manifest()
        recorded, identity = manifest["dataset"], manifest["identity"]
        whole = {"name", "version"} <= recorded.keys() and {"model", "n_requests"} <= identity.keys()
    except (DatelineError, KeyError, AttributeError):
        return None
    return manifest if whole else None


def _facts(run: RunDir, manifest: dict[str, Any] | None, varied: Sequence[str]) -> str:
    labels = [f"name={name}" for name in run.names()]
    if manifest is None:
        return ", ".join(["damaged; see `dateline verify`", *labels])
    data, identity, prompt = manifest["dataset"], manifest["identity"], manifest.get("prompt") or {}
    part, replicates = selection(manifest), manifest.get("replicates", 1)
    values = {key: str(identity["model"].get(key)) for key in varied}
    parts = [
        f"partial: {part}" if part else "whole",
        f"{counted(identity['n_requests'], 'answer')} on {data['name']} {data['version']}",
        f"split={data.get('split')}",
        *([f"prompt={prompt['name']}"] if prompt.get("name") else []),
        *([f"replicates={replicates}"] if replicates != 1 else []),
        *(f"{key}={value}" for key, value in values.items() if len(value) <= _LONG),
        *([] if run.sealed else ["not finished"]),
        f"{age(_seconds_old(run))} old",
    ]
    return ", ".join([*parts, *labels])


def _whole(run: RunDir) -> bool:
    manifest = _manifest(run)
    return manifest is not None and not selection(manifest)


def _seconds_old(run: RunDir) -> int:
    stamp = run.path / (MANIFEST if run.sealed else PLAN)
    return max(0, round(time.time() - stamp.stat().st_mtime))
