"""A server that misbehaves on real sockets, and a loop whose clock skips the waiting."""

from __future__ import annotations

import asyncio
import gzip
import json
import selectors
import socket
import struct
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")
_QUIET = 0.005  # real seconds without traffic, after which the clock jumps to the next timer


class _Selector(selectors.DefaultSelector):
    now = 1000.0

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None or timeout <= 0:
            return super().select(timeout)
        ready = super().select(_QUIET)
        if not ready:
            self.now += timeout
        return ready


class SkippingLoop(asyncio.SelectorEventLoop):
    """An event loop in which nothing is waited for: its clock stands still but for jumps when all sockets are quiet."""

    def __init__(self) -> None:
        self._skipping = _Selector()
        super().__init__(self._skipping)

    def time(self) -> float:
        return self._skipping.now


def run(main: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine on a clock that skips the waiting."""
    with asyncio.Runner(loop_factory=SkippingLoop) as runner:
        return runner.run(main)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request as the server got it."""

    item: str
    body: Mapping[str, Any]
    headers: Mapping[str, str]
    port: int  # of the client: tells connections apart
    at: float  # on the loop's clock


Step = Callable[["Server", asyncio.StreamWriter, Asked], Awaitable[bool]]  # whether the connection stays


@dataclass(slots=True, kw_only=True)
class Server:
    """Answers `answer to <item>`, after the steps that `script` has for the item; `always` goes before all."""

    script: dict[str, list[Step]] = field(default_factory=dict)
    always: Step | None = None
    log: list[Asked] = field(default_factory=list)
    under_way: int = 0
    most_under_way: int = 0
    _server: Any = None
    _writers: list[asyncio.StreamWriter] = field(default_factory=list)

    async def __aenter__(self) -> Server:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *error: object) -> None:
        self._server.close()
        for writer in self._writers:
            writer.transport.abort()
        await asyncio.sleep(0)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/v1"

    def items(self) -> list[str]:
        return [asked.item for asked in self.log]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.append(writer)
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in head[1:])}
                body = json.loads(await reader.readexactly(int(headers["content-length"])))
                asked = Asked(
                    item=said(body).split()[-1],
                    body=body,
                    headers=headers,
                    port=writer.get_extra_info("peername")[1],
                    at=asyncio.get_running_loop().time(),
                )
                self.log.append(asked)
                self.under_way += 1
                self.most_under_way = max(self.most_under_way, self.under_way)
                try:
                    steps = self.script.get(asked.item)
                    step = steps.pop(0) if steps else self.always or ok
                    if not await step(self, writer, asked):
                        break
                    await writer.drain()
                finally:
                    self.under_way -= 1
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass  # the client left, or the test is over
        finally:
            writer.close()


def said(body: Mapping[str, Any]) -> str:
    """The prompt in a request body."""
    return str(body["messages"][-1]["content"] if "messages" in body else body["prompt"])


def answer(item: str, **changes: Any) -> dict[str, Any]:
    """A chat completion as servers send it."""
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": f"answer to {item}"},
        "finish_reason": "stop",
    }
    usage = {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}
    return {"id": f"chatcmpl-{item}", "object": "chat.completion", "created": 1, "choices": [choice], "usage": usage,
            **changes}  # fmt: skip


def raw(status: int, body: bytes | Mapping[str, Any], headers: Sequence[str] = ()) -> bytes:
    """An HTTP reply."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(data)}", *headers]
    if not any(line.lower().startswith("content-type") for line in headers):
        lines.append("Content-Type: application/json")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + data


def send(status: int, body: bytes | Mapping[str, Any], *headers: str) -> Step:
    """A step that sends one reply."""

    async def step(server: Server, writer: asyncio.StreamWriter, asked: Asked) -> bool:
        writer.write(raw(status, body, headers))
        return True

    return step


def error(status: int, message: str, *headers: str, code: str | None = None) -> Step:
    """A step that sends an error in the usual shape."""
    return send(status, {"error": {"message": message, "code": code}}, *headers)


async def ok(server: Server, writer: asyncio.StreamWriter, asked: Asked) -> bool:
    """The answer."""
    writer.write(raw(200, answer(asked.item)))
    return True


async def twice(server: Server, writer: asyncio.StreamWriter, asked: Asked) -> bool:
    """The answer, two times in one packet."""
    writer.write(2 * raw(200, answer(asked.item)))
    return True


def late_copy(of: str) -> Step:
    """The reply to another item, where that of this one is expected; this one's comes right behind."""

    async def step(server: Server, writer: asyncio.StreamWriter, asked: Asked) -> bool:
        writer.write(raw(200, answer(of)))
        await writer.drain()
        await asyncio.sleep(0.01)
        writer.write(raw(200, answer(asked.item)))
        return True

    return step


async def hang(server: Server, writer: asyncio.StreamWriter, asked: Asked) -> bool:
    """Nothing, for ever."""
    await asyncio.sleep(1e6)
    return False


async def drip(server: Server, writer: asyncio.StreamWriter, asked: Asked) -> bool:
    """One byte a second."""
    for byte in raw(200, answer(asked.item)):
        writer.write(bytes([byte]))
        await asyncio.sleep(1)
    return True


async def reset(server: Server, writer: asyncio.StreamWriter, asked: Asked) -> bool:
    """Half of the answer, then a reset of the connection."""
    data = raw(200, answer(asked.item))
    writer.write(data[: len(data) - 30])
    await writer.drain()
    await asyncio.sleep(0.01)
    found = writer.get_extra_info("socket")
    found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
    return False


def flood(size: int, *, announced: bool) -> Step:
    """A body of `size` bytes, its length announced or not."""

    async def step(server: Server, writer: asyncio.StreamWriter, asked: Asked) -> bool:
        length = f"Content-Length: {size}" if announced else "Transfer-Encoding: chunked"
        writer.write(f"HTTP/1.1 200 X\r\nContent-Type: application/json\r\n{length}\r\n\r\n".encode())
        block = b" " * 1_000_000
        for _ in range(size // len(block)):
            writer.write(block if announced else b"%x\r\n%b\r\n" % (len(block), block))
            await writer.drain()
        return False

    return step


async def bomb(server: Server, writer: asyncio.StreamWriter, asked: Asked) -> bool:
    """200 MB of spaces, packed into 200 kB."""
    packed = gzip.compress(b" " * 200_000_000, compresslevel=1)
    writer.write(raw(200, packed, ["Content-Encoding: gzip"]))
    return True
