"""Files that are written bit by bit: in large pieces, with a digest, secrets cut out."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any, Protocol

from bench.store import codec
from bench.store.files import storage_errors

_BUFFER = 1 << 20  # bytes of a file kept before they are written
_LINES = 1 << 16  # characters of lines kept before they are looked through


class Stream:
    """A file being written, with its digest; errors say which file and how much room it wants."""

    def __init__(self, path: Path) -> None:
        """Begin the file; StorageError when that fails."""
        self._path, self._size, self._digest = path, 0, hashlib.sha256()
        self._waiting: list[bytes] = []
        self._bytes = 0
        with storage_errors(path):
            self._file = path.open("wb", buffering=0)

    def write(self, data: bytes, /) -> None:
        """Add to the file, sooner or later."""
        self._waiting.append(data)
        self._bytes += len(data)
        if self._bytes >= _BUFFER:
            self.flush()

    def flush(self) -> None:
        """Hand what waits to the operating system."""
        data = b"".join(self._waiting)
        self._waiting, self._bytes = [], 0
        with storage_errors(self._path, len(data)):
            view = memoryview(data)
            while view:
                view = view[self._file.write(view) or 0 :]
        self._digest.update(data)
        self._size += len(data)

    def finish(self) -> dict[str, Any]:
        """Bring everything to the disk; digest and size."""
        self.flush()
        with storage_errors(self._path):
            os.fsync(self._file)
        self.close()
        return {"sha256": self._digest.hexdigest(), "bytes": self._size}

    def close(self) -> None:
        """Close the file; safe to call twice."""
        self._file.close()


class _Sink(Protocol):
    """Where bytes go."""

    def write(self, data: bytes, /) -> object: ...


class Lines:
    """Raw lines on their way into a file, many at a time: secrets are cut out once for all of them."""

    def __init__(self, stream: _Sink) -> None:
        """`stream` takes the bytes."""
        self._stream, self._waiting, self._length = stream, [""], 0

    def write(self, line: str) -> None:
        """Add a line, sooner or later."""
        self._waiting.append(line)
        self._length += len(line)
        if self._length >= _LINES:
            self.flush()

    def flush(self) -> None:
        """Hand on what waits."""
        self._stream.write(codec.sealed("".join(self._waiting)))
        self._waiting, self._length = [], 0
