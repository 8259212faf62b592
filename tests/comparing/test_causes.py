"""The headline difference in exact parts: whatever was answered, the parts and the cells sum to it."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.comparing.causes import cause_of, matrix, parts
from bench.comparing.pairing import pair
from bench.diagnosis.labels import DIAGNOSES
from bench.reports.comparison import CAUSES, RIGHT
from tests.comparing.makers import dataset, right, view

DATA = dataset()
ANSWERS = [
    "PersonAA", "PersonAB", "The article does not say.", "", None, "I cannot help with that.", "Answer:",
    "9", "somebody", "PersonAA and PersonAB",
]  # fmt: skip


def said(texts):
    order = iter(texts)
    return lambda item, replicate=0: next(order)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_parts_and_cells_sum_to_the_headline_difference(data):
    k = data.draw(st.integers(1, 2))
    texts = st.lists(st.sampled_from(ANSWERS), min_size=16 * k, max_size=16 * k)
    a, b = (view(DATA, said(data.draw(texts)), name=name, replicates=k) for name in "ab")
    paired = pair([a, b])
    difference = b.summary.headline.value - a.summary.headline.value

    assert sum(part.gain for part in parts(paired)) == pytest.approx(difference, abs=1e-12)
    assert sum(cell.points for cell in matrix(paired)) == pytest.approx(difference, abs=1e-12)
    assert sum(part.a for part in parts(paired)) == pytest.approx(1 - a.summary.headline.value, abs=1e-12)
    assert sum(cell.answers for cell in matrix(paired)) == 16 * k
    for part in parts(paired):
        if part.labels:
            assert sum(x for x, _ in part.labels.values()) == pytest.approx(part.a, abs=1e-12)


def one_cause(b, expected, weight, item_id):
    a = view(DATA)
    paired = pair([a, view(DATA, lambda item: b if item.id == item_id else right(item))])
    (part,) = parts(paired)
    assert (part.cause, part.a, part.b) == (expected, 0.0, pytest.approx(weight))
    assert part.gain == pytest.approx(-weight)
    (cell,) = (c for c in matrix(paired) if c.before != c.after)
    assert (cell.before, cell.after, cell.answers) == (RIGHT, expected, 1)
    assert cell.points == pytest.approx(-weight)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        (None, "failures and truncation"),
        ("I'm sorry, but I cannot assist with that request.", "refusal"),
        ("Answer:", "format"),
        ("The article does not say.", "false abstention"),
        ("PersonAB", "wrong content"),
    ],
)
def test_each_cause_on_an_answerable_item(text, cause):
    one_cause(text, cause, 0.5 / 12, "a0-q0")


def test_a_false_answer_weighs_as_an_unanswerable_item():
    one_cause("PersonAA", "false answer", 0.5 / 4, "a0-q3")


def test_a_trade_of_one_cause_for_another_shows_although_nothing_is_gained():
    a = view(DATA, lambda item: "PersonXY" if item.id == "a0-q0" else right(item))
    b = view(DATA, lambda item: "The article does not say." if item.id == "a0-q0" else right(item))
    found = {part.cause: part.gain for part in parts(pair([a, b]))}

    assert found == {"wrong content": pytest.approx(0.5 / 12), "false abstention": pytest.approx(-0.5 / 12)}


def test_items_outside_the_headline_are_no_part():
    items = tuple(dataclasses.replace(i, status="disputed") if i.id == "a0-q0" else i for i in DATA.items)
    data = dataclasses.replace(DATA, items=items)
    paired = pair([view(data), view(data, lambda item: None if item.id == "a0-q0" else right(item))])

    assert parts(paired) == ()


def test_a_missing_score_is_a_failure():
    whole = view(DATA)
    paired = pair([whole, dataclasses.replace(whole, scores=whole.scores[1:])])

    assert [part.cause for part in parts(paired)] == ["failures and truncation"]


def test_every_diagnosis_has_a_cause():
    assert {cause_of(label) for label in DIAGNOSES} == set(CAUSES)
    assert cause_of(None) == RIGHT
