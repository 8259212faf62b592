"""Checking seals: every sealed file is what was sealed, nothing is missing, nothing was left over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.canonical import digest
from bench.errors import StorageError, counted
from bench.store import codec
from bench.store.files import file_sha256, read_bytes
from bench.store.runs import MANIFEST, PREDICTIONS, TIMING, RunDir
from bench.store.snapshots import read_snapshot

_OPEN = {"plan.json", "lock", "segments"}


def verify_run(results: Path, run: RunDir) -> list[str]:
    """Everything wrong with one run, each with its file; empty when all seals hold."""
    if not run.sealed:
        return [f"{run.path}: not sealed; run the same command again to finish it"]
    try:
        return list(_findings(results, run))
    except (StorageError, KeyError, TypeError) as error:
        return [f"{run.path}: manifest is damaged ({error})"]


def _findings(results: Path, run: RunDir) -> Iterator[str]:
    manifest = run.manifest()
    name = run.path.name.partition(".")[0]
    if digest(manifest["identity"])[:12] != name:
        yield f"{run.path / MANIFEST}: identity does not match the folder name {name}"
    yield from _files(run.path, manifest["files"])
    lines = manifest["files"][PREDICTIONS]["lines"]
    if lines != manifest["counts"]["planned"]:
        yield f"{run.path / PREDICTIONS}: {counted(lines, 'record')}, {manifest['counts']['planned']} planned"
    known = {MANIFEST, PREDICTIONS, TIMING, "names", "scores", *_OPEN}
    yield from (
        f"{p}: left over; no seal mentions it" for p in sorted(run.path.iterdir()) if p.name not in known
    )
    yield from _snapshot(results, manifest["dataset"]["snapshot"])
    for folder in sorted(run.path.glob("scores/*")):
        yield from _scores(results, folder, manifest["files"][PREDICTIONS]["sha256"])


def _files(folder: Path, facts: dict[str, Any]) -> Iterator[str]:
    for name, fact in sorted(facts.items()):
        file = folder / name
        if not file.is_file():
            yield f"{file}: missing"
        elif file_sha256(file) != fact["sha256"]:
            yield f"{file}: edited after sealing"


def _snapshot(results: Path, name: str) -> Iterator[str]:
    try:
        read_snapshot(results, name)
    except (StorageError, KeyError, TypeError) as error:
        yield str(error)


def _scores(results: Path, folder: Path, predictions: str) -> Iterator[str]:
    if not (folder / MANIFEST).is_file():
        yield f"{folder}: not sealed; `dateline score` writes it anew"
        return
    sealed = codec.parse_object(read_bytes(folder / MANIFEST), str(folder / MANIFEST))
    if sealed["predictions_sha256"] != predictions:
        yield f"{folder / MANIFEST}: made from other predictions than the run holds"
    if sealed["signature"]["digest"][:8] != folder.name:
        yield f"{folder / MANIFEST}: signature does not match the folder name"
    yield from _files(folder, sealed["files"])
    extra = {p.name for p in folder.iterdir()} - set(sealed["files"]) - {MANIFEST}
    yield from (f"{folder / name}: left over; no seal mentions it" for name in sorted(extra))
    yield from _snapshot(results, sealed["snapshot"])
