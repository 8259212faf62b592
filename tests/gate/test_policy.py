"""Reading a policy: every slip is named with its key, its value and what to write."""

import datetime

import pytest

from bench.build import catalogue, read_config
from bench.errors import UsageError
from bench.gate.policy import check_waivers, read_policy, weaker

WAIVER = {"item": "q1", "reason": "see 12", "until": "2026-12-31"}


def test_the_shipped_default_is_what_the_documents_say():
    policy = read_policy(read_config("gate", "default"))
    assert (policy.alpha, policy.on_inconclusive) == (0.05, "tolerate")
    rule = policy.rules["headline"]
    assert (rule.metric, rule.margin, rule.tier) == ("headline", 0.06, "blocking")
    assert policy.rules["slices"].tier == "informational"


@pytest.mark.parametrize("name", sorted(catalogue("gate")))
def test_every_shipped_policy_can_be_read(name):
    read_policy({k: v for k, v in read_config("gate", name).items() if k != "defaults"})


@pytest.mark.parametrize(
    ("node", "words"),
    [
        ({"alhpa": 0.05}, ["gate", "'alhpa'", "did you mean 'alpha'"]),
        ({"alpha": 5}, ["gate.alpha=5", "0.05"]),
        ({"alpha": True}, ["gate.alpha=True"]),
        ({"on_inconclusive": "ignore"}, ["gate.on_inconclusive", "'ignore'", "tolerate"]),
        ({"rules": {"h": {}}}, ["gate.rules.h.margin is required"]),
        ({"rules": {"h": {"margin": 0}}}, ["gate.rules.h.margin=0", "0.06"]),
        ({"rules": {"h": {"margin": "six"}}}, ["gate.rules.h.margin='six'"]),
        ({"rules": {"h": {"margin": float("nan")}}}, ["gate.rules.h.margin"]),
        ({"rules": {"h": {"margin": 0.1, "tier": "hard"}}}, ["gate.rules.h.tier", "blocking"]),
        ({"rules": {"h": {"margin": 0.1, "slices": ["skil"], "metric": "em"}}}, ["gate.rules.h.slices", "'skill'"]),
        ({"rules": {"h": {"margin": 0.1, "slices": "skill", "metric": "em"}}}, ["a list was expected", "[skill]"]),
        ({"rules": {"h": {"margin": 0.1, "slices": ["skill"]}}}, ["gate.rules.h.metric", "e.g. correct"]),
        ({"rules": {"h": 3}}, ["gate.rules.h", "found 3"]),
        ({"must_not_break": {"where": "skil=who"}}, ["'skil'", "did you mean 'skill'"]),
        ({"max_failed": -1}, ["gate.max_failed=-1"]),
        ({"max_regressions": 1.5}, ["gate.max_regressions=1.5"]),
        ({"ceilings": {"seconds_p51": 1}}, ["gate.ceilings", "did you mean 'seconds_p"]),
        ({"ceilings": {"seconds_p50": "1s"}}, ["gate.ceilings.seconds_p50='1s'"]),
        ({"waivers": [{"item": "q1", "until": "2026-12-31"}]}, ["gate.waivers[0].reason is required"]),
        ({"waivers": [{**WAIVER, "reason": " "}]}, ["gate.waivers[0].reason", "q1"]),
        ({"waivers": [{**WAIVER, "until": "next week"}]}, ["gate.waivers[0].until='next week'", "2026-12-31"]),
        ({"pairs": {"news": {"tier": "warning"}}}, ["gate.pairs.news.baseline is required"]),
        ({"pairs": {"news": {"baseline": "b", "tier": "loud"}}}, ["gate.pairs.news.tier"]),
    ],
)  # fmt: skip
def test_slips(node, words):
    with pytest.raises(UsageError) as caught:
        read_policy(node)
    for word in words:
        assert word in str(caught.value)


def test_a_waiver_holds_through_its_last_day():
    policy = read_policy({"waivers": [WAIVER]})
    check_waivers(policy, datetime.date(2026, 12, 31))
    with pytest.raises(UsageError, match=r"q1 ran out on 2026-12-31 \(see 12\)"):
        check_waivers(policy, datetime.date(2027, 1, 1))


def test_the_weaker_tier():
    assert weaker("blocking", "warning") == "warning"
    assert weaker("informational", "warning") == "informational"


def test_shares_and_counts_of_failures():
    assert read_policy({"max_failed": 0.01}).most_failed(500) == 5.0
    assert read_policy({"max_failed": 2}).most_failed(500) == 2
