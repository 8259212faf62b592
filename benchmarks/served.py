"""Requests per second through `model=openai`, storing and retries on, beside a bare aiohttp client on the same server.

Usage: python benchmarks/served.py [requests] [rounds]

The server is a process of its own on loopback: it answers each request 50 ms after its last byte. Both clients have
64 requests under way and run in turns, in this process. The bare client posts, reads JSON and keeps the text in a
dictionary. Ours does what `dateline run` does between plan and seal 1: deadlines, retries, checks of the reply, usage,
one checksummed line per answer on disk and one in the cache, and the sealing.
"""

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.asking import ask_missing  # noqa: E402
from bench.models.openai import OpenAI  # noqa: E402
from bench.records import Key, Request  # noqa: E402
from bench.store.cache import Cache  # noqa: E402
from bench.store.runs import OpenRun, RunDir  # noqa: E402

UNDER_WAY, DELAY = 64, 0.050
ARTICLE = "The ferry to Vellmar left at noon with 340 passengers, two dogs and the mayor on board. " * 28


class Protocol(asyncio.Protocol):
    """Just enough HTTP to answer, as cheaply as the standard library allows."""

    served = 0

    def connection_made(self, transport):
        self.transport, self.buffer = transport, b""

    def data_received(self, data):
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            at = self.buffer.lower().index(b"content-length:") + 15
            size = end + 4 + int(self.buffer[at : self.buffer.index(b"\r\n", at)])
            if len(self.buffer) < size:
                return
            self.buffer = self.buffer[size:]
            asyncio.get_running_loop().call_later(DELAY, self.answer)

    def answer(self):
        Protocol.served += 1
        body = b'{"id":"chatcmpl-%d","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":' \
               b'{"role":"assistant","content":"340 passengers"},"finish_reason":"stop"}],"usage":{"prompt_tokens":700,' \
               b'"completion_tokens":4,"total_tokens":704}}' % Protocol.served  # fmt: skip
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
        self.transport.write(head + body)


async def serve() -> None:
    server = await asyncio.get_running_loop().create_server(Protocol, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def requests(n: int) -> list[Request]:
    return [
        Request(
            key=Key(f"q{k}"), article_id=f"a{k // 20}", context=f"{k // 20}. {ARTICLE}", question=f"How many in {k}?",
            prompt=f"{k // 20}. {ARTICLE}\n\nAnswer briefly.\n\nQuestion: How many in {k}?\nAnswer:",
        )
        for k in range(n)
    ]  # fmt: skip


def bare(url: str, asked: list[Request]) -> None:
    import aiohttp

    async def main() -> None:
        answers = {}
        gate = asyncio.Semaphore(UNDER_WAY)

        async def one(session, request):
            payload = {"model": "m", "temperature": 0.0, "max_tokens": 512,
                       "messages": [{"role": "user", "content": request.prompt}]}  # fmt: skip
            async with gate, session.post(f"{url}/chat/completions", json=payload) as response:
                body = await response.json()
                answers[request.key] = body["choices"][0]["message"]["content"]

        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            await asyncio.gather(*(one(session, request) for request in asked))
        assert len(answers) == len(asked)

    asyncio.run(main())


def ours(url: str, asked: list[Request]) -> None:
    model = OpenAI(base_url=url, name="m", revision="r1", concurrency=UNDER_WAY)
    with tempfile.TemporaryDirectory() as name:
        run = RunDir(Path(name) / "run")
        cache = Cache(Path(name), model.identity())
        writer = OpenRun(run, {}, asked)
        ask_missing(writer, asked, model, cache)
        sealed = writer.seal({})
        cache.close()
        assert sealed["counts"] == {"planned": len(asked), "ok": len(asked), "failed": 0}


def main(n: int, rounds: int) -> None:
    server = subprocess.Popen([sys.executable, __file__, "serve"], stdout=subprocess.PIPE, text=True)
    try:
        url = f"http://127.0.0.1:{server.stdout.readline().strip()}/v1"
        asked = requests(n)
        found = {"bare": [], "ours": []}
        bare(url, asked[:300])
        ours(url, asked[:300])
        for _ in range(rounds):
            for name, ask in (("bare", bare), ("ours", ours)):
                wall, cpu = time.perf_counter(), time.process_time()
                ask(url, asked)
                found[name].append((n / (time.perf_counter() - wall), (time.process_time() - cpu) / n * 1e6))
        ratios = [o[0] / b[0] for b, o in zip(found["bare"], found["ours"], strict=True)]
        for name, rows in found.items():
            rate, cpu = (statistics.median(column) for column in zip(*rows, strict=True))
            print(
                f"{name}: {rate:,.0f} requests/s, {cpu:,.0f} µs CPU each, of {len(rows)} rounds with {n} requests"
            )
        print(f"ours / bare: {statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f}); "
              f"ideal {UNDER_WAY / DELAY:,.0f} requests/s")  # fmt: skip
        print(json.dumps(found))
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        asyncio.run(serve())
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 3000, int(sys.argv[2]) if len(sys.argv) > 2 else 5)
