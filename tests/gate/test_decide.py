"""From runs and a policy to a verdict: modes, tiers, single items, limits, several data sets."""

import dataclasses
import re

import pytest

from bench.comparing.pairing import pair
from bench.errors import UsageError
from bench.gate.contest import Absent, Contest
from bench.gate.decide import decide
from bench.gate.policy import read_policy
from bench.records import Key
from tests.gate.views import dataset, paired, undecided, view

HEADLINE = {"rules": {"headline": {"margin": 0.06}}}


def policy(**changes):
    return read_policy({**HEADLINE, **changes})


def outcome(report, rule, n=0):
    (found,) = [o for o in report.pairs[n].outcomes if o.rule == rule]
    return found


def gate(before, after, asked=None, data=None, **contest):
    both = paired(data or dataset(articles=40), before, after)
    return decide([Contest(paired=both, **contest)], asked or policy())


def lost(count, articles=40):
    """The first answerable item of each of so many articles is wrong."""
    return {f"a{n}-q0": 0.0 for n in range(count)}


def test_equal_answers_are_compared_item_by_item_and_pass():
    report = gate({}, {})
    assert (report.verdict, report.code, report.pairs[0].mode) == ("PASS", 0, "item-diff")
    assert outcome(report, "headline").verdict == "SKIPPED"
    assert outcome(report, "max_regressions").verdict == "PASS"


def test_a_drop_fails_and_lists_every_flip():
    report = gate({}, lost(30))
    assert (report.verdict, report.code, report.pairs[0].mode) == ("FAIL", 5, "statistical")
    assert outcome(report, "headline").test.value == pytest.approx(-0.125)
    flips = report.pairs[0].flips
    assert [f.item.id for f in flips] == [f"a{n}-q0" for n in range(30)]
    one = flips[0]
    assert (one.sentences, one.expected, one.before, one.after) == (
        ("Lund closed the port.",),
        "Lund",
        "Lund",
        "Lind",
    )
    assert (one.credit_before, one.credit_after, one.diagnosis, one.better) == (1.0, 0.0, "wrong", False)


def test_gains_pass_and_stand_after_losses():
    report = gate(lost(30), {"a39-q1": 0.0})
    assert report.code == 0
    assert [f.better for f in report.pairs[0].flips] == [False] + [True] * 30


@pytest.mark.parametrize(("how", "code"), [("tolerate", 0), ("block", 6)])
def test_a_policy_decides_what_inconclusive_does(how, code):
    asked = policy(on_inconclusive=how, rules={"headline": {"margin": 0.055}})
    report = decide([Contest(paired=undecided())], asked)
    assert (report.verdict, report.code) == ("INCONCLUSIVE", code)
    assert "items would decide" in outcome(report, "headline").text
    assert ("tolerated" in report.summary) == (how == "tolerate")


