"""The pure parts of the encoder: windows, spans, batches."""

from __future__ import annotations

import logging
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.models._batches import Batcher, plan_batches
from bench.models._extractive_decode import Reading, Scored, merge, read_window
from bench.models._extractive_windows import Row, Template, Tokens, cut, make_row, mark, read_template

FRAME = Template(
    before=(1,), between=(2,), after=(2,), before_types=(0,), question_type=0, between_types=(0,),
    context_type=1, after_types=(1,), cls=0, pad=0,
)  # fmt: skip


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 150), st.integers(1, 40), st.data())
def test_an_answer_no_longer_than_the_stride_is_whole_in_some_window(n: int, room: int, data: Any) -> None:
    stride = data.draw(st.integers(0, room - 1))
    windows = cut(n, room, stride)
    assert windows[0][0] == 0
    assert windows[-1][1] == n
    assert all(0 <= last - first <= room for first, last in windows)
    for start in range(n - stride):  # stride + 1 tokens, and so fewer too
        assert any(first <= start and start + stride + 1 <= last for first, last in windows)
    assert n > stride or windows == [(0, n)]
    if len(windows) > 1:  # two tokens more than the stride are not promised
        edge = windows[0][1]
        assert not any(first < edge - stride and edge < last for first, last in windows)


@pytest.mark.parametrize(("room", "stride"), [(4, 4), (4, -1), (0, 0)])
def test_a_stride_that_never_moves_on_is_refused(room: int, stride: int) -> None:
    with pytest.raises(ValueError, match="stride"):
        cut(9, room, stride)


def test_template_is_read_from_a_pair_and_counts_a_last_cls_from_the_end() -> None:
    first = read_template([1, 8, 2, 9, 2], [0, 0, 0, 1, 1], [None, 0, None, 1, None], 1, 0)
    assert first == FRAME
    last = read_template([8, 2, 9, 2, 7], [0, 0, 1, 1, 2], [0, None, 1, None, None], 7, 0)
    context = Tokens(ids=(5, 6, 5), starts=(0, 1, 2), ends=(1, 2, 3))
    row = make_row(last, (4, 4), context, 1, 3)
    assert (row.ids, row.types) == ((4, 4, 2, 6, 5, 2, 7), (0, 0, 0, 1, 1, 1, 2))
    assert (row.offset, row.first, row.count, row.cls) == (3, 1, 2, 6)
    with pytest.raises(ValueError, match="question before the context"):
        read_template([8, 2, 9], [0, 0, 1], [1, None, 0], 1, 0)


@pytest.mark.parametrize(
    ("text", "spans", "marks"),
    [
        ("a bc", [(0, 1), (1, 4)], [(0, 1), (2, 4)]),  # a leading space belongs to no answer
        ("a  b", [(0, 1), (1, 3), (3, 4)], [(0, 1), (3, 1), (3, 4)]),  # white space alone: empty by itself
        (" \n", [(0, 2)], [(2, 0)]),
        ("", [], []),
    ],
)
def test_marks_leave_white_space_out(text: str, spans: list[Any], marks: list[Any]) -> None:
    assert pairs(text, spans, whole_words=False) == marks


@pytest.mark.parametrize(
    ("text", "piece", "word"),
    [
        ("the dockers left", (6, 8), "dockers"),
        ("in 2,500 boats", (5, 8), "500"),
        ("Calloway's port", (2, 5), "Calloway"),
        ("cafe\u0301s", (1, 3), "cafe\u0301s"),
        ("東京都の人", (1, 2), "京"),  # no spaces between words: left alone
        ("end", (2, 3), "end"),
        ("a, b", (1, 2), ","),
    ],
)
def test_whole_words_widen_to_letters_and_digits(text: str, piece: tuple[int, int], word: str) -> None:
    [(start, end)] = pairs(text, [piece], whole_words=True)
    assert text[start:end] == word


def pairs(text: str, spans: list[tuple[int, int]], *, whole_words: bool) -> list[tuple[int, int]]:
    tokens = Tokens(
        ids=tuple(0 for _ in spans), starts=tuple(a for a, _ in spans), ends=tuple(b for _, b in spans)
    )
    found = mark(text, tokens, whole_words)
    return list(zip(found.starts.tolist(), found.ends.tolist(), strict=True))


