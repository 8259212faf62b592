"""What a row of a researcher's table says is right and wrong, as gold slots and lures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bench.answers.gold.infer import infer_answer_type
from bench.answers.squad import is_solid, normalize
from bench.datasets._cells import Cells, as_text, did_you_mean, kind_of
from bench.datasets._contexts import Context, find_answer
from bench.datasets._native import misplaced
from bench.datasets._typed import record_of
from bench.errors import shorten
from bench.records import ANSWER_MODES, ANSWER_TYPES, Gold, Span

_SLOT_TEXT = ("canonical", "key", "unit", "bound", "edtf", "reading")
_SLOT = (*_SLOT_TEXT, "aliases", "value", "tolerance", "computed", "spans")
_BOUNDS = ("exact", "approx", "at_most", "at_least")
_JUDGED = {"answer", "answers", "answer_type", "answer_mode", "answerable", "reject", "unit"}
_POLAR = ("yes", "no", "true", "false")
_KEYED_FIX = '[{"key": "Oslo", "canonical": "Berg"}, {"key": "Riga", "canonical": "Ozols"}]'


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The judged side of an item."""

    gold: tuple[Gold, ...] = ()
    reject: tuple[str, ...] = ()
    kind: str = "none"
    mode: str = "one"
    inferred: bool = False  # the type was read off the gold


def says_nothing(text: str) -> bool:
    """Whether SQuAD's normalisation leaves nothing of `text` ("the", "A", "?!"): any empty answer would equal it."""
    return not is_solid(text) and not normalize(text)


def read_answers(cells: Cells, context: Context | None, language: str) -> Answers | None:
    """Gold, lures, type and mode of a row; None when the cells contradict each other (said in the log)."""
    kind = cells.choice("answer_type", ANSWER_TYPES)
    mode = cells.choice("answer_mode", ANSWER_MODES)
    single, several = cells.text("answer"), [as_text(a) for a in cells.listed("answers") or []]
    stated = cells.flag("answerable")
    reject = cells.words("reject")
    if not cells.bad.isdisjoint(_JUDGED):
        return None
    if stated is False or (stated is None and kind == "none"):
        return _unanswerable(cells, kind, single, several, reject)
    if kind == "none":
        cells.say("answer_type", "is none, but answerable is true", fix="change one of the two")
        return None
    if single is None and not several:
        name = "answers" if cells.has("answers") and not cells.has("answer") else "answer"
        cells.say(name, "is empty", fix="write the answer, or set answerable to false")
        return None
    mode = mode or _default_mode(kind, several)
    make = _one_slot if mode == "one" else _slots
    gold = make(cells, context, mode, single, several)
    if cells.bad.isdisjoint(_JUDGED):
        _check(cells, gold, reject, kind, mode, language)
    if not cells.bad.isdisjoint(_JUDGED):
        return None
    found = kind or ("list" if mode in ("all", "all_keyed") else infer_answer_type(_wordings(gold)))
    if found == "yes_no":  # a "no" in the text is not where the answer stands
        gold = tuple(replace(slot, spans=()) if slot.spans else slot for slot in gold)
    return Answers(gold=gold, reject=reject, kind=found, mode=mode, inferred=kind is None)


def _wordings(gold: Sequence[Gold]) -> list[str]:
    return [text for slot in gold for text in (slot.canonical, *slot.aliases)]


def _unanswerable(
    cells: Cells, kind: str | None, single: str | None, several: Sequence[Any], reject: tuple[str, ...]
) -> Answers | None:
    if single is not None or several:
        name = "answer" if single is not None else "answers"
        fix = "empty it, or set answerable to true"
        cells.say(name, "an unanswerable question has an answer", single or several, fix)
    if kind not in (None, "none"):
        cells.say(
            "answer_type", "an unanswerable question has the type none", kind, "empty it, or write none"
        )
    return Answers(reject=reject) if cells.bad.isdisjoint(_JUDGED) else None


def _default_mode(kind: str | None, several: Sequence[Any]) -> str:
    """The mode that the row's own form asks for."""
    if several and all(isinstance(a, dict) and a.get("key") is not None for a in several):
        return "all_keyed"
    return {"list": "all", "ambiguous": "any"}.get(kind or "", "one")


def _one_slot(
    cells: Cells, context: Context | None, mode: str, single: str | None, several: Sequence[Any]
) -> tuple[Gold, ...]:
    """One thing asked for: `answers` are wordings of it, or a single object."""
    if any(isinstance(a, dict) for a in several):
        if len(several) == 1 and single is None:
            return _slots(cells, context, mode, None, several)
        fix = "write any, all or all_keyed"
        cells.missing("answer_mode", "several answers written as objects need an answer_mode", fix)
        return ()
    wordings = cells.texts("answers", several) if several else ()
    wordings = tuple(dict.fromkeys([single, *wordings] if single else wordings))
    if not wordings:
        return ()
    spans = find_answer(context, wordings)[0] if context else ()
    return (Gold(canonical=wordings[0], aliases=wordings[1:], spans=spans, unit=cells.text("unit")),)


