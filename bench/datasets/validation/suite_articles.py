"""Checks of the articles against each other: no kinship across splits, no real names in invented news."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from bench.datasets.validation.lookup import Lookup
from bench.errors import Problem
from bench.records import Article, Item

Entry = tuple[Article, Sequence[Item], Lookup]

SHINGLE = 5  # words in a row
SIMILAR = 0.2  # share of the shorter article's shingles; unrelated articles of the suite share 0.02 at most

_WORD = re.compile(r"[0-9]+(?:[.,:][0-9]+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s$")
# Capitalised words that are in no way a name of somebody.
_COMMON = frozenset(
    "i january february march april may june july august september october november december monday tuesday "  # noqa: SIM905
    "wednesday thursday friday saturday sunday christmas easter president prime minister king queen prince "
    "princess governor senator chancellor mayor professor doctor captain general colonel mr mrs ms dr sir "
    "north south east west northern southern eastern western upper lower new old great lake river mount port "
    "city state republic party league union council court office ministry bank palace house hall street "
    "defence foreign finance interior operation".split()
)


def check_similar(entries: Sequence[Entry]) -> Iterator[Problem]:
    """No two articles are near-duplicates; across splits that would hand test material to whoever learns.

    Compared are runs of five words in which names and numbers are masked, so that two renderings of one
    template are alike whatever their slots hold. Masked words alone make no shingle.
    """
    seen: list[tuple[Article, frozenset[tuple[str, ...]], Lookup]] = []
    for article, _, lookup in entries:
        mine = shingles(article.text)
        for other, theirs, known in seen:
            smaller = min(len(mine), len(theirs))
            shared = len(mine & theirs) / smaller if smaller else 0.0
            if shared < SIMILAR:
                continue
            message = f"shares {shared:.0%} of its runs of {SHINGLE} words with {known.where}"
            if article.split != other.split:
                fix = f"put both into one split (that one is {other.split}), or write another article"
                yield lookup.article("split", "split", message, value=article.split, fix=fix)
            else:
                fix = "rewrite or drop one: variants of an article are no articles of their own"
                yield lookup.article("near_duplicate", "text", message, fix=fix)
        seen.append((article, mine, lookup))


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """The distinct runs of five words of a text, capitalised words and numbers masked."""
    tokens = [m.group() for m in _WORD.finditer(text)]
    masked = ["#" if t[0].isdigit() else "*" if t[0].isupper() else t for t in tokens]
    runs = (tuple(masked[i : i + SHINGLE]) for i in range(len(masked) - SHINGLE + 1))
    return frozenset(run for run in runs if sum(word in "#*" for word in run) * 2 < SHINGLE)


def check_names(entries: Sequence[Entry]) -> Iterator[Problem]:
    """No name of a factual article in an invented one, and no surname of one article in another.

    That a name belongs to no living person cannot be decided here. What can: capitalised words inside a
    sentence of a factual article (fictional = false) must not stand so in a fictional one, unless some
    article has the word in lower case; and the last word of a person's name (from golds and lures of
    questions for persons) must not be capitalised in the text of another article.
    """
    ordinary = {w for a, _, _ in entries for w in _lower_words(a.text)} | _COMMON
    capitals = {a.id: _capitals(a) - ordinary for a, _, _ in entries}
    real = {w: a.id for a, _, _ in entries if a.fictional is False for w in sorted(capitals[a.id])}
    surnames: dict[str, set[str]] = defaultdict(set)
    for article, items, _ in entries:
        for name in _surnames(items) & capitals[article.id]:
            surnames[name].add(article.id)
    for article, _, lookup in entries:
        mine = capitals[article.id]
        for name in sorted(mine & set(real)) if article.fictional else ():
            message = f"{name.capitalize()!r} is a name in {real[name]}, which is not fictional"
            fix = "invent another name, or set fictional = false"
            yield lookup.article("real_name", "text", message, value=name.capitalize(), fix=fix)
        for name in sorted(mine & set(surnames)):
            others = sorted(surnames[name] - {article.id})
            if others and not (article.fictional and name in real):
                message = f"the surname {name.capitalize()!r} is that of a person in {others[0]}"
                yield lookup.article(
                    "surname", "text", message, value=name.capitalize(), fix="invent another name"
                )


def check_shown_canary(entries: Sequence[Entry], canary: str | None) -> Iterator[Problem]:
    """The canary stands in no title, text or question: it must never reach a prompt."""
    mark = (canary or "").rpartition(" ")[2].casefold()
    if not mark:
        return
    fix = "delete it there; it belongs into the key canary alone"
    for article, items, lookup in entries:
        for key, text in (("title", article.title), ("text", article.text)):
            if mark in text.casefold():
                yield lookup.article("canary", key, "shows the canary", fix=fix)
        for item in items:
            if mark in item.question.casefold():
                yield lookup.item("canary", item, ("question",), "shows the canary", fix=fix)


def _plain(word: str) -> str:
    return _POSSESSIVE.sub("", word).casefold()


def _lower_words(text: str) -> Iterator[str]:
    return (_plain(m.group()) for m in _WORD.finditer(text) if m.group()[0].islower())


def _capitals(article: Article) -> set[str]:
    """The capitalised words inside sentences, where no rule of spelling asks for the capital, folded."""
    found: set[str] = set()
    for sentence in article.sentences:
        words = list(_WORD.finditer(article.text, sentence.start, sentence.end))
        found |= {_plain(m.group()) for m in words[1:] if m.group()[0].isupper()}
    return {w for w in found if len(w) > 2}


def _surnames(items: Sequence[Item]) -> set[str]:
    """The last words of the names that questions for persons name, as far as they have two words or more."""
    names: set[str] = set()
    for item in items:
        if item.answer_type == "person" or "who" in item.skills:
            wordings = [*(g.canonical for g in item.gold), *item.reject]
            parts = [_WORD.findall(wording) for wording in wordings]
            names |= {_plain(p[-1]) for p in parts if len(p) > 1 and all(w[0].isupper() for w in p)}
    return names
