"""SQuAD 2.0 exact match and F1, bit-compatible with the official evaluate-v2.0 script.

Source: Rajpurkar, Jia and Liang, "Know What You Don't Know" (ACL 2018) and its evaluation script, whose
arithmetic is repeated here operation by operation, so that floats are equal and not merely close.
"""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from typing import Any, Final

from bench.records import Item

_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ARTICLES = frozenset({"a", "an", "the"})
_ARTICLE_WORDS = re.compile(r"\b(?:a|an|the)\b")

# The normaliser for ASCII in one pass over bytes. Other white space becomes a blank; controls, which would split a
# token ("a\x01b"), become line breaks, and the count of lines then tells that this text needs the long way.
_FOLD = bytes(
    32 if chr(n) in "\t\v\f\r\x1c\x1d\x1e\x1f" else 10 if n < 32 or n == 127 else ord(chr(n).lower())
    for n in range(128)
) + bytes(128)  # fmt: skip
_DELETED = string.punctuation.encode("ascii")
_ARTICLE_BYTES = frozenset({b"a", b"an", b"the"})
_SOLID: Final = re.compile("[A-Za-z0-9]{4}").search


def normalize(text: str) -> str:
    """Lower case, ASCII punctuation deleted, the words a/an/the deleted, single spaces.

    Nothing else: curly quotes, diacritics and dashes outside ASCII stay, as in the official script.
    """
    words = text.lower().translate(_NO_PUNCTUATION).split()
    if all(map(str.isalnum, words)):
        return " ".join([word for word in words if word not in _ARTICLES])
    # A sign outside ASCII punctuation ("a–b") is a word boundary inside a token; only here is a pattern needed.
    return " ".join(_ARTICLE_WORDS.sub(" ", " ".join(words)).split())


def is_solid(text: str) -> bool:
    """Whether `normalize` surely leaves something: four letters or digits in a row are part of a word, and no article."""
    return _SOLID(text) is not None


def em_f1(text: str, golds: Sequence[str]) -> tuple[int, float]:
    """Exact match and F1 of one answer, each the best over `golds`; 0–1.

    Golds that normalise to nothing are dropped; with none left, only an answer that normalises to nothing
    is right. Equal to the script's `compute_exact` and `compute_f1`, ints where those give ints.
    """
    if not text:
        if not any(golds):
            return 1, 1
        if is_solid(golds[0]):
            return 0, 0
    elif is_solid(text):
        if text in golds:
            return 1, 1.0
        if not any(golds):
            return 0, 0
    joined = "\n".join((text, *golds))
    if joined.isascii():
        lines = joined.encode("ascii").translate(_FOLD, _DELETED).split(b"\n")
        if len(lines) == len(golds) + 1:
            said = _words(lines[0])
            if not said:
                return (0, 0) if any(map(_words, lines[1:])) else (1, 1)
            if lines.count(lines[0]) > 1:  # letter for letter: nothing left to compare
                return 1, 1.0
            return _compare(said, [words for line in lines[1:] if (words := _words(line))])
    plain = [normalize(gold).split() for gold in golds]
    return _compare(normalize(text).split(), [words for words in plain if words])


def pair_of(item: Item, text: str) -> tuple[int, float]:
    """`em_f1` of `text` as the answer to `item`; an abstention is the empty string, as in the official script."""
    asked, said, found = _LATEST[0]
    if asked is not item or said != text:
        found = em_f1(text, gold_texts(item))
        _LATEST[0] = item, text, found
    return found


# The same pair is asked for several times in a row: by two metrics, and for the official figures.
_LATEST: list[tuple[Item | None, str, tuple[int, float]]] = [(None, "", (0, 0))]


def _words(line: bytes) -> list[bytes]:
    return [word for word in line.split() if word not in _ARTICLE_BYTES]


def _compare(said: list[Any], wanted: list[list[Any]]) -> tuple[int, float]:
    """EM and F1 of words, bytes or str, against golds of at least one word each."""
    if not wanted:
        return (0, 0) if said else (1, 1)
    if said in wanted:
        return 1, 1.0
    kinds, size = set(said), len(said)
    best: float = 0
    for gold in wanted:
        if shared := kinds.intersection(gold):
            same = len(shared)
            if size != len(kinds) and len(gold) != len(set(gold)):  # something repeats on both sides
                same = sum(min(said.count(word), gold.count(word)) for word in shared)
            precision, recall = same / size, same / len(gold)
            best = max(best, (2 * precision * recall) / (precision + recall))
    return 0, best


def exact(prediction: str, golds: Sequence[str]) -> float:
    """1 when the prediction equals one of the golds after `normalize`, else 0; golds as in `em_f1`."""
    return float(em_f1(prediction, golds)[0])


def f1(prediction: str, golds: Sequence[str]) -> float:
    """Highest bag-of-words F1 over the golds, 0–1. With an empty side: 1 when both are empty, else 0."""
    return float(em_f1(prediction, golds)[1])


def gold_texts(item: Item) -> tuple[str, ...]:
    """The gold strings that EM and F1 compare with.

    One answer: canonical and aliases of every slot. A list (mode all or all_keyed): one string, the
    canonical members joined with ", ". Unanswerable: the empty string.
    """
    slots = item.gold
    if not slots:
        return ("",)
    if item.answer_mode in {"all", "all_keyed"}:
        return (", ".join(slot.canonical for slot in slots),)
    if len(slots) == 1:
        return (slots[0].canonical, *slots[0].aliases)
    return tuple(text for slot in slots for text in (slot.canonical, *slot.aliases))
