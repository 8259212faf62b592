"""Lists: the members of a free text, and how many of them belong.

Score = 2 · matched / (gold slots + members given). Documented choices: a member given twice counts twice,
and only once as matched; a lure in a list makes the whole answer wrong, as everywhere; keyed slots count
under their key alone, but where no two slots are of one kind (an operation and a number of days) a member
needs no key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from bench.answers.abstention import abstains
from bench.answers.tokens import Text, read
from bench.answers.wording import AUXILIARIES, FUNCTION, NATIONS, NEGATORS, SPEECH, TITLES

_BULLET: Final = re.compile(r"^[ \t]*(?:[-*•·–‣◦+][ \t]+|\(?\d{1,2}[.):][ \t]+|\(?[a-hA-H][.)][ \t]+)")
_HARD: Final = frozenset({"\n", ";"})
_SOFT: Final = frozenset({",", "and", "/", "plus", "or"})
_CLAUSES: Final = frozenset({"while", "whereas", "but", ".", "\n", ";"})


@dataclass(frozen=True, slots=True)
class Spot:
    """A gold member found: its tokens and the slots it may fill."""

    first: int
    end: int
    slots: frozenset[int]


Locate = Callable[[Text], list[Spot]]


def strip_bullets(text: str) -> str:
    """Lines without bullets and numbering; a heading line that ends in a colon is dropped."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and lines[0].rstrip(" *_").endswith(":"):
        lines = lines[1:]
    return "\n".join(_BULLET.sub("", line).strip() for line in lines)


def score_set(text: Text, spots: Sequence[Spot], slots: int) -> float:
    """The score of an unkeyed list. `spots`: gold members found in `text`, in order, none overlapping."""
    inside = {i for spot in spots for i in range(spot.first, spot.end)}
    segments = _segments(text, inside)
    given = 0
    prose = _is_prose(text, inside)
    names: list[frozenset[int]] = []
    for first, end in segments:
        here = [spot for spot in spots if first <= spot.first < end]
        seen: list[frozenset[int]] = []
        for spot in here:
            if spot.slots not in seen:  # "Russia (Moscow)" is one member
                seen.append(spot.slots)
        names.extend(seen)
        given += len(seen) or _other_member(text, first, end, prose=prose)
    matched = _assign(names, slots)
    return 2 * matched / (slots + given) if given else 0.0


def _assign(found: Sequence[frozenset[int]], slots: int) -> int:
    """The largest one-to-one assignment of members to slots (augmenting paths; lists are short)."""
    owner: dict[int, int] = {}

    def place(member: int, tried: set[int]) -> bool:
        for slot in sorted(found[member]):
            if slot in tried or slot >= slots:
                continue
            tried.add(slot)
            if slot not in owner or place(owner[slot], tried):
                owner[slot] = member
                return True
        return False

    return sum(place(member, set()) for member in range(min(len(found), 400)))


def _segments(text: Text, inside: set[int]) -> list[tuple[int, int]]:
    """Stretches between separators; a separator inside a gold member separates nothing."""
    tokens = text.tokens
    out: list[tuple[int, int]] = []
    begin = 0
    depth = 0
    for i, token in enumerate(tokens):
        depth += (token.raw == "(") - (token.raw == ")")
        stop = token.norm in _HARD or token.norm in _SOFT or (token.raw in {".", ":", "—"} and _ends(text, i))
        if stop and i not in inside and depth <= 0:
            out.append((begin, i))
            begin = i + 1
    out.append((begin, len(tokens)))
    return [(first, end) for first, end in out if any(t.kind in "wn" for t in tokens[first:end])]


def _ends(text: Text, at: int) -> bool:
    """Whether a full stop ends something: not that of "Mr." or an initial."""
    before = text.tokens[at - 1] if at else None
    return before is None or not (
        text.tokens[at].raw == "." and (len(before.norm) == 1 or before.norm in TITLES)
    )


def _is_prose(text: Text, inside: set[int]) -> bool:
    outside = [t for i, t in enumerate(text.tokens) if t.kind == "w" and i not in inside]
    return any(t.norm in AUXILIARIES or t.norm in SPEECH for t in outside)


def _other_member(text: Text, first: int, end: int, *, prose: bool) -> int:
    """1 where a stretch without a gold member offers another one."""
    words = [t for t in text.tokens[first:end] if t.kind in "wn"]
    meaning = [t for t in words if t.norm not in FUNCTION]
    if not meaning:
        return 0
    if any(t.norm in NEGATORS or t.norm in {"except", "without", "excluding"} for t in words[:2]):
        return 0  # "but not Turkey"
    if end < len(text.tokens) and text.tokens[end].raw == ":":
        return 0  # an introduction: "The delegations are:"
    if abstains(" ".join(t.raw for t in words)):
        return 0
    if not prose:
        return 1
    opening = first == 0 or text.tokens[first - 1].raw in {".", "\n"}
    named = meaning[1:] if opening and meaning[0] is words[0] else meaning
    return int(any(t.kind == "n" or t.raw[:1].isupper() for t in named) and len(words) <= 6)


# ------------------------------------------------------------------ keyed


