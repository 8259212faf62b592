"""Declared abstentions and refusals, and what is left to judge when an answer follows an abstention.

An abstention says that the article does not tell. A bare refusal to help is none. "It does not say, but
162" is an answer; "It does not say; the 162 are Ukrainian drones" is an abstention with its reason.
"""

from __future__ import annotations

import re

from bench.answers.output.retraction import RETRACTION
from bench.answers.output.silence import BARE, STRONG, TEXT, WEAK, WITHHELD
from bench.answers.text.characters import clean

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
_TOPIC = re.compile(
    r"\b(?:can't|cannot|can not|won't|will not|unable to|not able to) (?:answer|discuss|respond to) (?:any |such |these |those |your )?"
    r"(?:questions?|quer(?:y|ies)|topics?|matters?)\b"
)
_SORRY = re.compile(r"\b(?:sorry|apologi[sz]e|apologies|as an ai|language model|my guidelines)\b")
GUESS = re.compile(
    r"\b(?:(?:best|educated|rough|my|a) guess|i(?:'d| would| might)? (?:guess|say|estimate|assume|think|believe|suspect"
    r"|bet|go with)|probably|presumably|maybe|perhaps|most likely|(?:is|was|be) likely|likely|my estimate|"
    r"(?:the|final|an?|possible|likely) answer(?: is| would be| might be|:)|if i had to|i'll say|"
    r"(?:it|that|this|they|he|she) (?:could|might|may|must|would|should) (?:be|have been)|"
    r"(?:from|based on|going by|using|drawing on) (?:my |own |general |background |prior |outside |common |world ){1,3}knowledge|"
    r"as far as i (?:know|recall|remember)|i (?:do )?(?:recall|remember)|"
    r"(?:so|therefore|hence|thus),? (?:it|the (?:number|total|answer)) (?:is|was))\b"
)
_CUSTOM = re.compile(
    r"\b(?:typical(?:ly)?|usual(?:ly)?|generally|normally|on average|based on|going by|judging by)\b[^.;\n]*\d"
)
_STATES = re.compile(
    r"(?:there (?:is|are|was|were|had been|have been) (?!no\b|not\b|only\b|nothing\b|just\b)|it (?:carried|had|took|held) "
    r"|(?:it|they|he|she|this|these) (?:was|were|is|are|has been|have been|had been) \w+(?:ed|en|t|ilt|eld|ade|one) by )"
)
_BUT = re.compile(r"[\s,;:.—-]*(?:but|however|though|although|yet|still|nevertheless|anyway|so)\b[\s,:—-]*")
_AIM = re.compile(r"\b(?:how|who|whom|whose|what|when|where|why|which|whether|the (?:number|name|date|exact|total|"
                  r"identity|figure|cost|reason|place|time)|that|any|if)\b")  # fmt: skip
_IS = re.compile(r"(?:it|that|this|they|he|she|the answer|the (?:number|name|date|total|figure))(?: is|'s| was| are| were|"
                 r" would be| must be| should be) (?!not\b|only\b|clear\b|unclear\b|unknown\b|about\b|silent\b|said\b)")  # fmt: skip
