"""What an item accepts and refuses, prepared once for all answers to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Final

from bench.answers.characters import clean
from bench.answers.date_match import DateGold
from bench.answers.dates import When, moments, parse_edtf, whole_date
from bench.answers.infer import infer_answer_type, is_number
from bench.answers.names import Names, name_parts, person_wordings
from bench.answers.number_match import NumberGold, Target, unit_of
from bench.answers.numbers import Quantity, figure, quantities
from bench.answers.phrases import REJECT, Phrase, phrases, table
from bench.answers.stance import negated
from bench.answers.tokens import Text, read
from bench.answers.units import UNITS, Unit, stem
from bench.answers.wording import FUNCTION, PARTICLES, TITLES
from bench.records import Gold, Item

Spec = Names | NumberGold | DateGold

_WHO: Final = frozenset({"who", "whom", "whose", "individuals", "people", "persons", "leaders", "heads", "ministers", "men",
                         "women", "officials", "names"})  # fmt: skip
_SIDES: Final = frozenset(
    {"before", "after", "more", "less", "fewer", "over", "under", "above", "below", "earlier", "later"}
)


@dataclass(frozen=True, slots=True)
class Question:
    """What the matchers need of the question and the article."""

    words: frozenset[str]
    common: frozenset[str]  # words without a capital
    stems: frozenset[str]
    numbers: frozenset[Fraction]
    dates: tuple[When, ...]
    counted: frozenset[str]  # stems after "how many"
    negated: bool
    who: bool


def question_of(item: Item) -> Question:
    """The item's question, read."""
    seen = read(item.question)
    words = frozenset(t.norm for t in seen.tokens if t.kind in "wn")
    figures = (figure(t.norm) for t in seen.tokens if t.kind == "n")
    return Question(
        words=words,
        common=frozenset(t.norm for t in seen.tokens if t.kind == "w" and t.raw[:1].islower()),
        stems=frozenset(map(stem, words)),
        numbers=frozenset(value for value in figures if value is not None),
        dates=tuple(m.when for m in moments(seen)),
        counted=_counted(seen),
        negated=negated(item.question),
        who=bool(words & _WHO),
    )


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


def kind_of(slot: Gold, question: Question) -> str:
    """The kind of a slot whose item does not say: number, date, yes_no, person or span."""
    if slot.value is not None:
        return "number"
    if slot.edtf:
        return "date"
    kind = infer_answer_type([slot.canonical])
    if kind == "span" and question.who and len(name_parts(slot.canonical)[0]) >= 1:
        return "person"
    return kind


def build(item: Item, slots: Sequence[Gold], kind: str, question: Question, rejects: Sequence[str]) -> Spec:
    """The matcher's view of `slots`, any of which is right. A kind that the gold does not fit falls back to span."""
    if kind == "number":
        number = _number(item, slots, question, rejects)
        if number.targets:
            return number
    if kind == "date":
        moment = _date(item, slots, question, rejects)
        if moment.golds or moment.stretch:
            return moment
    return _names(item, slots, kind if kind in {"person", "place"} else "span", question, rejects)


def _texts(slots: Iterable[Gold]) -> list[str]:
    return [text for slot in slots for text in (slot.canonical, *slot.aliases)]


