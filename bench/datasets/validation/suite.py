"""What can only be seen over a whole folder: splits, shares, give-aways, second answers, round trips.

Three tiers, so that a small folder of one's own is not told off for what it cannot have:

- every folder: near-duplicates and splits, names, the canary, the round trip;
- a suite, which is a folder with a file VERSION: twins, load of sentences, second answers;
- a folder of `SHARES_FROM` headline items or more, once all its files can be read: shares, cue words, the
  question-only classifier, positions of the evidence and of the right options.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bench.datasets.source import Source
from bench.datasets.validation.lookup import Lookup
from bench.datasets.validation.scorer import Score
from bench.datasets.validation.suite_articles import check_names, check_shown_canary, check_similar
from bench.datasets.validation.suite_classifier import check_question_only
from bench.datasets.validation.suite_cues import check_cues
from bench.datasets.validation.suite_reviews import check_agreement, check_reviews, check_twins
from bench.datasets.validation.suite_shares import (
    check_choices,
    check_load,
    check_long_answers,
    check_positions,
    check_unanswerable,
    check_yes_no,
)
from bench.errors import Problem
from bench.records import Article, Item

SHARES_FROM = 100  # headline items; below, a share moves by a point with a single item

RoundTrip = Callable[[Article, Sequence[Item]], tuple[Article, Sequence[Item]]]  # written and read back


@dataclass(frozen=True)
class Folder:
    """The sources of one folder."""

    where: str  # the folder as the user named it
    versioned: bool  # a file VERSION makes a folder a suite
    sources: tuple[Source, ...]

    @cached_property
    def articles(self) -> tuple[tuple[Article, tuple[Item, ...], Lookup], ...]:
        """Each readable article with its items, retired ones left out, and where they stand."""
        return tuple(
            (
                s.article,
                tuple(i for i in s.items if i.status != "retired"),
                Lookup(s.where, s.lines, s.order),
            )
            for s in self.sources
            if s.article is not None
        )

    @property
    def complete(self) -> bool:
        """Whether every item of every file could be read."""
        return all(s.article is not None and s.complete for s in self.sources)

    @property
    def headline(self) -> int:
        """The number of items that the headline figure is made from."""
        return sum(in_headline(i) for _, items, _ in self.articles for i in items)


def in_headline(item: Item) -> bool:
    """Whether an item counts in the headline: active, and not in the ambiguous slice."""
    return item.status == "active" and item.answer_type != "ambiguous"


def read_folder(where: Path, sources: Sequence[Source]) -> Folder:
    """The folder of these sources; a file VERSION in it is looked for."""
    return Folder(where=str(where), versioned=(where / "VERSION").is_file(), sources=tuple(sources))


def check_folder(
    folder: Folder, score: Score | None = None, round_trip: RoundTrip | None = None
) -> Iterator[Problem]:
    """Every problem of the folder as a whole; without `score` or `round_trip` their checks are left out."""
    articles = folder.articles
    headline = [
        (article, [i for i in items if in_headline(i)], lookup) for article, items, lookup in articles
    ]
    alike = list(check_similar(articles))
    yield from alike or check_names(articles)  # articles that are alike share their names as well
    canary = next((s.canary for s in folder.sources if s.canary), None)
    yield from check_shown_canary(articles, canary)
    if round_trip is not None:
        yield from check_round_trip(folder, round_trip)
    if folder.versioned:
        whole = {s.where for s in folder.sources if s.complete}
        yield from check_twins([entry for entry in articles if entry[2].where in whole])
        yield from check_load(headline)
        yield from check_reviews(articles)
        if score is not None:
            yield from check_agreement(articles, score)
    if folder.complete and folder.headline >= SHARES_FROM:
        for check in (
            *(check_yes_no, check_unanswerable, check_long_answers, check_positions),
            *(check_choices, check_cues, check_question_only),
        ):
            yield from check(headline, folder.where)


def check_round_trip(folder: Folder, round_trip: RoundTrip) -> Iterator[Problem]:
    """What was written and read back equals what was written: every article, every item."""
    fix = "simplify the value, and report it: records must survive storage"
    for article, items, lookup in folder.articles:
        back, stored = round_trip(article, items)
        if back != article:
            yield lookup.article("round_trip", "id", "is another article when stored and read back", fix=fix)
        if len(stored) != len(items):
            message = f"has {len(items)} items, and {len(stored)} when stored and read back"
            yield lookup.article("round_trip", "id", message, fix=fix)
            continue
        for item, other in zip(items, stored, strict=True):
            if item != other:
                message = "is another item when stored and read back"
                yield lookup.item("round_trip", item, (), message, fix=fix)