def read(start: list[float], end: list[float], *, max_tokens: int = 3, n_best: int = 4) -> Reading | None:
    """A window on the text "a b c …" with one special token before it and one after."""
    n = len(start) - 2
    text = " ".join("abcdefghij"[:n])
    tokens = Tokens(ids=(7,) * n, starts=tuple(range(0, 2 * n, 2)), ends=tuple(range(1, 2 * n, 2)))
    row = Row(ids=(1, *tokens.ids, 2), types=(0,) * (n + 2), offset=1, first=0, count=n, cls=0)
    arrays = (np.asarray(start, dtype=np.float32), np.asarray(end, dtype=np.float32))
    return read_window(*arrays, row, mark(text, tokens, False), max_tokens=max_tokens, n_best=n_best)  # type: ignore[misc]


def test_ties_go_to_the_lowest_start_then_the_shortest() -> None:
    found = read([9, 1, 1, 1, 9], [9, 1, 1, 1, 9])
    assert found == Reading(18.0, (Scored(2, 0, 1), Scored(2, 0, 3), Scored(2, 0, 5), Scored(2, 2, 3)))


def test_spans_respect_the_longest_length_and_never_run_backwards() -> None:
    found = read([0, 0, 5, 0, 0, 0], [0, 5, 0, 0, 4, 0], max_tokens=2, n_best=99)
    assert found is not None
    assert Scored(9, 2, 7) not in found.spans
    assert all(a < b <= a + 3 for _, a, b in found.spans)
    assert len(found.spans) == 7


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), float("-inf")])
@pytest.mark.parametrize("place", range(5))
def test_one_bad_logit_anywhere_spoils_a_window(bad: float, place: int) -> None:
    logits = [0.0] * 5
    logits[place] = bad
    assert read(logits, [0.0] * 5) is None
    assert read([0.0] * 5, logits) is None


def test_windows_merge_to_the_lowest_null_and_each_span_once() -> None:
    first, second = (
        Reading(3.0, (Scored(5, 0, 2), Scored(1, 4, 6))),
        Reading(1.0, (Scored(4, 4, 6), Scored(2, 0, 2))),
    )
    assert merge([first, second], 9) == Reading(1.0, (Scored(5, 0, 2), Scored(4, 4, 6)))
    third = Reading(2.0, (Scored(9, 8, 9), Scored(3, 0, 2)))  # its worse score for 0–2 stands behind 4–6
    assert merge([first, second, third], 9).spans == (Scored(9, 8, 9), Scored(5, 0, 2), Scored(4, 4, 6))
    assert merge([second, first], 1) == Reading(1.0, (Scored(5, 0, 2),))


@settings(deadline=None, max_examples=50)
@given(st.lists(st.integers(1, 50), max_size=40), st.integers(1, 200))
def test_batches_hold_every_row_once_within_the_budget(lengths: list[int], budget: int) -> None:
    batches = plan_batches(lengths, budget)
    assert sorted(n for batch in batches for n in batch) == list(range(len(lengths)))
    assert all(len(b) == 1 or len(b) * max(lengths[n] for n in b) <= budget for b in batches)


@pytest.mark.parametrize(
    "error", [MemoryError(), RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried")]
)
def test_batches_are_halved_when_memory_runs_out_and_stay_small(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    tried: list[int] = []

    def forward(batch: list[int]) -> list[int]:
        tried.append(len(batch))
        if len(batch) > 3 or 13 in batch:
            raise error
        return [10 * n for n in batch]

    batcher = Batcher(budget=320)
    with caplog.at_level(logging.WARNING):
        found = dict(batcher.run([10] * 64, forward))
    assert {n: r for n, r in found.items() if n != 13} == {n: 10 * n for n in range(64) if n != 13}
    assert found[13] is error
    assert tried[:4] == [32, 16, 8, 4]
    assert batcher.budget == 10
    assert "memory ran out" in caplog.text


def test_an_error_that_is_not_about_memory_costs_one_row_and_no_speed() -> None:
    def forward(batch: list[int]) -> list[int]:
        if 5 in batch:
            raise ValueError("row 5")
        return batch

    batcher = Batcher(budget=80)
    found = dict(batcher.run([10] * 16, forward))
    assert isinstance(found.pop(5), ValueError)
    assert found == {n: n for n in range(16) if n != 5}
    assert batcher.budget == 80
