"""Bundles: a sealed, scored run as a small folder that is committed, and rescored after an erratum.

    <bundle>/bundle.json     what was run and how it was scored, the digest of every file, its own seal
    <bundle>/answers.jsonl   one line per answer: key, request digest, raw text, status, how it was read, its values
    <bundle>/metrics.json    the estimates
    <bundle>/datasets/<hash>/…   articles and items, unless they are those of the shipped suite

No clock, host or machine path is in it: equal runs give equal bytes. Of a model's n-best spans only the best
is kept, which is all that any threshold needs. The card is written last and removed first.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.canonical import digest, to_json
from bench.errors import StorageError
from bench.records import Dataset, Key, Prediction, Score
from bench.reports.view import RunView
from bench.runner import plan_requests
from bench.store import codec
from bench.store.bundle_rows import answer_of, answer_row, portable_manifest
from bench.store.files import make_dir, read_bytes, storage_errors, write_atomic
from bench.store.snapshots import read_snapshot, take_snapshot, write_snapshot
from bench.summary import summary_from_json

CARD, ANSWERS, METRICS, DATASETS = "bundle.json", "answers.jsonl", "metrics.json", "datasets"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What people say of a published run; all of it optional."""

    name: str | None = None  # to be shown instead of the model's name
    link: str | None = None
    licence: str | None = None  # of the model
    self_reported: bool = False  # False: the answers were made by whoever keeps this folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A bundle read back, its seal checked."""

    path: Path
    manifest: Mapping[str, Any]  # of the run, as far as it travels
    signature: Mapping[str, Any]
    about: About
    snapshot: str  # content hash of the data as scored
    stored: bool  # whether the data are in the bundle; else they are the shipped suite's
    seal: str  # digest of the whole bundle
    predictions: Mapping[Key, Prediction]
    asked: Mapping[Key, str]  # as `asked_digests` gave it
    answers: Mapping[Key, Score]  # as sealed; their article ids are empty until items are at hand
    metrics: Mapping[str, Any]

    def dataset(self) -> Dataset | None:
        """The data that the bundle holds; None where it relies on the shipped suite."""
        return read_snapshot(self.path, self.snapshot) if self.stored else None


def is_bundle(path: Path) -> bool:
    """Whether a folder holds a sealed bundle."""
    return (path / CARD).is_file()


def find_bundles(root: Path) -> list[Path]:
    """Every bundle at any depth under a folder, in path order."""
    return sorted(card.parent for card in root.rglob(CARD))


def of_suite(manifest: Mapping[str, Any]) -> bool:
    """Whether a run's data are the suite that comes with the package, so that a reference is enough."""
    config = manifest["dataset"].get("config") or {}
    return config.get("_target_") == "bench.datasets.dateline.load" and not config.get("path")


def asked_digests(dataset: Dataset) -> dict[tuple[str, str], str]:
    """12 hex digits of what each item asks (context, question, metadata), whatever the prompt, by (id, variant)."""
    return {(r.key.item_id, r.key.variant): r.digest[:12] for r in plan_requests(dataset, None)}


