"""One run directory: open or resume it, append to it, seal it.

    <run>/plan.json         while open: what is planned
    <run>/segments/*.log    while open: finished items (segments.py)
    <run>/lock              while somebody writes
    <run>/predictions.jsonl, timing.jsonl, manifest.json      once sealed (seal 1)
    <run>/scores/<signature8>/…                               one per way of scoring (seal 2, scores.py)
    <run>/names             labels given with name=…, outside every seal

The manifest is written last and removed first, so where it stands, the files it lists are whole.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.canonical import digest
from bench.errors import StorageError, UsageError, counted
from bench.records import Key, Prediction, Request
from bench.store import codec
from bench.store.files import make_dir, read_bytes, storage_errors, sweep, write_atomic
from bench.store.segments import Entry, SegmentWriter, read_segments, repair_segment, segment_files

PREDICTIONS, TIMING, MANIFEST, PLAN = "predictions.jsonl", "timing.jsonl", "manifest.json", "plan.json"
_SAFE = re.compile(r"[^a-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class RunDir:
    """A run's directory. Cheap: holds a path, reads on demand."""

    path: Path

    @property
    def sealed(self) -> bool:
        """Whether seal 1 stands."""
        return (self.path / MANIFEST).is_file()

    def manifest(self) -> dict[str, Any]:
        """The sealed manifest, or the plan of an open run."""
        file = self.path / (MANIFEST if self.sealed else PLAN)
        return codec.parse_object(read_bytes(file), str(file))

    def predictions(self) -> dict[Key, Prediction]:
        """The sealed predictions by key, in plan order; their bytes must match the manifest."""
        file = self.path / PREDICTIONS
        data = read_bytes(file)
        expected = self.manifest()["files"][PREDICTIONS]["sha256"]
        if hashlib.sha256(data).hexdigest() != expected:
            raise StorageError(f"{file}: does not match the manifest; it was edited after sealing")
        rows = codec.parse_lines(data, str(file))
        return {p.key: p for p in map(codec.prediction_of, rows)}

    def timings(self) -> dict[Key, float]:
        """Seconds per key; empty where none were kept."""
        file = self.path / TIMING
        if not file.is_file():
            return {}
        rows = codec.parse_lines(read_bytes(file), str(file))
        return {codec.key_of(row): row["seconds"] for row in rows}

    def names(self) -> list[str]:
        """Labels given to the run."""
        with contextlib.suppress(FileNotFoundError):
            return (self.path / "names").read_text(encoding="utf-8").split()
        return []

    def label(self, word: str = "") -> str:
        """What to call the run beside its model's name: `word` where it is one of its labels, else the latest; or empty."""
        names = self.names()
        return word if word in names else next(reversed(names), "")

    def add_name(self, name: str | None) -> None:
        """Give the run a label, once."""
        if name and name not in (names := self.names()):
            write_atomic(self.path / "names", "".join(f"{n}\n" for n in [*names, name]).encode())


def safe_name(text: str) -> str:
    """A folder name for a data set or model: lower case, no separators, at most 60 characters."""
    name = _SAFE.sub("-", text.lower()).strip("-.")[:60].rstrip("-.")
    return name or "unnamed"


def run_dir(results: Path, dataset: str, model: str, identity: Mapping[str, Any], pinned: bool) -> RunDir:
    """Where the run with this identity lives; an unpinned model gets a new attempt once one is sealed."""
    folder = results / "runs" / safe_name(dataset) / safe_name(model)
    if not folder.resolve().is_relative_to(results.resolve()):
        raise UsageError(f"{folder}: leads out of {results}; remove the symbolic link")
    first = RunDir(folder / digest(identity)[:12])
    if pinned:
        return first
    attempt, run = 1, first
    while run.sealed:
        attempt += 1
        run = RunDir(first.path.with_name(f"{first.path.name}.{attempt}"))
    return run


