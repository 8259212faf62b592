"""Asking a server: so many requests under way at once, each with a total deadline and the retries it allows."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bench.errors import DatelineError, UsageError
from bench.models._openai_http import MOST_BYTES, Doubles, open_session, read_body
from bench.models._openai_pace import Pace, pause_before, read_retry_after
from bench.models._openai_wire import Fault, Reply, by_article, read, shorten_text
from bench.models.base import failed
from bench.records import Failure, Prediction, Request

if TYPE_CHECKING:
    import aiohttp

PATIENCE = 10.0  # seconds for a server that was never reached
_CHARACTERS_PER_TOKEN = 4
_SECRET = 8  # characters from which a key is cut out of what a server says: "EMPTY" is no secret

_ENDS = frozenset({"refused_key", "no_quota"})  # even when others were answered: the address was right then

Timed = tuple[Prediction, float]


@dataclass(slots=True, kw_only=True)
class Client:
    """One server, for the length of one `predict`."""

    url: str
    key: str | None
    body: Callable[[Request], Mapping[str, Any]]
    concurrency: int
    deadline: float  # seconds per item, all tries together
    pace: Pace
    answer_tokens: int  # asked for at most; an estimate for the pace
    chance: random.Random = field(default_factory=random.Random)
    _reached: bool = False
    _answered: bool = False
    _down: bool = False  # an item waited in vain for the server; the next ones do not
    _opened: float = 0.0
    _doubles: Doubles = field(default_factory=Doubles)

    async def ask_all(self, requests: Sequence[Request], emit: Callable[[Timed], None]) -> None:
        """Emit a prediction with its seconds for every request, as they finish. A DatelineError ends it at once."""
        self._opened = asyncio.get_running_loop().time()
        waiting = iter(by_article(requests))
        async with open_session(self.url, self.key) as session:
            try:
                async with asyncio.TaskGroup() as group:
                    for _ in range(min(self.concurrency, len(requests))):
                        group.create_task(self._work(session, waiting, emit))
            except* DatelineError as found:
                raise _first(found) from None

    async def _work(
        self, session: aiohttp.ClientSession, waiting: Iterator[Request], emit: Callable[[Timed], None]
    ) -> None:
        for request in waiting:
            try:
                emit(await self.ask(session, request))
            except DatelineError:
                raise
            except Exception as error:
                emit((failed(request, error), 0.0))

    async def ask(self, session: aiohttp.ClientSession, request: Request) -> Timed:
        """The prediction for one request, and its seconds from its first sending on, retries included."""
        data = json.dumps(self.body(request), separators=(",", ":")).encode("ascii")
        tokens = len(data) / _CHARACTERS_PER_TOKEN + self.answer_tokens
        await self.pace.turn(tokens)
        clock = asyncio.get_running_loop().time
        started = clock()
        outcome: Reply | Fault | None = None
        try:
            async with asyncio.timeout_at(started + self.deadline):
                for retry in itertools.count():
                    outcome = await self._try(session, data)
                    if isinstance(outcome, Reply) or not self._again(outcome):
                        break
                    pause = pause_before(retry, outcome.wait, self.chance)
                    if clock() + pause >= started + self.deadline:
                        break
                    await asyncio.sleep(pause)
                    await self.pace.turn(tokens)
        except TimeoutError:
            before = f"; before that, {outcome.message}" if isinstance(outcome, Fault) else ""
            message = f"no whole reply within model.deadline={self.deadline:g} s{before}"
            outcome = Fault(type="deadline", message=message)
        assert outcome is not None
        self._learn(outcome, tokens)
        return _prediction(request, outcome), clock() - started

    def _learn(self, outcome: Reply | Fault, tokens: float) -> None:
        """What the end of one request says about the next."""
        if isinstance(outcome, Fault):
            self._down = self._down or outcome.type == "connection"
            return
        self._answered = True
        if outcome.tokens_in is not None and outcome.tokens_out is not None:
            self.pace.correct(outcome.tokens_in + outcome.tokens_out - tokens)

    def _again(self, fault: Fault) -> bool:
        """Whether to try once more; raises what ends the run."""
        if fault.ends is not None and (fault.type in _ENDS or not self._answered):
            raise fault.ends
        if fault.type == "connection":
            waited = asyncio.get_running_loop().time() - self._opened
            if not self._reached and waited >= min(PATIENCE, self.deadline / 2):
                raise UsageError(
                    f"nothing answers at {self.url} ({fault.message}); start the server, or mend model.base_url"
                )
            return not self._down
        if fault.type == "rate_limited" and fault.wait:
            self.pace.hold(fault.wait)
        return fault.retry

    async def _try(self, session: aiohttp.ClientSession, data: bytes) -> Reply | Fault:
        import aiohttp

        try:
            async with session.post(self.url, data=data, allow_redirects=False) as response:
                self._reached, self._down = True, False
                body = await read_body(response)
                if body is None:
                    response.close()
                    return Fault(type="too_large", message=f"the reply is larger than {MOST_BYTES:,} bytes")
                fine = 200 <= response.status < 300  # errors are alike without being copies
                if fine and self._doubles.seen(response, body):
                    message = "the reply is that of the request before, sent twice"
                    return Fault(type="connection", message=message, retry=True)
                headers, wait = response.headers, None
                if response.status >= 400:
                    wait = read_retry_after(headers.get("Retry-After"), headers.get("retry-after-ms"))
                return read(response.status, self._clean(body), headers.get("Content-Type", ""), wait)
        except aiohttp.InvalidURL:
            raise UsageError(f"model.base_url: {self.url} is no address") from None
        except aiohttp.ClientSSLError as error:
            raise UsageError(f"{self.url}: no trusted connection ({self._said(error)})") from None
        except (aiohttp.ClientError, OSError) as error:
            return Fault(type="connection", message=self._said(error), retry=True)

    def _clean(self, body: bytes) -> bytes:
        """A body without our own key, which some servers repeat in what they complain of."""
        if self.key is None or len(self.key) < _SECRET:
            return body
        return body.replace(self.key.encode(), b"[redacted]")

    def _said(self, error: BaseException) -> str:
        reason = getattr(error, "os_error", None) or error  # aiohttp's own words bury it
        if isinstance(reason, OSError) and (reason.errno or 0) > 0:
            reason = OSError(os.strerror(reason.errno or 0))
        text = shorten_text(f"{type(error).__name__}: {reason}")
        return self._clean(text.encode("utf-8", "replace")).decode("utf-8", "replace")


def _first(group: BaseExceptionGroup[DatelineError]) -> DatelineError:
    found: BaseException = group
    while isinstance(found, BaseExceptionGroup):
        found = found.exceptions[0]
    assert isinstance(found, DatelineError)
    return found


def _prediction(request: Request, outcome: Reply | Fault) -> Prediction:
    if isinstance(outcome, Fault):
        error = Failure(type=outcome.type, message=outcome.message)
        return Prediction(key=request.key, request_digest=request.digest, status="failed", error=error)
    return Prediction(
        key=request.key,
        request_digest=request.digest,
        text=outcome.text,
        finish_reason=outcome.finish_reason,
        tokens_in=outcome.tokens_in,
        tokens_out=outcome.tokens_out,
        tokens_reasoning=outcome.tokens_reasoning,
        confidence=outcome.confidence,
    )
