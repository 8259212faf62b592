"""Answers kept for other runs: the same request to the same pinned model need not be asked twice.

    <results>/cache/<model16>/*.log      model16: first digits of the digest of the model's identity

Each writer has a file of its own, so that any number of processes may keep answers at once. A file opens with a
line that names format and model; then one line per answer: `crc32, tab, key, tab, JSON`. The key is the digest of
all that determines the answer: model identity, request digest, replicate. A line that is torn or damaged, and a
file of something else, are said and never used.
"""

from __future__ import annotations

import contextlib
import dataclasses
import uuid
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.canonical import digest
from bench.errors import StorageError
from bench.records import Prediction, Request
from bench.store import codec
from bench.store.files import Appender, make_dir, read_bytes
from bench.store.segments import Entry

_FORMAT = "dateline-cache 1"
_SAID = 3  # damaged places named in full


class Cache:
    """The kept answers of one model. Whatever is wrong with it costs answers asked again, never a run."""

    def __init__(self, results: Path, model: Mapping[str, Any]) -> None:
        """The cache for the model with this identity; nothing is read or written yet."""
        self._model = digest(model)
        self._folder = results / "cache" / self._model[:16]
        self._appender: Appender | None = None
        self._broken = False
        self._notes: list[str] = []

    def find(self, requests: Sequence[Request]) -> list[Entry]:
        """Answers to `requests` with the seconds they once took, in the order of the requests."""
        wanted = {self._key(r.digest, r.key.replicate): r for r in requests}
        found: dict[str, Entry] = {}
        damaged: list[str] = []
        for place, line in self._lines(damaged):
            try:
                key, body = _checked(line)
                if key in wanted and key not in found:
                    found[key] = _entry(body, wanted[key])
            except (ValueError, KeyError, TypeError, StorageError):
                damaged.append(f"{place}: damaged record")
        if damaged:
            more = f" and {len(damaged) - _SAID} more" if len(damaged) > _SAID else ""
            self._notes.append(f"{', '.join(damaged[:_SAID])}{more}: not used; what it held is asked again")
        return [found[k] for k in wanted if k in found]

    def keep(self, prediction: Prediction, seconds: float) -> None:
        """Keep an answer; a failure is never kept."""
        if prediction.status != "ok" or self._broken:
            return
        row = {"prediction": codec.prediction_row(prediction), "seconds": round(seconds, 6)}
        body = codec.line(row)[:-1]
        key = self._key(prediction.request_digest, prediction.key.replicate)
        text = b"%s\t%s" % (key.encode("ascii"), body)
        try:
            if self._appender is None:
                make_dir(self._folder)
                self._appender = Appender(self._folder / f"{uuid.uuid4().hex}.log")
                self._appender.append(f"{_FORMAT} {self._model}\n".encode("ascii"))
            self._appender.append(b"%08x\t%s\n" % (zlib.crc32(text), text))
        except StorageError as error:
            self._broken = True
            self._notes.append(f"answers are not kept for other runs: {error}")

    def take_notes(self) -> list[str]:
        """What a person should know, each said once."""
        notes, self._notes = self._notes, []
        return notes

    def close(self) -> None:
        """Flush and close."""
        if self._appender is not None:
            with contextlib.suppress(StorageError):
                self._appender.close()
            self._appender = None

    def _key(self, request: str, replicate: int) -> str:
        return digest([self._model, request, replicate])

    def _lines(self, damaged: list[str]) -> Iterator[tuple[str, bytes]]:
        """Place and bytes of every whole line of every file that is ours."""
        for path in sorted(self._folder.glob("*.log")):
            try:
                head, *lines = read_bytes(path).split(b"\n")
            except StorageError as error:
                damaged.append(str(error))
                continue
            if not head and not lines:
                continue  # opened, and nothing written yet
            if head.decode("ascii", "replace") != f"{_FORMAT} {self._model}":
                damaged.append(f"{path}: no cache of this model")
                continue
            if lines and lines.pop():
                damaged.append(f"{path}:{len(lines) + 2}: torn record")
            yield from ((f"{path}:{n}", line) for n, line in enumerate(lines, start=2))


def _checked(line: bytes) -> tuple[str, bytes]:
    checksum, _, text = line.partition(b"\t")
    if checksum != b"%08x" % zlib.crc32(text):
        raise ValueError("checksum does not match")
    key, tab, body = text.partition(b"\t")
    if not tab:
        raise ValueError("no key")
    return key.decode("ascii"), body


def _entry(body: bytes, request: Request) -> Entry:
    """What the line holds, as an answer to `request`: another item may ask the same."""
    row = codec.parse_object(body, "record")
    prediction = codec.prediction_of(row["prediction"])
    if prediction.request_digest != request.digest or prediction.status != "ok":
        raise ValueError("answers something else")
    return Entry(prediction=dataclasses.replace(prediction, key=request.key), seconds=float(row["seconds"]))