def score_keyed(text: Text, spots: Sequence[Spot], keys: Sequence[str], *, distinct: bool) -> float:
    """The score of a keyed list: a slot counts under its own key only.

    `distinct`: no two slots are of one kind, so that members without a key are placed by kind.
    """
    inside = {i for spot in spots for i in range(spot.first, spot.end)}
    marks = _key_marks(text, keys, inside)
    right: set[int] = set()
    given = 0
    for first, end in _chunks(text, inside, marks, spots):
        here = [spot for spot in spots if first <= spot.first < end]
        named = [(at, key) for at, key in marks if first <= at < end]
        for key, spot in _pairs(text, named, here):
            given += 1
            if key is None:
                if distinct:
                    right.update(spot.slots)
            elif key in spot.slots:
                if key in right:
                    given -= 1  # the same said twice
                right.add(key)
        if not here:
            given += _unknown_value(text, first, end, named)
    return 2 * len(right) / (len(keys) + given) if given else 0.0


def _key_marks(text: Text, keys: Sequence[str], inside: set[int]) -> list[tuple[int, int]]:
    """(token, key number) where a key or its adjective or capital is named outside the members."""
    wanted = [[t.norm for t in read(key).tokens if t.kind in "wn" and t.norm not in FUNCTION] for key in keys]
    shared = {word for i, words in enumerate(wanted) for word in words if any(word in w for w in wanted[:i])}
    out: list[tuple[int, int]] = []
    for i, token in enumerate(text.tokens):
        if i in inside or token.kind not in "wn":
            continue
        for number, words in enumerate(wanted):
            telling = [word for word in words if word not in shared] or words
            if any(_same_key(token.norm, word) for word in telling):
                out.append((i, number))
                break
    return out


def _same_key(said: str, key: str) -> bool:
    if said == key or (said in NATIONS and NATIONS.get(key) == NATIONS[said]):
        return True
    size = min(len(said), len(key)) - 1
    return (
        size >= 4
        and said[:size] == key[:size]
        and abs(len(said) - len(key)) <= 3
        and (said.rstrip("s") == key.rstrip("s") or size >= 5)
    )


def _chunks(
    text: Text, inside: set[int], marks: Sequence[tuple[int, int]], spots: Sequence[Spot]
) -> list[tuple[int, int]]:
    """Clauses that hold a pair each, as far as the text is cut that way."""
    hard = _cut(text, inside, _CLAUSES)
    out: list[tuple[int, int]] = []
    for first, end in hard:
        parts = _cut(text, inside, frozenset({",", "and"}), first, end)
        held = [
            (sum(a <= s.first < b for s in spots), len({k for at, k in marks if a <= at < b}))
            for a, b in parts
        ]
        paired = all(values == 0 or named == 1 for values, named in held) and sum(v > 0 for v, _ in held) > 1
        out.extend(parts if paired and not _dangling(held) else [(first, end)])
    return out


def _dangling(held: Sequence[tuple[int, int]]) -> bool:
    """Whether a key stands in a part of its own: then the parts belong together."""
    return any(values == 0 and named for values, named in held)


def _cut(
    text: Text, inside: set[int], at: frozenset[str], first: int = 0, end: int | None = None
) -> list[tuple[int, int]]:
    tokens = text.tokens
    last = len(tokens) if end is None else end
    out: list[tuple[int, int]] = []
    begin = first
    for i in range(first, last):
        if tokens[i].norm in at and i not in inside and (tokens[i].raw != "." or _ends(text, i)):
            out.append((begin, i))
            begin = i + 1
    out.append((begin, last))
    return [(a, b) for a, b in out if any(t.kind in "wn" for t in tokens[a:b])]


def _pairs(
    text: Text, named: Sequence[tuple[int, int]], here: Sequence[Spot]
) -> list[tuple[int | None, Spot]]:
    """Each member of a clause with its key: the only key, else in turn, else in order ("respectively")."""
    distinct = list(dict.fromkeys(key for _, key in named))
    if not distinct:
        return [(None, spot) for spot in here]
    if len(distinct) == 1:
        return [(distinct[0], spot) for spot in here]
    order = sorted(
        [(at, "k", key, None) for at, key in named] + [(s.first, "v", -1, s) for s in here],
        key=lambda e: e[0],
    )
    kinds = "".join(kind for _, kind, _, _ in order)
    keys = [key for _, kind, key, _ in order if kind == "k"]
    members = [spot for _, _, _, spot in order if spot is not None]
    in_turn = kinds in {"kv" * len(members), "vk" * len(members)}
    in_order = kinds in {"k" * len(keys) + "v" * len(members), "v" * len(members) + "k" * len(keys)}
    if len(keys) == len(members) and (in_turn or in_order):
        return list(zip(keys, members, strict=True))
    return [(None, spot) for spot in here]


def _unknown_value(text: Text, first: int, end: int, named: Sequence[tuple[int, int]]) -> int:
    """1 where a clause gives something that is in no slot: "Turkey: Fidan", "Russia: Lavrov"."""
    tokens = text.tokens[first:end]
    marks = {at for at, _ in named}
    rest = [
        t
        for i, t in enumerate(tokens)
        if t.kind in "wn" and first + i not in marks and t.norm not in FUNCTION
    ]
    if not rest or abstains(" ".join(t.raw for t in rest)):
        return 0
    if abstains(" ".join(t.raw for t in tokens).rpartition(":")[2]):
        return 0
    pair = any(t.raw in {":", "-", "=", "("} for t in tokens)
    return int(pair or bool(named))
