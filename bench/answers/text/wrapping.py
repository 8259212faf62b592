"""How much may stand around an answer: a short wrapper, and an explanation behind a short answer."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Final

from bench.answers.text.tokens import Text
from bench.answers.text.units import stem
from bench.answers.text.wording import FUNCTION, GENERIC, NATIONS, TITLES

LONG: Final = 40  # words beside the answer
MANY: Final = 60  # candidates in one answer: more is a listing of the article, whatever is among them
_TAIL: Final = 150  # words, where the first sentence alone is a short answer
_HEAD: Final = 20  # words of such a first sentence
_NEW: Final = 3  # words of its own that a sentence may bring, for each different right answer in the text
_MORE: Final = 2  # further ones where it repeats the question
_ENDINGS: Final = ("ed", "d", "ing")
_LAGS: Final = frozenset({"minute", "hour", "day", "week", "month", "year", "decade"})
_STOPS: Final = frozenset(".!\n:")
_ENDS: Final = frozenset(".!;:()\n")
# Words about the telling, which say nothing of what was asked: "…, without giving more detail".
_TELLING: Final = frozenset({"detail", "details", "information", "further", "more", "additional", "elaboration", "elaborating",
                             "giving", "specifics"})  # fmt: skip
_PLAIN: Final = TITLES | GENERIC | frozenset(NATIONS) | _TELLING

PAST: Final = {
    past: base
    for base, forms in (pair.split(":") for pair in ["lose:lost", "sell:sold", "win:won", "pay:paid", "buy:bought", "meet:met", "lead:led", "fall:fell", "rise:rose", "hold:held", "build:built", "send:sent", "spend:spent", "leave:left", "take:took", "give:gave", "make:made", "come:came", "go:went", "shoot:shot", "find:found", "tell:told", "catch:caught", "begin:began", "break:broke", "choose:chose", "drive:drove", "fly:flew", "grow:grew", "run:ran", "speak:spoke", "steal:stole", "strike:struck", "write:wrote", "keep:kept", "lend:lent", "sink:sank", "sign:signed", "say:said", "see:saw", "bring:brought"])
    for past in forms.split(",")
}  # fmt: skip

Range = tuple[int, int]


def wraps(
    text: Text,
    answers: list[Range],
    question: Set[str],
    size: int = 1,
    aside: Sequence[Range] = (),
    readings: int = 1,
) -> bool:
    """Whether `text` is no more than a wrapper around the answers at these token ranges.

    `question`: its words and their stems; `size`: words of the longest answer; `aside`: ranges
    that count for nothing (a denied lure); `readings`: different right answers, which need words that tell
    them apart. Two conditions. The whole is
    short, or begins with a short sentence that holds the answer. And a sentence around an answer says little
    that the question did not say: a sentence of the article that merely names the answer brings words of its
    own and repeats none of the question's.
    """
    return _short(text, answers, size) and _near(text, answers, question, aside, _NEW * readings)


def _short(text: Text, answers: list[Range], size: int) -> bool:
    words = len(text.content)
    if words <= LONG + size:
        return True
    if words > _TAIL + size:
        return False
    first, end = answers[0]
    stop = next((i for i, t in enumerate(text.tokens) if i >= end and t.raw in _STOPS), 0)
    return first < stop and sum(1 for i in text.content if i < stop) <= _HEAD + size


def inflected(norm: str, words: Set[str]) -> bool:
    """Whether `words` (with their stems) have a word or a plain form of it: "blamed" where they have "blame"."""
    if norm in words or stem(norm) in words or PAST.get(norm) in words:
        return True
    return any(
        len(norm) > len(end) + 2 and norm.removesuffix(end) in words for end in _ENDINGS if norm.endswith(end)
    )


def akin(norm: str, words: Set[str]) -> bool:
    """Whether `words` have a word, a form of it, or a longer word of the same beginning: "leader" where they have "lead"."""
    if inflected(norm, words):
        return True
    root = norm[: max(4, len(norm) - 3)]
    return len(norm) >= 5 and any(len(word) >= 4 and word[: len(root)] == root for word in words)


def _tails(text: Text, answers: list[Range], stop: int) -> set[int]:
    """What may hang on an answer: a relative clause behind a comma, "14 months later"."""
    out: set[int] = set()
    for _, end in answers:
        if end + 1 < stop and text.tokens[end].raw == "," and text.tokens[end + 1].norm in {"who", "which"}:
            out |= set(range(end, stop))
        lag = [t.norm for t in text.tokens[end : end + 3]]
        if len(lag) == 3 and stem(lag[1]) in _LAGS and lag[2] in {"later", "earlier", "ago", "before"}:
            out |= set(range(end, end + 3))
    return out


def _near(
    text: Text, answers: list[Range], question: Set[str], aside: Sequence[Range], own: int = _NEW
) -> bool:
    inside = {i for first, end in (*answers, *aside) for i in range(first, end)}
    begin = 0
    for stop in [
        *(i for i, t in enumerate(text.tokens) if t.kind == "p" and t.raw in _ENDS),
        len(text.tokens),
    ]:
        if any(begin <= first < stop for first, _ in answers):
            inside |= _tails(text, answers, stop)
            words = [text.tokens[i] for i in range(begin, stop) if i not in inside]
            meaning = [t.norm for t in words if t.kind == "w" and t.norm not in FUNCTION]
            shared = {norm for norm in meaning if inflected(norm, question)}
            new = sum(norm not in shared and norm not in _PLAIN for norm in meaning)
            if new <= (own + _MORE + len(shared) if shared else own):
                return True
        begin = stop + 1
    return False
