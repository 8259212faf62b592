"""What still stands of an answer that corrects itself: "52, sorry, 162"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bench.answers.output.retraction import RETRACTION
from bench.answers.text.tokens import Text

_SORRY: Final = frozenset({"wait", "sorry", "correction", "oops", "scratch"})
_AT_FIRST: Final = frozenset({"first", "initially", "originally", "thought", "assumed"})
_MOVED: Final = frozenset({"raised", "revised", "lowered", "updated", "corrected", "cut"})


def taken_back(text: Text, spots: Sequence[int]) -> int:
    """First token of what still stands after a correction ("52, sorry, 162"; "52. No, wait: 162"); 0 if none.

    `spots`: where candidates begin. Other than an admission, a correction needs a candidate on either side.
    """
    tokens = text.tokens
    void, admitted = _retracted(text)
    if void and spots and min(spots) < void and (admitted or max(spots) >= void):
        return void
    if len(spots) < 2:
        return 0
    for at in range(max(spots) - 1, min(spots), -1):
        norm = tokens[at].norm
        before, after = tokens[at - 1], tokens[at + 1]
        if norm in _SORRY and (before.kind == "p" or before.norm in {"no", "oh", "wait"}):
            return at
        if norm == "mean" and before.norm == "i":
            return at
        if norm == "rather" and before.norm == "or":
            return at
        if norm in {"no", "actually"} and before.kind == "p" and (norm == "actually" or after.kind == "p"):
            return at
        if norm == "that" and before.norm == "make":
            return at
        if (
            norm == "to"
            and before.norm == "corrected"
            and tokens[at - 2].norm not in {"was", "not", "be", "first"}
        ):
            return at
        if norm == "to" and any(
            t.norm in _MOVED and any(b.norm in _AT_FIRST for b in tokens[max(0, i - 6) : i])
            for i, t in enumerate(tokens[max(0, at - 4) : at], start=max(0, at - 4))
        ):
            return at  # "first gave 23 and raised the toll to 46"
        if norm in {"but", "however"}:
            begin = next((i for i in range(at - 1, -1, -1) if tokens[i].raw in {".", "!", "?", "\n"}), 0)
            told = any(_at_first(text, i) for i in range(max(begin, at - 12), at))
            if told and any(begin <= spot < at for spot in spots):
                return at
    return 0


def _retracted(text: Text) -> tuple[int, bool]:
    """The token from which a text looks at its answer again (0 if it does not), and whether it admits a mistake."""
    found = list(RETRACTION.finditer(text.clean.lower()))
    if not found or len(text.clean.lower()) != len(text.clean):
        return 0, False
    start = found[-1].start("head")
    at = next((i for i, token in enumerate(text.tokens) if token.start >= start), 0)
    return at, found[-1]["admitted"] is not None


def _at_first(text: Text, at: int) -> bool:
    """ "at first", "first thought to be"; not "crossed the line first"."""
    norm = text.tokens[at].norm
    return norm in _AT_FIRST and (
        norm != "first" or text.tokens[at + 1].kind == "w" or text.tokens[at - 1].norm == "at"
    )
