"""Lint authored articles and items: every problem at once, with file, line and a fix"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from omegaconf import DictConfig

from bench.commands._console import complain, say
from bench.errors import UsageError
from bench.paths import find_data
from bench.scoring import score_answer


@dataclass
class Config:
    """The keys of `dateline validate`; configs/validate.yaml says what they mean."""

    path: str | None = None
    format: str = "table"


def main(config: DictConfig) -> dict[str, Any]:
    """0 when there is nothing to mend, else 3."""
    from bench.datasets.validation import validate

    if config.format not in ("table", "json"):
        raise UsageError(f"format={config.format!r}: table or json")
    folder = Path(config.path) if config.path else find_data("dateline")
    problems = validate(folder, score=lambda item, text: score_answer(item, text)["correct"])
    if config.format == "json":
        say(json.dumps([asdict(p) for p in problems], indent=2, sort_keys=True))
    else:
        for problem in problems:
            complain(str(problem))
        say(f"{len(problems)} problems in {folder}")
    return {"code": 3 if problems else 0}
