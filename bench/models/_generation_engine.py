"""From requests to predictions by a loaded generator: prepared, batched by length, article by article."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bench.models._batches import Batcher, by_context, short_of_memory
from bench.models._generation_causal import Row
from bench.models._generation_loop import Output, Rules, Steps, generate
from bench.models._generation_prompt import Fitted, TooLong, Writer
from bench.models._generation_stop import reasoning_tokens, stop_place
from bench.models.base import failed
from bench.records import Failure, Prediction, Request

Timed = tuple[Prediction, float]
_POOL = 8  # batches' worth of tokens that is sorted by length at a time


class _Work(NamedTuple):
    request: Request
    fitted: Fitted
    row: Row
    length: int  # of the longest prompt on the same article, so that its questions stay together


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """A loaded model with all that decides what it puts out."""

    writer: Writer
    room: int | None  # tokens for a prompt; None: any number
    rules: Rules
    split: Callable[
        [Sequence[tuple[int, ...]]], list[Row]
    ]  # the prompts on one article, shared beginnings apart
    start: Callable[[Sequence[Row], int], Steps]
    forget: Callable[[], None]  # give up memory kept between batches

    def answers(self, requests: Sequence[Request], batcher: Batcher) -> Iterator[Timed]:
        """One prediction per request, batch by batch as they finish, each with its equal share of its batch's seconds."""
        pool: list[_Work] = []
        size = 0
        for article in by_context(requests):
            fitting: list[tuple[Request, Fitted]] = []
            for request in article:
                try:
                    fitting.append((request, self.writer.fit(request, self.room)))
                except TooLong as error:
                    yield _failed(request, "too_long", str(error)), 0.0
                except Exception as error:
                    yield failed(request, error), 0.0
            rows = self.split([fitted.ids for _, fitted in fitting])
            length = max((len(fitted.ids) for _, fitted in fitting), default=0)
            pool += [_Work(*pair, row, length) for pair, row in zip(fitting, rows, strict=True)]
            size += length * len(fitting)
            if size >= _POOL * batcher.budget:
                yield from self._answer_pool(pool, batcher)
                pool, size = [], 0
        yield from self._answer_pool(pool, batcher)

    def _answer_pool(self, pool: Sequence[_Work], batcher: Batcher) -> Iterator[Timed]:
        def forward(batch: list[int]) -> Sequence[tuple[Output, float]]:
            started = time.perf_counter()
            try:
                outputs = self._generate([pool[n] for n in batch])
                share = (time.perf_counter() - started) / len(batch)
                return [(output, share) for output in outputs]
            except Exception as error:
                if short_of_memory(error):
                    self.forget()
                raise

        lengths = [work.length + self.rules.most for work in pool]
        for n, result in batcher.run(lengths, forward):
            output, seconds = (result, 0.0) if isinstance(result, Exception) else result
            yield self._finish(pool[n], output), seconds

    def _generate(self, works: Sequence[_Work]) -> list[Output]:
        steps = self.start([work.row for work in works], self.rules.most)
        sources = [f"{work.request.digest}|{work.request.key.replicate}" for work in works]
        return generate(steps, sources, [work.fitted.opened for work in works], self.rules)

    def _finish(self, work: _Work, result: Output | Exception) -> Prediction:
        request, fitted, rules = work.request, work.fitted, self.rules
        if isinstance(result, Exception):
            if short_of_memory(result):
                return _failed(request, "out_of_memory", f"one prompt alone does not fit: {result}")
            return failed(request, result)
        if result.finish == "nan_logits":
            message = "a logit is not a finite number; model.dtype=fp32 may help"
            return _failed(request, "nan_logits", message)
        text = fitted.opened + rules.decode(result.tokens)
        return Prediction(
            key=request.key,
            request_digest=request.digest,
            text=text[: stop_place(text, rules.stops)],
            finish_reason=result.finish,
            tokens_in=fitted.tokens_in,
            tokens_kept=len(fitted.ids),
            tokens_out=len(result.tokens),
            tokens_reasoning=reasoning_tokens(result.tokens, rules.decode, fitted.opened) or None,
            context_kept=fitted.context_kept,
            ties=result.ties or None,
        )


def _failed(request: Request, kind: str, message: str) -> Prediction:
    failure = Failure(type=kind, message=message)
    return Prediction(key=request.key, request_digest=request.digest, status="failed", error=failure)
