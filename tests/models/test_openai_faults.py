"""F06: what a server can do to a request, on real sockets and a clock that skips the waiting."""

from __future__ import annotations

import asyncio
import email.utils
import random
import time

import pytest

from bench.errors import DatelineError, IncompleteRun, UsageError
from bench.models import _openai_http
from bench.models.openai import OpenAI
from bench.records import Key, Prediction, Request
from tests.models import served
from tests.models.served import Server, drip, error, flood, hang, late_copy, ok, reset, send, twice

QUOTA = "You exceeded your current quota, please check your plan and billing details."


def requests(n=3, articles=1):
    return [
        Request(key=Key(f"q{k}"), article_id=f"a{k % articles}", context=f"text {k % articles}", question="?",
                prompt=f"item q{k}")
        for k in range(n)
    ]  # fmt: skip


class Result:
    """What came of asking: predictions and seconds by item, the error that ended it, the clock, the server's log."""

    def __init__(self) -> None:
        self.given: dict[str, Prediction] = {}
        self.seconds: dict[str, float] = {}
        self.ended: DatelineError | None = None
        self.took = 0.0
        self.server = Server()

    def fault(self, item="q0"):
        found = self.given[item].error
        return found.type if found else None

    def others_are_fine(self):
        return all(p.text == f"answer to {k}" for k, p in self.given.items() if k != "q0")


def ask(script=None, *, n=3, always=None, asked=None, **settings) -> Result:
    """Put requests to a server that does what the script says."""
    result = Result()
    wanted = asked or requests(n)

    async def main() -> None:
        async with Server(script=dict(script or {}), always=always) as server:
            result.server = server
            model = OpenAI(**{"base_url": server.url, "name": "m", "concurrency": 2, **settings})
            began = asyncio.get_running_loop().time()

            def keep(timed):
                result.given[timed[0].key.item_id], result.seconds[timed[0].key.item_id] = timed

            try:
                await model.client().ask_all(wanted, keep)
            except DatelineError as error:
                result.ended = error
            result.took = asyncio.get_running_loop().time() - began

    served.run(main())
    if result.ended is None:
        assert result.given.keys() == {r.key.item_id for r in wanted}, "one prediction per request"
    return result


def tries(result, item="q0"):
    return result.server.items().count(item)


def test_answers_carry_text_finish_reason_and_usage():
    result = ask()
    assert result.given["q1"] == Prediction(
        key=Key("q1"), request_digest=requests()[1].digest, text="answer to q1", finish_reason="stop",
        tokens_in=7, tokens_out=3,
    )  # fmt: skip


@pytest.mark.parametrize("status", [408, 409, 425, 429, 500, 502, 503, 504, 529])
def test_passing_trouble_is_tried_again(status):
    result = ask({"q0": [error(status, "busy"), error(status, "busy"), ok]})
    assert result.given["q0"].text == "answer to q0"
    assert tries(result) == 3
    assert 0.5 * (0.5 + 1.0) <= result.seconds["q0"] <= 1.6, (
        "doubling pauses, jittered, inside the item's time"
    )


@pytest.mark.parametrize(
    ("header", "low", "high"),
    [
        ("Retry-After: 7", 7.0, 8.0),
        ("retry-after-ms: 250", 0.25, 1.0),
        ("Retry-After: DATE", 17.0, 22.0),
        ("Retry-After: 1e9", 60.0, 61.1),
        ("Retry-After: -5", 0.0, 1.0),
        ("Retry-After: nan", 0.2, 1.0),
        ("Retry-After: soon", 0.2, 1.0),
    ],
)
def test_retry_after_is_obeyed_within_reason(header, low, high):
    header = header.replace("DATE", email.utils.formatdate(time.time() + 20, usegmt=True))
    result = ask({"q0": [error(429, "slow down", header), ok]}, n=1)
    assert result.given["q0"].text == "answer to q0"
    assert low <= result.seconds["q0"] <= high


def test_a_busy_server_holds_the_others_too():
    result = ask({"q0": [error(429, "slow down", "Retry-After: 30"), ok]}, n=6, concurrency=1)
    assert result.others_are_fine()
    late = [asked for asked in result.server.log[1:] if asked.at < result.server.log[0].at + 30]
    assert not late


def test_the_deadline_covers_all_tries():
    result = ask({"q0": [error(503, "down for cleaning")] * 99}, deadline=40)
    assert result.fault() == "server_error"
    assert "down for cleaning" in result.given["q0"].error.message
    assert 20 <= result.seconds["q0"] <= 40
    assert (
        7 <= tries(result) <= 9
    )  # by the jitter of the pauses: 31.5 s at most after six, 31.75 s at least after eight
    assert result.others_are_fine()


