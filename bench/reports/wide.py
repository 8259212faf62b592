"""Scored runs as one flat table: a row per run, item and replicate, for `datasets`, pandas, DuckDB and the like."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from bench.records import Answer, Item, Prediction, Score
from bench.reports.view import RunView, expected_answer
from bench.summary import in_headline

_GROUP = 10_000  # rows held as Python values at a time

# Column → Arrow type; `score_<metric>` columns follow, float64, null where the metric does not apply to the item.
COLUMNS = {
    "run": "string", "model": "string", "dataset": "string", "dataset_version": "string", "scored": "string",
    "item": "string", "variant": "string", "replicate": "int32", "article": "string",
    "question": "string", "type": "string", "answerable": "bool", "unanswerable_reason": "string",
    "skills": "list", "difficulty": "int32", "status": "string", "in_headline": "bool", "expected": "string",
    "outcome": "string", "answer": "string", "raw": "string", "diagnosis": "string", "confidence": "float64",
    "evidence": "numbers", "null_score": "float64", "finish_reason": "string", "tokens_in": "int64", "tokens_out": "int64",
    "error": "string",
}  # fmt: skip


def to_parquet(views: Sequence[RunView]) -> bytes:
    """The table as a Parquet file with an explicit schema; the same bytes with the same version of pyarrow.

    Rows are in the order of the views and of their plans. Half surrogate pairs, which Parquet cannot hold, are
    written as escapes; all other text is as the model gave it.
    """
    import pyarrow
    import pyarrow.parquet

    metrics = sorted({name for view in views for name in _per_answer(view)})
    schema = _schema(metrics)
    rows = (row for view in views for row in _rows(view, metrics))
    buffer = io.BytesIO()
    with pyarrow.parquet.ParquetWriter(buffer, schema, compression="zstd") as writer:
        while group := list(islice(rows, _GROUP)):
            writer.write_table(pyarrow.Table.from_pylist(group, schema=schema))
    return buffer.getvalue()


def _per_answer(view: RunView) -> Iterator[str]:
    """Metrics with a value per answer, those that apply to none of the items included."""
    yield from (name for name, about in view.signature.get("about", {}).items() if about["per_answer"])
    yield from {name for score in view.scores for name in score.values}


def _schema(metrics: Sequence[str]) -> Any:
    import pyarrow as pa

    kinds = {
        "string": pa.string(), "int32": pa.int32(), "int64": pa.int64(), "float64": pa.float64(), "bool": pa.bool_(),
        "list": pa.list_(pa.string()), "numbers": pa.list_(pa.int64()),
    }  # fmt: skip
    fields = [pa.field(name, kinds[kind]) for name, kind in COLUMNS.items()]
    return pa.schema([*fields, *(pa.field(f"score_{name}", pa.float64()) for name in metrics)])


def _rows(view: RunView, metrics: Sequence[str]) -> Iterator[dict[str, Any]]:
    items = view.items
    run = {
        "run": str(view.manifest["run_id"]),
        "model": _text(str(view.manifest["model"]["name"])),
        "dataset": _text(view.dataset.name),
        "dataset_version": _text(view.dataset.version),
        "scored": _text(str(view.signature["line"])),
    }
    for score in view.scores:
        item = items[score.key.item_id, score.key.variant]
        told = _told(view.predictions.get(score.key))
        values = {f"score_{name}": score.values.get(name) for name in metrics}
        yield {**run, **_asked(item), "replicate": score.key.replicate, **_given(score), **told, **values}


def _asked(item: Item) -> dict[str, Any]:
    return {
        "item": _text(item.id),
        "variant": _text(item.variant),
        "article": _text(item.article_id),
        "question": _text(item.question),
        "type": item.answer_type,
        "answerable": item.answerable,
        "unanswerable_reason": item.unanswerable_reason,
        "skills": [_text(skill) for skill in item.skills],
        "difficulty": item.difficulty,
        "status": item.status,
        "in_headline": in_headline(item),
        "expected": _text(expected_answer(item)) if item.gold else None,
    }


def _given(score: Score) -> dict[str, Any]:
    return {
        "outcome": _outcome(score.answer),
        "answer": _text(score.answer.text),
        "diagnosis": score.diagnosis,
        "confidence": score.answer.confidence,
        "evidence": list(score.answer.evidence),
    }


def _outcome(answer: Answer) -> str:
    if answer.failed:
        return "failed"
    if answer.refused:
        return "refused"
    return "abstained" if answer.abstained else "answered"


def _told(prediction: Prediction | None) -> dict[str, Any]:
    """What the mechanism did; nothing where only the score was kept."""
    if prediction is None:
        return {}
    error = prediction.error
    return {
        "raw": _text(prediction.text),
        "null_score": prediction.null_score,
        "finish_reason": None if prediction.finish_reason is None else _text(prediction.finish_reason),
        "tokens_in": prediction.tokens_in,
        "tokens_out": prediction.tokens_out,
        "error": None if error is None else _text(f"{error.type}: {error.message}"),
    }


def _text(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
