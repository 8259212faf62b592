"""docs/metrics.md names every metric and every diagnosis there is, with the unit and range that the code declares."""

import re
from pathlib import Path

from bench.build import build_metrics
from bench.diagnosis.labels import DIAGNOSES

PAGE = (Path(__file__).parents[1] / "docs" / "metrics.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| `")
]


def test_every_metric_is_listed_with_unit_and_range() -> None:
    listed = {row[0].strip("`"): row[3] for row in ROWS if len(row) == 7}

    def declared(metric) -> str:
        return f"{metric.unit}, {metric.low:g}–{'' if metric.high is None else f'{metric.high:g}'}"

    assert listed == {name: declared(metric) for name, metric in build_metrics().items()}


def test_every_diagnosis_is_listed_in_its_order() -> None:
    assert [row[0].strip("`") for row in ROWS if len(row) == 3] == list(DIAGNOSES)


def test_named_files_exist() -> None:
    for path in re.findall(r"`(bench/[\w/]+\.py)`", PAGE):
        assert (Path(__file__).parents[1] / path).is_file(), path
