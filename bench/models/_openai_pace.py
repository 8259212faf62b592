"""When a request may be sent: rate limits, waits that a server asks for, pauses between tries."""

from __future__ import annotations

import asyncio
import email.utils
import random
import time
from dataclasses import dataclass

MOST_WAIT = 60.0  # seconds; whatever a server asks for beyond that is taken as this
_FIRST_PAUSE, _MOST_PAUSE = 0.5, 16.0


def read_retry_after(value: str | None, milliseconds: str | None = None) -> float | None:
    """Seconds that Retry-After (seconds or a date; retry-after-ms first) asks for, 0 to 60; None where it asks nothing."""
    for text, unit in ((milliseconds, 0.001), (value, 1.0)):
        try:
            seconds = float(text or "") * unit
        except ValueError:
            continue
        if seconds == seconds:  # not NaN
            return min(max(seconds, 0.0), MOST_WAIT)
    try:
        date = email.utils.parsedate_to_datetime(value or "")
        return min(max(date.timestamp() - time.time(), 0.0), MOST_WAIT)
    except (ValueError, OverflowError):
        return None


def pause_before(retry: int, asked: float | None, chance: random.Random) -> float:
    """Seconds before retry number `retry` (from 0): doubling and jittered, never less than the server asked for."""
    most: float = min(_MOST_PAUSE, _FIRST_PAUSE * 2**retry)
    pause = most * (0.5 + 0.5 * chance.random())
    return pause if asked is None else max(asked, 0.0) + min(pause, 1.0)


@dataclass(slots=True, kw_only=True)
class Pace:
    """Spaces the sending of requests evenly, so that no minute exceeds its requests or tokens."""

    requests_per_minute: float | None = None
    tokens_per_minute: float | None = None
    _free: float = 0.0  # on the loop's clock: when the next request may go

    async def turn(self, tokens: float) -> None:
        """Wait for one's turn to send a request of about `tokens` tokens, answer included."""
        now = asyncio.get_running_loop().time()
        start = max(now, self._free)
        if self.requests_per_minute or self.tokens_per_minute:
            self._free = start + max(60.0 / (self.requests_per_minute or 1e12), self._cost(tokens))
        if start > now:
            await asyncio.sleep(start - now)

    def correct(self, tokens: float) -> None:
        """Take account of `tokens` more (or fewer) used than a turn was taken for."""
        if self.tokens_per_minute:
            self._free += self._cost(tokens)

    def hold(self, seconds: float) -> None:
        """Let nobody send for `seconds`: the server said that it is too much."""
        self._free = max(self._free, asyncio.get_running_loop().time() + seconds)

    def _cost(self, tokens: float) -> float:
        return 60.0 * tokens / self.tokens_per_minute if self.tokens_per_minute else 0.0
