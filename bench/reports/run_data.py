"""What the item explorer of a page shows, as plain values: articles once, then items, then each run's answers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bench.records import Article, Item, Prediction, Score
from bench.reports.inert import plain
from bench.reports.packed import packed_block
from bench.reports.page import data_block
from bench.reports.view import RunView, expected_answer

_LINES, _LINE = 200, 2000  # of a raw output
_N_BEST = 8
_PACKED_ABOVE = 1_000_000  # characters of JSON; smaller pages stay readable as they are
_METRICS = ("correct", "em", "f1")


def explorer_block(views: Sequence[RunView]) -> str:
    """The element that holds `explorer_data`: JSON, packed where it is large."""
    data = explorer_data(views)
    made = json.dumps(data, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return data_block("items", data) if len(made) <= _PACKED_ABOVE else packed_block(data)


def explorer_data(views: Sequence[RunView]) -> dict[str, Any]:
    """`articles`, `items` and `runs` of one or more views on the same items; empty fields are left out."""
    first = views[0]
    articles = first.articles
    order = {name: n for n, name in enumerate(articles)}
    return {
        "articles": [_article(a) for a in articles.values()],
        "items": [_item(i, order, articles.get(i.article_id)) for i in first.dataset.items],
        "runs": [
            _run(view, view.shown if views[1:] else str(view.manifest["model"]["name"])) for view in views
        ],
    }


def _article(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "text": article.text,
        "sentences": [[s.n, s.start, s.end] for s in article.sentences],
    }


def _item(item: Item, order: Mapping[str, int], article: Article | None) -> dict[str, Any]:
    row = {
        "id": item.id,
        "variant": "" if item.variant == "none" else item.variant,
        "article": order.get(item.article_id, -1),
        "context": "" if article is not None and article.text == item.context else item.context,
        "question": item.question,
        "type": item.answer_type,
        "skills": list(item.skills),
        "status": "" if item.status == "active" else item.status,
        "expected": expected_answer(item),
        "also": [alias for gold in item.gold for alias in gold.aliases],
        "never": list(item.reject),
        "evidence": sorted({n for group in item.evidence for n in group}),
        "gold": [[s.start, s.end] for gold in item.gold for s in gold.spans],
        "reason": item.unanswerable_reason or "",
    }
    return {k: v for k, v in row.items() if v not in ("", [])} | {"article": row["article"]}


def _run(view: RunView, name: str) -> dict[str, Any]:
    """One run: its `name`, and per item (in data order) its answers by replicate."""
    found: dict[tuple[str, str], list[Score]] = {}
    for score in view.scores:
        found.setdefault((score.key.item_id, score.key.variant), []).append(score)
    rows = [
        [_answer(item, s, view.predictions.get(s.key)) for s in found.get((item.id, item.variant), ())]
        for item in view.dataset.items
    ]
    return {"name": plain(name), "answers": rows}


def _answer(item: Item, score: Score, prediction: Prediction | None) -> dict[str, Any]:
    answer = score.answer
    state = (
        "failed"
        if answer.failed
        else "refused"
        if answer.refused
        else "abstained"
        if answer.abstained
        else ""
    )
    row: dict[str, Any] = {
        "text": _visible(answer.text),
        "state": state,
        "values": {k: round(v, 4) for k, v in score.values.items() if k in _METRICS},
        "why": score.diagnosis or "",
    }
    if prediction is not None:
        row |= _told(item, answer.text, prediction)
    return {k: v for k, v in row.items() if v not in ("", [], None)}


def _told(item: Item, read: str, prediction: Prediction) -> dict[str, Any]:
    """What the mechanism did beside the answer as it was read."""
    raw = _visible(prediction.text)
    spans = [[plain(s.text, 300), round(s.score, 3)] for s in prediction.spans[:_N_BEST]]
    tokens = [prediction.tokens_in, prediction.tokens_kept, prediction.tokens_out]
    return {
        "raw": "" if raw == _visible(read) else raw,
        "spans": spans,
        "null": None if prediction.null_score is None else round(prediction.null_score, 3),
        "finish": prediction.finish_reason or "",
        "tokens": tokens if any(t is not None for t in tokens) else [],
        "confidence": None if prediction.confidence is None else round(prediction.confidence, 4),
        "error": ""
        if prediction.error is None
        else plain(f"{prediction.error.type}: {prediction.error.message}", 500),
        "at": _place(item, read, prediction),
    }


def _place(item: Item, read: str, prediction: Prediction) -> list[int]:
    """Where the answer stands in the context: the model's own place, else the first occurrence; [] if nowhere."""
    best = prediction.spans[0] if prediction.spans else None
    if best is not None and best.start is not None and best.end is not None and best.text == read:
        return [best.start, best.end]
    start = item.context.find(read) if read else -1
    return [] if start < 0 else [start, start + len(read)]


def _visible(text: str) -> str:
    """A raw output with its line ends, control characters as escapes, cut to a length that a page bears."""
    lines = text.split("\n", _LINES + 1)
    shown = "\n".join(plain(line, _LINE) for line in lines[:_LINES])
    return shown if len(lines) <= _LINES else f"{shown}\n…"
