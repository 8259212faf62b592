"""Reads the conformance set. Standard library only, so that any project can copy this file with the data.

`python tests/conformance/load.py` prints the table of counts that stands in the README.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ANSWER_TYPES = (
    "person", "place", "span", "number", "date", "yes_no", "choice", "list", "none", "ambiguous",
)  # fmt: skip


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file; split at line feeds only, for U+2028 may stand in a string."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def load_items() -> dict[str, dict[str, Any]]:
    """The shared items by name."""
    return {item["id"]: item for item in lines(HERE / "items.jsonl")}


def load_cases() -> list[dict[str, Any]]:
    """All cases in file order, each with its item put in place of the item's name."""
    items = load_items()
    cases = []
    for answer_type in ANSWER_TYPES:
        for case in lines(HERE / "cases" / f"{answer_type}.jsonl"):
            item = items[case["item"]] if isinstance(case["item"], str) else case["item"]
            cases.append({**case, "item": item})
    return cases


def load_beyond() -> list[dict[str, Any]]:
    """Judgements of the same kind that the scorer of this repository does not meet."""
    return lines(HERE / "beyond.jsonl")


def table() -> str:
    """Counts by answer type and verdict, in Markdown."""
    head = "| answer type | items | right | partly right | wrong | cases |\n|---|---:|---:|---:|---:|---:|"
    cases = load_cases()
    rows = [row(name, [c for c in cases if c["item"]["answer_type"] == name]) for name in ANSWER_TYPES]
    return "\n".join([head, *rows, row("all", cases)])


def row(name: str, cases: list[dict[str, Any]]) -> str:
    """One row of the table."""
    right = sum(c["verdict"] == 1 for c in cases)
    wrong = sum(c["verdict"] == 0 for c in cases)
    items = len({c["item"]["question"] for c in cases})
    cells = (name, items, right, len(cases) - right - wrong, wrong, len(cases))
    return "| " + " | ".join(map(str, cells)) + " |"


if __name__ == "__main__":
    print(table())
