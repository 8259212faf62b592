"""Writing that survives a crash: whole-line appends and atomic replacement. Errors name the file and the fix."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

from bench.errors import StorageError

_TEMPORARY = re.compile(r"\..+\.\d+\.tmp")
_FSYNC_EVERY = 1.0  # seconds; a power cut costs at most this much work, a kill costs none


@contextlib.contextmanager
def storage_errors(path: Path, needed: int | None = None) -> Iterator[None]:
    """Turn an OSError on `path` into a StorageError that says what to do; `needed` is in bytes."""
    try:
        yield
    except OSError as error:
        size = "" if needed is None else f" ({needed} bytes needed)"
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            message = (
                f"{path}: no space left{size}; what was written before is intact: free space and run again"
            )
        elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            message = f"{path}: not writable ({error.strerror}); choose another place with results_dir=…"
        else:
            message = f"{path}: {error.strerror or error}{size}"
        raise StorageError(message) from error


def make_dir(path: Path) -> None:
    """Create a folder and its parents."""
    with storage_errors(path):
        path.mkdir(parents=True, exist_ok=True)


def write_atomic(path: Path, data: bytes) -> None:
    """Replace `path` by `data`: afterwards it holds the old bytes or the new ones, never a mixture."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with storage_errors(path, len(data)):
        try:
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)
            try:
                _write_all(descriptor, data)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            os.replace(temporary, path)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise
        sync_dir(path.parent)


@contextlib.contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Wait until no other process writes into `folder`, and keep the others waiting meanwhile."""
    with storage_errors(folder):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with storage_errors(folder):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def sweep(folder: Path) -> None:
    """Remove what killed `write_atomic` calls left in `folder`; the caller is its only writer."""
    with storage_errors(folder):
        for file in folder.iterdir():
            if _TEMPORARY.fullmatch(file.name):
                file.unlink(missing_ok=True)


def sync_dir(folder: Path) -> None:
    """Make renames inside `folder` durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


class Appender:
    """Appends whole lines to one file; a failed append leaves no half line behind."""

    def __init__(self, path: Path) -> None:
        """Open `path` for appending, creating it."""
        self.path = path
        with storage_errors(path):
            self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o666)
            self._size = os.fstat(self._descriptor).st_size
        self._synced = time.monotonic()

    def append(self, line: bytes) -> None:
        """Write one line (with its newline) through a single write call."""
        with storage_errors(self.path, len(line)):
            try:
                if (written := os.write(self._descriptor, line)) != len(line):
                    _write_all(self._descriptor, line[written:])
            except OSError:
                with contextlib.suppress(OSError):
                    os.ftruncate(self._descriptor, self._size)
                raise
            self._size += len(line)
            if (now := time.monotonic()) - self._synced >= _FSYNC_EVERY:
                os.fsync(self._descriptor)
                self._synced = now

    def close(self) -> None:
        """Flush to disk and close; safe to call twice."""
        if self._descriptor < 0:
            return
        descriptor, self._descriptor = self._descriptor, -1
        with storage_errors(self.path):
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def read_bytes(path: Path) -> bytes:
    """The whole file, or a StorageError that names it."""
    with storage_errors(path):
        return path.read_bytes()


def file_sha256(path: Path) -> str:
    """Hex digest of a file's bytes, read in blocks."""
    with storage_errors(path), path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
