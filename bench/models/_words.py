"""English word lists of the embedded readers, and the light stemmer that folds inflections together."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of `text`, split at white space."""
    return frozenset(text.split())


AUXILIARIES = words(
    "is are was were be been being am do does did has have had having can could will would shall should may might "
    "must isn't aren't wasn't weren't doesn't didn't hasn't haven't hadn't won't can't couldn't wouldn't"
)
DETERMINERS = words(
    "the a an this that these those his her its their our my your some any each every no another"
)
PREPOSITIONS = words(
    "of in on at by for from to with into onto over under about after before between among against during through "
    "across near off per since until till toward towards within without upon via along around behind beyond "
    "despite inside outside than as like amid beside besides below above"
)
QUESTION_WORDS = words("who whom whose what which where when why how many much")
FUNCTION_WORDS = (
    AUXILIARIES
    | DETERMINERS
    | PREPOSITIONS
    | QUESTION_WORDS
    | words(
        "and or but nor so yet if because while although though whether not it he she they we i you him them us me "
        "there here also then just only even still such both either neither more most less very too own same other "
        "up down out back away according"
    )
)
NEGATIONS = words(
    "not no never none nobody nothing neither nor without cannot yet unlikely deny denied denies refuse refused "
    "refuses reject rejected rejects decline declined declines fail failed fails ruled dismissed rather"
)
MONTHS = words(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
WEEKDAYS = words("monday tuesday wednesday thursday friday saturday sunday")
TIME_UNITS = words(
    "second seconds minute minutes hour hours day days night nights week weeks weekend month months quarter year "
    "years decade decades century centuries"
)
DAY_WORDS = words(
    "today yesterday tomorrow tonight overnight midnight noon dawn dusk morning afternoon evening night weekend "
    "spring summer autumn winter"
)
NUMBER_WORDS = words(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion "
    "trillion dozen"
)
FRACTIONS = words("half third thirds quarter quarters fifth fifths tenth tenths")
SCALE_WORDS = words(
    "hundred thousand million billion trillion bn m k dozen dozens hundreds thousands millions"
)
BOUNDS = (
    ("as", "many", "as"), ("as", "much", "as"), ("as", "few", "as"), ("no", "more", "than"), ("no", "fewer", "than"),
    ("no", "less", "than"), ("up", "to"), ("at", "least"), ("at", "most"), ("more", "than"), ("less", "than"),
    ("fewer", "than"), ("close", "to"), ("about",), ("around",), ("some",), ("nearly",), ("almost",), ("roughly",),
    ("approximately",), ("over",), ("under",), ("just",), ("exactly",),
)  # fmt: skip
PERSON_TITLES = words(
    "mr mrs ms dr prof sir dame lord lady president premier chancellor minister secretary senator governor mayor "
    "judge justice captain colonel general admiral sergeant inspector commissioner chief director chairman "
    "chairwoman chair professor spokesman spokeswoman spokesperson king queen prince princess pope bishop coach "
    "detective officer superintendent ambassador envoy councillor deputy leader aide lawyer attorney prosecutor "
    "editor economist analyst founder owner manager engineer driver pilot skipper striker keeper"
)
PERSON_NOUNS = PERSON_TITLES | words(
    "person people man men woman women official officials player witness suspect candidate author speaker source sources resident "
    "expert critic member members worker workers union police passenger victim survivor"
)
SPEECH_VERBS = words(
    "said says say told tells added adds argued argues warned warns claimed claims insisted insists announced "
    "announces accused accuses denied denies admitted admits confirmed confirms stated states wrote writes called "
    "declined testified explained replied estimates estimated reported"
)
ORGANISATION_WORDS = words(
    "ministry company council union bank court university party committee agency group association federation "
    "commission department institute authority board club team police army navy government parliament senate "
    "congress corporation inc ltd co corp plc trust society league service office hospital school airlines railways"
)
PLACE_NOUNS = words(
    "city town village country state province region district county capital island port harbour harbor airport "
    "station street square river lake mountain valley building palace hall hotel stadium place location venue site "
    "continent nation border coast suburb neighbourhood"
)
_IRREGULAR = dict(
    pair.split(":")
    for pair in [
        "led:lead",
        "said:say",
        "told:tell",
        "met:meet",
        "won:win",
        "sent:send",
        "took:take",
        "taken:take",
        "held:hold",
        "gave:give",
        "given:give",
        "made:make",
        "found:find",
        "left:leave",
        "paid:pay",
        "rose:rise",
        "risen:rise",
        "fell:fall",
        "fallen:fall",
        "began:begin",
        "begun:begin",
        "lost:lose",
        "kept:keep",
        "came:come",
        "went:go",
        "gone:go",
        "got:get",
        "saw:see",
        "seen:see",
        "knew:know",
        "known:know",
        "ran:run",
        "brought:bring",
        "bought:buy",
        "sold:sell",
        "built:build",
        "broke:break",
        "broken:break",
        "chose:choose",
        "chosen:choose",
        "drove:drive",
        "driven:drive",
        "fought:fight",
        "flew:fly",
        "grew:grow",
        "grown:grow",
        "heard:hear",
        "hit:hit",
        "hurt:hurt",
        "laid:lay",
        "meant:mean",
        "put:put",
        "sat:sit",
        "shot:shoot",
        "showed:show",
        "shown:show",
        "spent:spend",
        "spoke:speak",
        "spoken:speak",
        "stood:stand",
        "stole:steal",
        "stolen:steal",
        "struck:strike",
        "swore:swear",
        "taught:teach",
        "thought:think",
        "threw:throw",
        "thrown:throw",
        "wore:wear",
        "wrote:write",
        "written:write",
        "sank:sink",
        "sunk:sink",
        "sought:seek",
        "caught:catch",
        "cut:cut",
        "became:become",
        "felt:feel",
        "bore:bear",
        "drew:draw",
        "drawn:draw",
        "children:child",
        "men:man",
        "women:woman",
        "people:person",
        "dying:die",
        "died:die",
        "death:die",
        "tied:tie",
        "lied:lie",
    ]
)
_SUFFIXES = (
    "isation", "ization", "ations", "ation", "ators", "ator", "ments", "ment", "ating", "ated", "ates", "ings", "ing",
    "ers", "ors", "er", "or", "ions", "ion", "edly", "ed", "ies", "ied", "es", "ly", "s", "y", "e",
)  # fmt: skip


def stem(word: str) -> str:
    """A lower-case key that a word shares with its common inflections ("dockers", "docked", "docks" → "dock").

    At least three characters stay, so short words keep their shape. It errs on the side of folding too much:
    overlap is a weak sign anyway.
    """
    word = word.replace("’", "'").removesuffix("'s").removesuffix("'")
    if word in _IRREGULAR:
        return _stripped(_IRREGULAR[word])
    return _stripped(word)


def _stripped(word: str) -> str:
    if word.isalpha():
        for suffix in _SUFFIXES:
            if word.endswith(suffix) and len(word) - len(suffix) >= 3 and not word.endswith("ss"):
                word = word[: -len(suffix)]
                break
        if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
            word = word[:-1]
    return word
