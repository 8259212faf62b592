"""The answers of one authored item: the single one beside the question, or its table of slots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bench.datasets._fields import Table, kind
from bench.datasets._values import read_number

BOUNDS = ("exact", "approx", "at_most", "at_least")

ONE_SLOT_KEYS = (
    *("answer", "aliases", "value", "unit", "bound", "tolerance", "edtf", "computed", "occurrence"),
)
_SLOT_KEYS = (*ONE_SLOT_KEYS, "key", "reading")
_NUMBER_KEYS = ("value", "unit", "bound", "tolerance")
_MIXED_TYPES = ("list", "ambiguous", "choice")  # their members may be numbers or dates


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One thing asked for, as written; spans are not looked up yet."""

    table: Table  # where its faults are noted
    answer: str
    aliases: tuple[str, ...] = ()
    key: str | None = None
    value: float | None = None
    unit: str | None = None
    bound: str | None = None
    tolerance: float = 0.0
    edtf: str | None = None
    computed: bool = False
    occurrence: int | Literal["all"] | None = None
    reading: str | None = None


def read_slots(item: Table, type_: str) -> tuple[Slot, ...]:
    """The slots of an item of this type; faults are noted in its log."""
    single = [key for key in ONE_SLOT_KEYS if key in item.data]
    if type_ == "none":
        for key in (*single, *(["slots"] if "slots" in item.data else [])):
            item.fault(key, "an unanswerable item has no answer", fix="delete the key", check="answerable")
        return ()
    if "slots" not in item.data:
        if type_ in ("list", "ambiguous"):
            item.fault("slots", f"type {type_} needs slots", fix='write slots = [{ answer = "…" }, …]')
            return ()
        return (_slot(item, type_),)
    for key in single:
        item.fault(key, f"stands beside slots; {key} belongs into a slot", fix="move it")
    tables = item.data["slots"]
    if not isinstance(tables, list) or not tables or not all(isinstance(t, dict) for t in tables):
        item.fault("slots", f"must be a list of tables, not {kind(tables)}", fix='write [{ answer = "…" }]')
        return ()
    slots: list[Slot] = []
    for j, data in enumerate(tables):
        table = Table(data, (*item.path, "slots", j), item.log, item.item)
        table.known(_SLOT_KEYS)
        slots.append(_slot(table, type_))
    return tuple(slots)


def _slot(table: Table, type_: str) -> Slot:
    """One slot; after a fault in it the item is dropped, so that stand-ins for faulty values do no harm."""
    answer = table.text("answer", required=True)
    value, bound, tolerance = table.number("value"), table.choice("bound", BOUNDS), table.number("tolerance")
    edtf, unit = table.text("edtf"), table.text("unit")
    numeric = type_ in ("number", *_MIXED_TYPES)
    for key in _NUMBER_KEYS if not numeric else ():
        if key in table.data:
            table.fault(key, f"means nothing for type {type_}", fix="delete it, or change the type")
    if edtf is not None and type_ not in ("date", *_MIXED_TYPES):
        table.fault("edtf", f"means nothing for type {type_}", fix="delete it, or change the type")
    if tolerance is not None and tolerance < 0:
        table.fault("tolerance", "must not be negative", value=tolerance)
    counted = type_ == "number" or (numeric and unit is not None)
    if answer is not None and value is None and "value" not in table.data and counted:
        value = read_number(answer)
        if value is None:
            table.fault("answer", "holds no number, or more than one", value=answer, fix="give value = …")
    return Slot(
        table=table,
        answer=answer or "",
        aliases=table.strings("aliases"),
        key=table.text("key"),
        value=value,
        unit=unit,
        bound=bound or ("exact" if value is not None else None),
        tolerance=tolerance or 0.0,
        edtf=edtf,
        computed=bool(table.flag("computed")),
        occurrence=_occurrence(table),
        reading=table.text("reading"),
    )


def _occurrence(table: Table) -> int | Literal["all"] | None:
    """Which of several occurrences is meant, from 1; "all"; None when not said."""
    value = table.data.get("occurrence")
    if value is None:
        return None
    if value == "all":
        return "all"
    if type(value) is int and value >= 1:
        return value
    table.fault("occurrence", 'must be 1, 2, 3 … or "all"', value=value)
    return None
