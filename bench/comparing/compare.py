"""Two runs against each other: from scored views to everything a comparison report says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bench.comparing.causes import matrix, parts
from bench.comparing.comparable import title
from bench.comparing.corpus import left_out
from bench.comparing.flips import flips, same_answers
from bench.comparing.pairing import Paired, pair
from bench.comparing.rows import headline_row, metric_rows, slice_rows
from bench.comparing.verdict import verdict
from bench.datasets.select import matcher, no_match
from bench.errors import UsageError
from bench.reports.comparison import Comparison, Side
from bench.reports.view import RunView, counted, percent
from bench.stats.replicates import generation_noise
from bench.summary import HEADLINE_METRIC


def compare_views(a: RunView, b: RunView, where: str | None = None) -> Comparison:
    """Differences b − a of two comparable views, over the items that `where` selects (all when None).

    NotComparable says what differs; UsageError when no item matches.
    """
    paired = narrowed(pair([a, b]), where)
    headline = headline_row(paired)
    one, two = sides(paired)
    same, planned = same_answers(paired), sum(len(scores) for scores in paired.scores[0])
    return Comparison(
        a=one,
        b=two,
        where=where,
        n_items=len(paired.items),
        n_articles=len(set(paired.articles)),
        headline_name=headline_name(paired),
        headline=headline,
        parts=parts(paired) if headline else (),
        matrix=matrix(paired) if headline else (),
        metrics=metric_rows(paired),
        slices=slice_rows(paired),
        flips=flips(paired),
        verdict=verdict(
            headline,
            identical=same == planned,
            repeated=a.manifest["run_id"] == b.manifest["run_id"] and a.predictions is not b.predictions,
        ),
        notes=(
            *_notes(paired, (one, two)),
            f"{same:,} of {counted(planned, 'answer')} {'is' if same == 1 else 'are'} the same, word for word.",
        ),
    )


def narrowed(paired: Paired, where: str | None) -> Paired:
    """The part that `where` selects; UsageError when nothing is left."""
    if where is None:
        return paired
    test = matcher(where)
    mask = [test(item) for item in paired.items]
    if not any(mask):
        raise UsageError(f"of the items compared: {no_match(where, paired.items)}")
    return paired.only(mask)


def headline_name(paired: Paired) -> str:
    """What the headline of these items is."""
    answerable = paired.answerable[paired.in_headline]
    if not len(answerable):
        return "no item counts towards the headline"
    if answerable.all():
        return "accuracy (every item is answerable)"
    return "balanced accuracy" if answerable.any() else "abstention (no item is answerable)"


def sides(paired: Paired) -> tuple[Side, ...]:
    """The views as reports name them; equal titles are told apart by the way of scoring, then by number."""
    titles = [title(view) for view in paired.views]
    ways = {view.signature["digest"] for view in paired.views}
    if len(set(titles)) < len(titles) and len(ways) > 1:
        titles = [
            f"{name} scored {view.signature['digest'][:6]}"
            for name, view in zip(titles, paired.views, strict=True)
        ]
    counts = [titles[:n].count(name) for n, name in enumerate(titles)]
    titles = [f"{name} ({n + 1})" if n else name for name, n in zip(titles, counts, strict=True)]
    return tuple(
        _side(paired, m, view, name) for m, (view, name) in enumerate(zip(paired.views, titles, strict=True))
    )


def _side(paired: Paired, m: int, view: RunView, name: str) -> Side:
    scores = [score for row in paired.scores[m] for score in row]
    missing = paired.missing[m]
    return Side(
        title=name,
        run=str(view.manifest["run_id"]),
        dataset=f"{view.dataset.name} {view.dataset.version}",
        facts=_facts(view),
        failed=sum(score.answer.failed for score in scores) - missing,
        missing=missing,
        pinned=bool(view.manifest["model"].get("pinned", True)),
    )


def _facts(view: RunView) -> dict[str, str]:
    """What made the answers and how they were read, flat, as text."""
    made: Mapping[str, Any] = view.manifest
    found = {"model": made["model"]["name"], **_flat("", made["identity"]["model"])}
    found |= _flat("prompt.", made.get("prompt") or {})
    found |= _flat("extractor.", view.signature.get("extract", {}))
    return {name: str(value) for name, value in found.items()}


def _flat(prefix: str, values: Mapping[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name, value in values.items():
        out |= _flat(f"{prefix}{name}.", value) if isinstance(value, Mapping) else {f"{prefix}{name}": value}
    return out


def _notes(paired: Paired, named: Sequence[Side]) -> tuple[str, ...]:
    """What a reader must know beside the figures."""
    out = []
    if named[0].run == named[1].run:
        out.append("Both sides are the same run.")
    for side, letter in zip(named, "ab", strict=True):
        for n, what in ((side.failed, "failed"), (side.missing, "missing")):
            if n:
                out.append(f"{letter}: {counted(n, 'answer')} {what}; counted against it like wrong ones.")
        if not side.pinned:
            out.append(f"{letter}: the model is not pinned; the same name may answer differently tomorrow.")
    if lost := left_out(paired):
        out.append(
            f"Left out, as this version cannot make them again: {', '.join(lost)}; score both sides again."
        )
    out += [note for m, letter in enumerate("ab") if (note := _generation_note(paired, m, letter))]
    if any(view.manifest["dataset"].get("partial") for view in paired.views):
        out.append("Partial runs (limit or where): the figures are about these items only.")
    return tuple(out)


def _generation_note(paired: Paired, m: int, letter: str) -> str | None:
    """How much of a side's spread between items is chance in generating, where it was asked several times."""
    if HEADLINE_METRIC not in paired.metrics or len(paired.scores[m][0]) < 2:
        return None
    rows = [scores for scores, main in zip(paired.scores[m], paired.in_headline, strict=True) if main]
    found = generation_noise([[s.values.get(HEADLINE_METRIC, 0.0) for s in scores] for scores in rows])
    if not found.share:
        return None
    enough = (
        "no number of replicates would help"
        if found.smallest is None
        else f"{found.smallest} replicates bring it to 10 % or less"
    )
    return (
        f"{letter}: at {found.replicates} replicates, {percent(found.share, 0)} % of the variance between items is "
        f"generation noise; {enough}."
    )