def write_bundle(path: Path, view: RunView, about: About | None = None) -> str:
    """Make or replace the bundle at `path`; its seal. Other files in the folder are left alone."""
    snapshot, stored = take_snapshot(view.dataset), not of_suite(view.manifest)
    used = {name for score in view.scores for name in score.values}
    names = [
        name for name in view.signature["metrics"] if name in used
    ]  # corpus metrics have no value per answer
    asked = asked_digests(view.dataset)
    rows = (
        answer_row(view.predictions[s.key], s, names, asked[s.key.item_id, s.key.variant])
        for s in view.scores
    )
    files = {
        ANSWERS: b"".join(codec.line(row) for row in rows),
        METRICS: codec.pretty(to_json(view.summary)),
    }
    facts = {name: _facts(data) for name, data in files.items()}
    if stored:
        facts |= {f"{DATASETS}/{snapshot.name}/{name}": _facts(data) for name, data in snapshot.files.items()}
    card = {
        "format": 1,
        "about": to_json(about or About()),
        "run": portable_manifest(view.manifest),
        "signature": to_json(view.signature),
        "data": {"snapshot": snapshot.name, "stored": stored},
        "values": names,
        "files": facts,
    }
    card = codec.parse_object(codec.pretty(card), CARD)  # secrets are cut on the way: seal what is written
    seal = digest(card)
    make_dir(path)
    with storage_errors(path):
        (path / CARD).unlink(missing_ok=True)
        shutil.rmtree(path / DATASETS, ignore_errors=True)
    if stored:
        write_snapshot(path, snapshot)
    for name, data in files.items():
        write_atomic(path / name, data)
    write_atomic(path / CARD, codec.pretty({**card, "seal": seal}))
    return seal


def read_bundle(path: Path) -> Bundle:
    """A bundle as records; StorageError naming the file when anything was edited since."""
    if not is_bundle(path):
        raise StorageError(f"{path}: no bundle (a folder with {CARD})")
    if findings := verify_bundle(path):
        raise StorageError("\n".join(findings))
    card = _card(path)
    names = card["values"]
    predictions: dict[Key, Prediction] = {}
    answers: dict[Key, Score] = {}
    asked: dict[Key, str] = {}
    file = path / ANSWERS
    for row in codec.parse_lines(read_bytes(file), str(file)):
        prediction, score, words = answer_of(row, names)
        key = prediction.key
        predictions[key], answers[key], asked[key] = prediction, score, words
    return Bundle(
        path=path,
        manifest=card["run"],
        signature=card["signature"],
        about=About(**card["about"]),
        snapshot=card["data"]["snapshot"],
        stored=card["data"]["stored"],
        seal=card["seal"],
        predictions=predictions,
        asked=asked,
        answers=answers,
        metrics=codec.parse_object(read_bytes(path / METRICS), str(path / METRICS)),
    )


def sealed_view(bundle: Bundle, dataset: Dataset) -> RunView:
    """The scored run as it was sealed, over `dataset`, which must be the data it was scored on."""
    articles = {(i.id, i.variant): i.article_id for i in dataset.items}
    return RunView(
        manifest=bundle.manifest,
        signature=bundle.signature,
        dataset=dataset,
        predictions=bundle.predictions,
        scores=tuple(_placed(bundle.answers.values(), articles)),
        summary=summary_from_json(bundle.metrics),
    )


def _placed(scores: Iterable[Score], articles: Mapping[tuple[str, str], str]) -> Iterable[Score]:
    for score in scores:
        yield Score(
            key=score.key,
            article_id=articles[score.key.item_id, score.key.variant],
            values=score.values,
            answer=score.answer,
            diagnosis=score.diagnosis,
        )


def verify_bundle(path: Path) -> list[str]:
    """Everything wrong with the seals of a bundle, each with its file; empty when they hold."""
    try:
        card = _card(path)
        seal = card.pop("seal")
        findings = [] if digest(card) == seal else [f"{path / CARD}: edited after sealing"]
        for name, fact in sorted(card["files"].items()):
            file = path / name
            if not file.is_file():
                findings.append(f"{file}: missing")
            elif _facts(read_bytes(file)) != fact:
                findings.append(f"{file}: edited after sealing")
        held = {p.relative_to(path).as_posix() for p in (path / DATASETS).rglob("*") if p.is_file()}
        extra = sorted(held - set(card["files"]))
        return findings + [f"{path / name}: left over; no seal mentions it" for name in extra]
    except (StorageError, KeyError, TypeError, AttributeError) as error:
        return [f"{path / CARD}: damaged ({error})"]


def _card(path: Path) -> dict[str, Any]:
    return codec.parse_object(read_bytes(path / CARD), str(path / CARD))


def _facts(data: bytes) -> dict[str, Any]:
    return {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
