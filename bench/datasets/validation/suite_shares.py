"""Checks of what the items of a suite are made of: shares, positions, load."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from bench.datasets.spans import occurrences
from bench.datasets.validation.suite_articles import Entry
from bench.errors import Problem
from bench.records import Article, Item

YES_SHARE = (0.45, 0.55)
MIN_YES_NO = 20  # items; of fewer, one more yes than no can be out of range
UNANSWERABLE_SHARE = (0.20, 0.25)
LONG_ANSWER = 6  # words, from which an answer counts as a clause
MAX_LONG = 0.10
MAX_FIRST_THIRD = 0.50
MAX_LOAD = 4  # headline items that one sentence carries
SMALL_ARTICLE = 30  # headline items; a larger article is a collection of its own, its sentences carry more
CHOICE_ALPHA = 0.01  # chance of a false alarm per tested position
MIN_CHOICES = 10


def check_yes_no(entries: Sequence[Entry], where: str) -> Iterator[Problem]:
    """Of the yes/no items 45 to 55 % are to be answered with yes."""
    golds = [i.gold[0].canonical for _, items, _ in entries for i in items if i.answer_type == "yes_no"]
    yes = golds.count("yes")
    if len(golds) >= MIN_YES_NO and not YES_SHARE[0] <= yes / len(golds) <= YES_SHARE[1]:
        message = f"{yes} of {len(golds)} yes/no items have the answer yes ({yes / len(golds):.0%})"
        yield _whole(where, "yes_no_share", message, "bring it to 45–55 %: turn questions round")


def check_unanswerable(entries: Sequence[Entry], where: str) -> Iterator[Problem]:
    """20 to 25 % of the headline items have no answer in the text."""
    items = [i for _, members, _ in entries for i in members]
    none = sum(not i.gold for i in items)
    if items and not UNANSWERABLE_SHARE[0] <= none / len(items) <= UNANSWERABLE_SHARE[1]:
        message = f"{none} of {len(items)} headline items are unanswerable ({none / len(items):.1%})"
        yield _whole(where, "unanswerable_share", message, "bring it to 20–25 %")


def check_long_answers(entries: Sequence[Entry], where: str) -> Iterator[Problem]:
    """At most a tenth of the headline items has an answer of six words or more, as clauses have."""
    items = [i for _, members, _ in entries for i in members]
    long = [i for i in items if any(len(g.canonical.split()) >= LONG_ANSWER for g in i.gold)]
    if items and len(long) > MAX_LONG * len(items):
        message = (
            f"{len(long)} of {len(items)} headline items have an answer of {LONG_ANSWER} words or more"
            f" ({', '.join(i.id for i in long[:3])} …)"
        )
        yield _whole(where, "long_answers", message, "ask for less; 10 % at most")


def check_positions(entries: Sequence[Entry], where: str) -> Iterator[Problem]:
    """At most half of the headline items have evidence in the first third of their article.

    An item counts where the earliest sentence of any of its evidence sets stands, the least favourable reading.
    """
    places = [place for article, items, _ in entries for i in items if (place := position(article, i))]
    first = sum(place < 1 / 3 for place in places)
    if places and first > MAX_FIRST_THIRD * len(places):
        message = f"the evidence of {first} of {len(places)} headline items begins in the first third"
        yield _whole(where, "evidence_position", message, "ask about the later sentences; half at most")


def position(article: Article, item: Item) -> float | None:
    """Where the earliest evidence sentence stands, 0–1 (its middle by count); None without evidence."""
    numbers = [n for group in item.evidence for n in group]
    return (min(numbers) - 0.5) / len(article.sentences) if numbers and article.sentences else None


def check_load(entries: Sequence[Entry]) -> Iterator[Problem]:
    """A sentence is evidence of at most four headline items, in articles of at most thirty of them.

    A larger article (istanbul-talks) is exempt by its size: with more items than sentences can carry at four
    each, the rule could not hold, and its items are one cluster of the statistics anyway.
    """
    for _, items, lookup in entries:
        if len(items) > SMALL_ARTICLE:
            continue
        carried: dict[int, int] = defaultdict(int)
        for item in items:
            for n in sorted({n for group in item.evidence for n in group}):
                carried[n] += 1
                if carried[n] == MAX_LOAD + 1:
                    message = f"sentence {n} carries more than {MAX_LOAD} headline items from here on"
                    fix = "ask about another sentence"
                    yield lookup.item("sentence_load", item, ("evidence",), message, value=str(n), fix=fix)


def check_choices(entries: Sequence[Entry], where: str) -> Iterator[Problem]:
    """The right option of a choice item stands first, and last, about as often as chance would have it.

    Exact two-sided test per position at 1 %, each item with its own number of options; items of which fewer
    than two options can be found in the question are left out.
    """
    items = [i for _, members, _ in entries for i in members if i.answer_type == "choice"]
    placed = [found for item in items if (found := option_place(item))]
    if len(placed) < MIN_CHOICES:
        return
    chances = [1 / size for _, size in placed]
    for name, hits in (
        ("first", sum(place == 0 for place, _ in placed)),
        ("last", sum(place == size - 1 for place, size in placed)),
    ):
        spread = _hits(chances)
        p = 2 * min(sum(spread[hits:]), sum(spread[: hits + 1]))
        if p < CHOICE_ALPHA:
            message = (
                f"the right option stands {name} in {hits} of {len(placed)} choice items,"
                f" chance would give {sum(chances):.1f} (p = {p:.2g})"
            )
            yield _whole(where, "choice_position", message, "change the order of the options")


def option_place(item: Item) -> tuple[int, int] | None:
    """At which place (from 0) of how many options the right one stands in the question; None if undecidable."""
    question = item.question
    right = occurrences(question, item.gold[0].canonical)
    others = [spans[0] for lure in item.reject if (spans := occurrences(question, lure))]
    apart = {s.start for s in others if right and not (s.start < right[0].end and right[0].start < s.end)}
    # "deny" and "deny it" begin at one place and count once.
    return (sum(start < right[0].start for start in apart), len(apart) + 1) if apart else None


def _hits(chances: Sequence[float]) -> list[float]:
    """The probabilities of 0, 1, … successes in independent trials with these chances."""
    spread = [1.0]
    for chance in chances:
        stay = [p * (1 - chance) for p in spread] + [0.0]
        rise = [0.0] + [p * chance for p in spread]
        spread = [a + b for a, b in zip(stay, rise, strict=True)]
    return spread


def _whole(where: str, check: str, message: str, fix: str) -> Problem:
    return Problem(where=where, message=message, fix=fix, check=check)
