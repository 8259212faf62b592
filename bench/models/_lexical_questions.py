"""What a question asks for, read off its words alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bench.models._lexical_text import Token, tokenise
from bench.models._words import AUXILIARIES, FUNCTION_WORDS, PERSON_TITLES, PLACE_NOUNS, TIME_UNITS, words

KINDS = (
    "yes_no", "choice", "list", "person", "place", "time", "duration", "percent", "money", "number", "reason", "thing",
)  # fmt: skip

_PERSON_NOUNS = PERSON_TITLES | words("person man woman official player witness suspect candidate author speaker")
_TIME_NOUNS = TIME_UNITS | words("date time weekday season")
_PERCENT = re.compile(r"\b(?:percent|percentage|per cent|share|proportion|fraction)\b|%")
_MONEY = re.compile(r"\b(?:cost|costs|price|pay|paid|worth|spend|spent|money|fine|fined|budget|salary|fee|dollars|euros)\b")
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "both": 2}
_CLAUSE = re.compile(r"[,:;]\s+")


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart."""

    kind: str  # one of KINDS
    tokens: tuple[Token, ...]
    head: str = ""  # stem of the noun wanted: "ship" in "Which ship sank?", "docker" in "How many dockers …"
    options: tuple[str, ...] = ()  # of a choice, as worded
    count: int = 0  # members asked for by a list; 0: not said
    opener: str = ""  # the question word
    after: int = 0  # first token after the question word and the noun wanted

    @property
    def terms(self) -> tuple[Token, ...]:
        """The tokens worth looking for in the article: not function words, not the noun wanted."""
        rest = [t for i, t in enumerate(self.tokens) if t.stem and (i >= self.after or t.is_capital)]
        return tuple(rest) or tuple(t for t in self.tokens if t.stem)


def read_question(text: str) -> Question:
    """The question taken apart; anything unknown is of kind `thing`."""
    tokens = tokenise(text)
    at = _opener(tokens)
    if at is None:
        lower = tokens[0].lower if tokens else ""
        listing = lower in {"name", "list"}
        count = next((_COUNTS[t.lower] for t in tokens if t.lower in _COUNTS), 0)
        return Question("list" if listing else "thing", tokens, count=count, opener=lower, after=1 if listing else 0)
    opener = tokens[at].lower
    options = _options(text, tokens, at)
    if options:
        return Question("choice", tokens, options=options, opener=opener, after=at + 1)
    if opener in AUXILIARIES:
        return Question("yes_no", tokens, opener=opener, after=at + 1)
    noun, after = _wanted_noun(tokens, at)
    kind = _kind(text.lower(), tokens, at, noun)
    count = next((_COUNTS[t.lower] for t in tokens[at : at + 3] if t.lower in _COUNTS), 0)
    if kind in {"person", "place", "thing"} and (count or _plural(tokens, at, after)):
        kind = "list"
    return Question(kind, tokens, noun.stem if noun else "", (), count, opener, after)


def _opener(tokens: tuple[Token, ...]) -> int | None:
    """Where the question word stands: the first one, else an auxiliary that opens a clause."""
    asking = words("who whom whose what which where when why how")
    opens = True
    for i, token in enumerate(tokens):
        if token.lower in AUXILIARIES and opens:
            return i
        if token.lower in asking and (opens or (i and tokens[i - 1].lower in FUNCTION_WORDS and i < 4)):
            return i
        opens = token.text in ",:;—–"
    return next((i for i, token in enumerate(tokens) if token.lower in asking), None)


def _wanted_noun(tokens: tuple[Token, ...], at: int) -> tuple[Token | None, int]:
    """The noun after which/what/how many, and the index after it."""
    first = at + 1
    opener = tokens[at].lower
    if opener == "how" and first < len(tokens) and tokens[first].lower in {"many", "much"}:
        first += 1
    elif opener not in {"what", "which", "whose"}:
        return None, first
    last = None
    for i in range(first, min(first + 4, len(tokens))):
        token = tokens[i]
        if not token.stem or (last is not None and token.lower.endswith("ed")):
            break
        last = i
        if token.lower in _PERSON_NOUNS | PLACE_NOUNS | _TIME_NOUNS:
            break
        if opener == "how" or i - first >= 1:
            break
    return (None, first) if last is None else (tokens[last], last + 1)


def _kind(lower: str, tokens: tuple[Token, ...], at: int, noun: Token | None) -> str:
    opener = tokens[at].lower
    following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    wanted = noun.lower if noun else ""
    if opener in {"who", "whom", "whose"}:
        return "person"
    if opener in {"where", "when", "why"}:
        return {"where": "place", "when": "time", "why": "reason"}[opener]
    if opener == "how":
        if following == "long":
            return "duration"
        if following in {"many", "much", "old", "far", "large", "big", "tall", "high", "fast", "often", "deep", "heavy"}:
            money = following == "much" and (not wanted or wanted == "money")
            return "percent" if _PERCENT.search(lower) else "money" if money else "number"
        return "thing"
    if wanted in _TIME_NOUNS:
        return "time"
    if _PERCENT.search(lower) and wanted in {"percent", "percentage", "share", "proportion", "fraction"}:
        return "percent"
    if wanted in {"number", "total", "figure", "score", "margin", "age"}:
        return "number"
    if wanted in {"sum", "amount", "price"} or (_MONEY.search(lower) and following == "was" and "cost" in lower):
        return "money"
    if wanted in PLACE_NOUNS:
        return "place"
    return "person" if wanted in _PERSON_NOUNS else "thing"


def _plural(tokens: tuple[Token, ...], at: int, after: int) -> bool:
    """Whether a which/what question asks for several: a plural noun, and a plural verb after it."""
    noun = tokens[after - 1] if after > at + 1 else None
    verb = tokens[after].lower if after < len(tokens) else ""
    return bool(noun and noun.lower.endswith("s") and not noun.lower.endswith("ss") and verb in {"are", "were", "have"})


def _options(text: str, tokens: tuple[Token, ...], at: int) -> tuple[str, ...]:
    """The options of an either-or question, as worded; () when it is none."""
    ors = [i for i, token in enumerate(tokens) if token.lower == "or" and i > at]
    if not ors:
        return ()
    first, last = ors[0], ors[-1]
    right = _phrase(text, tokens[last + 1 :])
    if tokens[at].lower not in AUXILIARIES:
        clauses = list(_CLAUSE.finditer(text, 0, tokens[first].start))
        if not clauses:
            return ()
        colon = next((c for c in clauses if c.group()[0] == ":"), None)
        listed = text[(colon or clauses[0 if len(clauses) < 2 else -1]).end() : tokens[last].start]
        left = [part.strip(" ,") for part in re.split(r",\s+|\sor\s", listed) if part.strip(" ,")]
        return (*left, right) if left and right else ()
    width = max(1, sum(1 for token in tokens[last + 1 :] if token.is_word))
    if tokens[first - 1].lower in {"before", "more", "higher", "earlier", "larger"}:
        width = 1
        right = tokens[last + 1].text if last + 1 < len(tokens) else ""
    left_tokens = [token for token in tokens[at + 1 : first] if token.text not in ","][-min(width, 6) :]
    left = _phrase(text, tuple(left_tokens))
    return (left, right) if left and right else ()


def _phrase(text: str, tokens: tuple[Token, ...]) -> str:
    kept = [token for token in tokens if token.is_word]
    return text[kept[0].start : kept[-1].end] if kept else ""
