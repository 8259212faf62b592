"""The `[[item]]` tables of an authored source as `Item` records."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bench.datasets._fields import Log, Table, kind
from bench.datasets._slots import ONE_SLOT_KEYS, Slot, read_slots
from bench.datasets.spans import Trouble, locate
from bench.records import ANSWER_MODES, ANSWER_TYPES, Article, Attribution, Gold, Item, Span

# DATA.md's taxonomy; docs/source-format.md names the same lists.
SKILLS = (
    *("who", "where", "what", "when", "how_many", "why", "role_holder"),
    *("arithmetic", "subtraction", "addition", "ratio", "multiplication", "comparison"),
    *("number_bound", "approximate", "date_inference", "temporal_order", "metadata"),
    *("attribution", "claim_holder", "claim_status", "quotation", "coref", "metonymy"),
    *("multi_sentence", "two_hop", "list", "keyed_list", "negation", "modality", "superlative", "yes_no"),
)
REASONS = ("missing_info", "entity_swap", "scope_shift", "false_premise")
STATUSES = ("draft", "active", "disputed", "retired")
NEEDS = ("published", "title")
ATTRIBUTION_STATUSES = ("stated", "claimed", "accused", "reported", "denied", "inferred", "narrator")
DEFAULT_MODE = {"list": "all", "ambiguous": "any"}
MODES_OF = {"list": ("all", "all_keyed"), "ambiguous": ("any",), "none": ("one",)}
JUDGED_TYPES = ("yes_no", "choice")  # computed by nature: the answer is a verdict, not a quotation

_ID = re.compile(r"q[0-9]{3,4}")
_KEYS = (
    *("id", "version", "question", "type", "mode", "slots", "reject", "evidence", "skills", "difficulty"),
    *("group", "needs", "attribution", "derivation", "reason", "note", "review", "status"),
    *ONE_SLOT_KEYS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """What one table says before its answers are looked up in the text."""

    table: Table
    type: str
    mode: str
    evidence: tuple[tuple[int, ...], ...]
    slots: tuple[Slot, ...]
    derivation: str | None


def read_items(tables: object, article: Article | None, log: Log) -> dict[int, Item]:
    """The items of one file by the position of their table, from 0; what is faulty is noted in `log`.

    An item with a fault in its structure is left out; one whose answer was only not found in the text is
    kept without its spans, so that the validator can go on with it. Without an article there are none.
    """
    if not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
        log.add(("item",), f"items are written as [[item]] tables, not {kind(tables)}")
        return {}
    items: dict[int, Item] = {}
    first: dict[str, int] = {}
    for k, data in enumerate(tables):
        local = data["id"] if isinstance(data.get("id"), str) else f"#{k + 1}"
        table = Table(data, ("item", k), log, local)
        item = _read(table, article)
        if local in first:
            line = log.lines.line("item", first[local], "id")
            table.fault("id", f"the id is taken, on line {line}", value=local, check="duplicate")
        elif item is not None:
            items[k] = item
        first.setdefault(local, k)
    return items


def _read(table: Table, article: Article | None) -> Item | None:
    """One item; None after a structural fault."""
    before = len(table.log.problems)
    table.known(_KEYS)
    name = table.text("id", required=True)
    if name is not None and not _ID.fullmatch(name):
        table.fault("id", "must be q and three or four digits", value=name, fix="write it like q001")
    type_ = table.choice("type", ANSWER_TYPES, required=True)
    question = table.text("question", required=True)
    reason = table.choice("reason", REASONS)
    draft = _draft(table, type_, article) if type_ else None
    if type_ == "none" and "reason" not in table.data:
        table.fault("reason", "an unanswerable item needs a reason", check="answerable")
    if type_ not in (None, "none") and reason:
        table.fault("reason", "only an unanswerable item has a reason", value=reason, check="answerable")
    rest: dict[str, Any] = {
        "reject": table.strings("reject"),
        "skills": table.strings("skills", SKILLS),
        "difficulty": table.whole("difficulty", 1, 3),
        "requires_context": ("body", *table.strings("needs", NEEDS)),
        "attribution": _attribution(table),
        "review": table.strings("review"),
        "note": table.text("note"),
        "status": table.choice("status", STATUSES) or "active",
        "version": table.whole("version", 1, 9999) or 1,
    }
    group = table.text("group")
    if article is None or draft is None or len(table.log.problems) > before:
        return None
    return Item(
        id=f"{article.id}-{name}",
        article_id=article.id,
        question=question or "",
        context=article.text,
        answer_type=draft.type,
        answer_mode=draft.mode,
        gold=tuple(_gold(slot, draft, article) for slot in draft.slots),
        evidence=draft.evidence,
        derivation=draft.derivation,
        unanswerable_reason=reason,
        contrast_group=f"{article.id}-{group}" if group else None,
        language=article.language,
        split=article.split or "test",
        **rest,
    )


def _draft(table: Table, type_: str, article: Article | None) -> _Draft:
    mode = table.choice("mode", ANSWER_MODES) or DEFAULT_MODE.get(type_, "one")
    if mode not in MODES_OF.get(type_, ("one", "any")):
        allowed = " or ".join(MODES_OF.get(type_, ("one", "any")))
        table.fault("mode", f"type {type_} goes with mode {allowed}", value=mode)
    slots = read_slots(table, type_)
    if len(slots) > 1 and mode == "one" and type_ not in MODES_OF:
        table.fault(
            "slots", "several slots need a mode other than one", fix='use type = "list" or mode = "any"'
        )
    return _Draft(
        table=table,
        type=type_,
        mode=mode,
        evidence=_evidence(table, article),
        slots=slots,
        derivation=table.text("derivation"),
    )


def _evidence(table: Table, article: Article | None) -> tuple[tuple[int, ...], ...]:
    """The alternative sets of sentence numbers; `[1, 2]` is one set of two."""
    data = table.data.get("evidence")
    if data is None:
        if not table.data.get("needs"):
            table.fault("evidence", "missing key 'evidence'", fix="name the sentences, like evidence = [1]")
        return ()
    groups = data if isinstance(data, list) and data and all(isinstance(g, list) for g in data) else [data]
    shape = "must be a list of sentence numbers, or of such lists"
    if not all(isinstance(g, list) and g and all(type(n) is int for n in g) for g in groups):
        table.fault("evidence", shape, value=data, fix="write [1] or [[1], [4, 5]]")
        return ()
    last = len(article.sentences) if article else None
    for n in dict.fromkeys(n for g in groups for n in g):
        if n < 1 or (last is not None and n > last):
            message = f"there is no sentence {n}" + (f"; the article has {last}" if last else "")
            table.fault("evidence", message, value=data, check="evidence")
    return tuple(tuple(g) for g in groups)


def _attribution(table: Table) -> Attribution | None:
    data = table.data.get("attribution")
    if data is None:
        return None
    if not isinstance(data, dict):
        table.fault("attribution", f"must be a table, not {kind(data)}", fix='write { status = "claimed" }')
        return None
    inner = Table(data, (*table.path, "attribution"), table.log, table.item)
    inner.known(("status", "holder"))
    status = inner.choice("status", ATTRIBUTION_STATUSES, required=True)
    holder = inner.text("holder")
    return Attribution(status=status, holder=holder) if status else None


def _gold(slot: Slot, draft: _Draft, article: Article) -> Gold:
    """The slot with its spans; an answer that cannot be found is noted, and has none."""
    derived = draft.derivation is not None and len(draft.slots) == 1
    computed = slot.computed or derived or draft.type in JUDGED_TYPES
    spans: tuple[Span, ...] = ()
    if not computed:
        spans = _spans(slot, draft.evidence, article)
    return Gold(
        canonical=slot.answer,
        key=slot.key,
        aliases=slot.aliases,
        spans=spans,
        value=slot.value,
        unit=slot.unit,
        bound=slot.bound,
        tolerance=slot.tolerance,
        edtf=slot.edtf,
        computed=computed,
        reading=slot.reading,
    )


def _spans(slot: Slot, evidence: Sequence[Sequence[int]], article: Article) -> tuple[Span, ...]:
    occurrence: int | Literal["all"] | None = slot.occurrence
    found = locate(article, evidence, (slot.answer, *slot.aliases), occurrence)
    if isinstance(found, Trouble):
        key = "occurrence" if occurrence is not None and "occurrence" in found.message else "answer"
        slot.table.fault(key, found.message, fix=found.fix, check="span")
        return ()
    return found
