"""Options that a question letters or numbers: "(A) the union (B) the mayor"."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from bench.answers.output.abstention import is_fragment
from bench.answers.text.tokens import read
from bench.answers.text.wording import FUNCTION, NEGATORS, words_of

_OPTION: Final = re.compile(r"(?:^|[\s,;:(])\(?([A-Ea-e1-5])[).:]\s+")
_LETTER: Final = re.compile(
    r"\W*(?:(?:option|choice|answer|letter)\s+)?\(?([A-Ea-e1-5])(?:[).:]|\b)\W*(?:\(([^()]*)\))?\W*\Z", re.I
)


_LETTERED: Final = re.compile(
    r"\W*(?:(?:option|choice|answer|letter)[\s:*]+)?\(?([A-Ea-e1-5])(?:[.):](?!\d)|\*)[\s*_]+\S"
)  # "B. The leak was …"


def option_meant(question: str, answer: str) -> str | None:
    """The text of the option that an answer names by its letter ("B", "(b)", "Option B"), else None.

    Only where the question letters at least two options, in order.
    """
    found = _LETTER.match(answer.strip()[:80]) or _LETTERED.match(answer.strip())
    if found is None:
        return None
    options = lettered(question)
    return options.get(found[1].upper())


def lettered(question: str) -> dict[str, str]:
    """The lettered options of a question by letter; {} where there are not two or more in order."""
    marks = [(m[1].upper(), m.start(), m.end()) for m in _OPTION.finditer(question)]
    names = [name for name, _, _ in marks]
    if len(names) < 2 or names != sorted(set(names)) or names[0] not in {"A", "1"}:
        return {}
    ends = [start for _, start, _ in marks[1:]] + [len(question)]
    return {
        name: question[begin:end].strip(" ,;?.") for (name, _, begin), end in zip(marks, ends, strict=True)
    }


_RESTATED: Final = re.compile(
    r"\W*(?:(?:between|of|out of|from|among) )?(?P<options>[^:?\n]{3,160}?\s(?:and|or|vs\.?)\s[^:?\n]{1,160}?)"
    r"(?:[:?]\s*|\s[-–—]\s|,\s+)(?P<choice>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_BY_PLACE: Final = re.compile(
    r"\W*(?:(?:it (?:was|is) )?the )?(?P<place>latter|former|second|first)(?: (?:one|option|of the two))?\W*(?:\Z|(?<=[.;:]\s)|(?<=[.;:]))",
    re.I,
)
_PAIR: Final = re.compile(
    r"(?:.*[,:] |.*\b(?:either|whether) )?(?P<former>[^,:?]+?),? or (?P<latter>[^,?]+?)\s*\?*\s*\Z", re.S
)


def chosen(answer: str, options: Callable[[str], int]) -> str | None:
    """What follows the options where an answer names them all again first ("A or B: B"), else None.

    `options` counts the options that a text names.
    """
    found = _RESTATED.match(answer[:400])
    if found is None or options(found["options"]) < 2 or options(found["choice"]) < 1:
        return None
    return found["choice"]


_CHOSE: Final = words_of(
    "choose chooses chose chosen choosing pick picks picked picking select selects selected prefer prefers preferred opt opts opted "
    "favour favours favoured favor favors favored voted settled plumped decided went backs backed"
)
_AGAINST: Final = words_of(
    "against reject rejects rejected rejecting scrap scraps scrapped scrapping drop drops dropped dropping abandon abandons abandoned "
    "abandoning lost loses lose cancel cancels cancelled cancelling down out ditch ditched ditching shelve shelved shelving"
)
_OVER: Final = re.compile(
    r",? (?P<word>over|to|because|since|as|given that|due to|(?:after |by )?(?:beating|defeating|overcoming|eliminating)) ",
    re.IGNORECASE,
)
_WON: Final = words_of("won win wins winner victory advanced advances through prevailed triumphed")


def preferred(answer: str, options: Callable[[str], int]) -> str | None:
    """ "They chose A" of "they chose A over B" and of "they chose A because B was too expensive", else None.

    Only behind a verb of choosing, or behind the bare option. `options` counts the options that a text names.
    """
    for found in _OVER.finditer(answer[:400]):
        head, rest = answer[: found.start()], answer[found.end() :]
        words = {token.norm for token in read(head).tokens}
        word = found["word"].lower()
        wanted = (
            {"prefer", "prefers", "preferred"} if word == "to" else _WON if word.endswith("ing") else _CHOSE
        )
        chose = not words.isdisjoint(wanted) or (word != "to" and is_fragment(head))
        if chose and words.isdisjoint(NEGATORS | _TURNED | _AGAINST) and options(head) == 1 and options(rest):
            return head
    return None


def by_place(question: str, answer: str) -> str | None:
    """The option of "A or B?" that "the former" or "the latter" stands for, else None."""
    found = _BY_PLACE.match(answer.strip())
    pair = _PAIR.match(question.strip()) if found else None
    if found is None or pair is None:
        return None
    return pair["former" if found["place"].lower() in {"former", "first"} else "latter"].strip()


_DOES: Final = re.compile(
    r"\b(?:does|did|do) (?:he|she|it|they) (?P<options>\w[^?;:]*?,? or [^?;:]+?)\s*\?\s*\Z", re.I
)
_EITHER: Final = re.compile(
    r"\A(?:does|do|did|will|would|has|is)\b.*?\b(?P<options>[a-z]{4,} or [a-z]{4,}) "
    r"(?:the|an?|it|this|that|his|her|its|their|to)\b",
    re.DOTALL | re.IGNORECASE,
)  # "Does the mayor support or oppose the plan?"
_VERB: Final = re.compile(r"([a-z]{4,})(?: it| that| this)?")
_ENDS: Final = frozenset({"", "s", "es", "ed", "d", "ing", "ies", "ied", "ying", "y", "e"})
_TURNED: Final = words_of("without no nothing or neither refused declined failed than instead anything")
_BRIEF: Final = 15  # words


def verb_chosen(question: str, answer: str) -> str | None:
    """The option "deny it" of "does he deny it, admit it or leave it open?" for "He denied her statement", else None.

    One option's verb, in any inflection, and no other's, with no negation beside it.
    """
    found = _DOES.search(question.strip()) or _EITHER.search(question)
    words = [token.norm for token in read(answer[:400]).tokens if token.kind == "w"]
    if found is None or not words or len(words) > _BRIEF or NEGATORS & set(words):
        return None
    options = [part.strip() for part in re.split(r", or | or |, ", found["options"].lower())]
    named = [option for option in options if any(_inflected(option.split()[0], word) for word in words)]
    if _TURNED & set(words) or len(named) != 1:
        return None
    return named[0] if _VERB.fullmatch(named[0]) and named[0] not in FUNCTION else None


def _inflected(verb: str, word: str) -> bool:
    root = verb.rstrip("ey") if len(verb) > 3 else verb
    tail = word[len(root) :]
    doubled = tail[:1] == root[-1:] and tail[1:] in {"ed", "ing"}  # "admitted"
    return len(root) > 2 and word.startswith(root) and (tail in _ENDS or doubled)


_SO: Final = re.compile(
    r"[,;:] (?:so|and so|therefore|thus|hence),? (?:it(?: is|'s) |the answer is )(?P<rest>\S.*)\Z",
    re.DOTALL | re.IGNORECASE,
)


def last_word(answer: str) -> str:
    """What "…, so it's the lynxes that stay" comes to; the whole answer where nothing is concluded."""
    found = _SO.search(answer)
    return found["rest"] if found else answer


def without_table(answer: str) -> str:
    """What stands beside a table, which sets the options against each other; the table where nothing does."""
    if "|" not in answer:
        return answer
    kept = [line for line in answer.split("\n") if not line.lstrip().startswith("|")]
    return "\n".join(kept) if any(map(str.isalnum, "".join(kept))) else answer
