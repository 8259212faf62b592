"""Small data sets and scored runs in memory, scored by the real scorer."""

from __future__ import annotations

import hashlib

from bench.answers.extract import Extractor
from bench.build import build_metrics
from bench.records import Article, Dataset, Failure, Gold, Item, Key, Prediction
from bench.reports.view import RunView
from bench.scoring import score_predictions, signature
from bench.store import codec
from bench.summary import summarise

METRICS = ("correct", "em", "f1", "answer_length", "abstention_f1")


def dataset(n_articles=4, answerable=3, unanswerable=1, name="made"):
    """Articles a0, a1 …, each with items whose gold is a name of its own, and items without an answer."""
    articles, items = [], []
    for a in range(n_articles):
        names = [f"Person{chr(65 + a)}{chr(65 + q)}" for q in range(answerable)]
        text = " ".join(f"{name} came at {8 + q} in the morning." for q, name in enumerate(names))
        articles.append(Article(id=f"a{a}", text=text))
        for q in range(answerable + unanswerable):
            gold = (Gold(canonical=names[q]),) if q < answerable else ()
            items.append(
                Item(
                    id=f"a{a}-q{q}",
                    article_id=f"a{a}",
                    question=f"Who came as number {q} in {a}?",
                    context=text,
                    answer_type="person" if gold else "none",
                    gold=gold,
                    skills=("who", "even" if q % 2 == 0 else "odd"),
                )
            )
    return Dataset(name=name, version="1", articles=tuple(articles), items=tuple(items))


def right(item):
    return item.gold[0].canonical if item.gold else "The article does not say."


def view(data, answers=right, *, name="model", replicates=1, metrics=METRICS, partial=False, **about):
    """A scored run; `answers` maps (item) or (item, replicate) to a text, None for a failure."""
    predictions = {}
    for item in data.items:
        for r in range(replicates):
            text = answers(item) if replicates == 1 else answers(item, r)
            key = Key(item.id, item.variant, r)
            predictions[key] = (
                Prediction(
                    key=key, request_digest="", status="failed", error=Failure(type="Oops", message="no")
                )
                if text is None
                else Prediction(key=key, request_digest="", text=text)
            )
    made = build_metrics(list(metrics))
    scores = score_predictions(data.items, predictions, made, Extractor(), replicates)
    gold = codec.gold_digest(data.items)
    manifest = {
        "run_id": hashlib.sha256(name.encode()).hexdigest(),
        "identity": {"model": {"kind": name}},
        "dataset": {"name": data.name, "version": data.version, "gold": gold, "partial": partial,
                    "split": "test", "where": None, "limit": None, "seed": 0, **about},
        "model": {"name": name, "pinned": True},
        "replicates": replicates,
        "command": "dateline run",
        "counts": {"failed": sum(p.status == "failed" for p in predictions.values())},
    }  # fmt: skip
    return RunView(
        manifest=manifest,
        signature=signature(data, gold, made, Extractor()),
        dataset=data,
        predictions=predictions,
        scores=tuple(scores),
        summary=summarise(data.items, scores, made),
    )
