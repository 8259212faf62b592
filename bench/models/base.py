"""What a model is: something that turns requests into predictions.

An adapter is a frozen dataclass whose fields are its parameters. Either implement `answer` (one request
at a time) or override `predict` (batches, concurrency, any order).
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from bench.errors import DatelineError
from bench.records import Failure, Prediction, Request, SpanScore


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Base of all models; keeps failures of one request from touching the others."""

    version: ClassVar[str] = "1"  # raised by hand whenever answers may change
    uses_prompt: ClassVar[bool] = False  # what is not used leaves the run's identity
    uses_seed: ClassVar[bool] = False
    pinned: ClassVar[bool] = True  # False: the same name may answer differently tomorrow
    reusable: ClassVar[bool] = (
        False  # answers are dear, and the same each time: kept for other runs (store/cache)
    )

    def answer(self, request: Request) -> Prediction:
        """The prediction for one request; `reply(request, text)` builds it."""
        raise NotImplementedError(f"{type(self).__name__} must implement answer() or predict()")

    def predict(self, requests: Sequence[Request]) -> Iterator[Prediction]:
        """One prediction per request, as they finish, in any order. An exception becomes a failed record."""
        for request in requests:
            try:
                yield self.answer(request)
            except DatelineError:
                raise  # about the set-up, not about this request
            except Exception as error:
                yield failed(request, error)

    def timed(self, requests: Sequence[Request]) -> Iterator[tuple[Prediction, float]]:
        """`predict` with the seconds that each took: since the one before, for a model that asks one by one.

        Override both where several requests are under way at once.
        """
        started = time.perf_counter()
        for prediction in self.predict(requests):
            yield prediction, time.perf_counter() - started
            started = time.perf_counter()

    def check(self) -> None:
        """UsageError for what would stop every request (a key that is not set), before anything is written."""

    def prices(self) -> tuple[float, float] | None:
        """What a million tokens in, and out, cost in US dollars; 0 for what runs here, None where unknown."""
        return (0.0, 0.0)

    def most_tokens_out(self) -> int | None:
        """The most tokens that one answer may have; None where nothing says."""
        return None

    def identity(self) -> Mapping[str, Any]:
        """Everything that determines the answers: parameters, adapter version, content fingerprints.

        Fields declared with `metadata={"identity": False}` (batch sizes, labels) are left out.
        """
        parameters: dict[str, Any] = {}
        for field in dataclasses.fields(self):
            if field.metadata.get("identity", True):
                parameters[field.name] = getattr(self, field.name)
        kind = f"{type(self).__module__}.{type(self).__qualname__}"
        return {"kind": kind, "version": self.version, **parameters, **self.fingerprint()}

    def remarks(self, requests: Sequence[Request]) -> Sequence[str]:  # noqa: ARG002 - most have none
        """What a person should know before these requests are asked (answers nobody asks for, say)."""
        return ()

    def fingerprint(self) -> Mapping[str, str]:
        """Digests of files the answers depend on (weights, a recorded file, a source file); default none."""
        return {}


def reply(
    request: Request,
    text: str,
    *,
    spans: tuple[SpanScore, ...] = (),
    null_score: float | None = None,
    confidence: float | None = None,
) -> Prediction:
    """An `ok` prediction for `request`; an empty `text` is an abstention."""
    return Prediction(
        key=request.key,
        request_digest=request.digest,
        text=text,
        spans=spans,
        null_score=null_score,
        confidence=confidence,
    )


def failed(request: Request, error: BaseException) -> Prediction:
    """A failed prediction that keeps the error's type and message and nothing else."""
    failure = Failure(type=type(error).__name__, message=str(error))
    return Prediction(key=request.key, request_digest=request.digest, status="failed", error=failure)
