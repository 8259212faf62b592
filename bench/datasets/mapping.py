"""A plain mapping as an Item, for callers who have no data set: everything but the question is optional."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from bench.answers.gold.infer import infer_answer_type
from bench.errors import UsageError, nearest
from bench.records import ANSWER_MODES, ANSWER_TYPES, Attribution, Gold, Item, Span

_GOLD = {f.name for f in dataclasses.fields(Gold)}
_ITEM = {f.name for f in dataclasses.fields(Item)}


def item_from_mapping(row: Mapping[str, Any]) -> Item:
    """An Item from `question, context, answer_type, answer_mode, gold[…], reject` and any other Item field.

    Gold may be mappings, or strings (aliases of one slot). A missing answer type is inferred from the gold.
    """
    if not isinstance(row, Mapping):
        raise UsageError(
            f"an item is an Item or a mapping with `question` and `gold`, not {type(row).__name__}"
        )
    if not isinstance(row.get("question"), str):
        raise UsageError("an item needs a question (a string)")
    if "gold" not in row and (near := next((k for k in ("answers", "answer", "golds") if k in row), None)):
        raise UsageError(
            f"an item's right answers stand under `gold`, not {near!r}; an item without gold has no answer"
        )
    gold = _gold(row.get("gold") or ())
    kind = row.get("answer_type") or infer_answer_type([g.canonical for g in gold])
    mode = row.get("answer_mode") or _default_mode(kind, gold)
    if kind not in ANSWER_TYPES:
        raise UsageError(f"answer_type {kind!r} is unknown{nearest(str(kind), ANSWER_TYPES)}")
    if mode not in ANSWER_MODES:
        raise UsageError(f"answer_mode {mode!r} is unknown{nearest(str(mode), ANSWER_MODES)}")
    known = {k: v for k, v in row.items() if k in _ITEM and v is not None}
    fields = {
        "id": "item",
        "article_id": "article",
        "context": "",
        **known,
        "answer_type": kind,
        "answer_mode": mode,
        "gold": gold,
        "attribution": _attribution(row.get("attribution")),
        "evidence": tuple(tuple(s) for s in row.get("evidence") or ()),
    }
    for name in ("reject", "skills", "requires_context", "review"):
        if name in fields:
            fields[name] = tuple(fields[name])
    return Item(**fields)


def _gold(slots: Sequence[Any]) -> tuple[Gold, ...]:
    if slots and all(isinstance(s, str) for s in slots):
        return (Gold(canonical=slots[0], aliases=tuple(slots[1:])),)
    return tuple(s if isinstance(s, Gold) else _slot(s) for s in slots)


def _slot(row: Mapping[str, Any]) -> Gold:
    if not isinstance(row.get("canonical"), str):
        raise UsageError("a gold slot needs `canonical` (a string)")
    known = {k: v for k, v in row.items() if k in _GOLD and v is not None}
    known["aliases"] = tuple(row.get("aliases") or ())
    known["spans"] = tuple(s if isinstance(s, Span) else Span(**s) for s in row.get("spans") or ())
    return Gold(**known)


def _attribution(value: Any) -> Attribution | None:
    return Attribution(**value) if isinstance(value, Mapping) else value


def _default_mode(kind: str, gold: Sequence[Gold]) -> str:
    if kind == "ambiguous":
        return "any"
    if kind == "list" or len(gold) > 1:
        return "all_keyed" if any(g.key for g in gold) else "all"
    return "one"
