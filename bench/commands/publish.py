"""Seal a run as a small bundle for results/published: answers, scores, exact command, name, link, licence"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from omegaconf import DictConfig

from bench.commands._console import note, say
from bench.commands._nodes import results_root
from bench.errors import IncompleteRun, UsageError, counted
from bench.reports.view import percent
from bench.sides import load_side
from bench.store.bundles import About, is_bundle, read_bundle, write_bundle
from bench.store.runs import safe_name

_LINKS = ("https://", "http://")
_LONGEST = 200


@dataclass
class Config:
    """The keys of `dateline publish`; configs/publish.yaml says what they mean."""

    run: str | None = None
    name: str | None = None
    link: str | None = None
    licence: str | None = None
    self_reported: bool = False
    out: str | None = None
    replace: bool = False
    results_dir: str = "results"


def main(config: DictConfig) -> dict[str, Any]:
    """0 when the bundle stands; 4 for a run with failures, 2 for one that no board could take."""
    if config.run is None:
        raise UsageError("publish: needs run=…; `dateline runs` lists what there is")
    results = results_root(config)
    view = load_side(str(config.run), results)
    if view.manifest["dataset"].get("partial"):
        raise UsageError(
            f"{config.run}: a partial run (limit or where) cannot be published; run it on all items"
        )
    if failed := view.summary.counts["failed"]:
        raise IncompleteRun(
            f"{config.run}: {counted(failed, 'answer')} failed; run the same command again to ask them"
        )
    about = About(
        name=_text("name", config.name),
        link=_link(config.link),
        licence=_text("licence", config.licence),
        self_reported=bool(config.self_reported),
    )
    name = about.name or str(view.manifest["model"]["name"])
    path = Path(config.out) if config.out else results / "published" / safe_name(name)
    if path.exists() and not is_bundle(path) and (not path.is_dir() or any(path.iterdir())):
        raise UsageError(f"{path}: holds something else; name another folder with out=…")
    if (
        is_bundle(path)
        and not config.replace
        and (old := read_bundle(path).manifest["run_id"]) != view.manifest["run_id"]
    ):
        raise UsageError(
            f"{path}: holds the run {old[:12]}; add replace=true if this one takes its place, or name=… or out=… for another folder"
        )
    seal = write_bundle(path, view, about)
    headline = view.summary.headline
    say(f"published  {path}  headline {percent(headline.value if headline else None)}  seal {seal[:12]}")
    if not view.manifest["model"].get("pinned", True):
        note("the model is not pinned: set model.revision so that others can make the same answers")
    return {"code": 0}


def _text(key: str, value: Any) -> str | None:
    if value is None:
        return None
    text = str(value).strip()
    if not text or len(text) > _LONGEST or not text.isprintable():
        raise UsageError(f"{key}={value!r}: up to {_LONGEST} printable characters")
    return text


def _link(value: Any) -> str | None:
    text = _text("link", value)
    if text is not None and not text.startswith(_LINKS):
        raise UsageError(f"link={text!r}: starts with https://")
    return text
