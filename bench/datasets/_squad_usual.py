"""The ordinary SQuAD question, read in one go: nearly all questions of nearly all files have nothing wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeGuard

from bench.datasets._row_answers import says_nothing
from bench.records import Gold, Item, Span


def read_usual(qa: Mapping[str, Any], context: str, article: str, split: str) -> Item | None:
    """The item of a question that is whole and sound, with offsets in characters; None sends it the long way.

    The long way (`SquadReading`) makes the same item of it, and has a word for everything that is wrong.
    """
    name, question, answers = qa.get("id"), qa.get("question"), qa.get("answers")
    impossible = qa.get("is_impossible", False)
    if not (_sound(name) and _sound(question) and type(answers) is list and type(impossible) is bool):
        return None
    if impossible is bool(answers):
        return None
    spans: dict[tuple[int, str], None] = {}
    for answer in answers:
        if type(answer) is not dict:
            return None
        text, start = answer.get("text"), answer.get("answer_start")
        if not _sound(text) or type(start) is not int or start < 0 or not context.startswith(text, start):
            return None
        if says_nothing(text):
            return None
        spans[start, text] = None
    gold: tuple[Gold, ...] = ()
    if spans:
        canonical, *aliases = dict.fromkeys(text for _, text in spans)
        places = tuple([Span(start=start, end=start + len(text), text=text) for start, text in spans])
        gold = (Gold(canonical=canonical, aliases=tuple(aliases), spans=places),)
    kind = "span" if gold else "none"
    return Item(
        id=name,
        article_id=article,
        question=question,
        context=context,
        answer_type=kind,
        gold=gold,
        split=split,
    )


def _sound(value: Any) -> TypeGuard[str]:
    """Whether a value is text that says something; other scripts are left to the long way."""
    return type(value) is str and value.isascii() and value != "" and not value.isspace()