def test_pass_and_inconclusive_say_how_far_off_they_are():
    text = outcome(gate({}, lost(8)), "headline").text
    assert re.fullmatch(r"worse, but within 6\.0 points: by [\d.]+ to [\d.]+ points", text)
    warm = {"temperature": 0.7}
    views = [
        dataclasses.replace(v, manifest={**v.manifest, "identity": {"model": warm}})
        for v in undecided().views
    ]
    report = decide([Contest(paired=pair(views))], policy(rules={"headline": {"margin": 0.055}}))
    found = re.search(
        r"about ([\d,]+) items would decide, or replicates=(\d+) where", outcome(report, "headline").text
    )
    assert found
    assert int(found[2]) == -(-int(found[1].replace(",", "")) // 480)


def test_a_rule_that_cannot_work_is_refused_with_what_would_do():
    before, after = lost(3), {f"a{n}-q1": 0.0 for n in range(3)}
    report = gate(before, after, data=dataset(articles=8))
    assert (report.verdict, report.code) == ("REFUSED", 2)
    text = outcome(report, "headline").text
    found = re.fullmatch(r"refused: .*; margin=([\d.]+) \([\d.]+ points\) would do, or ([\d,]+) items", text)
    assert found
    wider = policy(rules={"headline": {"margin": float(found[1])}})
    assert gate(before, after, wider, data=dataset(articles=8)).verdict != "REFUSED"
    assert int(found[2].replace(",", "")) > 32


def test_fewer_than_six_articles_are_compared_item_by_item():
    data = dataset(articles=5)
    report = gate({}, {"a0-q0": 0.0}, data=data)
    assert (report.verdict, report.code, report.pairs[0].mode) == ("FAIL", 5, "item-diff")
    assert "5 articles" in outcome(report, "headline").text
    assert outcome(report, "max_regressions").text == "1 regression, at most 0 allowed"
    assert gate({}, {"a0-q0": 0.0}, policy(max_regressions=1), data=data).code == 0
    assert gate({"a0-q0": 0.0}, {}, data=data).code == 0


def test_in_item_diff_mode_a_varying_model_is_asked_again_before_it_is_blamed():
    data, warm = dataset(articles=5), {"temperature": 0.7}
    views = [view(data, name="base", model=warm), view(data, {"a0-q0": 0.0}, name="cand", model=warm)]
    report = decide([Contest(paired=pair(views))], policy())
    assert (report.verdict, report.code) == ("INCONCLUSIVE", 0)
    assert "replicates=3" in outcome(report, "max_regressions").text
    assert decide([Contest(paired=pair(views))], policy(max_regressions=0)).code == 5


def test_max_regressions_holds_beside_the_statistics():
    report = gate({}, lost(3), policy(max_regressions=2, rules={"headline": {"margin": 0.2}}))
    assert outcome(report, "headline").verdict == "PASS"
    assert report.code == 5
    assert gate({}, lost(3), policy(max_regressions=3, rules={"headline": {"margin": 0.2}})).code == 0


def test_disputed_and_ambiguous_items_are_shown_but_are_no_regressions():
    data = dataset(articles=8)
    odd = [
        dataclasses.replace(data.items[0], status="disputed"),
        dataclasses.replace(data.items[1], answer_type="ambiguous"),
    ]
    data = dataclasses.replace(data, items=(*odd, *data.items[2:]))
    report = gate({}, {"a0-q0": 0.0, "a0-q1": 0.0}, policy(max_regressions=0, rules={}), data=data)
    assert [f.regression for f in report.pairs[0].flips] == [False, False]
    assert report.code == 0


def test_failed_answers_count_as_wrong_up_to_a_limit():
    data = dataset(articles=40)
    base, down = view(data, name="base"), view(data, name="cand", failed=["a0-q0", "a1-q0"])
    contest = Contest(paired=pair([base, down]))
    report = decide([contest], policy())
    assert report.code == 5
    assert outcome(report, "max_failed").text.startswith("2 of 160 answers failed")
    report = decide([contest], policy(max_failed=0.02))
    assert outcome(report, "max_failed").verdict == "PASS"
    assert outcome(report, "headline").test.value < 0.0
    assert report.pairs[0].worse == 2


def test_missing_answers_count_against_the_candidate():
    data = dataset(articles=40)
    whole = view(data, name="cand")
    gaps = dataclasses.replace(whole, scores=whole.scores[:-1])
    report = decide([Contest(paired=pair([view(data, name="base"), gaps]))], policy())
    assert outcome(report, "max_failed").verdict == "FAIL"
    assert [f.item.id for f in report.pairs[0].flips] == ["a39-q3"]


WATCH = {"must_not_break": {"ids": ["a0-q0", "a1-q1"]}, "rules": {}}


def test_must_not_break_items():
    ids = policy(**WATCH)
    assert gate({}, {"a2-q0": 0.0}, ids).code == 0
    report = gate({}, {"a1-q1": 0.0}, ids)
    assert report.code == 5
    assert [(w.item.id, w.verdict) for w in report.pairs[0].watched] == [("a0-q0", "PASS"), ("a1-q1", "FAIL")]
    assert report.pairs[0].watched[1].text == "was right, now wrong"


def test_an_item_that_was_wrong_before_is_not_broken():
    (item, _) = gate({"a0-q0": 0.0}, {"a0-q0": 0.0, "a3-q0": 0.0}, policy(**WATCH)).pairs[0].watched
    assert (item.verdict, item.text) == ("SKIPPED", "wrong, as it was in the baseline: nothing broke")


def test_must_not_break_by_slice_and_by_tier():
    asked = {"must_not_break": {"where": "skill=arithmetic", "tier": "warning"}, "rules": {}}
    report = gate({}, {"a7-q0": 0.0}, policy(**asked))
    assert len(report.pairs[0].watched) == 40
    assert (report.code, report.summary) == (0, "every blocking rule holds; 1 warning")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"must_not_break": {"ids": ["a0-q00"]}}, "gate.must_not_break.ids: no item is called 'a0-q00'"),
        (
            {"must_not_break": {"where": "type=date"}},
            "gate.must_not_break.where='type=date': no item has type=date",
        ),
        (
            {"waivers": [{"item": "zz", "reason": "r", "until": "2030-01-01"}]},
            "gate.waivers: no item is called 'zz'",
        ),
    ],
)
def test_items_that_do_not_exist(asked, words):
    with pytest.raises(UsageError, match=words.replace("'", ".")):
        gate({}, {}, policy(**asked))


