"""Yes or no, also where it stands inside a sentence."""

from __future__ import annotations

import re
from typing import Final

from bench.answers.meaning.stance import statements
from bench.answers.output.abstention import is_fragment
from bench.answers.text.tokens import Text, Token, read
from bench.answers.text.wording import AUXILIARIES, FUNCTION, NEGATORS
from bench.answers.yes_no.comparison import agrees
from bench.answers.yes_no.contrary import same_time, without_times
from bench.answers.yes_no.restated import ASSURED, NEGATIVE, adverse, asks_adversely, repeats, restated
from bench.answers.yes_no.standing import standing
from bench.answers.yes_no.thresholds import beyond_the_mark

_YES: Final = frozenset({"yes", "yeah", "yep", "yup", "true", "correct", "right", "affirmative", "indeed", "certainly",
                         "definitely", "absolutely", "aye", "y"})  # fmt: skip
_NO: Final = frozenset(
    {"no", "nope", "nah", "false", "incorrect", "wrong", "negative", "untrue", "n", "never", "nay"}
)
_HALF: Final = re.compile(
    r"\b(?:yes and no(?! (?:one|\w+s)\b)|yes or no|yes/no|no and yes|both yes and no|partly|partially|it depends|maybe|either|"
    r"yes, (?:but|and) no(?! \w)|yes but no|somewhat|to some extent)\b"
)
_SOFT_NO: Final = re.compile(
    r"\b(?:(?:probably|likely|presumably|apparently|clearly|obviously|almost certainly) (?:no|not)(?=[.,;!]|\Z)|not really|not exactly|not quite|not yet|not entirely|not at all|i do not think so|i don't think so|"
    r"i do not believe so|i don't believe so|probably not|apparently not|definitely not|certainly not|absolutely not|"
    r"of course not|no way(?=[.,;!]|\Z)|not so|far from it|quite the (?:opposite|contrary)|on the contrary|by no means|hardly|not the case)\b"
)
_SOFT_YES: Final = re.compile(
    r"\b(?:i think so|i believe so|of course|that is (?:right|correct|true)|that's (?:right|correct|true)|"
    r"(?:probably|likely|presumably|apparently|clearly|obviously|almost certainly) (?:yes|so)|"
    r"it is true|this is (?:true|correct)|the case)\b"
)
_VERDICT: Final = re.compile(
    r"\b(?:answer|verdict|statement|claim|that|this|it|say|is|be|:|would be|response)\W{1,4}(?:a )?(?:clear |definite |likely |"
    r"probably )?(?:\"|')?(yes|no|true|false|correct|incorrect|untrue|right|wrong)\b(?! (?:\w+ )?(?:to|of|one|longer|more|"
    r"agreement|ceasefire|deal))"
)


_NOBODY: Final = re.compile(r"(?:nobody|no[ -]?one|none|nothing|there (?:was|were|is|are) (?:none|nobody|no one|nothing))"
                            r"(?: (?:was|were|is|are|did|has|had|have|at all))?")  # fmt: skip
