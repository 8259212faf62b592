"""Metrics without a value per answer, compared: their statistics are made again from the answers as read."""

from __future__ import annotations

from typing import Any

import numpy as np

from bench.build import build, catalogue, read_config
from bench.comparing.pairing import Paired, about
from bench.errors import UsageError
from bench.metrics.base import CorpusMetric
from bench.reports.comparison import Row
from bench.stats.clusters import FloatArray, article_codes
from bench.stats.corpus import corpus_difference


def corpus_rows(paired: Paired) -> list[Row]:
    """One row per corpus metric that all views were scored with, over the headline's items; p not adjusted yet.

    A metric that is not in the catalogue, is there in another version, or runs foreign code is left out;
    `left_out` names it.
    """
    main = paired.only(paired.in_headline)
    return [_row(main, name, made) for name in _names(paired) if (made := _metric(paired, name)) is not None]


def left_out(paired: Paired) -> list[str]:
    """The shared corpus metrics whose statistics cannot be made again here."""
    return [name for name in _names(paired) if _metric(paired, name) is None]


def _names(paired: Paired) -> list[str]:
    shared = set.intersection(*(set(about(view)) for view in paired.views))
    return sorted(name for name in shared if not about(paired.views[0])[name]["per_answer"])


def _metric(paired: Paired, name: str) -> CorpusMetric | None:
    """The metric as the first view was scored with it."""
    recorded = dict(paired.views[0].signature["metrics"][name])
    version = recorded.pop("version")
    if name not in catalogue("metric") or name not in (nodes := read_config("metric", name)):
        return None
    if "???" in nodes[name].values():  # it runs code that only the scoring command named
        return None
    try:
        made: Any = build({**nodes[name], **recorded}, f"metric.{name}")
    except UsageError:  # its parameters are others by now
        return None
    return made if isinstance(made, CorpusMetric) and made.version == version else None


def _row(main: Paired, name: str, metric: CorpusMetric) -> Row:
    codes, n_articles = article_codes(main.articles)
    tables: list[FloatArray] = []
    took = np.zeros(len(main.items), dtype=bool)
    for rows in main.scores:
        table = np.zeros((n_articles, metric.size))
        for n, (item, scores) in enumerate(zip(main.items, rows, strict=True)):
            for score in scores:
                if not metric.applies(item) or (score.answer.failed and not metric.counts_failures):
                    continue
                if (parts := metric.parts(item, score.answer)) is not None:
                    table[codes[n]] += parts
                    took[n] = True
        tables.append(table)
    present = np.isin(np.arange(n_articles), codes[took])
    a, b = (table[present] for table in tables)
    difference = corpus_difference(a, b, metric.finish, int(took.sum()), bounds=(metric.low, metric.high))
    levels = [metric.finish(table.sum(axis=0).tolist()) if len(table) else None for table in (a, b)]
    return Row(
        name=name, unit=metric.unit, a=levels[0], b=levels[1], difference=difference, p_adjusted=None
    )  # fmt: skip