def sampled(after, k, **watch):
    data = dataset(articles=8)
    base = view(data, replicates=k, name="base", model={"temperature": 0.7})
    cand = view(data, after, replicates=k, name="cand", model={"temperature": 0.7})
    asked = {"must_not_break": {"ids": ["a0-q0"]}, "rules": {}, **watch}
    return decide([Contest(paired=pair([base, cand]))], policy(**asked))


@pytest.mark.parametrize(
    ("replicates", "verdict"),
    [
        ([1.0, 0.0, 1.0], "PASS"),
        ([0.0, 0.0, 1.0], "FAIL"),
        ([1.0, 1.0, 0.0, 0.0], "PASS"),  # half is no majority
        ([0.0, 1.0, 0.0, 0.0], "FAIL"),
        ([0.0, 0.0], "INCONCLUSIVE"),  # too few replicates to blame the model
    ],
)
def test_a_sampled_model_breaks_an_item_by_majority_of_three_or_more(replicates, verdict):
    report = sampled({"a0-q0": replicates}, len(replicates))
    assert [w.verdict for w in report.pairs[0].watched] == [verdict]


def test_one_answer_of_a_sampled_model_breaks_nothing():
    report = sampled({"a0-q0": 0.0}, 1)
    assert report.pairs[0].watched[0].verdict == "INCONCLUSIVE"
    assert "replicates=3 would decide" in report.pairs[0].watched[0].text


def test_with_replicates_a_regression_needs_a_majority():
    report = sampled({"a0-q0": [1.0, 1.0, 0.0], "a1-q0": [0.0, 0.0, 1.0]}, 3, max_regressions=0)
    assert {f.item.id: f.regression for f in report.pairs[0].flips} == {"a0-q0": False, "a1-q0": True}


def test_waivers_excuse_items_but_not_the_statistics():
    waiver = {"item": "a0-q0", "reason": "disputed", "until": "2030-01-01"}
    asked = {"waivers": [waiver], "max_regressions": 0, "must_not_break": {"ids": ["a0-q0"]}}
    report = gate({}, {"a0-q0": 0.0}, policy(**asked, rules={"headline": {"margin": 0.2}}))
    assert report.code == 0
    assert report.pairs[0].watched[0].text == "wrong; waived until 2030-01-01: disputed"
    assert outcome(report, "max_regressions").text == "0 regressions, 1 waived, at most 0 allowed"
    assert outcome(report, "headline").test.value < 0.0
    idle = gate({}, {"a1-q0": 0.0}, policy(waivers=[waiver], rules={}))
    assert idle.pairs[0].notes == ("the waiver of a0-q0 was not needed; remove it",)


