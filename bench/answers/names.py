"""Persons, places, organisations and things: accepted wordings, and what makes a wording somebody else's name.

Documented choices: a repeated answer ("Paris Paris Paris Paris") is no answer; an answer of more than
`LONG` words beside the accepted wording is over-long unless its first sentence alone is a short right
answer; a name in another script's look-alike letters is not the name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bench.answers.phrases import REJECT, Mention, Phrase, Table, find
from bench.answers.stance import denied, rivalled, statements, taken_back
from bench.answers.tokens import Text, Token, read
from bench.answers.wording import (
    AUXILIARIES,
    CAPITALS,
    COMPASS,
    EXTENTS,
    FUNCTION,
    GENERIC,
    NATIONS,
    NEAR,
    NEGATORS,
    NEAR_OF,
    PARTICLES,
    RANKS,
    RELATIONS,
    SUFFIXES,
    TITLES,
)

LONG: Final = 40
_LONG_TAIL: Final = 150
_JOINERS: Final = frozenset({"'", '"', ".", "*", "_", "`", "-"})


@dataclass(frozen=True, slots=True)
class Names:
    """What a name-like item accepts and refuses."""

    kind: str  # person · place · span
    exact: frozenset[str]  # keys that are right as they stand
    wordings: Table
    firsts: tuple[frozenset[str], ...]  # first and middle names, by slot
    surnames: frozenset[tuple[str, ...]]  # wordings that are a surname alone
    shared: frozenset[tuple[str, ...]]  # surnames that somebody else of the article or the lures has too
    proper: bool  # the gold is a proper name: capitals beside it matter
    question: frozenset[str]  # words of the question
    common: frozenset[str]  # those of them without a capital
    negated: bool  # the question is negated
    long: tuple[tuple[str, ...], ...] = ()  # content words of long clause golds
    context: str = ""


def match_name(names: Names, answer: str) -> bool:
    """Whether `answer` names the gold, nothing rejected and no rival, in a short enough wrapping."""
    text = read(answer)
    if text.key in names.exact:
        return True
    if text.cut or not text.content:
        return False
    text = read(statements(answer))
    mentions = find(text, names.wordings)
    if not any(m.label != REJECT for m in mentions):
        return _long_clause(names, text) and not any(_asserts(names, text, m) for m in mentions)
    since = taken_back(text, [m.first for m in mentions])
    live = [m for m in mentions if m.first >= since]
    reach = {i for m in live if m.label != REJECT for i in _reach(names, text, m)}
    asserted = [m for m in live if (m.label != REJECT or m.first not in reach) and _asserts(names, text, m)]
    golds = [m for m in asserted if m.label != REJECT]
    if not golds or len(golds) != len(asserted):
        return False
    if any(_foreign(names, text, m) for m in golds):
        return False
    if any(rivalled(text, m, golds) for m in golds) or _listed(names, text, golds):
        return False
    return not _repeats(text, golds) and _short_enough(text, golds)


def _asserts(names: Names, text: Text, m: Mention) -> bool:
    return not denied(text, m.first, m.end, lenient=names.negated, lure=m.label == REJECT)


def _foreign(names: Names, text: Text, m: Mention, *, whole: bool = True) -> bool:
    """Whether the words belong to something else: another person, a longer name, a relative, a place nearby."""
    if _related(names, text, m):
        return True
    before = text.tokens[m.first - 1].norm if m.first else ""
    if names.kind == "person":
        return _other_person(names, text, m, whole=whole)
    if before in RANKS and before not in names.question:
        return True
    if names.kind == "place" and (_nearby(text, m) or _wider(names, text, m)):
        return True
    return names.proper and _longer_name(names, text, m)


def _related(names: Names, text: Text, m: Mention) -> bool:
    """ "Umerov's deputy", "an aide to Putin": not the one named, unless the question asks by that relation."""
    tokens = text.tokens
    if names.kind == "span" and not names.proper:
        return False
    after = m.end
    if after < len(tokens) and tokens[after].kind == "s" or (m.end and tokens[m.end - 1].kind == "s"):
        ahead = [t.norm for t in tokens[after : after + 4] if t.kind == "w"]
        if any(norm in RELATIONS and norm not in names.question for norm in ahead[:3]):
            return True
    if m.first > 1 and tokens[m.first - 1].norm in {"of", "to", "for"}:
        before = [t.norm for t in tokens[max(0, m.first - 3) : m.first - 1]]
        return any(norm in RELATIONS and norm not in names.question for norm in before[-1:])
    return False


def _nearby(text: Text, m: Mention) -> bool:
    tokens = text.tokens
    if not m.first:
        return False
    before = tokens[m.first - 1].norm
    if before in NEAR:
        return True
    return (
        before in {"of", "from", "to"}
        and m.first > 1
        and any(t.norm in NEAR_OF for t in tokens[max(0, m.first - 3) : m.first - 1])
    )


def _wider(names: Names, text: Text, m: Mention) -> bool:
    """ "Kyiv region" is not Kyiv."""
    after = text.tokens[m.end].norm if m.end < len(text.tokens) else ""
    return after in EXTENTS and after not in names.question


def _chain(text: Text, at: int, step: int) -> list[Token]:
    """Words that stand directly beside, in reading direction `step`, with nothing but initials' stops between."""
    tokens = text.tokens
    out: list[Token] = []
    while 0 <= at < len(tokens) and len(out) < 4:
        token = tokens[at]
        if token.kind == "p":
            initial = step < 0 and token.raw == "." and at > 0 and len(tokens[at - 1].norm) == 1
            if not initial and token.raw not in {"*", "_", "-"}:
                break
        elif token.kind == "s":
            break
        else:
            out.append(token)
        at += step
    return out


