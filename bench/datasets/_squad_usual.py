"""The ordinary SQuAD question, read in one go: nearly all questions of nearly all files have nothing wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bench.datasets._row_answers import says_nothing
from bench.records import Gold, Item, Span


def read_usual(qa: Mapping[str, Any], context: str, article: str, split: str) -> Item | None:
    """The item of a question that is whole and sound, with offsets in characters; None sends it the long way.

    The long way (`SquadReading`) makes the same item of it, and has a word for everything that is wrong.
    """
    name, question, answers = qa.get("id"), qa.get("question"), qa.get("answers")
    impossible = qa.get("is_impossible", False)
    if type(name) is not str or type(question) is not str or type(answers) is not list:
        return None
    if type(impossible) is not bool or impossible is bool(answers):
        return None
    # Other scripts are left to the long way, which looks for halves of surrogate pairs.
    if not (name.isascii() and question.isascii()) or not name.strip() or not question.strip():
        return None
    gold: tuple[Gold, ...] = ()
    if answers:
        gold = _gold(answers, context)
        if not gold:
            return None
    return Item(
        id=name,
        article_id=article,
        question=question,
        context=context,
        answer_type="span" if gold else "none",
        gold=gold,
        split=split,
    )


def _gold(answers: list[Any], context: str) -> tuple[Gold, ...]:
    """The one slot, or () where an answer is not sound or does not stand where it is said to."""
    spans: dict[tuple[int, str], None] = {}
    for answer in answers:
        if type(answer) is not dict:
            return ()
        text, start = answer.get("text"), answer.get("answer_start")
        if type(text) is not str or type(start) is not int or start < 0 or not text.isascii():
            return ()
        if not context.startswith(text, start) or says_nothing(text):
            return ()
        spans[start, text] = None
    canonical, *aliases = dict.fromkeys([text for _, text in spans])
    places = [Span(start=start, end=start + len(text), text=text) for start, text in spans]
    return (Gold(canonical=canonical, aliases=tuple(aliases), spans=tuple(places)),)