@pytest.mark.parametrize("step", [hang, drip])
def test_a_reply_that_never_ends_is_left_at_the_deadline(step):
    result = ask({"q0": [step]}, deadline=30)
    assert result.fault() == "deadline"
    assert "model.deadline=30" in result.given["q0"].error.message
    assert result.seconds["q0"] == pytest.approx(30)
    assert result.others_are_fine()


def test_a_reset_within_the_body_is_tried_again():
    result = ask({"q0": [reset, reset, ok]})
    assert result.given["q0"].text == "answer to q0"
    assert tries(result) == 3


def test_resets_without_end_are_a_failure():
    result = ask({"q0": [reset] * 99}, deadline=20)
    assert result.fault() == "connection"
    assert result.others_are_fine()


@pytest.mark.parametrize("announced", [True, False], ids=["announced", "chunked"])
def test_a_200_megabyte_body_is_not_read(announced, monkeypatch):
    read = 0
    original = _openai_http.read_body

    async def counting(response):
        nonlocal read
        body = await original(response)
        read = max(read, response.content.total_bytes)
        return body

    monkeypatch.setattr("bench.models._openai_client.read_body", counting)
    result = ask({"q0": [flood(200_000_000, announced=announced)]})
    assert result.fault() == "too_large"
    assert read < 20_000_000
    assert tries(result) == 1
    assert result.others_are_fine()


