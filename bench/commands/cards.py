"""Bring the counts on a suite's cards up to date, or check that they are"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from omegaconf import DictConfig

from bench.commands._console import say
from bench.commands.validate import worth
from bench.datasets.cards import fill, stale, tables
from bench.datasets.dateline import load
from bench.errors import DataError, UsageError
from bench.paths import find_data, share_root
from bench.store.files import write_atomic


@dataclass
class Config:
    """The keys of `dateline cards`; configs/cards.yaml says what they mean."""

    path: str | None = None
    check: bool = False


def main(config: DictConfig) -> dict[str, Any]:
    """0 when every card is up to date, or was brought up to date; with `check` 3 when one is stale."""
    folder = Path(config.path) if config.path else find_data("dateline")
    if not config.path and not config.check and not _standing_in_checkout():
        raise UsageError(
            f"cards: would write to {folder}, where Dateline is installed; name your suite's folder with path=…, "
            "or only check with check=true"
        )
    dataset = load(config.path)
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))}
    marked = {path: text for path, text in texts.items() if "<!-- counts" in text}
    if not marked:
        raise UsageError(f"no card (*.md) in {folder} holds the mark <!-- counts -->")
    made = tables(dataset, worth)
    filled = {path: fill(text, str(path), made, len(dataset.items)) for path, text in marked.items()}
    changed = {path: text for path, text in filled.items() if text != marked[path]}
    if config.check:
        problems = [p for path, text in filled.items() if (p := stale(marked[path], text, str(path)))]
        if problems:
            raise DataError(problems)
    else:
        for path, text in changed.items():
            write_atomic(path, text.encode("utf-8"))
    say(f"{len(changed)} of {len(marked)} cards in {folder} brought up to date")
    for path in changed if not config.check else ():
        say(f"card: {path}")
    return {"code": 0}


def _standing_in_checkout() -> bool:
    """Whether the command was started inside the checkout that it belongs to, so that its own suite is meant."""
    root = share_root()
    return (root / "pyproject.toml").is_file() and Path.cwd().resolve().is_relative_to(root.resolve())
