"""Dateline: a benchmark and evaluation harness for news question answering.

The public Python API. Everything is imported on first use, so that `import bench` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from bench.answers.extract import Extractor
    from bench.api import compare, load_dataset, load_run, run
    from bench.errors import DataError, DatelineError, NotComparable, UsageError
    from bench.interop import as_evaluate, evaluate_reference
    from bench.metrics.base import CorpusMetric, Metric
    from bench.models.base import Model, failed, reply
    from bench.prompts import Prompt
    from bench.records import Answer, Article, Dataset, Estimate, Gold, Item, Prediction, Request, Score
    from bench.reports.comparison import Comparison
    from bench.reports.view import RunView
    from bench.scoring import score_answer

_HOMES = {
    "Answer": "bench.records",
    "Article": "bench.records",
    "Comparison": "bench.reports.comparison",
    "CorpusMetric": "bench.metrics.base",
    "DataError": "bench.errors",
    "Dataset": "bench.records",
    "DatelineError": "bench.errors",
    "Estimate": "bench.records",
    "Extractor": "bench.answers.extract",
    "Gold": "bench.records",
    "Item": "bench.records",
    "Metric": "bench.metrics.base",
    "Model": "bench.models.base",
    "NotComparable": "bench.errors",
    "Prediction": "bench.records",
    "Prompt": "bench.prompts",
    "Request": "bench.records",
    "RunView": "bench.reports.view",
    "Score": "bench.records",
    "UsageError": "bench.errors",
    "as_evaluate": "bench.interop",
    "evaluate_reference": "bench.interop",
    "compare": "bench.api",
    "failed": "bench.models.base",
    "load_dataset": "bench.api",
    "load_run": "bench.api",
    "reply": "bench.models.base",
    "run": "bench.api",
    "score_answer": "bench.scoring",
}

__all__ = [
    "Answer",
    "Article",
    "Comparison",
    "CorpusMetric",
    "DataError",
    "Dataset",
    "DatelineError",
    "Estimate",
    "Extractor",
    "Gold",
    "Item",
    "Metric",
    "Model",
    "NotComparable",
    "Prediction",
    "Prompt",
    "Request",
    "RunView",
    "Score",
    "UsageError",
    "as_evaluate",
    "compare",
    "evaluate_reference",
    "failed",
    "load_dataset",
    "load_run",
    "reply",
    "run",
    "score_answer",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'bench' has no attribute {name!r}")
    value = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
