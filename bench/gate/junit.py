"""The gate as JUnit XML: one case per rule and per must-not-break item."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from bench.gate.outcome import GateReport, PairReport
from bench.reports.inert import plain

# What XML 1.0 cannot hold, not even as a reference.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: GateReport) -> str:
    """The whole document. A case fails where its verdict breaks the build; other misses are `skipped`, with why."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    suites = [_suite(pair, report.policy.on_inconclusive == "block") for pair in report.pairs]
    tests = sum(n for n, _, _ in suites)
    failures = sum(n for _, n, _ in suites)
    lines.append(f'<testsuites name="dateline gate" tests="{tests}" failures="{failures}" errors="0">')
    for _, _, body in suites:
        lines += body
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _suite(pair: PairReport, block: bool) -> tuple[int, int, list[str]]:
    name = pair.name or f"{pair.candidate} against {pair.baseline}"
    cases = [(o.rule, o.tier, o.verdict, o.text) for o in pair.outcomes]
    cases += [
        (f"must not break {w.item.id}", pair.watch_tier, w.verdict, _item_text(w.text, w.item.question))
        for w in pair.watched
    ]
    body = [line for case in cases for line in _case(name, *case, block=block)]
    failures = sum("<failure" in line for line in body)
    skipped = sum("<skipped" in line for line in body)
    head = f'  <testsuite name={_attr(name)} tests="{len(cases)}" failures="{failures}" skipped="{skipped}" errors="0">'
    return len(cases), failures, [head, *body, "  </testsuite>"]


def _item_text(text: str, question: str) -> str:
    return f"{text}: {question}"


def _case(suite: str, rule: str, tier: str, verdict: str, text: str, *, block: bool) -> list[str]:
    head = f"    <testcase classname={_attr(suite)} name={_attr(rule)}"
    breaks = verdict in ("FAIL", "REFUSED") or (verdict == "INCONCLUSIVE" and block)
    if verdict == "PASS":
        return [f"{head}/>"]
    if breaks and tier == "blocking":
        inner = f"      <failure type={_attr(verdict)} message={_attr(text)}>{_text(text)}</failure>"
    else:
        inner = f"      <skipped message={_attr(f'{verdict} ({tier}): {text}')}/>"
    return [f"{head}>", inner, "    </testcase>"]


def _attr(text: str) -> str:
    return quoteattr(_ILLEGAL.sub("�", plain(text, 1000)))


def _text(text: str) -> str:
    return escape(_ILLEGAL.sub("�", plain(text, 1000)))
