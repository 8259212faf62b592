"""Whether an accepted wording belongs to something else: another person, a longer name, a relative, a place nearby."""

from __future__ import annotations

from typing import Final

from bench.answers.names.persons import Names, chain, known, other_person
from bench.answers.text.phrases import Mention
from bench.answers.text.tokens import LONGEST, Text, Token, read
from bench.answers.text.wording import (
    AUXILIARIES,
    CAPITALS,
    CLASSES,
    COMPASS,
    EXTENTS,
    FUNCTION,
    GENERIC,
    HEADS,
    NATIONS,
    NEAR,
    NEAR_OF,
    RANKS,
    RELATED,
    RELATIONS,
    TITLES,
    words_of,
)

_SEES: Final = words_of("university earl prince bank bay gulf treaty battle")


def foreign(names: Names, text: Text, m: Mention, context: str, *, whole: bool = True) -> bool:
    """Whether the words belong to something else: another person, a longer name, a relative, a place nearby."""
    if _related(names, text, m):
        return True
    before = text.tokens[m.first - 1].norm if m.first else ""
    if names.kind == "person":
        if before in RANKS and all(norm in TITLES for norm in m.phrase.norms):
            return True  # "the deputy mayor" for the mayor
        return other_person(names, text, m, context, whole=whole)
    if before in RANKS and before not in names.question:
        return True
    if _adjective(names, text, m):
        return True
    if names.kind == "place" and (_nearby(text, m) or _wider(names, text, m) or _seat(names, text, m)):
        return True
    return names.proper and _longer_name(names, text, m, context)


def _related(names: Names, text: Text, m: Mention) -> bool:
    """ "Umerov's deputy", "an aide to Putin": not the one named, unless the question asks by that relation."""
    tokens = text.tokens
    if names.kind == "span" and not names.proper:
        return False
    after = m.end
    if (after < len(tokens) and tokens[after].kind == "s") or (m.end and tokens[m.end - 1].kind == "s"):
        ahead = [t.norm for t in tokens[after : after + 4] if t.kind == "w"]
        if any(norm in RELATIONS and norm not in names.question for norm in ahead[:3]):
            return True
        if names.kind == "person" and _owned(names, text, after):
            return True
    if m.first > 1 and tokens[m.first - 1].norm in {"of", "to", "for"}:
        before = [t.norm for t in tokens[max(0, m.first - 3) : m.first - 1]]
        if any(norm in RELATED and not _asked_for(names, norm) for norm in before[-1:]):
            return True
        return before[:1] == ["parent"] and before[1:] in (["company"], ["firm"], ["group"])
    return False


def _asked_for(names: Names, role: str) -> bool:
    """Whether the question has the role, or the verb that it is made of: "founder" for who founded."""
    return any(len(word) > 2 and role.startswith(word.rstrip("e")) for word in names.question)


def _owned(names: Names, text: Text, after: int) -> bool:
    """ "Falk's editor", "Umerov's office" as the whole answer: something or somebody of theirs."""
    tokens = text.tokens
    if any(token.norm in AUXILIARIES for token in tokens) or any(t.kind == "w" for t in tokens[after + 3 :]):
        return False
    owned = [t for t in tokens[after : after + 3] if t.kind == "w"]
    return bool(owned) and all(
        t.raw.islower() and t.norm not in FUNCTION and t.norm not in names.question for t in owned
    )


def _seat(names: Names, text: Text, m: Mention) -> bool:
    """ "the Bishop of Thornwick", "Ossia's embassy": somebody, or something elsewhere, with the place in its name."""
    tokens = text.tokens
    if m.first > 1 and tokens[m.first - 1].norm == "of":
        title = tokens[m.first - 2]
        if title.raw[:1].isupper() and title.norm not in names.question:
            return title.norm in TITLES | _SEES
    follow = tokens[m.end + 1].norm if m.end + 1 < len(tokens) else ""
    return follow in {"embassy", "consulate"} and tokens[m.end].kind == "s"


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
        and tokens[m.first - 2].norm not in CLASSES  # "the border town of Liske" is Liske
        and any(t.norm in NEAR_OF for t in tokens[max(0, m.first - 3) : m.first - 1])
    )


def _adjective(names: Names, text: Text, m: Mention) -> bool:
    """ "Russian war bloggers" are not what "Russian" stands for when a delegation is asked for."""
    norm = m.phrase.norms[0]
    if len(m.phrase.norms) > 1 or norm not in NATIONS or norm in CAPITALS or NATIONS[norm] == norm:
        return False
    after = chain(text, m.end, 1)
    return bool(after) and not (after[0].norm in FUNCTION | GENERIC or after[0].norm in names.question)


def _wider(names: Names, text: Text, m: Mention) -> bool:
    """ "Kyiv region" is not Kyiv."""
    after = text.tokens[m.end].norm if m.end < len(text.tokens) else ""
    return after in EXTENTS and after not in names.question


def _longer_name(names: Names, text: Text, m: Mention, context: str) -> bool:
    before = chain(text, m.first - 1, -1)
    after = chain(text, m.end, 1)
    if before and before[0].norm in COMPASS:
        whole = " ".join([before[0].norm, *m.phrase.norms])
        if whole not in read(context[:LONGEST]).key:
            return True
    if after and after[0].kind == "n" and after[0].norm not in names.question:
        return text.tokens.index(after[0]) == m.end
    if _coded(text, m) or (after and _head_noun(names, text, m, after[0], context)):
        return True
    if not text.mixed:
        return False
    if (
        after
        and after[0].raw[:1].isupper()
        and not known(names, text, after[0])
        and after[0].norm not in GENERIC
    ):
        return True
    if not before or not before[0].raw[:1].isupper() or known(names, text, before[0]):
        return False
    return before[0].norm not in GENERIC


def _coded(text: Text, m: Mention) -> bool:
    """ "KV 218A", "KV 218-B", "KV 218 C" are not KV 218."""
    tokens = text.tokens
    if tokens[m.end - 1].kind != "n" or m.end >= len(tokens):
        return False
    at = m.end + (tokens[m.end].raw == "-" and tokens[m.end].glued)
    if at >= len(tokens) or tokens[at].kind not in "wn" or not tokens[at].raw[0].isalnum():
        return False
    single = len(tokens[at].raw) == 1 and tokens[at].raw.isupper()
    return tokens[at].glued or (single and (at + 1 == len(tokens) or tokens[at + 1].kind == "p"))


def _head_noun(names: Names, text: Text, m: Mention, after: Token, context: str) -> bool:
    """Whether a noun behind a name makes it another thing: "the Reform Party leader", "Kesh City"."""
    norm = after.norm
    if norm in names.question or names.kind == "person" or m.end >= len(text.tokens):
        return False
    if text.tokens[m.end].norm != norm or text.tokens[m.end].raw != after.raw:
        return False
    if norm in HEADS:
        return True
    if not after.raw[:1].isupper() or not text.mixed:
        return False
    if norm in CLASSES:
        longer = " ".join([*m.phrase.norms, norm])
        return bool(CLASSES & names.question) or longer in read(context[:LONGEST]).key
    return norm in TITLES and norm not in FUNCTION
