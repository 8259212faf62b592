"""Declared abstentions and refusals, and what is left to judge when an answer follows an abstention.

An abstention says that the article does not tell. A bare refusal to help is none. "It does not say, but
162" is an answer; "It does not say; the 162 are Ukrainian drones" is an abstention with its reason.
"""

from __future__ import annotations

import re

from bench.answers.characters import clean

_TEXT = (
    r"(?:article|text|passage|report|story|context|document|excerpt|information|paragraph|snippet|piece|body)"
)
_ADVERB = r"(?:(?:explicitly|specifically|directly|clearly|actually|really|otherwise|ever|even|fully|yet) )?"
_TELL = (
    r"(?:say|state|mention|specify|provide|give|tell|contain|include|indicate|disclose|reveal|identify|name|"
    r"report|address|answer|clarify|explain|discuss|make (?:it |that |this )?clear|have|offer|describe|list|"
    r"cover|supply|detail|note|refer)\b"
)
_NOT = r"(?:does not|doesn't|do not|don't|did not|didn't|never|fails to|failed to|is silent)"
_TOLD = (
    r"(?:stated|mentioned|specified|given|provided|disclosed|reported|indicated|known|clear|available|revealed|"
    r"addressed|answerable|determinable|clarified)"
)
_SHOWN = r"(?:included|found|described|discussed|explained|present|listed|covered|established|recorded|detailed|contained)"
_STOP = (
    r"(?=$|[\s\"')\]*]*(?:$|[.,;:!?\n()—]|- )|\s+(?:in|by|from|within|anywhere|here|at all|explicitly|based|"
    r"given|and|or|but|because|since|so|though|although|how|who|what|when|where|why|which|whether)\b)"
)
_FIND = (
    r"(?:determined?|answer(?:ed)?|say|said|tell|told|know[n]?|infer(?:red)?|establish(?:ed)?|find|found|"
    r"ascertain(?:ed)?|conclude[d]?|identif(?:y|ied)|deduce[d]?|derive[d]?|calculated?|specif(?:y|ied)|"
    r"provide (?:an|a definite|the) answer|give (?:an|a definite|the) answer|respond)"
)
_STRONG = re.compile(
    rf"\b{_TEXT}(?: (?:itself|provided|given|above|here|you provided|excerpt))*,? {_ADVERB}{_NOT} {_ADVERB}{_TELL}"
    rf"|\b{_TEXT} (?:is|remains|was) silent\b"
    rf"|\b(?:it|this|they|that) {_ADVERB}(?:does not|doesn't|do not|don't|never) {_ADVERB}"
    r"(?:say|state|mention|specify|tell|indicate|disclose|reveal)\b"
    rf"|\b(?:but|and|yet|though|although) (?:it )?{_ADVERB}(?:does not|doesn't|never) {_ADVERB}"
    r"(?:say|state|mention|specify|tell|indicate|disclose|reveal|give|provide)\b"
    rf"|\b(?:not|isn't|aren't|wasn't|weren't|never|nowhere) (?:been )?{_ADVERB}{_TOLD}{_STOP}"
    rf"|\b(?:not|isn't|aren't|nowhere) (?:been )?{_ADVERB}{_SHOWN} (?:anywhere )?(?:in|by) (?:the|this) {_TEXT}\b"
    rf"|\bno(?:t enough| (?:such |specific |explicit |clear |direct |further |relevant |sufficient |definite )*)"
    r"(?: )?(?:information|mention|indication|details?|data|answer|reference|info|context)\b"
    r"(?! (?:was|were|had) (?:leaked|stolen|shared|exchanged))"
    r"|\bno (?:[\w'-]+ ){1,4}?(?:(?:is|was|are|were|has been|have been) )?(?:explicitly |ever )?(?:given|stated|mentioned|"
    r"specified|provided|disclosed|indicated|named|supplied|listed)\b"
    r"|\b(?:insufficient|inadequate) (?:information|data|context|details?|evidence)\b"
    rf"|\b(?:cannot|can't|can not|could not|couldn't|unable to|impossible to|not possible to|not able to|"
    rf"no way to|no way of) (?:be )?(?:\w+ly )?{_FIND}\b(?! (?:help|assist))"
    r"|\bi (?:really |honestly |just )?(?:do not|don't) know\b|\bidk\b"
    r"|\bwe (?:are|were)(?: not|n't) told\b"
    r"|\b(?:is|are|was|were|remains?|left) (?:currently |still |left )?"
    rf"(?:unknown|unclear|unspecified|unstated|unanswerable|undisclosed|undetermined|unmentioned){_STOP}"
    rf"|\bunanswerable\b|\bnot (?:be )?answerable\b|\bnot in the {_TEXT}\b|\bnot from the {_TEXT}\b"
    rf"|\bno (?:[\w'-]+ ){{1,4}}?(?:is|was|are|were) (?:reported|recorded|described) (?:in|by) (?:the|this) {_TEXT}\b"
    rf"|\b{_TEXT} (?:only )?(?:mentions|names|gives|lists)\b[^.;\n]{{0,80}}\bbut no\b"
    rf"|\bno (?:such )?(?:[\w'-]+ ){{1,4}}?(?:appears?|occurs?|can be found|exists?) in (?:the |this )?{_TEXT}\b"
    rf"|\b(?:does not|doesn't|do not|don't) appear (?:anywhere )?in (?:the |this )?{_TEXT}\b"
    rf"|\bnothing in the {_TEXT}\b|\b(?:the )?{_TEXT} (?:has|gives|contains|offers|says|provides|makes) "
    r"(?:nothing|no (?:answer|information|mention|figure|number|name|date|detail|indication|reason|reference))"
    rf"|\b{_TEXT} (?:mentions|names|identifies|lists|specifies) (?:no|nobody|nothing)\b",
)
_BARE = re.compile(
    r"[\s\"'*(\[<_`.-]*(?:(?:it(?: is|'s)|the answer is|this is|that is|that's) )?(?:"
    r"i don't know|i do not know|unknown|unanswerable|n/a|n\.a\.|not applicable|no[ _-]?answer|null|undetermined|indeterminate|unclear|"
    r"not clear|not sure|i'm not sure|i am not sure|unsure|unspecified|unstated|undisclosed|unmentioned|"
    r"don't know|do not know|dunno|no idea|i have no idea|can't tell|cannot tell|can't say|cannot say|"
    r"cannot answer|can't answer|impossible to (?:say|tell)|hard to (?:say|tell)|cannot be (?:determined|answered)|"
    r"does(?: not|n't) say|doesn't state|does not state|doesn't mention|does not mention|"
    rf"not {_ADVERB}(?:{_TOLD}|{_SHOWN})|not (?:found )?in (?:the |this )?{_TEXT}|no information|no mention|no data|no info|insufficient information|abstain|"
    r"no comment in the article|none (?:is |was )?(?:given|stated|mentioned|specified|provided)|unable to answer"
    r")(?=$|[\s\"')\]*>_`]*(?:$|[.,;:!?\n()—]|- )|\s+(?:in|by|from|within|based|given|and|but|because|as|since|"
    r"so|though|although|how|who|what|when|where|why|which|whether|anywhere|here|at all|if|about|yet|with|"
    r"probably|maybe|perhaps|possibly)\b)"
)
_WEAK = re.compile(
    r"\b(?:unnamed|unidentified|anonymous)\b"
    r"|\b(?:not|never|isn't|aren't|wasn't|weren't|hasn't|haven't) (?:yet )?(?:been )?(?:yet )?(?:named|identified|confirmed|"
    r"reported|recorded|given a name|set|fixed|scheduled|announced|decided|chosen|determined|agreed|released|published)\b"
    r"|\b(?:has|have|had|did|does)(?: not|n't) (?:yet )?(?:set|fix(?:ed)?|scheduled?|announced?|decided?|agreed?|chosen|"
    r"choose|given|released?|published?|named|disclosed|revealed)\b"
    r"|\b(?:no|yet to) [\w' -]{0,40}\b(?:been|was|is|were|be) (?:yet )?(?:set|fixed|scheduled|announced|named|chosen|"
    r"decided|determined|agreed|released|published|identified)\b"
    r"|\b(?:would not|wouldn't|did not|didn't|declined to|refused to|will not|won't|yet to|not wish to|want to) "
    r"(?:name|identify|say|disclose|reveal|specify|give|comment|announce)\b"
    r"|\b(?:gives?|gave|with|but|has|offers?|there (?:is|was)|contains?|mentions?|\A\W*) ?no (?:[\w-]+ ){0,3}"
    r"(?:tolls?|figures?|names?|numbers?|dates?|reasons?|details?|totals?|amounts?|prices?|sums?|times?|places?)\b"
    rf"|\b(?:{_TEXT}|it) (?:only )?(?:names|mentions|gives|identifies|lists|says)\b[^.;\n]{{1,80}}\bnot (?:the|a|an|any|who|how|its|his|her)\b"
)
_REFUSAL = re.compile(
    r"\b(?:can't|cannot|can not|won't|will not|unable to|not able to|not allowed to|not permitted to|must decline|"
    r"decline to|refuse to|not going to|not comfortable|don't feel comfortable) ?(?:to |with )?(?:really )?"
    r"(?:help|assist|comply|engage|discuss(?:ing)?|fulfil+|do that|do this|share|participate|continue|support|"
    r"generate|process|provide (?:that|this|assistance|help|information|an? answer|you)|respond|answer|talk|comment"
    r"|answering|complete|accommodate)\b"
    r"|\bas an ai\b|\bas a (?:large )?language model\b|\bi(?:'d| would) rather not\b|\bi prefer not to\b"
    r"|\bi must decline\b|\b(?:against|violates?) (?:my|our|the) (?:guidelines|polic(?:y|ies)|programming|rules)\b"
    r"|\A\W*(?:no comment|i refuse|i decline|request denied)\b"
)
_SORRY = re.compile(r"\b(?:sorry|apologi[sz]e|apologies|as an ai|language model|my guidelines)\b")
GUESS = re.compile(
    r"\b(?:(?:best|educated|rough|my|a) guess|i(?:'d| would| might)? (?:guess|say|estimate|assume|think|believe|suspect"
    r"|bet|go with)|probably|presumably|maybe|perhaps|most likely|(?:is|was|be) likely|likely|my estimate|"
    r"(?:the|final|an?|possible|likely) answer(?: is| would be| might be|:)|if i had to|i'll say|"
    r"(?:it|that|this|they|he|she) (?:could|might|may|must|would|should) (?:be|have been)|"
    r"(?:so|therefore|hence|thus),? (?:it|the (?:number|total|answer)) (?:is|was))\b"
)
_CUSTOM = re.compile(r"\b(?:typical(?:ly)?|usual(?:ly)?|generally|normally|on average|based on|going by|judging by)\b[^.;\n]*\d")
_STATES = re.compile(
    r"(?:there (?:is|are|was|were|had been|have been) (?!no\b|not\b|only\b|nothing\b|just\b)|it (?:carried|had|took|held) )"
)
_BUT = re.compile(r"[\s,;:.—-]*(?:but|however|though|although|yet|still|nevertheless|anyway|so)\b[\s,:—-]*")
_AIM = re.compile(r"\b(?:how|who|whom|whose|what|when|where|why|which|whether|the (?:number|name|date|exact|total|"
                  r"identity|figure|cost|reason|place|time)|that|any|if)\b")  # fmt: skip
