"""SQuAD 2.0 exact match and F1, bit-compatible with the official evaluate-v2.0 script.

Source: Rajpurkar, Jia and Liang, "Know What You Don't Know" (ACL 2018) and its evaluation script, whose
arithmetic is repeated here operation by operation, so that floats are equal and not merely close.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from bench.records import Item

_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ARTICLES = frozenset({"a", "an", "the"})
_ARTICLE_WORDS = re.compile(r"\b(?:a|an|the)\b")

Bag = tuple[Counter[str], int]


def normalize(text: str) -> str:
    """Lower case, ASCII punctuation deleted, the words a/an/the deleted, single spaces.

    Nothing else: curly quotes, diacritics and dashes outside ASCII stay, as in the official script.
    """
    words = text.lower().translate(_NO_PUNCTUATION).split()
    if all(map(str.isalnum, words)):
        return " ".join([word for word in words if word not in _ARTICLES])
    # A sign outside ASCII punctuation ("a–b") is a word boundary inside a token; only here is a pattern needed.
    return " ".join(_ARTICLE_WORDS.sub(" ", " ".join(words)).split())


def exact(prediction: str, golds: Sequence[str]) -> float:
    """1 when the prediction equals one of the golds after `normalize`, else 0.

    Golds that normalise to nothing are dropped; with none left the only gold is the empty string.
    """
    return float(normalize(prediction) in _forms(tuple(golds)))


def f1(prediction: str, golds: Sequence[str]) -> float:
    """Highest bag-of-words F1 over the golds, 0–1. With an empty side: 1 when both are empty, else 0."""
    return _best_f1(normalize(prediction), _bags(tuple(golds)))


def gold_texts(item: Item) -> tuple[str, ...]:
    """The gold strings that EM and F1 compare with.

    One answer: canonical and aliases of every slot. A list (mode all or all_keyed): one string, the
    canonical members joined with ", ". Unanswerable: the empty string.
    """
    if item.answer_mode in {"all", "all_keyed"}:
        return (", ".join(slot.canonical for slot in item.gold),) if item.gold else ("",)
    texts = [text for slot in item.gold for text in (slot.canonical, *slot.aliases)]
    return tuple(texts) or ("",)


def usable(golds: Iterable[str]) -> tuple[str, ...]:
    """Golds that do not normalise to nothing, or ("",) when there are none; order kept."""
    return tuple(gold for gold in golds if normalize(gold)) or ("",)


@lru_cache(maxsize=16384)
def _forms(golds: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(normalize, usable(golds)))


@lru_cache(maxsize=16384)
def _bags(golds: tuple[str, ...]) -> tuple[Bag, ...]:
    """One (word counts, word total) per distinct gold: bags are what repeats across predictions."""
    words = [normalize(gold).split() for gold in dict.fromkeys(usable(golds))]
    return tuple((Counter(gold), len(gold)) for gold in words)


def _best_f1(normal: str, bags: Sequence[Bag]) -> float:
    words = normal.split()
    total = len(words)
    best = 0.0
    counts: Counter[str] | None = None
    for gold, size in bags:
        if not size or not total:
            best = max(best, float(size == total))
            continue
        if counts is None:
            counts = Counter(words)
        same = sum(min(number, gold[word]) for word, number in counts.items() if word in gold)
        if same:
            precision = 1.0 * same / total
            recall = 1.0 * same / size
            best = max(best, (2 * precision * recall) / (precision + recall))
    return best
