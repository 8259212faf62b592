"""What numbers a text mentions."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.answers.numbers.quantities import quantities
from bench.answers.text.numberwords import words_at
from bench.answers.text.tokens import read

VALUES = [
    ("52", "52"), ("fifty-two", "52"), ("one hundred and sixty-two", "162"), ("a dozen", "12"), ("half", "1/2"),
    ("a third", "1/3"), ("three quarters", "3/4"), ("1.5 million", "1500000"), ("$2.5bn", "2500000000"), ("3k", "3000"),
    ("minus five", "-5"), ("−5 %", "-5"), ("-5%", "-5"), ("-$5", "-5"), ("12 degrees below zero", "-12"),
    ("13/20", "13/20"), ("½", "1/2"), ("1½", "3/2"), ("1 1/2", "3/2"), ("half a million", "500000"),
    ("two and a half", "5/2"), ("one and a half million", "1500000"), ("three dozen", "36"), ("1,000", "1000"),
    ("1,20,000", "120000"), ("1,5 million", "1500000"), ("two point five billion", "2500000000"), ("a hundred", "100"),
    ("fifteen hundred", "1500"), ("ninety-nine thousand nine hundred and one", "99901"), ("80km", "80"), ("52nd", "52"),
    ("twenty-first", "21"), ("three-year-long", "3"), ("٥٢", "52"), ("3.14", "157/50"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), VALUES, ids=[ascii(t) for t, _ in VALUES])
def test_one_value(text: str, value: str) -> None:
    assert [q.value for q in quantities(read(text))] == [Fraction(value)]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("up to 40", "at_most"), ("as many as 40 warplanes", "at_most"), ("no more than 40", "at_most"),
        ("at least 40", "at_least"), ("40 or more", "at_least"), ("40+", "at_least"), ("more than 40", "above"),
        ("over 40", "above"), ("fewer than 40", "below"), ("about 40", "approx"), ("~40", "approx"),
        ("up to about 40", "at_most"), ("40 or so", "approx"), ("exactly 40", "exact"), ("40", ""),
    ],
)  # fmt: skip
def test_bounds(text: str, bound: str) -> None:
    assert [(q.value, q.bound) for q in quantities(read(text))] == [(40, bound)]


@pytest.mark.parametrize(
    ("text", "low", "high", "form"),
    [
        ("50-60", 50, 60, "range"), ("50 to 60", 50, 60, "range"), ("between 50 and 60", 50, 60, "range"),
        ("50–60", 50, 60, "range"), ("2 to 3 million", 2_000_000, 3_000_000, "range"), ("3:1", 3, 1, "pair"),
        ("three to one", 3, 1, "pair"), ("2-1", 2, 1, "pair"),
    ],
)  # fmt: skip
def test_two_figures_are_a_range_or_a_pair(text: str, low: int, high: int, form: str) -> None:
    assert [(q.value, q.high, q.form) for q in quantities(read(text))] == [(low, high, form)]


@pytest.mark.parametrize(
    "text", ["F-16 jets", "the G7", "the 1990s", "10:30", "Covid-19", "sentence 5", "192.168.0.1"]
)
def test_figures_in_names_and_times_are_no_numbers(text: str) -> None:
    assert quantities(read(text)) == []


def test_terms_of_a_written_calculation_are_no_answers() -> None:
    roles = [(int(q.value), q.role) for q in quantities(read("80 − 52 = 28"))]

    assert roles == [(80, "operand"), (52, "operand"), (28, "")]


def test_the_whole_is_told_from_its_part() -> None:
    part, whole = quantities(read("52 of the 80 drones"))

    assert (part.value, part.of, whole.role) == (52, 80, "whole")


def spelled(number: int) -> str:
    """English words for 0–999,999, written for this test."""
    small = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]  # fmt: skip
    tens = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    if number < 20:
        return small[number]
    if number < 100:
        return tens[number // 10] + (f"-{small[number % 10]}" if number % 10 else "")
    if number < 1000:
        return f"{small[number // 100]} hundred" + (f" and {spelled(number % 100)}" if number % 100 else "")
    head = f"{spelled(number // 1000)} thousand"
    return head + (f" {spelled(number % 1000)}" if number % 1000 else "")


@given(st.integers(0, 999_999))
def test_words_and_digits_agree(number: int) -> None:
    words = read(spelled(number)).tokens

    found = words_at(words, 0)

    assert found is not None
    assert (found.value, found.end) == (number, len(words))
    assert [q.value for q in quantities(read(f"{number:,}"))] == [number]