_IS = re.compile(r"(?:it|that|this|they|he|she|the answer|the (?:number|name|date|total|figure))(?: is|'s| was| are| were|"
                 r" would be| must be| should be) (?!not\b|only\b|clear\b|unclear\b|unknown\b|about\b|silent\b|said\b)")  # fmt: skip
_REASON = re.compile(
    r"\b(?:only|merely|just|says?|said|mentions?|gives?|states?|stated|reports?|reported|notes?|refers?|describes?|does|do|"
    r"article|text|passage|report|story|implies|suggests|tells|names|lists|these|this|there)\b"
)
_TURN = re.compile(r"[.;!?\n—]|\b(?:but|however|although|though|yet)\b|(?<=\s)-(?=\s)")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+|\s—\s|\s-\s")
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|does|do|did|says?|said|mentions?|mentioned|states?|stated|gives?|"
    r"gave|reports?|reported|notes?|noted|refers?|only|describes?|told|tells|shot|downed|covers?|names|named|"
    r"lists?|that|which|not|no|n't|isn't|doesn't|didn't|wasn't|concerns?|belongs?|appl(?:y|ies)|relates?|means?|"
    r"article|text|passage|report|information|context|question|answer|provided|given|sent|led|leads|heads|met|"
    r"brought|launched|killed|took|sorry|unfortunately|hello|thanks?|please|based|according|well|hmm|just|mere(?:ly)?)\b"
)
_FILLER = re.compile(
    rf"\A\W*(?:(?:the|this|that) {_TEXT}|(?:i'?m|i am) (?:sorry|afraid)|sorry|unfortunately|apologies|well|hmm+|based on|according to|in|from|"
    r"the (?:answer|question|information)|as|i|while|although|though|given|this|that|there|it|since|because|"
    r"to answer|answer|sure|okay|ok|note)\b"
)


