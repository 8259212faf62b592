"""Small scored runs for the tests of boards: twelve articles of three items, answers chosen per item."""

from __future__ import annotations

from collections.abc import Callable

from bench.answers.extract import Extractor
from bench.build import build_metrics
from bench.canonical import digest
from bench.records import Article, Dataset, Gold, Item, Key, Prediction
from bench.reports.view import RunView
from bench.scoring import score_predictions, signature
from bench.store import codec
from bench.summary import summarise

METRICS = build_metrics(["correct", "em", "f1", "abstention_f1"])


def dataset(articles: int = 12) -> Dataset:
    texts = [
        Article(id=f"a{n:02d}", text=f"Berg leads party {n}. It has {n + 20} members.")
        for n in range(articles)
    ]
    items = []
    for n, article in enumerate(texts):
        rows = (
            ("who", "Who leads it?", "person", (Gold(canonical="Berg"),)),
            ("how", "How many members has it?", "number", (Gold(canonical=str(n + 20), value=n + 20.0),)),
            ("pay", "Who pays for it?", "none", ()),
        )
        items += [
            Item(id=f"{article.id}-{key}", article_id=article.id, question=question, context=article.text,
                 answer_type=kind, gold=gold, unanswerable_reason=None if gold else "missing_info")
            for key, question, kind, gold in rows
        ]  # fmt: skip
    return Dataset(name="parties", version="1", articles=tuple(texts), items=tuple(items))


def view(
    name: str,
    says: Callable[[int, Item], str],
    data: Dataset | None = None,
    *,
    failed: int = 0,
    partial: bool = False,
    pinned: bool = True,
) -> RunView:
    """A scored run of a model called `name` that says `says(n, item)`; its first `failed` answers failed."""
    data = data or dataset()
    predictions = {}
    for n, item in enumerate(data.items):
        key = Key(item.id)
        status = "failed" if n < failed else "ok"
        predictions[key] = Prediction(key=key, request_digest="", text=says(n, item), status=status)
    scores = score_predictions(data.items, predictions, METRICS, Extractor())
    gold = codec.gold_digest(data.items)
    identity = {"model": {"kind": name, "version": "1"}}
    manifest = {
        "run_id": digest([name, [p.text for p in predictions.values()]]),
        "model": {"name": name, "pinned": pinned},
        "identity": identity,
        "prompt": None,
        "replicates": 1,
        "command": f"dateline run model={name}",
        "dataset": {"name": data.name, "partial": partial, "snapshot": gold},
    }
    return RunView(
        manifest=manifest,
        signature=signature(data, gold, METRICS, Extractor()),
        dataset=data,
        predictions=predictions,
        scores=tuple(scores),
        summary=summarise(data.items, scores, METRICS),
    )


def gold(item: Item) -> str:
    return item.gold[0].canonical if item.gold else ""


def good(n: int, item: Item) -> str:
    return gold(item)


def fair(n: int, item: Item) -> str:
    return gold(item) if n % 5 else "Nobody at all"


def poor(n: int, item: Item) -> str:
    return gold(item) if n % 5 == 0 else "Nobody at all"


def silent(n: int, item: Item) -> str:
    return ""
