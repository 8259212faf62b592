"""`power=true`: what the policy's headline rule can see, on any number of items."""

from __future__ import annotations

from typing import Any

from omegaconf import DictConfig

from bench.commands._console import ProgressBar, say
from bench.commands._gate_sides import Sides
from bench.datasets.dateline import load
from bench.datasets.select import select
from bench.errors import UsageError, counted
from bench.gate.contest import Contest
from bench.gate.feasibility import feasibility
from bench.gate.policy import Policy
from bench.gate.simulate import SCENARIOS, Layout, headline_rule, layout_of, resized, simulate
from bench.stats.differences import differences, pair_noise
from bench.stats.power import DEFAULT_DESIGN_EFFECT, DEFAULT_DISCORDANCE, PairNoise


def show_power(config: DictConfig, policy: Policy, sides: Sides) -> dict[str, Any]:
    """Print the table of false alarms and power. Noise is measured where baseline and candidate are named."""
    if int(config.draws) < 1:
        raise UsageError(f"draws={config.draws}: at least 1")
    rule = headline_rule(policy)
    layout, noise = _layout(config, sides)
    layout = resized(layout, config.n_items, config.n_articles)
    discordance, design_effect = noise or (DEFAULT_DISCORDANCE, DEFAULT_DESIGN_EFFECT)
    n_items = len(layout.articles)
    here = PairNoise(
        discordance=discordance, design_effect=design_effect, n=_effective(layout), measured=noise is not None
    )
    found = feasibility(here, n_items, rule.margin, policy.alpha)
    anchored = "baseline and anchor" if policy.anchor else "baseline"
    say(
        f"{counted(n_items, 'item')} on {counted(layout.n_articles, 'article')}, margin {100 * rule.margin:g} points, alpha {policy.alpha:g},"
    )
    say(f"held against {anchored}; INCONCLUSIVE is {policy.on_inconclusive}d")
    say(
        f"noise {'measured' if noise else 'assumed'}: discordance {discordance:.3f}, design effect {design_effect:.2f}; "
        f"smallest margin that works here {100 * found.margin:.1f} points, items that this margin needs {found.items:,}"
    )
    say("")
    say(f"{'candidate':<40}{'PASS':>8}{'INCONCL.':>10}{'FAIL':>8}{'REFUSED':>9}{'exit > 0':>10}")
    with ProgressBar("simulating") as progress:
        for n, scenario in enumerate(SCENARIOS):
            seen = simulate(
                layout, policy, scenario, draws=int(config.draws), seed=int(config.seed),
                discordance=discordance, design_effect=design_effect,
            )  # fmt: skip
            shares = [
                100 * seen.verdicts.get(v, 0) / seen.draws
                for v in ("PASS", "INCONCLUSIVE", "FAIL", "REFUSED")
            ]
            alarm = 100 * seen.alarms / seen.draws
            a, b, c, d = (f"{share:.1f}" for share in shares)
            say(f"{scenario.name:<40}{a:>8}{b:>10}{c:>8}{d:>9}{alarm:>10.1f}")
            progress(n + 1, len(SCENARIOS))
    say("")
    say(f"percent of {int(config.draws):,} simulated candidates each, seed {int(config.seed)}")
    return {"code": 0}


def _layout(config: DictConfig, sides: Sides) -> tuple[Layout, tuple[float, float] | None]:
    """The data of the candidate with the noise of the pair, or the suite's test split with none measured."""
    if config.candidate is None:
        return layout_of(select(load()).items), None
    if config.baseline is None:
        return layout_of(sides.load(str(config.candidate)).view.dataset.items), None
    contest: Contest = sides.contest(str(config.baseline), sides.load(str(config.candidate)))
    part = contest.paired.only(contest.paired.in_headline)
    a, b = part.values("correct")
    noise = pair_noise(differences(a, b, part.articles, part.answerable))
    measured = (noise.discordance, noise.design_effect) if noise.measured else None
    return layout_of(contest.paired.items), measured


def _effective(layout: Layout) -> float:
    counts = [n for n in (int(layout.answerable.sum()), int((~layout.answerable).sum())) if n]
    return len(counts) ** 2 / sum(1.0 / n for n in counts)