def abstains(text: str) -> bool:
    """Whether `text` as a whole declares that the article does not tell."""
    return judge(text)[0]


def weakly_abstains(text: str) -> bool:
    """Whether `text` says that somebody or something is not named or reported.

    That answers some questions ("Is the source named?") and declines others ("Who is the source?"), so it
    counts as an abstention only where the item has no answer.
    """
    if len(text) > 400:
        return False
    plain = clean(text)
    low = plain.lower()
    found = _WEAK.search(low)
    return (
        found is not None
        and len(low) == len(plain)
        and not _follows(plain, low, found.start(), found.end(), bare=True)
    )


def refuses(text: str) -> bool:
    """Whether `text` is a bare refusal to help: no reason found in the article, no answer."""
    if not text or len(text) > 2000:
        return False
    low = clean(text).lower()
    found = _REFUSAL.search(low)
    if found is None or len(_words(low[: found.start()])) > 12:
        return False
    stated = _STRONG.search(low)
    about_text = re.search(rf"\b{_TEXT}\b", low) is not None
    if "answer" in found[0] or "respond" in found[0]:
        return _SORRY.search(low) is not None and not about_text
    return stated is None or not about_text


def judge(text: str) -> tuple[bool, str]:
    """(abstained, what is left to judge).

    The second part is `text` itself unless an abstention precedes an answer; then it is that answer.
    """
    if not text.strip():
        return True, ""
    if len(text) > 3000:
        return False, text
    plain = clean(text).strip()
    low = plain.lower()
    if len(low) != len(plain):  # lower-casing a few letters changes lengths; offsets must agree
        plain = low
    found = _BARE.match(low) or _STRONG.search(low)
    if found is None:
        return (True, "") if not any(c.isalnum() for c in low) else (False, text)
    if _leads(low[: found.start()], low[found.end() :]):
        return False, text
    rest = _follows(plain, low, found.start(), found.end(), bare=found.re is _BARE)
    return (False, rest) if rest else (True, "")


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:[.,'’-][^\W_]+)*", text)


def _leads(head: str, tail: str) -> bool:
    """Whether an answer stands before the abstention: "162, but the article does not say"."""
    if head.rstrip().endswith("("):
        head = head.rstrip()[:-1].rstrip() + ","  # "Erdogan (not stated in the article)"
    parts = re.split(r"[.;!?\n,—:]|\s-\s|\b(?:but|although|though|however|yet)\b", head)
    lead = parts[0].strip()
    words = _words(lead)
    if not words or len(parts) < 2:
        return False
    if words[0] in {"yes", "no"} or ((found := _IS.match(lead)) and _fragment(lead[found.end() :])):
        return True
    if _FILLER.match(lead):
        return False
    if len(words) <= 5 and not _VERB.search(lead):
        return True
    contrast = re.search(r"\b(?:but|however|yet|although|though|while|whereas)\b", head)
    only_how = re.match(r"\s*(?:so|this|that|it)?\s*(?:explicitly|directly|outright|in so many words)", tail)
    return only_how is not None or (contrast is None and re.search(r"[.;!?\n]", head) is not None)


def _follows(plain: str, low: str, start: int, end: int, *, bare: bool) -> str:
    """The answer given after an abstention at start…end, or "" when only reasons follow."""
    turn = _TURN.search(low, end)
    guess = GUESS.search(low, end) or _CUSTOM.search(low, end)
    if guess:
        begin = guess.start() if turn is None or guess.start() < turn.start() else turn.start()
        return _BUT.sub("", plain[begin:], count=1).strip(" .;!?\n—-") or plain[guess.start() :]
    if bare and (turn is None or low[end : turn.start()].strip(" ,")):
        comma = re.match(r"[\s\"')\]*]*[,:]\s*", low[end:])
        if comma and _fragment(low[end + comma.end() : turn.start() if turn else None]):
            return plain[end + comma.end() :]
    if turn is None:
        return ""
    tail = low[turn.start() :]
    but = _BUT.match(tail)
    if but:
        said = tail[but.end() :].rstrip(" .!?")
        aim = low[end : turn.start()] if not bare else ""
        if _STATES.match(said) and aim.strip():
            return plain
        specific = _AIM.search(aim) is not None or len(_words(re.split(r"[.;!?\n]", low[:start])[-1])) > 3
        again = _BARE.match(said) or _STRONG.search(said)
        if (not again and (_fragment(said) or _IS.match(said))) or not (
            again or specific or _REASON.search(said) or not said
        ):
            return plain[turn.start() + but.end() :]
    for part in _SENTENCE.split(plain[turn.start() :].lstrip(" .;!?\n—-")):
        if _fragment(part.lower().rstrip(" .!?")):
            return part
        if not bare and _STATES.match(part.lower()):
            return plain  # on the same matter or on another one: only the question can tell
    return ""


def _fragment(text: str) -> bool:
    """A bare candidate: one to six words without a verb, in no brackets."""
    words = _words(text)
    return (
        0 < len(words) <= 6
        and not text.lstrip().startswith("(")
        and not _VERB.search(text)
        and not (_BARE.match(text) or _STRONG.search(text))
    )
