"""`plan=true`: what a run would ask, what exists already, and the first request. Nobody is asked."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.text import Text

from bench.models.base import Model
from bench.pipeline import Planned, open_cache
from bench.records import Key
from bench.reports.inert import plain
from bench.reports.view import counted
from bench.store.segments import read_segments
from bench.usage import cost_of, dollars

_SHOWN = 1200  # characters of the first request


def show_plan(console: Console, planned: Planned, results: Path) -> None:
    """Print the plan of one job."""
    job, requests, run = planned.job, planned.requests, planned.run
    console.print(Text(plain(f"{job.model_name} on {job.dataset.name} {job.dataset.version}"), style="bold"))
    articles = len({i.article_id for i in job.dataset.items})
    console.print(
        f"items      {len(job.dataset.items)} on {counted(articles, 'article')}, {counted(job.replicates, 'replicate')}"
    )
    done, existing = _existing(planned)
    todo = [r for r in requests if r.key not in done]
    cache = open_cache(planned, results)
    kept = len(cache.find(todo)) if cache is not None else 0
    console.print(f"requests   {len(requests)}, {existing}{f', {kept} more in the cache' if kept else ''}")
    characters = sum(len(r.system) + len(r.prompt or f"{r.context} {r.question}") for r in requests)
    console.print(
        f"tokens     about {round(characters / 4):,} in ({characters:,} characters, at 4 to a token)"
    )
    share = (len(todo) - kept) / len(requests) if requests else 0.0
    console.print(f"cost       {_cost(job.model, share * characters / 4, len(todo) - kept)}")
    console.print(f"run        {run.path}")
    first = requests[0]
    console.print(
        Text("first request" + (", before any chat template" if first.prompt else ""), style="bold")
    )
    shown = "\n\n".join(filter(None, (first.system, first.prompt))) or "\n".join(
        [first.context, "", first.question]
    )
    if not first.prompt:
        console.print(
            Text("(this model reads article and question as they are, without a prompt)", style="dim")
        )
    for line in (shown if len(shown) <= _SHOWN else shown[:_SHOWN] + " …").split("\n"):
        console.print(Text(plain(line, 2 * _SHOWN)))


def _cost(model: Model, tokens_in: float, asked: int) -> str:
    """What the requests not answered yet would cost, at most."""
    prices = model.prices()
    if prices is None:
        return "unknown: set model.price_in and model.price_out, US dollars per million tokens"
    if not any(prices):
        return "0 (runs here)"
    longest = model.most_tokens_out()
    least = cost_of(tokens_in, 0, prices)
    if longest is None:
        return f"{dollars(least)} for tokens in; nothing says how many come out"
    most = cost_of(tokens_in, asked * longest, prices)
    return f"{dollars(least)} for tokens in, {dollars(most)} if all {asked} answers are as long as allowed"


def _existing(planned: Planned) -> tuple[set[Key], str]:
    """What is answered already, and how to say it."""
    run = planned.run
    if run.sealed:
        failed = {k for k, p in run.predictions().items() if p.status == "failed"}
        done = {r.key for r in planned.requests} - failed
        if failed:
            return done, f"all answered, {len(failed)} of them failed and would be asked again"
        return done, "sealed: none would be asked"
    if not run.path.is_dir():
        return set(), "none answered yet"
    entries, _ = read_segments(run.path / "segments")
    wanted = {r.key: r.digest for r in planned.requests}
    done = {
        e.prediction.key
        for e in entries
        if e.prediction.status == "ok" and wanted.get(e.prediction.key) == e.prediction.request_digest
    }
    return done, f"{len(done)} answered before"
