"""Lists: the members of a free text, and how many of them belong.

Score = 2 · matched / (gold slots + members given). Documented choices: a member given twice counts twice,
and only once as matched; a lure is an extra member; keyed slots count under their key alone, but where no
two slots are of one kind (an operation and a number of days) a member needs no key.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Final

from bench.answers.output.abstention import abstains
from bench.answers.text.tokens import ARTICLES, Text
from bench.answers.text.wording import AUXILIARIES, BEARERS, FUNCTION, NEGATORS, SPEECH, TITLES, words_of

_BULLET: Final = re.compile(r"^[ \t]*(?:[-*•·–‣◦+][ \t]+|\(?\d{1,2}[.):][ \t]+|\(?[a-hA-H][.)][ \t]+)")

_INLINE: Final = re.compile(r"(?:^|\s)\(?1[.)] [^\n]*?\s\(?2[.)] ")
_INLINE_MARK: Final = re.compile(r"(?:^|(?<=\s))\(?\d{1,2}[.)] ")
_TABLE_RULE: Final = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}[-:| \t]*\Z")
_ROW_NUMBER: Final = re.compile(r"^[ \t]*\|[ \t]*\d{1,3}[ \t]*(?=\|)")
_SHORTENED: Final = words_of(
    "mr mrs ms dr prof gen col capt lt sgt sen rep rev hon fr st gov maj cpl pvt brig jr sr adm"
)  # a stop behind these ends nothing
_NONE_OF: Final = re.compile(
    r"\W*(?:(?:none|neither|not one) of\b|(?:every\w*|all)\b[^.;:,!?\n]*\b(?:apart from|except|other than|besides|but)\b)"
    r"(?:(?!in other words|namely|that is)[^.;!?\n])*[.!]?\W*",
    re.IGNORECASE,
)
STAYED_OUT: Final = words_of(
    "refused refuses declined declines rejected rejects abstained abstains failed withdrew opposed absent"
)
REFUSING: Final = STAYED_OUT | words_of("refuse decline reject abstain fail withdraw oppose against not")
_DAYS: Final = words_of("monday tuesday wednesday thursday friday saturday sunday")
_OTHERS: Final = words_of("other others more many several etc another")
_HARD: Final = frozenset({"\n", ";"})

_APART: Final = frozenset({"\n", ";", "(", ")", "!", "?"})
_SOFT: Final = frozenset({",", "and", "/", "plus", "or"})


@dataclass(frozen=True, slots=True)
class Spot:
    """A gold member found: its tokens and the slots it may fill."""

    first: int
    end: int
    slots: frozenset[int]


def strip_bullets(text: str) -> str:
    """Lines without bullets and numbering; a heading line that ends in a colon is dropped."""
    if _INLINE.search(text):
        text = _INLINE_MARK.sub("\n", text)
    lines = [line for line in text.split("\n") if line.strip()]
    rule = next((i for i, line in enumerate(lines) if _TABLE_RULE.match(line)), None)
    if rule is not None:
        lines = [_ROW_NUMBER.sub("", line) for line in lines[rule + 1 :]]  # without the heading row
    if len(lines) > 1 and lines[0].rstrip(" *_").endswith(":"):
        lines = lines[1:]
    return "\n".join(_BULLET.sub("", line).strip() for line in lines)


def denies_all(text: str) -> bool:
    """ "None of Aldmoor, Pell and Carrick …", and no other sentence."""
    return _NONE_OF.fullmatch(text) is not None


def denying(text: Text, inside: Set[int]) -> list[tuple[int, int]]:
    """Sentences and brackets without a gold member that deny something: "(The marker is not an instrument.)".

    `inside`: the tokens of gold members.
    """
    bounds = [i for i, t in enumerate(text.tokens) if t.raw in _APART or (t.raw == "." and ends(text, i))]
    parts = zip([-1, *bounds], [*bounds, len(text.tokens)], strict=True)
    stretches = [(a + 1, b) for a, b in parts]
    return [
        (a, b)
        for a, b in stretches
        if a and inside.isdisjoint(range(a, b)) and _denies([t.norm for t in text.tokens[a:b]])
    ]


def _denies(norms: Sequence[str]) -> bool:
    further = {"only", "too", "also", "without", "well"}
    return not NEGATORS.isdisjoint(norms) and further.isdisjoint(norms)


def score_set(
    text: Text,
    spots: Sequence[Spot],
    slots: int,
    apart: Sequence[tuple[int, int]] = (),
    *,
    refusing: bool = False,
) -> float:
    """The score of an unkeyed list. `spots`: gold members found in `text`, in order, none overlapping.

    `apart`: clauses that tell of others; what they name is no extra member. `refusing`: those who refused are asked for.
    """
    inside = {i for spot in spots for i in range(spot.first, spot.end)}
    segments = _segments(text, inside)
    given = 0
    prose = _is_prose(text, inside)
    names: list[frozenset[int]] = []
    before: Spot | None = None
    for first, end in segments:
        here = [spot for spot in spots if first <= spot.first < end]
        seen: list[frozenset[int]] = []
        for spot in here:
            if spot.slots not in seen:  # "Russia (Moscow)" is one member
                seen.append(spot.slots)
        apposed = bool(seen and names and seen[0] == names[-1] and _apposition(text, here[0], before))
        names.extend(seen[apposed:])
        if seen:
            given += len(seen) - apposed
        elif any(a <= first < b for a, b in apart):
            continue
        elif before is None or not _describes(text, first, end, before):
            named = len(spots) > 1 and all(
                _capital(text, spot) and text.tokens[spot.first].norm not in _DAYS for spot in spots
            )
            if not (named and _aside(text, first, end)):
                given += _other_member(text, first, end, prose=prose, refusing=refusing)
        before = here[-1] if here else None
    matched = _assign(names, slots)
    return 2 * matched / (slots + given) if given else 0.0


def _apposition(text: Text, spot: Spot, before: Spot | None) -> bool:
    """ "the police chief, Tomas Brandt": a role and the name of its holder are one member."""
    if before is None or before.slots != spot.slots:
        return False
    between = [t.raw for t in text.tokens[before.end : spot.first] if t.norm not in ARTICLES]
    cases = [_capital(text, one) for one in (before, spot)]
    return between == [","] and cases[0] != cases[1]


def _describes(text: Text, first: int, end: int, before: Spot) -> bool:
    """ "Tom Birk, author of Ash", "Tom Birk, the poet": a role in small letters behind a comma, with no name but one behind "of"."""
    words = [t for t in text.tokens[first:end] if t.kind in "wn"]
    article = words[0].norm in ARTICLES
    role = words[article:]
    at = next((i for i, t in enumerate(role) if t.raw[:1].isupper()), len(role))
    linked = at > 1 and role[at - 1].norm in {"of", "to"} and words[0].norm != "the"
    own = at == len(role) or linked  # "the king of Estria" is another
    told = bool(role) and role[0].kind == "w" and (article or role[0].norm in TITLES | BEARERS)
    return _capital(text, before) and text.tokens[first - 1].raw == "," and own and told


def _aside(text: Text, first: int, end: int) -> bool:
    """What tells of a name and is none: a day ("Sunday"), a figure ("84th minute")."""
    words = [t for t in text.tokens[first:end] if t.kind in "wn" and t.norm not in FUNCTION]
    if all(t.norm in _DAYS for t in words):
        return True
    small = not any(t.raw[:1].isupper() for t in words)
    if any(t.norm in _OTHERS for t in words):
        return False
    return small and any(t.raw[:1].isdigit() for t in words)


def _capital(text: Text, spot: Spot) -> bool:
    words = [t for t in text.tokens[spot.first : spot.end] if t.kind == "w" and t.norm not in ARTICLES]
    return bool(words) and words[-1].raw[:1].isupper()


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
        stop = token.norm in _HARD or token.norm in _SOFT or (token.raw in {".", ":", "—"} and ends(text, i))
        if stop and i not in inside and depth <= 0:
            out.append((begin, i))
            begin = i + 1
    out.append((begin, len(tokens)))
    return [(first, end) for first, end in out if any(t.kind in "wn" for t in tokens[first:end])]


def ends(text: Text, at: int) -> bool:
    """Whether a full stop ends something: not that of "Mr." or an initial."""
    before = text.tokens[at - 1] if at else None
    return before is None or not (
        text.tokens[at].raw == "." and (len(before.norm) == 1 or before.norm in _SHORTENED)
    )


def _is_prose(text: Text, inside: set[int]) -> bool:
    outside = [t for i, t in enumerate(text.tokens) if t.kind == "w" and i not in inside]
    return any(t.norm in AUXILIARIES or t.norm in SPEECH for t in outside)


def _other_member(text: Text, first: int, end: int, *, prose: bool, refusing: bool) -> int:
    """1 where a stretch without a gold member offers another one."""
    words = [t for t in text.tokens[first:end] if t.kind in "wn"]
    meaning = [t for t in words if t.norm not in FUNCTION]
    if not meaning:
        return 0
    if any(t.norm in NEGATORS or t.norm in {"except", "without", "excluding", "no"} for t in words[:2]):
        return 0  # "but not Turkey"
    if len(words) <= 4 and any(t.norm in NEGATORS for t in words):
        return 0  # "Vimy did not"
    stayed = words[-1].norm in STAYED_OUT or any(t.norm in STAYED_OUT for t in words[1:3])
    if stayed and not refusing:
        return 0  # "Vesk refused to sign"
    if end < len(text.tokens) and text.tokens[end].raw == ":":
        return 0  # an introduction: "The delegations are:"
    if abstains(" ".join(t.raw for t in words)):
        return 0
    if not prose:
        return 1
    opening = first == 0 or text.tokens[first - 1].raw in {".", "\n"}
    named = meaning[1:] if opening and meaning[0] is words[0] else meaning
    return int(any(t.kind == "n" or t.raw[:1].isupper() for t in named) and len(words) <= 6)
