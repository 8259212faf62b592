"""Sentence boundaries in plain text."""

from __future__ import annotations

import time

import pytest

from bench.sentences import sentences

CASES = [
    ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
    ("He met Mr. Orr. They left.", ["He met Mr. Orr.", "They left."]),
    ("The U.S. Senate met. It voted.", ["The U.S. Senate met.", "It voted."]),
    (
        "He left the U.S. The vote failed.",
        ["He left the U.S.", "The vote failed."],
    ),  # opener after the initials
    ("It cost $2.5 million. Nobody paid.", ["It cost $2.5 million.", "Nobody paid."]),
    ("J. R. Orr spoke. All listened.", ["J. R. Orr spoke.", "All listened."]),
    ("It opens at 6 p.m. on Monday. Go.", ["It opens at 6 p.m. on Monday.", "Go."]),
    ("See No. 5. Is it? No. It is not.", ["See No. 5.", "Is it?", "No.", "It is not."]),
    ("Since Jan. 5 it rained. Then sun.", ["Since Jan. 5 it rained.", "Then sun."]),
    ("“Stop!” he said. She did.", ["“Stop!” he said.", "She did."]),
    ('He said "we go." She nodded.', ['He said "we go."', "She nodded."]),
    ("Headline without stop\n\nBody here.", ["Headline without stop", "Body here."]),
    ("Broken\nover lines. Next.", ["Broken\nover lines.", "Next."]),
    ("A gap\n \t\nwith spaces.", ["A gap", "with spaces."]),
    ("Wait... what? Yes.", ["Wait... what?", "Yes."]),
    ("漢字。次の文。", ["漢字。", "次の文。"]),
    ("Visit example.com now. Bye.", ["Visit example.com now.", "Bye."]),
    ("  \n\n  ", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_boundaries(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected


def test_spans_are_ordered_disjoint_and_cover_all_that_is_not_space() -> None:
    text = "\n\n".join(case for case, _ in CASES)
    left, at = "", 0
    for start, end in sentences(text):
        assert at <= start < end
        left += text[at:start]
        at = end
    assert (left + text[at:]).strip() == ""


def test_long_text_without_a_boundary_is_fast() -> None:
    started = time.perf_counter()
    sentences("word. " * 40_000 + '."' * 40_000)
    assert time.perf_counter() - started < 3
