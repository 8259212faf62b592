"""The lines and the manifest of a bundle: what travels of a run, and nothing of the machine it was made on."""

from __future__ import annotations

import dataclasses
import re
import shlex
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from bench.records import Answer, Prediction, Score
from bench.store import codec

# Of the environment: what the answers may depend on. Not the platform, nor what only shows or counts.
_TRAVELS = ("dateline-bench", "torch", "transformers")
_FOLDERS = re.compile(r"(?<![\w.:/~-])/(?:[^\s/'\",\[\]]+/)+")


def answer_row(prediction: Prediction, score: Score, metrics: Sequence[str], asked: str) -> dict[str, Any]:
    """One answer with its values, in the order of `metrics` (None where one does not apply).

    `asked` is the digest of what the item asks; without a prompt the request's digest begins with it.
    """
    row = codec.prediction_row(_compact(prediction))
    if row["variant"] == "none":
        del row["variant"]
    if row["replicate"] == 0:
        del row["replicate"]
    if not prediction.request_digest.startswith(asked):
        row["asked"] = asked
    row["values"] = [_short(score.values.get(name)) for name in metrics]
    if read := _reading(score.answer, prediction):
        row["read"] = read
    if score.diagnosis:
        row["diagnosis"] = score.diagnosis
    return row


def answer_of(row: dict[str, Any], metrics: Sequence[str]) -> tuple[Prediction, Score, str]:
    """What `answer_row` wrote: prediction, score (its article id left empty), digest of what was asked.

    The row is used up.
    """
    values, read, diagnosis = row.pop("values"), row.pop("read", None), row.pop("diagnosis", None)
    asked = row.pop("asked", None) or row["request_digest"][:12]
    row.setdefault("variant", "none")
    row.setdefault("replicate", 0)
    prediction = codec.prediction_of(row)
    failed, finish = prediction.status == "failed", prediction.finish_reason
    if read is None:
        answer = Answer(text=prediction.text, failed=failed, finish_reason=finish)
    else:
        read = {"text": prediction.text, **read, "evidence": tuple(read.get("evidence", ()))}
        answer = Answer(**read, failed=failed, finish_reason=finish)
    score = Score(
        key=prediction.key,
        article_id="",
        values={k: float(v) for k, v in zip(metrics, values, strict=True) if v is not None},
        answer=answer,
        diagnosis=diagnosis,
    )
    return prediction, score, asked


def _compact(prediction: Prediction) -> Prediction:
    """Without the n-best beyond the best, and without folders of this machine in an error."""
    spans = (max(prediction.spans, key=lambda span: span.score),) if prediction.spans else ()
    error = prediction.error
    if error is not None:
        error = dataclasses.replace(error, message=_FOLDERS.sub("", error.message))
    return dataclasses.replace(prediction, spans=spans, error=error)


def _short(value: float | None) -> float | int | None:
    return value if value is None or not value.is_integer() else int(value)


def _reading(answer: Answer, prediction: Prediction) -> dict[str, Any]:
    """How the text was read, where that says more than the prediction."""
    read: dict[str, Any] = {} if answer.text == prediction.text else {"text": answer.text}
    read |= {flag: True for flag in ("abstained", "refused") if getattr(answer, flag)}
    if answer.evidence:
        read["evidence"] = list(answer.evidence)
    if answer.confidence is not None:
        read["confidence"] = answer.confidence
    return read


def portable_manifest(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """A run's manifest without files, machine and absolute folders; the identity is untouched."""
    kept = {k: v for k, v in manifest.items() if k not in ("files", "environment", "dataset", "command")}
    environment = {k: v for k, v in manifest.get("environment", {}).items() if k in _TRAVELS}
    command = shlex.join(_relative_word(word) for word in shlex.split(manifest.get("command", "")))
    return {
        **kept,
        "command": command,
        "dataset": _relative(manifest["dataset"]),
        "environment": environment,
    }


def _relative(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {k: _relative(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_relative(v) for v in value]
    return _base(value) if isinstance(value, str) else value


def _relative_word(word: str) -> str:
    key, equals, value = word.partition("=")
    return f"{key}={_base(value)}" if equals else _base(word)


def _base(text: str) -> str:
    """The name at the end of an absolute path; other texts keep what is not a folder from the root."""
    return PurePosixPath(text).name if text.startswith("/") else _FOLDERS.sub("", text)
