"""Which dates are dates, and when an answer contradicts the one it stands for."""

from __future__ import annotations

import pytest

from bench.datasets.validation.dates import contradiction, edtf_fault
from bench.datasets.validation.offsets import _well_cut


@pytest.mark.parametrize(
    "text",
    ["2025", "2025-06", "2025-06-02", "XXXX-05-16", "202X", "2025-XX-02", "2024-02-29", "XXXX-02-29", "2025-06-02?",
     "2025-06-02/2025-06-05", "2025/..", "../2025", "2025-21", "2025-06-02T14:30", "2025-06-02T14:30:00Z"],
)  # fmt: skip
def test_edtf_dates(text: str) -> None:
    assert edtf_fault(text) is None


@pytest.mark.parametrize(
    "text",
    ["", "..", "/", "soon", "16 May", "2025-6-2", "2025-13", "2025-00", "2025-02-29", "2025-04-31", "2025-06-00",
     "0000", "25-06-02", "2025-06-02T25:00", "2025/2026/2027", "2025-21-01", "2025-06-3X-01", "2025-06-4X"],
)  # fmt: skip
def test_no_edtf_dates(text: str) -> None:
    assert edtf_fault(text) is not None


@pytest.mark.parametrize(
    ("answer", "edtf", "clash"),
    [
        ("16 May", "XXXX-05-16", None),
        ("May 16", "XXXX-05-16", None),
        ("the 16th of May 2025", "2025-05-16", None),
        ("May 2025", "2025-05", None),
        ("2025-05-16", "2025-05-16", None),
        ("Friday, 16 May 2025", "2025-05-16", None),
        ("Friday", "2025-05-16", None),
        ("the day after", "2025-05-16", None),
        ("Sept. 3", "XXXX-09-03", None),
        ("3 or 4 weeks", "XXXX-09-03", None),  # no month, so no day either
        ("16 May", "2025-05", None),  # says more, contradicts nothing
        ("16 May", "XXXX-05-17", "day 16 is not 17"),
        ("16 June", "XXXX-05-16", "month 06 is not 05"),
        ("May 16, 2024", "2025-05-16", "year 2024 is not 2025"),
        ("in 2022", "202X", None),
        ("in 2022", "201X", "year 2022 is not 201X"),
        ("Monday", "2025-05-16", "that day is a Friday"),
        ("2025-06-16", "2025-05-16", "month 06 is not 05"),
    ],
)
def test_contradictions(answer: str, edtf: str, clash: str | None) -> None:
    assert contradiction(answer, edtf) == clash


@pytest.mark.parametrize(
    ("quote", "clean"),
    [
        ("the U.S.", True),
        ("at 5 p.m.", True),
        ("Ambrick Inc.", True),
        ("-5 degrees", True),
        ('"enough is enough"', True),
        ("the port (north)", True),
        ("the port.", False),
        ("the port,", False),
        (", the port", False),
        (" the port", False),
        ("the port (north", False),
        ('"enough is', False),
        ("– the port", False),
    ],
)
def test_where_a_quotation_may_end(quote: str, clean: bool) -> None:
    assert _well_cut(quote) is clean
