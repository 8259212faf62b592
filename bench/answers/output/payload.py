"""Answers given as JSON: {"answer": …, "confidence": …, "evidence": […]}, arrays, keyed objects."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bench.answers.text.units import UNITS

_ANSWER: Final = ("answer", "final_answer", "finalanswer", "answers", "short_answer", "prediction", "response",
                  "result", "value", "text", "span", "output")  # fmt: skip
_CONFIDENCE: Final = ("confidence", "confidence_score", "probability", "certainty")
_EVIDENCE: Final = ("evidence", "sentences", "evidence_sentences", "sentence", "supporting_sentences", "support",
                    "citations")  # fmt: skip
_ANSWERABLE: Final = ("answerable", "is_answerable", "has_answer")
_DECLINED: Final = ("unanswerable", "is_unanswerable", "abstain", "abstained", "is_impossible", "impossible",
                    "no_answer")  # fmt: skip
_ASIDE: Final = ("reasoning", "explanation", "rationale", "thought", "thoughts", "justification", "quote", "note",
                 "question", "id", "language", "source")  # fmt: skip
_UNIT: Final = ("unit", "units", "currency")
_NUMBER = re.compile(r"\d{1,4}")
_SHARE = re.compile(r"(?<![\w.])(\d{1,3}(?:\.\d{1,12})?|\.\d{1,12})\s*(%|percent\b|/\s*10{1,2}\b)?")
_LIMIT = 100_000
_DEEPEST: Final = 6
_UNREADABLE: Final = "{…}"  # stands for what is nested too deeply: an answer, if not one that can be read
_LARGEST: Final = 300_000  # characters of JSON read as a whole: a larger one is no answer to a question


@dataclass(frozen=True, slots=True)
class Payload:
    """What a JSON answer holds. `text` None: it declares that there is no answer."""

    text: str | None
    confidence: float | None = None
    evidence: tuple[int, ...] = ()


def read_payload(text: str) -> Payload | None:
    """The JSON answer in `text`, or None where there is none. Never raises.

    Looks at a text that is JSON as a whole, then for the last object with an answer key inside other words.
    """
    text = text.strip()
    if not text or ("{" not in text and text[0] not in '["'):
        return None
    whole = _loads(text) if text[0] in '{["' and len(text) <= _LARGEST else None
    if whole is not None:
        return _payload(whole[0])
    decoder = json.JSONDecoder(parse_float=str, parse_int=str)
    window = text[-_LIMIT:]
    starts = [found.start() for found in re.finditer(r"\{\s{0,20}[\"']", window)][-8:]
    for start in starts:
        try:
            value, _ = decoder.raw_decode(window, start)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict) and _pick(value, (*_ANSWER, *_ANSWERABLE, *_DECLINED))[0]:
            return _payload(value)
    return None


def _loads(text: str) -> tuple[Any] | None:
    try:
        return (json.loads(text, parse_float=str, parse_int=str),)
    except (ValueError, RecursionError):
        return None


def _pick(value: Mapping[str, Any], names: tuple[str, ...]) -> tuple[bool, Any]:
    folded = {str(key).casefold().replace(" ", "_").replace("-", "_"): held for key, held in value.items()}
    for name in names:
        if name in folded:
            return True, folded[name]
    return False, None


def _payload(value: Any) -> Payload:
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict):
        value = value[0]
    if not isinstance(value, dict):
        return Payload(flatten(value))
    confidence = as_share(_pick(value, _CONFIDENCE)[1])
    evidence = as_sentences(_pick(value, _EVIDENCE)[1])
    found, answer = _pick(value, _ANSWER)
    has, answerable = _pick(value, _ANSWERABLE)
    _, declined = _pick(value, _DECLINED)
    if (has and answerable is False) or declined is True:
        return Payload(None, confidence, evidence)
    unit = _pick(value, _UNIT)[1]
    if (
        isinstance(answer, str)
        and isinstance(unit, str)
        and any(word in UNITS for word in unit.casefold().split())
        and not any(map(str.isalpha, answer))
    ):
        answer = f"{answer.strip()} {unit.strip()}"
    if not found:
        answer = {k: v for k, v in value.items() if not _beside(str(k).casefold().replace(" ", "_"), v)}
    return Payload(flatten(answer), confidence, evidence)


def _beside(key: str, value: Any) -> bool:
    """Whether a field tells of the answer and is no part of it; {"abstained": 6, "support": 40} counts votes."""
    if key in {*_ANSWERABLE, *_DECLINED}:
        return value is None or isinstance(value, bool) or str(value).casefold() in {"true", "false"}
    if key in _EVIDENCE:
        return key != "support" or not isinstance(value, str)
    return key in {*_CONFIDENCE, *_ASIDE}


def _measure(value: Mapping[str, Any]) -> str | None:
    """{"value": "3.4", "unit": "million euros"} and {"day": "14", "month": "July", "year": "2030"} in words."""
    keys = {
        str(key).casefold(): held for key, held in value.items() if isinstance(held, str) and held.strip()
    }
    for names in (
        ("value", "unit"),
        ("amount", "unit"),
        ("amount", "currency"),
        ("value", "currency"),
        ("day", "month", "year"),
    ):
        if len(keys) == len(value) and set(keys) == set(names):
            return " ".join(keys[name].strip() for name in names)
    return None


def flatten(value: Any, depth: int = 0) -> str | None:
    """A JSON value as answer text: members on lines of their own, objects as "key: value"; None stays None."""
    if value is None:
        return None
    if depth > _DEEPEST:
        return _UNREADABLE
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        parts = [_pair(member, depth + 1) or flatten(member, depth + 1) for member in value]
        return "\n".join(part for part in parts if part) or None
    if isinstance(value, dict) and (whole := _measure(value)):
        return whole
    if isinstance(value, dict):
        lines = [(str(key), flatten(member, depth + 1)) for key, member in value.items()]
        return "\n".join(f"{key}: {line}" for key, line in lines if line) or None
    return str(value)


def _pair(value: Any, depth: int) -> str | None:
    """A list's member of two plain values ({"country": …, "head": …}) as "first: second"."""
    if not isinstance(value, dict) or len(value) != 2:
        return None
    first, second = (None if isinstance(v, dict | list) else flatten(v, depth) for v in value.values())
    return f"{first}: {second}" if first and second else None


def as_share(value: Any) -> float | None:
    """A stated confidence as 0–1: 0.8, "80%", 80, "8/10"; None where it is none of these."""
    found = (
        _SHARE.search(str(value))
        if isinstance(value, str | int | float) and not isinstance(value, bool)
        else None
    )
    if found is None:
        return None
    number = float(found[1])
    unit = (found[2] or "").replace(" ", "")
    if unit in {"%", "percent", "/100"} or (not unit and number > 1):
        number /= 100
    elif unit == "/10":
        number /= 10
    return number if math.isfinite(number) and 0 <= number <= 1 else None


def as_sentences(value: Any) -> tuple[int, ...]:
    """Sentence numbers cited: [3, 4], "3, 4", ["S3"]; distinct, in order. Long quotations cite nothing."""
    if isinstance(value, list):
        parts = [str(member) for member in value[:50]]
    else:
        parts = (
            []
            if value is None or isinstance(value, bool | dict)
            else re.split(r"[,;]| and ", str(value)[:200])
        )
    numbers = [int(found[0]) for part in parts if len(part) <= 16 and (found := _NUMBER.search(part))]
    return tuple(dict.fromkeys(numbers))
