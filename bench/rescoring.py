"""A bundle as a scored run of today: as it was sealed where gold and metrics are the same, else scored again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bench.answers.extract import EXTRACTOR_VERSION, Extractor
from bench.build import build, catalogue, read_config
from bench.datasets.dateline import load
from bench.datasets.select import select
from bench.metrics.base import Measure
from bench.pipeline import check_same_requests
from bench.records import Dataset
from bench.reports.view import RunView
from bench.runner import plan_requests
from bench.scoring import score_predictions, signature
from bench.store import codec
from bench.store.bundles import Bundle, sealed_view
from bench.summary import summarise


def bundle_view(bundle: Bundle, beside: RunView | None = None) -> RunView:
    """The scored run in `bundle`, its answers judged by the items and metrics of `beside`.

    Without `beside`: by the items in the bundle, or those of the shipped suite, and by the bundle's metrics,
    all as they are today. Where nothing that bears on a score changed since sealing, the sealed scores are
    taken as they are. NotComparable when a text or question is no longer the one that was asked.
    """
    if beside is None:
        dataset = own_dataset(bundle)
        metrics = _metrics(bundle.signature["metrics"])
        gold, way = codec.gold_digest(dataset.items)[:12], _way_today(bundle.signature, metrics)
        asked_alike = False
    else:
        dataset, gold, way = beside.dataset, beside.signature["gold"], _way(beside.signature)
        asked_alike = beside.manifest["dataset"]["snapshot"] == bundle.snapshot
    if not asked_alike:
        _check_asked(bundle, dataset)
    if gold == bundle.signature["gold"] and way == _way(bundle.signature):
        return sealed_view(bundle, dataset)
    return _rescored(bundle, dataset, _metrics(way[1]))


def _rescored(bundle: Bundle, dataset: Dataset, metrics: Mapping[str, Measure]) -> RunView:
    extractor = Extractor(**{k: v for k, v in bundle.signature["extract"].items() if k != "version"})
    replicates = int(bundle.manifest["replicates"])
    scores = score_predictions(dataset.items, bundle.predictions, metrics, extractor, replicates)
    return RunView(
        manifest=bundle.manifest,
        signature=signature(dataset, codec.gold_digest(dataset.items), metrics, extractor),
        dataset=dataset,
        predictions=bundle.predictions,
        scores=tuple(scores),
        summary=summarise(dataset.items, scores, metrics),
    )


def _way(signed: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """Extractor version and metrics of a signature; thresholds may differ between comparable runs."""
    return signed["extract"]["version"], signed["metrics"]


def _way_today(signed: Mapping[str, Any], metrics: Mapping[str, Measure]) -> tuple[str, Mapping[str, Any]]:
    """The same of today's code; metrics from outside the catalogue stay as they are recorded."""
    today = {
        name: {**recorded, "version": metrics[name].version} if name in metrics else recorded
        for name, recorded in signed["metrics"].items()
    }
    return EXTRACTOR_VERSION, today


def own_dataset(bundle: Bundle) -> Dataset:
    """The data in the bundle, or today's shipped suite, selected as the run selected it."""
    held = bundle.dataset()
    if held is not None:
        return held
    recorded = bundle.manifest["dataset"]
    return select(load(), **{k: recorded[k] for k in ("split", "where", "limit", "seed")})


def _check_asked(bundle: Bundle, dataset: Dataset) -> None:
    recorded = bundle.manifest["prompt"]
    prompt = build({"_target_": "bench.prompts.Prompt", **recorded}, "prompt") if recorded else None
    requests = plan_requests(dataset, prompt, int(bundle.manifest["replicates"]))
    check_same_requests(bundle.manifest, requests, bundle.predictions)


def _metrics(wanted: Mapping[str, Mapping[str, Any]]) -> dict[str, Measure]:
    """The wanted metrics as they are today; those from outside the catalogue are left out."""
    known = catalogue("metric")
    built = {}
    for name, recorded in wanted.items():
        if name in known:
            parameters = {k: v for k, v in recorded.items() if k != "version"}
            built[name] = build({**read_config("metric", name)[name], **parameters}, f"metric.{name}")
    return built
