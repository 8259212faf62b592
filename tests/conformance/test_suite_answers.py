"""Answers as chat models put them to the suite's own items: which are credited, and which are known to be misread."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

import bench
from bench.records import Item
from tests.conformance.load import HERE, lines

ROWS = lines(HERE / "suite" / "answers.jsonl")
STYLES = {"sentence": True, "reasoned": True, "weak": False, "misled": False, "crossed": False}


@pytest.fixture(scope="module")
def items() -> dict[str, Item]:
    return {item.id: item for item in bench.load_dataset("dateline").items}


@pytest.mark.parametrize("row", [pytest.param(row, id=f"{row['item']}-{row['style']}") for row in ROWS])
def test_credit(row: dict[str, Any], items: dict[str, Item]) -> None:
    correct = bench.score_answer(items[row["item"]], row["answer"])["correct"]

    as_judged = correct == 1.0 if row["right"] else correct == 0.0
    assert as_judged == row.get("met", True), f"{row['answer']!r} scores {correct}"


def test_each_style_has_one_verdict_and_one_answer_for_an_item() -> None:
    assert all(row["right"] == STYLES[row["style"]] for row in ROWS)
    assert max(Counter((row["item"], row["style"]) for row in ROWS).values()) == 1


def test_readme_tells_how_many_are_misread() -> None:
    page = (HERE / "README.md").read_text(encoding="utf-8")

    for right in (True, False):
        judged = [row for row in ROWS if row["right"] == right]
        missed = sum(not row.get("met", True) for row in judged)
        assert f"{missed} of {len(judged)} {'right' if right else 'wrong'} ones" in page
