"""Whether another figure in an answer is offered for the same thing, or told of something else."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from bench.answers.meaning.claimants import asks_for_claim, crossed, told_by_another, told_of_another_name
from bench.answers.meaning.companions import (
    SENTENCE,
    About,
    at_another_time,
    other_event,
    told_elsewhere,
    told_of_another,
    told_of_another_time,
    words,
)
from bench.answers.numbers.gold import NumberGold, equals
from bench.answers.numbers.quantities import quantities
from bench.answers.numbers.quantity import Quantity
from bench.answers.text.tokens import Text, read
from bench.answers.text.units import ANY_THING, PEOPLE, UNITS, same_thing, stem
from bench.answers.text.wording import FUNCTION

_Figure = tuple[Fraction, Fraction | None]


def rival(gold: NumberGold, text: Text, q: Quantity, hits: Sequence[Quantity]) -> bool:
    """Whether another figure is offered for the same thing."""
    tokens = text.tokens
    for hit in hits:
        low, high = (hit, q) if hit.first < q.first else (q, hit)
        between = [t.norm for t in tokens[low.end : high.first]]
        if len(between) <= 3 and {"or", "/"} & set(between):
            return True
    if q.form == "fraction" and {t.norm for t in tokens[q.end : q.end + 2]} & {"what"}:
        return False  # "half of what the union demands"
    if (
        q.role in {"whole", "year", "part"}
        or q.form in {"ordinal", "article"}
        or (q.role == "lone" and not q.unit)
    ):
        return False
    if q.value in gold.asked_numbers:
        return False
    if q.unit:
        family = UNITS[q.unit].family
        if not any(t.unit and t.unit.family == family for t in gold.targets):
            return False
        return not any(equals(gold, t, q) for t in gold.targets)
    if q.nouns and not gold.measured:
        other = q.counts and all(_counts(gold, hit) for hit in hits)  # "117 drones struck 41 aircraft"
        about = _counts(gold, q) or (not other and any(n in gold.asked for n in q.nouns))
        return about or not q.counts or not gold.nouns
    return not (q.nouns and gold.measured)


def _counts(gold: NumberGold, q: Quantity) -> bool:
    """Whether the words behind a figure name what is asked to be counted."""
    return any(n in gold.nouns or any(same_thing(n, own) for own in gold.nouns) for n in q.nouns)


def of_another(
    gold: NumberGold,
    text: Text,
    q: Quantity,
    found: Sequence[Quantity],
    hits: Sequence[Quantity],
    context: str,
) -> bool:
    """Whether a figure is told of something else, here and in the article: "12 people were killed and 3 injured"."""
    told = _clauses(context).get((q.value, q.high))
    if told is None:
        return False
    spot, spots = (q.first, q.end), [(f.first, f.end) for f in found if f.role != "year"]
    answers = [(h.first, h.end) for h in hits]
    if gold.asked_times and at_another_time(text, spot, answers, spots, gold.asked_times):
        return True
    about = _about(gold, text, hits)
    if asks_for_claim(about) and told_by_another(
        text, spot, spots, about, _sentences(context).get((q.value, q.high), ())
    ):
        return True
    said = not gold.measured or all(hit.unit for hit in hits)  # "Rovers 3, Athletic 2" tells no weeks
    here = _sentences(context).get((q.value, q.high), ())
    if said and told_of_another_name(text, spot, answers, spots, about, here):
        return True
    return told_of_another(text, spot, answers, spots, about, told)


def elsewhere(gold: NumberGold, text: Text, hit: Quantity, found: Sequence[Quantity], context: str) -> bool:
    """Whether the right figure is told of what the article tells of another: "31 were killed", where 31 were hurt."""
    figure = hit.value, hit.high
    clauses = _clauses(context)
    here = clauses.get(figure)
    if here is None:
        return False
    spots = [(f.first, f.end) for f in found if f.role != "year"]
    about = _about(gold, text, [hit])
    if told_of_another_time(text, (hit.first, hit.end), spots, gold.asked_times):
        return True
    if asks_for_claim(about) and crossed(
        text, (hit.first, hit.end), spots, about, figure, _sentences(context)
    ):
        return True
    if not other_event(text, (hit.first, hit.end), spots, about):
        return False
    mine = words(text, (hit.first, hit.end), spots) - about.counted
    there = [own for other, told in clauses.items() if other != figure for own in told]
    return told_elsewhere(mine, gold.asked, here, there)


def _about(gold: NumberGold, text: Text, hits: Sequence[Quantity]) -> About:
    plurals: set[str] = set()
    for hit in hits:
        for t in text.tokens[hit.end : hit.end + 3]:
            if t.kind == "p" or t.norm in {"and", "but", "while", "whereas"}:
                break
            if t.norm != stem(t.norm):
                plurals.add(stem(t.norm))
    units = {stem(hit.unit) for hit in hits if hit.unit}
    return About(gold.asked, gold.asked_names, gold.nouns | ANY_THING | PEOPLE | units | plurals)


@lru_cache(maxsize=512)
def _clauses(context: str) -> dict[_Figure, tuple[frozenset[str], ...]]:
    """The words of the clauses in which the article gives a figure."""
    out: dict[_Figure, tuple[frozenset[str], ...]] = {}
    for part in SENTENCE.split(context[:20_000]):
        text = read(part)
        found = [q for q in quantities(text) if q.role != "year"]
        spots = [(q.first, q.end) for q in found]
        for q, spot in zip(found, spots, strict=True):
            figure = q.value, q.high
            out[figure] = (*out.get(figure, ()), frozenset(words(text, spot, spots)))
    return out


@lru_cache(maxsize=512)
def _sentences(context: str) -> dict[_Figure, tuple[frozenset[str], ...]]:
    """The words of the sentences in which the article gives a figure."""
    out: dict[_Figure, tuple[frozenset[str], ...]] = {}
    for part in SENTENCE.split(context[:20_000]):
        text = read(part)
        own = frozenset(stem(t.norm) for t in text.tokens if t.kind == "w" and t.norm not in FUNCTION)
        for q in quantities(text):
            if q.role != "year":
                out[q.value, q.high] = (*out.get((q.value, q.high), ()), own)
    return out
