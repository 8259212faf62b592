"""A statement in the words of a yes-no question, read as a yes or a no."""

from __future__ import annotations

import re
from typing import Final

from bench.answers.stance import negated
from bench.answers.tokens import Token, read
from bench.answers.wording import AUXILIARIES, FUNCTION, NEGATORS, words_of

NEGATIVE: Final = NEGATORS | frozenset(
    {
        "no",
        "nobody",
        "none",
        "nothing",
        "neither",
        "nowhere",
        "without",
        "unlikely",
        "false",
        "incorrect",
        "untrue",
        "fails",
        "failed",
        "refused",
        "refuses",
        "rejected",
        "denied",
        "denies",
        "unable",
        "few",
    }
)
ASSURED: Final = re.compile(
    r"\b(?:no doubt|no question|without (?:a )?doubt|undoubtedly|not only|not just|no longer than)\b"
)
_NO_DENIAL: Final = re.compile(
    r"\b(?:no (?:fewer|less) than|(?:nobody|no one|none) (?:disputes?|doubts?|denies|deny|questions?))\b"
)  # a negative word that denies nothing
_YET_TO: Final = re.compile(r"\b(?:yet|still) to (?:be|have)?\b|\byet to\b|\b(?:remains|still) un\w+")
_TOLD: Final = re.compile(
    r"[\w' ]{2,60}\b(?:found|finds|said|says?|concluded|concludes|stated|states|confirmed|confirms|reports?|reported) that "
)  # "Investigators found that he had not"
_BRIEF: Final = 4  # words
_APART: Final = re.compile(
    r"(?P<main>[^,;.]{8,200}),? (?:though|although|even though|but|while|whereas) (?P<aside>(?:not [\w' -]{2,60}"
    r"|(?:its|his|her|their|the|some|others?|most|many) [\w' -]{2,40}\b(?:was|were|is|are|did|do|does|has|have|had)"
    r"(?: not|n't)))\W*\Z"
)  # "…, though its cargo was not"
_PRONOUNS: Final = frozenset({"he", "she", "it", "they"})
_LASTING: Final = frozenset({"remains", "remain", "stays", "stay", "again"})
_MODALS: Final = frozenset({"may", "might", "could", "would", "should", "must", "if"})
_ENDINGS: Final = frozenset(
    {"e", "es", "ed", "ing", "y", "ies", "ied", "ying", "s", "n", "ned", "ning", "ped", "ping", "led", "al"}
)
_ADVERSE: Final = words_of(
    "fail refuse reject deny decline lack avoid oppose against stop prevent ban block forbid veto dispute disagree "
    "abandon cancel"
)


def adverse(norm: str) -> str:
    """The verb of refusing or opposing that `norm` is a form of, or ""."""
    for root in _ADVERSE:
        stem = root.rstrip("ey")
        if norm == root or (norm.startswith(stem) and norm[len(stem) :] in _ENDINGS):
            return root
    return ""


def restated(norms: list[str], question: str, low: str) -> bool | None:
    """The polarity of a statement in the question's words, its last contrast apart ("…, though its cargo was not")."""
    told = _TOLD.match(low)
    if (
        told is not None
        and 1 < len(inner := [t.norm for t in read(low[told.end() :]).tokens if t.kind in "wn"]) <= _BRIEF
    ):
        return _plainly(inner, question, low[told.end() :])
    main = _APART.match(low)
    if main is not None and not any(
        _shares(t.norm, set(read(question).key.split())) for t in _meant(main["aside"])
    ):
        said = _plainly([t.norm for t in read(main["main"]).tokens if t.kind in "wn"], question, main["main"])
        if said is not None:
            return said
    whole = _plainly(norms, question, low)
    parts = [[t.norm for t in read(part).tokens if t.kind in "wn"] for part in re.split(r"[.;:!?\n—]", low)]
    if len(parts) < 2:
        return whole
    found = {v for part in parts if part and (v := _plainly(part, question, " ".join(part))) is not None}
    # "No vehicles may use it; the road is closed": the clause that repeats the question decides.
    return found.pop() if len(found) == 1 else whole


def _meant(text: str) -> list[Token]:
    return [t for t in read(text).tokens if t.kind in "wn" and t.norm not in FUNCTION]


def _plainly(norms: list[str], question: str, low: str) -> bool | None:
    """A statement in the question's words: "It did.", "It did not.", "Kyiv has not confirmed it"."""
    words_asked = {token.norm for token in read(question).tokens if token.kind in "wn"}
    asked = words_asked - FUNCTION
    asked_verb = next((verb for norm in words_asked if (verb := adverse(norm))), "")
    if asked_verb and any(adverse(norm) for norm in norms):
        return _same_refusal(norms, words_asked)
    turned = sum(_opposite(norm, asked) for norm in norms)
    negatives = (
        turned
        + sum(norm in NEGATIVE for norm in norms)
        - len(ASSURED.findall(low))
        - len(_NO_DENIAL.findall(low))
    )
    negatives += len(_YET_TO.findall(low))
    elliptic = len(norms) <= 4 and (
        norms[-1] in AUXILIARIES or norms[-1] in NEGATORS or norms[-1].endswith("n't")
    )
    shared = turned + sum(_shares(norm, asked) for norm in set(norms) - FUNCTION)
    certain = norms[0] in _PRONOUNS and not set(norms) & _MODALS
    brief = certain and len(norms) <= 5
    brief = brief and shared == len({norm for norm in norms if norm not in FUNCTION | _LASTING})
    if not elliptic and (shared < 2 and not (shared and (negatives or brief))):
        return None
    if elliptic and len(norms) < 2:
        return None
    if negated(question) and not elliptic:
        return None
    return negatives % 2 == 0


def _same_refusal(norms: list[str], asked: set[str]) -> bool | None:
    """ "They refused" where the question says "refuse": yes, unless one of the two is negated besides."""
    plain = [norm for norm in norms if not adverse(norm)]
    if any(norm in NEGATORS or norm in {"no", "without"} for norm in asked):
        return None
    negatives = sum(norm in NEGATORS or norm in {"no", "nobody", "none", "nothing"} for norm in plain)
    return negatives % 2 == 0


def _opposite(norm: str, asked: set[str]) -> bool:
    """ "disagreed" where the question says "agree", "unrelated" where it says "related"."""
    for prefix in ("dis", "un", "ir", "in", "im"):
        root = norm.removeprefix(prefix)
        if root != norm and len(root) >= 4 and any(word[:5] == root[:5] for word in asked):
            return True
    return False


def _shares(norm: str, asked: set[str]) -> bool:
    return norm in asked or (len(norm) >= 5 and any(word[: max(4, len(norm) - 3)] == norm[: max(4, len(norm) - 3)]
                                                    for word in asked if len(word) >= 4))  # fmt: skip
