"""A statement in the words of a yes-no question, read as a yes or a no."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from bench.answers.meaning.stance import negated
from bench.answers.text.tokens import ARTICLES, Token, read
from bench.answers.text.wording import AUXILIARIES, FUNCTION, NEGATORS, SUBJECTS, words_of
from bench.answers.text.wrapping import akin
from bench.answers.yes_no.contrary import told

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
    r"\b(?:no (?:(?:fewer|less) than|small|mean|shortage of|lack of)|(?:nobody|no one|none) (?:disputes?|doubts?|denies|deny|questions?))\b"
)  # a negative word that denies nothing
_YET_TO: Final = re.compile(r"\b(?:yet|still) to (?:be|have)?\b|\byet to\b|\b(?:remains|still) un\w+")
_TOLD: Final = re.compile(
    r"[\w' ]{2,60}\b(?:found|finds|said|says?|concluded|concludes|stated|states|confirmed|confirms|reports?|reported) that "
)  # "Investigators found that he had not"
_REPORTED: Final = re.compile(
    r"[\w' ]{2,60}\b(?P<verb>say|said|stat|confirm|report|announc)(?:s|es|ed|e)? (?:that )?(?P<what>(?:it|he|she|they|the)\b.*)",
    re.DOTALL,
)  # "The mayor said it will reopen"
_BACK: Final = re.compile(r"\bback(?:s|ed)? (?:the|an?|this|that|his|her|its|their|any)\b")
_SCORE: Final = re.compile(r"\d{1,3}-\d{1,3}")
_SIGNS: Final = re.compile(r"[.;:!?\n—]")
_JOINTS: Final = re.compile(r"[.;:!?\n—,]|\b(?:while|whereas|although|though|but|as|and)\b")
_BRIEF: Final = 4  # words
_APART: Final = re.compile(
    r"(?P<main>[^,;.]{8,200}),? (?:though|although|even though|but|while|whereas) (?P<aside>(?:not [\w' -]{2,60}"
    r"|(?:its|his|her|their|the|some|others?|most|many) [\w' -]{2,40}\b(?:was|were|is|are|did|do|does|has|have|had)"
    r"(?: not|n't)))\W*\Z"
)  # "…, though its cargo was not"
_BEFORE_NOUNS: Final = ARTICLES | frozenset(
    {"'s", "s", "any", "no", "its", "his", "her", "their", "this", "that", "of"}
)
_OBJECTS: Final = frozenset({"it", "them", "him", "her", "this", "that"})
_DENIAL: Final = 7  # words of a denial that may leave most of the question unsaid
_CLAUSE: Final = 6  # words that mean something
_LASTING: Final = frozenset({"remains", "remain", "stays", "stay", "again"})
_MODALS: Final = frozenset({"may", "might", "could", "would", "should", "must", "if"})
_ENDINGS: Final = frozenset(
    {"e", "es", "ed", "ing", "y", "ies", "ied", "ying", "s", "n", "ned", "ning", "ped", "ping", "led", "al"}
)
_ADVERSE: Final = words_of(
    "fail refuse reject deny decline lack avoid oppose against stop prevent ban block forbid veto dispute disagree "
    "abandon cancel"
)


_OPPOSING: Final = words_of(
    "is are was were be been being vote votes voted come comes came speak speaks spoke argue argues argued campaign campaigned "
    "protest protests protested decide decided advise advised warn warned stand stands stood"
)  # "win against", "rise against" oppose nothing


def adverse(norm: str) -> str:
    """The verb of refusing or opposing that `norm` is a form of, or ""."""
    for root in _ADVERSE:
        stem = root.rstrip("ey")
        if norm == root or (norm.startswith(stem) and norm[len(stem) :] in _ENDINGS):
            return root
    return ""


def asks_adversely(question: str) -> bool:
    """Whether a question's verb is one of refusing or opposing; "the ban" is none."""
    norms = [token.norm for token in read(question).tokens]
    before = ["", *norms]
    return any(
        adverse(norm) and one not in _BEFORE_NOUNS and (norm != "against" or not _OPPOSING.isdisjoint(norms))
        for one, norm in zip(before, norms, strict=False)
    )


