"""The reader behind a server: what it sends, what it is identified by, what it refuses, and the laws of all readers."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import logging
import math
import threading
from collections.abc import Iterator

import pytest

from bench.answers.extract import read_text
from bench.errors import UsageError
from bench.models._openai_wire import Fault, Reply, read
from bench.models.base import Model
from bench.models.openai import OpenAI
from bench.records import Key, Request
from tests.models.served import Server, answer, error, ok, send

MODEL = OpenAI(base_url="http://127.0.0.1:8000/v1", name="m")
ASKED = [
    Request(key=Key(f"q{k}", "none", r), article_id="a", context=f"text {k % 3}", question="?", prompt=f"item q{k}")
    for k in range(7)
    for r in range(2)
]  # fmt: skip


@pytest.fixture
def server() -> Iterator[Server]:
    """A server in a thread, as real as one in another process."""
    ready, stop = threading.Event(), threading.Event()
    found = Server()

    async def serve() -> None:
        async with found:
            ready.set()
            while not stop.is_set():
                await asyncio.sleep(0.005)

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    ready.wait()
    yield found
    stop.set()
    thread.join()


def at(server: Server, **settings: object) -> OpenAI:
    return OpenAI(**{"base_url": server.url, "name": "m", **settings})  # type: ignore[arg-type]


def test_one_prediction_per_request_whatever_the_order_and_company(server: Server) -> None:
    model = at(server)
    together = {p.key: p for p in model.predict(ASKED)}
    assert together.keys() == {r.key for r in ASKED}
    assert all(together[r.key].request_digest == r.digest for r in ASKED)
    assert {p.key: p for p in model.predict(ASKED[::-1])} == together
    assert list(model.predict([ASKED[5]])) == [together[ASKED[5].key]]
    assert list(model.predict([])) == []


def test_it_works_inside_a_running_loop_as_in_a_notebook(server: Server) -> None:
    async def cell() -> list[str]:
        return [p.text for p in at(server).predict(ASKED[:1])]

    assert asyncio.run(cell()) == ["answer to q0"]


def test_seconds_are_those_of_each_item(server: Server) -> None:
    async def slow(server: Server, writer: asyncio.StreamWriter, asked: object) -> bool:
        await asyncio.sleep(0.2)
        return await ok(server, writer, asked)  # type: ignore[arg-type]

    server.script["q0"] = [slow, slow]
    seconds = {p.key.item_id: s for p, s in at(server, concurrency=14).timed(ASKED)}
    assert seconds.pop("q0") >= 0.2
    assert max(seconds.values()) < 0.2


def test_a_chat_request_holds_what_the_config_says(server: Server) -> None:
    model = at(
        server,
        temperature=0.7,
        top_p=0.9,
        max_tokens=9,
        stop=["\n"],
        seed=40,
        logprobs=True,
        extra={"top_k": 5},
    )
    list(model.predict(ASKED[:2]))
    bodies = sorted((asked.body for asked in server.log), key=lambda body: body["seed"])
    expected = {
        "model": "m", "temperature": 0.7, "top_p": 0.9, "max_tokens": 9, "stop": ["\n"], "logprobs": True, "top_k": 5,
        "messages": [{"role": "user", "content": "item q0"}],
    }  # fmt: skip
    assert bodies == [{**expected, "seed": 40}, {**expected, "seed": 41}]


def test_a_system_message_goes_first(server: Server) -> None:
    request = dataclasses.replace(ASKED[0], system="Be brief.")
    list(at(server).predict([request]))
    list(at(server, endpoint="completions").predict([request]))
    assert server.log[0].body["messages"] == [
        {"role": "system", "content": "Be brief."}, {"role": "user", "content": "item q0"},
    ]  # fmt: skip
    assert server.log[1].body["prompt"] == "Be brief.\n\nitem q0"


def test_the_least_request_leaves_all_else_to_the_server(server: Server) -> None:
    list(at(server, temperature=None, max_tokens_key="max_completion_tokens").predict(ASKED[:1]))
    assert server.log[0].body == {
        "model": "m", "max_completion_tokens": 512, "messages": [{"role": "user", "content": "item q0"}]
    }  # fmt: skip


def test_one_stop_needs_no_list_and_a_name_may_look_like_a_number(server: Server) -> None:
    assert at(server, stop=None).identity() == at(server, stop=[]).identity()
    model = at(server, stop="END", name=4, revision=7)
    list(model.predict(ASKED[:1]))
    assert (server.log[0].body["stop"], server.log[0].body["model"]) == (["END"], "4")
    assert model.identity() == at(server, stop=["END"], name="4", revision="7").identity()


def test_plain_completions(server: Server) -> None:
    logprobs = {"token_logprobs": [-0.5, -0.25]}
    server.script["q0"] = [
        send(200, {"choices": [{"text": " two", "finish_reason": "length", "logprobs": logprobs}]})
    ]
    (given,) = at(server, endpoint="completions", logprobs=True).predict(ASKED[:1])
    assert server.log[0].body == {
        "model": "m", "temperature": 0.0, "max_tokens": 512, "logprobs": 1, "prompt": "item q0"
    }  # fmt: skip
    assert (given.text, given.finish_reason, given.tokens_in) == (" two", "length", None)
    assert given.confidence == pytest.approx(math.exp(-0.75))


def test_missing_log_probabilities_are_said_once(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    content = [{"token": "x", "logprob": -0.1}]
    with_them = answer("q0")
    with_them["choices"][0]["logprobs"] = {"content": content}
    server.script["q0"] = [send(200, with_them), send(200, with_them)]
    server.script["q1"] = [error(400, "no")]
    with caplog.at_level(logging.WARNING):
        given = {p.key.item_id: p for p in at(server, logprobs=True).predict(ASKED)}
    assert given["q0"].confidence == pytest.approx(math.exp(-0.1))
    assert given["q2"].confidence is None
    (record,) = caplog.records
    assert "no log-probabilities for 11 of 13 answers" in record.getMessage()


def test_a_prompt_that_the_server_seems_to_have_cut_is_said(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    long = dataclasses.replace(ASKED[0], prompt=f"{'word ' * 500} item q0")
    with caplog.at_level(logging.WARNING):
        list(at(server).predict([long, ASKED[2]]))  # this server counts 7 tokens, whatever is sent
    (record,) = caplog.records
    assert "only part of 1 of 2 prompts (2,508 characters as 7 tokens for q0)" in record.getMessage()


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ({"content": [{"type": "text", "text": "fifty"}, {"type": "text", "text": "-two"}]}, "fifty-two"),
        ({"content": "52", "reasoning_content": "50 + 2"}, "<think>50 + 2</think>\n52"),
        ({"content": "52", "reasoning": "50 + 2"}, "<think>50 + 2</think>\n52"),
        ({"content": None, "refusal": "I cannot help with that."}, "I cannot help with that."),
        ({"content": "\ud800"}, "\ud800"),
    ],
)
def test_the_text_is_found_where_servers_put_it(message: dict[str, object], text: str) -> None:
    body = json.dumps({"choices": [{"message": message}]}).encode()
    reply = read(200, body, "application/json", None)
    assert isinstance(reply, Reply)
    assert reply.text == text


@pytest.mark.parametrize("content", [None, "", " \n"])
def test_reasoning_cut_at_the_limit_is_no_abstention(content: str | None) -> None:
    message = {"content": content, "reasoning_content": "The article says"}

    cut = read(
        200, json.dumps({"choices": [{"message": message, "finish_reason": "length"}]}).encode(), "", None
    )
    ended = read(
        200, json.dumps({"choices": [{"message": message, "finish_reason": "stop"}]}).encode(), "", None
    )

    assert isinstance(cut, Reply)
    assert isinstance(ended, Reply)
    assert cut.text == "<think>The article says"
    assert ended.text == f"<think>The article says</think>\n{content or ''}"
    assert [read_text(reply.text).abstained for reply in (cut, ended)] == [False, True]


def test_an_answer_cut_after_its_reasoning_keeps_both() -> None:
    choice = {"message": {"content": "Kyiv, as", "reasoning_content": "Hm."}, "finish_reason": "length"}
    reply = read(200, json.dumps({"choices": [choice]}).encode(), "", None)
    assert isinstance(reply, Reply)
    assert reply.text == "<think>Hm.</think>\nKyiv, as"


def test_reasoning_is_counted() -> None:
    usage = {"prompt_tokens": 5, "completion_tokens": 9, "completion_tokens_details": {"reasoning_tokens": 8}}
    reply = read(200, json.dumps(answer("q", usage=usage)).encode(), "", None)
    assert isinstance(reply, Reply)
    assert (reply.tokens_in, reply.tokens_out, reply.tokens_reasoning) == (5, 9, 8)


@pytest.mark.parametrize(
    "usage", [None, [], "7", {"prompt_tokens": "7"}, {"prompt_tokens": -1}, {"prompt_tokens": True}]
)
def test_odd_usage_is_unknown_usage(usage: object) -> None:
    reply = read(200, json.dumps(answer("q", usage=usage)).encode(), "", None)
    assert isinstance(reply, Reply)
    assert reply.tokens_in is None


@pytest.mark.parametrize("value", ["NaN", "Infinity", "5.0", "null", '"x"'])
def test_odd_log_probabilities_are_none(value: str) -> None:
    body = json.dumps(answer("q")).replace(
        '"finish_reason"', f'"logprobs": {{"content": [{{"logprob": {value}}}]}}, "finish_reason"'
    )
    reply = read(200, body.encode(), "", None)
    assert isinstance(reply, Reply)
    assert reply.confidence is None


CHANGES = {
    "name": "other", "endpoint": "completions", "temperature": 0.5, "top_p": 0.5, "max_tokens": 9, "stop": ["x"],
    "seed": 3, "logprobs": True, "extra": {"top_k": 1}, "revision": "2031-01-01", "base_url": "http://other/v1",
}  # fmt: skip
OUTSIDE = {
    "api_key_env": "KEY", "concurrency": 1, "deadline": 1.0, "requests_per_minute": 1.0, "tokens_per_minute": 1.0,
    "price_in": 1.0, "price_out": 1.0, "price_table": {"m": [1, 2]}, "max_tokens_key": "max_completion_tokens",
}  # fmt: skip


def test_every_field_is_in_the_identity_or_said_to_be_outside() -> None:
    assert CHANGES.keys() | OUTSIDE.keys() == {f.name for f in dataclasses.fields(OpenAI)}
    assert OUTSIDE.keys() == {
        f.name for f in dataclasses.fields(OpenAI) if not f.metadata.get("identity", True)
    }


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_what_may_change_an_answer_changes_the_identity(name: str) -> None:
    assert dataclasses.replace(MODEL, **{name: CHANGES[name]}).identity() != MODEL.identity()


def test_what_may_not_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KEY", raising=False)
    assert dataclasses.replace(MODEL, **OUTSIDE).identity() == MODEL.identity()  # type: ignore[arg-type]
    assert json.loads(json.dumps(MODEL.identity())) == MODEL.identity()
    assert "KEY" not in json.dumps(dataclasses.replace(MODEL, **OUTSIDE).identity())  # type: ignore[arg-type]


def test_a_pinned_model_is_the_same_at_every_address() -> None:
    pinned = dataclasses.replace(MODEL, revision="r1")
    assert pinned.pinned
    assert not MODEL.pinned
    assert dataclasses.replace(pinned, base_url="http://elsewhere/v1").identity() == pinned.identity()


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        ({"base_url": "127.0.0.1:8000"}, "http://127.0.0.1:8000/v1"),
        ({"base_url": "ftp://x/v1"}, "an address such as"),
        ({"base_url": "http://host/v1/chat/completions"}, "ends before"),
        ({"base_url": "http://host/v1?key=abc"}, "without"),
        ({"endpoint": "chats"}, "'chat'"),
        ({"concurrency": 0}, "model.concurrency=0"),
        ({"deadline": -1}, "model.deadline"),
        ({"max_tokens": "many"}, "model.max_tokens"),
        ({"requests_per_minute": 0}, "model.requests_per_minute"),
        ({"temperature": "hot"}, "model.temperature='hot'"),
        ({"top_p": 1.5}, "model.top_p=1.5"),
        ({"seed": 0.5}, "model.seed=0.5"),
        ({"max_tokens": 2.5}, "model.max_tokens=2.5"),
        ({"extra": "top_k=5"}, "model.extra"),
        ({"tokens_per_minute": math.nan}, "model.tokens_per_minute"),
        ({"price_in": 1.0}, "both or neither"),
        ({"price_in": -1.0, "price_out": 1.0}, "model.price_in"),
        ({"price_table": {"m": [1]}}, "m: [1]"),
        ({"price_table": {"m": "12"}}, "[in, out]"),
        ({"price_table": 5}, "[in, out]"),
        ({"extra": {"temperature": 1}}, "set model.temperature"),
        ({"extra": {"messages": []}}, "model.extra.messages"),
    ],
)
def test_settings_that_cannot_be_are_refused(settings: dict[str, object], word: str) -> None:
    with pytest.raises(UsageError) as caught:
        OpenAI(**{"base_url": "http://h/v1", "name": "m", **settings})  # type: ignore[arg-type]
    assert word in str(caught.value)


@pytest.mark.parametrize(
    "settings",
    [
        {"api_key_env": "s3cr3t-key-of-mine"},
        {"api_key_env": "s3cr3t_key_of_mine"},
        {"base_url": "http://me:s3cr3t-key-of-mine@host/v1"},
    ],
)
def test_a_key_where_none_belongs_is_refused_and_not_repeated(settings: dict[str, str]) -> None:
    with pytest.raises(UsageError) as caught:
        OpenAI(**{"base_url": "http://h/v1", "name": "m", **settings}).check()
    assert "s3cr3t" not in str(caught.value)


@pytest.mark.parametrize("value", [None, "", "  ", "two words", "naïve", "line\nbreak"])
def test_a_key_that_is_none_stops_before_anything_is_asked(
    value: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BENCH_KEY", raising=False)
    if value is not None:
        monkeypatch.setenv("BENCH_KEY", value)
    with pytest.raises(UsageError, match="api_key_env") as caught:
        dataclasses.replace(MODEL, api_key_env="BENCH_KEY").check()
    assert not value or not value.strip() or value not in str(caught.value)


def test_errors_read_from_any_shape() -> None:
    for body in (
        b"",
        b"null",
        b"7",
        b'"busy"',
        b'{"error": "busy"}',
        b'{"message": "busy"}',
        b'[{"error": {"message": "busy"}}]',
    ):
        fault = read(503, body, "", None)
        assert isinstance(fault, Fault)
        assert (fault.type, fault.retry) == ("server_error", True)


def test_it_is_a_model() -> None:
    assert isinstance(MODEL, Model)
    assert "__slots__" in vars(OpenAI)
    assert MODEL.prices() is None
    assert dataclasses.replace(MODEL, price_in=1.0, price_out=4.0).prices() == (1.0, 4.0)


def test_prices_by_name() -> None:
    table = {"m": [0.5, 2], "other": [1, 1]}
    assert dataclasses.replace(MODEL, price_table=table).prices() == (0.5, 2.0)
    assert dataclasses.replace(MODEL, price_table=table, name="third").prices() is None
    assert dataclasses.replace(MODEL, price_table=table, price_in=9.0, price_out=9.0).prices() == (9.0, 9.0)
