"""Yes or no, also where it stands inside a sentence."""

from __future__ import annotations

import re
from typing import Final

from bench.answers.meaning.opposed import same_event
from bench.answers.meaning.stance import statements
from bench.answers.output.abstention import is_fragment
from bench.answers.text.tokens import Text, Token, read
from bench.answers.text.wording import AUXILIARIES, FUNCTION, NEGATORS
from bench.answers.text.wrapping import akin
from bench.answers.yes_no.comparison import agrees
from bench.answers.yes_no.contrary import same_time, without_times
from bench.answers.yes_no.phrasings import (
    ANY,
    ANYONE,
    AT_THE_END,
    BELIED,
    CONCLUDING,
    DESPITE,
    GRANTED,
    HALF,
    IN_THE_END,
    LEAVE,
    NO,
    NO_DOUBT,
    NO_ONE,
    NOBODY,
    NONE_THERE,
    NOT_EVEN,
    NOT_KNOWN,
    OPENER,
    SHORT,
    SHORT_REPLY,
    SOFT_NO,
    SOFT_YES,
    SOME,
    SOME_AFTER_ALL,
    SUCH,
    UNTRUE,
    VERDICT,
    VOTED,
    WRONG_THAT,
    YES,
)
from bench.answers.yes_no.restated import ASSURED, NEGATIVE, adverse, asks_adversely, repeats, restated
from bench.answers.yes_no.standing import standing
from bench.answers.yes_no.thresholds import beyond_the_mark

_SAYING: Final = frozenset(
    {"know", "knew", "known", "say", "said", "tell", "told", "speak", "spoke", "object", "objected"}
)


def polarity(answer: str, question: str = "") -> bool | None:
    """True for yes, False for no, None where the answer is neither or both.

    A leading yes or no decides; then a verdict inside the sentence ("the answer is no"), an elliptic
    auxiliary ("It did not."), and last a statement that repeats the question's own words, with or without a
    negation the question does not have.
    """
    text = read(statements(answer))
    if not text.cut and (kept := standing(text.clean, question)) != text.clean:
        text = read(kept)
    words = [token for token in text.tokens if token.kind in "wn"]
    if not words or text.cut:
        return None
    low = text.clean.lower()
    if (opener := OPENER.match(low)) is not None:
        return polarity(text.clean[opener.end() :], question)
    if (belied := BELIED.match(low)) is not None:
        inner = polarity(belied["claim"], question)
        return None if inner is None else not inner
    if (denied := WRONG_THAT.match(low)) is not None:
        inner = polarity(denied["claim"], question)
        return polarity(low[denied.end() :], question) if inner is None else not inner
    if HALF.search(low) and not (words[0].norm in YES | NO and "depends" not in low and " and no" not in low):
        return None
    if NOT_KNOWN.match(low) is not None and _SAYING.isdisjoint(read(question).key.split()):
        return None
    lead = _leading(text, words)
    if (end := IN_THE_END.search(low)) is not None and (lead is None or lead == (end[1] == "yes")):
        return end[1] == "yes"
    if lead is None and (ended := _ending(low, question)) is not None:
        return ended
    if lead is False and _some_after_all(low, question):
        return None
    if lead is not None:
        return None if _contradicted(text, words, lead=lead) else lead
    compared = agrees(question, answer)
    return _inside(low, text, question) if compared is None else compared


def _ending(low: str, question: str) -> bool | None:
    """The yes or no that a text comes to: "…, so no: it will not", "According to the ministry, yes"."""
    if (last := CONCLUDING.search(low)) is not None:
        remark = last[0].lstrip()[:1] not in ",;:—"  # of its own, behind what may be a statement
        if not remark or polarity(low[: last.start() + 1], question) is None:
            return last[1] == "yes"
    last = AT_THE_END.search(low)
    return None if last is None else last[1] == "yes"


def _some_after_all(low: str, question: str) -> bool:
    """ "No, several people were hurt", where it is asked whether anyone was."""
    some = SOME_AFTER_ALL.match(low) if ANYONE.search(question.lower()) else None
    asked = frozenset(read(question).key.split())
    return some is not None and (akin(some["done"], asked) or same_event(some["done"], asked))


def _leading(text: Text, words: list[Token]) -> bool | None:
    """The polarity of the opening word, where it is an answer and not a determiner ("No drones …")."""
    first = words[0]
    at = text.tokens.index(first)
    follow = text.tokens[at + 1] if at + 1 < len(text.tokens) else None
    if ASSURED.match(text.clean.lower().lstrip(" \"'*")) or NO_DOUBT.match(text.clean.lower()):
        return True
    if first.norm in YES:
        return not (follow is not None and follow.norm in {"not"})
    if first.norm in NO:
        if first.norm == "no" and follow is not None and follow.kind == "w" and follow.norm not in FUNCTION:
            return None
        if first.norm == "no" and follow is not None and follow.norm in {"one", "more", "less", "longer"}:
            return None
        return False
    return None


