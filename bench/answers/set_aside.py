"""Names that a text mentions and does not give as the answer, though no "not" stands by: "the board dropped Quillan"."""

from __future__ import annotations

import re
from collections.abc import Set
from typing import Final

from bench.answers.phrases import Mention
from bench.answers.tokens import ARTICLES, Text
from bench.answers.wording import AUXILIARIES, words_of

_PAIRS: Final = frozenset(
    {("decided", "against"), ("ruled", "out"), ("turned", "down"), ("passed", "over"), ("voted", "against"),
     ("refused", "to"), ("declined", "to"), ("failed", "to"), ("called", "off"), ("plan", "to"), ("plans", "to"),
     ("opted", "against"), ("ruling", "out")}
)  # fmt: skip
_VERBS: Final = words_of(
    "cleared exonerated acquitted dropped ditched scrapped abandoned rejected eliminated discarded discounted"
)
_PARTICIPLES: Final = _VERBS | words_of("excluded overlooked spared")
_DEALS: Final = (
    (words_of("buy buys bought buyer acquire acquires acquired purchase purchased receive received get got"), "from"),
    (words_of("sell sells sold seller supply supplies supplied give gave given lend lent donate donated export exported "
              "send sent"), "to"),
)  # fmt: skip
_BOUND: Final = frozenset({("bound", "for"), ("way", "to"), ("route", "to"), ("headed", "for"), ("heading", "for"),
                           ("destined", "for"), ("heading", "to"), ("headed", "to")})  # fmt: skip
_STOPS: Final = frozenset(".!?\n;")
_IFS: Final = frozenset({"if", "had", "were", "should", "unless"})
_WOULD: Final = frozenset({"would", "could", "might"})
_MISTAKEN: Final = re.compile(
    r"\b(?:he|she|they|it|that|this|which|and) (?:is|was|are|were) (?:wrong|mistaken|false|untrue|incorrect|not true)\b"
)
_CLAUSE: Final = re.compile(
    r"\b(?:the|an?|some|another|any|his|her|its|their) (?:[\w'-]+ ){0,3}(?P<noun>[\w'-]+) (?:(?P<that>that)|which|who|whose|whom) "
    r"(?P<said>[^.;:!?\n,—()]+)"
)  # up to the name
_IS: Final = re.compile(r"\b(?:is|are|was|were|be|been|being|call\w*|name\w*|known|goes|styles?)\b|'s\b")
_TELLING: Final = words_of(
    "said says say stated states reported reports confirmed confirms announced announces claimed claims believes believe "
    "shows showed indicates concluded found revealed notes noted adds added explained told means suggests suggested insisted "
    "argued warned agreed decided fact idea claim statement report news view hope sign evidence so such is was are were be"
)
_SUBJECTS: Final = ARTICLES | words_of("he she they it we i you this these those there his her its their")


def set_aside(text: Text, m: Mention, asked: Set[str]) -> bool:
    """Whether a mention is ruled out by a verb, stands on the wrong side of a deal or in a supposition. `asked`: the question's words and their stems; what it says itself rules nothing out."""
    before = _words_before(text, m.first)
    pair = tuple(before[-2:])
    if (pair in _PAIRS or pair in _BOUND) and asked.isdisjoint(pair[:1]):
        return True
    if before and before[-1] in _VERBS and before[-1] not in asked:
        return True
    if before and any(
        before[-1] == side and not asked.isdisjoint(deal) and side not in asked and "whom" not in asked
        for deal, side in _DEALS
    ):
        return True
    return _turned_down(text, m, asked) or _supposed(text, m, asked) or _mistaken(text, m)


def _words_before(text: Text, first: int) -> list[str]:
    """The two words before a mention, articles passed over, up to a sign."""
    out: list[str] = []
    for at in range(first - 1, max(-1, first - 6), -1):
        token = text.tokens[at]
        if token.kind == "p" and token.raw not in {'"', "'", "*", "_", "-"}:
            break
        if token.kind == "w" and token.norm not in ARTICLES:
            out.insert(0, token.norm)
        if len(out) == 2:
            break
    return out


def _turned_down(text: Text, m: Mention, asked: Set[str]) -> bool:
    """ "X was ruled out", "X had been dropped", "X is only where …"."""
    tokens = text.tokens
    auxiliary = False
    for at in range(m.end, min(len(tokens), m.end + 4)):
        norm = tokens[at].norm
        if norm in AUXILIARIES:
            auxiliary = True
            continue
        follow = tokens[at + 1] if at + 1 < len(tokens) else None
        if (
            norm in {"only", "merely"}
            and follow is not None
            and follow.kind == "w"
            and tokens[m.end - 1].kind != "n"
        ):
            return "only" not in asked
        passive = norm in _PARTICIPLES or (follow is not None and (norm, follow.norm) in _PAIRS)
        return auxiliary and passive and norm not in asked
    return False


def _sentence(text: Text, at: int) -> tuple[int, int]:
    """The tokens of the sentence around a token."""
    first = next((i + 1 for i in range(at - 1, -1, -1) if text.tokens[i].raw in _STOPS), 0)
    return first, next(
        (i for i in range(at, len(text.tokens)) if text.tokens[i].raw in _STOPS), len(text.tokens)
    )


def supposed(norms: list[str]) -> bool:
    """Whether a sentence only supposes: "Had she stayed, it would be yes"."""
    if not norms or _WOULD.isdisjoint(norms):
        return False
    at = next(i for i, norm in enumerate(norms) if norm in _WOULD)
    return norms[0] in _IFS or (norms[at : at + 2] == ["would", "have"] and bool(_IFS & set(norms[at + 2 :])))


def _supposed(text: Text, m: Mention, asked: Set[str]) -> bool:
    first, end = _sentence(text, m.first)
    norms = [t.norm for t in text.tokens[first:end] if t.kind in "wn"]
    return asked.isdisjoint(_WOULD | {"if"}) and supposed(norms)


def _mistaken(text: Text, m: Mention) -> bool:
    """ "A spokesman calls it X, and he is wrong"."""
    _, end = _sentence(text, m.first)
    last = text.tokens[end - 1]
    return (
        _MISTAKEN.search(text.clean[text.tokens[m.end - 1].start : last.start + len(last.raw)].lower())
        is not None
    )


def described(text: Text, m: Mention) -> bool:
    """ "The institution that sold it to the Aldine": the name stands inside a clause that describes somebody else."""
    first, _ = _sentence(text, m.first)
    head = text.clean[text.tokens[first].start : text.tokens[m.first].start].lower()
    for found in _CLAUSE.finditer(head):
        said = found["said"]
        if found.end() < len(head) or _IS.search(said) is not None:
            continue
        opening = said.split()[0]
        if not found["that"] or (found["noun"] not in _TELLING and opening not in _SUBJECTS):
            return True
    return False
