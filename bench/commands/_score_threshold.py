"""`dateline score predictions=… threshold=dev`: when to abstain, chosen on the dev answers of the same file."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from omegaconf import DictConfig

from bench.commands._console import note
from bench.commands._score_pass import prediction_of
from bench.datasets.select import select
from bench.errors import UsageError
from bench.metrics.correct import Correct
from bench.models._recorded_files import PredictionsFile
from bench.pipeline import Way
from bench.records import Dataset, Key, Prediction
from bench.thresholds import choose_threshold


def with_dev_threshold(config: DictConfig, dataset: Dataset, way: Way) -> Way:
    """`way` with the threshold that is best on the dev items of `dataset`, as far as the file answers them.

    UsageError where the data have no dev items, the file answers none of them, or its answers have neither
    null scores with spans nor confidences; and for a split that holds the dev items itself.
    """
    if config.threshold != "dev":
        raise UsageError(f"threshold={config.threshold!r}: dev, or set extractor.null_threshold to a number")
    if config.split != "test":
        raise UsageError(
            f"threshold=dev split={config.split}: a threshold may not be chosen on the items it is scored on"
        )
    dev = select(dataset, split="dev")
    path = Path(config.predictions)
    predictions = _answers(path, {item.id for item in dev.items})
    if not predictions:
        raise UsageError(
            f"threshold=dev: {path} answers none of the {len(dev.items):,} dev items of {dataset.name}; "
            "add their answers to the file, or leave threshold out"
        )
    found = choose_threshold(dev.items, predictions, Correct(), way.extractor)
    if found is None:
        raise UsageError(
            f"threshold=dev: the dev answers in {path} have neither null scores with spans nor confidences"
        )
    note(
        f"{found.kind} threshold {found.value:g}, chosen on the {found.n_items:,} of {len(dev.items):,} dev items "
        f"that the file answers (headline there {100 * found.headline:.1f})"
    )
    return dataclasses.replace(way, extractor=found.extractor)


def _answers(path: Path, wanted: set[str]) -> dict[Key, Prediction]:
    """The file's first answers to the items named; DataError when anything is wrong with the file."""
    file = PredictionsFile(path)
    found: dict[Key, Prediction] = {}
    for line, row in file.rows():
        if row.item_id not in wanted or row.replicate or row.variant not in (None, "none"):
            continue
        key = Key(row.item_id)
        if key in found:
            file.twice(line, row.item_id)
        found[key] = prediction_of(key, row)
    file.finish()
    return found