def _keys(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(key for text in texts if (key := read(text).key))


# ------------------------------------------------------------------ names


def _names(item: Item, slots: Sequence[Gold], kind: str, question: Question, rejects: Sequence[str]) -> Names:
    texts = _texts(slots)
    wordings: list[Phrase] = [
        p for label, slot in enumerate(slots) for text in _texts([slot]) for p in phrases(text, label)
    ]
    listed = {p.norms for p in wordings}
    firsts: list[set[str]] = [set() for _ in slots]
    surnames: set[tuple[str, ...]] = set()
    if kind == "person":
        for label, slot in enumerate(slots):
            for text in _texts([slot]):
                firsts[label].update(name_parts(text)[0])
                short = person_wordings(text, label)
                surnames.update(p.norms for p in short)
                wordings.extend(short)
        given = frozenset().union(*firsts)
        surnames.update(norms for norms in listed if len(norms) == 1 and norms[0] not in given)
    refused = [p for text in rejects for p in phrases(text, REJECT)]
    if kind == "person":
        refused += [p for text in rejects for p in person_wordings(text, REJECT)]
    if item.answer_type == "choice":
        refused += _other_options(item.question, wordings)
    return Names(
        kind=kind,
        exact=_keys(texts),
        wordings=table([*wordings, *refused]),
        firsts=tuple(map(frozenset, firsts)),
        surnames=frozenset(surnames),
        shared=_shared(item, surnames - listed, frozenset().union(*firsts), rejects),
        proper=any(_is_proper(text) for text in texts),
        question=question.words,
        common=question.common,
        negated=question.negated,
        long=tuple(words for text in texts if len(words := _meaning(text)) >= 5),
        context=read(item.context[:5000]).key if any(_is_proper(text) for text in texts) else "",
    )


def _is_proper(text: str) -> bool:
    seen = read(text)
    words = [seen.tokens[i] for i in seen.content if seen.tokens[i].norm not in FUNCTION]
    return bool(words) and all(t.raw[:1].isupper() or t.kind == "n" or t.norm in PARTICLES for t in words)


def _meaning(text: str) -> tuple[str, ...]:
    seen = read(text)
    small = FUNCTION - {"not", "no", "never", "before", "after", "over", "under", "without", "against"}
    return tuple(seen.tokens[i].norm for i in seen.content if seen.tokens[i].norm not in small)


def _shared(
    item: Item, surnames: Iterable[tuple[str, ...]], firsts: frozenset[str], rejects: Sequence[str]
) -> frozenset[tuple[str, ...]]:
    """The surnames that belong to somebody else too, in the lures or in the article."""
    others = [name_parts(text) for text in rejects]
    article = clean(item.context) if surnames else ""
    out: set[tuple[str, ...]] = set()
    for surname in surnames:
        if any(theirs == surname and given and not set(given) & firsts for given, theirs in others):
            out.add(surname)
        words = r"[\s'-]+".join(map(re.escape, surname))
        for found in re.finditer(rf"([^\W\d_][\w'-]*)\s+{words}\b", article, re.IGNORECASE):
            before = read(found[1]).key
            if (
                found[1][0].isupper()
                and before not in firsts | TITLES | FUNCTION | PARTICLES
                and not before.endswith("ly")
            ):
                out.add(surname)
    return frozenset(out)


def _other_options(question: str, golds: Sequence[Phrase]) -> list[Phrase]:
    """The option that a choice question sets against the gold ("before or after"), where it is plain to see."""
    tokens = read(question).tokens
    norms = [t.norm for t in tokens]
    own = {norm for p in golds for norm in p.norms}
    out: list[Phrase] = []
    for i, norm in enumerate(norms):
        if norm != "or" or not 0 < i < len(norms) - 1:
            continue
        ahead = [n for n in norms[i + 1 : i + 6] if n not in {"a", "an", "the", "as", "by", "in"}]
        behind = [n for n in reversed(norms[max(0, i - 5) : i]) if n not in {"a", "an", "the", "as", ","}]
        for words in (ahead, behind):
            if (
                words
                and words[0] not in own
                and words[0][0].isalpha()
                and (words[0] in _SIDES or words[0] not in FUNCTION)
            ):
                run = _run(words) if words is ahead else tuple(reversed(_run(words)))
                if not set(run) & own and len(run) == 1:
                    out.append(Phrase(run, REJECT))
    return out


def _run(words: Sequence[str]) -> tuple[str, ...]:
    out = [words[0]]
    for word in words[1:3]:
        if word in FUNCTION or not word[0].isalpha():
            break
        out.append(word)
    return tuple(out)


# ------------------------------------------------------------------ numbers


def _one(text: str) -> Quantity | None:
    """The one number a wording holds; of "52 of 80" the first."""
    found = [q for q in quantities(read(text)) if q.role not in {"whole", "operand"}]
    return found[0] if len(found) == 1 else None


def _number(item: Item, slots: Sequence[Gold], question: Question, rejects: Sequence[str]) -> NumberGold:
    texts = _texts(slots)
    parsed = [(text, q) for text in texts if (q := _one(text)) is not None]
    targets = [target for slot in slots for target in _targets(slot)]
    nouns = frozenset(noun for slot in slots for noun in (unit_of(slot.unit)[2] if slot.unit else ()))
    counted = frozenset(noun for _, q in parsed if not q.unit for noun in q.nouns if noun not in FUNCTION)
    units = [target.unit for target in targets if target.unit is not None]
    bare = any(not q.unit and not q.nouns and q.form != "fraction" and (q.value > 1 or q.value.denominator == 1)
               for _, q in parsed)  # fmt: skip
    figures = [q for text in rejects if is_number(text) and (q := _one(text)) is not None]
    worded = [p for text in texts if _one(text) is None for p in phrases(text, 0)]
    refused = [p for text in rejects if not is_number(text) for p in phrases(text, REJECT)]
    bounds = {slot.bound for slot in slots if slot.bound}
    bounds |= {_side(q.bound) for _, q in parsed if q.bound}
    return NumberGold(
        exact=_keys(texts),
        targets=tuple(targets),
        rejects=tuple(figures),
        wordings=table([*worded, *refused]),
        nouns=frozenset() if units else (nouns | counted) or question.counted,
        bounds=frozenset(bounds),
        tolerance=max((Fraction(str(slot.tolerance)) for slot in slots), default=Fraction(0)),
        needs_unit=bool(units) and not bare and not any(_asks_for(unit, question) for unit in units),
        measured=bool(units),
        asked=question.stems,
        asked_numbers=question.numbers,
        negated=question.negated,
        dated=any(t.unit is None and 1000 <= t.value <= 2200 and not nouns | counted for t in targets),
        context=item.context,
    )


def _side(bound: str) -> str:
    return {"below": "at_most", "above": "at_least"}.get(bound, bound)


def _targets(slot: Gold) -> list[Target]:
    scale, unit, _ = unit_of(slot.unit) if slot.unit else (1, None, frozenset())
    out: list[Target] = []
    for text in (slot.canonical, *slot.aliases):
        q = _one(text)
        if q is None:
            continue
        own: Unit | None = UNITS[q.unit] if q.unit else None
        share = (
            own is None
            and unit is not None
            and unit.family == "share"
            and (q.form == "fraction" or abs(q.value) < 1)
        )
        if share and unit is not None:
            own = Unit("share", Fraction(1))
        value = q.value * 10**6 if q.glued and not (unit and unit.family == "length") else q.value
        target = Target(value, own or unit, q.high, q.form == "ordinal" and slot.value is None)
        if target not in out:
            out.append(target)
    stated = _stated(slot, scale, unit)
    if stated is not None and not any(t.unit and t.unit.family == "share" for t in out) and stated not in out:
        out.append(stated)
    return out


def _stated(slot: Gold, scale: int, unit: Unit | None) -> Target | None:
    if slot.value is None or slot.value != slot.value or slot.value in {float("inf"), float("-inf")}:
        return None
    return Target(Fraction(str(slot.value)) * scale, unit)


def _asks_for(unit: Unit, question: Question) -> bool:
    """Whether the question itself fixes the unit: "how many days", "what percentage", "how old"."""
    if unit.family == "share":
        return (
            bool(question.words & {"percent", "percentage", "pct", "%"}) or {"per", "cent"} <= question.words
        )
    if unit == UNITS["year"] and {"how", "old"} <= question.words:
        return True
    return any(
        UNITS.get(word) == unit for word in question.words | question.stems if word not in {"m", "t", "c"}
    )


# ------------------------------------------------------------------ dates


def _date(item: Item, slots: Sequence[Gold], question: Question, rejects: Sequence[str]) -> DateGold:
    texts = _texts(slots)
    edtf = [when for slot in slots if slot.edtf for when in parse_edtf(slot.edtf)]
    is_stretch = any(slot.edtf and "/" in slot.edtf for slot in slots)
    dated = [found[0].when for text in texts if whole_date(text) and len(found := moments(read(text))) == 1]
    ends: tuple[When, ...] = tuple(edtf[:2]) if is_stretch else ()
    if not edtf and not dated:
        pair = [m.when for m in moments(read(texts[0]))] if texts else []
        ends = (pair[0], pair[1]) if len(pair) == 2 else ()
    golds = () if ends else tuple(dict.fromkeys([*([] if is_stretch else edtf), *dated]))
    said: dict[str, int | str] = {}
    for when in golds:
        said = {**when.said(), **said}
    lures = [found[0].when for text in rejects if whole_date(text) and len(found := moments(read(text))) == 1]
    worded = [p for text in texts if not whole_date(text) for p in phrases(text, 0)]
    refused = [p for text in rejects if not whole_date(text) for p in phrases(text, REJECT)]
    anchors = {"before", "after", "following", "until", "by", "prior"}
    return DateGold(
        exact=_keys(texts),
        golds=golds,
        full=When(**said),  # type: ignore[arg-type]
        stretch=ends,
        rejects=tuple(lures),
        wordings=table([*worded, *refused]),
        negated=question.negated,
        anchored=any(t.norm in anchors for text in texts for t in read(text).tokens),
        asked=question.dates,
        context=item.context,
    )


@lru_cache(maxsize=16384)
def question_cached(item: Item) -> Question:
    """`question_of`, kept."""
    return question_of(item)