_CONCERNS = re.compile(
    r"\b(?:refers?|relates?|applies|belongs?) to\b|\b(?:concerns|is (?:only )?(?:for|about|that of))\b"
)
_REASON = re.compile(
    r"\b(?:only|merely|just|says?|said|mentions?|gives?|states?|stated|reports?|reported|notes?|refers?|describes?|does|do|"
    r"article|text|passage|report|story|implies|suggests|tells|names|lists|these|this|there)\b"
)
_TURN = re.compile(r"[.;!?\n—]|\b(?:but|however|although|though)\b|(?<=, )yet\b|(?<=\s)-(?=\s)")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+|\s—\s|\s-\s")
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|does|do|did|says?|said|mentions?|mentioned|states?|stated|gives?|"
    r"gave|reports?|reported|notes?|noted|refers?|only|describes?|told|tells|shot|downed|covers?|names|named|"
    r"lists?|that|which|not|no|n't|isn't|doesn't|didn't|wasn't|concerns?|belongs?|appl(?:y|ies)|relates?|means?|"
    r"article|text|passage|report|information|context|question|answer|provided|given|sent|led|leads|heads|met|"
    r"brought|launched|killed|took|sorry|unfortunately|hello|thanks?|please|based|according|well|hmm|just|mere(?:ly)?)\b"
)
_FILLER = re.compile(
    rf"\A\W*(?:(?:the|this|that) {TEXT}|(?:i'?m|i am) (?:sorry|afraid)|sorry|unfortunately|apologies|well|hmm+|based on|according to|in|from|"
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
    found = WEAK.search(low) or WITHHELD.search(low)
    return (
        found is not None
        and len(low) == len(plain)
        and not _follows(plain, low, found.start(), found.end(), bare=True)
    )


def withholds(text: str) -> bool:
    """Whether `text` says that somebody would not tell, or has not decided yet: whatever was asked."""
    return len(text) <= 400 and WITHHELD.search(clean(text).lower()) is not None


def refuses(text: str) -> bool:
    """Whether `text` is a bare refusal to help: no reason found in the article, no answer."""
    if not text or len(text) > 2000:
        return False
    low = clean(text).lower()
    found = _REFUSAL.search(low)
    if _TOPIC.search(low) and re.search(rf"\b{TEXT}\b", low) is None:
        return True
    if found is None or len(_words(low[: found.start()])) > 12:
        return False
    stated = STRONG.search(low)
    about_text = re.search(rf"\b{TEXT}\b", low) is not None
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
    found = None if _BECAUSE.match(low) else BARE.match(low) or STRONG.search(low)
    if found is None:
        return (True, "") if not any(c.isalnum() for c in low) else (False, text)
    if _leads(low[: found.start()], low[found.end() :]) or _partly(low, found.start()):
        return False, text
    if (back := RETRACTION.search(low, found.end())) is not None and back["admitted"]:
        return False, plain[back.end("head") :].strip(
            " ,:;."
        )  # "… does not mention one. Correction, it does: …"
    rest = _follows(plain, low, found.start(), found.end(), bare=found.re is BARE)
    return (False, rest) if rest else (True, "")


_BECAUSE = re.compile(
    rf"\W*(?:because|due to|owing to)\b(?![^.;]*\b{TEXT}\b)"
)  # "because no successor was named" answers why
_BRACKET = re.compile(r"\s*\(\s*(?:the |this )?\Z")
_FURTHER = re.compile(
    r"[^.;!?\n()]{0,60}\b(?:(?:further|more|additional|other|much|many|great) (?:specific |detailed |background )?"
    r"(?:details?|information|info|context|specifics|explanation|elaboration)|further|elaborate)\b"
    r"(?: (?:is|are|was|were) (?:given|provided|stated|mentioned|offered|available|included|supplied))?"
    r"(?: (?:in|by) (?:the|this) \w+)?(?=[\s\"'*_]*(?:[.,;!?\n)]|\Z))"
)
_ASSERTED = re.compile(
    r"\b(?:it|that|this|he|she|the answer) (?:is|was) (?!(?:said|stated|reported|known|noted|mentioned|told|claimed|not|only|also)\b)\w"
)
_NAME = re.compile(r"(?<=[\w,] )[A-Z][\w'-]+")
_STATEMENT = re.compile(
    r"\W*(?:[A-Z][\w'-]+ ){1,4}\W?[a-z]+(?:s|ed) (?:the|an?|his|her|its|their|in|at|on|of|for|to|from)\b"
)  # "Ekuwa Bansiade commands the ground crews"
_TURNED = re.compile(
    r",? but (?:it |the \w+ )?(?:says|states|gives|names|mentions)(?: it (?:is|was))? (?P<value>.+)",
    re.DOTALL,
)


def _partly(low: str, start: int) -> bool:
    """Whether a text gives a value and misses no more than further detail: "it was Orr, although no further detail is given".

    Further details *of* something ("no further details about the cause") may be what was asked for, and so may be
    those that a text misses after it told what is known: "she resigned, but no further details are given".
    """
    found = _FURTHER.match(low, start)
    if found is None:
        return False
    turned = _TURNED.match(low, found.end())
    return _ASSERTED.search(low, 0, start) is not None or (
        turned is not None and is_fragment(turned["value"].rstrip(" .!"))
    )


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:[.,'’-][^\W_]+)*", text)


def _leads(head: str, tail: str) -> bool:
    """Whether an answer stands before the abstention: "162, but the article does not say"."""
    head = _BRACKET.sub(",", head)  # "Erdogan (not stated in the article)"
    parts = re.split(r"[.;!?\n,—:]|\s-\s|\b(?:but|although|though|however|yet)\b", head)
    lead = parts[0].strip()
    words = _words(lead)
    if not words or len(parts) < 2:
        return False
    if words[0] in {"yes", "no"} or ((found := _IS.match(lead)) and is_fragment(lead[found.end() :])):
        return True
    if (
        re.match(r"(?:it|they|there|he|she)\b", lead)
        and re.search(r"\d", lead)
        and not _REASON.search(lead.partition(" ")[2])
    ):
        return True  # a figure in a statement of its own: the question tells whether it answers
    if _FILLER.match(lead):
        return False
    if len(words) <= 5 and not _VERB.search(lead):
        return True
    if _CONCERNS.search(head):
        return False  # "The 70 km/h refers to the train. For the lorry, no speed is given."
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
        if comma and is_fragment(low[end + comma.end() : turn.start() if turn else None]):
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
        again = BARE.match(said) or STRONG.search(said)
        if (not again and (is_fragment(said) or _IS.match(said))) or not (
            again or specific or _REASON.search(said) or not said
        ):
            named = len(_words(aim)) > 1 and not (is_fragment(said) or _IS.match(said))  # the question tells
            return plain if named else plain[turn.start() + but.end() :]
        name = _NAME.search(plain, turn.start() + but.end())
        if not again and (name or (not _REASON.search(said) and any(map(str.isdigit, said)))):
            return plain  # a figure or a name of what is missing, or of something else
    for part in _SENTENCE.split(plain[turn.start() :].lstrip(" .;!?\n—-")):
        if is_fragment(part.lower().rstrip(" .!?")):
            return plain if _STATEMENT.match(part) else part
        if _STATES.match(part.lower()):
            return plain  # on the same matter or on another one: only the question can tell
    return ""


def is_fragment(text: str) -> bool:
    """A bare candidate: one to six words without a verb, in no brackets."""
    words = _words(text)
    return (
        0 < len(words) <= 6
        and not text.lstrip().startswith("(")
        and not _VERB.search(text)
        and not (BARE.match(text) or STRONG.search(text))
    )
