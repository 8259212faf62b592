"""The contexts and articles of a researcher's table, as its rows bring them in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, MutableMapping
from pathlib import Path
from typing import Any

from bench.datasets._bytes import decode
from bench.datasets._cells import Cells, Log
from bench.datasets._contexts import Context, context_path, overlaps
from bench.datasets._native import article_of
from bench.errors import counted
from bench.records import Article, Item

_SHOWN = 3  # overlapping pairs told in full


def short_id(prefix: str, digest: str, taken: MutableMapping[str, str]) -> str:
    """`prefix` and 10 hex digits of `digest`, more where another content has that id already; recorded in `taken`."""
    for length in (10, 20):
        name = prefix + digest[:length]
        if taken.setdefault(name, digest) == digest:
            return name
    return prefix + digest


class Library:
    """Distinct contexts, each in one article; an article may hold several."""

    def __init__(self, log: Log, folder: Path) -> None:
        self._log, self._folder = log, folder
        self._as_read: dict[str, Context] = {}  # by the cell, so that a repeated text is cleaned once
        self._by_text: dict[str, Context] = {}
        self._files: dict[str, Context | None] = {}  # None: has problems, told once
        self._rows: dict[
            str, tuple[Mapping[str, Any], int]
        ] = {}  # per exported article: its row, and the line
        self._clusters: dict[str, str] = {}
        self._contents: dict[str, dict[str, int]] = {}  # per article: its texts, and the line of each
        self._first: dict[
            str, tuple[str, str, int]
        ] = {}  # per article: split, language, line of its first row

    def context(self, cells: Cells) -> Context | None:
        """The text a row asks about; None when it has none that can be used (said, once per cause)."""
        written = cells.raw("context")
        if isinstance(written, str) and written in self._as_read and not cells.raw("context_file"):
            return self._as_read[written]
        text, name = cells.text("context"), cells.text("context_file")
        if text and name:
            cells.say("context_file", "stands beside a context", name, "empty one of the two")
            return None
        if name:
            return self._file(cells, name)
        if not text:
            if "context_file" not in cells.bad:
                column = "context" if cells.has("context") else "context_file"
                cells.missing(column, "is blank", "write the text, or name its file in context_file")
            return None
        context = self._by_text.setdefault(text, Context(text, cells.line))
        if isinstance(written, str):
            self._as_read[written] = context
        return context

    def _file(self, cells: Cells, name: str) -> Context | None:
        if name in self._files:
            return self._files[name]
        path = context_path(self._folder, name)
        if isinstance(path, str):
            cells.say("context_file", path, name, "name a file in the data file's folder, or below")
            return None
        text, problems = decode(path, allow_bom=True, strict=False, max_line=None)
        self._log.problems.extend(problems)
        self._files[name] = None
        if not problems and (text := cells.clean("context_file", text)):
            self._files[name] = self._by_text.setdefault(text, Context(text, cells.line))
        return self._files[name]

    def place(self, cells: Cells, article: str | None, context: Context, split: str, language: str) -> str:
        """The id of the row's article (its context's hash when it names none); the split must be the article's."""
        if article is None:
            context.cluster = context.cluster or short_id("ctx-", context.digest, self._clusters)
            article = context.cluster
        self._contents.setdefault(article, {}).setdefault(context.text, cells.line)
        whole, _, line = self._first.setdefault(article, (split, language, cells.line))
        if split != whole:
            message = f"the article is in {whole} by line {line}"
            cells.say("split", message, split, "give all rows of an article one split")
        return article

    def adopt(self, item: Item, row: Mapping[str, Any], line: int) -> int:
        """Take in an item of an exported row; the line on which its article was told first, 0 when told otherwise."""
        self._contents.setdefault(item.article_id, {}).setdefault(item.context, line)
        self._first.setdefault(item.article_id, (item.split, item.language, line))
        told, first = self._rows.setdefault(item.article_id, (row, line))
        return first if told == row else 0

    def articles(self) -> Iterator[Article]:
        """In order of appearance; several contexts are the article's paragraphs."""
        for article, contexts in self._contents.items():
            if article in self._rows:
                yield article_of(self._rows[article][0], article, tuple(contexts))
                continue
            split, language, _ = self._first[article]
            yield Article(id=article, text="\n\n".join(contexts), language=language, split=split)

    def fingerprint(self, data: bytes) -> str:
        """12 hex digits over the data file's bytes and, where there are any, the texts of its context files."""
        whole = hashlib.sha256(data)
        for name, context in sorted(self._files.items()):
            whole.update(f"\0{name}\0{context.digest if context else ''}".encode())
        return whole.hexdigest()[:12]

    def overlapping(self) -> Iterator[str]:
        """A warning when texts of different articles are much the same."""
        texts = [(line, a, text) for a, lines in self._contents.items() for text, line in lines.items()]
        texts.sort()
        pairs = overlaps([(article, text) for _, article, text in texts])
        if pairs:
            told = [f"lines {texts[a][0]} and {texts[b][0]}" for a, b in pairs[:_SHOWN]]
            more = f" and {len(pairs) - _SHOWN} more" if len(pairs) > _SHOWN else ""
            yield (
                f"{counted(len(pairs), 'pair')} of contexts overlap but count as separate articles "
                f"({'; '.join(told)}{more}): intervals will be too narrow; give them one article_id"
            )
