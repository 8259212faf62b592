"""SQuAD 2.0 JSON, with the whole item under an extra key that the official scorer passes over."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bench.answers.squad import gold_texts
from bench.datasets.exports.base import About, Export, Format
from bench.datasets.exports.native import (
    KEY,
    article_row,
    articles_of,
    contexts_of,
    row_digest,
    sparse,
    without_questions,
)
from bench.datasets.spans import occurrences
from bench.errors import counted
from bench.records import Article, Dataset, Item

NOWHERE = -1  # the answer_start of an answer that is not quoted from the text
_BESIDE = ("id", "question", "context", "article_id")  # of an item: what SQuAD has a place for


@dataclass(frozen=True, slots=True, kw_only=True)
class Squad(Format):
    """One file: an entry per article, a paragraph per context."""

    def export(self, dataset: Dataset, about: About) -> Export:
        """One file, `squad.json`. The answers of lists and of computed items have an answer_start of -1."""
        contexts = contexts_of(dataset.items)
        articles = articles_of(dataset, contexts)
        told = {name: article_row(article, contexts[name]) for name, article in articles.items()}
        places: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for n, item in enumerate(dataset.items):
            qas = places.setdefault((item.article_id, item.context), [])
            qas.append(_question(item, told[item.article_id], n))
        data = [_entry(articles[name], texts, places, told[name]) for name, texts in contexts.items()]
        source = {"name": dataset.name, "version": dataset.version, "canary": about.canary}
        value = {"version": "v2.0", KEY: {k: v for k, v in source.items() if v is not None}, "data": data}
        return Export(
            files={"squad.json": _json(value)},
            items=len(dataset.items),
            notes=(*without_questions(dataset), *_unquoted(dataset)),
        )


def _entry(
    article: Article,
    contexts: Mapping[str, None],
    places: Mapping[tuple[str, str], list[dict[str, Any]]],
    told: Mapping[str, Any],
) -> dict[str, Any]:
    return {
        "title": article.title or article.id,
        "paragraphs": [{"context": text, "qas": places[article.id, text]} for text in contexts],
        KEY: {"id": article.id, **told},
    }


def _question(item: Item, article: Mapping[str, Any], n: int) -> dict[str, Any]:
    whole = {k: v for k, v in sparse(item).items() if k not in _BESIDE}
    own = {"n": n, "digest": row_digest(item, article), "item": whole}
    return {"id": item.id, "question": item.question, **judged(item), KEY: own}


def judged(item: Item) -> dict[str, Any]:
    """What SQuAD says of an item's answers: the wordings that `em` and `f1` compare with, and where they stand.

    A wording is listed once for every place that the item names, else once where it stands first, else with
    an answer_start of -1. Lures that stand in the text are plausible answers of an impossible question.
    """
    if not item.answerable:
        found = [a for lure in item.reject for a in _at_first(item.context, lure) if a["answer_start"] >= 0]
        plausible = {"plausible_answers": found} if found else {}
        return {"is_impossible": True, "answers": [], **plausible}
    spans: dict[str, list[dict[str, Any]]] = {}
    for slot in item.gold if item.answer_mode not in ("all", "all_keyed") else ():
        for span in slot.spans:
            spans.setdefault(span.text, []).append({"text": span.text, "answer_start": span.start})
    answers: list[dict[str, Any]] = []
    for text in dict.fromkeys(gold_texts(item)):
        answers += spans.get(text) or _at_first(item.context, text)
    return {"is_impossible": False, "answers": answers}


def _at_first(context: str, text: str) -> list[dict[str, Any]]:
    start = next((s.start for s in occurrences(context, text) if s.text == text), NOWHERE)
    return [{"text": text, "answer_start": start}]


def _unquoted(dataset: Dataset) -> tuple[str, ...]:
    n = sum(
        all(a["answer_start"] == NOWHERE for a in judged(item)["answers"])
        for item in dataset.items
        if item.answerable
    )
    return (
        (f"{counted(n, 'item')} without an answer that is a quotation: answer_start is {NOWHERE} there",)
        if n
        else ()
    )


def _json(value: Any) -> bytes:
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False).encode() + b"\n"
    except UnicodeEncodeError:  # half a surrogate pair
        return json.dumps(value, allow_nan=False).encode() + b"\n"
