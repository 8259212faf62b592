"""Which dates a text mentions, and EDTF."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.answers.dates.moments import moments, whole_date
from bench.answers.dates.when import parse_edtf, weekday_of
from bench.answers.text.tokens import read

READ: list[tuple[str, dict[str, Any]]] = [
    ("May 16", {"month": 5, "day": 16}),
    ("the sixteenth of May", {"month": 5, "day": 16}),
    ("May the 16th", {"month": 5, "day": 16}),
    ("2025-05-16", {"year": 2025, "month": 5, "day": 16}),
    ("16.5.2025", {"year": 2025, "month": 5, "day": 16}),
    ("16 May, 2025", {"year": 2025, "month": 5, "day": 16}),
    ("Monday, June 2, 2025", {"year": 2025, "month": 6, "day": 2, "weekday": 0}),
    ("June 1 (Sunday)", {"month": 6, "day": 1, "weekday": 6}),
    ("the night of Sunday", {"weekday": 6, "part": "night"}),
    ("overnight on Sunday", {"weekday": 6, "part": "night"}),
    ("Feb. 2022", {"year": 2022, "month": 2}),
    ("02/2022", {"year": 2022, "month": 2}),
    ("early February 2022", {"year": 2022, "month": 2, "late": "early"}),
    ("2022", {"year": 2022}),
    ("twenty twenty-two", {"year": 2022}),
    ("the 1990s", {"decade": 199}),
    ("spring 2022", {"year": 2022, "season": "spring"}),
    ("6 p.m.", {"minute": 1080}),
    ("18:00", {"minute": 1080}),
    ("May 16-18", {"month": 5, "day": 16, "until": 18}),
]


@pytest.mark.parametrize(("text", "said"), READ, ids=[t for t, _ in READ])
def test_reads_one_moment(text: str, said: dict[str, Any]) -> None:
    assert [m.when.said() for m in moments(read(text))] == [said]


@pytest.mark.parametrize("text", ["It may rain.", "They march on the capital.", "The sun rose.", "He may go"])
def test_words_that_only_look_like_dates(text: str) -> None:
    assert moments(read(text)) == []


def test_figures_in_either_order_have_two_readings() -> None:
    (found,) = moments(read("06/01/2025"))

    assert {(w.month, w.day) for w in (found.when, *found.others)} == {(1, 6), (6, 1)}


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("XXXX-05-16", [{"month": 5, "day": 16}]),
        ("2022-02", [{"year": 2022, "month": 2}]),
        ("2025-06-01~", [{"year": 2025, "month": 6, "day": 1}]),
        ("202X", [{"decade": 202}]),
        ("2022-21", [{"year": 2022, "season": "spring"}]),
        (
            "2025-05-16/2025-05-18",
            [{"year": 2025, "month": 5, "day": 16}, {"year": 2025, "month": 5, "day": 18}],
        ),
        ("soon", []),
    ],
)
def test_edtf(edtf: str, said: list[dict[str, Any]]) -> None:
    assert [when.said() for when in parse_edtf(edtf)] == said


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_spelling_of_a_date_is_that_date(day: date) -> None:
    wanted = {"year": day.year, "month": day.month, "day": day.day}
    for text in (day.isoformat(), f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%b} {day.year}"):
        (found,) = moments(read(text))
        assert found.when.said() == wanted
        assert whole_date(text)
        assert weekday_of(found.when) == day.weekday()
    (other,) = moments(read((day + timedelta(days=1)).isoformat()))
    assert other.when.said() != wanted
