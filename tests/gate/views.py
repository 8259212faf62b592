"""Scored runs made by hand: articles of items, and who got which of them right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bench.comparing.pairing import Paired, pair
from bench.records import Answer, Article, Dataset, Failure, Gold, Item, Key, Prediction, Score, Sentence
from bench.reports.view import RunView
from bench.summary import Summary

ABOUT = {"low": 0.0, "high": 1.0, "higher_is_better": True, "per_answer": True, "failure": 0.0}
LENGTH = {"low": 0.0, "high": None, "higher_is_better": False, "per_answer": True, "failure": None}
TEXT = "Lund closed the port."


def dataset(articles: int = 8, answerable: int = 3, unanswerable: int = 1, **changes: object) -> Dataset:
    """Items `a0-q0`, `a0-q1` …, the unanswerable ones last in each article; every first one is about numbers."""
    items = []
    for a in range(articles):
        for q in range(answerable + unanswerable):
            values = {
                "id": f"a{a}-q{q}", "article_id": f"a{a}", "question": f"Who closed port {a}-{q}?", "context": TEXT,
                "answer_type": "person" if q < answerable else "none", "evidence": ((1,),),
                "gold": (Gold(canonical="Lund"),) if q < answerable else (),
                "skills": ("arithmetic",) if q == 0 else ("who",),
            }  # fmt: skip
            items.append(Item(**{**values, **changes}))
    sentence = Sentence(n=1, paragraph=1, start=0, end=len(TEXT))
    found = tuple(Article(id=f"a{a}", text=TEXT, sentences=(sentence,)) for a in range(articles))
    return Dataset(name="ports", version="1", articles=found, items=tuple(items))


def view(
    data: Dataset,
    right: Mapping[str, float | Sequence[float]] | None = None,
    *,
    otherwise: float = 1.0,
    replicates: int = 1,
    failed: Sequence[str] = (),
    texts: Mapping[str, str] | None = None,
    name: str = "m",
    model: Mapping[str, object] | None = None,
    metrics: Mapping[str, Mapping[str, object]] | None = None,
) -> RunView:
    """A run whose credit is `right[item id]` (one value, or one per replicate), else `otherwise`."""
    predictions, scores = {}, []
    for item in data.items:
        credit = (right or {}).get(item.id, otherwise)
        per = list(credit) if isinstance(credit, Sequence) else [credit] * replicates
        for r, value in enumerate(per):
            key = Key(item.id, "none", r)
            down = item.id in failed
            said = (texts or {}).get(item.id, "Lund" if value >= 1.0 else "Lind")
            error = Failure(type="OSError", message="gone") if down else None
            predictions[key] = Prediction(
                key=key, request_digest="d", text=said, status="failed" if down else "ok", error=error
            )
            answer = Answer(text="" if down else said, failed=down)
            diagnosis = None if value >= 1.0 else "wrong"
            values = {m: 0.0 if down else float(value) for m in metrics or {"correct": ABOUT}}
            scores.append(
                Score(key=key, article_id=item.article_id, values=values, answer=answer, diagnosis=diagnosis)
            )
    about = dict(metrics or {"correct": ABOUT})
    return RunView(
        manifest={
            "run_id": f"{name}00000000000000", "model": {"name": name, "pinned": True}, "replicates": replicates,
            "identity": {"model": dict(model or {})},
            "dataset": {"name": "ports", "version": "1", "partial": False},
        },
        signature={
            "line": "data:ports-1|correct:1", "gold": "g", "metrics": {m: {"version": "1"} for m in about},
            "units": dict.fromkeys(about, "share"), "about": about,
        },
        dataset=data,
        predictions=predictions,
        scores=tuple(scores),
        summary=Summary(headline=None, headline_name="", metrics={}, slices={}, diagnoses={}, counts={}),
    )  # fmt: skip


def paired(data: Dataset, before: Mapping[str, float], after: Mapping[str, float]) -> Paired:
    """Baseline and candidate, aligned."""
    return pair([view(data, before, name="base"), view(data, after, name="cand")])


def undecided() -> Paired:
    """480 items on 40 articles, of which 10 gain and 13 lose three each: −1.9 points, give or take five."""
    before = {f"a{a}-q{q}": 0.0 for a in range(10) for q in range(3)}
    after = {f"a{a}-q{q}": 0.0 for a in range(10, 23) for q in range(3)}
    return paired(dataset(articles=40, answerable=6, unanswerable=6), before, after)
