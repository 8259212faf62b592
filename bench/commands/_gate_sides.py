"""From the words of `dateline gate` to contests: the runs, baselines and anchors they mean."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench.comparing.comparable import title
from bench.comparing.pairing import Paired, pair
from bench.errors import IncompleteRun, NotComparable, UsageError
from bench.gate.contest import Absent, Contest
from bench.gate.policy import PairPlan, Policy
from bench.records import Key
from bench.reports.view import RunView, selection
from bench.rescoring import bundle_view
from bench.sides import Snapshots, load_side, load_view
from bench.store.baselines import anchor_path, baseline_path
from bench.store.bundles import Bundle, is_bundle, read_bundle
from bench.store.find import find_runs, require_one


class AbsentRun(UsageError):
    """No run is there for the word that names a candidate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A run that is held against something."""

    view: RunView
    seconds: Mapping[Key, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Where runs and baselines are, and the words of the command that name them."""

    results: Path
    baselines: Path
    baseline: str | None
    candidate: str | None
    anchor: str | None
    timed: bool = False  # whether the candidate's seconds are wanted
    snapshots: Snapshots = field(default_factory=dict)

    def contests(self, policy: Policy) -> list[Contest | Absent]:
        """One contest of the command, or one per pair of the policy."""
        if not policy.pairs:
            return [self.contest(str(self.baseline), self.load(str(self.candidate)))]
        return [self._planned(name, plan) for name, plan in policy.pairs.items()]

    def _planned(self, name: str, plan: PairPlan) -> Contest | Absent:
        word = plan.candidate or str(self.candidate)
        try:
            candidate = self.load(word, plan.dataset)
            return self.contest(plan.baseline, candidate, name, plan.tier)
        except (AbsentRun, IncompleteRun, NotComparable) as error:
            return Absent(
                name=name, tier=plan.tier, required=plan.required, baseline=plan.baseline, candidate=word,
                why=str(error),
            )  # fmt: skip

    def load(self, word: str, dataset: str | None = None) -> Candidate:
        """The one sealed run that `word` means, on `dataset` where given."""
        if is_bundle(Path(word)):
            return Candidate(view=bundle_view(read_bundle(Path(word))))
        if Path(word).parent.name == "scores" or (Path(word) / "scores.jsonl").is_file():
            return Candidate(view=load_side(word, self.results, self.snapshots))
        try:
            runs = find_runs(self.results, word)
        except UsageError as error:
            raise AbsentRun(str(error)) from error
        runs = [r for r in runs if dataset is None or r.manifest()["dataset"]["name"] == dataset]
        if not runs:
            raise AbsentRun(f"no run of {word!r} on the data set {dataset!r}")
        run = require_one(runs, word, self.results)
        if not run.sealed:
            raise IncompleteRun(f"{run.path}: not finished; run the same command again to finish it")
        seconds = run.timings() if self.timed else {}
        return Candidate(view=load_view(run, self.results, None, self.snapshots, word), seconds=seconds)

    def contest(
        self, baseline: str, candidate: Candidate, name: str | None = None, tier: str = "blocking"
    ) -> Contest:
        """A candidate with its baseline and anchor; NotComparable says what differs and what to do."""
        folder = baseline_path(self.baselines, baseline)
        view = candidate.view
        if folder is None:
            reference, notes = self._run(baseline, view), []
            shown = title(reference)
        elif part := selection(view.manifest):
            raise NotComparable(
                f"the candidate {title(view)} is a partial run ({part}), and a baseline holds all items; ask them all, "
                "by the same `dateline run` without limit= and where="
            )
        else:
            bundle = read_bundle(folder)
            reference = self._judged(bundle, view, f"baseline {baseline}", baseline)
            notes = _rescored(bundle, reference)
            shown = f"baseline {folder.name} ({title(reference)})"
        anchor = self._anchor(folder, view)
        return Contest(
            paired=pair([reference, view])
            if folder is None
            else self._pair(reference, view, f"baseline {baseline}", baseline),
            anchor=None if anchor is None else self._pair(anchor, view, "the anchor", baseline),
            seconds=candidate.seconds,
            name=name,
            tier=tier,
            baseline=shown,
            candidate=title(view),
            notes=(*notes, *_unpinned(("baseline", reference), ("candidate", view))),
        )

    def _anchor(self, folder: Path | None, beside: RunView) -> RunView | None:
        if self.anchor is not None:
            named = baseline_path(self.baselines, self.anchor)
            if named is None:
                return self._run(self.anchor, beside)
        else:
            named = anchor_path(folder) if folder is not None else None
        return None if named is None else self._judged(read_bundle(named), beside, "the anchor", str(folder))

    def _run(self, word: str, beside: RunView) -> RunView:
        try:
            return self.load(word).view
        except AbsentRun as error:
            candidate = self.candidate or str(beside.manifest["run_id"])[:12]
            if part := selection(beside.manifest):
                candidate, made = (
                    "…",
                    f"; the candidate is a partial run ({part}) and cannot become it. Make it of a whole run with",
                )
            else:
                candidate, made = shlex.quote(candidate), "; make it with"
            raise UsageError(
                f"no baseline is called {word!r} under {self.baselines}, and no run matches it{made}\n"
                f"  dateline gate baseline={shlex.quote(word)} candidate={candidate} "
                "accept=true reason='first baseline'"
            ) from error

    def _judged(self, bundle: Bundle, beside: RunView, what: str, word: str) -> RunView:
        try:
            return bundle_view(bundle, beside)
        except NotComparable as error:
            raise NotComparable(_renewal(what, word, str(error))) from error

    def _pair(self, reference: RunView, candidate: RunView, what: str, word: str) -> Paired:
        try:
            return pair([reference, candidate])
        except NotComparable as error:
            raise NotComparable(_renewal(what, word, str(error))) from error


def _unpinned(*sides: tuple[str, RunView]) -> list[str]:
    return [
        f"the {which} is unpinned: the same name may answer differently tomorrow"
        for which, view in sides
        if not view.manifest["model"].get("pinned", True)
    ]


def _rescored(bundle: Bundle, reference: RunView) -> list[str]:
    if reference.signature["digest"] == bundle.signature["digest"]:
        return []
    changed = "gold" if reference.signature["gold"] != bundle.signature["gold"] else "the way of scoring"
    return [f"{changed} changed since the baseline was sealed; its answers were scored again"]


def _renewal(what: str, word: str, error: str) -> str:
    move = " move_anchor=true" if what == "the anchor" else ""
    return (
        f"{what} and the candidate cannot be compared: {error}\n"
        f"if the data changed on purpose, make the candidate the new baseline: dateline gate baseline={shlex.quote(word)} "
        f"candidate=… accept=true force=true{move} reason='…'"
    )
