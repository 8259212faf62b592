"""Lint authored articles and items: every problem at once, with file, line and a fix"""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from omegaconf import DictConfig

from bench.commands._console import complain, say
from bench.datasets.kinds import kind_of_file
from bench.errors import UsageError
from bench.paths import find_data
from bench.records import Article, Item
from bench.reports.view import counted
from bench.scoring import score_answer
from bench.store.codec import article_of, article_row, item_of, item_row, line, parse_object


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
    _check_kind(folder)
    problems = validate(folder, score=worth, round_trip=through_storage)
    if config.format == "json":
        say(json.dumps([asdict(p) for p in problems], indent=2, sort_keys=True))
    else:
        for problem in problems:
            complain(str(problem))
        say(f"{counted(len(problems), 'problem')} in {folder}")
    return {"code": 3 if problems else 0}


def _check_kind(path: Path) -> None:
    """UsageError for data that are no authored articles: their reader checks them before it asks anybody."""
    kind = kind_of_file(path)
    if kind is None or "dateline" in kind.readers:
        return
    fix = f"; {kind.fix}"
    if kind.readers:
        fix = f"; to check it: dateline run plan=true dataset={kind.readers[0]} dataset.path={shlex.quote(str(path))}"
    raise UsageError(
        f"{path}: looks like {kind.what}; validate reads authored articles (a folder of *.toml){fix}"
    )


def worth(item: Item, text: str) -> float:
    """What an answer is worth by the typed scorer, 0–1."""
    return score_answer(item, text)["correct"]


def through_storage(article: Article, items: Sequence[Item]) -> tuple[Article, list[Item]]:
    """The records as they come back from the bytes in which runs keep them."""
    back = article_of(parse_object(line(article_row(article)), article.id))
    rows = (parse_object(line(item_row(item)), item.id) for item in items)
    return back, [item_of(row, back.text) for row in rows]
