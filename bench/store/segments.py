"""The append-only log of a run under way: one segment per start, one checksummed line per finished item.

A line is `crc32 in 8 hex digits, tab, JSON, newline`. A kill can only tear the last line of a segment; a
torn tail is dropped with a note. Damage anywhere else is an error that names file and line.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.errors import StorageError
from bench.records import Prediction
from bench.store import codec
from bench.store.files import Appender, read_bytes, write_atomic


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One finished item: its prediction and how long it took."""

    prediction: Prediction
    seconds: float


class SegmentWriter:
    """Appends entries to a fresh segment of a run."""

    def __init__(self, folder: Path) -> None:
        """Open the next free segment in `folder`."""
        taken = [int(p.stem) for p in folder.glob("*.log") if p.stem.isdigit()]
        self._appender = Appender(folder / f"{max(taken, default=0) + 1:04d}.log")

    def append(self, entry: Entry) -> None:
        """Make one entry survive a kill from here on."""
        row = {"prediction": codec.prediction_row(entry.prediction), "seconds": round(entry.seconds, 6)}
        body = codec.line(row)[:-1]
        self._appender.append(b"%08x\t%s\n" % (zlib.crc32(body), body))

    def close(self) -> None:
        """Flush and close."""
        self._appender.close()


def segment_files(folder: Path) -> list[Path]:
    """The segments of a run, oldest first."""
    return sorted(folder.glob("*.log"))


def read_segments(folder: Path) -> tuple[list[Entry], list[str]]:
    """All entries, oldest first, and a note for every torn tail that was dropped."""
    entries: list[Entry] = []
    notes: list[str] = []
    for path in segment_files(folder):
        entries.extend(_read(path, notes))
    return entries, notes


def _read(path: Path, notes: list[str]) -> Iterator[Entry]:
    data = read_bytes(path)
    lines = data.split(b"\n")
    torn = lines.pop()  # b"" when the last line is whole
    for number, raw in enumerate(lines, start=1):
        try:
            yield _entry(raw)
        except (ValueError, KeyError, TypeError, StorageError) as error:
            if number == len(lines) and not torn:
                notes.append(f"{path}:{number}: damaged last record dropped; its item is asked again")
                return
            raise StorageError(
                f"{path}:{number}: damaged record ({error}); `dateline verify repair=true runs={path.parent.parent}` "
                "keeps a copy and drops it, so that its item is asked again"
            ) from error
    if torn:
        notes.append(f"{path}:{len(lines) + 1}: torn last record dropped; its item is asked again")


def _entry(raw: bytes) -> Entry:
    checksum, tab, body = raw.partition(b"\t")
    if not tab or int(checksum, 16) != zlib.crc32(body):
        raise ValueError("checksum does not match")
    row: dict[str, Any] = codec.parse_object(body, "record")
    return Entry(prediction=codec.prediction_of(row["prediction"]), seconds=float(row["seconds"]))


def repair_segment(path: Path) -> int:
    """Drop damaged lines of a segment, keeping the original as `*.damaged`; how many were dropped."""
    data = read_bytes(path)
    kept: list[bytes] = []
    dropped = 0
    for raw in data.split(b"\n"):
        if not raw:
            continue
        try:
            _entry(raw)
        except (ValueError, KeyError, TypeError, StorageError):
            dropped += 1
        else:
            kept.append(raw + b"\n")
    if dropped:
        write_atomic(path.with_suffix(".damaged"), data)
        write_atomic(path, b"".join(kept))
    return dropped
