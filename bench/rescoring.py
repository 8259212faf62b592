"""A bundle as a scored run of today: as it was sealed where gold and metrics are the same, else scored again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bench.errors import NotComparable, StorageError, counted
from bench.records import Dataset
from bench.reports.view import RunView
from bench.store import codec
from bench.store.bundles import Bundle, asked_digests, sealed_view

if TYPE_CHECKING:
    from bench.metrics.base import Measure

# The scorer is imported where it is needed: a gate whose baseline is scored as the candidate is, needs none of it.


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
        asked_alike = beside.manifest["dataset"].get("snapshot") == bundle.snapshot
    if not asked_alike:
        _check_asked(bundle, dataset)
    if gold == bundle.signature["gold"] and way == _way(bundle.signature):
        return sealed_view(bundle, dataset)
    return _rescored(bundle, dataset, _metrics(way[1]))


def judged_again(bundle: Bundle, beside: RunView | None = None) -> RunView:
    """`bundle_view`, with nothing taken on trust: every answer is scored again from its raw text.

    A seal says that nothing changed since it was made, not that it was made honestly. StorageError when the sealed
    scores are not what the answers are worth by the same gold and metrics; NotComparable and IncompleteRun as there.
    """
    view = bundle_view(bundle, beside)
    _check_asked(bundle, view.dataset)
    again = _rescored(bundle, view.dataset, _metrics(_way(view.signature)[1]))
    if view.signature["digest"] == bundle.signature["digest"] and not _same_scores(view, again):
        raise StorageError(
            f"{bundle.path}: its sealed scores are not what its answers are worth; seal the run again"
        )
    return again


def _same_scores(one: RunView, two: RunView) -> bool:
    """Equal values for every answer, in as many digits as a bundle keeps."""
    if len(one.scores) != len(two.scores) or one.summary.counts != two.summary.counts:
        return False
    pairs = zip(one.scores, two.scores, strict=True)
    return all(a.key == b.key and _close(a.values, b.values) for a, b in pairs)


def _close(one: Mapping[str, float], two: Mapping[str, float]) -> bool:
    shared = one.keys() & two.keys()
    return bool(shared) and all(abs(one[name] - two[name]) < 1e-9 for name in shared)


def _rescored(bundle: Bundle, dataset: Dataset, metrics: Mapping[str, Measure]) -> RunView:
    from bench.answers.extract import Extractor
    from bench.scoring import score_predictions, signature
    from bench.summary import summarise

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
    from bench.answers.extract import EXTRACTOR_VERSION

    today = {
        name: {**recorded, "version": metrics[name].version} if name in metrics else recorded
        for name, recorded in signed["metrics"].items()
    }
    return EXTRACTOR_VERSION, today


def own_dataset(bundle: Bundle) -> Dataset:
    """The data in the bundle, or today's shipped suite, selected as the run selected it."""
    from bench.datasets.dateline import load
    from bench.datasets.select import select

    held = bundle.dataset()
    if held is not None:
        return held
    recorded = bundle.manifest["dataset"]
    return select(load(), **{k: recorded[k] for k in ("split", "where", "limit", "seed")})


def _check_asked(bundle: Bundle, dataset: Dataset) -> None:
    """NotComparable, naming items, unless `dataset` asks what the run was asked, whatever its prompt."""
    today = asked_digests(dataset)
    then = {(key.item_id, key.variant): asked for key, asked in bundle.asked.items()}
    found = [
        (
            "asked in other words, or on another text, since",
            [k for k in then if k in today and today[k] != then[k]],
        ),
        ("no longer in the data", [k for k in then if k not in today]),
        ("new", [k for k in today if k not in then]),
    ]
    texts = [f"{counted(len(keys), 'item')} {what} ({_ids(keys)})" for what, keys in found if keys]
    if texts:
        name, run = bundle.manifest["model"]["name"], bundle.manifest["run_id"][:12]
        raise NotComparable(f"{name} {run} ({bundle.path}): {'; '.join(texts)}")


def _ids(keys: list[tuple[str, str]]) -> str:
    names = [item if variant == "none" else f"{item} {variant}" for item, variant in keys[:3]]
    return ", ".join(names) + (" …" if len(keys) > 3 else "")


def _metrics(wanted: Mapping[str, Mapping[str, Any]]) -> dict[str, Measure]:
    """The wanted metrics as they are today; those from outside the catalogue are left out."""
    from bench.build import build, catalogue, read_config

    known = catalogue("metric")
    built = {}
    for name, recorded in wanted.items():
        if name in known:
            parameters = {k: v for k, v in recorded.items() if k != "version"}
            built[name] = build({**read_config("metric", name)[name], **parameters}, f"metric.{name}")
    return built
