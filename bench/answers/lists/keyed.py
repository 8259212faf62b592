"""Keyed lists: which member a text puts under which key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bench.answers.lists.members import Spot, ends
from bench.answers.output.abstention import abstains
from bench.answers.text.tokens import Text, read
from bench.answers.text.votes import same_side
from bench.answers.text.wording import FUNCTION, NATIONS

_CLAUSES: Final = frozenset({"while", "whereas", "but", ".", "\n", ";"})


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
        for key, spot in _pairs(named, here):
            given += 1
            if key is None:
                if distinct:
                    right.update(slot for slot in spot.slots if slot < len(keys))
            elif key in spot.slots:
                if key in right:
                    given -= 1  # the same said twice
                right.add(key)
        if not here:
            given += _unknown_value(text, first, end, named)
    return 2 * len(right) / (len(keys) + given) if given else 0.0


def _key_marks(text: Text, keys: Sequence[str], inside: set[int]) -> list[tuple[int, int]]:
    """(token, key number) where a key or its adjective or capital is named outside the members."""
    wanted = [_telling(key) for key in keys]
    shared = {word for i, words in enumerate(wanted) for word in words if any(word in w for w in wanted[:i])}
    out: list[tuple[int, int]] = []
    norms = [token.norm for token in text.tokens]
    beyond = 0
    for i, token in enumerate(text.tokens):
        if i in inside or token.kind not in "wn" or i < beyond:
            continue
        whole = [
            (len(words), number) for number, words in enumerate(wanted) if norms[i : i + len(words)] == words
        ]
        if whole and max(whole)[0] > 1:  # "deputy mayor" beside "mayor"
            size, number = max(whole)
            out.append((i, number))
            beyond = i + size
            continue
        for number, words in enumerate(wanted):
            telling = [word for word in words if word not in shared] or words
            if any(_same_key(token.norm, word) for word in telling):
                out.append((i, number))
                break
    return out


def _telling(key: str) -> list[str]:
    """The words of a key that mean something, or all of them: "for" and "against" are keys of a vote."""
    norms = [t.norm for t in read(key).tokens if t.kind in "wn"]
    return [norm for norm in norms if norm not in FUNCTION] or norms


def _same_key(said: str, key: str) -> bool:
    if said == key or (said in NATIONS and NATIONS.get(key) == NATIONS[said]) or same_side(said, key):
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
        labelled = len(parts) > 1 and all(
            keys == 1 and any(t.raw in {":", "=", "("} for t in text.tokens[a:b])
            for (a, b), (_, keys) in zip(parts, held, strict=True)
        )
        dangling = any(
            values == 0 and named and not any(t.kind == "n" for t in text.tokens[a:b])
            for (a, b), (values, named) in zip(parts, held, strict=True)
        )  # a key in a part of its own: then the parts belong together
        out.extend(parts if (paired and not dangling) or labelled else [(first, end)])
    return out


def _cut(
    text: Text, inside: set[int], at: frozenset[str], first: int = 0, end: int | None = None
) -> list[tuple[int, int]]:
    tokens = text.tokens
    last = len(tokens) if end is None else end
    out: list[tuple[int, int]] = []
    begin = first
    for i in range(first, last):
        if tokens[i].norm in at and i not in inside and (tokens[i].raw != "." or ends(text, i)):
            out.append((begin, i))
            begin = i + 1
    out.append((begin, last))
    return [(a, b) for a, b in out if any(t.kind in "wn" for t in tokens[a:b])]


def _pairs(named: Sequence[tuple[int, int]], here: Sequence[Spot]) -> list[tuple[int | None, Spot]]:
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
