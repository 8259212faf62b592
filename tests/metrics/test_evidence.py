"""Evidence over alternative sets; values worked out by hand."""

from __future__ import annotations

import pytest

from bench.answers.extract import Extractor
from bench.metrics.correct_and_supported import CorrectAndSupported
from bench.metrics.evidence_f1 import EvidenceF1
from bench.records import Answer, Gold, Item, Key, Prediction

ITEM = Item(
    id="a-q1", article_id="a", question="How many?", context="…", answer_type="number", evidence=((3,), (5, 8)),
    gold=(Gold(canonical="two", value=2),),
)  # fmt: skip
CASES = [
    ((3,), 1.0, 1.0, "one set"),
    ((5, 8), 1.0, 1.0, "the other"),
    ((8, 5), 1.0, 1.0, "in any order"),
    ((3, 4), 2 / 3, 1.0, "one sentence to spare"),
    ((3, 4, 6), 0.5, 0.0, "two are too many"),
    ((3, 5, 8), 0.8, 1.0, "both sets: the second with one to spare"),
    ((5,), 2 / 3, 0.0, "half of a set supports nothing"),
    ((1,), 0.0, 0.0, "another sentence"),
    ((), 0.0, 0.0, "no citation"),
    ((3, 3), 1.0, 1.0, "named twice"),
    (tuple(range(1, 11)), 1 / 3, 0.0, "the whole article: 2·2 / (10 + 2)"),
]


@pytest.mark.parametrize(("cited", "f1", "both", "why"), CASES, ids=[c[3] for c in CASES])
def test_values(cited: tuple[int, ...], f1: float, both: float, why: str) -> None:
    answer = Answer(text="2", evidence=cited)
    assert EvidenceF1().score(ITEM, answer) == pytest.approx(f1)
    assert CorrectAndSupported().score(ITEM, answer) == both


def test_a_wrong_answer_is_not_saved_by_its_evidence() -> None:
    assert CorrectAndSupported().score(ITEM, Answer(text="9", evidence=(3,))) == 0.0
    assert EvidenceF1().score(ITEM, Answer(text="9", evidence=(3,))) == 1.0


def test_only_items_whose_evidence_is_known_and_in_its_place_are_judged() -> None:
    from dataclasses import replace

    for metric in (EvidenceF1(), CorrectAndSupported()):
        assert metric.applies(ITEM)
        assert not metric.applies(replace(ITEM, gold=()))
        assert not metric.applies(replace(ITEM, evidence=()))
        assert not metric.applies(replace(ITEM, variant="shuffle:0"))


@pytest.mark.parametrize(
    "text",
    [
        "Answer: two\nEvidence: 5, 8",
        "**Answer:** two\n**Evidence:** [5, 8]",
        '{"answer": "two", "evidence": [5, 8]}',
        "two\nEvidence: 5 and 8",
        "Answer: two\nEvidence: [5], [8]",
        "Answer: two\nEvidence: [S5, S8]",
        "<think>maybe 9, see sentence 2</think>Answer: two\nEvidence: 5, 8.",
    ],
)
def test_what_the_prompt_asks_for_is_read(text: str) -> None:
    prediction = Prediction(key=Key("a-q1"), request_digest="", text=text)
    answer = Extractor().extract(prediction)
    assert CorrectAndSupported().score(ITEM, answer) == 1.0
    assert set(answer.evidence) == {5, 8}
