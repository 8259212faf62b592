"""The language of derivations: its values, its errors, its bounds."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.datasets.derivation import MAX_DEPTH, MAX_LENGTH, DerivationError, Result, evaluate


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("80 - 52", Fraction(28)),
        ("80-52", Fraction(28)),
        ("2 + 3 * 4", Fraction(14)),
        ("(2 + 3) * 4", Fraction(20)),
        ("10 - 4 - 3", Fraction(3)),  # from the left
        ("8 / 4 / 2", Fraction(1)),
        ("1 / 3", Fraction(1, 3)),
        ("0.1 + 0.2", Fraction(3, 10)),  # exact, not as floats
        ("-5 + 2", Fraction(-3)),
        ("--5", Fraction(5)),
        ("18 * 1000 > 17500", True),
        ("2 < 2", False),
        ("2 <= 2", True),
        ("0.5 == 1/2", True),
        ("1 != 1", False),
        ("date(2025-06-02) - date(2025-05-16)", Fraction(17)),
        ("date(2024-03-01) - date(2024-02-28)", Fraction(2)),  # leap year
        ("date(2025-06-02) - 1d", date(2025, 6, 1)),
        ("date(2025-06-02) + 30d", date(2025, 7, 2)),
        ("3d + 4d", Fraction(7)),
        ("date(2025-06-02) > date(2025-06-01)", True),
        ("weekday(date(2025-06-02))", "Monday"),
        ("weekday(date(2025-06-02) - 1d)", "Sunday"),
        ("argmax(Vellmar = 340, 'x')".replace("'x'", '"Old Quay" = 120'), "Vellmar"),
        ("argmin(a = 2 * 3, b = 7 - 2)", "b"),
        ("argmax(first = date(2025-06-02), second = date(2025-06-03))", "second"),
        ('argmax(x = 1, y = 2) == "y"', True),
    ],
)
def test_values(text: str, value: Result) -> None:
    result = evaluate(text)
    assert result == value
    assert type(result) is type(value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "unexpected 'end of the derivation'"),
        ("80 -", "unexpected"),
        ("80 52", "unexpected '52'"),
        ("(80", "expected ')'"),
        ("1,000", "unexpected ','"),
        ("1 / 0", "division by zero"),
        ("1 / (2 - 2)", "division by zero"),
        ("1 < 2 < 3", "unexpected '<'"),
        ("x", "unexpected 'x'"),
        ("1e9", "cannot read"),
        ("2 ** 9", "unexpected '*'"),
        ("__import__('os')", "cannot read"),
        ("(1).real", "cannot read"),
        ("date(2025-02-30)", "there is no date 2025-02-30"),
        ("date(2025-02)", "date(YYYY-MM-DD)"),
        ("date(2025-06-02) - 1", "days are written 3d"),
        ("date(2025-06-02) + date(2025-06-02)", "cannot add"),
        ("date(9999-12-31) + 1d", "outside the years"),
        ("date(2025-06-02) + 99999999999d", "outside the years"),
        ("weekday(3)", "needs a date"),
        ("argmax(a = 1)", "two or more"),
        ("argmax(a = 1, b = 1)", "tie"),
        ("argmax(a = 1, a = 2)", "must have one"),
        ("argmax(a = 1, b = date(2025-06-02))", "two or more names with numbers, or with dates"),
        ("argmax(1, 2)", "expected a name"),
        ("2 > date(2025-06-02)", "cannot compare"),
        ("argmax(a=1, b=2) > argmin(a=1, b=2)", "no order"),
        ("(1 < 2) + 1", "cannot add"),
        ("-(1 < 2)", "cannot negate"),
        ("2 * 3d", "cannot apply"),
        ("(" * (MAX_DEPTH + 1) + "1" + ")" * (MAX_DEPTH + 1), "nested"),
        ("-" * 400 + "1", "nested"),
        ("9" * 40, "digits"),
        ("1+" * MAX_LENGTH + "1", "longer"),
    ],
)
def test_errors(text: str, message: str) -> None:
    with pytest.raises(DerivationError) as raised:
        evaluate(text)
    assert message in str(raised.value)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="0123456789+-*/()<>=., dabxmaxrgwek\"'\n", max_size=40))
def test_never_anything_but_a_value_or_its_own_error(text: str) -> None:
    try:
        result = evaluate(text)
    except DerivationError:
        return
    assert isinstance(result, Fraction | date | str | bool)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_agrees_with_fractions(a: int, b: int) -> None:
    assert evaluate(f"({a} - {b}) / {b} * 3") == Fraction(a - b, b) * 3
    assert evaluate(f"{a} >= {b}") is (a >= b)
