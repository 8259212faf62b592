"""Write a data set as JSON Lines, Parquet, SQuAD, MRQA, a Hugging Face folder or Croissant"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from omegaconf import DictConfig

from bench.build import build
from bench.commands._console import note, say
from bench.commands._export_files import write_file, write_folder
from bench.commands._nodes import load_dataset, plain
from bench.datasets import dateline
from bench.datasets.exports.base import About, Format
from bench.datasets.select import select
from bench.errors import UsageError

_SUITE = "bench.datasets.dateline.load"


@dataclass
class Config:
    """The keys of `dateline export`; configs/export.yaml says what they mean."""

    dataset: dict[str, Any] = field(default_factory=dict)
    to: dict[str, Any] = field(default_factory=dict)
    out: str = "???"
    split: str | None = "all"
    where: str | None = None
    overwrite: bool = False
    allow_external_code: bool = False


def main(config: DictConfig) -> dict[str, Any]:
    """0 when everything was written; nothing is, or is changed, when anything is wrong."""
    external = bool(config.allow_external_code)
    out = _place(plain(config).get("out"))
    format_ = build(plain(config.to), "to", external)
    if not isinstance(format_, Format):
        raise UsageError(f"to: {config.to.get('_target_')} is no export format")
    node = plain(config.dataset)
    dataset = load_dataset(node, external)
    if config.split not in (None, "all") or config.where is not None:
        dataset = select(dataset, split=config.split, where=config.where)
    for warning in dataset.warnings:
        note(f"{dataset.name}: {warning}")
    made = format_.export(dataset, _about(node))
    if format_.folder:
        write_folder(out, made.files, bool(config.overwrite))
    else:
        (data,) = made.files.values()
        write_file(out, data, bool(config.overwrite))
    for text in made.notes:
        note(text)
    say(f"{made.items:,} of {len(dataset.items):,} items of {dataset.name} {dataset.version} in {out}")
    return {"code": 0}


def _place(out: Any) -> Path:
    text = str(out)
    if "\0" in text or not text.strip():
        raise UsageError("out: not a path")
    return Path(text)


def _about(node: Mapping[str, Any]) -> About:
    """What a suite's folder holds beside its records; nothing for other data."""
    return dateline.about(node.get("path")) if node.get("_target_") == _SUITE else About()
