"""Asking what a run lacks: answered before, kept in the cache, or put to the model; each answer stored as it comes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bench.errors import counted
from bench.models.base import Model
from bench.records import Prediction, Request
from bench.runner import ask
from bench.store.cache import Cache
from bench.store.runs import OpenRun

Progress = Callable[[int, int], None]  # finished, planned
Note = Callable[[str], None]


def ask_missing(
    writer: OpenRun,
    requests: Sequence[Request],
    model: Model,
    cache: Cache | None,
    progress: Progress | None = None,
    note: Note | None = None,
) -> None:
    """Leave a record of every request in `writer`; what the model answers is kept in `cache` too."""
    finished = len(writer.done)

    def record(prediction: Prediction, seconds: float) -> None:
        nonlocal finished
        writer.append(prediction, seconds)
        finished += 1
        if progress is not None:
            progress(finished, len(requests))

    def record_and_keep(prediction: Prediction, seconds: float) -> None:
        record(prediction, seconds)
        if cache is not None:
            cache.keep(prediction, seconds)

    todo = [r for r in requests if r.key not in writer.done]
    kept = cache.find(todo) if cache is not None else []
    for entry in kept:
        record(entry.prediction, entry.seconds)
    had = {entry.prediction.key for entry in kept}
    if note is not None:
        said = [*writer.notes, *(cache.take_notes() if cache is not None else ())]
        for text in (*said, *_start(len(requests), len(writer.done), len(kept)), *model.remarks(requests)):
            note(text)
    ask(model, [r for r in todo if r.key not in had], record_and_keep)
    if note is not None and cache is not None:
        for text in cache.take_notes():
            note(text)


def _start(planned: int, done: int, kept: int) -> list[str]:
    parts = [f"{done} {'was' if done == 1 else 'were'} answered before"] if done else []
    parts += (
        [f"{kept} {'stands' if kept == 1 else 'stand'} in the cache of answers (cache=false asks anew)"]
        if kept
        else []
    )
    return (
        [f"of {counted(planned, 'item')}, {' and '.join(parts)}; asking {planned - done - kept}"]
        if parts
        else []
    )
