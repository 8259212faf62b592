"""Tokens, money and time of a run, against figures worked out by hand."""

import pytest

from bench.models.base import reply
from bench.records import Failure, Key, Prediction, Request
from bench.reports.view import usage_line
from bench.usage import Latency, cost_of, dollars, latency_of, usage_of


def prediction(n, status="ok", **tokens):
    error = None if status == "ok" else Failure(type="deadline", message="late")
    return Prediction(key=Key(f"q{n}"), request_digest="d", status=status, error=error, **tokens)


def test_tokens_and_cost():
    found = usage_of(
        [
            prediction(1, tokens_in=1000, tokens_out=10),
            prediction(2, tokens_in=5000, tokens_kept=2000, tokens_out=30),
            prediction(3, tokens_in=500),
            prediction(4),
            prediction(5, "failed"),
        ],
        (2.0, 10.0),
    )
    assert (found.tokens_in, found.tokens_out, found.counted, found.answered) == (3500, 40, 3, 4)
    assert found.cost == pytest.approx(0.007 + 0.0004)
    assert usage_line(found) == "3,500 tokens in, 40 out, $0.0074 (counted for 3 of 4 answers)"


def test_nothing_counted_is_no_usage():
    assert usage_of([prediction(1), prediction(2, "failed")], (1.0, 1.0)) is None
    assert usage_of([], None) is None


def test_without_prices_there_is_no_cost():
    found = usage_of([prediction(1, tokens_in=7, tokens_out=3)], None)
    assert found.cost is None
    assert usage_line(found) == "7 tokens in, 3 out"


def test_percentiles_are_values_that_occurred_and_failures_do_not_count():
    predictions = {p.key: p for p in (prediction(n, "ok" if n <= 20 else "failed") for n in range(1, 31))}
    seconds = {Key(f"q{n}"): float(n) if n <= 20 else 0.001 for n in range(1, 31)}
    assert latency_of(predictions, seconds) == Latency(p50=10.0, p95=19.0, mean=10.5, n=20)


def test_one_item_is_its_own_percentile():
    request = Request(key=Key("q"), article_id="a", context="", question="")
    assert latency_of({request.key: reply(request, "x")}, {request.key: 2.0}) == Latency(
        p50=2.0, p95=2.0, mean=2.0, n=1
    )
    assert latency_of({request.key: reply(request, "x")}, {}) is None


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, "$0.00"),
        (1234.5, "$1,234.50"),
        (0.1, "$0.10"),
        (0.0123, "$0.012"),
        (0.000321, "$0.00032"),
        (3e-7, "$3.0e-07"),
    ],
)
def test_small_amounts_do_not_look_free(amount, text):
    assert dollars(amount) == text


def test_cost_is_per_million():
    assert cost_of(1_000_000, 500_000, (0.15, 0.60)) == pytest.approx(0.45)
