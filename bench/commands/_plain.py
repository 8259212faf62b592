"""The two readings of a config that every verb needs; nothing of the harness is imported for them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from omegaconf import DictConfig, OmegaConf

from bench.errors import UsageError


def plain(node: Any) -> dict[str, Any]:
    """A config node as plain values, interpolations resolved, `???` an error."""
    if missing := sorted(OmegaConf.missing_keys(node)):
        raise UsageError(f"{missing[0]} is required; add {missing[0]}=…")
    value = OmegaConf.to_container(node, resolve=True, throw_on_missing=True)
    return {str(k): v for k, v in value.items()} if isinstance(value, dict) else {}


def results_root(config: DictConfig) -> Path:
    """The results folder; relative to where the command was started."""
    text = str(config.results_dir)
    if "\0" in text or not text.strip():
        raise UsageError("results_dir: not a path")
    return Path(text)
