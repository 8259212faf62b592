"""Checks of golds, aliases and lures that need no scorer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bench.datasets.spans import occurrences, sentence_text
from bench.datasets.validation.lookup import Lookup
from bench.datasets.validation.wording import fold
from bench.errors import Problem
from bench.records import Article, Gold, Item


def check_answerable(_article: Article, items: Sequence[Item], lookup: Lookup) -> Iterator[Problem]:
    """Either gold slots, or type none with a reason; never both, never neither."""
    for item in items:
        if bool(item.gold) == (item.answer_type == "none"):
            message = "type none has no gold, every other type has some"
            yield lookup.item("answerable", item, ("type",), message, value=item.answer_type)
        if bool(item.gold) == bool(item.unanswerable_reason):
            message = "an item has either an answer or a reason why it has none"
            yield lookup.item("answerable", item, ("reason",), message, value=item.unanswerable_reason)


def check_aliases(_article: Article, items: Sequence[Item], lookup: Lookup) -> Iterator[Problem]:
    """Canonical and aliases keep something after normalisation, and differ by more than it takes away."""
    for item in items:
        for j, gold in enumerate(item.gold):
            seen: dict[str, str] = {}
            for path, text in _accepted(item, j, gold, lookup):
                plain = fold(text)
                if not plain:
                    message = "nothing is left of it once articles and punctuation are gone"
                    yield lookup.item("empty_answer", item, path, message, value=text, fix="say more")
                elif plain in seen:
                    message = f"is the same as {seen[plain]!r} after normalisation"
                    yield lookup.item("alias", item, path, message, value=text, fix="delete it")
                seen.setdefault(plain, text)


def check_overlap(_article: Article, items: Sequence[Item], lookup: Lookup) -> Iterator[Problem]:
    """No lure is also accepted; the members of an unordered list share no wording."""
    for item in items:
        owner: dict[str, int] = {}
        for j, gold in enumerate(item.gold):
            for path, text in _accepted(item, j, gold, lookup):
                first = owner.setdefault(fold(text), j)
                if first != j and item.answer_mode == "all":
                    message = f"is accepted for slot {first + 1} as well"
                    yield lookup.item("overlap", item, path, message, value=text, fix="tell the slots apart")
        for n, text in enumerate(item.reject):
            plain = fold(text)
            if plain in owner and plain:
                message = "is both accepted and rejected"
                yield lookup.item("overlap", item, ("reject", n), message, value=text, fix="decide on one")
            if not plain:
                message = "nothing is left of it once articles and punctuation are gone"
                yield lookup.item("empty_answer", item, ("reject", n), message, value=text, fix="say more")


def check_kinds(_article: Article, items: Sequence[Item], lookup: Lookup) -> Iterator[Problem]:
    """What a type or mode demands of its slots: yes or no, two readings, one key each."""
    for item in items:
        if item.answer_type == "yes_no":
            for j, gold in enumerate(item.gold):
                if gold.canonical not in ("yes", "no"):
                    path = lookup.slot(item, j, "answer")
                    yield lookup.item(
                        "yes_no", item, path, 'must be "yes" or "no", in these letters', value=gold.canonical
                    )
        if item.answer_type == "ambiguous":
            yield from _readings(item, lookup)
        keyed = item.answer_mode == "all_keyed"
        seen: set[str] = set()
        for j, gold in enumerate(item.gold):
            path = lookup.slot(item, j, "key")
            plain = fold(gold.key or "")
            if keyed and not plain:
                yield lookup.item(
                    "keys", item, path, "a keyed list needs a key in every slot", value=gold.key
                )
            elif keyed and plain in seen:
                yield lookup.item("keys", item, path, "the key is taken by another slot", value=gold.key)
            elif not keyed and gold.key is not None:
                fix = 'set mode = "all_keyed" or delete the key'
                yield lookup.item("keys", item, path, "keys are for keyed lists", value=gold.key, fix=fix)
            seen.add(plain)
        if item.answer_type == "choice" and not item.reject:
            message = "the other options belong into reject"
            yield lookup.item("choice", item, ("reject",), message, fix="add them")


def check_lures(article: Article, items: Sequence[Item], lookup: Lookup) -> Iterator[Problem]:
    """An unanswerable item has a lure that stands in the text, inside its evidence sentences."""
    for item in items:
        if item.answer_type != "none":
            continue
        if not item.reject:
            message, fix = "an unanswerable item needs lures", "add what a hasty reader would answer"
            yield lookup.item("lure", item, ("reject",), message, fix=fix)
        elif not any(occurrences(article.text, lure) for lure in item.reject):
            message, fix = "no lure stands in the text", "add one that a hasty reader would pick from it"
            yield lookup.item("lure", item, ("reject",), message, value="; ".join(item.reject), fix=fix)
        elif item.evidence:
            site = sentence_text(article, (n for group in item.evidence for n in group))
            if not any(occurrences(site, lure) for lure in item.reject):
                message, fix = "no lure stands in the evidence sentences", "name the sentence of the lure"
                yield lookup.item("lure", item, ("evidence",), message, value=str(item.evidence), fix=fix)


def _readings(item: Item, lookup: Lookup) -> Iterator[Problem]:
    """Two readings or more, each with its own question and its own answer."""
    if len(item.gold) < 2:
        yield lookup.item("ambiguous", item, ("slots",), "an ambiguous item needs two readings or more")
    questions: set[str] = set()
    answers: set[str] = set()
    for j, gold in enumerate(item.gold):
        reading = fold(gold.reading or "")
        if not reading or reading in questions:
            message = "the reading is missing" if not reading else "the reading is that of another slot"
            path = lookup.slot(item, j, "reading")
            yield lookup.item("ambiguous", item, path, message, value=gold.reading, fix="write its question")
        if fold(gold.canonical) in answers:
            path = lookup.slot(item, j, "answer")
            yield lookup.item("ambiguous", item, path, "two readings have one answer", value=gold.canonical)
        questions.add(reading)
        answers.add(fold(gold.canonical))


def _accepted(item: Item, j: int, gold: Gold, lookup: Lookup) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every accepted wording of a slot, with its path."""
    yield lookup.slot(item, j, "answer"), gold.canonical
    for n, alias in enumerate(gold.aliases):
        yield lookup.slot(item, j, "aliases", n), alias
