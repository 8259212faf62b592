"""Learn a reader's parameters from the dev split and record how"""

from __future__ import annotations

import importlib
import shlex
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from omegaconf import DictConfig

from bench.build import locate
from bench.commands._console import say
from bench.commands._nodes import load_dataset, model_name, plain
from bench.datasets.select import select
from bench.errors import UsageError
from bench.models._fitting import Example
from bench.prompts import request_for
from bench.records import Dataset
from bench.store import codec
from bench.store.files import make_dir, write_atomic
from bench.store.snapshots import take_snapshot


@dataclass
class Config:
    """The keys of `dateline fit`; configs/fit.yaml says what they mean."""

    dataset: dict[str, Any] = field(default_factory=dict)
    model: dict[str, Any] = field(default_factory=dict)
    split: str = "dev"
    out: str | None = None
    allow_external_code: bool = False


def main(config: DictConfig) -> dict[str, Any]:
    """Fit the chosen reader and write its parameters with where they came from."""
    if config.split in ("test", "all"):
        raise UsageError(f"split={config.split}: readers are never fitted on the test split; use split=dev")
    node = plain(config.model)
    module = importlib.import_module(str(node["_target_"]).rpartition(".")[0])
    if not hasattr(module, "fit"):
        raise UsageError(f"model {model_name(node)} has nothing to fit")
    dataset = select(
        load_dataset(plain(config.dataset), bool(config.allow_external_code)), split=config.split
    )
    name = model_name(node)
    out = Path(config.out or f"{name}-fitted.json")  # never the file that ships, unless it is named
    make_dir(out.parent)
    version = locate(str(node["_target_"]), "model", bool(config.allow_external_code)).version
    write_atomic(out, codec.pretty(fitted(name, version, module, dataset, config.split)))
    say(f"fitted: {out}; a run reads it by model={name} model.fitted={shlex.quote(str(out))}")
    return {"code": 0}


def fitted(name: str, version: str, module: Any, dataset: Dataset, split: str) -> dict[str, Any]:
    """The fitted file's content: parameters, and what they were learnt from."""
    used = examples(dataset)
    return {
        "model": name,
        "version": version,
        "fitted_on": {
            "dataset": dataset.name,
            "version": dataset.version,
            "split": split,
            "n_items": len(used),
            "gold_sha256": take_snapshot(dataset).gold,
        },
        "command": f"dateline fit model={name} dataset={dataset.name} split={split}",
        "parameters": module.fit(used),
    }


def examples(dataset: Dataset) -> list[Example]:
    """Request and canonical answer (None: unanswerable) of every unambiguous item."""
    articles = {a.id: a for a in dataset.articles}
    return [
        Example(
            request=request_for(item, articles.get(item.article_id), None),
            answer="; ".join(g.canonical for g in item.gold) if item.gold else None,
        )
        for item in dataset.items
        if item.answer_type != "ambiguous"
    ]
