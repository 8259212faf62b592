"""The declared wordings of "the article does not tell", as patterns over lower-case text.

`STRONG` says so anywhere in an answer, `BARE` as its opening words. `WEAK` and `WITHHELD` (nobody is named, no date
has been set, somebody would not say) decline some questions and answer others.
"""

from __future__ import annotations

import re

TEXT = (
    r"(?:article|text|passage|report|story|context|document|excerpt|information|paragraph|snippet|piece|body)"
)
_ADVERB = r"(?:(?:explicitly|specifically|directly|clearly|actually|really|otherwise|ever|even|fully|yet) )?"
_TELL = (
    r"(?:say|state|mention|specify|provide|give|tell|contain|include|indicate|disclose|reveal|identify|name|"
    r"report|address|answer|quote|cite|clarify|explain|discuss|make (?:it |that |this )?clear|have|offer|describe|list|"
    r"cover|supply|detail|note|refer|elaborate|go into|touch (?:on|upon)|delve|expand on|speak to|say anything|account for)\b"
)
_NOT = r"(?:does not|doesn't|do not|don't|did not|didn't|never|fails to|failed to|is silent)"
_TOLD = (
    r"(?:stated|mentioned|specified|given|provided|disclosed|reported|indicated|known|clear|available|revealed|"
    r"addressed|answerable|determinable|clarified)"
)
_SHOWN = r"(?:included|found|described|discussed|explained|present|listed|covered|established|recorded|detailed|contained|quoted|cited)"
_STOP = (
    r"(?=$|[\s\"')\]*]*(?:$|[.,;:!?\n()—]|- )|\s+(?:in|by|from|within|anywhere|here|at all|explicitly|based|"
    r"given|and|or|but|because|since|so|though|although|how|who|what|when|where|why|which|whether)\b"
    r"(?! (?:the|its) (?:opening|first|last|second|closing|next) (?:sentence|paragraph|line)))"
)
_FIND = (
    r"(?:determined?|answer(?:ed)?|say|said|tell|told|know[n]?|infer(?:red)?|establish(?:ed)?|find|found|"
    r"ascertain(?:ed)?|worked out|work out|conclude[d]?|identif(?:y|ied)|deduce[d]?|derive[d]?|calculated?|specif(?:y|ied)|"
    r"provide (?:an|a definite|the) answer|give (?:an|a definite|the) answer|respond)"
)
STRONG = re.compile(
    rf"\b{TEXT}(?: (?:itself|provided|given|above|here|you provided|excerpt))*,? {_ADVERB}{_NOT} {_ADVERB}{_TELL}"
    rf"|\b{TEXT} (?:is|remains|was) silent\b"
    rf"|\b(?:it|this|they|that) {_ADVERB}(?:does not|doesn't|do not|don't|never) {_ADVERB}"
    r"(?:say|state|mention|specify|tell|indicate|disclose|reveal)\b"
    rf"|\b(?:but|and|yet|though|although) (?:it )?{_ADVERB}(?:does not|doesn't|never) {_ADVERB}"
    r"(?:say|state|mention|specify|tell|indicate|disclose|reveal|give|provide|explain|clarify|elaborate|offer|go into)\b"
    rf"|\b(?:not|isn't|aren't|wasn't|weren't|never|nowhere) (?:been )?{_ADVERB}{_TOLD}{_STOP}"
    rf"|\b(?:not|isn't|aren't|nowhere) (?:been )?{_ADVERB}{_SHOWN} (?:anywhere )?(?:in|by) (?:the|this) {TEXT}\b"
    rf"|\bno(?:t enough| (?:such |specific |explicit |clear |direct |further |relevant |sufficient |definite )*)"
    r"(?: )?(?:information|mention|indication|details?|data|answer|reference|info|context)\b"
    r"(?! (?:is|was|were|are|had|has been|had been) (?:leaked|stolen|shared|exchanged|held back|withheld|hidden|lost|missing|left out))"
    r"|\b(?:do not|don't|does not|doesn't) have (?:enough|sufficient|adequate|the necessary) (?:\w+ )?(?:information|details?|context|data)\b"
    r"|\bno (?:[\w'-]+ ){1,4}?(?:(?:is|was|are|were|has been|have been) )?(?:explicitly |ever )?(?:given|stated|mentioned|"
    r"specified|provided|disclosed|indicated|named|supplied|listed|offered)\b"
    r"|\b(?:insufficient|inadequate) (?:information|data|context|details?|evidence)\b"
    rf"|\b(?:cannot|can't|can not|could not|couldn't|unable to|impossible to|not possible to|not able to|"
    rf"no way to|no way of) (?:be )?(?:\w+ly )?{_FIND}\b(?! (?:help|assist))"
    r"|\bi (?:really |honestly |just )?(?:do not|don't) know\b|\bidk\b"
    rf"|\bwe (?:are|were)(?: not|n't) told\b|\bwe (?:do not|don't|cannot|can't) (?:know|tell|say) from (?:the|this) {TEXT}\b"
    r"|\bthere (?:is|was|are|were)(?: not|n't) any (?:\w+ )?(?:information|mention|indication|details?|data|reference|explanation|reason|answer)\b"
    rf"|\b{TEXT} (?:reports|says|mentions|states|notes|describes|announces|tells)\b[^.;\n]{{1,100}}\b(?:without (?:giving|stating|providing|offering|specifying|naming|saying|explaining|mentioning|identifying)(?! (?:any )?(?:more|further|additional|much|many|great))"
    r"|but (?:it )?(?:gives|offers|provides|states|mentions) no|(?:and |but )?gives? no)\b"
    r"|\b(?:is|are|was|were) (?:mentioned|named|given|stated|described|reported), (?:but )?(?:the|its|his|her|their) [\w'-]+(?: [\w'-]+){0,3} (?:is|are|was|were)(?: not|n't)(?=\W*\Z)"
    rf"|\b(?:left out of|omitted from|absent from) (?:the|this) {TEXT}\b"
    r"|\b(?:is|was|are|were)(?: not|n't) (?:enough|sufficient|adequate) (?:information|details?|context|data|evidence)\b"
    rf"|\b(?:your guess is as good as mine|(?:we|readers|it) (?:are|is) told nothing|(?:we|readers|i) (?:are|am) (?:left )?in the dark|i\b[^.;]{{0,60}} c[ao]me up empty"
    rf"|something (?:the|this) (?:{TEXT}|write-up) (?:skips|glosses) over|(?:{TEXT}|it) keeps to itself"
    rf"|(?:{TEXT}|it) (?:covers|says|gives|tells us) nothing (?:beyond|but|except))\b"
    r"|\b(?:there(?:'s| is) no (?:telling|saying|knowing|way (?:of|to) (?:tell(?:ing)?|know(?:ing)?))|beats me|search me)\b"
    r"|\b(?:but|and|yet|it|this|that|though|although) (?:it )?never (?:says|states|mentions|specifies|tells|names|explains|reveals|discloses|reports) "
    r"(?:who|whom|whose|what|when|where|why|how|which|whether)\b"
    rf"|\bthere (?:is|are|was|were) no (?:[\w'-]+ ){{1,4}}in (?:the|this) {TEXT}\b"
    r"|\b(?:is|are|was|were|remains?|left) (?:currently |still |left )?"
    rf"(?:unknown|unclear|unspecified|unstated|unanswerable|undisclosed|undetermined|unmentioned){_STOP}"
    rf"|\bunanswerable\b|\bnot (?:be )?answerable\b|(?:\bnot|n't) in the {TEXT}\b|\bnot from the {TEXT}\b"
    rf"|\bno (?:[\w'-]+ ){{1,4}}?(?:is|was|are|were) (?:reported|recorded|described) (?:in|by) (?:the|this) {TEXT}\b"
    rf"|\b{TEXT} (?:only )?(?:mentions|names|gives|lists)\b[^.;\n]{{0,80}}\bbut no\b"
    rf"|\bno (?:such )?(?:[\w'-]+ ){{1,4}}?(?:appears?|occurs?|can be found|(?:is|was|are|were) (?:found|given)|exists?) in (?:the |this )?{TEXT}\b"
    rf"|\b(?:does not|doesn't|do not|don't) appear (?:anywhere )?in (?:the |this )?{TEXT}\b"
    r"|\b(?:is not|isn't|was not|wasn't|are not|aren't|never) (?:said|stated|told|mentioned|explained|known|specified|clear) "
    r"(?:who|whom|whose|what|when|where|why|how|which|whether|by whom)\b"
    rf"|\b{TEXT} never (?:says|states|mentions|specifies|tells|gives|names|explains|reveals|discloses|reports)\b"
    rf"|\b{TEXT} (?:leaves|left) (?:this|that|it|(?:the|his|her|its|their) [\w' -]{{1,40}}) (?:open|unanswered|unclear|unspecified|unsaid|unexplained|unnamed)\b"
    rf"|\b{TEXT} (?:lacks|omits|leaves out) (?:it|this|that|any|such|the (?:information|details?|answer|figure|name|date))\b|\bmissing from (?:the|this) {TEXT}\b"
    rf"|\bnone of (?:this|that|these|it) (?:is|are|was) {_TOLD}\b"
    r"|\b(?:do not|don't) have (?:that|this|the requested|such) (?:information|details?|data|answer)\b"
    rf"|\b(?:do not|don't|cannot|can't) see (?:[\w']+ ){{1,4}}in (?:the|this) {TEXT}\b"
    rf"|\bnothing (?:[\w']+ ){{1,4}}in (?:the|this) {TEXT}\b"
    r"|\bnothing in it (?:says|tells|states|reveals|indicates|gives|names|mentions|explains|shows|answers)\b"
    rf"|\b(?:{TEXT}|it) (?:keeps|kept) [\w' -]{{1,40}} to itself\b"
    rf"|\bnothing in the {TEXT}\b|\b(?:the )?{TEXT} (?:has|gives|contains|offers|says|provides|makes) "
    r"(?:nothing|no (?:answer|information|mention|figure|number|name|date|detail|indication|reason|reference|explanation|clue|hint|account|cause|motive))"
    rf"|\b{TEXT} (?:mentions|names|identifies|lists|specifies) (?:no|nobody|nothing)\b"
    r"|\b(?:not|isn't|wasn't|never) (?:stated|specified|mentioned|disclosed|reported) (?:on|in|at|for|to|with|of|by|from|until|under) "
    r"(?:which|what|whom|whose)\b",
)
BARE = re.compile(
    r"[\s\"'*(\[<_`.-]*(?:(?:it(?: is|'s)|the answer is|this is|that is|that's) )?(?:"
    r"i don't know|i do not know|unknown|(?:the )?answer (?:is )?not found|unanswerable|n/a|n\.a\.|not applicable|no[ _-]?answer|null|undetermined|indeterminate|unclear|"
    r"not clear|not sure|i'm not sure|i am not sure|unsure|unspecified|unstated|undisclosed|unmentioned|"
    r"don't know|do not know|dunno|no idea|i have no idea|can't tell|cannot tell|can't say|cannot say|"
    r"cannot ?answer|can't answer|impossible to (?:say|tell)|hard to (?:say|tell)|cannot be (?:determined|answered)|"
    r"does(?: not|n't) say|doesn't state|does not state|doesn't mention|does not mention|"
    rf"not {_ADVERB}(?:{_TOLD}|{_SHOWN})|not (?:found )?in (?:the |this )?{TEXT}|no information|no mention|no data|no info|insufficient information|abstain|"
    r"no comment in the article|none (?:is |was )?(?:given|stated|mentioned|specified|provided)|unable to answer"
    r")(?=$|[\s\"')\]*>_`]*(?:$|[.,;:!?\n()—]|- )|\s+(?:in|by|from|within|based|given|and|but|because|as|since|"
    r"so|though|although|how|who|what|when|where|why|which|whether|anywhere|here|at all|if|about|yet|with|"
    r"probably|maybe|perhaps|possibly)\b)"
)
WEAK = re.compile(
    r"\b(?:unnamed|unidentified|anonymous)\b"
    r"|\b(?:not|never|isn't|aren't|wasn't|weren't|hasn't|haven't) (?:yet )?(?:been )?(?:yet )?(?:named|identified|confirmed|"
    r"reported|recorded|given a name|set|fixed|scheduled|announced|decided|chosen|determined|agreed|released|published)\b"
    r"|\b(?:no|yet to|yet) [\w' -]{0,40}\b(?:been|was|is|were|be) (?:yet )?(?:set|fixed|scheduled|announced|named|chosen|"
    r"decided|determined|agreed|released|published|identified|established|clarified|explained|disclosed|revealed|confirmed)\b"
    r"|\b(?:gives?|gave|with|but|has|offers?|there (?:is|was)|contains?|mentions?|\A\W*) ?no (?:[\w-]+ ){0,3}"
    r"(?:tolls?|figures?|names?|numbers?|dates?|reasons?|details?|totals?|amounts?|prices?|sums?|times?|places?|"
    r"estimates?|values?|valuations?|explanations?|accounts?|percent(?:ages?)?|shares?|rates?|proportions?)\b"
    r"|\bit (?:says|said|states|gives|reports|tells us|mentions) nothing (?:about|of|on|regarding|concerning)\b"
    r"|\bnothing (?:is|was|has been) (?:said|stated|reported|mentioned|given|known) (?:about|of|on|regarding|concerning)\b"
    r"|\bwithout (?:(?:giving|stating|offering|providing) (?:a|any|the) (?:reason|explanation|date|name|figure|number)|(?:saying|explaining|stating|specifying) "
    r"(?:who|why|when|where|what|which|how))\b"
    r"|\bthere (?:is|are|was|were|has been|have been) no (?:[\w'-]+ ){1,4}yet\b"
    rf"|\b(?:{TEXT}|it|institute|who) (?:gives?|gave|offers?|provides?) no (?:such )?(?!more\b|less\b|fewer\b)[\w'-]+"
    r"|\b(?:quotes?|quoted|cites?|cited|reports?|reported|attributes?|mentions?|states?) no (?:such )?(?!more\b|less\b|fewer\b)[\w'-]+"
    r"|\b(?:is|are|was|were)(?: not|n't) (?:(?:quoted|cited|covered|mentioned|reported|attributed|credited|addressed|discussed|dealt with|counted"
    r"|recorded|listed|told|stated|known)\b)"
    r"|\b(?:does|do|did)(?: not|n't) (?:attribute|comment on|settle on|quote|cite|mention|address|deal with|credit|report|put a|speak (?:of|about|on))\b"
    rf"|\b{TEXT} (?:does|did)(?: not|n't) (?:allow|cover)\b"
    rf"|\bthere (?:is|are|was|were)(?: not|n't) (?:an?|any) [\w' -]{{1,60}}\b(?:in|from) (?:the|this) {TEXT}\b"
    r"|\bno such [\w'-]+ (?:is|was|are|were) \w+"
    rf"|\bthere(?: is|'s| are| was| were) no [\w' -]{{1,60}}\b(?:in|from) (?:the|this) {TEXT}\b"
    r"|\bi (?:do not|don't|did not|didn't|cannot|can't|could not|couldn't) (?:find|see) (?:that|any|such|the|a)\b"
    r"|\A\W*none (?:are|were|is|was) (?:reported|recorded|named|given|stated|mentioned)\b"
    r"|\A\W*(?:it )?(?:does|did)(?: not|n't) (?:name|identify)\b"
    rf"|\b(?:{TEXT}|it) (?:only )?(?:names|mentions|gives|identifies|lists|says|states|reports|tells us)\b[^.;\n]{{1,80}}\bnot (?:the|a|an|any|who|how|why|when|where|what|which|whether|its|his|her|their)\b"
)
WITHHELD = re.compile(
    r"\b(?:(?:has|have|had)(?: not|n't) (?:yet )?(?:set|fixed|scheduled|announced|decided|agreed|chosen|given|released|"
    r"published|named|disclosed|revealed|identified|said)|(?:would not|wouldn't|did not|didn't|declined to|refused to|"
    r"will not|won't|(?:has|have|had) yet to|not wish to|not want to) (?:name|identify|say|disclose|reveal|specify|give|"
    r"comment|announce|set|publish|release|decide)|"
    r"(?:asked|wished|wanted|preferred) (?:not to be (?:named|identified)|to (?:remain|stay) anonymous))\b"
)
