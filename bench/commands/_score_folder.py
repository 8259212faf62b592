"""The folder that `dateline score predictions=… out=DIR` writes: as a whole, or not at all."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from bench.errors import RunBusy, StorageError, UsageError
from bench.store import codec
from bench.store.files import make_dir, read_bytes, storage_errors, sync_dir
from bench.store.runs import MANIFEST
from bench.store.scores import METRICS, SCORES

KIND = "scores of a predictions file"
REPORT = "report.md"
_OURS = frozenset({SCORES, METRICS, REPORT, MANIFEST})
_TEMPORARY = re.compile(r"\.(?:scores\.jsonl|metrics\.json|report\.md|manifest\.json)\.\d+\.tmp")
_BUFFER = 1 << 20  # bytes of scores kept before they are written


class ScoreFolder:
    """Scores go to a temporary file as they come; `commit` puts everything in place, the manifest last.

    Where the manifest stands, the files it lists are whole. Leaving the `with` block without a commit
    removes what was written, and the folder if it is new.
    """

    def __init__(self, path: Path) -> None:
        """Take the folder: UsageError when it holds something else, RunBusy when another process has it."""
        self.path = path
        _refuse_foreign(path)
        self._made = [p for p in (path, *path.parents) if not p.exists()]
        make_dir(path)
        self._lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._lock)
            raise RunBusy(f"{path}: another process is scoring into this folder") from error
        self._sweep()
        self._digest = hashlib.sha256()
        self._size = 0
        self._waiting: list[bytes] = []
        self._bytes = 0
        with storage_errors(path):
            self._stream = self._temporary(SCORES).open("wb", buffering=0)

    def write(self, line: bytes) -> None:
        """Add one line to the scores."""
        self._waiting.append(line)
        self._bytes += len(line)
        if self._bytes >= _BUFFER:
            self._flush()

    def commit(self, files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> None:
        """Put scores and `files` in the place of an earlier scoring, and the manifest that seals them."""
        self._flush()
        with storage_errors(self.path):
            os.fsync(self._stream.fileno())
        facts = {SCORES: {"sha256": self._digest.hexdigest(), "bytes": self._size}}
        for name, data in files.items():
            self._stage(name, data)
            facts[name] = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
        self._stage(MANIFEST, codec.pretty({**manifest, "kind": KIND, "files": facts}))
        with storage_errors(self.path):
            (self.path / MANIFEST).unlink(missing_ok=True)
            for name in (*facts, MANIFEST):
                os.replace(self._temporary(name), self.path / name)  # noqa: PTH105 - as in bench.store.files
            sync_dir(self.path)
        self._made = []

    def __enter__(self) -> ScoreFolder:
        """The folder itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove what was not committed, and let others in."""
        self._stream.close()
        self._sweep()
        for folder in self._made:
            with contextlib.suppress(OSError):
                folder.rmdir()
        os.close(self._lock)

    def _flush(self) -> None:
        data = b"".join(self._waiting)
        self._waiting, self._bytes = [], 0
        with storage_errors(self.path / SCORES, len(data)):
            view = memoryview(data)
            while view:
                view = view[self._stream.write(view) or 0 :]
        self._digest.update(data)
        self._size += len(data)

    def _stage(self, name: str, data: bytes) -> None:
        with storage_errors(self.path / name, len(data)), self._temporary(name).open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())

    def _temporary(self, name: str) -> Path:
        return self.path / f".{name}.{os.getpid()}.tmp"

    def _sweep(self) -> None:
        """Remove temporary files, those of a killed process included: we hold the lock."""
        for file in self.path.iterdir():
            if _TEMPORARY.fullmatch(file.name):
                with contextlib.suppress(OSError):
                    file.unlink()


def _refuse_foreign(path: Path) -> None:
    """UsageError unless `path` is new, empty, or holds an earlier scoring and nothing else."""
    if "\0" in str(path):
        raise UsageError("out: not a path")
    with storage_errors(path):
        if not path.exists():
            return
        if not path.is_dir():
            raise UsageError(f"out={path}: is a file; name a folder")
        names = {file.name for file in path.iterdir()}
    temporary = {name for name in names if _TEMPORARY.fullmatch(name)}
    foreign = sorted(names - temporary - _OURS)
    # A kill between two renames leaves files without a manifest, but then the staged manifest is still there.
    ours = names <= temporary or _is_ours(path) or any(name.startswith(f".{MANIFEST}.") for name in temporary)
    if foreign or not ours:
        shown = ", ".join((foreign or sorted(names))[:3])
        raise UsageError(
            f"out={path}: holds files that no scoring wrote ({shown}); name a new or empty folder"
        )


def _is_ours(path: Path) -> bool:
    try:
        return codec.parse_object(read_bytes(path / MANIFEST), MANIFEST).get("kind") == KIND
    except StorageError:
        return False
