"""What else an article offers as an answer: the golds and lures of its other items, its own figures, dates, names."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final

from bench.answers.dates.moments import WEEKDAYS, date_tokens, moments
from bench.answers.dates.parts import MONTHS
from bench.answers.dates.when import When, parse_edtf
from bench.answers.gold.names import texts_of
from bench.answers.meaning.question import question_of
from bench.answers.names.persons import person_wordings
from bench.answers.numbers.quantities import quantities
from bench.answers.numbers.quantity import Quantity
from bench.answers.text.phrases import Mention, Phrase, Table, find, phrases, table
from bench.answers.text.tokens import Text, read
from bench.answers.text.units import stem
from bench.diagnosis.names import names
from bench.records import Gold, Item

Figure = tuple[Fraction, Fraction | None, bool]  # value, second value of a range or pair, ordinal

_READ: Final = 200_000  # characters of an article that are looked at
_PIECE: Final = 4000
_HELD: Final = (
    500_000  # characters of articles held in pieces at a time; items of an article mostly stand together
)
_GOLDS_HELD: Final = 1000  # articles
_NAMED: Final = frozenset({"person", "place"})


@dataclass(frozen=True, eq=False, kw_only=True)
class Golds:
    """What the items of one article want and refuse. Each part is made when first asked for."""

    items: tuple[Item, ...]

    @cached_property
    def figures(self) -> frozenset[Figure]:
        """Every number of a gold."""
        texts = [read(text) for text in texts_of(self._of({"number", "list", "ambiguous"}))]
        found = {figure(q) for text in texts for q in quantities(text, date_tokens(text))}
        stated = (g.value for item in self.items for g in item.gold if g.value is not None)
        return frozenset(found | {(Fraction(str(v)), None, False) for v in stated if math.isfinite(v)})

    @cached_property
    def dates(self) -> frozenset[When]:
        """Every date and time of a gold."""
        golds = self._of({"date", "list", "ambiguous"})
        found = {m.when for text in texts_of(golds) for m in moments(read(text))}
        return frozenset(found.union(*(parse_edtf(g.edtf) for g in golds if g.edtf)))

    @cached_property
    def parties(self) -> Table:
        """Name-like golds and lures."""
        return table(phrase for item in self.items for phrase in party_wordings(item))

    def _of(self, types: Set[str]) -> list[Gold]:
        return [g for item in self.items if item.answer_type in types for g in item.gold]


@dataclass(frozen=True, eq=False, kw_only=True)
class Siblings:
    """All golds on one article and the text that was asked on. What is drawn from them is made when first asked for."""

    golds: Golds
    context: str

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """The article in pieces, cut between words."""
        # Past the cache of `read`: articles are long, and would drive the answers out of it.
        return tuple(read.__wrapped__(piece) for piece in _pieces(self.context))

    @cached_property
    def words(self) -> frozenset[str]:
        """Stems of all words and number literals of the article."""
        return frozenset(stem(t.norm) for text in self.texts for t in text.tokens if t.kind in "wn")

    @cached_property
    def figures(self) -> frozenset[Figure]:
        """Every number of the article and of the golds on it."""
        found = {figure(q) for text in self.texts for q in quantities(text, date_tokens(text))}
        return self.golds.figures | found

    @cached_property
    def dates(self) -> frozenset[When]:
        """Every date and time of the article and of the golds on it."""
        return self.golds.dates | {m.when for text in self.texts for m in moments(text)}

    @cached_property
    def names(self) -> Table:
        """The names in the text: runs of capitalised words."""
        return table(names(self.texts))

    def parties(self, text: Text) -> list[Mention]:
        """Persons, places and organisations of the article in `text`: name-like golds and lures, and names in the text."""
        found = {(m.first, m.end): m for m in (*find(text, self.golds.parties), *find(text, self.names))}
        return [found[place] for place in sorted(found)]


class Families:
    """The siblings of every item of a data set, made at the first miss on their article."""

    def __init__(self, items: Iterable[Item]) -> None:
        """Nothing is computed yet; `items` may be in any order."""
        self._items = items
        self._by_article: dict[str, list[Item]] | None = None
        self._golds: dict[str, Golds] = {}
        self._held: dict[tuple[str, str], Siblings] = {}
        self._characters = 0  # of the texts held

    def of(self, item: Item) -> Siblings:
        """The siblings of `item`, on the text that it was asked on; an unknown item has itself alone."""
        place = (item.article_id, item.context)
        found = self._held.get(place)
        if found is None:
            self._characters += len(item.context)
            while self._held and self._characters > _HELD:
                oldest = next(iter(self._held))
                self._characters -= len(oldest[1])
                del self._held[oldest]
            found = self._held[place] = Siblings(golds=self._golds_of(item), context=item.context)
        return found

    def _golds_of(self, item: Item) -> Golds:
        found = self._golds.get(item.article_id)
        if found is None:
            if self._by_article is None:
                self._by_article = {}
                for each in self._items:
                    self._by_article.setdefault(each.article_id, []).append(each)
            if len(self._golds) >= _GOLDS_HELD:
                self._golds.clear()
            members = self._by_article.get(item.article_id, [item])
            found = self._golds[item.article_id] = Golds(items=tuple(members))
        return found


def alone(item: Item) -> Siblings:
    """The siblings of an item that has no data set around it."""
    return Siblings(golds=Golds(items=(item,)), context=item.context)


def figure(q: Quantity) -> Figure:
    """A number mentioned, without its unit."""
    return q.value, q.high, q.form == "ordinal"


def party_wordings(item: Item) -> list[Phrase]:
    """The name-like golds and lures of `item` as things to look for: all of a person or place, else what has a capital."""
    asks = item.answer_type not in {"number", "date", "yes_no"}
    texts = [*texts_of(item.gold), *item.reject] if asks else []
    out: list[Phrase] = []
    for text in texts:
        tokens = [t for t in read(text).tokens if t.kind in "wn"]
        dated = all(t.norm in MONTHS or t.norm in WEEKDAYS or t.kind == "n" for t in tokens)
        if not tokens or dated or not (tokens[-1].raw[:1].isupper() or _named(item)):
            continue
        out += [*phrases(text, 0), *person_wordings(text, 0)]
    return out


def _named(item: Item) -> bool:
    """Whether every gold of `item` is a name, capital or not."""
    return item.answer_type in _NAMED or question_of(item.question).who


def _pieces(context: str) -> Iterator[str]:
    begin, end = 0, min(len(context), _READ)
    while begin < end:
        stop = min(begin + _PIECE, end)
        if stop < end:
            space = max(context.rfind(" ", begin, stop), context.rfind("\n", begin, stop))
            stop = space if space > begin else stop
        yield context[begin:stop]
        begin = stop