def test_the_anchor_stops_losses_that_add_up():
    data = dataset(articles=40)
    start, base, cand = (
        view(data, name="start"),
        view(data, lost(14), name="base"),
        view(data, lost(16), name="cand"),
    )
    moving = Contest(paired=pair([base, cand]))
    assert decide([moving], policy()).code == 0
    anchored = dataclasses.replace(moving, anchor=pair([start, cand]))
    report = decide([anchored], policy())
    assert report.code == 5
    assert outcome(report, "headline against the anchor").verdict == "FAIL"
    assert decide([anchored], policy(anchor=False)).code == 0


def test_the_anchor_is_held_even_where_nothing_changed_since_the_baseline():
    data = dataset(articles=40)
    start, base = view(data, name="start"), view(data, lost(16), name="base")
    report = decide([Contest(paired=pair([base, base]), anchor=pair([start, base]))], policy())
    assert (report.pairs[0].mode, report.code) == ("item-diff", 5)


def test_tiers_of_a_rule_and_of_a_pair():
    warning = policy(rules={"headline": {"margin": 0.06, "tier": "warning"}})
    report = gate({}, lost(30), warning)
    assert (report.verdict, report.code, report.summary) == (
        "PASS",
        0,
        "every blocking rule holds; 1 warning",
    )
    assert gate({}, lost(30), tier="informational").code == 0


def test_several_data_sets_share_one_family():
    data = dataset(articles=40)
    weak = Contest(paired=paired(data, {}, {f"a{n}-q0": 0.0 for n in range(3)}), name="weak")
    margin = policy(rules={"headline": {"margin": 0.005}})
    alone = decide([weak], margin)
    assert alone.code == 5
    others = [
        Contest(paired=paired(data, lost(2), {"a5-q0": 0.0, "a6-q0": 0.0}), name=f"n{k}") for k in range(8)
    ]
    report = decide([weak, *others], policy(rules={"headline": {"margin": 0.005}}, on_inconclusive="block"))
    assert outcome(report, "headline").test.p_worse == outcome(alone, "headline").test.p_worse
    assert outcome(report, "headline").verdict != "FAIL"


def test_an_absent_run_blocks_where_it_is_required():
    gone = Absent(
        name="news", tier="blocking", required=True, baseline="b", candidate="c", why="no run matches"
    )
    good = Contest(paired=paired(dataset(articles=40), {}, {}), name="own")
    assert decide([gone, good], policy()).code == 5
    assert decide([dataclasses.replace(gone, required=False), good], policy()).code == 0
    assert decide([dataclasses.replace(gone, tier="warning"), good], policy()).summary.endswith("1 warning")


def test_ceilings_of_time_and_tokens():
    data = dataset(articles=8)
    cand = view(data, name="cand")
    told = {
        k: dataclasses.replace(p, tokens_in=120, tokens_kept=100, tokens_out=10)
        for k, p in cand.predictions.items()
    }
    cand = dataclasses.replace(cand, predictions=told)
    seconds = dict.fromkeys(told, 1.0) | {Key("a0-q0"): 9.0}
    contest = Contest(paired=pair([view(data, name="base"), cand]), seconds=seconds)
    asked = {"seconds_p50": 1.0, "seconds_p95": 1.0, "seconds_total": 39.0, "tokens_in_mean": 100,
             "tokens_out_mean": 9, "tokens_total": 3520, "cost_total": 0.0038}  # fmt: skip
    report = decide([contest], policy(rules={}, ceilings=asked, prices={"in": 1.0, "out": 2.0}))
    found = {o.rule: (o.verdict, o.text.split(",")[0]) for o in report.pairs[0].outcomes}
    assert found["seconds_p50"] == ("PASS", "1")
    assert found["seconds_p95"] == ("PASS", "1")
    assert found["seconds_total"] == ("FAIL", "40")
    assert found["tokens_in_mean"] == ("PASS", "100")
    assert found["tokens_out_mean"] == ("FAIL", "10")
    assert found["tokens_total"] == ("PASS", "3520")
    assert found["cost_total"] == ("FAIL", "0.00384")  # 32 × (100 × 1 + 10 × 2) per million


