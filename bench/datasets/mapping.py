"""A plain mapping as an Item, for callers who have no data set: everything but the question is optional."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from bench.answers.gold.infer import infer_answer_type
from bench.errors import UsageError, nearest
from bench.records import ANSWER_MODES, ANSWER_TYPES, Attribution, Gold, Item, Span

_ALIKE: Final = 0.88  # of a misspelt key to the one that is meant, as difflib measures it
_GOLD = {f.name for f in dataclasses.fields(Gold)}
_ITEM = {f.name for f in dataclasses.fields(Item)}


def item_from_mapping(row: Mapping[str, Any]) -> Item:
    """An Item from `question, context, answer_type, answer_mode, gold[…], reject` and any other Item field.

    Gold may be mappings, or strings: aliases of one slot, for a list or several readings a slot each. Where one
    string is all there is, of gold, aliases or lures, it may stand without its list. A missing answer type is
    inferred from the gold. UsageError for what is of another shape, and for keys that look misspelt; keys of
    your own are passed over.
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
    _spelt(row, _ITEM, "item")
    several = row.get("answer_type") in ("list", "ambiguous") or row.get("answer_mode") in (
        "any",
        "all",
        "all_keyed",
    )
    gold = _gold(row.get("gold"), several=several)
    if row.get("answerable") is False and gold:
        raise UsageError("an item is said not to be answerable and has gold; leave one of the two out")
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
        "attribution": _shaped("attribution", row, _attribution),
        "evidence": _shaped("evidence", row, lambda sets: tuple(tuple(s) for s in sets or ())),
    }
    for name in ("reject", "skills", "requires_context", "review"):
        if name in fields:
            fields[name] = _texts(fields[name], name)
    for name in ("id", "article_id", "context"):
        if isinstance(fields[name], int) and name != "context":
            fields[name] = str(fields[name])
        if not isinstance(fields[name], str):
            raise UsageError(f"{name} is {fields[name]!r}; it must be a string")
    return Item(**fields)


def _gold(slots: Any, *, several: bool) -> tuple[Gold, ...]:
    if slots is None or (isinstance(slots, str) and not slots):
        return ()
    slots = [slots] if isinstance(slots, str | Mapping | Gold) else slots
    if isinstance(slots, bytes) or not isinstance(slots, Iterable):
        raise UsageError(f"gold is {slots!r}; it must be a list of strings or of mappings with `canonical`")
    slots = list(slots)
    if slots and all(isinstance(s, str) for s in slots):
        if several:
            return tuple(Gold(canonical=text) for text in slots)
        return (Gold(canonical=slots[0], aliases=tuple(slots[1:])),)
    return tuple(s if isinstance(s, Gold) else _slot(s) for s in slots)


def _slot(row: Any) -> Gold:
    if not isinstance(row, Mapping) or not isinstance(row.get("canonical"), str):
        raise UsageError(f"a gold slot is {row!r}; it needs `canonical` (a string)")
    _spelt(row, _GOLD, "gold slot")
    known = {k: v for k, v in row.items() if k in _GOLD and v is not None}
    known["aliases"] = _texts(row.get("aliases") or (), "aliases")
    known["spans"] = _shaped("spans", row, lambda spans: tuple(map(_span, spans or ())))
    return Gold(**known)


def _texts(value: Any, name: str) -> tuple[str, ...]:
    """A list of strings, or one string alone."""
    odd = isinstance(value, bytes | Mapping) or not isinstance(value, Iterable)
    found = (value,) if isinstance(value, str) or odd else tuple(value)
    if odd or not all(isinstance(text, str) for text in found):
        raise UsageError(f"{name} is {value!r}; it must be a list of strings")
    return found


def _spelt(row: Mapping[str, Any], known: Collection[str], what: str) -> None:
    """UsageError for a key that is all but one of the known ones."""
    for key in row:
        if key == "alias" and "aliases" in known:
            raise UsageError(f"{what}: 'alias' is no key of it; did you mean 'aliases'?")
        close = difflib.get_close_matches(str(key), known, n=1, cutoff=_ALIKE) if key not in known else ()
        if close and close[0] not in row:
            raise UsageError(f"{what}: {key!r} is no key of it; did you mean {close[0]!r}?")


def _shaped(name: str, row: Mapping[str, Any], make: Callable[[Any], Any]) -> Any:
    try:
        return make(row.get(name))
    except TypeError as error:
        raise UsageError(f"{name} is {row[name]!r}: {error}") from None


def _span(value: Any) -> Span:
    return value if isinstance(value, Span) else Span(**value)


def _attribution(value: Any) -> Attribution | None:
    return Attribution(**value) if isinstance(value, Mapping) else value


def _default_mode(kind: str, gold: Sequence[Gold]) -> str:
    if kind == "ambiguous":
        return "any"
    if kind == "list" or len(gold) > 1:
        return "all_keyed" if any(g.key for g in gold) else "all"
    return "one"
