"""Names that a text mentions and does not give as the answer, though no "not" stands by: "the board dropped Quillan"."""

from __future__ import annotations

import re
from collections.abc import Set
from typing import Final

from bench.answers.phrases import Mention
from bench.answers.tokens import ARTICLES, Text
from bench.answers.wording import AUXILIARIES, SPEECH, words_of

_PAIRS: Final = frozenset(
    {("decided", "against"), ("ruled", "out"), ("turned", "down"), ("passed", "over"), ("voted", "against"),
     ("refused", "to"), ("declined", "to"), ("failed", "to"), ("called", "off"), ("plan", "to"), ("plans", "to"),
     ("opted", "against"), ("ruling", "out"), ("in", "for"), ("behalf", "of"), ("place", "of"), ("meant", "for"),
     ("planned", "for"), ("scheduled", "for"), ("intended", "for"), ("moved", "from"), ("shifted", "from"), ("twinned", "with"),
     ("filed", "from"), ("from", "being")}
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
_SUBJECT_PAIRS: Final = frozenset({("missed", "out"), ("lost", "out"), ("pulled", "out"), ("dropped", "out"), ("failed", "to"),
                                   ("refused", "to"), ("declined", "to")})  # fmt: skip
_BOUND: Final = frozenset({("bound", "for"), ("way", "to"), ("route", "to"), ("headed", "for"), ("heading", "for"),
                           ("destined", "for"), ("heading", "to"), ("headed", "to")})  # fmt: skip
_PUT_OFF: Final = frozenset({"postponed", "cancelled", "canceled", "scrapped", "shelved"})
_STOPS: Final = frozenset(".!?\n;")
_CLAIMS: Final = words_of(
    "claim claims claimed claiming accuse accuses accused deny denies denied allege alleges alleged estimate estimates estimated "
    "describe describes view source"
)
_IFS: Final = frozenset({"if", "had", "were", "should", "unless"})
_WOULD: Final = frozenset({"would", "could", "might"})
_CLAUSE_ENDS: Final = _STOPS | {","}
_FALSE: Final = ("wrong", "mistaken", "false", "untrue", "incorrect", "not true")
_MISTAKEN: Final = re.compile(
    r"\b(?:he|she|they|it|that|this|which|and) (?:is|was|are|were) (?:wrong|mistaken|false|untrue|incorrect|not true)\b"
)
_CLAUSE: Final = re.compile(
    r"\b(?:the|an?|some|another|any|his|her|its|their) (?:[\w'-]+ ){0,3}(?P<noun>[\w'-]+) (?:(?P<that>that)|which|who|whose|whom) "
    r"(?P<said>[^.;:!?\n,—()]*)"
)  # up to the name
_IS: Final = re.compile(r"\b(?:is|are|was|were|be|been|being|call\w*|name\w*|known|goes|styles?)\b|'s\b")
_TELLING: Final = words_of(
    "said says say stated states reported reports confirmed confirms announced announces claimed claims believes believe "
    "shows showed indicates concluded found revealed notes noted adds added explained told means suggests suggested insisted "
    "argued warned agreed decided held ruled wrote thinks thought alleges promises promised predicts admits denies fact idea claim statement report news view hope sign evidence so such is was are were be"
)
_SUBJECTS: Final = ARTICLES | words_of("he she they it we i you this these those there his her its their")


def set_aside(text: Text, m: Mention, asked: Set[str]) -> bool:
    """Whether a mention is ruled out by a verb, stands on the wrong side of a deal or in a supposition. `asked`: the question's words and their stems; what it says itself rules nothing out."""
    before = _words_before(text, m.first)
    pair = tuple(before[-2:])
    if pair == ("according", "to") and asked.isdisjoint(SPEECH | _CLAIMS):
        return True  # the source of what follows
    if before[-1:] == ["as"] and _compared([t.norm for t in text.tokens[max(0, m.first - 5) : m.first]]):
        return True
    if pair == ("to", "be") and "used" in [t.norm for t in text.tokens[max(0, m.first - 4) : m.first]]:
        return asked.isdisjoint({"used", "former", "formerly", "before", "once"})
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


def put_off(text: Text, end: int, asked: Set[str]) -> bool:
    """Whether what is told up to token `end` was not done then: "due to rule on 12 March but put it off"."""
    behind: list[str] = []
    for token in text.tokens[end : end + 14]:
        if token.raw in _STOPS:
            break
        behind.append(token.norm)
    return asked.isdisjoint(_PUT_OFF) and (
        "put it off" in " ".join(behind) or not _PUT_OFF.isdisjoint(behind)
    )


def _compared(norms: list[str]) -> bool:
    """ "somebody as seasoned as X"; not "as well as X"."""
    places = [i for i, norm in enumerate(norms) if norm == "as"]
    return (
        len(places) > 1
        and places[-1] - places[-2] == 2
        and norms[places[-1] - 1] not in {"well", "soon", "long", "far"}
    )


def _turned_down(text: Text, m: Mention, asked: Set[str]) -> bool:
    """ "X was ruled out", "X had been dropped", "X is only where …"."""
    tokens = text.tokens
    auxiliary = False
    behind = [t.norm for t in tokens[m.end : m.end + 12]]
    if tuple(behind[:2]) in _SUBJECT_PAIRS and behind[0] not in asked:
        return True
    if behind[:3] == ["in", "name", "only"] or _to_no_end(behind):
        return True
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


def _to_no_end(behind: list[str]) -> bool:
    """ "X had nothing to do with it", "X was searched in vain"."""
    if "nothing" in behind and " nothing to do with " in f" {' '.join(behind)} ":
        return True
    if "vain" not in behind:
        return False
    at = behind.index("vain")
    return at > 0 and behind[at - 1] == "in" and not _CLAUSE_ENDS & set(behind[:at])


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
    would = norms[at : at + 2] in (["would", "have"], ["would", "be"])
    return norms[0] in _IFS or (would and bool({"if", "had", "unless"} & set(norms[at + 2 :])))


def _supposed(text: Text, m: Mention, asked: Set[str]) -> bool:
    if not any(word in text.key for word in _WOULD):
        return False
    first, end = _sentence(text, m.first)
    norms = [t.norm for t in text.tokens[first:end] if t.kind in "wn"]
    return asked.isdisjoint(_WOULD | {"if"}) and supposed(norms)


def _mistaken(text: Text, m: Mention) -> bool:
    """ "A spokesman calls it X, and he is wrong"."""
    if not any(word in text.key for word in _FALSE):
        return False
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
        words = said.split()
        told = (
            found["noun"] in _TELLING or found["noun"].endswith("ed") or (words[:1] and words[0] in _SUBJECTS)
        )
        if not (found["that"] and told) and (words or found["that"]):
            return True
    return False
