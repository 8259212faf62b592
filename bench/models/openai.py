"""The reader behind a server: any OpenAI-compatible endpoint, on this machine or far away."""

from __future__ import annotations

import logging
import math
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import urlsplit

from bench.errors import UsageError, nearest
from bench.models._openai_client import Client, Timed
from bench.models._openai_pace import Pace
from bench.models._openai_stream import stream
from bench.models._openai_watch import Watch
from bench.models._openai_wire import chat_body, completion_body
from bench.models.base import Model
from bench.records import Prediction, Request

_LOG = logging.getLogger(__name__)
_ENDPOINTS = {"chat": "chat/completions", "completions": "completions"}
_OURS = frozenset(
    {"model", "messages", "prompt", "temperature", "top_p", "seed", "stop", "logprobs", "stream", "n"}
)
_NOT_IDENTITY = {"identity": False}
_NUMBERS: dict[str, tuple[Callable[[float], bool], str]] = {
    **dict.fromkeys(("max_tokens", "concurrency"), (lambda n: n >= 1 and n == int(n), "a whole number above 0")),
    **dict.fromkeys(("deadline", "requests_per_minute", "tokens_per_minute"), (lambda n: n > 0, "a number above 0")),
    **dict.fromkeys(("price_in", "price_out"), (lambda n: n >= 0, "US dollars per million tokens")),
    "temperature": (lambda n: n >= 0, "a number, 0 for the likeliest answer, null to leave it to the server"),
    "top_p": (lambda n: 0 < n <= 1, "a number above 0, at most 1"),
    "seed": (lambda n: n == int(n), "a whole number"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAI(Model):
    """Asks `name` at `base_url`, many requests at once, those on one article next to each other.

    `revision` says what stands behind the name (a commit, a checksum, a dated release). With it the run is pinned:
    sealed answers stand, whatever the address. Without it the address is part of the identity, and every run is
    a new attempt. Replicate k is sent `seed` + k. An empty text is an answer. Failed predictions: `deadline`,
    `connection`, `rate_limited`, `server_error` (all after the retries that fit into `deadline`), `context_length`,
    `bad_request`, `forbidden`, `not_found`, `bad_reply`, `too_large`, `content_filter`. A refused key, a used-up
    quota, an unknown model or address and a server that never answered end the run; the same command goes on.
    """

    version: ClassVar[str] = "1"
    uses_prompt: ClassVar[bool] = True
    base_url: str
    name: str
    revision: str | None = None
    api_key_env: str | None = field(default=None, metadata=_NOT_IDENTITY)
    endpoint: str = "chat"
    temperature: float | None = 0.0
    top_p: float | None = None
    max_tokens: int = 512
    max_tokens_key: str = field(default="max_tokens", metadata=_NOT_IDENTITY)
    stop: Sequence[str] | str | None = None
    seed: int | None = None
    logprobs: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)
    concurrency: int = field(default=16, metadata=_NOT_IDENTITY)
    deadline: float = field(default=120.0, metadata=_NOT_IDENTITY)
    requests_per_minute: float | None = field(default=None, metadata=_NOT_IDENTITY)
    tokens_per_minute: float | None = field(default=None, metadata=_NOT_IDENTITY)
    price_in: float | None = field(default=None, metadata=_NOT_IDENTITY)
    price_out: float | None = field(default=None, metadata=_NOT_IDENTITY)
    price_table: Mapping[str, Sequence[float]] = field(default_factory=dict, metadata=_NOT_IDENTITY)

    def __post_init__(self) -> None:
        """Refuse values that no server could be asked with."""
        _check_address(self.base_url)
        if self.api_key_env is not None and not re.fullmatch(r"[A-Za-z_]\w{0,99}", self.api_key_env):
            # Not shown: it may be the key itself.
            raise UsageError(
                "model.api_key_env is not the name of an environment variable; put the key into one, and its name here"
            )
        if self.endpoint not in _ENDPOINTS:
            raise UsageError(f"model.endpoint={self.endpoint!r}{nearest(self.endpoint, _ENDPOINTS)}")
        for key, (fits, what) in _NUMBERS.items():
            if (value := getattr(self, key)) is not None and not (_is_number(value) and fits(value)):
                raise UsageError(f"model.{key}={value!r}: {what}")
        if (self.price_in is None) != (self.price_out is None):
            raise UsageError("model.price_in and model.price_out: set both or neither")
        _check_table(self.price_table)
        if not isinstance(self.extra, Mapping):
            raise UsageError("model.extra: fields and their values, such as '+model.extra.top_k=20'")
        if taken := sorted({*_OURS, self.max_tokens_key} & set(self.extra)):
            raise UsageError(f"model.extra.{taken[0]}: not here; set model.{taken[0]} where there is one")

    @property
    def pinned(self) -> bool:  # type: ignore[override]  # a class's trait elsewhere, here of the one asked
        """Whether the user says what stands behind the name."""
        return self.revision is not None

    @property
    def uses_seed(self) -> bool:  # type: ignore[override]
        """Whether answers are drawn: then replicates differ."""
        return self.temperature is None or self.temperature > 0

    @property
    def reusable(self) -> bool:  # type: ignore[override]
        """Whether an answer stands for all that the same request would get."""
        return self.pinned and (self.temperature == 0 or self.seed is not None)

    def identity(self) -> Mapping[str, Any]:
        """What determines the answers; the address only where nothing says what stands behind the name."""
        found = {**Model.identity(self), "base_url": self.base_url.rstrip("/")}
        del found["base_url" if self.pinned else "revision"]
        stated = {"name": str(self.name), "stop": self._stops(), "extra": dict(self.extra)}
        return {**found, **stated, **({"revision": str(self.revision)} if self.pinned else {})}

    def prices(self) -> tuple[float, float] | None:
        """US dollars for a million tokens in, and out, where the config says: the pair, else the table's row."""
        if self.price_in is not None and self.price_out is not None:
            return (self.price_in, self.price_out)
        row = self.price_table.get(self.name)
        return None if row is None else (float(row[0]), float(row[1]))

    def most_tokens_out(self) -> int:
        """As many as are asked for."""
        return self.max_tokens

    def check(self) -> None:
        """UsageError when the environment lacks the key."""
        self._key()

    def predict(self, requests: Sequence[Request]) -> Iterator[Prediction]:
        """One prediction per request, as they finish."""
        return (prediction for prediction, _ in self.timed(requests))

    def timed(self, requests: Sequence[Request]) -> Iterator[Timed]:
        """Predictions with their seconds: from the first sending of a request on, waits and retries included."""
        if not requests:
            return
        client = self.client()
        watch = Watch(self.name, requests, self.logprobs)

        async def produce(emit: Callable[[Timed], None]) -> None:
            await client.ask_all(requests, emit)

        for prediction, seconds in stream(produce):
            watch.see(prediction)
            yield prediction, seconds
        for text in watch.remarks():
            _LOG.warning("%s", text)

    def client(self) -> Client:
        """The client for one round of requests. UsageError when the environment lacks the key."""
        return Client(
            url=f"{self.base_url.rstrip('/')}/{_ENDPOINTS[self.endpoint]}",
            key=self._key(),
            body=self._body,
            concurrency=int(self.concurrency),
            deadline=self.deadline,
            answer_tokens=self.max_tokens,
            pace=Pace(requests_per_minute=self.requests_per_minute, tokens_per_minute=self.tokens_per_minute),
        )

    def _common(self) -> dict[str, Any]:
        """What is sent alike with every request; None is left to the server."""
        fields = {
            "model": str(self.name),
            "temperature": self.temperature,
            "top_p": self.top_p,
            self.max_tokens_key: self.max_tokens,
            "stop": self._stops() or None,
            "logprobs": self._logprobs(),
        }
        return {**{k: v for k, v in fields.items() if v is not None}, **self.extra}

    def _stops(self) -> list[str]:
        texts = [self.stop] if isinstance(self.stop, str) else self.stop or ()
        return [str(text) for text in texts if text]

    def _logprobs(self) -> bool | int | None:
        """How the two endpoints ask for the log-probability of each token: true, or the number of rivals."""
        if not self.logprobs:
            return None
        return True if self.endpoint == "chat" else 1

    def _body(self, request: Request) -> Mapping[str, Any]:
        common = self._common()
        if self.seed is not None:
            common["seed"] = self.seed + request.key.replicate
        return (chat_body if self.endpoint == "chat" else completion_body)(request, common)

    def _key(self) -> str | None:
        if self.api_key_env is None:
            return None
        key = os.environ.get(self.api_key_env, "").strip()
        # The name is not shown: it may be the key itself, put in the wrong place.
        if not key:
            raise UsageError(
                "model.api_key_env: the environment has no variable of that name, or it is empty"
            )
        if not key.isascii() or not key.isprintable() or " " in key:
            raise UsageError("model.api_key_env: the variable's value has characters that no key has")
        return key


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _check_table(table: object) -> None:
    """UsageError unless every name has two prices."""
    rows = table.items() if isinstance(table, Mapping) else [("", table)]
    for name, row in rows:
        pair = isinstance(row, Sequence) and len(row) == 2 and all(_is_number(x) and x >= 0 for x in row)
        if not pair:
            raise UsageError(
                f"model.price_table: {name}: {row!r}; name: [in, out], US dollars per million tokens"
            )


def _check_address(url: str) -> None:
    """UsageError for what is no address of a server; it is not repeated where it may hold a password."""
    parts = urlsplit(url)
    if parts.username is not None or parts.password is not None:
        raise UsageError(
            "model.base_url holds a user name or password; give a key by model.api_key_env instead"
        )
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"model.base_url={url!r}: an address such as http://127.0.0.1:8000/v1")
    if parts.query or parts.fragment:
        raise UsageError("model.base_url: give the address alone, without ? or #")
    if re.search(r"/(chat/)?completions/?$", parts.path):
        raise UsageError("model.base_url ends before /chat/completions, mostly in /v1")
