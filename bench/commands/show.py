"""Show one item or article, with what each run answered"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from omegaconf import DictConfig

from bench.commands._console import note, say, stdout
from bench.commands._nodes import build_prompt, load_dataset, plain, results_root
from bench.errors import StorageError, UsageError, nearest
from bench.prompts import request_for
from bench.records import Dataset, Item
from bench.reports.console_items import show_article, show_item
from bench.reports.inert import plain as inert
from bench.reports.view import RunView
from bench.sides import load_view
from bench.store.find import all_runs, find_runs


@dataclass
class Config:
    """The keys of `dateline show`; configs/show.yaml says what they mean."""

    dataset: dict[str, Any] = field(default_factory=dict)
    prompt: dict[str, Any] = field(default_factory=dict)
    item: str | None = None
    article: str | None = None
    runs: Any = None
    send: bool | None = None
    results_dir: str = "results"
    allow_external_code: bool = False


def main(config: DictConfig) -> dict[str, Any]:
    """Print the item (question, evidence, gold, answers) or the article with its sentence numbers."""
    external = bool(config.allow_external_code)
    dataset = load_dataset(plain(config.dataset), external)
    if config.article is not None:
        found = {a.id: a for a in dataset.articles}
        if config.article not in found:
            raise UsageError(f"no article is called {config.article!r}{nearest(config.article, found)}")
        of_article = [i for i in dataset.items if i.article_id == config.article]
        show_article(stdout(), found[config.article], of_article)
        return {"code": 0}
    if config.item is None:
        raise UsageError("show needs item=… or article=…")
    item = find_item(dataset, config.item)
    article = next(a for a in dataset.articles if a.id == item.article_id)
    if config.send or (config.send is None and _prompt_given()):
        request = request_for(item, article, build_prompt(plain(config.prompt), external, dataset))
        parts = ["(system message)", request.system, "(message)"] if request.system else []
        for part in (*parts, request.prompt):
            say("\n".join(inert(line, 10_000) for line in part.split("\n")))
        note(_BEFORE_TEMPLATE)
        return {"code": 0}
    show_item(stdout(), item, article, _views(config, item))
    return {"code": 0}


_BEFORE_TEMPLATE = (
    "that is the text before any chat template: model=causal and seq2seq put the tokenizer's around it "
    "(model.chat=false: none), a server its own; what exceeds a model's window is cut later"
)


def _prompt_given() -> bool:
    """Whether the command line names a prompt or a key of one."""
    from hydra.core.hydra_config import HydraConfig

    return any(str(w).lstrip("+~").startswith("prompt") for w in HydraConfig.get().overrides.task)


def find_item(dataset: Dataset, wanted: str) -> Item:
    """The item with this id, or the only one whose id ends so."""
    hits = [i for i in dataset.items if i.id == wanted] or [
        i for i in dataset.items if i.id.endswith("-" + wanted)
    ]
    if not hits:
        raise UsageError(
            f"no item is called {wanted!r}{nearest(wanted, [i.id for i in dataset.items][:2000])}"
        )
    if len(hits) > 1:
        raise UsageError(f"{wanted!r} is short for several items: {', '.join(i.id for i in hits[:6])}")
    return hits[0]


def _views(config: DictConfig, item: Item) -> list[RunView]:
    results = results_root(config)
    runs = all_runs(results) if config.runs is None else find_runs(results, config.runs)
    word = config.runs if isinstance(config.runs, str) else ""
    views = []
    for run in runs:
        if not run.sealed:
            continue
        try:
            view = load_view(run, results, word=word)
        except StorageError:
            continue  # damaged or unscored runs are `dateline verify`'s business
        if any(s.key.item_id == item.id for s in view.scores):
            views.append(view)
    return views
