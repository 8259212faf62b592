"""From a composed config to records: the nodes that several verbs share."""

from __future__ import annotations

import gc
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from omegaconf import DictConfig

from bench.build import build, catalogue, locate
from bench.commands._configs import added_folders
from bench.commands._plain import plain as plain
from bench.commands._plain import results_root as results_root
from bench.datasets.kinds import explain_kind
from bench.datasets.select import is_partial, select
from bench.errors import DataError, UsageError
from bench.models.base import Model
from bench.pipeline import Job, Render, Way
from bench.prompts import Prompt
from bench.records import Dataset

# Keys that change where things land or what is shown, not what is computed.
_NOT_COMPUTED = ("results_dir", "name", "plan", "cache", "hydra")


def shared_path(node: dict[str, Any], sweep: bool) -> dict[str, Any]:
    """`node` without a path that is meant for the other data sets of a sweep.

    `-m dataset=dateline,csv dataset.path=my.csv` gives every job the same path; the suite takes a folder.
    """
    ours = node.get("_target_") == "bench.datasets.dateline.load"
    path = Path(str(node.get("path")))
    if sweep and ours and node.get("path") and (path.is_file() or (path.is_dir() and not _authored(path))):
        return {**node, "path": None}
    return node


def _authored(folder: Path) -> bool:
    """Whether a folder holds authored sources, which the suite's own loader reads."""
    return any(next(place.glob("*.toml"), None) for place in (folder, folder / "articles"))


def load_dataset(node: Mapping[str, Any], external: bool) -> Dataset:
    """The data set that a config node describes."""
    # Records refer to no record that refers to them: looking for cycles among them takes as long as making them.
    gc.disable()
    try:
        found = build(node, "dataset", external)
    except DataError as error:
        raise explain_kind(node, error) from error
    finally:
        gc.freeze()
        gc.enable()
    if not isinstance(found, Dataset):
        raise UsageError(f"dataset: {node.get('_target_')} returned {type(found).__name__}, not a Dataset")
    return found


def build_model(node: Mapping[str, Any], external: bool) -> Model:
    """The model that a config node describes."""
    if str(node.get("_target_", "")).startswith("bench.models.callable") and not external:
        raise UsageError(
            f"model=callable runs your code ({node.get('function')}); if you trust it, add allow_external_code=true"
        )
    model = build(node, "model", external)
    if not isinstance(model, Model):
        raise UsageError(f"model: {node.get('_target_')} is not a bench.models.base.Model")
    return model


def model_name(node: Mapping[str, Any]) -> str:
    """How a model is called in paths and tables: its own name where it has one, else its adapter's file."""
    target = str(node["_target_"])
    kind = target.split(".")[-2].rstrip("_")
    if own := node.get("name"):
        return f"{kind}-{Path(str(own)).name}"
    return kind if target.startswith("bench.") else target.rpartition(".")[2]


def build_way(config: DictConfig) -> Way:
    """Metrics, extractor and reports of a config. A metric that composition lost is an error."""
    external = bool(config.allow_external_code)
    nodes = plain(config.metric) if "metric" in config else {}
    for name, node in nodes.items():
        if str(node.get("_target_", "")).startswith("bench.metrics.evaluate") and not external:
            raise UsageError(
                f"metric.{name} runs the code of {node.get('path')}; if you trust it, add allow_external_code=true"
            )
    metrics = {name: build(node, f"metric.{name}", external) for name, node in nodes.items()}
    if lost := _chosen("metric") - set(metrics):
        raise UsageError(
            f"metric: {', '.join(sorted(lost))} got lost in composition; check the package of its config"
        )
    for metric in metrics.values():
        metric.prepare()
    extractor = build(plain(config.extractor), "extractor", external)
    return Way(metrics=metrics, extractor=extractor, reports=build_reports(config))


def build_reports(config: DictConfig) -> dict[str, Render]:
    """File name → render function of the chosen reports."""
    external = bool(config.allow_external_code)
    nodes = plain(config.report) if config.get("report") else {}
    reports = {}
    for name, node in nodes.items():
        file = str(node.get("file", ""))
        if not file or Path(file).name != file:
            raise UsageError(f"report.{name}.file: {file!r} is not a file name")
        reports[file] = locate(str(node.get("_target_")), f"report.{name}", external)
    return reports


def _chosen(group: str) -> set[str]:
    """The names of a group that were selected on the command line or in a defaults list."""
    from hydra.core.hydra_config import HydraConfig

    choice = HydraConfig.get().runtime.choices.get(group)
    names = choice.strip("[]").replace(" ", "").split(",") if isinstance(choice, str) else list(choice or ())
    return {str(n) for n in names} & set(catalogue(group))


def job_from(config: DictConfig, sweep: bool, split: str | None = None) -> Job:
    """Everything a run is made of; `split` takes the place of the config's."""
    external = bool(config.allow_external_code)
    node = shared_path(plain(config.dataset), sweep)
    selection = {
        "split": config.split,
        "where": config.where,
        "limit": config.limit,
        "seed": config.seed,
    }
    if split is not None:  # a threshold wants the whole of its split, whatever part is scored
        selection |= {"split": split, "where": None, "limit": None}
    whole = load_dataset(node, external)
    dataset = select(whole, **selection)
    model_node = plain(config.model)
    model = build_model(model_node, external)
    replicates = int(config.replicates)
    if replicates < 1 or (replicates > 1 and not model.uses_seed):
        raise UsageError(
            f"replicates={replicates}: at least 1, and more than 1 only for a model that draws at random (model.temperature=1)"
        )
    partial = is_partial(selection["where"], selection["limit"])
    return Job(
        dataset=dataset,
        selection={"config": node, **selection, "partial": partial},
        model=model,
        model_name=model_name(model_node),
        prompt=build_prompt(plain(config.prompt), external, whole) if model.uses_prompt else None,
        way=build_way(config),
        replicates=replicates,
        cache=bool(config.cache),
        command=command_line(),
        name=_label(config.name),
    )


def _label(name: Any) -> str | None:
    if name is None:
        return None
    text = str(name)
    if (
        not text
        or len(text) > 100
        or not text.isprintable()
        or text != text.strip()
        or any(c in text for c in "/\\ ")
    ):
        raise UsageError(
            f"name={text!r}: a label is up to 100 printable characters without spaces or slashes"
        )
    return text


def build_prompt(node: Mapping[str, Any], external: bool, dataset: Dataset) -> Prompt:
    """The prompt that a config node describes, its examples drawn from `dataset`, which is the whole of it."""
    prompt = build(node, "prompt", external)
    if not isinstance(prompt, Prompt):
        raise UsageError(f"prompt: {node.get('_target_')} is not a bench.prompts.Prompt")
    return prompt.with_examples(dataset)


def command_line() -> str:
    """The command that repeats this job, without the keys that do not bear on the result."""
    from hydra.core.hydra_config import HydraConfig

    words = [str(w) for w in HydraConfig.get().overrides.task]
    kept = [w for w in words if w.lstrip("+~").split("=")[0].split(".")[0] not in _NOT_COMPUTED]
    own = [word for folder in added_folders() for word in ("--config-dir", str(folder))]
    return " ".join(["dateline", "run", *map(shlex.quote, [*own, *kept])])