def _slots(
    cells: Cells, context: Context | None, mode: str, single: str | None, several: Sequence[Any]
) -> tuple[Gold, ...]:
    """One slot per answer."""
    if single is not None and several:
        cells.say(
            "answer", f"stands beside answers, but answer_mode is {mode}", single, "move it into answers"
        )
        return ()
    gold = []
    for n, answer in enumerate(several or [single]):
        slot = answer if isinstance(answer, dict) else {"canonical": answer}
        if mode == "all_keyed" and slot.get("key") is None:
            cells.say("answers", "has no key, but answer_mode is all_keyed", fix=_KEYED_FIX, at=f"[{n}]")
        elif not isinstance(answer, dict | str):
            cells.say("answers", f"must be text or an object, not {kind_of(answer)}", answer, at=f"[{n}]")
        else:
            gold.append(_slot(cells, context, slot, f"[{n}]"))
    return tuple(gold)


def _slot(cells: Cells, context: Context | None, slot: Mapping[str, Any], at: str) -> Gold:
    """One slot object, checked key by key."""
    for name in slot:
        if name not in _SLOT:
            cells.say("answers", f"an answer has no {shorten(name)}{did_you_mean(name, _SLOT)}", at=at)
    texts: dict[str, str | None] = {}
    for name in _SLOT_TEXT:
        value = slot.get(name)
        if value is not None and not isinstance(value, str):
            cells.say("answers", f"must be text, not {kind_of(value)}", value, at=f"{at}.{name}")
        texts[name] = (
            cells.clean("answers", value, f"{at}.{name}") or None if isinstance(value, str) else None
        )
    if texts["canonical"] is None:
        cells.missing("answers", f"answer {at[1:-1]} is blank", "write the answer under canonical")
    if texts["bound"] not in (None, *_BOUNDS):
        cells.say("answers", f"is not one of {', '.join(_BOUNDS)}", texts["bound"], at=f"{at}.bound")
    aliases = slot.get("aliases") or []
    if not isinstance(aliases, list):
        cells.say("answers", f"must be a list, not {kind_of(aliases)}", aliases, at=f"{at}.aliases")
        aliases = []
    computed = slot.get("computed", False)
    if not isinstance(computed, bool):
        cells.say("answers", "must be true or false", computed, at=f"{at}.computed")
    canonical = texts["canonical"] or ""
    wordings = tuple(dict.fromkeys([canonical, *cells.texts("answers", aliases, f"{at}.aliases")]))
    stated = _stated_spans(cells, context, slot.get("spans") or [], at)
    return Gold(
        canonical=canonical,
        key=texts["key"],
        aliases=wordings[1:],
        spans=stated or (find_answer(context, wordings)[0] if context and canonical and not computed else ()),
        value=_number(cells, slot, "value", at),
        unit=texts["unit"] or cells.text("unit"),
        bound=texts["bound"],
        tolerance=_number(cells, slot, "tolerance", at) or 0.0,
        edtf=texts["edtf"],
        computed=computed is True,
        reading=texts["reading"],
    )


def _stated_spans(cells: Cells, context: Context | None, values: Any, at: str) -> tuple[Span, ...]:
    """Places that a row names itself: [{"start": 6, "end": 10, "text": "Oslo"}], in characters, end exclusive."""
    found = []
    for n, value in enumerate(values if isinstance(values, list) else [values]):
        span, faults = record_of(Span, value)
        if span and context:
            faults = list(misplaced(context.text, (span,), ""))
            found.append(span)
        for fault in faults:
            place = f"{at}.spans[{n}]" + (f".{fault.at}" if span is None and fault.at else "")
            cells.say("answers", fault.message, fault.value, "correct it, or leave spans out", place)
    return tuple(found)


def _number(cells: Cells, slot: Mapping[str, Any], name: str, at: str) -> float | None:
    value = slot.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        cells.say("answers", f"must be a number, not {kind_of(value)}", value, at=f"{at}.{name}")
        return None
    if name == "tolerance" and value < 0:
        cells.say("answers", "must not be negative", value, at=f"{at}.{name}")
    try:
        return float(value)
    except OverflowError:
        cells.say("answers", "is too large", at=f"{at}.{name}")
        return None


def _check(
    cells: Cells, gold: Sequence[Gold], reject: Sequence[str], kind: str | None, mode: str, language: str
) -> None:
    """What must hold between the slots, the lures and the type."""
    name = "answers" if cells.raw("answers") else "answer"
    wordings = _wordings(gold)
    if kind != "choice":
        for text in filter(says_nothing, wordings):
            fix = "write it out, or set answer_type to choice where it names an option"
            cells.say(name, "nothing is left of it without articles and punctuation", text, fix)
    lures = {lure.casefold() for lure in reject}
    for text in wordings if lures else ():
        if text.casefold() in lures:
            cells.say("reject", "is accepted as an answer too", text, "take it out of one of the two")
    if len(gold) > 1:
        members = Counter(slot.key if mode == "all_keyed" else slot.canonical for slot in gold)
        for twice in [member for member, n in members.items() if n > 1]:
            cells.say(name, "stands twice", twice, "write every member once")
    if kind == "yes_no" and language == "en":
        for slot in gold:
            if slot.canonical.lower() not in _POLAR:
                cells.say(
                    name, "is neither yes nor no", slot.canonical, "write yes or no, or another answer_type"
                )
    if kind == "ambiguous" and (mode != "any" or len(gold) < 2):
        cells.say("answer_type", "an ambiguous question needs answer_mode any and two answers or more", kind)
    elif kind not in (None, "list") and mode in ("all", "all_keyed"):
        cells.say("answer_type", f"answer_mode {mode} asks for a list", kind, "write list, or leave it empty")
    elif kind == "list" and mode not in ("all", "all_keyed"):
        cells.say("answer_mode", "a list needs all or all_keyed", mode, "write all, or leave it empty")
