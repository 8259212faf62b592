"""Where a check's finding stands: from an item and a field to file and line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from bench.datasets._fields import dotted
from bench.datasets._toml_lines import Lines, Path
from bench.errors import Problem
from bench.records import Article, Item


class Lookup:
    """Makes the problems of one file. Without `lines` (records that have no authored source) none has a line."""

    def __init__(
        self, where: str, lines: Lines | None = None, order: Mapping[str, int] | None = None
    ) -> None:
        self.where = where
        self._lines = lines or Lines("")
        self._order = order or {}

    def article(self, check: str, key: str, message: str, *, value: str | None = None, fix: str) -> Problem:
        """A problem of a key of the `[article]` table."""
        line = self._lines.line("article", key)
        field = f"article.{key}"
        return Problem(
            where=self.where, line=line, field=field, value=value, message=message, fix=fix, check=check
        )

    def file(self, check: str, key: str, message: str, *, value: str | None = None, fix: str) -> Problem:
        """A problem of a key at the top of the file."""
        line = self._lines.line(key)
        return Problem(
            where=self.where, line=line, field=key, value=value, message=message, fix=fix, check=check
        )

    def item(
        self,
        check: str,
        item: Item,
        path: Path,
        message: str,
        *,
        value: str | None = None,
        fix: str | None = None,
    ) -> Problem:
        """A problem at `path` inside an item's table, e.g. `("reject", 2)`."""
        full: Path = ("item", self._order.get(item.id, -1), *path)
        return Problem(
            where=self.where,
            line=self._lines.line(*full),
            item=self.label(item),
            field=dotted(full, in_item=True),
            value=value,
            message=message,
            fix=fix,
            check=check,
        )

    def slot(self, item: Item, j: int, *path: str | int) -> Path:
        """The path of something in the j-th slot (from 0), as the source writes it."""
        table: Path = ("item", self._order.get(item.id, -1), "slots", j)
        return ("slots", j, *path) if table in self._lines or len(item.gold) > 1 else path

    def line(self, item: Item) -> int | None:
        """The line on which the item begins."""
        return self._lines.line("item", self._order.get(item.id, -1))

    def label(self, item: Item) -> str:
        """The item's id as the file writes it, without the article's."""
        return item.id.removeprefix(f"{item.article_id}-")


Check = Callable[[Article, Sequence[Item], Lookup], Iterator[Problem]]