def _known(names: Names, text: Text, token: Token) -> bool:
    """Whether a word beside a name says nothing about whose name it is."""
    norm = token.norm
    asked = names.common if names.kind == "person" else names.question
    if norm in FUNCTION or norm in TITLES or norm in asked or norm in NATIONS or norm.endswith("ly"):
        return True
    return text.mixed and not token.raw[:1].isupper() and token.kind == "w"


def _other_person(names: Names, text: Text, m: Mention, *, whole: bool) -> bool:
    before = [t for t in _chain(text, m.first - 1, -1) if t.norm not in PARTICLES]
    firsts = names.firsts[m.label]
    given: list[Token] = []
    for token in before:
        if _known(names, text, token) and token.norm not in firsts and not _is_initial(text, token):
            break
        given.append(token)
    alone = m.phrase.norms in names.surnames
    after = _chain(text, m.end, 1)
    beside = after and after[0].norm not in firsts
    if beside and text.mixed and (after[0].norm in SUFFIXES or not _known(names, text, after[0])):
        return True
    if not alone:
        return bool(given) and given[0].norm not in firsts and not _initial(firsts, given[0])
    if not given:
        return m.phrase.norms in names.shared or (whole and _reversed_other(names, text, m))
    outermost = given[-1]
    return not (outermost.norm in firsts or _initial(firsts, outermost))


def _reach(names: Names, text: Text, m: Mention) -> range:
    """The tokens of the whole name around a surname: "Vladimir V. Putin", "Putin, Vladimir"."""
    if names.kind != "person":
        return range(m.first, m.end)
    first, end = m.first, m.end
    given = names.firsts[m.label]
    tokens = text.tokens
    while first > 0 and (
        tokens[first - 1].norm in given or tokens[first - 1].raw == "." or len(tokens[first - 1].norm) == 1
    ):
        first -= 1
    if end + 1 < len(tokens) and tokens[end].raw == "," and tokens[end + 1].norm in given:
        end += 2
    return range(first, end)


def _is_initial(text: Text, token: Token) -> bool:
    at = text.tokens.index(token)
    stop = at + 1 < len(text.tokens) and text.tokens[at + 1].raw == "."
    return len(token.norm) == 1 and token.raw.isupper() and (stop or "." in token.raw)


def _initial(firsts: frozenset[str], token: Token) -> bool:
    return (
        len(token.norm) <= 3
        and (len(token.norm) == 1 or "." in token.raw)
        and any(first[:1] == token.norm[:1] for first in firsts)
    )


