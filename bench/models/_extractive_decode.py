"""From start and end logits to spans. Pure; numpy is imported when first needed.

The score of a span is the sum of its start and end logits; of "no answer", the sum at the CLS token. Equal
scores: the span that starts first in the text goes first, then the shorter one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from bench.models._extractive_windows import Marks, Row

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DECIMALS = 4  # of a reported score: the digits beyond depend on batch shape and threads


class Scored(NamedTuple):
    """A span of the context with its score; `start` and `end` are code points."""

    score: float
    start: int
    end: int


class Reading(NamedTuple):
    """What one window says."""

    null_score: float
    spans: tuple[Scored, ...]


def read_window(
    start: NDArray[np.float32],
    end: NDArray[np.float32],
    row: Row,
    marks: Marks,
    *,
    max_tokens: int,
    n_best: int,
) -> Reading | None:
    """The null score and the `n_best` spans of one window. None when a logit is not a finite number.

    `start` and `end` are the logits of one row, padding cut off or not. Only tokens of the context can begin or
    end a span, and a span holds at most `max_tokens` of them.
    """
    import numpy as np

    length = len(row.ids)
    if not (np.isfinite(start[:length]).all() and np.isfinite(end[:length]).all()):
        return None
    null_score = float(start[row.cls]) + float(end[row.cls])
    shown = slice(row.offset, row.offset + row.count)
    tokens = slice(row.first, row.first + row.count)
    spans = _best(
        start[shown].astype(np.float64),
        end[shown].astype(np.float64),
        Marks(starts=marks.starts[tokens], ends=marks.ends[tokens]),
        max_tokens,
        n_best,
    )
    return Reading(null_score, spans)


def merge(readings: Iterable[Reading], n_best: int) -> Reading:
    """One reading from those of all windows: the lowest null score, the best spans, each once with its best score.

    The lowest null score is the recipe of SQuAD 2.0: a window without the answer says "no answer" loudly, so
    the window that says it least decides. ValueError without readings.
    """
    pairs = list(readings)
    spans = _distinct(sorted((s for r in pairs for s in r.spans), key=_rank))
    return Reading(min(r.null_score for r in pairs), tuple(spans[:n_best]))


def _best(
    start: NDArray[np.float64], end: NDArray[np.float64], marks: Marks, max_tokens: int, n_best: int
) -> tuple[Scored, ...]:
    """The `n_best` distinct spans of a window; several token spans may be one span of text."""
    import numpy as np

    n = len(start)
    if n == 0:
        return ()
    width = min(max_tokens, n)
    scores = start[:, None] + _ahead(end, width, -np.inf)
    allowed = marks.starts[:, None] < _ahead(marks.ends, width, -1)
    flat = np.where(allowed, scores, -np.inf).ravel()
    possible = int(np.count_nonzero(allowed))
    wanted = 2 * n_best
    while True:
        wanted = min(wanted, possible)
        if wanted == 0:
            return ()
        least = np.partition(flat, flat.size - wanted)[flat.size - wanted]
        chosen = np.flatnonzero(flat >= least)  # all that tie with the last one too
        first, more = np.divmod(chosen, width)
        found = zip(flat[chosen], marks.starts[first], marks.ends[first + more], strict=True)
        spans = _distinct(sorted((Scored(float(s), int(a), int(b)) for s, a, b in found), key=_rank))
        if len(spans) >= n_best or wanted == possible:
            return tuple(spans[:n_best])
        wanted *= 4


def _ahead(values: NDArray[Any], width: int, beyond: float) -> NDArray[Any]:
    """Row i holds values i … i + width − 1; `beyond` stands where there are none."""
    import numpy as np

    padded = np.concatenate([values, np.full(width - 1, beyond, dtype=values.dtype)])
    return np.lib.stride_tricks.sliding_window_view(padded, width)


def _rank(span: Scored) -> tuple[float, int, int]:
    return (-span.score, span.start, span.end)


def _distinct(spans: list[Scored]) -> list[Scored]:
    """The first of each (start, end)."""
    kept: dict[tuple[int, int], Scored] = {}
    for span in spans:
        kept.setdefault((span.start, span.end), span)
    return list(kept.values())
