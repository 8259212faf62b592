"""Names that a text mentions and does not give as the answer, though no "not" stands by: "the board dropped Quillan".

Rules about words can be wrong about a sentence. Those about verbs of turning down are not asked where the question itself is
about leaving, losing or turning down; and no rule sets a gold aside that has its words from the article (`bench.answers.text.quoted`).
"""

from __future__ import annotations

import re
from collections.abc import Set
from typing import Final

from bench.answers.text.phrases import Mention
from bench.answers.text.tokens import ARTICLES, Text
from bench.answers.text.wording import AUXILIARIES, SPEECH, words_of

_PAIRS: Final = frozenset(
    {("decided", "against"), ("ruled", "out"), ("turned", "down"), ("passed", "over"), ("voted", "against"), ("called", "off"),
     ("opted", "against"), ("ruling", "out"), ("twinned", "with"), ("from", "being")}
)  # fmt: skip
_VERBS: Final = words_of(
    "cleared exonerated acquitted dropped ditched scrapped abandoned eliminated discarded discounted"
)
_PARTICIPLES: Final = _VERBS | words_of("rejected excluded overlooked")
_AGAINST: Final = words_of(
    "cancel cancels cancelled canceled withdraw withdrew withdrawn drop dropped reject rejected defeat defeated scrap scrapped "
    "clear cleared acquit acquitted spare spared avoid avoided decline declined refuse refused leave left exclude excluded omit "
    "omitted guilty lose lost fail failed abandon abandoned give gave up out off against not innocent stop stopped end ended "
    "without except oppose opposed overlook deny denied halt halted turn turned"
)  # questions about such things are answered by such verbs
_DEALS: Final = (
    (words_of("buy buys bought buyer acquire acquires acquired purchase purchased"), "from"),
    (
        words_of("sell sells sold seller supply supplies supplied lend lent donate donated export exported"),
        "to",
    ),
)
_BOUND: Final = frozenset(
    {("bound", "for"), ("route", "to"), ("headed", "for"), ("heading", "for"), ("destined", "for")}
)
_GOING: Final = words_of(
    "go going goes destination travel travelling traveling sail sailing head heading headed fly flying bound"
)
_STOPS: Final = frozenset(".!?\n;")
_WOULD: Final = frozenset({"would", "could", "might"})
_CLAIMS: Final = words_of(
    "claim claims claimed claiming accuse accuses accused deny denies denied allege alleges alleged estimate estimates estimated "
    "describe describes view source find finds found predict predicts predicted blame blames blamed warn warns warned call calls "
    "called expect expects expected suggest suggests show shows study survey conclude concluded"
)
_FALSE: Final = ("wrong", "mistaken", "false", "untrue", "incorrect", "not true")
_MISTAKEN: Final = re.compile(
    r"(?:,|\band) (?:he|she|they|which) (?:is|was|are|were) (?:wrong|mistaken|false|untrue|incorrect|not true)\b"
)
_PUT_OFF: Final = frozenset({"postponed", "cancelled", "canceled", "scrapped", "shelved"})
_CLAUSE: Final = re.compile(
    r"\b(?:the|an?|some|another|any|his|her|its|their) (?:[\w'-]+ ){0,3}(?P<noun>[\w'-]+) (?:(?P<that>that)|which|who|whose|whom) "
    r"(?P<said>[^.;:!?\n,—()]+)"
)  # up to the name
_IS: Final = re.compile(r"\b(?:is|are|was|were|be|been|being|call\w*|name\w*|known|goes|styles?)\b|'s\b")
_TELLING: Final = words_of(
    "said says say stated states reported reports confirmed confirms announced announces claimed claims believes believe "
    "shows showed indicates concluded found revealed notes noted adds added explained told means suggests suggested insisted "
    "argued warned agreed decided held ruled wrote thinks thought alleges promises promised predicts admits denies fact idea "
    "claim statement report news view hope sign evidence so such is was are were be"
)
_SUBJECTS: Final = ARTICLES | words_of("he she they it we i you this these those there his her its their")


def set_aside(text: Text, m: Mention, asked: Set[str]) -> bool:
    """Whether a mention is ruled out by a verb, stands on the wrong side of a deal or in a supposition.

    `asked`: the question's words and their stems.
    """
    before = _words_before(text, m.first)
    pair = tuple(before[-2:])
    if asked.isdisjoint(_AGAINST):
        if pair in _PAIRS or (before and before[-1] in _VERBS) or _turned_down(text, m):
            return True
        if pair in _BOUND and asked.isdisjoint(_GOING):
            return True
    if not asked.isdisjoint(_WINNING) and asked.isdisjoint(_BEATING | _BEATEN) and _loses(text, m, pair):
        return True
    if (
        pair == ("according", "to")
        and asked.isdisjoint(SPEECH | _CLAIMS)
        and len(text.tokens) - m.end > _REST
    ):
        return True  # the source of what follows
    if before and _other_end(text, m, before[-1], asked):
        return True
    if before[-1:] == ["as"] and _compared([t.norm for t in text.tokens[max(0, m.first - 5) : m.first]]):
        return True
    if before and asked.isdisjoint(_PLACES) and _other_side(before[-1], asked):
        return True
    return _supposed(text, m, asked) or _mistaken(text, m)


