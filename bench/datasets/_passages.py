"""Questions whose answers are quoted from a passage, exactly as a file has them: SQuAD, MRQA, NewsQA and their like.

Texts stay as they are, for offsets and for parity with the official scripts: no trimming, no normalisation.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.answers.gold.infer import infer_answer_type
from bench.datasets._cells import kind_of
from bench.datasets._offsets import check_unit, to_characters, unit_that_fits
from bench.datasets._row_answers import says_nothing
from bench.datasets._rows import check_split
from bench.errors import Problem, UsageError, counted
from bench.records import Article, Gold, Item, Span

_SHOWN = 3  # places at which an answer is said to stand
ID_FIX = "give every question its own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How such a file is read."""

    split: str = "test"
    infer: bool = False  # types off the gold, instead of span for all
    check_offsets: bool = True  # an answer that does not stand at its offset is a problem
    offsets: str = "characters"  # what the file counts in


def options_of(split: str, answer_type: str, check_offsets: bool, offsets: str) -> Options:
    """The options that all such files share; UsageError for one that does not fit."""
    check_split(split)
    check_unit(offsets)
    if answer_type not in ("span", "infer"):
        raise UsageError(f"answer_type={answer_type}: must be span or infer")
    return Options(split=split, infer=answer_type == "infer", check_offsets=check_offsets, offsets=offsets)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One answer of a question, as the file gives it."""

    at: str  # where it is written, for messages
    text: str
    start: int | None = None  # where it is said to stand, as the file counts
    placed: bool = True  # whether it has to say where it stands
    accepted: bool = True  # whether it is a wording of the answer, or a place only


class Passages:
    """Articles and items so far, and what is wrong. `line` is where the reader stands, in files that have lines."""

    def __init__(self, where: str, options: Options) -> None:
        self.where, self.options = where, options
        self.problems: list[Problem] = []
        self.articles: dict[str, Article] = {}
        self.items: list[Item] = []
        self.line: int | None = None
        self.title = ""  # of the article being read, for messages
        self.dropped = 0  # answers that are nothing but articles and punctuation
        self._ids: dict[str, str] = {}  # where every id stands

    def article(self, title: str, text: str, split: str | None = None, name: str = "") -> str:
        """The id of the article: `name`, else its title as a slug; with a hash where another text has that already."""
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        slug = name or slug_of(title)
        self.title = title
        names = (slug, f"{slug or 'article'}-{digest[:10]}", f"{slug or 'article'}-{digest}")
        for name in filter(None, names):
            article = Article(id=name, text=text, title=title, split=split or self.options.split)
            if self.articles.setdefault(name, article).text == text:
                return name
        return names[-1]

    def question_id(self, entry: Mapping[str, Any], key: str, at: str) -> str | None:
        """The id under `key`, which no other question may have."""
        name = self.text(entry, key, at, fix=ID_FIX)
        place = f"{at}.{key}" if self.line is None else f"line {self.line}, {at}.{key}"
        if name is not None and (first := self._ids.setdefault(name, place)) != place:
            self.say(f"{at}.{key}", f"is the id of {first.rpartition('.')[0]} too", name, ID_FIX, name)
        return name

    def piece(self, context: str, start: int, end: int) -> str:
        """The text between two offsets as the file counts them, end exclusive; empty where that is no place."""
        unit = self.options.offsets
        left, right = to_characters(context, start, unit), to_characters(context, end, unit)
        return "" if left is None or right is None else context[left:right]

    def gold(self, claims: Sequence[Claim], context: str, item: str | None) -> tuple[Gold, ...]:
        """One slot of all accepted wordings, each once, with all places where they are said to stand."""
        spans: dict[Span, None] = {}
        wordings: dict[str, None] = {}
        for claim in claims:
            if says_nothing(claim.text):
                self.dropped += claim.accepted
                continue
            if claim.accepted:
                wordings[claim.text] = None
            start = None if claim.start is None else to_characters(context, claim.start, self.options.offsets)
            if start is not None and context.startswith(claim.text, start):
                spans[Span(start=start, end=start + len(claim.text), text=claim.text)] = None
            elif self.options.check_offsets and claim.placed:
                self._misplaced(claim, context, item)
        if not wordings:
            return ()
        canonical, *aliases = wordings
        return (Gold(canonical=canonical, aliases=tuple(aliases), spans=tuple(spans)),)

    def add(
        self,
        item: str,
        question: str,
        context: str,
        article: str,
        gold: tuple[Gold, ...],
        lures: tuple[str, ...] = (),
    ) -> None:
        """One more item."""
        kind = "none" if not gold else "span"
        if gold and self.options.infer:
            kind = infer_answer_type([gold[0].canonical, *gold[0].aliases])
        self.items.append(
            Item(
                id=item,
                article_id=article,
                question=question,
                context=context,
                answer_type=kind,
                gold=gold,
                reject=lures,
                split=self.split(article),
            )
        )

    def take(self, item: Item | None, at: str) -> bool:
        """Add an item that was read as a whole; False where there is none or another one has its id."""
        if item is None or self._ids.setdefault(item.id, place := f"{at}.id") != place:
            return False
        self.items.append(item)
        return True

    def split(self, article: str) -> str:
        """The split of an article that was read."""
        return self.articles[article].split or self.options.split

    def warnings(self) -> Iterator[str]:
        """What a reader of the results should know about the data."""
        if self.dropped:
            yield (
                f"left out: {counted(self.dropped, 'answer')} without a word beside articles and punctuation, "
                "as the official script does"
            )

    def say(
        self, at: str, message: str, value: str | None = None, fix: str | None = None, item: str | None = None
    ) -> None:
        """Write down a problem."""
        self.problems.append(
            Problem(
                where=self.where, line=self.line, item=item, field=at, value=value, message=message, fix=fix
            )
        )

    def text(
        self,
        entry: Mapping[str, Any],
        key: str,
        at: str,
        *,
        absent: str | None = None,
        item: str | None = None,
        fix: str | None = None,
    ) -> str | None:
        """The text under `key`, untouched; None (and said) when it is blank, no text or no text at all."""
        value = entry.get(key, absent)
        place = f"{at}.{key}" if at else key
        if not isinstance(value, str):
            message = "is missing" if key not in entry else f"must be text, not {kind_of(value)}"
            self.say(place, message, item=item, fix=fix)
        elif not value.strip() and absent is None:
            self.say(place, "is blank", item=item, fix=fix)
        elif not value.isascii() and (half := half_pair(value)):
            self.say(place, f"holds {half}, half of a surrogate pair", item=item)
        else:
            return value
        return None

    def objects(
        self, entry: Mapping[str, Any], key: str, at: str, item: str | None = None
    ) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The objects in the list under `key`, each with its path; members of another kind are problems."""
        place = f"{at}.{key}" if at else key
        values = entry.get(key)
        if not isinstance(values, list):
            message = "is missing" if key not in entry else f"must be a list, not {kind_of(values)}"
            self.say(place, message, item=item)
            return
        for n, value in enumerate(values):
            if isinstance(value, dict):
                yield f"{place}[{n}]", value
            else:
                self.say(f"{place}[{n}]", f"must be an object, not {kind_of(value)}", item=item)

    def whole(self, value: Any, at: str, item: str | None) -> int | None:
        """A whole number; None, and said unless it is absent."""
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        self.say(at, f"must be a whole number, not {kind_of(value)}", repr(value), item=item)
        return None

    def advice(self, context: str, text: str, start: int | None) -> str:
        """Where `text` stands, nearest to `start` first; and whether the file seems to count in another unit."""
        near = start or 0
        found = sorted(
            (m.start() for m in re.finditer(re.escape(text), context)), key=lambda p: abs(p - near)
        )
        shown = " or ".join(map(str, found[:_SHOWN])) + (" …" if len(found) > _SHOWN else "")
        fix = f"it stands at {shown}" if found else "it does not occur in the paragraph at all"
        other = None if start is None else unit_that_fits(context, text, start, self.options.offsets)
        return f"{fix}; the file seems to count in {other}: add dataset.offsets={other}" if other else fix

    def _misplaced(self, claim: Claim, context: str, item: str | None) -> None:
        """Say where an answer really stands, the nearest place first."""
        start, shown = claim.start, repr(claim.text[:60])
        fix = self.advice(context, claim.text, start)
        titled = f", in {self.title!r}" if self.title else ""
        if start is None:
            message = f"is missing for the answer {shown}{titled}"
        else:
            message = f"the answer {shown} does not stand there{titled}"
        self.say(claim.at, message, None if start is None else str(start), fix, item)


def half_pair(text: str) -> str | None:
    """The first lone surrogate, escaped."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return ascii(text[error.start])[1:-1]
    return None


def slug_of(title: str) -> str:
    """`title` in lower-case ASCII letters, digits and hyphens; empty when nothing is left."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:80].rstrip("-")
