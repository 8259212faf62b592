"""The scorer against hand-written verdicts, and the set against its own promises."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.conformance.load import ANSWER_TYPES, HERE, load_beyond, load_cases, load_items, table
from tests.conformance.usual import telling_table, usual_table

CASES = load_cases()
ITEM_FIELDS = {
    "id", "question", "context", "answer_type", "answer_mode", "gold", "reject", "unanswerable_reason",
}  # fmt: skip
GOLD_FIELDS = {
    "key", "canonical", "aliases", "value", "unit", "bound", "tolerance", "edtf", "reading",
}  # fmt: skip


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_verdict(case: dict[str, Any]) -> None:
    import bench

    correct = bench.score_answer(case["item"], case["answer"])["correct"]

    assert correct == pytest.approx(case["verdict"]), f"{case['answer']!r}: {case['reason']}"


@pytest.mark.parametrize("case", [pytest.param(c, id=c["id"]) for c in CASES if not c["item"]["gold"]])
def test_verdict_does_not_need_the_reason(case: dict[str, Any]) -> None:
    import bench

    item = {name: value for name, value in case["item"].items() if name != "unanswerable_reason"}

    assert bench.score_answer(item, case["answer"])["correct"] == case["verdict"], case["answer"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in load_beyond()])
def test_what_is_beyond_the_scorer_is_listed_as_such(case: dict[str, Any]) -> None:
    import bench

    item, bare = case["item"], {k: v for k, v in case["item"].items() if k != "unanswerable_reason"}
    found = [bench.score_answer(asked, case["answer"])["correct"] for asked in (item, bare)]

    met = all(value == pytest.approx(case["verdict"]) for value in found)
    assert not met, "it is met now: give it an id of its type and move it to items.jsonl and cases/"


def test_ids_are_unique_and_name_their_type() -> None:
    ids = [case["id"] for case in CASES]

    assert len(set(ids)) == len(ids)
    assert [i.rpartition("-")[0] for i in ids] == [case["item"]["answer_type"] for case in CASES]


def test_no_answer_is_judged_twice() -> None:
    pairs = Counter((case["item"]["id"], case["answer"]) for case in CASES)

    assert [pair for pair, n in pairs.items() if n > 1] == []


def test_there_are_enough_cases() -> None:
    per_type = Counter(case["item"]["answer_type"] for case in CASES)

    assert len(CASES) >= 400
    assert {name: n for name in ANSWER_TYPES if (n := per_type[name]) < 40} == {}
    assert len(load_items()) >= 60


@pytest.mark.parametrize("answer_type", [*ANSWER_TYPES, "all"])
def test_about_half_of_the_answers_are_not_right(answer_type: str) -> None:
    cases = [c for c in CASES if answer_type in ("all", c["item"]["answer_type"])]

    assert 0.35 <= sum(c["verdict"] < 1 for c in cases) / len(cases) <= 0.6


def test_cases_and_items_have_known_fields_only() -> None:
    for case in CASES:
        assert set(case) - {"group"} == {"id", "item", "answer", "verdict", "reason"}, case["id"]
        assert case["reason"], case["id"]
        assert "\n" not in case["reason"], case["id"]
        assert set(case["item"]) <= ITEM_FIELDS, case["id"]
        assert all(set(gold) <= GOLD_FIELDS for gold in case["item"]["gold"]), case["id"]


def test_every_item_is_used_and_gold_fits_its_type() -> None:
    used = {case["item"]["id"] for case in CASES}

    for name, item in load_items().items():
        assert name in used
        assert bool(item["gold"]) == (item["answer_type"] != "none"), name
        assert ("unanswerable_reason" in item) == (item["answer_type"] == "none"), name
        assert (
            all("key" in g for g in item["gold"]) == (item["answer_mode"] == "all_keyed") or not item["gold"]
        )


def test_only_lists_are_partly_right() -> None:
    partly = {case["item"]["answer_type"] for case in CASES if 0 < case["verdict"] < 1}

    assert partly == {"list"}
    assert all(0 <= case["verdict"] <= 1 for case in CASES)


def test_cases_that_the_usual_scorers_get_wrong() -> None:
    verdicts = Counter(case["verdict"] for case in CASES if case.get("group") == "usual-scorers")

    assert verdicts == {1: 25, 0: 11}


def test_readme_shows_the_present_counts() -> None:
    assert table() in (HERE / "README.md").read_text(encoding="utf-8")


def test_docs_show_how_the_usual_scorers_fare() -> None:
    page = (HERE.parents[1] / "docs" / "metrics.md").read_text(encoding="utf-8")

    assert usual_table() in page
    assert telling_table() in page
    assert f"{len(CASES):,} judgements" in page
    assert f"{len(load_beyond())} more" in page
