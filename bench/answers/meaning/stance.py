"""How a text means what it mentions: asserted, denied, taken back, or offered beside a rival."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bench.answers.text.phrases import Mention
from bench.answers.text.tokens import ARTICLES, Text, read
from bench.answers.text.wording import AUXILIARIES, EXCEPTED, NEGATED_QUESTION, NEGATORS, TITLES

_BOUNDS: Final = frozenset(".;:!?\n()—,[]")
_TURNS: Final = frozenset(
    {"but", "however", "although", "though", "while", "whereas", "because", "instead", "rather"}
)
_CLEAR: Final = (
    ARTICLES
    | frozenset({"in", "on", "at", "by", "to", "from", "of", "with", "for", "as", "actually", "really", "necessarily",
                 "even", "about", "around", "exactly", "simply", "either", "any", "be", "been", "$", "€", "£"})
    | TITLES
)  # fmt: skip
_SET_ASIDE: Final = frozenset({"discounted", "dismissed", "feared", "suspected", "expected", "tipped", "rumored",
                               "considered", "rejected", "blamed"})  # fmt: skip
_DIRECT: Final = NEGATORS | frozenset({"no", "without", "unlike", "except", "excluding", "non", "nor"})
_PAIRS: Final = frozenset({("rather", "than"), ("instead", "of"), ("opposed", "to"), ("other", "than"),
                           ("different", "from"), ("contrary", "to"), ("distinct", "from"), ("no", "longer")})  # fmt: skip
_MORE: Final = frozenset({"only", "just", "merely", "simply", "solely"})
_WRONG: Final = frozenset({"wrong", "incorrect", "false", "untrue", "mistaken", "inaccurate", "excluded"})
_DENY: Final = frozenset({"deny", "denies", "denied", "denying"})
_WRONGLY: Final = frozenset({"wrongly", "mistakenly", "erroneously", "incorrectly", "falsely"})
_PUT: Final = frozenset(
    {"said", "gave", "stated", "reported", "put", "read", "had", "wrote", "named", "says", "gives"}
)
_OLDER: Final = frozenset({"previous", "earlier"})
_OPEN_END: Final = frozenset(
    {"so", "more", "less", "fewer", "over", "thereabouts", "higher", "above", "greater", "lower"}
)


def statements(text: str) -> str:
    """`text` without its questions, unless it is nothing but questions: they assert nothing."""
    if "?" not in text:
        return text
    parts: list[str] = []
    begin = 0
    for i, letter in enumerate(text):
        if letter in ".!?\n;" and (i + 1 == len(text) or text[i + 1] in " \n\"')"):
            parts.append(text[begin : i + 1])
            begin = i + 1
    parts.append(text[begin:])
    kept = [part for part in parts if not part.rstrip(" \"')").endswith("?")]
    return "".join(kept) if any(any(map(str.isalnum, part)) for part in kept) else text


_ASKED: Final = re.compile(
    r"\W*(?:so |well,? )?(?:the|this|your) question (?:here )?(?:is|was|asks|asked|concerns|wants to know)(?: about)?\W+"
    r"(?:who|whom|whose|what|which|when|where|why|how|whether|if|did|does|do|is|was|are|were|has|have|will)\b"
    r"(?:(?!answer|, (?:and|which|but)\b)[^.:!?\n;—])*[.?!]?\W*",
    re.IGNORECASE,
)


def only_asks(text: str) -> bool:
    """Whether `text` does no more than tell the question again: "The question is how many …"."""
    return len(text) <= 400 and _ASKED.fullmatch(text) is not None


def negated(question: str) -> bool:
    """Whether a question holds a negation of its own, so that answers repeat it."""
    seen = read(question)
    return any(token.norm in NEGATED_QUESTION for token in seen.tokens)


def denied(text: Text, first: int, end: int, *, lenient: bool, lure: bool = False) -> bool:
    """Whether the words first…end−1 are denied: "not X", "rather than X", "it was never X", "X is wrong".

    `lenient`: the question is negated itself, so that only a direct contrast denies. `lure`: a comparison
    ("more than X") denies as well.
    """
    if (
        _denied_directly(text, first, lure=lure)
        or _misreported(text, first)
        or (lure and _apposed_denial(text, first))
    ):
        return True
    return not lenient and (_denied_before(text, first) or _denied_after(text, end, lure=lure))


def _denied_directly(text: Text, first: int, *, lure: bool) -> bool:
    tokens = text.tokens
    at = first - 1
    for _ in range(6):
        if at < 0:
            return False
        norm = tokens[at].norm
        before = tokens[at - 1].norm if at else ""
        if (before, norm) in _PAIRS:
            return not (norm == "than" and at > 1 and tokens[at - 2].norm in {"no", "none"})
        if norm == "but" and before in EXCEPTED:
            return True
        if norm == "not" and [t.norm for t in tokens[at + 1 : at + 3]] == ["to", "mention"]:
            return False
        if norm in _DIRECT:
            if norm == "no" and tokens[at + 1].kind == "p":
                return False  # "No - X": an answer to what was asked before
            return tokens[at + 1].norm not in _MORE
        if norm == "than":
            return lure
        if norm not in _CLEAR and norm not in {'"', "'", "-", "*", "_"}:
            return False
        at -= 1
    return False


def _misreported(text: Text, first: int) -> bool:
    """ "a previous version wrongly said X", "an earlier version gave X"."""
    norms = [t.norm for t in text.tokens[max(0, first - 6) : first]]
    for at in range(len(norms) - 1):
        if norms[at] in _WRONGLY and norms[at + 1] in _PUT:
            return not set(norms[at + 1 :]) & (_BOUNDS | _TURNS | NEGATORS)
        if norms[at] in _OLDER and norms[at + 1] == "version":
            return not set(norms[at + 2 :]) & (_BOUNDS | _TURNS | NEGATORS)
    return False


def _apposed_denial(text: Text, first: int) -> bool:
    """ "not its parent, X": the denial reaches over a description to the name behind the comma."""
    tokens = text.tokens
    if first < 3 or tokens[first - 1].raw != ",":
        return False
    for at in range(first - 2, max(-1, first - 7), -1):
        if tokens[at].norm in _DIRECT:
            return at < first - 2
        if tokens[at].kind != "w" or not tokens[at].raw.islower() or tokens[at].norm in AUXILIARIES:
            return False
    return False


def _denied_before(text: Text, first: int) -> bool:
    tokens = text.tokens
    for at in range(first - 1, max(-1, first - 25), -1):
        token = tokens[at]
        if token.norm in _BOUNDS or token.norm in _TURNS:
            return False
        if token.norm in NEGATORS:
            return tokens[at + 1].norm not in _MORE
        if token.norm in _WRONG and tokens[at + 1].norm in {"that", "to"}:
            return True
        if (
            token.norm in _DENY
            and tokens[at + 1].norm in {"that", "having", "being"}
            and at + 2 < len(tokens)
        ):
            return tokens[at + 2].kind == "w" and tokens[at + 2].norm not in {"and", "but"}
        if token.norm == "out" and at > first - 4 and tokens[at - 1].norm in {"ruled", "rules", "ruling"}:
            return True
    return False


def _denied_after(text: Text, end: int, *, lure: bool) -> bool:
    """ "X did not", "X was ruled out"; of a lure also "X had been feared"."""
    tokens = text.tokens
    auxiliary = False
    if lure and end < len(tokens) and tokens[end].raw == ",":  # "Transvia, although it was invited, is not …"
        beyond = range(end + 1, min(len(tokens), end + 12))
        close = next((i + 1 for i in beyond if tokens[i].raw == ","), end)
        end = close if close < len(tokens) and tokens[close].norm in AUXILIARIES else end
    for at in range(end, min(len(tokens), end + 6)):
        norm = tokens[at].norm
        if norm in _BOUNDS or norm in _TURNS or norm in {"and", "or"}:
            return False
        if norm in {"who", "whom", "which", "whose"} and not lure:
            return False  # "an official whom the paper did not name" is still that official
        if norm.endswith("n't") or norm == "cannot":
            return True
        if norm in {"not", "never"}:
            return auxiliary and not (at + 1 < len(tokens) and tokens[at + 1].norm in _MORE)
        if norm in _WRONG or (norm == "ruled" and at + 1 < len(tokens) and tokens[at + 1].norm == "out"):
            return auxiliary
        if lure and auxiliary and norm in _SET_ASIDE:
            return True
        auxiliary = norm in AUXILIARIES
    return False


def rivalled(text: Text, mention: Mention, own: Sequence[Mention]) -> bool:
    """Whether a mention is coordinated with something that is not itself: "X or Y", "X/Y", "both X and Y".

    `own`: mentions that count as the same answer. "and" rivals only before a capital or a number, or when
    the pair is all there is.
    """
    tokens = text.tokens
    starts = {other.first for other in own}
    ends = {other.end for other in own}
    after = _skip(text, mention.end, 1)
    before = _skip(text, mention.first - 1, -1)
    if after < len(tokens) and (tokens[after].norm in {"or", "and", "/"} or tokens[after].raw == "/"):
        beyond = _skip(text, after + 1, 1)
        if beyond < len(tokens) and beyond not in starts and _rival(text, after, beyond, mention.first):
            return True
    if before >= 0 and tokens[before].norm in {"or", "/", "and"}:
        beyond = _skip(text, before - 1, -1)
        joined = beyond + 1 in ends or any(beyond + 1 == end + 1 for end in ends)
        if beyond >= 0 and not joined and (tokens[before].norm != "and" or _noun_like(text, beyond)):
            return tokens[beyond].kind in "wns"
    return False


def _rival(text: Text, sign: int, beyond: int, first: int) -> bool:
    tokens = text.tokens
    token = tokens[beyond]
    norm = tokens[sign].norm
    if token.kind == "p" or token.norm in _OPEN_END or token.norm in NEGATORS:
        return False
    if norm in {"or", "/"}:
        return True
    if norm == "and" and _new_clause(text, first, beyond):
        return False
    fragment = all(tokens[i].norm not in AUXILIARIES for i in range(len(tokens))) and len(text.content) <= 8
    return _noun_like(text, beyond) or (
        fragment and text.content[:1] == (first,) and token.norm not in {"that", "it"}
    )


def _new_clause(text: Text, first: int, beyond: int) -> bool:
    """ "Anna is mayor and Jonas Keller is director", "theirs is led by Anna and Orr's by Jonas": more than another name follows."""
    if text.tokens[first - 1].norm == "by" and first:
        behind = text.tokens[beyond : beyond + 8]
        owner = next((i for i, t in enumerate(behind) if t.kind == "s"), None)
        return owner is not None and any(t.norm == "by" for t in behind[owner:])
    ahead = {t.norm for t in text.tokens[beyond : beyond + 5]}
    return bool(ahead & AUXILIARIES) and any(t.norm in AUXILIARIES for t in text.tokens[:first])


def _noun_like(text: Text, at: int) -> bool:
    token = text.tokens[at]
    return token.kind == "n" or (text.mixed and token.raw[:1].isupper() and at > 0)


def _skip(text: Text, at: int, step: int) -> int:
    tokens = text.tokens
    while 0 <= at < len(tokens) and (
        tokens[at].kind == "s"
        or tokens[at].norm in ARTICLES
        or tokens[at].raw in {'"', "'", "*", "_"}
        or tokens[at].norm
        in {"in", "on", "at", "by", "possibly", "maybe", "perhaps", "probably", "either", "even"}
    ):
        at += step
    return at
