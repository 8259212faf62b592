"""Checks of the questions' wording."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bench.datasets.validation.lookup import Lookup
from bench.datasets.validation.wording import ARTICLES, contains, words
from bench.errors import Problem
from bench.records import Article, Item

COPIED = 7  # words in a row that a question may not share with its article
OPEN_TYPES = ("person", "place", "span", "number", "date", "list")  # types whose question must not tell

_AUXILIARIES = frozenset("do does did is are was were be been has have had will would".split())  # noqa: SIM905


def check_form(article: Article, items: Sequence[Item], lookup: Lookup) -> Iterator[Problem]:
    """A question ends with a question mark, and needs only what the article has."""
    for item in items:
        if not item.question.endswith("?"):
            message, fix = "does not end with a question mark", "end it with ?"
            yield lookup.item("question_mark", item, ("question",), message, value=item.question, fix=fix)
        for name, known in (("published", article.published), ("title", article.title)):
            if name in item.requires_context and not known:
                message = f"needs {name!r}, which the article does not have"
                fix = "add it to [article], or drop it from needs"
                yield lookup.item("needs", item, ("needs",), message, fix=fix)


def check_duplicates(_article: Article, items: Sequence[Item], lookup: Lookup) -> Iterator[Problem]:
    """No two questions that differ only in articles, auxiliaries or the ending of a word.

    Word order, names and numbers count as differences, for contrast pairs differ in no more than that.
    """
    seen: list[tuple[list[str], Item]] = []
    for item in items:
        core = [w for w in words(item.question) if w not in ARTICLES | _AUXILIARIES]
        twin = next((other for known, other in seen if _same(core, known)), None)
        if twin is not None:
            line = lookup.line(twin)
            message = f"asks the same as {lookup.label(twin)}" + (f" on line {line}" if line else "")
            fix = "reword or drop one"
            yield lookup.item("duplicate", item, ("question",), message, value=item.question, fix=fix)
        seen.append((core, item))


def check_telling(_article: Article, items: Sequence[Item], lookup: Lookup) -> Iterator[Problem]:
    """A question does not contain its answer, nor an accepted wording of it (choice and yes/no excepted)."""
    for item in items:
        if item.answer_type not in OPEN_TYPES:
            continue
        asked = [w for w in words(item.question) if w not in ARTICLES]
        for gold in item.gold:
            told = [t for t in (gold.canonical, *gold.aliases) if contains(asked, _plain(t))]
            if told:
                message, fix = f"contains its own answer {told[0]!r}", "ask without it"
                yield lookup.item("telling", item, ("question",), message, value=item.question, fix=fix)
                break


def check_copied(article: Article, items: Sequence[Item], lookup: Lookup) -> Iterator[Problem]:
    """A question shares no run of seven words with a sentence of its article."""
    runs: dict[tuple[str, ...], int] = {}
    for sentence in article.sentences:
        text = words(article.text[sentence.start : sentence.end])
        for i in range(len(text) - COPIED + 1):
            runs.setdefault(tuple(text[i : i + COPIED]), sentence.n)
    for item in items:
        asked = words(item.question)
        for i in range(len(asked) - COPIED + 1):
            run = tuple(asked[i : i + COPIED])
            if run in runs:
                message = f"shares {COPIED} words in a row with sentence {runs[run]}"
                fix = "ask in other words"
                yield lookup.item("copied", item, ("question",), message, value=" ".join(run), fix=fix)
                break


def _plain(text: str) -> list[str]:
    return [w for w in words(text) if w not in ARTICLES]


def _same(left: list[str], right: list[str]) -> bool:
    """Whether two questions are the same but for the endings of lower-case words of four letters or more."""
    return len(left) == len(right) and all(
        a == b or _inflected(a, b) for a, b in zip(left, right, strict=True)
    )


def _inflected(a: str, b: str) -> bool:
    """Whether two words share all but their last two letters or so, like kills and killed."""
    short, long = sorted((a, b), key=len)
    stem = len(short) if long.startswith(short) else len(short) - 1
    return (
        short.isalpha()
        and long.isalpha()
        and stem >= 4
        and long[:stem] == short[:stem]
        and len(long) - stem <= 2
    )
