"""Name-like golds, prepared: wordings, surnames, lures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from bench.answers.meaning.question import Question
from bench.answers.names.persons import Names, name_parts, person_wordings, suffix_of
from bench.answers.text.phrases import REJECT, Phrase, phrases, table
from bench.answers.text.tokens import read
from bench.answers.text.wording import FUNCTION, PARTICLES
from bench.records import Gold

_SIDES: Final = frozenset(
    {"before", "after", "more", "less", "fewer", "over", "under", "above", "below", "earlier", "later"}
)
_SMALL: Final = FUNCTION - {*("not", "no", "never", "before", "after", "over", "under", "without", "against")}


def texts_of(slots: Iterable[Gold]) -> list[str]:
    """Canonical answers and aliases, in order."""
    return [text for slot in slots for text in (slot.canonical, *slot.aliases)]


def keys_of(texts: Iterable[str]) -> frozenset[str]:
    """Their comparison keys."""
    return frozenset(key for text in texts if (key := read(text).key))


def names_of(slots: Sequence[Gold], kind: str, question: Question, rejects: Sequence[str]) -> Names:
    """The matcher's view of persons, places and things; `kind` choice adds the options of the question."""
    texts = texts_of(slots)
    wordings: list[Phrase] = [
        p for label, slot in enumerate(slots) for text in texts_of([slot]) for p in phrases(text, label)
    ]
    listed = {p.norms for p in wordings}
    firsts: list[set[str]] = [set() for _ in slots]
    surnames: set[tuple[str, ...]] = set()
    if kind == "person":
        for label, slot in enumerate(slots):
            for text in texts_of([slot]):
                firsts[label].update(name_parts(text)[0])
                short = person_wordings(text, label)
                surnames.update(p.norms for p in short)
                wordings.extend(short)
        given = frozenset().union(*firsts)
        surnames.update(norms for norms in listed if len(norms) == 1 and norms[0] not in given)
    refused = [p for text in rejects for p in phrases(text, REJECT)]
    if kind == "person":
        refused += [p for text in rejects for p in person_wordings(text, REJECT)]
    if kind == "choice":
        refused += _other_options(question.text, wordings)
    return Names(
        kind=kind,
        exact=keys_of(texts),
        wordings=table([*wordings, *refused]),
        firsts=tuple(map(frozenset, firsts)),
        surnames=frozenset(surnames),
        listed=frozenset(listed),
        shared=_shared(surnames, frozenset().union(*firsts), rejects),
        generations=frozenset(filter(None, map(suffix_of, texts))) if kind == "person" else frozenset(),
        inherited=_inherited(texts, rejects) if kind == "person" else frozenset(),
        proper=any(_is_proper(text) for text in texts),
        question=question.words | question.stems,
        common=question.common,
        negated=question.negated,
        asking=question.seen,
        long=tuple(words for text in texts if len(words := _meaning(text)) >= 5),
    )


def _is_proper(text: str) -> bool:
    seen = read(text)
    words = [seen.tokens[i] for i in seen.content if seen.tokens[i].norm not in FUNCTION]
    return bool(words) and all(t.raw[:1].isupper() or t.kind == "n" or t.norm in PARTICLES for t in words)


def _meaning(text: str) -> tuple[str, ...]:
    seen = read(text)
    return tuple(seen.tokens[i].norm for i in seen.content if seen.tokens[i].norm not in _SMALL)


def _shared(
    surnames: Iterable[tuple[str, ...]], firsts: frozenset[str], rejects: Sequence[str]
) -> frozenset[tuple[str, ...]]:
    """The surnames that a lure has too, with another first name."""
    others = [name_parts(text) for text in rejects]
    return frozenset(
        surname
        for surname in surnames
        if any(theirs == surname and given and not set(given) & firsts for given, theirs in others)
    )


def _inherited(texts: Sequence[str], rejects: Sequence[str]) -> frozenset[tuple[str, ...]]:
    """Names that say too little where father and son bear them: with and without the given names."""
    own = {(given, surname, suffix_of(text)) for text in texts for given, surname in [name_parts(text)]}
    others = [(*name_parts(text), suffix_of(text)) for text in rejects]
    return frozenset(
        norms
        for given, surname, suffix in own
        if any(
            theirs == surname and given[:1] == first[:1] and suffix != other
            for first, theirs, other in others
        )
        for norms in (surname, (*given, *surname))
        if norms
    )


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