def test_what_was_not_recorded_cannot_be_held():
    report = gate({}, {}, policy(rules={}, ceilings={"seconds_p50": 1.0, "tokens_total": 5}))
    assert [o.verdict for o in report.pairs[0].outcomes if o.rule.startswith(("seconds", "tokens"))] == [
        "INCONCLUSIVE",
        "INCONCLUSIVE",
    ]


@pytest.mark.parametrize(
    ("name", "above", "below"),
    [
        ("tokens_total", 109, 110),  # 100 + 10 of the one answer that was counted
        ("tokens_in_mean", 3.1, 3.2),  # 100 / 32 = 3.125 at least
        ("cost_total", 0.00011, 0.00013),
    ],
)
def test_a_part_of_the_tokens_can_break_a_ceiling_but_not_hold_it(name, above, below):
    data = dataset(articles=8)
    cand = view(data, name="cand")
    told = dict(cand.predictions)
    told[Key("a0-q0")] = dataclasses.replace(told[Key("a0-q0")], tokens_in=100, tokens_out=10)
    both = pair([view(data, name="base"), dataclasses.replace(cand, predictions=told)])
    prices = {"in": 1.0, "out": 2.0}
    for limit, verdict in ((above, "FAIL"), (below, "INCONCLUSIVE")):
        asked = policy(rules={}, ceilings={name: limit, "seconds_total": 1.0}, prices=prices)
        report = decide([Contest(paired=both, seconds={Key("a0-q0"): 0.5})], asked)
        found = outcome(report, name)
        assert found.verdict == verdict
        assert found.text.endswith("; 31 answers without a count of tokens")
        assert outcome(report, "seconds_total").verdict == "PASS"


@pytest.mark.parametrize(
    ("gained", "losses", "verdict"),
    [
        (0, 4, "INCONCLUSIVE"),  # p = 1/16
        (0, 5, "FAIL"),  # 1/32
        (1, 6, "INCONCLUSIVE"),  # 8/128
        (1, 7, "FAIL"),  # 9/256
    ],
)
def test_in_item_diff_mode_a_varying_model_may_not_lose_more_than_chance(gained, losses, verdict):
    data, warm = dataset(articles=5), {"temperature": 0.7}
    before = {f"a4-q{n}": 0.0 for n in range(gained)}
    after = {item.id: 0.0 for item in data.items[:losses]}
    views = [view(data, before, name="base", model=warm), view(data, after, name="cand", model=warm)]
    report = decide([Contest(paired=pair(views))], policy(must_not_break={"ids": ["a0-q0"]}))
    assert report.pairs[0].mode == "item-diff"
    assert outcome(report, "max_regressions").verdict == verdict
    assert report.pairs[0].watched[0].verdict == verdict
    assert report.code == (5 if verdict == "FAIL" else 0)


def test_where_there_are_statistics_they_tell_losses_from_noise():
    data, warm = dataset(articles=40), {"temperature": 0.7}
    views = [view(data, name="base", model=warm), view(data, lost(6), name="cand", model=warm)]
    report = decide([Contest(paired=pair(views))], policy(must_not_break={"ids": ["a0-q0"]}))
    assert (report.pairs[0].mode, report.pairs[0].watched[0].verdict) == ("statistical", "INCONCLUSIVE")
