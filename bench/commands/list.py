"""List the models, data sets, metrics, prompts and reports that exist"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from omegaconf import DictConfig

from bench.build import catalogue, describe
from bench.commands._configs import added_folders
from bench.commands._console import say, stdout
from bench.commands._groups import choices
from bench.errors import UsageError, nearest
from bench.paths import configs_dir
from bench.reports.console import show_catalogue


@dataclass
class Config:
    """The keys of `dateline list`; configs/list.yaml says what they mean."""

    what: str | None = None
    format: str = "table"


def main(config: DictConfig) -> dict[str, Any]:
    """Print each group's names, those of --config-dir among them, with the line that its config file opens with."""
    folders = added_folders()
    groups = sorted(p.name for p in configs_dir().iterdir() if p.is_dir() and catalogue(p.name))
    if config.what is not None and config.what not in groups:
        raise UsageError(f"what={config.what!r}: no such group{nearest(config.what, groups)}")
    if config.format not in ("table", "json"):
        raise UsageError(f"format={config.format!r}: table or json")
    chosen = [config.what] if config.what else groups
    found = {g: {name: describe(path) for name, path in choices(g, folders).items()} for g in chosen}
    if config.format == "json":
        say(json.dumps(found, indent=2, sort_keys=True))
    else:
        show_catalogue(stdout(), found)
    return {"code": 0}
