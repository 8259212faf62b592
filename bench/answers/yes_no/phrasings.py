"""How a yes, a no and neither are worded, as patterns over lower-case text."""

from __future__ import annotations

import re
from typing import Final

YES: Final = frozenset({"yes", "yeah", "yep", "yup", "true", "correct", "right", "affirmative", "indeed", "certainly",
                         "definitely", "absolutely", "aye", "y"})  # fmt: skip
NO: Final = frozenset(
    {"no", "nope", "nah", "false", "incorrect", "wrong", "negative", "untrue", "n", "never", "nay"}
)
HALF: Final = re.compile(
    r"\b(?:yes and no(?! (?:one|\w+s)\b)|yes or no|yes/no|no and yes|both yes and no|partly|partially|it depends|maybe|either|"
    r"yes, (?:but|and) no(?! \w)|yes but no|somewhat|to some extent)\b"
)
SOFT_NO: Final = re.compile(
    r"\b(?:(?:probably|likely|presumably|apparently|clearly|obviously|almost certainly) (?:no|not)(?=[.,;!]|\Z)|not really|not exactly|not quite|not yet|not entirely|not at all|i do not think so|i don't think so|"
    r"i do not believe so|i don't believe so|probably not|apparently not|definitely not|certainly not|absolutely not|"
    r"of course not|no way(?=[.,;!]|\Z)|not so|far from it|quite the (?:opposite|contrary)|on the contrary|by no means|hardly|not the case)\b"
)
SOFT_YES: Final = re.compile(
    r"\b(?:i think so|i believe so|of course|that is (?:right|correct|true)|that's (?:right|correct|true)|"
    r"(?:probably|likely|presumably|apparently|clearly|obviously|almost certainly) (?:yes|so)|"
    r"it is true|this is (?:true|correct)|the case)\b"
)
VERDICT: Final = re.compile(
    r"\b(?:answer|verdict|statement|claim|that|this|it|say|is|be|:|would be|response)\W{1,4}(?:a )?(?:clear |definite |likely |"
    r"probably )?(?:\"|')?(yes|no|true|false|correct|incorrect|untrue|right|wrong)\b(?! (?:\w+ )?(?:to|of|one|longer|more|"
    r"agreement|ceasefire|deal))"
)
NOBODY: Final = re.compile(r"(?:nobody|no[ -]?one|none|nothing|there (?:was|were|is|are) (?:none|nobody|no one|nothing))"
                            r"(?: (?:was|were|is|are|did|has|had|have|at all))?")  # fmt: skip
