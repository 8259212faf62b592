"""One row of a predictions file: checked, and turned into a record."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, get_args

from bench.errors import Problem
from bench.records import Failure, SpanScore, Status

IDS = ("id", "item_id", "item")  # "item" is what our own sealed predictions.jsonl says
TEXTS = ("text", "prediction", "answer")
DUPLICATES = "\0duplicates"  # cannot be typed as a key by accident; holds keys that stand twice
MOST_REPLICATES = 10_000
_STATUSES: tuple[str, ...] = get_args(Status)
_USUAL = frozenset({"id", "text", "replicate"})

Complain = Callable[[Problem], None]


class Row(NamedTuple):
    """One recorded answer."""

    item_id: str
    variant: str | None  # None: the row names none
    text: str  # empty: an abstention
    confidence: float | None = None
    null_score: float | None = None
    replicate: int = 0
    finish_reason: str | None = None
    spans: tuple[SpanScore, ...] = ()
    error: Failure | None = None  # the system failed on this item: not an answer at all


def read_row(where: str, line: int | None, raw: Mapping[str, Any], complain: Complain) -> Row | None:
    """The record of one row, or None after saying everything that is wrong with it."""
    if raw.keys() <= _USUAL:  # most rows of most files: nothing to say, and no time to lose
        item_id, text, replicate = raw.get("id"), raw.get("text"), raw.get("replicate", 0)
        counted = type(replicate) is int and 0 <= replicate < MOST_REPLICATES
        if counted and item_id and isinstance(item_id, str) and isinstance(text, str):
            return Row(item_id, None, text, None, None, replicate)
    return _read_any(where, line, raw, complain)


def _read_any(where: str, line: int | None, raw: Mapping[str, Any], complain: Complain) -> Row | None:
    checked = _Checked(where, line, raw, complain)
    item_id = raw.get("id") or raw.get("item_id") or raw.get("item")
    if not isinstance(item_id, str) or DUPLICATES in raw:
        checked.identity()
        item_id = str(item_id)
    sealed = "request_digest" in raw  # a row of our own; it leaves out what is empty
    text = "" if sealed else None
    for name in TEXTS:
        if name in raw:
            text = raw[name]
            if text is None:
                text = ""
            elif type(text) is not str:
                checked.note("must be a string or null", name, text, "put the answer in quotes")
            break
    else:
        if not sealed and raw.get("status") != "failed":
            fix = f"give one of {', '.join(TEXTS)}; null says that the reader abstained"
            checked.note("missing", "text", None, fix)
    confidence, null_score = checked.number("confidence"), checked.number("null_score")
    if confidence is not None and not 0 <= confidence <= 1:
        fix = "write a share of 1, not a percentage"
        checked.note("must lie between 0 and 1", "confidence", confidence, fix)
    checked.status()
    finish = raw.get("finish_reason")
    row = Row(
        item_id=item_id,
        variant=checked.variant(),
        text=text or "",
        confidence=confidence,
        null_score=null_score,
        replicate=checked.replicate(),
        finish_reason=finish if isinstance(finish, str) else None,
        spans=checked.spans() if sealed else (),
        error=_failure(raw) if raw.get("status") == "failed" else None,
    )
    return None if checked.bad else row


class _Checked:
    """Fields of one row; `bad` once something was wrong with it."""

    __slots__ = ("_complain", "_line", "_raw", "_where", "bad")

    def __init__(self, where: str, line: int | None, raw: Mapping[str, Any], complain: Complain) -> None:
        self.bad = False
        self._where, self._line, self._raw, self._complain = where, line, raw, complain

    def note(self, message: str, field: str, value: object, fix: str) -> None:
        """Say what is wrong."""
        self.bad = True
        item = next((self._raw[name] for name in IDS if name in self._raw), None)
        self._complain(
            Problem(
                where=self._where,
                line=self._line,
                item=item if isinstance(item, str) else None,
                field=field,
                value=None if value is None else str(value),
                message=message,
                fix=fix,
            )
        )

    def identity(self) -> None:
        """Say what is wrong with a row's id or with the object as such."""
        if twice := self._raw.get(DUPLICATES):
            self.note("stands twice in one object", str(twice[0]), None, "keep one of them")
        item_id = next((self._raw[name] for name in IDS if name in self._raw), None)
        if not item_id or not isinstance(item_id, str):
            fix = 'give the item id, such as "id": "q001"'
            self.note("missing, empty or not a string", "id", item_id, fix)

    def number(self, field: str) -> float | None:
        """A finite number, or a string that spells one."""
        value = self._raw.get(field)
        if value is None:
            return None
        try:
            number = math.nan if isinstance(value, bool) else float(value)
        except (OverflowError, TypeError, ValueError):
            number = math.nan
        if math.isfinite(number):
            return number
        self.note("must be a finite number", field, value, "write a number, or leave it out")
        return None

    def status(self) -> None:
        """`ok`, `failed`, or none given: any other word might mean either."""
        value = self._raw.get("status")
        if value is not None and value not in _STATUSES:
            fix = "write failed where the system gave no answer, ok or nothing where it did"
            self.note(f"must be {' or '.join(_STATUSES)}", "status", value, fix)

    def variant(self) -> str | None:
        """`none`, or `generator@parameters:seed` as variants of an item are named; None where none is given."""
        value = self._raw.get("variant")
        if value is None or value == "none" or (type(value) is str and "@" in value):
            return value
        fix = "write it as the data do, or leave it out for the item as it is"
        self.note("must be none, or generator@parameters:seed", "variant", value, fix)
        return None

    def replicate(self) -> int:
        """A small whole number, 0 where none is given."""
        value = self._raw.get("replicate")
        if value is None:
            return 0
        if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 6:
            value = int(value)
        if type(value) is int and 0 <= value < MOST_REPLICATES:
            return value
        fix = f"number the answers to one item 0, 1, 2 … (at most {MOST_REPLICATES - 1:,})"
        self.note("must be a small whole number", "replicate", value, fix)
        return 0

    def spans(self) -> tuple[SpanScore, ...]:
        """The n-best list of a sealed prediction."""
        spans = self._raw.get("spans") or ()
        if isinstance(spans, list | tuple) and all(map(_is_span, spans)):
            return tuple(SpanScore(text=s["text"], score=s["score"]) for s in spans)
        fix = "copy predictions.jsonl as it was sealed"
        self.note("is not a list of spans with text and score", "spans", spans, fix)
        return ()


def _is_span(value: object) -> bool:
    """Whether `value` is one of an n-best list."""
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        return False
    score = value.get("score")
    return isinstance(score, int | float) and math.isfinite(score)


def _failure(raw: Mapping[str, Any]) -> Failure:
    error = raw.get("error")
    if isinstance(error, dict):
        return Failure(type=str(error.get("type", "failed")), message=str(error.get("message", "")))
    return Failure(type="failed", message="" if error is None else str(error))
