"""Which of two an answer sets above the other: "Brevik's budget is larger than Arlen's", "Arlen's exceeds it"."""

from __future__ import annotations

import re
from typing import Final

from bench.answers.text.tokens import read
from bench.answers.text.wording import FUNCTION

_DIMENSIONS: Final = (
    ("size", "more most larger largest bigger biggest greater greatest higher highest ahead",
     "less least fewer fewest smaller smallest lower lowest behind"),
    ("time", "first earlier earliest sooner before ahead", "last later latest after second behind"),
    ("length", "longer longest", "shorter shortest briefer"),
    ("age", "older oldest", "younger youngest newer newest"),
    ("height", "taller tallest", "shorter shortest"),
    ("depth", "deeper deepest", "shallower shallowest"),
    ("width", "wider widest broader", "narrower narrowest"),
    ("noise", "louder loudest", "quieter quietest"),
    ("weight", "heavier heaviest", "lighter lightest"),
    ("speed", "faster fastest quicker quickest", "slower slowest"),
    ("price", "dearer costlier pricier expensive", "cheaper cheapest"),
    ("power", "stronger strongest", "weaker weakest"),
    ("wealth", "richer richest wealthier", "poorer poorest"),
    ("merit", "better best", "worse worst"),
    ("warmth", "warmer hotter warmest hottest", "colder cooler coldest coolest"),
    ("distance", "farther further farthest furthest", "nearer closer nearest closest"),
)  # fmt: skip
_WORDS: Final = {
    word: {
        name: 1 if word in up.split() else -1
        for name, up, down in _DIMENSIONS
        if word in f"{up} {down}".split()
    }
    for _, ups, downs in _DIMENSIONS
    for word in f"{ups} {downs}".split()
}
_MONEY: Final = frozenset(
    {"cost", "costs", "price", "prices", "priced", "pay", "pays", "paid", "charge", "charges"}
)
_THAN: Final = re.compile(r"\b(?:than|compared (?:with|to)) (?P<object>[^,]+)", re.IGNORECASE)
_LED: Final = re.compile(
    r"\s*(?:compared (?:with|to)|relative to|next to|unlike) (?P<object>[^,]+), (?P<rest>.+)", re.IGNORECASE
)
_AS: Final = re.compile(
    r"\b(?:not|isn't|wasn't|aren't|weren't|n't)(?: nearly| quite)? (?:as|so) (?P<word>\w+)(?: [\w'-]+){0,2} as (?P<object>[^,]+)",
    re.IGNORECASE,
)
_BASES: Final = {"many": "more", "much": "more", "few": "fewer", "little": "less", "good": "better", "bad": "worse",
                 "far": "farther", "expensive": "dearer", "costly": "dearer", "cheap": "cheaper"}  # fmt: skip
_WORD: Final = re.compile(r"\w+(?:['-]\w+)*")
_ORDER: Final = re.compile(
    r"\b(?P<word>before|after|ahead|behind)\b(?: of\b)? (?P<object>[^,]+)", re.IGNORECASE
)
_VERB: Final = re.compile(
    r"\b(?P<word>exceed(?:s|ed)?|surpass(?:es|ed)?|outnumber(?:s|ed)?|outstrip(?:s|ped)?|outweigh(?:s|ed)?|dwarf(?:s|ed)?"
    r"|top(?:s|ped)|leads?|led|preced(?:es|ed)|follow(?:s|ed)|trail(?:s|ed)|lag(?:s|ged) behind)(?P<by> by)?\b (?P<object>[^,]+)",
    re.IGNORECASE,
)
_VERBS: Final = {"preced": ("time", 1), "follow": ("time", -1), "trail": ("size", -1), "lag": ("size", -1)}
_INVERTED: Final = re.compile(
    r"(?P<object>.+?) (?:is|was|are|were|comes|came|stands|stood) (?P<subject>.+)", re.IGNORECASE
)
_NOT: Final = re.compile(r"\b(?:not|never|no|hardly)\b|n't\b", re.IGNORECASE)
_EITHER: Final = re.compile(
    r"\b(?:is|are|was|were) (?P<subject>.+?) (?P<former>\w+) or (?P<latter>\w+) than (?P<object>[^?]+)",
    re.IGNORECASE,
)
_LONGEST: Final = 600  # characters of an answer read for comparisons
_CLAUSE: Final = re.compile(r"[^.;!?\n]+")


def winner(question: str, answer: str) -> str | None:
    """`answer` with each comparison reduced to the side that is said to be what `question` asks for.

    "Brevik's budget is larger than Arlen's" to "which is larger?" gives "Brevik's budget is", and so does "Arlen's is
    smaller than Brevik's". None where the question asks for no one direction, or the answer compares nothing.
    """
    asked = _asked(question)
    if not asked or len(answer) > _LONGEST:
        return None
    own = _names(question)
    out = answer
    for clause in _CLAUSE.findall(answer):
        side = _side(clause, asked, own)
        if side is not None:
            out = out.replace(clause, side, 1)
    return out if out != answer else None


