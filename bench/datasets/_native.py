"""Rows that `dateline export` wrote, back into the very records that they were."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from bench.datasets._cells import did_you_mean
from bench.datasets._typed import Fault, record_of
from bench.datasets.exports.native import KEY, row_digest
from bench.records import ANSWER_MODES, ANSWER_TYPES, Article, Item, Span

_CLOSED = {
    "answer_type": ANSWER_TYPES,
    "answer_mode": ANSWER_MODES,
    "split": ("dev", "test"),
    "status": ("draft", "active", "disputed", "retired"),
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a row says that it comes from."""

    name: str
    version: str
    digest: str
    n: int = 0  # position in the data set
    canary: str | None = None


class Native(NamedTuple):
    """One row, read."""

    item: Item
    article: Mapping[str, Any]  # as `article_row` writes it
    origin: Origin
    edited: bool  # whether it is no longer what was exported


def prune(value: Any) -> Any:
    """A row of a table with fixed columns without its nulls (and objects of nothing else), at any depth."""
    if isinstance(value, Mapping):
        found = {k: prune(v) for k, v in value.items()}
        return {k: v for k, v in found.items() if v is not None and v != {}}
    return [prune(v) for v in value] if isinstance(value, list | tuple) else value


def is_exported(row: Mapping[str, Any]) -> bool:
    """Whether `dateline export` wrote a row (a column of that name may be anybody's)."""
    source = row.get(KEY)
    return isinstance(source, Mapping) and "digest" in source


def read_native(row: Mapping[str, Any]) -> tuple[Native | None, list[Fault]]:
    """A row with an origin, or None and everything wrong with it. Columns that are no field are passed over."""
    row = prune(row)
    origin, faults = record_of(Origin, row.get(KEY, {}), KEY)
    fields = {f.name for f in dataclasses.fields(Item)} - {"gold"}
    kept = {k: v for k, v in row.items() if k in fields}
    if "answers" in row:
        kept["gold"] = row["answers"]
    item, found = record_of(Item, kept)
    faults += [f._replace(at="answers" + f.at[4:]) if f.at.startswith("gold") else f for f in found]
    _, found = _article_of(row.get("article", {}), "", "article", ())
    faults += found
    if item is not None:
        faults += check_item(item)
        if row.get("answerable", item.answerable) is not item.answerable:
            faults.append(Fault("answerable", "does not agree with the answers", row["answerable"]))
    if faults or item is None or origin is None:
        return None, faults
    article = {k: v for k, v in row.get("article", {}).items() if not _is_default(k, v)}
    edited = row_digest(item, article) != origin.digest
    return Native(item, article, origin, edited), []


_ARTICLE = {f.name: f.default for f in dataclasses.fields(Article)}


def _is_default(name: str, value: Any) -> bool:
    return bool((tuple(value) if isinstance(value, list) else value) == _ARTICLE.get(name))


def check_item(item: Item) -> Iterator[Fault]:
    """What the types alone do not say."""
    for name, allowed in _CLOSED.items():
        value = getattr(item, name)
        if value not in allowed:
            yield Fault(name, f"is not one of {', '.join(allowed)}{did_you_mean(value, allowed)}", value)
    for name in ("id", "article_id", "question", "context"):
        if not getattr(item, name).strip():
            yield Fault(name, "is blank")
    if (item.answer_type == "none") is item.answerable:
        message = "has answers" if item.answerable else "has no answer"
        yield Fault("answer_type", f"is {item.answer_type}, but the item {message}", item.answer_type)
    for g, slot in enumerate(item.gold):
        if not slot.canonical.strip():
            yield Fault(f"answers[{g}].canonical", "is blank")
        yield from misplaced(item.context, slot.spans, f"answers[{g}].spans")


def misplaced(context: str, spans: tuple[Span, ...], at: str) -> Iterator[Fault]:
    """A fault for every span that does not stand where it says."""
    for n, span in enumerate(spans):
        stands = context[span.start : span.end] if 0 <= span.start <= span.end else ""
        if stands != span.text or not span.text:
            found = f"the context has {stands[:60]!r} there" if stands else "the context has no such place"
            yield Fault(f"{at}[{n}]", f"{found}, not {span.text[:60]!r}", f"{span.start}–{span.end}")


def article_of(row: Mapping[str, Any], name: str, contexts: tuple[str, ...]) -> Article:
    """The article of rows that were read before, from its row and the distinct contexts of its items, in order.

    Without a text in the row it is the one that the sha256 belongs to: a context, or all of them as
    paragraphs. When it is neither (rows are missing), all of them, and no sentences: offsets would be wrong.
    """
    article, faults = _article_of(row, name, "article", contexts)
    if article is None:
        raise ValueError(f"article {name}: {faults}")
    return article


def _article_of(
    row: Any, name: str, at: str, contexts: tuple[str, ...]
) -> tuple[Article | None, list[Fault]]:
    if not isinstance(row, Mapping):
        return record_of(Article, row, at)
    fields = {k: v for k, v in row.items() if k != "sha256"}
    whole = "\n\n".join(contexts)
    texts = [t for t in (*contexts, whole) if _sha256(t) == row.get("sha256")]
    if not texts and "text" not in row:
        fields.pop("sentences", None)
    return record_of(Article, {"text": [*texts, whole][0], **fields, "id": name}, at)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
