"""The check that the golds pass the item's own scorer, and the lures fail it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from bench.datasets._toml_lines import Path
from bench.datasets.validation.lookup import Check, Lookup
from bench.errors import Problem
from bench.records import Article, Item

Score = Callable[[Item, str], float]  # the worth of an answer text, 0–1


def scorer_check(score: Score) -> Check:
    """The check under a given scorer: canonical and every alias are worth 1, every lure 0.

    A list is tried whole, then once per alias with that alias in its place, members joined by "; ", keyed
    ones as "key: member". An unanswerable item must give 1 for the empty answer, an ambiguous one for each
    reading alone.
    """

    def check_scorer(_article: Article, items: Sequence[Item], lookup: Lookup) -> Iterator[Problem]:
        for item in items:
            for path, text in right_answers(item, lookup):
                worth = score(item, text)
                if worth < 1:
                    message = f"scores {worth:g} by the item's own scorer, must be 1"
                    fix = "mend the wording, or the value it is compared with"
                    yield lookup.item("scorer", item, path, message, value=text, fix=fix)
            for n, text in enumerate(item.reject):
                worth = score(item, text)
                if worth > 0:
                    message = f"a lure scores {worth:g} by the item's own scorer, must be 0"
                    yield lookup.item("scorer", item, ("reject", n), message, value=text, fix="drop it")

    return check_scorer


def right_answers(item: Item, lookup: Lookup) -> Iterator[tuple[Path, str]]:
    """Whole answer texts that must be right, each with the path of what it tries."""
    if not item.gold:
        yield ("type",), ""
        return
    whole = [_member(gold.key, gold.canonical) for gold in item.gold]
    together = item.answer_mode in ("all", "all_keyed")
    if together:
        yield lookup.slot(item, 0, "answer") if len(item.gold) == 1 else ("slots",), "; ".join(whole)
    for j, gold in enumerate(item.gold):
        if not together:
            yield lookup.slot(item, j, "answer"), gold.canonical
        for n, alias in enumerate(gold.aliases):
            path = lookup.slot(item, j, "aliases", n)
            if together:
                yield path, "; ".join([*whole[:j], _member(gold.key, alias), *whole[j + 1 :]])
            else:
                yield path, alias


def _member(key: str | None, text: str) -> str:
    return text if key is None else f"{key}: {text}"
