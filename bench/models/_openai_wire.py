"""What goes over the wire to an OpenAI-compatible server, and how its replies are read. Pure."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.errors import DatelineError, IncompleteRun, UsageError, shorten
from bench.records import Request

RETRIED = frozenset({408, 409, 425, 429})  # and every 5xx
_QUOTA = re.compile(r"insufficient_quota|billing_hard_limit|insufficient_balance", re.IGNORECASE)
# Words for a quota that is used up, which some servers also use for one per minute, which passes.
_PERHAPS_QUOTA = re.compile(r"quota|credit balance|insufficient balance", re.IGNORECASE)
_PASSES = re.compile(r"per minute|per second|retry in|retrydelay|try again in", re.IGNORECASE)
_MODERATED = re.compile(r"moderation|flagged", re.IGNORECASE)
_TOO_LONG = re.compile(r"context_length|context length|context window|context size|maximum context|max_model_len|"
                       r"max_input_tokens|inputs? (?:is )?too long|prompt is too long|too many (?:input )?tokens|"
                       r"`inputs` (?:tokens|must have)", re.IGNORECASE)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer as the server gave it."""

    text: str
    finish_reason: str | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None
    tokens_reasoning: int | None = None
    confidence: float | None = (
        None  # probability of the whole answer, where the server gives log-probabilities
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a try gave no answer."""

    type: str  # as in Failure; docs/servers.md lists them
    message: str
    retry: bool = False
    wait: float | None = None  # seconds the server asked for
    ends: DatelineError | None = None  # what ends the whole run where every other request would meet it too


def chat_body(request: Request, common: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON of a chat completion for one request."""
    messages = [{"role": "system", "content": request.system}] if request.system else []
    messages.append({"role": "user", "content": request.prompt})
    return {**common, "messages": messages}


def completion_body(request: Request, common: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON of a plain completion for one request; a system message stands in front."""
    return {**common, "prompt": "\n\n".join(filter(None, (request.system, request.prompt)))}


def read(status: int, data: bytes, kind: str, wait: float | None) -> Reply | Fault:
    """A whole HTTP reply: its status, its body, its content type, and the seconds of its Retry-After."""
    body = _parse(data)
    if 200 <= status < 300:
        return _read_answer(body, data, kind)
    return _read_error(status, body, data, wait)


def _parse(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _read_answer(body: Any, data: bytes, kind: str) -> Reply | Fault:
    if not isinstance(body, dict):
        what = "HTML" if "html" in kind.lower() or data.lstrip()[:1] == b"<" else "no JSON object"
        return Fault(type="bad_reply", message=f"the reply is {what}: {_excerpt(data)}")
    choices = body.get("choices")
    if not choices and body.get("error"):  # some routers wrap an error in a 200
        code = body["error"].get("code") if isinstance(body["error"], dict) else None
        if isinstance(code, int) and code >= 400:
            return _read_error(code, body, data, None)
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
        return Fault(type="bad_reply", message=f"the reply has no choices: {_excerpt(data)}")
    choice = choices[0]
    text = _text(choice)
    if text is None:
        return Fault(type="bad_reply", message=f"the reply's first choice has no text: {_excerpt(data)}")
    finish = choice.get("finish_reason")
    if finish == "content_filter" and not text:
        return Fault(type="content_filter", message="the server's content filter withheld the answer")
    usage = _mapping(body.get("usage"))
    details = _mapping(usage.get("completion_tokens_details"))
    return Reply(
        text=text,
        finish_reason=finish if isinstance(finish, str) else None,
        tokens_in=_count(usage.get("prompt_tokens")),
        tokens_out=_count(usage.get("completion_tokens")),
        tokens_reasoning=_count(details.get("reasoning_tokens")),
        confidence=_probability(choice.get("logprobs")),
    )


def _text(choice: Mapping[str, Any]) -> str | None:
    """The text of a choice, reasoning in front of it in the marks that models use; None when it has none.

    The marks stay open, as a model leaves them, where the length limit came before any word of the answer.
    """
    message = choice.get("message")
    if not isinstance(message, dict):
        text = choice.get("text")
        return text if isinstance(text, str) else None
    content = message.get("content")
    if isinstance(content, list):
        parts = [p.get("text", "") for p in content if isinstance(p, dict)]
        content = "".join(p for p in parts if isinstance(p, str))
    if content is None and "content" in message:  # null: nothing was said, or the refusal stands elsewhere
        content = message.get("refusal") or ""
    if not isinstance(content, str):
        return None
    thought = message.get("reasoning_content") or message.get("reasoning")
    if not isinstance(thought, str) or not thought:
        return content
    cut = choice.get("finish_reason") == "length" and not content.strip()
    return f"<think>{thought}" if cut else f"<think>{thought}</think>\n{content}"


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _probability(logprobs: Any) -> float | None:
    """The probability of the answer's tokens together; None where any is missing or absurd."""
    if not isinstance(logprobs, dict):
        return None
    found = logprobs.get("token_logprobs")
    if isinstance(logprobs.get("content"), list):
        found = [t.get("logprob") if isinstance(t, dict) else None for t in logprobs["content"]]
    if not isinstance(found, list) or not found:
        return None
    if not all(isinstance(x, int | float) and x <= 1e-6 for x in found):
        return None
    return min(1.0, math.exp(math.fsum(found)))


def _read_error(status: int, body: Any, data: bytes, wait: float | None) -> Fault:
    said = " ".join(_sayings(body)) or _excerpt(data)
    message = f"HTTP {status}: {shorten_text(said)}"
    if status in (400, 403, 422) and (
        "content_filter" in said or (status == 403 and _MODERATED.search(said))
    ):
        return Fault(type="content_filter", message=message)
    if status in (401, 403):
        return Fault(type="refused_key" if status == 401 else "forbidden", message=message, ends=UsageError(
            f"the server refused the key ({message}); model.api_key_env names the environment variable that holds it"))  # fmt: skip
    if status == 402 or (status == 429 and _used_up(said, wait)):
        return Fault(type="no_quota", message=message, ends=IncompleteRun(
            f"the quota is used up ({message}); the same command goes on once there is more"))  # fmt: skip
    if status in (404, 405) or 300 <= status < 400:
        return Fault(type="not_found", message=message, ends=UsageError(
            f"no such model or address ({message}); check model.name, and model.base_url, which mostly ends in /v1"))  # fmt: skip
    if status == 429:
        return Fault(type="rate_limited", message=message, retry=True, wait=wait)
    if status in RETRIED or status >= 500:
        return Fault(type="server_error", message=message, retry=True, wait=wait)
    if status in (400, 413, 422) and _TOO_LONG.search(said):
        return Fault(type="context_length", message=message)
    return Fault(type="bad_request", message=message)


def _used_up(said: str, wait: float | None) -> bool:
    """Whether a 429 means that nothing more is to be had, rather than not so fast."""
    perhaps = _PERHAPS_QUOTA.search(said) and wait is None and not _PASSES.search(said)
    return bool(_QUOTA.search(said) or perhaps)


def _sayings(body: Any) -> Iterator[str]:
    """What an error body says, wherever servers put it: message, type, code."""
    if isinstance(body, list):
        for part in body[:3]:
            yield from _sayings(part)
    elif isinstance(body, str):
        yield body
    elif isinstance(body, Mapping):
        for key in ("error", "message", "msg", "detail", "code", "type", "status", "error_type", "details"):
            value = body.get(key)
            if isinstance(value, str | Mapping | list):
                yield from _sayings(value)
        if isinstance(body.get("retryDelay"), str):
            yield f"retryDelay {body['retryDelay']}"


def _excerpt(data: bytes) -> str:
    return shorten(data[:400].decode("utf-8", "replace"))


def shorten_text(text: str, width: int = 300) -> str:
    """One line of at most `width` characters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= width else flat[: width - 1] + "…"


def by_article(requests: Sequence[Request]) -> list[Request]:
    """Requests on one text next to each other, texts in order of first appearance: prefix caches then hit."""
    groups: dict[str, list[Request]] = {}
    for request in requests:
        groups.setdefault(request.context, []).append(request)
    return [request for group in groups.values() for request in group]
