"""What a file of exported items says of where they come from, taken together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bench.datasets._native import Native
from bench.errors import counted
from bench.records import Item

_SHOWN = 5  # edited items named in a warning


class Origins:
    """Data sets, positions and edits of the exported items read so far."""

    def __init__(self) -> None:
        self._sources: dict[tuple[str, str], None] = {}  # (name, version)
        self._positions: dict[str, int] = {}  # item id: position in its data set
        self._edited: list[str] = []

    def note(self, native: Native) -> None:
        """Take in one item."""
        self._sources[native.origin.name, native.origin.version] = None
        self._positions[native.item.id] = native.origin.n
        if native.edited:
            self._edited.append(native.item.id)

    def source(self, items: Sequence[Item]) -> tuple[str, str] | None:
        """Name and version of the data set, when all of `items` were exported from one and none was edited since."""
        whole = len(self._sources) == 1 and len(self._positions) == len(items)
        return next(iter(self._sources)) if whole and not self._edited else None

    def ordered(self, items: Sequence[Item]) -> tuple[Item, ...]:
        """`items` in the order of their data set when all were exported, else as they are."""
        at = self._positions
        return tuple(sorted(items, key=lambda i: at[i.id]) if len(at) == len(items) else items)

    def warnings(self) -> Iterator[str]:
        """What a reader of the results should know."""
        if self._edited:
            shown = ", ".join(self._edited[:_SHOWN]) + (" …" if len(self._edited) > _SHOWN else "")
            yield (
                f"{counted(len(self._edited), 'exported item was', 'exported items were')} edited since ({shown}): "
                "the data are read as they stand, under a version of their own"
            )
        if len(self._sources) > 1:
            yield f"items of several data sets: {', '.join(f'{n} {v}' for n, v in self._sources)}"
