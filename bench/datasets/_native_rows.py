"""The exported rows of a table."""

from __future__ import annotations

from collections.abc import MutableMapping

from bench.datasets._cells import Log, Row
from bench.datasets._library import Library
from bench.datasets._native import read_native
from bench.datasets._origins import Origins
from bench.errors import Problem
from bench.records import Item

_FIX = "mend it, or delete the column dateline, so that the rows are read as a table of your own"


class NativeRows:
    """Reads exported rows one by one; `ids` holds the line of every id of the table."""

    def __init__(self, log: Log, library: Library, ids: MutableMapping[str, int]) -> None:
        self._log, self._library, self._ids = log, library, ids
        self.origins = Origins()

    def add(self, row: Row) -> Item | None:
        """The row's item; None, with problems in the log, when it cannot be read."""
        native, faults = read_native(row.cells)
        name = row.cells.get("id")
        for at, message, value in faults:
            self._say(row, name if isinstance(name, str) else None, at, message, value)
        if native is None:
            return None
        item = native.item
        if (first := self._ids.setdefault(item.id, row.line)) != row.line:
            fix = "give every row an id of its own"
            self._say(row, item.id, "id", f"stands on line {first} too", item.id, fix)
            return None
        if not self._library.adopt(item, native.article, row.line):
            fix = "make them equal, or give the item another article_id"
            self._say(row, item.id, "article", "differs from an earlier row of the same article", fix=fix)
            return None
        self.origins.note(native)
        return item

    def _say(
        self, row: Row, item: str | None, at: str, message: str, value: object = None, fix: str = _FIX
    ) -> None:
        shown = value if isinstance(value, str) or value is None else repr(value)
        self._log.problems.append(
            Problem(
                where=self._log.where,
                line=row.line,
                item=item,
                field=at,
                value=shown,
                message=message,
                fix=fix,
            )
        )
