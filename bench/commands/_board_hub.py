"""Files for the Hugging Face hub: results in a model's repository, and the benchmark's own description."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from bench.errors import UsageError
from bench.reports.board import Board, BoardRow
from bench.reports.view import interval, percent
from bench.store.runs import safe_name

_ID = re.compile(r"[\w.-]+/[\w.-]+")
_SHOWN = ("em", "f1")


def hub_files(board: Board, out: Path, dataset: str, task: str) -> dict[Path, str]:
    """`hub/<model>/.eval_results/dateline.yaml` and `model-index.yaml` per ranked row, and `hub/eval.yaml`.

    Values are 0–100. Where a row has a link, it is given as the source. UsageError for an odd data set id.
    """
    if not _ID.fullmatch(dataset):
        raise UsageError(f"hub_dataset={dataset!r}: owner/name, as the hub shows it")
    import yaml

    def dump(value: Any) -> str:
        text: str = yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=1000)
        return text

    files = {out / "hub" / "eval.yaml": dump(_benchmark(board, task))}
    for row in board.rows:
        if not row.reference:
            folder = out / "hub" / safe_name(row.name)
            files[folder / ".eval_results" / "dateline.yaml"] = dump(_entries(board, row, dataset, task))
            files[folder / "model-index.yaml"] = dump(_model_index(board, row, dataset))
    return files


def _benchmark(board: Board, task: str) -> dict[str, Any]:
    """What the root of the data set's repository says of the benchmark."""
    return {
        "name": "Dateline",
        "description": f"News question answering; {board.headline_name} by typed match over {board.n_items} items "
        f"of {board.n_articles} articles ({board.dataset}).",
        "evaluation_framework": "dateline",
        "tasks": [{"id": task, "config": "default", "split": "test"}],
    }


def _entries(board: Board, row: BoardRow, dataset: str, task: str) -> list[dict[str, Any]]:
    from huggingface_hub import EvalResultEntry, eval_result_entries_to_yaml

    notes = (
        f"{board.headline_name}, 95 % interval {interval(row.headline)}, {board.dataset}, "
        f"{board.n_items} items of {board.n_articles} articles; {board.signature}"
    )
    entry = EvalResultEntry(
        dataset_id=dataset, task_id=task, value=_value(row.headline.value), notes=notes, source_url=row.link
    )
    found: list[dict[str, Any]] = eval_result_entries_to_yaml([entry])
    return found


def _model_index(board: Board, row: BoardRow, dataset: str) -> dict[str, Any]:
    """The older form, for the head of a model card."""
    from huggingface_hub import EvalResult
    from huggingface_hub.repocard_data import eval_results_to_model_index

    figures = [("headline", board.headline_name, row.headline)]
    figures += [(n, n.upper(), row.metrics[n]) for n in _SHOWN if n in row.metrics]
    results = [
        EvalResult(
            task_type="question-answering", dataset_type=dataset, dataset_name=board.dataset,
            metric_type=kind, metric_name=name, metric_value=_value(estimate.value),
        )
        for kind, name, estimate in figures
    ]  # fmt: skip
    return {"model-index": eval_results_to_model_index(row.name, results)}


def _value(value: float | None) -> float | None:
    return None if value is None else float(percent(value, 2))