class OpenRun:
    """A run being written, under its lock. `done` holds what need not be asked again."""

    def __init__(self, run: RunDir, plan: Mapping[str, Any], requests: Sequence[Request]) -> None:
        """Start, or take up again where the last writer stopped."""
        self.run = run
        self.notes: list[str] = []
        self._requests = requests
        self._segments = run.path / "segments"
        if run.sealed:
            self._reopen()
        make_dir(self._segments)
        entries, notes = read_segments(self._segments)
        self.notes += notes
        wanted = {r.key: r.digest for r in requests}
        usable = [e for e in entries if wanted.get(e.prediction.key) == e.prediction.request_digest]
        if foreign := len(entries) - len(usable):
            self.notes.append(f"{counted(foreign, 'record')} of other requests ignored")
        # Later segments win: a failed item may have been answered by a second try.
        self._entries: dict[Key, Entry] = {e.prediction.key: e for e in usable}
        self.done = {k: e.prediction for k, e in self._entries.items() if e.prediction.status == "ok"}
        write_atomic(run.path / PLAN, codec.pretty(plan))
        self._writer = SegmentWriter(self._segments)

    def _reopen(self) -> None:
        """Unseal a run with failures; its answered items become the first segment again."""
        shutil.rmtree(self._segments, ignore_errors=True)
        make_dir(self._segments)
        timings = self.run.timings()
        writer = SegmentWriter(self._segments)
        for key, prediction in self.run.predictions().items():
            writer.append(Entry(prediction=prediction, seconds=timings.get(key, 0.0)))
        writer.close()
        with storage_errors(self.run.path):
            (self.run.path / MANIFEST).unlink()
            shutil.rmtree(self.run.path / "scores", ignore_errors=True)

    def append(self, prediction: Prediction, seconds: float) -> None:
        """Keep one finished item."""
        entry = Entry(prediction=prediction, seconds=seconds)
        self._writer.append(entry)
        self._entries[prediction.key] = entry

    def close(self) -> None:
        """Stop writing; the run stays open for the next start."""
        self._writer.close()

    def missing(self) -> list[Key]:
        """Planned keys without any record."""
        return [r.key for r in self._requests if r.key not in self._entries]

    def seal(self, manifest: Mapping[str, Any]) -> dict[str, Any]:
        """Write predictions, timing and manifest in plan order and drop the segments. The final manifest."""
        self.close()
        if missing := self.missing():
            raise StorageError(
                f"{self.run.path}: {counted(len(missing), 'planned item has', 'planned items have')} no record; not sealed"
            )
        ordered = [self._entries[r.key] for r in self._requests]
        # Read back what is about to be sealed through the codec: secrets are cut on the way in.
        predictions = b"".join(codec.line(codec.prediction_row(e.prediction)) for e in ordered)
        timing = b"".join(codec.line(_timing_row(e)) for e in ordered)
        failed = sum(e.prediction.status == "failed" for e in ordered)
        sealed = {
            **manifest,
            "counts": {"planned": len(ordered), "ok": len(ordered) - failed, "failed": failed},
            "files": {PREDICTIONS: _file_facts(predictions)},
        }
        write_atomic(self.run.path / TIMING, timing)
        write_atomic(self.run.path / PREDICTIONS, predictions)
        write_atomic(self.run.path / MANIFEST, codec.pretty(sealed))
        tidy(self.run)
        return codec.parse_object(read_bytes(self.run.path / MANIFEST), MANIFEST)


def tidy(run: RunDir) -> None:
    """Remove what a kill may have left beside the files of a run; the caller holds its lock."""
    for folder in (run.path, *run.path.glob("scores/*/")):
        sweep(folder)
    if run.sealed:  # killed after the seal: what the open run was made of is still there
        with storage_errors(run.path):
            (run.path / PLAN).unlink(missing_ok=True)
            shutil.rmtree(run.path / "segments", ignore_errors=True)


def _timing_row(entry: Entry) -> dict[str, Any]:
    key = entry.prediction.key
    return {"item": key.item_id, "variant": key.variant, "replicate": key.replicate, "seconds": entry.seconds}


def _file_facts(data: bytes) -> dict[str, Any]:
    return {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data), "lines": data.count(b"\n")}


def repair(run: RunDir) -> int:
    """Drop damaged records of an open run, keeping copies; how many."""
    return sum(repair_segment(path) for path in segment_files(run.path / "segments"))
