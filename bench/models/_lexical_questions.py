"""What a question asks for, read off its words alone."""

from __future__ import annotations

from dataclasses import dataclass

from bench.models._lexical_options import options
from bench.models._lexical_text import Token, tokenise
from bench.models._words import AUXILIARIES, FUNCTION_WORDS, PERSON_NOUNS, PLACE_NOUNS, TIME_UNITS, words

KINDS = (
    "yes_no", "choice", "list", "person", "place", "time", "duration", "percent", "money", "number", "reason", "thing",
)  # fmt: skip

_ASKING = words("who whom whose what which where when why how")
_FIXED = {
    "who": "person",
    "whom": "person",
    "whose": "person",
    "where": "place",
    "when": "time",
    "why": "reason",
}
_TIME_NOUNS = TIME_UNITS | words("date dates time weekday season")
_SHARES = words("percent percentage share proportion fraction")
_SUMS = words("sum amount price cost fine fee budget salary value")
_FIGURES = words("number total figure score margin age distance speed height length depth")
_MEASURES = words("many much old far large big tall high fast often deep heavy wide strong")
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "both": 2}
_NOUN_LENGTH = 3  # words of the noun phrase wanted


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart."""

    kind: str  # one of KINDS
    tokens: tuple[Token, ...]
    head: str = ""  # stem of the noun wanted: "ship" in "Which ship sank?", "dock" in "How many dockers …"
    options: tuple[str, ...] = ()  # of a choice, as worded
    count: int = 0  # members asked for by a list; 0: not said
    opener: str = ""  # the question word
    after: int = 0  # first token after the question word and the noun wanted
    several: bool = False  # more than one answer is wanted

    @property
    def terms(self) -> tuple[Token, ...]:
        """The tokens worth looking for in the article: not function words, not the noun wanted."""
        rest = [t for i, t in enumerate(self.tokens) if t.stem and (i >= self.after or t.is_capital)]
        return tuple(rest) or tuple(t for t in self.tokens if t.stem)


def read_question(text: str) -> Question:
    """The question taken apart; anything unknown is of kind `thing`."""
    tokens = tokenise(text)
    count = next((_COUNTS[t.lower] for t in tokens[:6] if t.lower in _COUNTS), 0)
    at = _opener(tokens)
    if at is None:
        lower = tokens[0].lower if tokens else ""
        naming = lower in {"name", "list"}
        kind = "list" if naming else "thing"
        return Question(kind, tokens, count=count, opener=lower, after=int(naming), several=naming)
    opener = tokens[at].lower
    offered = options(text, tokens, at)
    if offered:
        return Question("choice", tokens, options=offered, opener=opener, after=at + 1)
    if opener in AUXILIARIES:
        return Question("yes_no", tokens, opener=opener, after=at + 1)
    noun = _wanted_noun(tokens, at)
    after = at + 1 if noun is None else noun + 1
    wanted = tokens[noun] if noun is not None else None
    kind = _kind(tokens, at, wanted)
    several = kind in {"person", "place", "thing", "time"} and (
        _plural(opener, wanted) or (count > 0 and opener in {"which", "what", "who"})
    )
    head = wanted.stem if wanted else ""
    named = "list" if several and kind != "time" else kind
    return Question(named, tokens, head=head, count=count, opener=opener, after=after, several=several)


def _opener(tokens: tuple[Token, ...]) -> int | None:
    """Where the question begins: a question word or auxiliary that opens a clause, else any question word.

    A preposition may stand before it ("From which port …", "At what time …").
    """
    opens = True
    for i, token in enumerate(tokens):
        if opens and (token.lower in AUXILIARIES or token.lower in _ASKING):
            return i
        opens = token.text in ",:;—–" or (opens and token.lower in FUNCTION_WORDS)
    return next((i for i, token in enumerate(tokens) if token.lower in _ASKING), None)


def _wanted_noun(tokens: tuple[Token, ...], at: int) -> int | None:
    """Where the noun wanted stands: "How many X", "Which X", "What is the (name of the) X", or None."""
    opener = tokens[at].lower
    first = at + 1
    following = tokens[first].lower if first < len(tokens) else ""
    if opener == "how" and following in {"many", "much"}:
        return _noun_end(tokens, first + 1, 2)
    if opener not in {"what", "which", "whose"}:
        return None
    if following in {"is", "was", "are", "were"}:
        first += 1
        if first >= len(tokens) or tokens[first].lower not in {"the", "its", "their"}:
            return None
        named = [t.lower for t in tokens[first + 1 : first + 4]]
        if named[:2] == ["name", "of"] and named[2:] and named[2] in {"the", "a"}:
            first += 3
        return _noun_end(tokens, first + 1, _NOUN_LENGTH)
    return _noun_end(tokens, first, _NOUN_LENGTH)


def _noun_end(tokens: tuple[Token, ...], first: int, most: int) -> int | None:
    """The last word of the noun phrase at `first`: it ends at a known noun, a function word or a verb's -ed."""
    last = None
    for i in range(first, min(first + most, len(tokens))):
        token = tokens[i]
        if not token.stem or (last is not None and token.lower.endswith("ed")):
            break
        last = i
        if token.lower in PERSON_NOUNS or token.lower in PLACE_NOUNS or token.lower in _TIME_NOUNS:
            break
        if token.lower.endswith("s") and not token.lower.endswith(("ss", "'s", "’s")):
            break  # a plural closes its phrase, a verb in -s does not belong to it
    return last


def _kind(tokens: tuple[Token, ...], at: int, noun: Token | None) -> str:
    opener = tokens[at].lower
    following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    wanted = noun.lower if noun else ""
    if opener in _FIXED:
        return _FIXED[opener]
    if opener == "how":
        if following == "long":
            return "duration"
        if following not in _MEASURES:
            return "thing"
        if following == "much":
            return "percent" if wanted in _SHARES else "money" if wanted in {"", "money"} else "number"
        return "number"
    groups = ((_TIME_NOUNS, "time"), (_SHARES, "percent"), (_FIGURES, "number"), (_SUMS, "money"))
    for nouns, kind in (*groups, (PLACE_NOUNS, "place"), (PERSON_NOUNS, "person")):
        if wanted in nouns or wanted.removesuffix("s") in nouns:
            return kind
    return "thing"


def _plural(opener: str, noun: Token | None) -> bool:
    """Whether the noun after which or what is a plural, so that several answers are wanted."""
    if noun is None or opener not in {"which", "what"}:
        return False
    regular = noun.lower.endswith("s") and not noun.lower.endswith(("ss", "'s", "’s", "us", "is"))
    return regular or noun.lower in {"people", "men", "women", "children"}
