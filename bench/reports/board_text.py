"""Sentences that every form of a leaderboard says in the same words."""

from __future__ import annotations

from bench.reports.board import Board, above, leader, tie_groups
from bench.reports.view import counted, percent


def summary(board: Board) -> str:
    """What was measured, on how much."""
    shown = sum(not row.reference for row in board.rows)
    return (
        f"{counted(shown, 'model')} on {board.dataset}: {counted(board.n_items, 'item')} in the headline, on "
        f"{counted(board.n_articles, 'article')}. Headline: {board.headline_name}, with a 95 % interval by article."
    )


def ranks(board: Board) -> str:
    """How the ranks are to be read, and how small a difference this board can see."""
    text = "Ranks hold together with 95 % confidence: 1–3 means that the model may be first, second or third."
    if board.mde is not None:
        text += f" Two models {percent(board.mde)} points apart are told apart with 80 % probability."
    return text


def ties(board: Board) -> list[str]:
    """Who cannot be told apart; empty where every rank is sure."""
    return [f"not told apart: {', '.join(group)}" for group in tie_groups(board.rows)]


def first_place(board: Board) -> str:
    """Who is first, if anybody is."""
    first = leader(board.rows)
    if first is None:
        return "No single model is first."
    better = above(first, board.rows)
    return f"First: {first.name}" + (f", but not above the yardstick {better.name}." if better else ".")