@pytest.mark.parametrize(
    ("reply", "kind", "word"),
    [
        (send(200, b"<html><body>Please log in</body></html>", "Content-Type: text/html"), "bad_reply", "HTML"),
        (send(200, {"result": "ok"}), "bad_reply", "no choices"),
        (send(200, {"choices": []}), "bad_reply", "no choices"),
        (send(200, {"choices": ["x"]}), "bad_reply", "no choices"),
        (send(200, {"choices": [{"message": {"role": "assistant"}}]}), "bad_reply", "no text"),
        (send(200, {"choices": [{"message": {"content": 7}}]}), "bad_reply", "no text"),
        (send(200, b"[1, 2"), "bad_reply", "no JSON"),
        (send(200, b""), "bad_reply", "no JSON"),
        (send(200, b"\xff\xfe\x00{"), "bad_reply", "no JSON"),
        (send(200, b"[" * 100_000), "bad_reply", "no JSON"),
        (send(200, {"choices": [{"message": {"content": ""}, "finish_reason": "content_filter"}]}), "content_filter", ""),
        (send(200, {"error": {"code": 400, "message": "bad temperature"}}), "bad_request", "bad temperature"),
        (error(400, "Unknown field seed"), "bad_request", "Unknown field seed"),
        (send(422, {"detail": [{"msg": "not a number"}]}), "bad_request", "not a number"),
        (error(418, "teapot"), "bad_request", "418"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_a_failure_of_its_item_alone(reply, kind, word):
    result = ask({"q0": [reply]})
    assert result.fault() == kind
    assert word in result.given["q0"].error.message
    assert len(result.given["q0"].error.message) < 500
    assert tries(result) == 1
    assert result.others_are_fine()


@pytest.mark.parametrize(
    ("status", "said"),
    [
        # The words of OpenAI, vLLM, SGLang, llama.cpp, TGI and a router.
        (400, {"error": {"message": "This model's maximum context length is 8192 tokens.", "code": "context_length_exceeded"}}),
        (400, {"object": "error", "message": "This model's maximum context length is 64 tokens. However, you requested 99", "code": 400}),
        (400, {"error": {"message": "The input (900 tokens) is longer than the model's context length (512 tokens)."}}),
        (400, {"error": {"code": 400, "message": "the request exceeds the available context size", "type": "exceed_context_size_error"}}),
        (422, {"error": "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 2048", "error_type": "validation"}),
        (413, {"error": {"message": "prompt is too long: 210000 tokens > 200000 maximum"}}),
    ],
)  # fmt: skip
def test_a_prompt_too_long_for_the_model_has_its_own_type(status, said):
    result = ask({"q0": [send(status, said)]})
    assert result.fault() == "context_length"
    assert result.others_are_fine()


@pytest.mark.parametrize(
    ("reply", "kind", "word"),
    [
        (error(401, "Incorrect API key"), UsageError, "api_key_env"),
        (error(403, "not for you"), UsageError, "api_key_env"),
        (error(404, "The model `m` does not exist"), UsageError, "model.name"),
        (send(307, b"", "Location: https://elsewhere.example/v1"), UsageError, "model.base_url"),
        (error(429, QUOTA, code="insufficient_quota"), IncompleteRun, "quota"),
        (error(429, QUOTA, "Retry-After: 1", code="insufficient_quota"), IncompleteRun, "quota"),
        (error(429, "Your credit balance is too low"), IncompleteRun, "quota"),
        (error(402, "Payment required"), IncompleteRun, "quota"),
    ],
    ids=["401", "403", "404", "307", "quota", "quota and Retry-After", "balance", "402"],
)  # fmt: skip
def test_what_every_request_would_meet_ends_the_run_at_once(reply, kind, word):
    result = ask({"q0": [reply], "q1": [hang]}, n=50)
    assert isinstance(result.ended, kind)
    assert word in str(result.ended)
    assert len(result.server.log) <= 3, "nobody else is asked"


@pytest.mark.parametrize(("status", "kind"), [(403, "forbidden"), (404, "not_found"), (307, "not_found")])
def test_once_others_were_answered_a_refusal_is_about_its_item(status, kind):
    result = ask({"q4": [error(status, "not this one")]}, n=9, concurrency=1)
    assert result.ended is None
    assert result.fault("q4") == kind
    assert tries(result, "q4") == 1


def test_a_key_that_is_withdrawn_ends_the_run():
    result = ask({"q4": [error(401, "expired")]}, n=9, concurrency=1)
    assert isinstance(result.ended, UsageError)
    assert len(result.given) == 4


def test_a_moderated_prompt_fails_alone():
    result = ask({"q0": [error(403, "Your input was flagged by moderation")]})
    assert result.fault() == "content_filter"
    assert result.others_are_fine()


def test_a_quota_per_minute_passes():
    body = [{"error": {"code": 429, "message": QUOTA, "status": "RESOURCE_EXHAUSTED",
                       "details": [{"retryDelay": "3s"}]}}]  # fmt: skip
    result = ask({"q0": [send(429, served.json.dumps(body).encode()), ok]})
    assert result.given["q0"].text == "answer to q0"


@pytest.mark.parametrize("content", ["", None])
def test_an_empty_text_is_an_answer(content):
    choice = {"message": {"role": "assistant", "content": content}, "finish_reason": "stop"}
    result = ask({"q0": [send(200, {"choices": [choice]})]})
    assert result.given["q0"].status == "ok"
    assert result.given["q0"].text == ""


def test_a_reply_sent_twice_answers_one_request():
    result = ask({"q0": [twice], "q2": [twice]}, n=9, concurrency=1)
    assert all(p.text == f"answer to {k}" for k, p in result.given.items())


def test_a_late_copy_is_not_taken_for_the_next_answer():
    result = ask({"q1": [late_copy("q0")]}, n=6, concurrency=1)
    assert all(p.text == f"answer to {k}" for k, p in result.given.items())
    assert tries(result, "q1") == 2
    assert len({asked.port for asked in result.server.log}) == 2, "the connection with the copy is dropped"


def test_a_server_that_repeats_itself_honestly_is_believed():
    same = send(200, {"choices": [{"message": {"content": "not stated"}}]})
    result = ask(always=same, n=20, concurrency=1)
    assert {p.text for p in result.given.values()} == {"not stated"}
    assert len(result.server.log) == 21


def test_errors_that_are_alike_are_no_copies():
    busy = error(429, "slow down", "Retry-After: 7")
    result = ask({"q0": [busy, busy, busy, ok], "q4": [late_copy("q3")]}, n=6, concurrency=1)
    assert all(p.text == f"answer to {k}" for k, p in result.given.items())
    assert result.seconds["q0"] >= 21, "each of them holds for as long as it says"
    assert tries(result, "q4") == 2, "copies of answers are noticed after them"


def test_a_server_that_was_never_there_ends_the_run():
    result = Result()

    async def main():
        model = OpenAI(base_url="http://127.0.0.1:1/v1", name="m")
        began = asyncio.get_running_loop().time()
        with pytest.raises(
            UsageError, match=r"nothing answers at http://127.0.0.1:1/v1/chat/completions.*start"
        ):
            await model.client().ask_all(requests(99), lambda timed: None)
        result.took = asyncio.get_running_loop().time() - began

    served.run(main())
    assert 10 <= result.took < 30, "a server may still be starting"


def test_a_server_that_dies_costs_each_later_item_one_try():
    async def dies(server, writer, asked):
        server._server.close()
        for other in server._writers:
            other.transport.abort()
        return False

    result = ask({"q4": [dies]}, n=200, deadline=30)
    failures = [p for p in result.given.values() if p.status == "failed"]
    assert {p.error.type for p in failures} == {"connection"}
    assert len(failures) > 150
    assert result.took < 100


def test_so_many_are_under_way_at_once_and_no_more():
    async def slow(server, writer, asked):
        await asyncio.sleep(1)
        return await ok(server, writer, asked)

    result = ask(always=slow, n=40, concurrency=8)
    assert result.server.most_under_way == 8
    assert result.took == pytest.approx(5)
    assert all(s == pytest.approx(1) for s in result.seconds.values()), "each item's own time"


def test_requests_on_one_article_go_one_after_the_other():
    result = ask(asked=requests(12, articles=3), concurrency=1)
    assert result.server.items() == [f"q{k}" for start in range(3) for k in range(start, 12, 3)]


def test_rate_limits_space_the_requests():
    result = ask(n=31, concurrency=31, requests_per_minute=60)
    assert result.took == pytest.approx(30)
    assert max(result.seconds.values()) == 0, "waiting for one's turn is not the server's time"


def test_a_token_limit_counts_what_was_used():
    # 7 in and 3 out, as the server counts; the estimate before is far higher.
    result = ask(n=13, concurrency=1, tokens_per_minute=60, max_tokens=50)
    assert result.took == pytest.approx(120, abs=15)


def test_the_key_never_comes_back(monkeypatch):
    monkeypatch.setenv("BENCH_KEY", "plain-key-without-shape")

    async def tell(server, writer, asked):
        said = f"bad request; you sent {asked.headers['authorization']}"
        return await error(400, said)(server, writer, asked)

    result = ask(always=tell, api_key_env="BENCH_KEY")
    assert result.server.log[0].headers["authorization"] == "Bearer plain-key-without-shape"
    assert "[redacted]" in result.given["q0"].error.message
    assert "plain-key" not in repr(result.given)


def test_a_packed_body_is_not_blown_up(monkeypatch):
    sizes = []
    original = _openai_http.read_body

    async def watching(response):
        body = await original(response)
        sizes.append(response.content.total_bytes)
        return body

    monkeypatch.setattr("bench.models._openai_client.read_body", watching)
    result = ask({"q0": [served.bomb]})
    assert result.fault() == "too_large"
    assert max(sizes) < 20_000_000
    assert result.others_are_fine()


def test_a_proxy_is_used_where_the_environment_names_one(monkeypatch):
    async def main():
        async with Server() as server:
            monkeypatch.setenv("http_proxy", server.url.removesuffix("/v1"))
            monkeypatch.setenv("no_proxy", "127.0.0.1")
            given = []
            await (
                OpenAI(base_url="http://far.example/v1", name="m").client().ask_all(requests(), given.append)
            )
            assert {p.text for p, _ in given} == {"answer to q0", "answer to q1", "answer to q2"}
            assert {asked.headers["host"] for asked in server.log} == {"far.example"}
            async with Server() as near:
                await OpenAI(base_url=near.url, name="m").client().ask_all(requests(), given.append)
                assert len(near.log) == 3

    served.run(main())


def test_without_a_key_no_authorization_is_sent():
    assert "authorization" not in ask().server.log[0].headers


def test_an_interrupt_leaves_no_thread_and_no_connection():
    import threading

    async def serve(started, stop):
        async with Server(script={"q1": [hang]}) as server:
            started.append(server)
            while not stop.is_set():
                await asyncio.sleep(0.01)

    started, stop = [], threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(serve(started, stop)))
    thread.start()
    while not started:
        time.sleep(0.005)
    given = OpenAI(base_url=started[0].url, name="m", concurrency=2).predict(requests())
    assert next(given).status == "ok"
    given.close()
    assert "dateline-requests" not in {t.name for t in threading.enumerate()}
    stop.set()
    thread.join()


def test_among_hundreds_of_requests_every_fault_costs_its_item_alone():
    chance = random.Random(7)
    kinds = {
        "answered": [
            [],
            [error(500, "x")],
            [error(429, "x", "Retry-After: 1")],
            [reset],
            [twice],
            [reset, error(503, "x"), twice],
        ],
        "deadline": [[hang], [error(502, "x"), drip]],
        "bad_reply": [[send(200, b"<html>")]],
        "context_length": [[error(400, "maximum context length exceeded")]],
    }
    expected, script = {}, {}
    for k in range(250):
        kind = chance.choice(list(kinds)) if chance.random() < 0.1 else "answered"
        expected[f"q{k}"], script[f"q{k}"] = kind, list(chance.choice(kinds[kind]))
    result = ask(script, asked=requests(250, articles=30), concurrency=48, deadline=60)
    assert result.ended is None
    got = {k: p.error.type if p.error else "answered" for k, p in result.given.items()}
    assert got == expected
    assert all(p.text == f"answer to {k}" for k, p in result.given.items() if p.status == "ok")
    assert result.server.most_under_way <= 48
