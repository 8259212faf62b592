"""The readers that answer without understanding: silence, the lead, chance."""

from __future__ import annotations

import hashlib

from bench.models.abstain_all import AbstainAll
from bench.models.lead import Lead
from bench.models.random_span import RandomSpan
from bench.records import Key, Prediction, Request

TEXT = "Mr. Orr closed the port on Friday. Two boats came back late.\n\nThe mayor waited."


def request(context: str = TEXT, question: str = "Who?", item: str = "q1", replicate: int = 0) -> Request:
    return Request(key=Key(item, "none", replicate), article_id="a", context=context, question=question)


def only(model: AbstainAll | Lead | RandomSpan, asked: Request) -> Prediction:
    (given,) = model.predict([asked])
    return given


def test_abstain_all_says_nothing_and_that_is_an_answer() -> None:
    given = only(AbstainAll(), request())
    assert (given.text, given.status) == ("", "ok")


def test_lead_quotes_the_first_sentence() -> None:
    assert only(Lead(), request()).text == "Mr. Orr closed the port on Friday."


def test_lead_abstains_on_an_empty_article() -> None:
    assert only(Lead(), request(context=" \n\n ")).text == ""


def test_random_span_is_one_to_five_neighbouring_tokens_of_the_article() -> None:
    lengths = set()
    for n in range(200):
        text = only(RandomSpan(), request(question=str(n))).text
        assert text in TEXT
        lengths.add(len(text.split()))
    assert lengths == {1, 2, 3, 4, 5}


def test_random_span_is_seeded_by_seed_request_and_replicate_only() -> None:
    first = only(RandomSpan(seed=3), request())
    assert only(RandomSpan(seed=3), request(item="q2")).text == first.text, "an id is no part of the question"
    draws = {only(RandomSpan(seed=seed), request(replicate=k)).text for seed in range(6) for k in range(6)}
    assert len(draws) > 10


def test_random_span_draws_as_documented() -> None:
    asked = request(context="a b c d e f g")
    drawn = hashlib.sha256(f"5|{asked.digest}|0".encode()).digest()
    length = 1 + int.from_bytes(drawn[:8], "big") % 5
    first = int.from_bytes(drawn[8:16], "big") % (8 - length)
    assert only(RandomSpan(seed=5), asked).text == " ".join("abcdefg"[first : first + length])


def test_random_span_of_a_short_article_is_within_it() -> None:
    assert only(RandomSpan(), request(context=" word ")).text == "word"
    assert only(RandomSpan(), request(context="")).text == ""


def test_only_random_span_uses_a_seed_and_none_uses_the_prompt() -> None:
    assert [m.uses_seed for m in (AbstainAll(), Lead(), RandomSpan())] == [False, False, True]
    assert not any(m.uses_prompt for m in (AbstainAll(), Lead(), RandomSpan()))
    assert RandomSpan(seed=1).identity() != RandomSpan(seed=2).identity()