_NOT_KNOWN: Final = re.compile(
    r"\W*(?:nobody|no[ -]?one) (?:knows?|knew|said|says|can (?:say|tell)|could (?:say|tell)|is (?:sure|certain))\b[^.,;]{0,20}\W*\Z"
)
_SOME_AFTER_ALL: Final = re.compile(
    r"\W*no\W+(?:but |in fact |actually )?(?:(?:at least|about|some|as many as|more than|nearly) )?"
    r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|several|many|some|dozens|hundreds|a few|a number of)(?: of)?"
    r"(?: (?!only\b|just\b)\w+){1,2} (?:was|were|are|is|had been|have been|has been|died)\b(?! (?:not|un\w+)\b)"
)  # "No, several people were hurt"
_NONE_THERE: Final = re.compile(r"there (?:was|were|is|are|have been|has been) no\b")
_NO_ONE: Final = re.compile(
    r"\W*(?:nobody|no[ -]?one|none|not one|not a single \w+) (?!but|except|other|else)"
)
_ANYONE: Final = re.compile(r"\b(?:anyone|anybody|someone|somebody|any)\b")
_SOME: Final = re.compile(
    r"\W*(?:(?:at least|about|around|more than|only) )?(?:[1-9][\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|several|some|many"
    r"|a few|dozens|hundreds|thousands|both)\b(?! of (?:them )?not)"
)
_SHORT: Final = 10  # words
_ANY: Final = re.compile(r"\b(?:any\w*|there|some\w*)\b")
_UNTRUE: Final = re.compile(
    r"\b(?:(?:not|n't|never) (?:be )?(?:true|correct|right|the case|accurate)|untrue|false|incorrect|wrong) that\b"
)
_IN_THE_END: Final = re.compile(
    r"[,;.:] (?:so|hence|therefore|thus),? (?:(?:the|my) answer is )?(yes|no)\W*\Z"
)
_CONCLUDING: Final = re.compile(
    r"(?:[.!?\n][\s\"'(]*|[,;:—] (?:so|hence|therefore|thus),? )(yes|no)\s*[,;:!—.](?! (?:he|she|they) (?:said|says))[^.!?\n]*[.!?]?\W*\Z"
)  # "960 is well above that, so no: a recount would have to be requested."
_AT_THE_END: Final = re.compile(r"(?:[,:!—]|\s-)\s*[\"'(]?(yes|no)\W*\Z")  # "According to the ministry, yes"
_SHORT_REPLY: Final = re.compile(
    r"\W*(?:he|she|it|they|we|this|that)(?: sure| certainly| definitely| indeed)? (?:did|does|do|was|were|is|are|has|have|had|will|would)( not|n't)?(?: (?:indeed|so|too|in fact|just that))?"
    r"\s*(?:[;.:—]|, (?:but|and|with|though|although|on|in|at|as|after|by|for|to|from|when|because|since|despite|no)\b)"
)  # "It did, with conditions"
_SUCH: Final = re.compile(
    r"\A[^,;.]*\b(?<!not )(?:denied|denies) (?:any such|such an?|this|that|it)\b[^,;]*\Z"
)


