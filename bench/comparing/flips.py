"""The items on which two views get different credit, with everything needed to see why."""

from __future__ import annotations

from collections import Counter

from bench.comparing.pairing import Paired
from bench.records import Article, Item, Score
from bench.reports.comparison import Flip, Said
from bench.reports.view import RunView, evidence_sentences, expected_answer, given_answer
from bench.summary import HEADLINE_METRIC, in_headline

_AROUND = 120  # characters shown on either side of a gold span where no sentences are known


def flips(paired: Paired) -> tuple[Flip, ...]:
    """Every item whose `correct` differs, grouped by diagnosis a → b, the most frequent kind first.

    With replicates the means are compared, and the answers shown are those of the first replicate that
    differs the same way.
    """
    if HEADLINE_METRIC not in paired.metrics:
        return ()
    a, b = paired.values(HEADLINE_METRIC)
    articles = paired.views[0].articles
    found = [
        _flip(paired, n, articles.get(item.article_id), (float(a[n]), float(b[n])))
        for n, item in enumerate(paired.items)
        if abs(a[n] - b[n]) > 1e-12
    ]
    often = Counter(flip.kind for flip in found)
    return tuple(sorted(found, key=lambda flip: (-often[flip.kind], flip.kind)))


def _flip(paired: Paired, n: int, article: Article | None, values: tuple[float, float]) -> Flip:
    item = paired.items[n]
    before, after = (rows[n] for rows in paired.scores)
    shown = _telling(before, after, up=values[1] > values[0])
    sides = zip(paired.views, (before, after), values, strict=True)
    a, b = (_said(view, scores[shown], value) for view, scores, value in sides)
    return Flip(
        item=item.id,
        variant=item.variant,
        article=item.article_id,
        question=item.question,
        passage=passage(item, article),
        expected=expected_answer(item),
        in_headline=in_headline(item),
        replicate=before[shown].key.replicate,
        a=a,
        b=b,
    )


def _telling(before: tuple[Score, ...], after: tuple[Score, ...], *, up: bool) -> int:
    """The first replicate that differs in the direction of the means; there is one."""
    for r, pair in enumerate(zip(before, after, strict=True)):
        one, two = (score.values.get(HEADLINE_METRIC, 0.0) for score in pair)
        if one != two and (two > one) == up:
            return r
    return 0


def _said(view: RunView, score: Score, value: float) -> Said:
    prediction = view.predictions.get(score.key)
    error = prediction.error if prediction else None
    credit = score.values.get(HEADLINE_METRIC, 0.0)
    return Said(
        value=value,
        diagnosis=None if credit >= 1.0 else score.diagnosis or "other_content",
        raw=prediction.text if prediction and prediction.status == "ok" else None,
        read=given_answer(score),
        error=f"{error.type}: {error.message}" if error else None,
    )


def passage(item: Item, article: Article | None) -> tuple[str, ...]:
    """The evidence sentences; for data without them the words around the first span of a gold, or ()."""
    if found := evidence_sentences(item, article):
        return found
    span = next((span for gold in item.gold for span in gold.spans), None)
    if span is None:
        return ()
    start, end = max(0, span.start - _AROUND), min(len(item.context), span.end + _AROUND)
    text = item.context[start:end]
    return (f"{'… ' if start else ''}{text.strip()}{' …' if end < len(item.context) else ''}",)


def same_answers(paired: Paired) -> int:
    """On how many answers the two views say the same, raw and as read."""
    first, second = paired.views
    return sum(
        before.answer == after.answer and _raw(first, before) == _raw(second, after)
        for ones, twos in zip(*paired.scores, strict=True)
        for before, after in zip(ones, twos, strict=True)
    )


def _raw(view: RunView, score: Score) -> str | None:
    prediction = view.predictions.get(score.key)
    return prediction.text if prediction else None