def _reversed_other(names: Names, text: Text, m: Mention) -> bool:
    """ "Umerov, Ivan" where the first name is not Ivan: the whole answer is surname, comma, one word."""
    tokens = text.tokens
    if m.first != 0 or m.end >= len(tokens) or tokens[m.end].raw != ",":
        return False
    rest = [t for t in tokens[m.end + 1 :] if t.kind in "wn"]
    firsts = names.firsts[m.label]
    if len(rest) not in {1, 2} or not firsts:
        return False
    first = rest[0]
    return not (first.norm in firsts or _initial(firsts, first) or _known(names, text, first))


def _longer_name(names: Names, text: Text, m: Mention) -> bool:
    before = _chain(text, m.first - 1, -1)
    after = _chain(text, m.end, 1)
    if (
        before
        and before[0].norm in COMPASS
        and f"{before[0].norm} " + " ".join(m.phrase.norms) not in names.context
    ):
        return True
    if after and after[0].kind == "n" and after[0].norm not in names.question:
        return text.tokens.index(after[0]) == m.end
    if not text.mixed:
        return False
    if (
        after
        and after[0].raw[:1].isupper()
        and not _known(names, text, after[0])
        and after[0].norm not in GENERIC
    ):
        return True
    if not before or not before[0].raw[:1].isupper() or _known(names, text, before[0]):
        return False
    return before[0].norm not in GENERIC


def _listed(names: Names, text: Text, golds: Sequence[Mention]) -> bool:
    """Whether the answer heads with, or goes on to, another full name: "Vladimir Medinsky, Rustem Umerov"."""
    if not text.mixed or not names.proper:
        return False
    covered = {i for m in golds for i in range(m.first, m.end)}
    own = frozenset().union(*names.firsts)
    runs: list[list[int]] = [[]]
    for i, token in enumerate(text.tokens):
        name = token.kind == "w" and token.raw[:1].isupper() and i not in covered
        if name and not _known(names, text, token) and token.norm not in GENERIC and token.norm not in own:
            runs[-1].append(i)
        elif runs[-1]:
            runs.append([])
    fragment = len(text.content) <= 8 and sum(t.raw == "," for t in text.tokens) >= 1
    first_gold = min(m.first for m in golds)
    for run in runs:
        if len(run) < 2 or names.kind != "person":
            continue
        heads = run[0] < first_gold and (run[0] == 0 or not text.tokens[run[0] - 1].kind == "w")
        if heads or fragment:
            return True
    if names.kind == "place" and _place_list(names, text, golds[0], covered):
        return True
    commas = [i for i, t in enumerate(text.tokens) if t.raw == ","]
    single = sum(1 for run in runs if run)
    return len(commas) >= 2 and single >= 2 and len(text.content) <= 8 and golds[0].first < commas[-1]


def _place_list(names: Names, text: Text, gold: Mention, covered: set[int]) -> bool:
    """ "Ankara, Istanbul", "Istanbul, Ankara, Moscow": only one wider place may follow, behind a comma."""
    words = [i for i, t in enumerate(text.tokens) if t.kind in "wn"]
    if len(words) > 8 or any(t.raw not in {",", "."} for t in text.tokens if t.kind == "p"):
        return False
    others = [i for i in words if i not in covered and text.tokens[i].norm not in FUNCTION | GENERIC]
    if any(t.norm in AUXILIARIES | NEGATORS for t in text.tokens) or not any(t.raw == "," for t in text.tokens):
        return False
    ahead = [i for i in others if i < gold.first and text.tokens[i].norm not in names.question]
    commas = sum(1 for t in text.tokens[gold.end :] if t.raw == ",")
    return bool(ahead) or commas > 1 or any(text.tokens[i].norm in CAPITALS for i in others)


def _repeats(text: Text, golds: Sequence[Mention]) -> bool:
    """One wording over and over: no reader says so, and it must not pay."""
    in_a_row = 1
    for one, two in zip(golds, golds[1:], strict=False):
        between = {t.raw for t in text.tokens[one.end : two.first]}
        if between <= _JOINERS - {"."} and one.label == two.label and one.phrase.norms == two.phrase.norms:
            return True
        in_a_row = in_a_row + 1 if between <= {",", ".", "\n", ";", "and", "or", *_JOINERS} else 1
        if in_a_row > 2 and one.phrase.norms == two.phrase.norms:
            return True
    return False