NOT_KNOWN: Final = re.compile(
    r"\W*(?:nobody|no[ -]?one) (?:knows?|knew|said|says|can (?:say|tell)|could (?:say|tell)|is (?:sure|certain))\W*\Z"
)
SOME_AFTER_ALL: Final = re.compile(
    r"\W*no[,;:—!]?\s+(?:but |in fact |actually )?(?:(?:at least|about|some|as many as|more than|nearly) )?"
    r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|several|many|some|dozens|hundreds|a few|a number of)(?: of)?"
    r"(?: (?!only\b|just\b)\w+){1,2} (?:was|were|are|is|had been|have been|has been)? ?(?!not\b)(?P<done>\w+)"
)  # "No, several people were hurt"
NONE_THERE: Final = re.compile(r"there (?:was|were|is|are|have been|has been) no\b")
NO_ONE: Final = re.compile(
    r"\W*(?:nobody|no[ -]?one|none|not one|not a single \w+) (?!but|except|other|else)"
)
ANYONE: Final = re.compile(r"\b(?:anyone|anybody|someone|somebody|any)\b")
SOME: Final = re.compile(
    r"\W*(?:(?:at least|about|around|more than|only) )?(?:[1-9][\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|several|some|many"
    r"|a few|dozens|hundreds|thousands|both)\b(?! of (?:them )?not)"
)
SHORT: Final = 10  # words
ANY: Final = re.compile(r"\b(?:any\w*|there|some\w*)\b")
UNTRUE: Final = re.compile(
    r"\b(?:(?:not|n't|never) (?:be )?(?:true|correct|right|the case|accurate)|untrue|false|incorrect|wrong) that\b"
)
IN_THE_END: Final = re.compile(
    r"[,;.:] (?:so|hence|therefore|thus),? (?:(?:the|my) answer is )?(yes|no)\W*\Z"
)
CONCLUDING: Final = re.compile(
    r"(?:[.!?\n][\s\"'(]*|[,;:—] (?:so|hence|therefore|thus),? )(yes|no)\s*[,;:!—.](?!\s*\d)(?! (?:he|she|they) (?:said|says))[^.!?\n]*[.!?]?\W*\Z"
)  # "960 is well above that, so no: a recount would have to be requested."
AT_THE_END: Final = re.compile(r"(?:[,:!—]|\s-)\s*[\"'(]?(yes|no)\W*\Z")  # "According to the ministry, yes"
SHORT_REPLY: Final = re.compile(
    r"\W*(?:he|she|it|they|we|this|that)(?: sure| certainly| definitely| indeed)? (?:did|does|do|was|were|is|are|has|have|had|will|would)( not|n't)?(?: (?:indeed|so|too|in fact|just that))?"
    r"\s*(?:[;.:—]|, (?:but|and|with|though|although|on|in|at|as|after|by|for|to|from|when|because|since|despite|no)\b)"
)  # "It did, with conditions"
SUCH: Final = re.compile(
    r"\A[^,;.]*\b(?<!not )(?:denied|denies) (?:any such|such an?|this|that|it)\b[^,;]*\Z"
)
BELIED: Final = re.compile(
    r"\W*(?:(?:the )?(?:idea|claim|notion|suggestion|report|assertion|impression|belief|view) that (?P<claim>[^.;:]+?) (?:is|was) "
    r"(?:mistaken|wrong|false|untrue|incorrect|not true)\W*\Z)"
)
NOT_EVEN: Final = re.compile(r"\bnot even\b[^.;]*\b(?:stop|prevent|keep|deter|halt)\w*\b[^.;]*\bfrom\b")
WRONG_THAT: Final = re.compile(
    r"\W*(?:it is|it's|it would be) (?:wrong|false|incorrect|untrue|not true|not right) to (?:say|claim|think|suggest|assume) that (?P<claim>[^.;:]+)",
    re.IGNORECASE,
)
GRANTED: Final = re.compile(
    r"\b(?:green light|go-ahead|gave (?:its|his|her|their) (?:permission|consent|approval|blessing))\b"
)
LEAVE: Final = re.compile(r"\b(?:allow|permit|approv|authori[sz]|permission|go ahead)")
DESPITE: Final = re.compile(r",? \b(?:despite|in spite of|contrary to|regardless of|whatever)\b.*", re.DOTALL)
OPENER: Final = re.compile(
    r"\W*(?:i(?: would|'d)? (?:think|believe|guess|suppose|say|assume)|hmm+|it seems|(?:the|this) (?:article|text|passage|report|story) (?:says|states|suggests|indicates))\W{1,4}(?=(?:yes|no)\s*(?:\Z|[.,;:!—]))"
)  # "I think yes", "Hmm. No."; not "I think no plan …"
VOTED: Final = re.compile(
    r"\b(?:said|says|voted|votes|replied|answered)(?: a (?:clear|firm|resounding))? \W?(yes|no)\b"
    r"(?=\W*(?:\Z|[.,;]|(?:on|in|to|at|by|after|when|last)\b))"
)
NO_DOUBT: Final = re.compile(
    r"\W*there(?: is|'s| was| can be) no doubt(?: about (?:it|that|this)| whatsoever| at all)?\s*[,.;:!—]"
)
