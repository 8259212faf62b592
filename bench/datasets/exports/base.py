"""What an export format is given, and what it gives back."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from bench.records import Dataset


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is known of a data set beside its records."""

    canary: str | None = None  # its own canary line, repeated in every exported file
    card: str | None = None  # the README.md of its folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """The finished files, in memory."""

    files: Mapping[str, bytes]  # by path inside the folder; exactly one for a format that is a single file
    items: int  # how many are in them
    notes: tuple[str, ...] = field(default=())  # what was left out, and why


class Format(ABC):
    """One way to write a data set. Pure: no disk, same bytes for the same records and library versions."""

    __slots__ = ()

    folder: ClassVar[bool] = False  # several files, in a folder of their own

    @abstractmethod
    def export(self, dataset: Dataset, about: About) -> Export:
        """The files of `dataset`; UsageError when nothing of it fits the format."""