_BELIED: Final = re.compile(
    r"\W*(?:(?:the )?(?:idea|claim|notion|suggestion|report|assertion|impression|belief|view) that (?P<claim>[^.;:]+?) (?:is|was) "
    r"(?:mistaken|wrong|false|untrue|incorrect|not true)\W*\Z)"
)
_NOT_EVEN: Final = re.compile(r"\bnot even\b[^.;]*\b(?:stop|prevent|keep|deter|halt)\w*\b[^.;]*\bfrom\b")
_WRONG_THAT: Final = re.compile(
    r"\W*(?:it is|it's|it would be) (?:wrong|false|incorrect|untrue|not true|not right) to (?:say|claim|think|suggest|assume) that (?P<claim>[^.;:]+)",
    re.IGNORECASE,
)
_GRANTED: Final = re.compile(
    r"\b(?:green light|go-ahead|gave (?:its|his|her|their) (?:permission|consent|approval|blessing))\b"
)
_LEAVE: Final = re.compile(r"\b(?:allow|permit|approv|authori[sz]|permission|go ahead)")
_DESPITE: Final = re.compile(
    r",? \b(?:despite|in spite of|contrary to|regardless of|whatever)\b.*", re.DOTALL
)
_OPENER: Final = re.compile(
    r"\W*(?:i(?: would|'d)? (?:think|believe|guess|suppose|say|assume)|hmm+|it seems|(?:the|this) (?:article|text|passage|report|story) (?:says|states|suggests|indicates))\W{1,4}(?=(?:yes|no)\s*(?:\Z|[.,;:!—]))"
)  # "I think yes", "Hmm. No."; not "I think no plan …"
_VOTED: Final = re.compile(
    r"\b(?:said|says|voted|votes|replied|answered)(?: a (?:clear|firm|resounding))? \W?(yes|no)\b"
    r"(?=\W*(?:\Z|[.,;]|(?:on|in|to|at|by|after|when|last)\b))"
)
_NO_DOUBT: Final = re.compile(
    r"\W*there(?: is|'s| was| can be) no doubt(?: about (?:it|that|this)| whatsoever| at all)?\s*[,.;:!—]"
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
    if (opener := _OPENER.match(low)) is not None:
        return polarity(text.clean[opener.end() :], question)
    if (belied := _BELIED.match(low)) is not None:
        inner = polarity(belied["claim"], question)
        return None if inner is None else not inner
    if (denied := _WRONG_THAT.match(low)) is not None:
        inner = polarity(denied["claim"], question)
        return polarity(low[denied.end() :], question) if inner is None else not inner
    if _HALF.search(low) and not (
        words[0].norm in _YES | _NO and "depends" not in low and " and no" not in low
    ):
        return None
    if _NOT_KNOWN.match(low) is not None:
        return None
    lead = _leading(text, words)
    if (end := _IN_THE_END.search(low)) is not None and (lead is None or lead == (end[1] == "yes")):
        return end[1] == "yes"
    if lead is None and (last := _CONCLUDING.search(low) or _AT_THE_END.search(low)) is not None:
        return last[1] == "yes"
    if lead is False and _SOME_AFTER_ALL.match(low) and _ANYONE.search(question.lower()):
        return None
    if lead is not None:
        return None if _contradicted(text, words, lead=lead) else lead
    compared = agrees(question, answer)
    return _inside(low, text, question) if compared is None else compared


def _leading(text: Text, words: list[Token]) -> bool | None:
    """The polarity of the opening word, where it is an answer and not a determiner ("No drones …")."""
    first = words[0]
    at = text.tokens.index(first)
    follow = text.tokens[at + 1] if at + 1 < len(text.tokens) else None
    if ASSURED.match(text.clean.lower().lstrip(" \"'*")) or _NO_DOUBT.match(text.clean.lower()):
        return True
    if first.norm in _YES:
        return not (follow is not None and follow.norm in {"not"})
    if first.norm in _NO:
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
    head = _DESPITE.sub("", low)
    if len(head.split()) > 1:
        low = head  # "…, despite reports that say yes"
    if _SOFT_NO.search(low):
        return False
    if (opening := _SHORT_REPLY.match(low)) is not None:
        return opening[1] is None
    verdicts = {word in _YES for word in _VERDICT.findall(low)}
    norms = [token.norm for token in text.tokens if token.kind in "wn"]
    if _NOBODY.fullmatch(low.strip(" .!\"'")):
        return False
    if (untrue := _UNTRUE.search(low)) is not None:
        inner = restated(
            [t.norm for t in read(low[untrue.end() :]).tokens if t.kind in "wn"],
            question,
            low[untrue.end() :],
        )
        if inner is not None:
            return not inner  # "it is not true that they did not": two denials
    if _NONE_THERE.match(low.strip()) and len(norms) <= 7 and _ANY.search(question.lower()):
        return False
    if _NO_ONE.match(low) and len(norms) <= _SHORT and _ANYONE.search(question.lower()):
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
    if _SOFT_YES.search(low) or _idiom(low, norms, question):
        return True
    if len(verdicts) > 1:
        return None
    if _SUCH.search(low) and len(norms) <= 8 and not any(map(adverse, read(question).key.split())):
        return False
    return _stated(low, text, question)


def _stated(low: str, text: Text, question: str) -> bool | None:
    """The polarity of a statement without a yes or a no, by the question's words and what stands for them."""
    if (voted := _VOTED.search(low)) is not None:
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
    some = said is None and len(norms) <= _SHORT and _SOME.match(low) and _ANYONE.search(question.lower())
    return True if some and repeats(norms, question) and NEGATIVE.isdisjoint(norms) else said


def _idiom(low: str, norms: list[str], question: str) -> bool:
    """ "Not even rain could keep it from opening"; "the council gave it the green light" where leave is asked about."""
    if _NOT_EVEN.search(low):
        return True
    granted = _GRANTED.search(low) is not None and NEGATORS.isdisjoint(norms)
    return granted and _LEAVE.search(question.lower()) is not None
