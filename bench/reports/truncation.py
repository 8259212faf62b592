"""What was cut: prompts that did not fit, whether the answer was in the part read, outputs that ran into their limit."""

from __future__ import annotations

from dataclasses import dataclass

from bench.records import Article, Gold, Item, Prediction
from bench.reports.view import RunView


@dataclass(frozen=True, slots=True, kw_only=True)
class Truncation:
    """Counts of predictions; failed ones are not among them."""

    answered: int
    shortened: int  # tokens were left out of the prompt
    context_cut: int  # sentences of the article among them
    gold_lost: int  # … and with them the answer, or the sentences that it is drawn from
    unfinished: int  # the output ended at its length limit


def truncation(view: RunView) -> Truncation:
    """Counts over all answered predictions of a run."""
    answered = [p for p in view.predictions.values() if p.status == "ok"]
    cut = [p for p in answered if p.context_kept is not None]
    items, articles = (view.items, view.articles) if cut else ({}, {})  # there may be many
    pairs = [(items.get((p.key.item_id, p.key.variant)), p.context_kept) for p in cut]
    lost = [
        gold_kept(i, articles.get(i.article_id), kept) is False for i, kept in pairs if i and kept is not None
    ]
    return Truncation(
        answered=len(answered),
        shortened=sum(_shortened(p) for p in answered),
        context_cut=len(cut),
        gold_lost=sum(lost),
        unfinished=sum(p.finish_reason == "length" for p in answered),
    )


def _shortened(prediction: Prediction) -> bool:
    counted = prediction.tokens_in is not None and prediction.tokens_kept is not None
    return counted and (prediction.tokens_kept or 0) < (prediction.tokens_in or 0)


def gold_kept(item: Item, article: Article | None, kept: int) -> bool | None:
    """Whether the first `kept` characters of the context answer the item; None where that cannot be told.

    Quotable slots must stand there once each; for computed ones a whole set of evidence sentences must. Where any
    slot will do, one is enough.
    """
    if not item.gold:
        return None
    known = {s.n: s.end for s in article.sentences} if article and article.text == item.context else {}
    sets = [[known.get(n) for n in wanted] for wanted in item.evidence]
    evidence = (
        any(all(end is not None and end <= kept for end in ends) for ends in sets) if known and sets else None
    )
    slots = [_slot_kept(slot, kept, evidence) for slot in item.gold]
    if item.answer_mode == "any":
        return True if True in slots else None if None in slots else False
    return False if False in slots else None if None in slots else True


def _slot_kept(slot: Gold, kept: int, evidence: bool | None) -> bool | None:
    return any(span.end <= kept for span in slot.spans) if slot.spans else evidence


def truncation_line(view: RunView) -> str:
    """One sentence, or "" where nothing was cut."""
    found = truncation(view)
    parts = []
    if found.shortened:
        what = f"{found.shortened} of {found.answered} prompts did not fit and were shortened"
        if found.context_cut:
            what += f", {found.context_cut} of them at the end of the article, {found.gold_lost} of these before the answer"
        parts.append(what)
    if found.unfinished:
        ended = "1 output" if found.unfinished == 1 else f"{found.unfinished} outputs"
        parts.append(f"{ended} ended at the length limit")
    return "; ".join(parts) + "." if parts else ""


def read_of(prediction: Prediction) -> str:
    """`1,024 of 1,310 tokens`, or "" where the whole prompt was read."""
    if not _shortened(prediction):
        return ""
    return f"{prediction.tokens_kept:,} of {prediction.tokens_in:,} tokens"
