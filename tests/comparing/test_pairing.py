"""Comparable runs as aligned arrays: nothing is intersected, failures and gaps count against their side."""

import dataclasses

import numpy as np
import pytest

from bench.comparing.pairing import in_step, pair
from bench.errors import NotComparable, UsageError
from tests.comparing.makers import dataset, right, view

DATA = dataset()


def half(item):
    return right(item) if int(item.id[-1]) % 2 else "Somebody Else"


def test_values_are_those_of_each_side_in_the_first_ones_order():
    backwards = dataclasses.replace(DATA, items=DATA.items[::-1])
    paired = pair([view(DATA), view(backwards, half)])

    assert [i.id for i in paired.items] == [i.id for i in DATA.items]
    assert paired.values("correct")[0].tolist() == [1.0] * 16
    assert paired.values("correct")[1].tolist() == [0.0, 1.0, 0.0, 1.0] * 4
    assert paired.articles[:5] == ["a0"] * 4 + ["a1"]
    assert paired.answerable.tolist() == [True, True, True, False] * 4


def test_weights_give_the_headline_of_each_side():
    views = [view(DATA), view(DATA, half), view(DATA, lambda item: None)]
    paired = pair(views)

    got = paired.values("correct") @ paired.weights

    assert got == pytest.approx([v.summary.headline.value for v in views])
    assert paired.weights.sum() == pytest.approx(1.0)


def test_items_outside_the_headline_weigh_nothing():
    items = (*DATA.items[:15], dataclasses.replace(DATA.items[15], status="disputed"))
    data = dataclasses.replace(DATA, items=items)
    views = [view(data, half)] * 2
    paired = pair(views)

    assert paired.weights[15] == 0.0
    assert not paired.in_headline[15]
    assert (paired.values("correct") @ paired.weights)[0] == pytest.approx(views[0].summary.headline.value)


@pytest.mark.parametrize("kept", [True, False])
def test_one_class_only(kept):
    items = tuple(i for i in DATA.items if i.answerable == kept)
    paired = pair([view(dataclasses.replace(DATA, items=items), half)])

    assert paired.weights.tolist() == pytest.approx([1 / len(items)] * len(items))


def test_replicates_are_averaged():
    paired = pair([view(DATA, lambda item, r: right(item) if r else "Nobody X", replicates=4)])

    assert paired.values("correct")[0].tolist() == [0.75] * 16
    assert len(paired.scores[0][0]) == 4


def test_a_failed_answer_counts_with_the_metrics_failure_value():
    paired = pair([view(DATA), view(DATA, lambda item: None if item.id == "a0-q0" else right(item))])

    assert paired.values("correct")[:, 0].tolist() == [1.0, 0.0]
    assert paired.applies("correct").all()


def test_a_metric_that_leaves_failures_out_leaves_the_pair_out():
    paired = pair([view(DATA), view(DATA, lambda item: None if item.id == "a0-q0" else right(item))])

    assert paired.applies("answer_length").tolist() == [False] + [True] * 15


def test_a_missing_score_counts_against_its_own_side():
    whole = view(DATA)
    lacking = dataclasses.replace(whole, scores=whole.scores[1:])
    paired = pair([lacking, whole])

    assert paired.missing == (1, 0)
    assert paired.values("correct")[:, 0].tolist() == [0.0, 1.0]
    (stand_in,) = paired.scores[0][0]
    assert (stand_in.answer.failed, stand_in.diagnosis) == (True, "failed")


def test_a_missing_score_leaves_a_length_out():
    whole = view(DATA)
    paired = pair([dataclasses.replace(whole, scores=whole.scores[1:]), whole])

    assert paired.applies("answer_length").tolist() == [False] + [True] * 15
    assert paired.values("answer_length")[:, 0].tolist() == [0.0, 0.0]


def test_an_item_missing_on_all_sides_stays_in_the_denominator():
    whole = view(DATA)
    lacking = dataclasses.replace(whole, scores=whole.scores[1:])
    paired = pair([lacking, lacking])

    assert paired.applies("correct").all()
    assert paired.values("correct")[:, 0].tolist() == [0.0, 0.0]
    assert not paired.applies("answer_length")[0]


def test_an_item_that_only_one_sides_labels_give_to_a_metric_counts_for_neither():
    metrics = ("correct", "claim_holder")
    items = tuple(dataclasses.replace(i, skills=("claim_holder",)) for i in DATA.items)
    fewer = (dataclasses.replace(items[0], skills=()), *items[1:])
    paired = pair([view(dataclasses.replace(DATA, items=x), metrics=metrics) for x in (items, fewer)])

    assert paired.applies("claim_holder").tolist() == [False] + [True] * 15


def test_a_missing_replicate_counts_as_a_failed_one():
    whole = view(DATA, lambda item, r: right(item), replicates=2)
    paired = pair([dataclasses.replace(whole, scores=whole.scores[1:])])

    assert paired.values("correct")[0, 0] == 0.5


def test_metrics_in_common_correct_first_corpus_metrics_apart():
    assert pair([view(DATA), view(DATA, metrics=("f1", "correct", "em"))]).metrics == ("correct", "em", "f1")
    assert "abstention_f1" not in pair([view(DATA)]).metrics


def test_a_part_of_the_items():
    paired = pair([view(DATA, half)])
    odd = paired.only(np.array([i.id.endswith(("1", "3")) for i in paired.items]))

    assert odd.values("correct").tolist() == [[1.0] * 8]
    assert odd.weights.sum() == pytest.approx(1.0)


def test_what_cannot_be_paired_is_refused():
    with pytest.raises(UsageError):
        pair([])
    with pytest.raises(NotComparable):
        pair([view(DATA), view(dataset(n_articles=3))])


def test_scores_of_an_earlier_version_say_so():
    old = view(DATA)
    signature = {k: v for k, v in old.signature.items() if k != "about"}

    with pytest.raises(NotComparable, match="scored by an earlier version"):
        _ = pair([dataclasses.replace(old, signature=signature)]).metrics


def test_views_in_step_share_the_firsts_items_and_ids():
    items = tuple(dataclasses.replace(i, id=f"row{n}") for n, i in enumerate(DATA.items[::-1]))
    other = view(dataclasses.replace(DATA, items=items), half)
    first, second = in_step([view(DATA), dataclasses.replace(other, scores=other.scores[1:])])

    assert first == view(DATA)
    assert second.dataset is first.dataset
    assert {s.key for s in second.scores} < {s.key for s in first.scores}
    assert len(second.scores) == 15
    by_id = {s.key.item_id: s for s in second.scores}
    assert by_id["a0-q0"].answer.text == other.scores[15].answer.text == "PersonAA"  # row15 is odd: right
    assert second.predictions[by_id["a0-q0"].key].text == "PersonAA"