def _loses(text: Text, m: Mention, pair: tuple[str, ...]) -> bool:
    """ "…, who beat X", "a win over X", "X was beaten by …", "X lost to …"."""
    if pair[-1:] and (pair[-1] in _BEATING or pair in _AHEAD):
        return True
    whole = [t.norm for t in text.tokens[m.end : m.end + 4]]
    behind = [norm for norm in whole if norm not in AUXILIARIES]
    passive = not _BEING.isdisjoint(whole) or "by" in behind[:2]
    return behind[:2] == ["lost", "to"] or (bool(behind) and behind[0] in _BEATEN and passive)


_BEING: Final = words_of("is are was were be been being")
_WINNING: Final = words_of("win wins won winner champion title victory")
_BEATING: Final = words_of(
    "beat beats beating defeat defeats defeated defeating edged overcame overcoming outplayed"
)
_BEATEN: Final = words_of("beaten defeated outplayed")
_AHEAD: Final = frozenset(
    {("ahead", "of"), ("win", "over"), ("victory", "over"), ("win", "against"), ("victory", "against")}
)
_REST: Final = 4  # tokens of an answer behind its source
_PLACES: Final = frozenset({"where", "whom", "from", "to"})


def _other_side(word: str, asked: Set[str]) -> bool:
    """ "bought from X" for who bought."""
    return any(word == side and not asked.isdisjoint(deal) for deal, side in _DEALS)


def _other_end(text: Text, m: Mention, word: str, asked: Set[str]) -> bool:
    """ "from Halvik to Brom" of Brom, where it is asked from where."""
    for one, other in (("from", "to"), ("to", "from")):
        if one in asked and other not in asked and word == other:
            first, end = _sentence(text, m.first)
            return any(t.norm == one for t in text.tokens[first:end])
    return False


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


def put_off(text: Text, end: int, asked: Set[str]) -> str:
    """The verb by which what is told up to token `end` was not done then ("due on 12 March but postponed"), or ""."""
    if not asked.isdisjoint(
        _AGAINST | _PUT_OFF | {"postpone", "original", "originally", "due", "schedule", "scheduled", "plan"}
    ):
        return ""
    behind: list[str] = []
    for token in text.tokens[end : end + 14]:
        if token.raw in _STOPS:
            break
        behind.append(token.norm)
    if "but" not in behind:
        return ""
    rest = behind[behind.index("but") + 1 :]
    return next((norm for norm in rest if norm in _PUT_OFF), "off" if "put it off" in " ".join(rest) else "")


def _compared(norms: list[str]) -> bool:
    """ "somebody as seasoned as X"; not "as well as X"."""
    places = [i for i, norm in enumerate(norms) if norm == "as"]
    apart = len(places) > 1 and places[-1] - places[-2] == 2
    return apart and norms[places[-1] - 1] not in {"well", "soon", "long", "far"}


def _turned_down(text: Text, m: Mention) -> bool:
    """ "X was ruled out", "X had been dropped", "X had nothing to do with it", "X is only where …"."""
    tokens = text.tokens
    behind = [t.norm for t in tokens[m.end : m.end + 12]]
    if behind[:2] in (["missed", "out"], ["lost", "out"]) or behind[:3] == ["in", "name", "only"]:
        return True
    if "nothing" in behind and " nothing to do with " in f" {' '.join(behind)} ":
        return True
    at = next((i for i, norm in enumerate(behind[:4]) if norm not in AUXILIARIES), None)
    if at is None or at == 0:
        return False
    return (
        behind[at] in _PARTICIPLES
        or tuple(behind[at : at + 2]) in _PAIRS
        or behind[at : at + 2] in (["only", "where"], ["merely", "where"])
    )


def _sentence(text: Text, at: int) -> tuple[int, int]:
    """The tokens of the sentence around a token."""
    first = next((i + 1 for i in range(at - 1, -1, -1) if text.tokens[i].raw in _STOPS), 0)
    return first, next(
        (i for i in range(at, len(text.tokens)) if text.tokens[i].raw in _STOPS), len(text.tokens)
    )


def supposed(norms: list[str]) -> int:
    """Where the supposition of a sentence begins, counted from 1: "Had she stayed, it would be yes"; 0 where there is none."""
    if "would" not in norms:
        return 0
    at = norms.index("would")
    if norms[0] in {"if", "unless"}:
        return 1
    would = norms[at : at + 2] in (["would", "have"], ["would", "be"])
    if norms[0] in {"had", "were"}:
        return int(would)
    return at if would and {"if", "had", "unless"} & set(norms[at + 2 :]) else 0


def _supposed(text: Text, m: Mention, asked: Set[str]) -> bool:
    if "would" not in text.key or not asked.isdisjoint(_WOULD | {"if"}):
        return False
    first, end = _sentence(text, m.first)
    norms = [t.norm for t in text.tokens[first:end] if t.kind in "wn"]
    begin = supposed(norms)
    return bool(begin) and sum(t.kind in "wn" for t in text.tokens[first : m.end]) >= begin


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


def described(text: Text, m: Mention, asked: Set[str]) -> bool:
    """ "The institution that sold it to the Aldine": the name stands inside a clause that describes somebody else."""
    first, _ = _sentence(text, m.first)
    head = text.clean[text.tokens[first].start : text.tokens[m.first].start].lower()
    for found in _CLAUSE.finditer(head):
        words = found["said"].split()
        if not words:  # a tab is white space and no word
            continue
        if found.end() < len(head) or _IS.search(found["said"]) is not None or not asked.isdisjoint(words):
            continue
        told = found["noun"] in _TELLING or found["noun"].endswith("ed") or words[0] in _SUBJECTS
        if not (found["that"] and told):
            return True
    return False
