"""One pass over a parsed SQuAD file."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bench.answers.infer import infer_answer_type
from bench.datasets._cells import kind_of
from bench.datasets._row_answers import says_nothing
from bench.errors import Problem
from bench.records import Article, Gold, Item, Span

_SHOWN = 3  # places at which an answer is said to stand


class SquadReading:
    """Articles and items so far, and what is wrong; every place is a JSON path like data[3].paragraphs[0]."""

    def __init__(
        self, where: str, *, split: str, infer: bool, check_offsets: bool, plausible_as_lures: bool
    ) -> None:
        self.problems: list[Problem] = []
        self.articles: dict[str, Article] = {}
        self.items: list[Item] = []
        self._where, self._split = where, split
        self._infer, self._check_offsets, self._lures = infer, check_offsets, plausible_as_lures
        self._ids: dict[str, str] = {}  # JSON path of every id
        self._title = ""  # of the article being read
        self._dropped = 0  # answers that are nothing but articles and punctuation

    def read(self, value: Any) -> None:
        """The whole file."""
        if not isinstance(value, dict):
            self._say("$", f"must be an object, not {kind_of(value)}", fix='SQuAD files are {"data": [...]}')
            return
        for at, entry in self._objects(value, "data", ""):
            title = self._text(entry, "title", at, absent="")
            paragraphs = [
                (path, paragraph, self._text(paragraph, "context", path))
                for path, paragraph in self._objects(entry, "paragraphs", at)
            ]
            text = "\n\n".join(context or "" for _, _, context in paragraphs)
            article = self._article(title or "", text) if paragraphs else ""
            self._title = title or ""
            for path, paragraph, context in paragraphs:
                for place, qa in self._objects(paragraph, "qas", path):
                    self._item(qa, place, article, context)
        if not self.items and not self.problems:
            self._say("data", "holds no questions")

    def warnings(self) -> Iterator[str]:
        """What a reader of the results should know about the data."""
        if self._dropped:
            yield (
                f"{self._dropped} answers without a word beside articles and punctuation were left out, "
                "as the official script does"
            )

    def _article(self, title: str, text: str) -> str:
        """The id of the article: its title as a slug, with a hash where another text has that already."""
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        slug = slug_of(title)
        names = (slug, f"{slug or 'article'}-{digest[:10]}", f"{slug or 'article'}-{digest}")
        for name in filter(None, names):
            article = Article(id=name, text=text, title=title, split=self._split)
            if self.articles.setdefault(name, article).text == text:
                return name
        return names[-1]

    def _item(self, qa: Mapping[str, Any], at: str, article: str, context: str | None) -> None:
        before = len(self.problems)
        item_id = self._text(qa, "id", at)
        if item_id is not None and (first := self._ids.setdefault(item_id, at)) != at:
            self._say(f"{at}.id", f"is the id of {first} too", item_id, "give every question its own")
        question = self._text(qa, "question", at, item=item_id)
        impossible = qa.get("is_impossible", False)
        if not isinstance(impossible, bool):
            self._say(
                f"{at}.is_impossible", f"must be true or false, not {kind_of(impossible)}", item=item_id
            )
        silent = impossible is True and "answers" not in qa
        answers = [] if silent else list(self._objects(qa, "answers", at, item_id))
        if impossible is True and answers:
            fix = "empty answers, or set is_impossible to false"
            self._say(f"{at}.answers", "an impossible question has answers", item=item_id, fix=fix)
        gold = self._gold(answers, context, item_id)
        lures = self._plausible(qa, at, item_id) if impossible is True and self._lures else ()
        if impossible is False and not gold and context is not None and len(self.problems) == before:
            fix = "give an answer, or set is_impossible to true"
            self._say(f"{at}.answers", "holds no answer", item=item_id, fix=fix)
        if len(self.problems) > before or item_id is None or question is None or context is None:
            return
        self.items.append(
            Item(
                id=item_id,
                article_id=article,
                question=question,
                context=context,
                answer_type=self._type(gold),
                gold=gold,
                reject=lures,
                split=self._split,
            )
        )

    def _type(self, gold: Sequence[Gold]) -> str:
        if not gold:
            return "none"
        return infer_answer_type([gold[0].canonical, *gold[0].aliases]) if self._infer else "span"

    def _gold(
        self, answers: Sequence[tuple[str, Mapping[str, Any]]], context: str | None, item: str | None
    ) -> tuple[Gold, ...]:
        """One slot of all wordings, each once, with all places where they are said to stand."""
        spans: dict[Span, None] = {}
        wordings: dict[str, None] = {}
        for at, answer in answers:
            text = self._text(answer, "text", at, item=item)
            start = answer.get("answer_start")
            if isinstance(start, bool) or not isinstance(start, int | None):
                message = f"must be a whole number, not {kind_of(start)}"
                self._say(f"{at}.answer_start", message, repr(start), item=item)
            elif text is not None and context is not None:
                if says_nothing(text):
                    self._dropped += 1
                    continue
                wordings[text] = None
                if start is not None and start >= 0 and context.startswith(text, start):
                    spans[Span(start=start, end=start + len(text), text=text)] = None
                elif self._check_offsets:
                    self._misplaced(f"{at}.answer_start", text, start, context, item)
        if not wordings:
            return ()
        canonical, *aliases = wordings
        return (Gold(canonical=canonical, aliases=tuple(aliases), spans=tuple(spans)),)

    def _misplaced(self, at: str, text: str, start: int | None, context: str, item: str | None) -> None:
        """Say where an answer really stands, the nearest place first."""
        places = sorted(
            (m.start() for m in re.finditer(re.escape(text), context)), key=lambda p: abs(p - (start or 0))
        )
        shown = " or ".join(map(str, places[:_SHOWN])) + (" …" if len(places) > _SHOWN else "")
        fix = f"it stands at {shown}" if places else "it does not occur in the paragraph at all"
        if start is None:
            message = f"is missing for the answer {text[:60]!r}, in {self._title!r}"
        else:
            message = f"the answer {text[:60]!r} does not stand there, in {self._title!r}"
        self._say(at, message, None if start is None else str(start), fix, item)

    def _plausible(self, qa: Mapping[str, Any], at: str, item: str | None) -> tuple[str, ...]:
        """The texts of plausible_answers, each once."""
        if "plausible_answers" not in qa:
            return ()
        entries = self._objects(qa, "plausible_answers", at, item)
        texts = [self._text(entry, "text", place, item=item) for place, entry in entries]
        return tuple(dict.fromkeys(text for text in texts if text))

    def _say(
        self, at: str, message: str, value: str | None = None, fix: str | None = None, item: str | None = None
    ) -> None:
        self.problems.append(
            Problem(where=self._where, item=item, field=at, value=value, message=message, fix=fix)
        )

    def _text(
        self,
        entry: Mapping[str, Any],
        key: str,
        at: str,
        *,
        absent: str | None = None,
        item: str | None = None,
    ) -> str | None:
        """The text under `key`, untouched; None (and said) when it is blank, no text or no text at all."""
        value = entry.get(key, absent)
        place = f"{at}.{key}"
        if not isinstance(value, str):
            message = "is missing" if key not in entry else f"must be text, not {kind_of(value)}"
            self._say(place, message, item=item)
        elif not value.strip() and absent is None:
            self._say(place, "is blank", item=item)
        elif not value.isascii() and (half := _half_pair(value)):
            self._say(place, f"holds {half}, half of a surrogate pair", item=item)
        else:
            return value
        return None

    def _objects(
        self, entry: Mapping[str, Any], key: str, at: str, item: str | None = None
    ) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The objects in the list under `key`, each with its path; members of another kind are problems."""
        place = f"{at}.{key}" if at else key
        values = entry.get(key)
        if not isinstance(values, list):
            message = "is missing" if key not in entry else f"must be a list, not {kind_of(values)}"
            self._say(place, message, item=item)
            return
        for n, value in enumerate(values):
            if isinstance(value, dict):
                yield f"{place}[{n}]", value
            else:
                self._say(f"{place}[{n}]", f"must be an object, not {kind_of(value)}", item=item)


def _half_pair(text: str) -> str | None:
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
