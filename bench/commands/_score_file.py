"""`dateline score predictions=…`: the answers of any system, from a file, without any model."""

from __future__ import annotations

import dataclasses
import json
import math
import shlex
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from omegaconf import DictConfig

from bench.canonical import to_json
from bench.commands._console import ProgressBar, note, say, stdout
from bench.commands._nodes import build_way, load_dataset, plain
from bench.commands._score_pass import FilePass
from bench.commands._score_report import FileScores, Listed, render, show
from bench.datasets.select import is_partial, select
from bench.errors import DataError, Problem, UsageError, counted
from bench.models._recorded_files import MOST_PROBLEMS, PredictionsFile
from bench.pipeline import Way, environment
from bench.records import Dataset
from bench.reports import html
from bench.reports.view import RunView
from bench.scoring import signature
from bench.squad_figures import SquadTally
from bench.store import codec
from bench.store.redact import redact, redacted_article, redacted_item
from bench.store.score_folder import PAGE, REPORT, ScoreFolder
from bench.store.scores import METRICS

_SQUAD = "bench.datasets.squad.load"
_NOT_COMPUTED = ("results_dir", "out", "hydra")  # keys that leave the report's command as it is


def score_file(config: DictConfig) -> dict[str, Any]:
    """Score one predictions file; 0, or 4 when answers are missing or failed."""
    node = plain(config.dataset)
    if _same_file(config.predictions, node.get("path")):
        raise UsageError(
            f"predictions={config.predictions}: is the data set itself; name the file with the system's answers"
        )
    squad_data = node.get("_target_") == _SQUAD
    if config.na_probs is not None and not squad_data:
        raise UsageError("na_probs: belongs to data in the SQuAD form; use dataset=squad, or leave it out")
    selection = {"split": config.split, "where": config.where, "limit": config.limit, "seed": config.seed}
    way = build_way(config)
    everything = load_dataset(node, bool(config.allow_external_code))
    if config.threshold is not None:
        from bench.commands._score_threshold import with_dev_threshold

        way = with_dev_threshold(config, everything, way)
    dataset = select(everything, **selection)
    for warning in dataset.warnings:
        note(f"{dataset.name}: {warning}")
    na_probs = None if config.na_probs is None else _read_na_probs(Path(config.na_probs))
    file = PredictionsFile(Path(config.predictions))
    squad = SquadTally(dataset.items) if squad_data else None
    with nullcontext() if config.out is None else ScoreFolder(Path(config.out)) as folder:
        made = FilePass(dataset, way, folder.write if folder else None, squad)
        with ProgressBar(f"scoring {file.path.name}, bytes") as progress:
            made.read(file, lambda: progress(file.position, file.size))
        if squad is not None and na_probs is not None:
            _check_complete(squad, na_probs, str(config.na_probs))
        chosen = {"config": node, **selection, "partial": is_partial(config.where, config.limit)}
        # The gold's digest costs as much as scoring; without a folder nobody sees it.
        gold = "" if folder is None else folder.write_data(dataset)
        view = _view(dataset, way, made, file, {"dataset": chosen, "na_probs": config.na_probs}, gold)
        found = FileScores(
            view=view,
            missed=made.missed,
            misses=tuple(made.misses),
            missing=made.missing_ids,
            extra=made.extra_ids,
            squad=None if squad is None else squad.figures(na_probs),
        )
        if folder is not None:
            page = html.render(dataclasses.replace(_first_answers(view, made), squad=found.squad)).encode(
                "utf-8", "backslashreplace"
            )
            files = {
                METRICS: codec.pretty(_metrics(found)),
                REPORT: redact(render(found)).encode("utf-8"),
                PAGE: page,
            }
            folder.commit(files, {"format": 1, **view.manifest, "signature": view.signature})
    return _tell(config, found)


def _same_file(one: Any, two: Any) -> bool:
    return (
        bool(two)
        and Path(str(one)).is_file()
        and Path(str(two)).is_file()
        and Path(str(one)).samefile(str(two))
    )


def _tell(config: DictConfig, found: FileScores) -> dict[str, Any]:
    """Notes and the console report; the outcome of the job."""
    where, planned = str(config.predictions), found.view.summary.counts["predictions"]
    if found.missing.count:
        lacking = "is missing and counts" if found.missing.count == 1 else "are missing and count"
        note(
            f"{where}: {found.missing.count:,} of {counted(planned, 'answer')} {lacking} as failed: {found.missing}"
        )
    if found.extra.count:
        belong = counted(found.extra.count, "id belongs", "ids belong")
        note(f"{where}: {belong} to no item that is scored: {found.extra}")
    show(stdout(), found)
    if config.out is not None:
        for name in (REPORT, PAGE):
            say(f"report: {Path(config.out) / name}")
    return {"code": 4 if found.view.summary.counts["failed"] else 0}


