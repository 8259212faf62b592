"""Items and verdicts for the tests of the typed match: a table row is an item with right and wrong answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from bench.answers.extract import Extractor
from bench.answers.match import match
from bench.records import Gold, Item, Key, Prediction

STORM = """Harbour master Ines Calloway closed the port of Brennick at 6 p.m. on Friday, 14 March 2031, as Storm Odile reached the coast of Norrland. Nine ferries had sailed that day; two came back late. Police chief Tomas Brandt said at least 30 people were hurt, and that the damage would exceed €4.5 million. The mayor, Oskar Lind, who comes from Karlsund, disagreed: he put the damage at about €3 million. The Brennick Courier reported that 1,250 homes had lost power, up from 900 in the storm of 2019. Lind's brother, Erik Lind, owns the ferry company Nordlinje. Repairs will take three weeks, the power company Volta said on Monday. Turnout at the shelter was 40 percent."""


class TypedCase(NamedTuple):
    """One answer and what it is worth."""

    item: Item
    answer: str
    verdict: float

    def __str__(self) -> str:
        """For the names of the tests."""
        return ascii(f"{self.item.gold[0].canonical if self.item.gold else 'nothing'} <- {self.answer[:40]}")


def gold(canonical: str, **fields: Any) -> Gold:
    """A slot."""
    return Gold(canonical=canonical, **fields)


def item(
    kind: str,
    question: str,
    *golds: Gold,
    reject: tuple[str, ...] = (),
    mode: str = "one",
    reason: str | None = None,
    context: str = "",
    language: str = "en",
) -> Item:
    """An item with what the scorer looks at."""
    return Item(
        id="i", article_id="a", question=question, context=context, answer_type=kind, answer_mode=mode, gold=golds,
        reject=reject, unanswerable_reason=reason, language=language,
    )  # fmt: skip


def case(
    what: Item,
    right: Sequence[str] = (),
    wrong: Sequence[str] = (),
    partly: Mapping[str, float] | None = None,
) -> list[TypedCase]:
    """The row of a table as single cases."""
    verdicts = {**dict.fromkeys(right, 1.0), **dict.fromkeys(wrong, 0.0), **(partly or {})}
    return [TypedCase(what, answer, verdict) for answer, verdict in verdicts.items()]


def value(what: Item, raw: str) -> float:
    """The typed match of a raw output, extraction included."""
    return match(what, Extractor().extract(Prediction(key=Key("i"), request_digest="", text=raw)))
