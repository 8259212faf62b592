"""A file that is hashed while it is read, so that the digest is of the very bytes that were used."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path
from typing import Any


class HashedFile(io.RawIOBase):
    """Raw bytes of `path`, to be wrapped in a buffered reader; OSError when it cannot be opened."""

    def __init__(self, path: Path) -> None:
        """Open the file."""
        super().__init__()
        self._stream = path.open("rb", buffering=0)
        self._digest = hashlib.sha256()
        self.position = 0  # bytes read so far
        self.size = os.fstat(self._stream.fileno()).st_size  # 0 for a pipe

    @property
    def sha256(self) -> str:
        """Hex digest of what was read so far."""
        return self._digest.hexdigest()

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read once; 0 at the end of the file."""
        count = self._stream.readinto(buffer) or 0
        self.position += count
        self._digest.update(memoryview(buffer)[:count])
        return count

    def close(self) -> None:
        """Close the file; safe to call twice."""
        if not self.closed:
            self._stream.close()
        super().close()
