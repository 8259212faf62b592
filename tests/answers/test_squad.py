"""EM and F1 against the official script's semantics, written down a second time, and against its figures."""

from __future__ import annotations

import json
import re
import string
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.answers import squad
from tests.answers.typed import gold, item

SHARED = Path(__file__).parents[3] / "shared" / "squad"


def oracle_normal(text: str) -> str:
    """Lower case, no ASCII punctuation, no articles, single spaces: one step after the other."""
    text = "".join(letter for letter in text.lower() if letter not in set(string.punctuation))
    return " ".join(re.compile(r"\b(a|an|the)\b", re.UNICODE).sub(" ", text).split())


def oracle_f1(gold_text: str, answer: str) -> float:
    wanted = oracle_normal(gold_text).split() if gold_text else []
    said = oracle_normal(answer).split() if answer else []
    if not wanted or not said:
        return int(wanted == said)
    same = sum((Counter(wanted) & Counter(said)).values())
    if not same:
        return 0
    precision, recall = 1.0 * same / len(said), 1.0 * same / len(wanted)
    return (2 * precision * recall) / (precision + recall)


def oracle(golds: list[str], answer: str) -> tuple[float, float]:
    usable = [text for text in golds if oracle_normal(text)] or [""]
    exact = max(int(oracle_normal(text) == oracle_normal(answer)) for text in usable)
    return float(exact), float(max(oracle_f1(text, answer) for text in usable))


WORDS = st.text(alphabet="aAnthe –-’'.,\u00a0\u2003ßİéx1_\n\t\x1c\x00", max_size=30) | st.text(max_size=30)


@given(golds=st.lists(WORDS, max_size=4), answer=WORDS)
def test_agrees_with_the_oracle_to_the_last_bit(golds: list[str], answer: str) -> None:
    assert (squad.exact(answer, golds), squad.f1(answer, golds)) == oracle(golds, answer)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("The  Cat!", "cat"),
        ("Ukraine's", "ukraines"),  # the apostrophe goes, its letters stay
        ("Ukraine’s", "ukraine’s"),  # a curly one is no ASCII punctuation
        ("a–b", "–b"),  # a dash outside ASCII is a word boundary
        ("theatre an", "theatre"),
        ("the", ""),
        ("1,000", "1000"),
    ],
)
def test_normalize(text: str, normal: str) -> None:
    assert squad.normalize(text) == normal


@pytest.mark.parametrize(
    ("golds", "answer", "exact", "f1"),
    [
        (["Paris"], "Paris Paris Paris Paris", 0.0, 0.4),  # bags, not sets: sets would give 1
        ([], "", 1.0, 1.0),
        ([], "something", 0.0, 0.0),
        (["the"], "", 1.0, 1.0),  # a gold of nothing but an article is no gold
        (["x"], "", 0.0, 0.0),
        (["a b c", "b"], "b", 1.0, 1.0),
    ],
)
def test_edge_cases(golds: list[str], answer: str, exact: float, f1: float) -> None:
    assert (squad.exact(answer, golds), squad.f1(answer, golds)) == (exact, f1)


def test_gold_texts_of_one_answer_of_a_list_and_of_none() -> None:
    one = item("span", "Who?", gold("Moscow", aliases=("Russia",)))
    many = item("list", "Who?", gold("Moscow", aliases=("Russia",)), gold("Kyiv"), mode="all")

    assert squad.gold_texts(one) == ("Moscow", "Russia")
    assert squad.gold_texts(many) == ("Moscow, Kyiv",)
    assert squad.gold_texts(item("none", "Who?")) == ("",)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the SQuAD part lies beside the repository, not in it")
def test_a_public_systems_predictions_score_as_the_official_script_scores_them() -> None:
    data = json.loads((SHARED / "dev-v2.0-part.json").read_text("utf-8"))["data"]
    said = json.loads((SHARED / "predictions-bidaf.json").read_text("utf-8"))
    official = json.loads((SHARED / "official.json").read_text("utf-8"))
    questions = [qa for article in data for paragraph in article["paragraphs"] for qa in paragraph["qas"]]
    scored = {}
    for qa in questions:
        golds = [answer["text"] for answer in qa["answers"]]
        pair = squad.exact(said[qa["id"]], golds), squad.f1(said[qa["id"]], golds)
        assert pair == oracle(golds, said[qa["id"]]), qa["id"]
        scored[qa["id"]] = (pair, bool(golds))

    for prefix, chosen in (("", scored.values()), ("HasAns_", [s for s in scored.values() if s[1]]),
                           ("NoAns_", [s for s in scored.values() if not s[1]])):  # fmt: skip
        values = [pair for pair, _ in chosen]
        assert len(values) == official[f"{prefix}total"]
        assert 100.0 * sum(e for e, _ in values) / len(values) == pytest.approx(
            official[f"{prefix}exact"], abs=1e-12
        )
        assert 100.0 * sum(f for _, f in values) / len(values) == pytest.approx(
            official[f"{prefix}f1"], abs=1e-12
        )
