"""Blocking rules on slices: held against the anchor, and where there are too few articles for a test, counted."""

import dataclasses

import pytest

from bench.comparing.pairing import pair
from bench.gate.contest import Contest
from bench.gate.decide import decide
from bench.gate.policy import read_policy
from tests.gate.views import ABOUT, LENGTH, dataset, paired, view

DISPUTED = {"answer_type": "place", "status": "disputed"}  # in the axis of answer types, in no rule


def two_hop(articles=5, **changes):
    """160 items on 40 articles, of which the first of so many articles is about two hops."""
    data = dataset(articles=40)
    rare = {f"a{n}-q0" for n in range(articles)}
    items = [
        dataclasses.replace(i, skills=("two_hop",), **changes) if i.id in rare else i for i in data.items
    ]
    return dataclasses.replace(data, items=tuple(items))


def lost(count):
    return {f"a{n}-q0": 0.0 for n in range(count)}


def asked(tier="blocking", slices=("skill=two_hop",), **changes):
    rules = {"hops": {"metric": "correct", "margin": 0.1, "slices": list(slices), "tier": tier}}
    return read_policy({"rules": rules, **changes})


def outcome(report, rule="hops: skill two_hop"):
    (found,) = [o for o in report.pairs[0].outcomes if o.rule == rule]
    return found


def gate(before, after, policy, data=None):
    return decide([Contest(paired=paired(data or two_hop(), before, after))], policy)


@pytest.mark.parametrize(
    ("losses", "verdict", "code"),
    [(5, "FAIL", 5), (4, "INCONCLUSIVE", 0), (1, "INCONCLUSIVE", 0), (0, "PASS", 0)],
)
def test_a_blocking_slice_in_few_articles_is_counted(losses, verdict, code):
    report = gate({}, {**lost(losses), "a39-q2": 0.0}, asked())
    assert report.pairs[0].mode == "statistical"
    found = outcome(report)
    assert (found.verdict, report.code, found.test) == (verdict, code, None)
    assert found.text.startswith("item-diff (5 articles, a test needs 6): ")
    assert f"{losses} item{'' if losses == 1 else 's'} worse, 0 better" in found.text


def test_a_strict_policy_stops_what_cannot_be_decided_on_few_articles():
    assert gate({}, lost(1), asked(on_inconclusive="block")).code == 6
    assert gate(lost(1), {}, asked(on_inconclusive="block")).code == 0


def test_six_articles_are_tested():
    found = outcome(gate({}, lost(6), asked(), two_hop(6)))
    assert found.verdict == "FAIL"
    assert found.test is not None


def test_a_slice_that_only_informs_stays_untested():
    report = gate({}, lost(5), asked(tier="informational"))
    assert (outcome(report).verdict, report.code) == ("SKIPPED", 0)


@pytest.mark.parametrize(("tier", "verdict"), [("blocking", "INCONCLUSIVE"), ("warning", "SKIPPED")])
def test_a_named_slice_without_items_that_count_is_told(tier, verdict):
    report = gate({}, {"a39-q2": 0.0}, asked(tier, ["answer_type=place"]), two_hop(5, **DISPUTED))
    found = outcome(report, "hops: answer_type place")
    assert found.verdict == verdict
    assert report.verdict == ("INCONCLUSIVE" if tier == "blocking" else "PASS")


def test_of_a_whole_axis_only_slices_with_items_that_count_are_meant():
    report = gate({}, {"a39-q2": 0.0}, asked(slices=["answer_type"]), two_hop(5, **DISPUTED))
    assert [o.rule for o in report.pairs[0].outcomes if o.rule.startswith("hops")] == [
        "hops: answer_type none",
        "hops: answer_type person",
    ]


def test_a_metric_that_applies_in_few_articles_is_counted_lower_is_better_too():
    data = dataset(articles=5)
    views = [view(data, name=n, metrics={"correct": ABOUT, "length": LENGTH}) for n in ("base", "cand")]
    longer = tuple(
        dataclasses.replace(s, values={**s.values, "length": 9.0}) if s.key.item_id in lost(5) else s
        for s in views[1].scores
    )
    both = pair([views[0], dataclasses.replace(views[1], scores=longer)])
    policy = read_policy({"rules": {"short": {"metric": "length", "margin": 1.0}}})
    report = decide([Contest(paired=both)], policy)
    assert report.pairs[0].mode == "item-diff"
    assert outcome(report, "max_regressions").verdict == "PASS"
    assert outcome(report, "short").verdict == "FAIL"
    assert decide([Contest(paired=pair([views[0], views[0]]))], policy).code == 0


def test_blocking_slices_are_held_against_the_anchor():
    data = two_hop(30)
    start = view(data, name="start")
    base, cand = view(data, lost(14), name="base"), view(data, lost(15), name="cand")
    anchored = Contest(paired=pair([base, cand]), anchor=pair([start, cand]))
    report = decide([anchored], asked())
    assert outcome(report).verdict != "FAIL"
    assert outcome(report, "hops against the anchor: skill two_hop").verdict == "FAIL"
    assert report.code == 5
    assert decide([anchored], asked(anchor=False)).code != 5
    assert decide([anchored], asked(tier="informational")).code == 0
