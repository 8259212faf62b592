"""The official SQuAD 2.0 figures of a scored file, row by row."""

from __future__ import annotations

from collections.abc import Mapping

_SQUAD_ROWS = (("", "all"), ("HasAns_", "answerable"), ("NoAns_", "unanswerable"))
_TUNED = "best threshold, tuned on the scored items"


def squad_rows(squad: Mapping[str, float]) -> list[tuple[str, str, str, str]]:
    """(questions, exact, F1, how many) for all, answerable and unanswerable ones; best-threshold figures are labelled as tuned."""
    rows = [
        (label, f"{squad[f'{prefix}exact']:.2f}", f"{squad[f'{prefix}f1']:.2f}", f"{squad[f'{prefix}total']}")
        for prefix, label in _SQUAD_ROWS
        if f"{prefix}total" in squad
    ]
    if "best_exact" in squad:
        label = f"{_TUNED} ({squad['best_exact_thresh']:.4g}; F1: {squad['best_f1_thresh']:.4g})"
        rows.append((label, f"{squad['best_exact']:.2f}", f"{squad['best_f1']:.2f}", f"{squad['total']}"))
    return rows
