"""The reader that replays answers from a file: any system, run anywhere, scored here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.errors import UsageError, counted
from bench.models._recorded_files import read_rows
from bench.models._recorded_rows import Row
from bench.models.base import Model, reply
from bench.records import Failure, Prediction, Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded(Model):
    """Answers as a predictions file says, matched by item id.

    Formats: JSON lines `{"id" or "item_id", "text" or "prediction" or "answer", optional "confidence",
    "null_score", "variant"}`; one JSON object `{id: text}` as SQuAD systems write; CSV with those columns.
    `null` or an empty text is an abstention. A row that names a `variant` serves that variant only, a row
    that names none serves all of them. Every replicate gets the same answer.

    An item that the file lacks is a failed prediction of type `missing`. The file is read when `predict`
    starts: UsageError when it cannot be opened, DataError with every problem when it is not well formed.
    """

    path: str = field(metadata={"identity": False})  # its bytes are the identity, not its place

    def predict(self, requests: Sequence[Request]) -> Iterator[Prediction]:
        """One prediction per request, in the order asked."""
        rows = self._rows()
        for request in requests:
            key = request.key
            row = rows.get((key.item_id, key.variant)) or rows.get((key.item_id, None))
            if row is None:
                message = f"{self.path} has no prediction for item {key.item_id}, variant {key.variant}"
                error = Failure(type="missing", message=message)
                yield Prediction(key=key, request_digest=request.digest, status="failed", error=error)
            else:
                yield reply(request, row.text, confidence=row.confidence, null_score=row.null_score)

    def answer(self, request: Request) -> Prediction:
        """The prediction for one request; reads the file each time, so prefer `predict` for many."""
        return next(self.predict([request]))

    def extra_ids(self, requests: Sequence[Request]) -> tuple[str, ...]:
        """Item ids that stand in the file and that no request asks for, in file order."""
        asked = {request.key.item_id for request in requests}
        return tuple(dict.fromkeys(item_id for item_id, _ in self._rows() if item_id not in asked))

    def remarks(self, requests: Sequence[Request]) -> tuple[str, ...]:
        """The answers to nothing, if any: by their items, and by their variants where only these are not asked."""
        asked = {(request.key.item_id, request.key.variant) for request in requests}
        ids = {item_id for item_id, _ in asked}
        other = [f"{i} {v}" for i, v in self._rows() if v is not None and i in ids and (i, v) not in asked]
        return (
            *self._remark(self.extra_ids(requests), "no item that is asked"),
            *self._remark(other, "an item of which another variant is asked"),
        )

    def _remark(self, found: Sequence[str], what: str) -> list[str]:
        if not found:
            return []
        shown = ", ".join(found[:5]) + (" …" if len(found) > 5 else "")
        return [f"{self.path}: {counted(len(found), 'answer belongs', 'answers belong')} to {what}: {shown}"]

    def fingerprint(self) -> Mapping[str, str]:
        """Sha256 of the file's bytes."""
        try:
            return {"file_sha256": hashlib.sha256(Path(self.path).read_bytes()).hexdigest()}
        except (OSError, ValueError) as error:
            raise UsageError(f"cannot read the predictions file {self.path}: {error}") from error

    def _rows(self) -> dict[tuple[str, str | None], Row]:
        return {(row.item_id, row.variant): row for row in read_rows(Path(self.path))}
