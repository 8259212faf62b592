"""Lines of records: what is left out, what comes back, and digests that cost no copies."""

from __future__ import annotations

import json

import pytest

from bench.datasets.dateline import load
from bench.errors import StorageError
from bench.records import Answer, Failure, Key, Prediction, Score, SpanScore
from bench.store import codec
from bench.store.redact import redact
from bench.store.snapshots import take_snapshot

SCORE = Score(
    key=Key("q1", "none", 7),
    article_id="a",
    values={"correct": 1.0, "f1": 0.5},
    answer=Answer(text='the "replicate":3, \ud800', confidence=0.0, evidence=(1, 2)),
)
PREDICTION = Prediction(
    key=Key("q1"),
    request_digest="d",
    status="failed",
    spans=(SpanScore(text="", score=-1.5, start=0),),
    error=Failure(type="x", message=""),
)


def test_fields_equal_to_their_default_are_left_out():
    assert codec.score_row(SCORE) == {
        "item": "q1", "variant": "none", "replicate": 7, "article_id": "a", "values": {"correct": 1.0, "f1": 0.5},
        "answer": {"text": 'the "replicate":3, \ud800', "confidence": 0.0, "evidence": [1, 2]},
    }  # fmt: skip
    assert codec.prediction_row(PREDICTION) == {
        "item": "q1", "variant": "none", "replicate": 0, "request_digest": "d", "status": "failed",
        "spans": [{"text": "", "score": -1.5, "start": 0}], "error": {"type": "x", "message": ""},
    }  # fmt: skip


def test_lines_come_back_as_the_same_records():
    assert codec.score_of(json.loads(codec.line(codec.score_row(SCORE)))) == SCORE
    assert codec.prediction_of(json.loads(codec.line(codec.prediction_row(PREDICTION)))) == PREDICTION


@pytest.mark.parametrize("item", ["q1", '"replicate":5,', '\\"replicate\\":', "é,"])
def test_a_renumbered_line_is_the_line_of_the_renumbered_score(item):
    made = [
        codec.raw_line(codec.score_row(Score(key=Key(item, "none", n), article_id="a", values={}, answer=SCORE.answer)))
        for n in (7, 1234)
    ]  # fmt: skip
    assert codec.renumbered(made[0], 1234) == made[1]
    assert codec.renumbered(made[1], 7) == made[0]


def test_the_gold_digest_is_that_of_the_snapshot():
    dataset = load()
    assert codec.gold_digest(dataset.items) == take_snapshot(dataset).gold
    assert codec.gold_digest(dataset.items[1:]) != codec.gold_digest(dataset.items)


@pytest.mark.parametrize("prefix", ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "sk-", "hf_"])
def test_every_kind_of_token_is_cut_out_on_its_own(prefix):
    assert redact(f"a night at {prefix}{'x1' * 15} b") == "a night at [redacted] b"


@pytest.mark.parametrize("bad", [b"{broken", b"[1]", b'{"a": 1},{"b": 2}', b"", b"3"])
def test_a_bad_line_among_many_is_named(bad):
    lines = [b'{"n": %d}' % n for n in range(2500)]
    assert [row["n"] for row in codec.parse_lines(b"\n".join(lines), "f")] == list(range(2500))
    lines[1700] = bad
    with pytest.raises(StorageError, match="f:1701: "):
        list(codec.parse_lines(b"\n".join(lines), "f"))


def test_secrets_are_cut_out_of_many_lines_as_out_of_each():
    rows = [
        {"a": "key sk-abcdefghijklmnop1234"},
        {"b": "https://me:pw@host"},
        {"c": "Bearer"},
        {"d": "abcdefgh"},
    ]
    lines = [codec.raw_line(row) for row in rows]
    assert codec.sealed("".join(lines)) == b"".join(map(codec.line, rows))
    assert b"sk-abc" not in codec.sealed("".join(lines))
    assert b"pw" not in codec.sealed("".join(lines))
    assert b'{"d":"abcdefgh"}\n' in codec.sealed(
        "".join(lines)
    )  # what "Bearer" ends with stands on the line before