def direction_meant(question: str, answer: str) -> str | None:
    """Of "is A longer or shorter than B?" the word that an answer about B comes down to: "B is longer than A" means shorter."""
    found = _EITHER.search(question)
    said = _than(answer) if found is not None and len(answer) <= _LONGEST else None
    if found is None or said is None or _NOT.search(answer):
        return None
    one, two = _names(found["subject"]), _names(found["object"])
    ahead, behind = _names(said[1]), _names(said[2])
    if not (ahead & two - one and behind & one - two) or behind & two - one:
        return None
    values = {
        word: _WORDS.get(word) or _other(word) for word in (found["former"].lower(), found["latter"].lower())
    }
    signs = [sign for name, sign in said[0].items() if all(name in dims for dims in values.values())]
    return next((word for word, dims in values.items() if signs and -signs[0] in dims.values()), None)


def agrees(question: str, answer: str) -> bool | None:
    """Whether a comparison in `answer` says what "is A larger than B?" asks; None where it compares nothing of it."""
    asked = _than(question) if " than " in question else None
    if asked is None or len(answer) > _LONGEST:
        return None
    said, subject, behind = asked
    for clause in _CLAUSE.findall(answer):
        given = _than(clause)
        if given is None:
            continue
        signs = [said[name] == sign for name, sign in given[0].items() if name in said]
        above, below = _names(subject) - _names(behind), _names(behind) - _names(subject)
        ahead = _names(given[1]) - _names(given[2]), _names(given[2]) - _names(given[1])
        straight, turned = above & ahead[0] and below & ahead[1], above & ahead[1] and below & ahead[0]
        if signs and bool(straight) != bool(turned):
            plainly = signs[0] == bool(straight)
            return plainly != (_NOT.search(given[1][-25:]) is not None)
    return None


def _asked(question: str) -> dict[str, int]:
    """The dimensions that the question asks about, each with its direction; {} where it names both directions."""
    words = re.findall(r"[a-z]+", question.lower())
    out: dict[str, int] = {}
    for i, word in enumerate(words):
        for name, sign in (_WORDS.get(word) or _other(word)).items():
            turned = sign * (-1 if i and words[i - 1] in {"less", "least"} and name == "price" else 1)
            if out.setdefault(name, turned) != turned and name != "price":
                return {}
    if "size" in out and _MONEY & set(words):
        out["price"] = out["size"]
    return out


def _other(word: str) -> dict[str, int]:
    """A comparative or superlative of no listed dimension, as a dimension of its own: "safer"."""
    root = word[:-2] if word.endswith("er") else word[:-3] if word.endswith("est") else ""
    return {root: 1} if len(root) > 2 else {}


def _side(clause: str, asked: dict[str, int], own: frozenset[str]) -> str | None:
    """The side of the comparison in `clause` that is said to be what is asked for; None where none is to be seen."""
    for reading in (_than(clause), _as(clause), _order(clause), _verb(clause)):
        if reading is None:
            continue
        said, subject, behind = reading
        wanted = [asked[name] == sign for name, sign in said.items() if name in asked]
        if not _names(subject) & own and (turned := _INVERTED.match(behind)) is not None:
            subject, behind = turned["subject"], turned["object"]
        above, below = _names(subject) & own, _names(behind) & own
        if wanted and above - below and below - above:
            same = wanted[0] != (_NOT.search(subject[-25:]) is not None)
            return f" {subject if same else behind} "
    return None


_Reading = tuple[dict[str, int], str, str]  # what the subject is said to be, by dimension; subject; object


def _than(clause: str) -> _Reading | None:
    """ "A is larger than B", "A has more people than B", "compared with B, A is larger"."""
    if led := _LED.match(clause):
        clause = f"{led['rest']} than {led['object']}"
    found = _THAN.search(clause)
    if found is None:
        return None
    words = list(_WORD.finditer(clause[: found.start()]))[-4:]
    for before, word in zip([None, *words][::-1][1:], words[::-1], strict=False):
        said = _WORDS.get(word[0].lower()) or _other(word[0].lower())
        if not said:
            continue
        less = before is not None and before[0].lower() in {"less", "more"}
        start = before.start() if before is not None and less else word.start()
        sign = -1 if before is not None and before[0].lower() == "less" else 1
        # "More men voted than women": the subject stands behind the comparative
        subject = clause[:start] if clause[:start].strip() else clause[word.end() : found.start()]
        return {name: value * sign for name, value in said.items()}, subject, found["object"]
    return None


def _as(clause: str) -> _Reading | None:
    """ "A is not as deep as B"."""
    found = _AS.search(clause)
    if found is None:
        return None
    base = found["word"].lower()
    forms = (_BASES.get(base, ""), f"{base}er", f"{base}r", f"{base[:-1]}ier", f"{base}{base[-1]}er")
    said = next((_WORDS[form] for form in forms if form in _WORDS), {base: 1})
    return {name: -sign for name, sign in said.items()}, clause[: found.start()], found["object"]


def _order(clause: str) -> _Reading | None:
    """ "A came before B"."""
    found = _ORDER.search(clause)
    if found is None:
        return None
    return _WORDS[found["word"].lower()], clause[: found.start()], found["object"]


def _verb(clause: str) -> _Reading | None:
    """ "A exceeds B", "B was outnumbered by A"."""
    found = _VERB.search(clause)
    if found is None:
        return None
    word = found["word"].lower()
    name, sign = next((v for stem, v in _VERBS.items() if word.startswith(stem)), ("size", 1))
    return {name: -sign if found["by"] else sign}, clause[: found.start()], found["object"]


def _names(text: str) -> frozenset[str]:
    return frozenset(t.norm for t in read(text).tokens if t.kind in "wn") - FUNCTION
