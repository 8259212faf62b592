"""`accept=true`: the candidate becomes the baseline, with a reason, unless it FAILs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from omegaconf import DictConfig

from bench.commands._console import complain, note, say
from bench.commands._gate_sides import Sides
from bench.errors import NotComparable, UsageError
from bench.gate.console import lines
from bench.gate.contest import Contest
from bench.gate.decide import decide
from bench.gate.policy import Policy
from bench.reports.view import RunView, percent
from bench.store.baselines import accept, anchor_path, baseline_path, history

Words = list[tuple[str | None, str, str, str | None]]  # pair, baseline, candidate, data set


def _words(policy: Policy, sides: Sides) -> Words:
    own = str(sides.candidate)
    if not policy.pairs:
        return [(None, str(sides.baseline), own, None)]
    return [(n, p.baseline, p.candidate or own, p.dataset) for n, p in policy.pairs.items()]


def accept_all(config: DictConfig, policy: Policy, sides: Sides) -> dict[str, Any]:
    """Hold every candidate against its baseline, then move all baselines, or none."""
    contests: list[Contest] = []
    moves: list[tuple[str, RunView, bool]] = []
    for name, baseline, word, dataset in _words(policy, sides):
        candidate = sides.load(word, dataset)
        new, series = baseline_path(sides.baselines, baseline) is None, bool(config.move_anchor)
        _check_whole(candidate.view, word, policy if new and not config.force else None)
        try:
            if not new:
                contests.append(sides.contest(baseline, candidate, name))
        except NotComparable as error:
            if not config.force:
                raise
            note(f"{error}\naccepted all the same (force=true); it starts a new series")
            series = True
        moves.append((baseline, candidate.view, series))
    verdict = _verdict(contests, policy)
    if verdict == "FAIL" and not config.force:
        complain(
            "not accepted: the candidate FAILs; mend it, or add force=true to accept the loss on purpose"
        )
        return {"code": 5}
    for baseline, view, fresh in moves:
        _move(config, sides.baselines, baseline, view, fresh, verdict)
    return {"code": 0}


def _verdict(contests: list[Contest], policy: Policy) -> str | None:
    if not contests:
        return None
    report = decide(contests, policy)
    for line in lines(report):
        say(line)
    return report.verdict


def _move(
    config: DictConfig, root: Path, baseline: str, view: RunView, fresh: bool, verdict: str | None
) -> None:
    headline = view.summary.headline
    first = baseline_path(root, baseline) is None and anchor_path(root / baseline) is None
    entry = {
        "reason": str(config.reason).strip(),
        "model": view.manifest["model"]["name"],
        "data": f"{view.dataset.name} {view.dataset.version}",
        "headline": None if headline is None else headline.value,
        "verdict": verdict or "first",
        "forced": bool(config.force) and verdict == "FAIL",
        "anchor": "itself" if fresh or first else "kept",
    }
    path = accept(root, baseline, view, entry, move_anchor=fresh)
    if path is None:
        say(f"unchanged  {root / baseline}: it is that run already")
        return
    shown = "–" if headline is None else percent(headline.value)
    say(f"accepted   {path}: headline {shown}, entry {len(history(path))} of its history; commit the folder")


def _check_whole(view: RunView, word: str, policy: Policy | None) -> None:
    """UsageError for a run that may not be a baseline; `policy` where no gate looks at its failures."""
    if view.manifest["dataset"].get("partial"):
        raise UsageError(f"{word}: a partial run (limit or where) is no baseline; run it on all items")
    failed, planned = view.summary.counts["failed"], len(view.scores)
    if policy is not None and failed > policy.most_failed(planned):
        raise UsageError(f"{word}: {failed} of {planned} answers failed; run it again, or add force=true")
    if not view.manifest["model"].get("pinned", True):
        note(f"{word}: the model is unpinned; the same name may answer differently tomorrow")
