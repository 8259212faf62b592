"""`plan=true`: what a run would ask, what exists already, and the first request. Nobody is asked."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from bench.pipeline import Planned
from bench.reports.inert import plain
from bench.reports.view import counted
from bench.store.segments import read_segments

_SHOWN = 1200  # characters of the first request


def show_plan(console: Console, planned: Planned) -> None:
    """Print the plan of one job."""
    job, requests, run = planned.job, planned.requests, planned.run
    console.print(Text(plain(f"{job.model_name} on {job.dataset.name} {job.dataset.version}"), style="bold"))
    articles = len({i.article_id for i in job.dataset.items})
    console.print(
        f"items      {len(job.dataset.items)} on {counted(articles, 'article')}, {counted(job.replicates, 'replicate')}"
    )
    console.print(f"requests   {len(requests)}, {_existing(planned)}")
    texts = [r.prompt or f"{r.context} {r.question}" for r in requests]
    characters = sum(map(len, texts))
    console.print(
        f"tokens     about {round(characters / 4):,} in ({characters:,} characters, at 4 to a token)"
    )
    console.print(f"cost       {'0 (runs here)' if job.model.pinned else 'unknown: no price table'}")
    console.print(f"run        {run.path}")
    console.print(Text("first request", style="bold"))
    first = requests[0]
    shown = first.prompt or "\n".join([first.context, "", first.question])
    if not first.prompt:
        console.print(
            Text("(this model reads article and question as they are, without a prompt)", style="dim")
        )
    for line in (shown if len(shown) <= _SHOWN else shown[:_SHOWN] + " …").split("\n"):
        console.print(Text(plain(line, 2 * _SHOWN)))


def _existing(planned: Planned) -> str:
    run = planned.run
    if run.sealed:
        failed = run.manifest()["counts"]["failed"]
        return (
            f"all answered, {failed} of them failed and would be asked again"
            if failed
            else "sealed: none would be asked"
        )
    if not run.path.is_dir():
        return "none answered yet"
    entries, _ = read_segments(run.path / "segments")
    wanted = {r.key: r.digest for r in planned.requests}
    done = {
        e.prediction.key
        for e in entries
        if e.prediction.status == "ok" and wanted.get(e.prediction.key) == e.prediction.request_digest
    }
    return f"{len(done)} answered before"
