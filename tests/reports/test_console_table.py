import io

import pytest
from rich.console import Console

from bench.reports.console_table import show_table


def row(model, headline=0.5, **changes):
    return {
        "dataset": "dateline 1.0.0", "model": model, "run": "0" * 12, "parameters": {"kind": "x", "seed": "0"},
        "headline": headline, "low": 0.4, "high": 0.6, "metrics": {"clean": 0.1, "correct": 0.25, "em": 0.2, "f1": 0.3},
        "units": dict.fromkeys(("clean", "correct", "em", "f1"), "share"), "items": 520, "articles": 20, "failed": 0,
        "partial": False, "label": "balanced accuracy", **changes,
    }  # fmt: skip


def shown(rows, width=120):
    stream = io.StringIO()
    show_table(Console(file=stream, width=width), rows)
    return stream.getvalue()


def test_what_is_common_stands_above_and_best_comes_first():
    text = shown([row("lead", 0.1), row("lexical", 0.7)])
    assert text.startswith("dateline 1.0.0, 520 items, 20 articles\n")
    assert text.index("lexical") < text.index("lead")
    assert "headline = balanced accuracy" in text


@pytest.mark.parametrize("width", [60, 80, 100, 140])
def test_no_line_is_folded_at_any_width(width):
    lines = shown([row("a_rather_long_model_name"), row("lead", failed=3)], width).splitlines()
    assert all(len(line) <= width for line in lines)
    assert sum("a_rather_long_model_name" in line for line in lines) == 1


def test_narrow_terminals_lose_the_least_important_metrics_first():
    assert "clean" in shown([row("lead")], 120)
    narrow = shown([row("lead")], 62)
    assert "clean" not in narrow
    assert "correct" in narrow


def test_what_was_paid_for_has_a_column():
    assert "cost" not in shown([row("lead"), row("lexical", usage={"cost": None})])
    text = shown([row("lead"), row("served", usage={"cost": 1.234})])
    assert "cost" in text
    assert "$1.23" in text


def test_different_data_sets_get_a_column_and_failed_jobs_a_line():
    text = shown(
        [
            row("lead"),
            row("lead", dataset="mine 2", items=3),
            {"model": "job", "error": "none.csv: no such file"},
        ]
    )
    assert "data set" in text
    assert "failed: job: none.csv: no such file" in text


def test_namesakes_are_told_apart_by_what_differs():
    text = shown([row("random_span"), row("random_span", parameters={"kind": "x", "seed": "1"})])
    assert "random_span seed=0" in text
    assert "random_span seed=1" in text
    assert "kind=" not in text


def test_one_article_says_so():
    assert "one article supports no claim" in shown([row("lead", articles=1)])