def restated(norms: list[str], question: str, low: str) -> bool | None:
    """The polarity of a statement in the question's words, its last contrast apart ("…, though its cargo was not")."""
    report = _TOLD.match(low)
    if (
        report is not None
        and 1 < len(inner := [t.norm for t in read(low[report.end() :]).tokens if t.kind in "wn"]) <= _BRIEF
    ):
        return _plainly(inner, question, low[report.end() :])
    main = _APART.match(low)
    if main is not None and not any(
        akin(t.norm, set(read(question).key.split())) for t in _meant(main["aside"])
    ):
        said = _plainly([t.norm for t in read(main["main"]).tokens if t.kind in "wn"], question, main["main"])
        if said is not None:
            return said
    whole = _plainly(norms, question, low)
    claim = _REPORTED.match(low) if whole is None else None
    if claim is not None and claim["verb"] not in question.lower():
        return _plainly(
            [t.norm for t in read(claim["what"]).tokens if t.kind in "wn"], question, claim["what"]
        )
    asked = {token.norm for token in read(question).tokens if token.kind in "wn"}
    mixed = whole is None and told(norms, asked)[2] and NEGATORS.isdisjoint(norms)
    joints = _JOINTS if mixed else _SIGNS  # "schools opened, but shops stayed closed"
    parts = [[t.norm for t in read(part).tokens if t.kind in "wn"] for part in joints.split(low)]
    if len(parts) < 2:
        return whole
    verdicts = [(part, _plainly(part, question, " ".join(part))) for part in parts if part]
    found = {verdict for _, verdict in verdicts if verdict is not None}
    if len(found) == 2 and mixed:
        shared = [
            (sum(akin(n, asked - FUNCTION) for n in set(part)), v) for part, v in verdicts if v is not None
        ]
        found = {verdict for count, verdict in shared if count == max(shared)[0]}
    # "No vehicles may use it; the road is closed": the clause that repeats the question decides.
    return found.pop() if len(found) == 1 else whole


def repeats(norms: list[str], question: str) -> bool:
    """Whether a statement has a word of the question, or one for the same event."""
    asked = set(read(question).key.split())
    return bool(told(norms, asked)[0]) or any(akin(norm, asked - FUNCTION) for norm in set(norms) - FUNCTION)


def _meant(text: str) -> list[Token]:
    return [t for t in read(text).tokens if t.kind in "wn" and t.norm not in FUNCTION]


def _plainly(norms: list[str], question: str, low: str) -> bool | None:
    """A statement in the question's words: "It did.", "It did not.", "Kyiv has not confirmed it"."""
    if not norms:
        return None
    words_asked = {token.norm for token in read(question).tokens if token.kind in "wn"}
    if _BACK.search(question):
        words_asked.add("support")  # "back" means many things
    asked = words_asked - FUNCTION
    if asks_adversely(question) and any(adverse(norm) for norm in norms):
        return _same_refusal(norms, words_asked)
    same, other, mixed = told(norms, words_asked)
    if mixed and NEGATORS.isdisjoint(norms):
        return None  # "profits fell, but sales rose"
    turned = {norm for norm in norms if norm in other or _opposite(norm, asked)}
    negatives = (
        len(turned - NEGATIVE)
        + sum(norm in NEGATIVE for norm in norms)
        - len(ASSURED.findall(low))
        - len(_NO_DENIAL.findall(low))
    )
    negatives += len(_YET_TO.findall(low))
    elliptic = len(norms) <= 4 and (
        norms[-1] in AUXILIARIES or norms[-1] in NEGATORS or norms[-1].endswith("n't")
    )
    repeated = sum(akin(norm, asked) or norm in same for norm in set(norms) - FUNCTION - turned)
    repeated += sum(_opposite(norm, asked) for norm in turned)
    shared = repeated + sum(not _opposite(norm, asked) for norm in turned)
    certain = norms[0] in SUBJECTS and not set(norms) & _MODALS
    brief = certain and len(norms) <= 5
    meant = {norm for norm in norms if norm in turned or norm not in FUNCTION | _LASTING}
    meant -= {norm for norm in meant if _SCORE.fullmatch(norm)}  # "They lost 2-1"
    brief = brief and 0 < shared == len(meant)
    brief = brief or _of_it(norms, same, meant)
    if not (elliptic or brief):
        denial = negatives and (len(norms) <= _DENIAL or norms[0] == "there")
        little = 3 * shared < len(asked) and not denial  # two words of a long question say little
        if not repeated or (shared < 2 and not negatives) or little:
            return None  # nor does a verb of the opposite alone, which may be about anything
    if elliptic and len(norms) < 2:
        return None
    if negated(question) and not elliptic:
        return None
    return negatives % 2 == 0


def _of_it(norms: list[str], same: set[str], meant: set[str]) -> bool:
    """ "The council approved it": the question's own verb, done to what a pronoun stands for."""
    behind = [two for one, two in pairwise(norms) if one in same]
    return any(norm in _OBJECTS for norm in behind) and not set(norms) & _MODALS and len(meant) <= _CLAUSE


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
