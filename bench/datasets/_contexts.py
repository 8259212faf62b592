"""The texts that questions are asked about: read from files, searched for answers, compared for overlap."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from bench.datasets.spans import on_boundaries
from bench.records import Span

HEAD = 200  # characters; two contexts that begin alike for this long are versions of one text

_SENTENCE_BREAK = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？])|\n+")
_SPACELESS = "\u0590"  # from here on stand scripts that do not part words as Latin, Greek and Cyrillic do


@dataclass(slots=True)
class Context:
    """One distinct text and where it was first seen."""

    text: str
    line: int
    cluster: str | None = None  # its ctx- id, once somebody needed it
    _hash: Any = field(init=False)
    _lower: str | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._hash = hashlib.sha256(self.text.encode())

    @property
    def digest(self) -> str:
        """Sha256 of the text."""
        return str(self._hash.hexdigest())

    @property
    def lower(self) -> str:
        """The text in lower case; offsets into it may differ."""
        if self._lower is None:
            self._lower = self.text.lower()
        return self._lower

    def digest_with(self, question: str) -> str:
        """Sha256 of the text, a NUL and the question."""
        both = self._hash.copy()
        both.update(b"\0" + question.encode())
        return str(both.hexdigest())


def context_path(folder: Path, name: str) -> Path | str:
    """The file that `name` means inside `folder`, or why it is refused; links may not lead out either."""
    posix, windows = PurePosixPath(name), PureWindowsPath(name)
    if posix.is_absolute() or windows.drive or windows.root:
        return "is not a relative path"
    if ".." in posix.parts or ".." in windows.parts:
        return "leads out of the folder of the data file"
    path = folder / name
    try:
        target = path.resolve(strict=True)
        if not target.is_relative_to(folder.resolve()):
            return "is a link that leads out of the folder of the data file"
        return path if target.is_file() else "is not a file"
    except FileNotFoundError:
        return "there is no such file"
    except (OSError, ValueError, RuntimeError):  # a loop of links, a NUL, a name too long
        return "cannot be read"


def find_answer(context: Context, wordings: Iterable[str]) -> tuple[tuple[Span, ...], bool]:
    """Where an answer stands, and whether it stands there at all (upper and lower case being alike).

    The first wording found decides: its span when it occurs exactly once between word boundaries, no span
    when it occurs again.
    """
    wordings = list(wordings)
    for text in wordings:
        starts = _occurrences(context.text, text)
        if len(starts) == 1:
            return (Span(start=starts[0], end=starts[0] + len(text), text=text),), True
        if starts:
            return (), True
    return (), any(_occurrences(context.lower, text.lower()) for text in wordings)


def _occurrences(text: str, wanted: str) -> list[int]:
    """The first two places where `wanted` stands and cuts neither a word nor a number."""
    spaced = wanted[0] < _SPACELESS and wanted[-1] < _SPACELESS
    found: list[int] = []
    start = text.find(wanted)
    while start >= 0 and len(found) < 2:
        if not spaced or on_boundaries(text, start, start + len(wanted)):
            found.append(start)
        start = text.find(wanted, start + 1)
    return found


def overlaps(texts: Sequence[tuple[str, str]]) -> list[tuple[int, int]]:
    """Pairs of positions in `texts` (cluster, text) that hold much the same text under different clusters.

    Much the same: the first 200 characters are equal, or sentences that both have make up half of the
    shorter text (so a text inside another is found). Each position is paired with one earlier one at most.
    Linear: a sentence remembers only the first text it stood in.
    """
    pairs = []
    heads: dict[str, int] = {}
    owners: dict[int, int] = {}  # hash of a sentence: hashes only, to keep memory small
    for n, (cluster, text) in enumerate(texts):
        shared: defaultdict[int, int] = defaultdict(int)
        for sentence in _SENTENCE_BREAK.split(text):
            if sentence:
                shared[owners.setdefault(hash(sentence), n)] += len(sentence)
        head = heads.setdefault(text[:HEAD], n)
        if texts[head][0] != cluster:
            pairs.append((head, n))
            continue
        for other, characters in shared.items():
            shorter = min(len(text), len(texts[other][1]))
            if texts[other][0] != cluster and 2 * characters >= shorter:
                pairs.append((other, n))
                break
    return pairs
