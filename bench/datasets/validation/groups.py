"""Checks over several items or several files."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from bench.datasets.source import Source
from bench.datasets.validation.lookup import Lookup
from bench.datasets.validation.wording import fold
from bench.errors import Problem
from bench.records import Article, Gold, Item

_CANARY = re.compile(r"[a-z0-9-]*canary [0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def check_groups(article: Article, items: Sequence[Item], lookup: Lookup) -> Iterator[Problem]:
    """A contrast group has two members or more, and not all with one gold."""
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        if item.contrast_group:
            groups[item.contrast_group].append(item)
    for members in groups.values():
        golds = {tuple((g.key, *_meaning(g)) for g in m.gold) for m in members}
        name = (members[0].contrast_group or "").removeprefix(f"{article.id}-")
        if len(members) < 2:
            message, fix = "the contrast group has one member", "add a second, or drop the group"
            yield lookup.item("contrast_group", members[0], ("group",), message, value=name, fix=fix)
        elif len(golds) < 2:
            message, fix = "all members of the contrast group have one answer", "vary the answer"
            yield lookup.item("contrast_group", members[0], ("group",), message, value=name, fix=fix)


def _meaning(gold: Gold) -> tuple[object, ...]:
    """What makes a gold another one: the number with its bound and unit, or else the wording."""
    return (fold(gold.canonical),) if gold.value is None else (gold.value, gold.bound, gold.unit)


def check_canaries(sources: Sequence[Source]) -> Iterator[Problem]:
    """Every file carries one and the same well-formed canary line, and no text or question shows it."""
    first = next((s for s in sources if s.canary and _CANARY.fullmatch(s.canary)), None)
    for source in sources:
        lookup = Lookup(source.where, source.lines, source.order)
        readable = source.article is not None or source.items or source.order
        if source.canary is None and readable:
            fix = 'copy the line of another file, or write "dateline-canary <a new UUID>"'
            yield lookup.file("canary", "canary", "missing key 'canary'", fix=fix)
        elif source.canary is not None and not _CANARY.fullmatch(source.canary):
            message, fix = "must be a name ending in canary, a space and a UUID", "copy it from another file"
            yield lookup.file("canary", "canary", message, value=source.canary, fix=fix)
        elif source.canary is not None and first is not None and source.canary != first.canary:
            message = f"differs from that of {first.where}"
            yield lookup.file("canary", "canary", message, value=source.canary, fix="use one per suite")


def check_ids(sources: Sequence[Source]) -> Iterator[Problem]:
    """No article id in two files."""
    first: dict[str, str] = {}
    for source in sources:
        if source.article is None:
            continue
        where = first.setdefault(source.article.id, source.where)
        if where != source.where:
            lookup = Lookup(source.where, source.lines, source.order)
            message, fix = f"the article id is taken by {where}", "give each article its own id"
            yield lookup.article("duplicate", "id", message, value=source.article.id, fix=fix)
