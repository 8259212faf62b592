"""From an asynchronous producer to a plain iterator: the event loop runs in a thread of its own.

So it works wherever it is called from (a notebook has a loop of its own), and answers keep coming in while one
is being stored.
"""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, TypeVar

T = TypeVar("T")
_LEAVE = 5.0  # seconds for connections to be closed when nobody wants more


class _End:
    """Nothing comes after this."""

    def __init__(self, error: BaseException | None) -> None:
        self.error = error


def stream(produce: Callable[[Callable[[T], None]], Coroutine[Any, Any, None]]) -> Iterator[T]:
    """What `produce` emits, as it comes; its exception at the end, if any.

    Leaving the iterator early (an interrupt, a full disk) cancels the producer.
    """
    items: queue.SimpleQueue[T | _End] = queue.SimpleQueue()
    loop = asyncio.new_event_loop()
    task = loop.create_task(produce(items.put))

    def work() -> None:
        error: BaseException | None = None
        try:
            loop.run_until_complete(task)
        except BaseException as found:
            error = found
        finally:
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.run_until_complete(loop.shutdown_default_executor())
            loop.close()
            items.put(_End(error))

    thread = threading.Thread(target=work, name="dateline-requests", daemon=True)
    thread.start()
    try:
        while not isinstance(item := items.get(), _End):
            yield item
        if item.error is not None:
            raise item.error
    finally:
        with contextlib.suppress(RuntimeError):  # the loop is closed already
            loop.call_soon_threadsafe(task.cancel)
        thread.join(_LEAVE)
