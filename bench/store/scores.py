"""Seal 2: one folder per way of scoring a run, `scores/<signature8>/`."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.records import Score
from bench.store import codec
from bench.store.files import make_dir, read_bytes, write_atomic
from bench.store.runs import MANIFEST, PREDICTIONS, RunDir

SCORES, METRICS = "scores.jsonl", "metrics.json"


def scores_dir(run: RunDir, signature8: str) -> Path:
    """The folder of one way of scoring."""
    return run.path / "scores" / signature8


def write_scores(
    run: RunDir,
    signature8: str,
    manifest: Mapping[str, Any],
    scores: Sequence[Score],
    files: Mapping[str, bytes],
) -> Path:
    """Write `scores.jsonl` and `files` (metrics.json, report.md …), then the manifest that seals them."""
    folder = scores_dir(run, signature8)
    make_dir(folder)
    everything = {SCORES: b"".join(codec.line(codec.score_row(s)) for s in scores), **files}
    for name, data in everything.items():
        write_atomic(folder / name, data)
    facts = {
        name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
        for name, data in everything.items()
    }
    predictions = run.manifest()["files"][PREDICTIONS]["sha256"]
    sealed = {**manifest, "predictions_sha256": predictions, "files": facts}
    write_atomic(folder / MANIFEST, codec.pretty(sealed))
    return folder


def latest_scores(run: RunDir) -> Path | None:
    """The most recently written way of scoring, if any."""
    found = [p.parent for p in run.path.glob(f"scores/*/{MANIFEST}")]
    return max(found, key=lambda p: ((p / MANIFEST).stat().st_mtime_ns, p.name), default=None)


def read_scores(folder: Path) -> list[Score]:
    """The rows of one way of scoring."""
    file = folder / SCORES
    return [codec.score_of(row) for row in codec.parse_lines(read_bytes(file), str(file))]


def read_json(folder: Path, name: str) -> dict[str, Any]:
    """A JSON document of a scores folder."""
    return codec.parse_object(read_bytes(folder / name), str(folder / name))
