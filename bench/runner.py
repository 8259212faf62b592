"""The line up to seal 1: items → requests → predictions, with failures kept as failures."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import Any

from bench.canonical import digest
from bench.errors import DatelineError
from bench.models.base import Model, failed
from bench.prompts import Prompt, request_for
from bench.records import Dataset, Prediction, Request

Record = Callable[[Prediction, float], None]


def plan_requests(dataset: Dataset, prompt: Prompt | None, replicates: int = 1) -> tuple[Request, ...]:
    """One request per item and replicate, in data set order; the denominator of everything that follows.

    `prompt` is None for models that read question and context as they are.
    """
    articles = {a.id: a for a in dataset.articles}
    return tuple(
        request_for(item, articles.get(item.article_id), prompt, replicate)
        for item in dataset.items
        for replicate in range(replicates)
    )


def run_identity(requests: Sequence[Request], model: Model) -> dict[str, Any]:
    """What determines the predictions: what is asked and who answers. Never gold."""
    asked = digest([(r.key, r.digest) for r in requests])
    return {"format": 1, "requests": asked, "n_requests": len(requests), "model": dict(model.identity())}


def ask(model: Model, requests: Sequence[Request], record: Record) -> None:
    """Put `requests` to the model and hand each prediction to `record` as it comes, with its seconds.

    Every request ends in exactly one record. A model that raises, returns too little, twice, or for
    somebody else's key costs only the items concerned: after an exception the first unanswered request
    is tried alone, and marked failed if it raises again. An interrupt passes, and so does a DatelineError,
    which is about the set-up rather than about one item.
    """
    waiting = {r.key: r for r in requests}
    while waiting:
        before = len(waiting)
        error = _pass(model, list(waiting.values()), waiting, record)
        if not waiting:
            return
        first = next(iter(waiting.values()))
        if error is None and len(waiting) == before:
            error = LookupError("the model returned no prediction for this request")
        if error is not None:
            started = time.perf_counter()
            again = _pass(model, [first], waiting, record)
            if first.key in waiting:
                del waiting[first.key]
                record(failed(first, again or error), time.perf_counter() - started)


def _pass(
    model: Model, batch: list[Request], waiting: dict[Any, Request], record: Record
) -> Exception | None:
    """One call of the model; what it yields leaves `waiting`. The exception that ended it, if any."""
    predictions: Iterator[tuple[Prediction, float]] | None = None
    try:
        while True:
            try:
                predictions = predictions if predictions is not None else iter(model.timed(batch))
                prediction, seconds = next(predictions)
            except StopIteration:
                return None
            except DatelineError:
                raise  # about the set-up, not about one item: a bad predictions file, a refused key
            except Exception as error:
                return error
            request = waiting.get(prediction.key)
            if request is None or prediction.request_digest != request.digest:
                continue  # a key that was not asked, or asked with other words, or answered already
            del waiting[prediction.key]
            record(prediction, seconds)
    finally:
        if isinstance(predictions, Generator):
            predictions.close()  # nothing more is asked once an answer cannot be kept
