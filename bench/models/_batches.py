"""Batches of similar length under a token budget, halved when memory runs out. Pure, but for a log line."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bench.records import Request

T = TypeVar("T")
_LOG = logging.getLogger(__name__)
_MEMORY = (
    "out of memory",
    "not enough memory",
    "can't allocate memory",
    "cannot allocate memory",
    "alloc_failed",
)


def plan_batches(lengths: Sequence[int], budget: int) -> list[list[int]]:
    """Row numbers in batches, longest rows first, so that little is padding and memory runs out early if at all.

    A batch costs rows × its longest row and stays within `budget` tokens, unless one row alone exceeds it.
    """
    batches: list[list[int]] = []
    for n in sorted(range(len(lengths)), key=lambda n: (-lengths[n], n)):
        if batches and (len(batches[-1]) + 1) * lengths[batches[-1][0]] <= budget:
            batches[-1].append(n)
        else:
            batches.append([n])
    return batches


def by_context(requests: Sequence[Request]) -> list[list[Request]]:
    """Requests that share a text, in order of first appearance."""
    groups: dict[str, list[Request]] = {}
    for request in requests:
        groups.setdefault(request.context, []).append(request)
    return list(groups.values())


@dataclass(slots=True, kw_only=True)
class Batcher:
    """Runs rows through a function in batches; remembers the size at which memory ran out."""

    budget: int  # tokens per batch, padding included

    def run(
        self, lengths: Sequence[int], forward: Callable[[list[int]], Sequence[T]]
    ) -> Iterator[tuple[int, T | Exception]]:
        """(row number, its result) for every row, in batch order; an exception where its row fails alone.

        A batch that raises is split in two, down to single rows, so that a bad row costs itself only. When
        memory was the reason the budget shrinks for all later batches too, with a warning in the log.
        """
        waiting = deque(plan_batches(lengths, self.budget))
        while waiting:
            batch = waiting.popleft()
            try:
                results: Sequence[T] = forward(batch)
            except Exception as error:
                if len(batch) == 1:
                    # Its traceback would keep the tensors of the failed attempt alive.
                    yield batch[0], error.with_traceback(None)
                    continue
                if short_of_memory(error):
                    self._shrink(len(batch), lengths[batch[0]])
                    rest = [n for b in (batch, *waiting) for n in b]
                    again = plan_batches([lengths[n] for n in rest], self.budget)
                    waiting = deque([rest[n] for n in b] for b in again)
                else:
                    half = len(batch) // 2
                    waiting.extendleft([batch[half:], batch[:half]])
                continue
            yield from zip(batch, results, strict=True)

    def _shrink(self, rows: int, length: int) -> None:
        self.budget = max(1, rows // 2) * length
        _LOG.warning(
            "memory ran out at %d rows of %d tokens; going on with batch_tokens=%d",
            rows,
            length,
            self.budget,
        )


def short_of_memory(error: BaseException) -> bool:
    """Whether an exception says that memory ran out, on whichever device."""
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError":
        return True
    return isinstance(error, RuntimeError) and any(word in str(error).lower() for word in _MEMORY)