def _short_enough(text: Text, golds: Sequence[Mention]) -> bool:
    own = max(len(m.phrase.norms) for m in golds)
    words = len(text.content)
    if words <= LONG + own:
        return True
    if words > _LONG_TAIL + own:
        return False
    stop = next(
        (i for i, t in enumerate(text.tokens) if t.raw in {".", "\n", "!", ":"} and i > golds[0].end - 1), 0
    )
    return golds[0].first < stop and sum(1 for i in text.content if i < stop) <= 20 + own


def _long_clause(names: Names, text: Text) -> bool:
    """A clause of five or more meaning words, all there in order, little else: small words are free."""
    if not names.long:
        return False
    said = [text.tokens[i].norm for i in text.content]
    for wanted in names.long:
        rest = iter(said)
        if all(word in rest for word in wanted) and len(said) <= 2 * len(wanted) + 6:
            extra = {w for w in said if w in {"not", "no", "never", "without"}} - set(wanted)
            if not extra:
                return True
    return False


def name_parts(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(given names, surname) of a person's name, titles dropped; ((), ()) where it does not look like one.

    Surname = last word with its particles ("von der Leyen"); suffixes such as "Jr." belong to neither.
    """
    seen = read(text)
    tokens = [seen.tokens[i] for i in seen.content]
    if len(tokens) != len([t for t in seen.tokens if t.kind in "wn"]) or any(
        t.kind == "s" for t in seen.tokens
    ):
        return (), ()
    while len(tokens) > 1 and tokens[0].norm in TITLES:
        tokens = tokens[1:]
    while len(tokens) > 1 and tokens[-1].norm in SUFFIXES:
        tokens = tokens[:-1]
    named = all(t.kind == "w" and (t.raw[:1].isupper() or t.norm in PARTICLES) for t in tokens)
    if not named or not 1 <= len(tokens) <= 6 or tokens[-1].norm in TITLES:
        return (), ()
    split = len(tokens) - 1
    while split > 1 and tokens[split - 1].norm in PARTICLES:
        split -= 1
    norms = tuple(t.norm for t in tokens)
    if len(norms) in {2, 3} and norms[0] in _FAMILY_FIRST and norms[-1] in _GIVEN_LAST:
        return norms[1:], norms[:1]
    return norms[:split], norms[split:]


def person_wordings(text: str, label: int) -> list[Phrase]:
    """Surname alone, with and without particles, for a full personal name; nothing for other strings."""
    given, surname = name_parts(text)
    if not given or not surname:
        return []
    bare = tuple(word for word in surname if word not in PARTICLES) or surname
    return [Phrase(norms, label) for norms in dict.fromkeys((surname, bare))]


# Family name first, by custom; the given name tells such a name from a Western one (Kim Jong Un, Kim Basinger).
_FAMILY_FIRST: Final = frozenset({"xi", "kim", "li", "wang", "zhang", "chen", "liu", "yoon", "moon", "park", "lee", "mao",
                                  "hu", "deng", "wen", "zhou", "zhao", "wu", "han", "nguyen", "tran"})  # fmt: skip
_GIVEN_LAST: Final = frozenset({"jinping", "un", "il", "sung", "keqiang", "yi", "qiang", "yeol", "jae", "in", "jintao",
                                "jiabao", "xiaoping", "zedong", "enlai", "hye", "bak", "myung", "ping", "phuc", "ma",
                                "jong", "wei", "ming", "jun", "lei", "hui", "fang", "ying", "xin", "min"})  # fmt: skip


def name_spots(names: Names, text: Text) -> list[tuple[int, int]]:
    """Where the gold is asserted, as token ranges, for members of lists."""
    found = find(text, names.wordings)
    return [(m.first, m.end) for m in found if m.label != REJECT and _asserts(names, text, m)
            and not _foreign(names, text, m, whole=False)]  # fmt: skip
