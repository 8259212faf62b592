"""Baselines: bundles in the repository that a candidate is held against.

results/baselines/<name>/           the baseline, a bundle
results/baselines/<name>/anchor/    the bundle it once started from, as soon as it has moved; it never moves
results/baselines/<name>/history.jsonl    why it moved, each time; every line holds the digest of the one before
"""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path
from typing import Any

from bench.errors import StorageError, UsageError
from bench.reports.view import RunView
from bench.store import codec
from bench.store.bundles import ANSWERS, CARD, DATASETS, METRICS, is_bundle, verify_bundle, write_bundle
from bench.store.files import make_dir, only_writer, read_bytes, storage_errors, write_atomic

ANCHOR, HISTORY = "anchor", "history.jsonl"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


def baseline_path(root: Path, word: str) -> Path | None:
    """The folder of the baseline that `word` names or is the path of; None when there is none."""
    for path in (root / word, Path(word)) if _NAME.fullmatch(word) else (Path(word),):
        if is_bundle(path):
            return path
    return None


def anchor_path(baseline: Path) -> Path | None:
    """The anchor of a baseline that has moved."""
    path = baseline / ANCHOR
    return path if is_bundle(path) else None


def accept(root: Path, name: str, view: RunView, entry: dict[str, Any], move_anchor: bool) -> Path | None:
    """Make `view` the baseline `name`; its folder, or None where it is that run already and nothing was to do.

    `entry` (reason, verdict …) is appended to the history. The first bundle becomes the anchor when the
    baseline first moves; `move_anchor` drops the anchor, so that the new baseline is the start of a new series,
    also where the run is the baseline already. An accept that was cut off before its entry in the history is
    finished by the next one of that run. One accept under `root` at a time; others wait.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"baseline={name!r}: a name is up to 80 letters, digits, dots, dashes and underscores"
        )
    make_dir(root)
    with only_writer(root):
        return _accept(root / name, view, entry, move_anchor)


def _accept(path: Path, view: RunView, entry: dict[str, Any], move_anchor: bool) -> Path | None:
    before = (
        codec.parse_object(read_bytes(path / CARD), str(path / CARD))["seal"] if is_bundle(path) else None
    )
    staged = path.with_name(f".{path.name}.new")
    with storage_errors(path):
        shutil.rmtree(staged, ignore_errors=True)
        seal = write_bundle(staged, view)
        drops = move_anchor and (path / ANCHOR).exists()
        if seal == before and not drops and _recorded(path, seal):
            shutil.rmtree(staged)
            return None
        make_dir(path)
        if drops:
            shutil.rmtree(path / ANCHOR)
        elif before not in (None, seal) and not move_anchor and anchor_path(path) is None:
            _move_bundle(path, path / ANCHOR)
        if seal != before:
            _move_bundle(staged, path)
        shutil.rmtree(staged)
    _append(path / HISTORY, {**entry, "run_id": view.manifest["run_id"], "seal": seal})
    return path


def _recorded(path: Path, seal: str) -> bool:
    """Whether the history of a baseline ends in this bundle."""
    entries = history(path)
    return bool(entries) and entries[-1]["seal"] == seal


def _move_bundle(source: Path, target: Path) -> None:
    """Move the files of a bundle into a folder, in the place of those of another; the card last."""
    target.mkdir(parents=True, exist_ok=True)
    (target / CARD).unlink(missing_ok=True)
    shutil.rmtree(target / DATASETS, ignore_errors=True)
    for name in (DATASETS, ANSWERS, METRICS, CARD):
        if (source / name).exists():
            (source / name).replace(target / name)


def history(path: Path) -> list[dict[str, Any]]:
    """The entries of a baseline's history, oldest first."""
    file = path / HISTORY
    if not file.is_file():
        return []
    rows = read_bytes(file).splitlines()
    return [codec.parse_object(raw, f"{file}:{n}") for n, raw in enumerate(rows, start=1)]


def _append(file: Path, entry: dict[str, Any]) -> None:
    """Add an entry that holds the digest of the line before it."""
    data = read_bytes(file) if file.is_file() else b""
    before = hashlib.sha256(data.splitlines()[-1]).hexdigest() if data else None
    write_atomic(file, data + codec.line({**entry, "previous": before}))


def verify_baseline(path: Path) -> list[str]:
    """Everything wrong with a bundle and, where it has one, its history; each with its file."""
    return verify_bundle(path) + _verify_history(path)


def _verify_history(path: Path) -> list[str]:
    file = path / HISTORY
    if not file.is_file():
        return []
    try:
        entries, before = history(path), None
        for n, (raw, entry) in enumerate(zip(read_bytes(file).splitlines(), entries, strict=True), start=1):
            if entry["previous"] != before:
                return [f"{file}:{n}: does not follow the line before it; the history was edited"]
            before = hashlib.sha256(raw).hexdigest()
        card = codec.parse_object(read_bytes(path / CARD), str(path / CARD))
        if not entries or entries[-1]["seal"] != card["seal"]:
            return [f"{file}: does not end in the bundle beside it; accept the baseline again"]
    except (StorageError, KeyError, TypeError) as error:
        return [f"{file}: damaged ({error})"]
    return []
