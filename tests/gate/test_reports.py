"""How a gate says what it found: well formed, byte-stable, and inert whatever an answer holds."""

import json
import re
from xml.etree import ElementTree

import pytest

from bench.comparing.pairing import pair
from bench.gate import console, document, junit, markdown
from bench.gate.contest import Absent, Contest
from bench.gate.decide import decide
from bench.gate.policy import read_policy
from bench.store import codec
from tests.gate.views import dataset, undecided, view

HOSTILE = (
    "<script>alert(1)</script> </details> | a \\| `x` ::error::pwned ##[error]pwned %0A::warning::x \x1b[31mred\x1b]0;t\x07 "
    "\u202eabc \x00 \ud800 ]]> &amp; \ufffe ![i](javascript:x)"
)
LONG = "::error::" * 5000
POLICY = {
    "rules": {
        "headline": {"margin": 0.06},
        "slices": {"margin": 0.1, "metric": "correct", "slices": ["skill"], "tier": "informational"},
        "soft": {"margin": 0.01, "tier": "warning"},
    },
    "must_not_break": {"ids": ["a0-q0", "a1-q0"]},
}


def report(texts=None, wrong=30, extra=()):
    data = dataset(articles=40)
    lost = {f"a{n}-q0": 0.0 for n in range(wrong)}
    contest = Contest(
        paired=pair([view(data, name="base"), view(data, lost, texts=texts, name="cand")]),
        baseline="baseline <b>::error::</b>",
        notes=("a note | with ::error::",),
    )
    return decide([contest, *extra], read_policy(POLICY))


@pytest.fixture(params=[HOSTILE, LONG, "\n::error::first\n" * 20], ids=["hostile", "long", "lines"])
def hostile(request):
    return report({f"a{n}-q0": request.param for n in range(30)})


def test_junit_has_a_case_for_every_rule_and_item_and_parses(hostile):
    root = ElementTree.fromstring(junit.render(hostile))
    cases = {case.get("name"): case for case in root.iter("testcase")}
    assert set(cases) == {
        "headline", "slices: skill arithmetic", "slices: skill who", "soft", "max_failed", "must not break a0-q0",
        "must not break a1-q0",
    }  # fmt: skip
    failed = {name for name, case in cases.items() if case.find("failure") is not None}
    assert failed == {"headline", "must not break a0-q0", "must not break a1-q0"}
    assert (root.get("tests"), root.get("failures")) == ("7", "3")
    suite = root.find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures")) == ("7", "3")
    assert cases["soft"].find("skipped").get("message").startswith("FAIL (warning)")


def test_junit_fails_on_inconclusive_only_where_the_policy_blocks():
    for how, n in (("tolerate", "0"), ("block", "1")):
        policy = read_policy({"rules": {"headline": {"margin": 0.055}}, "on_inconclusive": how})
        found = decide([Contest(paired=undecided())], policy)
        assert found.verdict == "INCONCLUSIVE"
        assert ElementTree.fromstring(junit.render(found)).get("failures") == n


def test_markdown_is_inert(hostile):
    text = markdown.render(hostile)
    own = text.replace("<details><summary>Informational rules (2)</summary>", "").replace("</details>", "")
    assert "<" not in own
    assert not any(c in text for c in "\x00\x1b\u202e\ud800")
    assert "![i](" not in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} <= {10, 5}
    assert text.count("worse (100.0 → 0.0") == 30, "every flip is listed"


def test_a_short_summary_says_what_it_leaves_out():
    text = markdown.render(report(), 4)
    assert text.count("worse (100.0 → 0.0") == 4
    assert "26 more" in text


def test_no_line_on_the_console_is_a_command_to_the_build_log(hostile):
    for line in console.lines(hostile):
        assert "\n" not in line
        assert "::" not in line
        assert "##[" not in line
        assert "\x1b" not in line


def test_annotations_are_one_command_a_line(hostile):
    lines = list(console.annotation_lines(hostile))
    assert [line.split(" ")[0] for line in lines] == ["::error"] * 3 + ["::warning"]
    for line in lines:
        assert "\n" not in line
        assert re.fullmatch(r"::(error|warning) title=[^:,\n]*::[^\n]*", line)
    assert not any("%0A" in line.replace("%250A", "") for line in lines)


def test_tolerated_inconclusive_is_a_warning():
    gone = Absent(
        name="n", tier="blocking", required=True, baseline="b", candidate="c", why="no run: 100 % gone\n"
    )
    lines = list(console.annotation_lines(report(wrong=0, extra=[gone])))
    assert lines == ["::error title=gate FAIL%3A n%2C run present and complete::no run: 100 %25 gone "]


def test_json_holds_everything_and_survives_any_text(hostile):
    back = json.loads(codec.pretty(document.document(hostile)))
    assert (back["verdict"], back["exit_code"]) == ("FAIL", 5)
    (one,) = back["pairs"]
    assert len(one["flips"]) == 30
    headline = one["rules"][0]
    assert headline["rule"] == "headline"
    assert headline["low"] < headline["difference"] < headline["high"] < 0
    assert set(headline["feasibility"]) >= {
        "chance_of_an_equal_model",
        "discordance",
        "design_effect",
        "measured",
    }
    assert one["flips"][0]["candidate"] == hostile.pairs[0].flips[0].after


def test_the_same_report_gives_the_same_bytes():
    one, two = report(), report()
    for render in (markdown.render, junit.render, lambda r: codec.pretty(document.document(r))):
        assert render(one) == render(two)
    assert list(console.lines(one)) == list(console.lines(two))
