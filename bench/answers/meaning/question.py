"""What the matchers need of a question."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Final

from bench.answers.dates.moments import moments
from bench.answers.dates.when import When
from bench.answers.meaning.stance import negated
from bench.answers.numbers.quantity import figure
from bench.answers.text.tokens import Text, read
from bench.answers.text.units import stem
from bench.answers.text.wording import BEARERS, FUNCTION

_WHO: Final = frozenset({"who", "whom", "whose", "individuals", "people", "persons", "leaders", "heads", "ministers", "men",
                         "women", "officials", "names"})  # fmt: skip


@dataclass(frozen=True, eq=False)
class Question:
    """What the matchers need of the question and the article. Each part is made when first asked for."""

    text: str

    @property
    def seen(self) -> Text:
        """The question, read."""
        return read(self.text)

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words and numbers."""
        return frozenset(t.norm for t in self.seen.tokens if t.kind in "wn")

    @cached_property
    def common(self) -> frozenset[str]:
        """Words without a capital."""
        return frozenset(t.norm for t in self.seen.tokens if t.kind == "w" and t.raw[:1].islower())

    @cached_property
    def names(self) -> frozenset[str]:
        """Words with a capital that are not its first, and their stems."""
        found = [t.norm for t in self.seen.tokens[1:] if t.kind == "w" and t.raw[:1].isupper()]
        return frozenset(found) | frozenset(map(stem, found))

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of its words."""
        return frozenset(map(stem, self.words))

    @cached_property
    def numbers(self) -> frozenset[Fraction]:
        """Numbers in digits."""
        figures = (figure(t.norm) for t in self.seen.tokens if t.kind == "n")
        return frozenset(value for value in figures if value is not None)

    @cached_property
    def dates(self) -> tuple[When, ...]:
        """Dates and times, in order."""
        return tuple(m.when for m in moments(self.seen))

    @cached_property
    def counted(self) -> frozenset[str]:
        """Stems after "how many"."""
        return _counted(self.seen)

    @cached_property
    def negated(self) -> bool:
        """Whether it holds a negation of its own."""
        return negated(self.text)

    @cached_property
    def who(self) -> bool:
        """Whether it asks for persons."""
        return bool(self.words & _WHO) or _asks_for_persons(self.seen)


@lru_cache(maxsize=4096)
def question_of(text: str) -> Question:
    """The question."""
    return Question(text)


def _asks_for_persons(seen: Text) -> bool:
    """ "Which two MPs …", "What mayor …"."""
    norms = [t.norm for t in seen.tokens if t.kind in "wn"]
    starts = [i for i, norm in enumerate(norms) if norm in {"which", "what"}]
    return any(norm in BEARERS for i in starts for norm in norms[i + 1 : i + 4])


def _counted(seen: Text) -> frozenset[str]:
    norms = [t.norm for t in seen.tokens]
    for i in range(len(norms) - 2):
        if norms[i : i + 2] == ["how", "many"] or norms[i : i + 2] == ["number", "of"]:
            out: list[str] = []
            for norm in norms[i + 2 : i + 9]:
                if norm in {"of", "the", "'s", "more", "his", "her", "its", "their"}:
                    continue
                if norm in FUNCTION or not norm[0].isalpha():
                    break
                out.append(stem(norm))
            return frozenset(out)
    return frozenset()
