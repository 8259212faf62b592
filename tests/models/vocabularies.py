"""Vocabularies counted from texts: the library's own trainers of WordPiece and Unigram give another one each time."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence


def wordpiece(texts: Iterable[str], special: Sequence[str], size: int) -> dict[str, int]:
    """At most `size` pieces: `special`, every character alone and inside a word, then the beginnings of lower-cased words."""
    words = [word for text in texts for word in text.lower().split()]
    characters = sorted({c for word in words for c in word})
    begun = Counter(word[:n] for word in words for n in range(2, len(word) + 1))
    pieces = [*special, *characters, *(f"##{c}" for c in characters), *_most(begun)]
    return {piece: place for place, piece in enumerate(dict.fromkeys(pieces[:size]))}


def unigram(texts: Iterable[str], special: Sequence[str], size: int) -> list[tuple[str, float]]:
    """At most `size` pieces with log frequencies: `special` at 0, every character, then parts of up to six characters."""
    words = [f"▁{word}" for text in texts for word in text.split()]
    single = Counter(c for word in words for c in word)
    parts = Counter(
        word[a:b] for word in words for a in range(len(word)) for b in range(a + 2, min(a + 6, len(word)) + 1)
    )
    total = single.total()
    counted = [*sorted(single.items()), *((part, parts[part]) for part in _most(parts))]
    return [*((word, 0.0) for word in special), *((p, math.log(n / total)) for p, n in counted)][:size]


def _most(counts: Counter[str]) -> list[str]:
    """The pieces that occur more than once, those that cover most text first."""
    kept = [(-(len(piece) - 1) * n, piece) for piece, n in counts.items() if n > 1]
    return [piece for _, piece in sorted(kept)]