def _contradicted(text: Text, words: list[Token], *, lead: bool) -> bool:
    """ "Yes. No.", "Yes, it did not", "No, it did": the rest says the opposite outright."""
    rest = words[1:]
    norms = [token.norm for token in rest]
    if not norms:
        return False
    if lead and "no" in norms:
        spot = text.tokens.index(rest[norms.index("no")])
        alone = spot + 1 == len(text.tokens) or text.tokens[spot + 1].kind == "p"
        if alone:
            return True
    if not lead and _stands_alone(text, rest, "yes"):
        return True
    if len(norms) > 4 or norms[0] in {"that", "this", "only", "just", "but", "except"}:
        return False
    elliptic = len(norms) >= 2 and (norms[-1] in AUXILIARIES or norms[-1] in NEGATORS)
    if not elliptic:
        return False
    denies = any(norm in NEGATIVE for norm in norms)
    return denies == lead


def _stands_alone(text: Text, rest: list[Token], norm: str) -> bool:
    """Whether a later yes or no is an answer of its own, not a word of a clause ("although he said yes")."""
    for token in rest:
        if token.norm == norm:
            at = text.tokens.index(token)
            after = text.tokens[at + 1] if at + 1 < len(text.tokens) else None
            before = text.tokens[at - 1]
            opens = before.kind == "p" or before.norm in {"but", "or", "and"}
            if opens and (after is None or after.kind == "p"):
                return True
    return False


def _inside(low: str, text: Text, question: str) -> bool | None:
    head = DESPITE.sub("", low)
    if len(head.split()) > 1:
        low = head  # "…, despite reports that say yes"
    if SOFT_NO.search(low):
        return False
    if (opening := SHORT_REPLY.match(low)) is not None:
        return opening[1] is None
    verdicts = {word in YES for word in VERDICT.findall(low)}
    norms = [token.norm for token in text.tokens if token.kind in "wn"]
    if NOBODY.fullmatch(low.strip(" .!\"'")):
        return False
    if (untrue := UNTRUE.search(low)) is not None:
        inner = restated(
            [t.norm for t in read(low[untrue.end() :]).tokens if t.kind in "wn"],
            question,
            low[untrue.end() :],
        )
        if inner is not None:
            return not inner  # "it is not true that they did not": two denials
    if NONE_THERE.match(low.strip()) and len(norms) <= 7 and ANY.search(question.lower()):
        return False
    if NO_ONE.match(low) and len(norms) <= SHORT and ANYONE.search(question.lower()):
        return False
    if len(verdicts) == 1:
        said = verdicts.pop()
        turned = bool(
            re.search(
                r"\b(?:not|n't|never) (?:be )?(?:a )?(?:true|correct|right|false|incorrect|wrong)\b", low
            )
        )
        return said != turned
    if re.search(r"\b(?:not|isn't|wasn't|never) (?:true|correct|right|accurate)\b", low):
        return False
    if SOFT_YES.search(low) or _idiom(low, norms, question):
        return True
    if len(verdicts) > 1:
        return None
    if SUCH.search(low) and len(norms) <= 8 and not any(map(adverse, read(question).key.split())):
        return False
    return _stated(low, text, question)


def _stated(low: str, text: Text, question: str) -> bool | None:
    """The polarity of a statement without a yes or a no, by the question's words and what stands for them."""
    if (voted := VOTED.search(low)) is not None:
        return (voted[1] == "yes") != asks_adversely(question)
    norms = [token.norm for token in text.tokens if token.kind in "wn"]
    told = repeats(norms, question) or norms[-1] in AUXILIARIES
    if told and (beyond := beyond_the_mark(read(question), text)) is not None:
        return beyond
    said = restated(norms, question, low)
    if said is None and (undated := without_times(text)) is not None:
        said = restated(undated.key.split(), question, undated.clean.lower())
    if said is False or not NEGATORS.isdisjoint(norms):
        return said
    if said or is_fragment(low) or repeats(norms, question):
        agrees_on_time = same_time(text, read(question))
        if not agrees_on_time:
            return agrees_on_time
    some = said is None and len(norms) <= SHORT and SOME.match(low) and ANYONE.search(question.lower())
    return True if some and repeats(norms, question) and NEGATIVE.isdisjoint(norms) else said


def _idiom(low: str, norms: list[str], question: str) -> bool:
    """ "Not even rain could keep it from opening"; "the council gave it the green light" where leave is asked about."""
    if NOT_EVEN.search(low):
        return True
    granted = GRANTED.search(low) is not None and NEGATORS.isdisjoint(norms)
    return granted and LEAVE.search(question.lower()) is not None
