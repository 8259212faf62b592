"""How well the sentences cited agree with the sets that would each do."""

from __future__ import annotations

from bench.records import Answer, Item


def cites(item: Item) -> bool:
    """Whether evidence can be judged: the article answers, says where, and stands unchanged before the model."""
    return item.answerable and bool(item.evidence) and item.variant == "none"


def set_f1(cited: frozenset[int], wanted: frozenset[int]) -> float:
    """2 · common / (cited + wanted) of two sets, 0–1; `wanted` is not empty."""
    return 2 * len(cited & wanted) / (len(cited) + len(wanted))


def best_f1(item: Item, answer: Answer) -> float:
    """The highest F1 of the sentences cited with any of the item's alternative sets."""
    cited = frozenset(answer.evidence)
    return max(set_f1(cited, frozenset(wanted)) for wanted in item.evidence if wanted)


def supported(item: Item, answer: Answer, spare: int) -> bool:
    """Whether the sentences cited hold one whole set and at most `spare` more."""
    cited = frozenset(answer.evidence)
    return any(
        wanted <= cited and len(cited) <= len(wanted) + spare for wanted in map(frozenset, item.evidence)
    )
