"""The figures that SQuAD 2.0's official evaluate-v2.0 script prints, from one pass over the answers.

Source: Rajpurkar, Jia and Liang, "Know What You Don't Know" (ACL 2018) and its evaluation script. Sums are
taken in its order and over its ints and floats, so that the results are equal and not merely close.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from functools import cached_property
from itertools import compress

from bench.answers.squad import pair_of
from bench.records import Item

NA_THRESHOLD = 1.0  # the script's default: a no-answer probability above it makes the answer ""

_UNSEEN, _SILENT, _SPOKE = 0, 1, 2


class SquadTally:
    """EM and F1 of every item, and what the official figures need besides; a few bytes per item.

    An item without an answer scores 0 and stays in the denominator; the official script dies of it.
    """

    def __init__(self, items: Sequence[Item]) -> None:
        """Start with every item unanswered; `items` fixes the order of summation."""
        self._items = items
        self._exact: list[float] = [0] * len(items)
        self._f1: list[float] = [0] * len(items)
        self._state = bytearray(len(items))
        self._null: dict[int, float] = {}  # row → the answer's own score of "no answer", in order given

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {item.id: n for n, item in enumerate(self._items)}

    def add(self, item_id: str, text: str, null_score: float | None = None) -> None:
        """Take in one raw answer; KeyError for an unknown item. Once per item."""
        self.add_row(self._rows[item_id], text, null_score)

    def add_row(self, row: int, text: str, null_score: float | None = None) -> None:
        """Take in one raw answer to the item with this number. Once per item."""
        self._exact[row], self._f1[row] = pair_of(self._items[row], text)
        self._state[row] = _SPOKE if text else _SILENT
        if null_score is not None:
            self._null[row] = null_score

    def without_probability(self, na_probs: Mapping[str, float]) -> list[str]:
        """Ids that were answered and that `na_probs` lacks; `figures` takes no such mapping."""
        answered = (item.id for item, state in zip(self._items, self._state, strict=True) if state)
        return [item_id for item_id in answered if item_id not in na_probs]

    def figures(self, na_probs: Mapping[str, float] | None = None) -> dict[str, float]:
        """The script's keys: exact, f1 (0–100) and total; HasAns_… and NoAns_… where such items exist.

        With `na_probs` (id → probability that there is no answer, for every answered id, others ignored) an
        answer above `NA_THRESHOLD` counts as "", and best_exact, best_exact_thresh, best_f1 and
        best_f1_thresh are added: the highest figure that any threshold reaches on these very items, and
        that threshold. Without, the answers' own null scores give the best_… keys, if all answers have one.
        KeyError for an answered id without a probability.
        """
        exact: Sequence[float] = self._exact
        f1: Sequence[float] = self._f1
        answered = len(self._items) - self._state.count(_UNSEEN)
        tuned = self._null if answered and len(self._null) == answered else None
        if na_probs is not None:
            given = ((self._rows[k], p) for k, p in na_probs.items() if k in self._rows)
            tuned = {row: p for row, p in given if self._state[row]}
            cut = {
                row
                for row, item in enumerate(self._items)
                if self._state[row] and na_probs[item.id] > NA_THRESHOLD
            }
            exact, f1 = self._cut(exact, cut), self._cut(f1, cut)
        found = _means(exact, f1, "")
        has = [item.answerable for item in self._items]
        for prefix, kept in (("HasAns_", has), ("NoAns_", [not flag for flag in has])):
            if any(kept):
                found |= _means(list(compress(exact, kept)), list(compress(f1, kept)), prefix)
        if tuned is not None:
            for name, scores in (("best_exact", self._exact), ("best_f1", self._f1)):
                found[name], found[f"{name}_thresh"] = self._best(scores, tuned)
        return found

    def _cut(self, scores: Sequence[float], rows: Set[int]) -> Sequence[float]:
        """Scores with the answers in `rows` taken for ""."""
        return (
            [float(not self._items[n].answerable) if n in rows else score for n, score in enumerate(scores)]
            if rows
            else scores
        )

    def _best(self, scores: Sequence[float], chance: Mapping[int, float]) -> tuple[float, float]:
        """(highest score 0–100, its threshold), answering more and more in the order of `chance`, ties as given."""
        score: float = sum(
            not item.answerable and bool(state) for item, state in zip(self._items, self._state, strict=True)
        )
        best, threshold = score, 0.0
        for row in sorted(chance, key=chance.__getitem__):
            if self._items[row].answerable:
                score += scores[row]
            elif self._state[row] == _SPOKE:
                score -= 1
            if score > best:
                best, threshold = score, chance[row]
        return 100.0 * best / len(self._items), threshold


def _means(exact: Sequence[float], f1: Sequence[float], prefix: str) -> dict[str, float]:
    total = len(exact)
    return {
        f"{prefix}exact": 100.0 * sum(exact) / total,
        f"{prefix}f1": 100.0 * sum(f1) / total,
        f"{prefix}total": total,
    }