def _view(
    dataset: Dataset, way: Way, made: FilePass, file: PredictionsFile, extra: Mapping[str, Any], gold: str
) -> RunView:
    """The scored file as reports take it: what it was made of, and its estimates."""
    summary = made.tally.summary()
    counts = {"planned": summary.counts["predictions"], "failed": summary.counts["failed"]}
    manifest = {
        **extra,
        "run_id": file.sha256,
        "identity": {"model": {"kind": "predictions", "file": file.path.name}},
        "replicates": made.replicates,
        "dataset": {"name": dataset.name, "version": dataset.version, "gold": gold, **extra["dataset"]},
        "model": {"name": file.path.name, "pinned": True},
        "predictions": {"path": str(file.path), "sha256": file.sha256, "rows": file.read},
        "counts": counts,
        "command": _command(),
        "environment": environment(),
    }
    return RunView(
        manifest=manifest,
        signature=signature(dataset, gold, way.metrics, way.extractor),
        dataset=dataset,
        predictions={},
        scores=(),
        summary=summary,
    )


def _first_answers(view: RunView, made: FilePass) -> RunView:
    """The view as the page shows it: with the answers that were kept, and the items and articles they are about."""
    whole = view.dataset
    about = {(score.key.item_id, score.key.variant) for score, _ in made.first}
    items = tuple(redacted_item(item) for item in whole.items if (item.id, item.variant) in about)
    named = {item.article_id for item in items}
    articles = tuple(redacted_article(article) for article in whole.articles if article.id in named)
    return dataclasses.replace(
        view,
        dataset=dataclasses.replace(whole, items=items, articles=articles),
        predictions={score.key: prediction for score, prediction in made.first},
        scores=tuple(score for score, _ in made.first),
        left_out=view.summary.counts["predictions"] - len(made.first),
    )


def _metrics(found: FileScores) -> dict[str, Any]:
    """The content of metrics.json: that of a run, with what only a file can have."""
    lists = {"missing": _listed(found.missing), "extra": _listed(found.extra)}
    squad = {} if found.squad is None else {"squad": dict(found.squad)}
    return {**to_json(found.view.summary), "signature": found.view.signature["line"], **lists, **squad}


def _listed(listed: Listed) -> dict[str, Any]:
    return {"count": listed.count, "first": list(listed.first)}


def _read_na_probs(path: Path) -> dict[str, float]:
    """`{id: number}`; UsageError when it cannot be read, DataError with every problem."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"cannot read the na_probs file {path}: {error}") from error
    except (ValueError, RecursionError) as error:
        raise DataError(
            [Problem(where=str(path), message=f"not valid JSON: {error}", fix="mend it")]
        ) from error
    if not isinstance(value, dict):
        raise DataError([Problem(where=str(path), message="not an object", fix="write {id: probability, …}")])
    bad = [k for k, v in value.items() if type(v) not in (int, float) or not math.isfinite(v)]
    _refuse(path, bad, "must be a finite number", "write the probability that there is no answer")
    return value


def _check_complete(squad: SquadTally, na_probs: Mapping[str, float], where: str) -> None:
    lacking = squad.without_probability(na_probs)
    _refuse(Path(where), lacking, "has an answer and no probability", "add it to the na_probs file")


def _refuse(path: Path, ids: list[str], message: str, fix: str) -> None:
    """DataError about each of `ids`, if there are any."""
    problems = [Problem(where=str(path), item=name, message=message, fix=fix) for name in ids[:MOST_PROBLEMS]]
    if more := len(ids) - len(problems):
        problems.append(
            Problem(
                where=str(path),
                message=counted(more, "more problem of this kind", "more problems of this kind"),
            )
        )
    if problems:
        raise DataError(problems)


def _command() -> str:
    """The command that gives the same scores."""
    from hydra.core.hydra_config import HydraConfig

    words = [str(word) for word in HydraConfig.get().overrides.task]
    kept = [word for word in words if word.lstrip("+~").split("=")[0].split(".")[0] not in _NOT_COMPUTED]
    return " ".join(["dateline", "score", *map(shlex.quote, kept)])
