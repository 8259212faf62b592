"""Runs → leaderboard: who may stand on it, in which ranks, beside which yardsticks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.comparing.comparable import differences, title
from bench.comparing.compare import sides
from bench.comparing.pairing import pair
from bench.comparing.ranking import DRAWS, rank_views
from bench.errors import UsageError, counted
from bench.reports.board import Board, BoardRow, LeftOut
from bench.reports.comparison import PairRow, Ranking, Side, Standing
from bench.reports.view import RunView
from bench.store.bundles import About
from bench.usage import Latency, latency_of

YARDSTICKS = ("abstain_all", "lead")
_NOBODY = About()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A scored run that wants onto a board, and what people say of it."""

    view: RunView
    about: About = _NOBODY

    @property
    def name(self) -> str:
        """As people call it."""
        return self.about.name or self.view.shown


def make_board(
    entries: Sequence[Entry],
    left_out: Sequence[LeftOut] = (),
    *,
    yardsticks: Sequence[str] = YARDSTICKS,
    max_failed: int = 0,
    draws: int = DRAWS,
) -> Board:
    """The largest comparable set of complete, whole runs, best first; all others with the reason.

    Yardsticks (by model name) are shown in their place and outside the ranks, unless there is nothing else.
    UsageError when nothing is left to show, with every reason.
    """
    fit, out = _complete(sorted(entries, key=_fixed_order), max_failed)
    group, other = _largest_group(fit)
    out = [*left_out, *out, *other]
    if not group:
        reasons = "\n".join(f"  - {o.name}: {o.reason}" for o in out)
        raise UsageError("no run can stand on a board" + (f":\n{reasons}" if reasons else ""))
    ranked = [e for e in group if e.view.manifest["model"]["name"] not in yardsticks] or group
    rest = [e for e in group if not any(e is r for r in ranked)]
    names = _names(group)
    ranking = rank_views([e.view for e in ranked], draws=draws)
    titles = _titles(ranked, names)
    by_title = {s.side.title: s for s in ranking.standings}
    rows = [_row(e, names[id(e)], by_title[t]) for e, t in zip(ranked, titles, strict=True)]
    rows += [_yardstick(e, names[id(e)]) for e in rest]
    first = ranked[0].view
    return Board(
        dataset=f"{first.dataset.name} {first.dataset.version}",
        signature=str(first.signature["line"]),
        headline_name=ranking.headline_name,
        units=first.signature["units"],
        n_items=ranking.n_items,
        n_articles=ranking.n_articles,
        mde=ranking.mde,
        rows=tuple(sorted(rows, key=_best_first)),
        pairs=_pairs(ranking, titles),
        left_out=tuple(sorted(out, key=lambda o: (o.name, o.reason))),
        notes=tuple(_renamed(note, titles) for note in ranking.notes),
    )


def _fixed_order(entry: Entry) -> tuple[float, str, str]:
    """Best first, so that the order in which runs are named changes nothing."""
    headline = entry.view.summary.headline
    value = headline.value if headline else None
    return -(value or 0.0), entry.name, str(entry.view.manifest["run_id"])


def _complete(entries: Sequence[Entry], max_failed: int) -> tuple[list[Entry], list[LeftOut]]:
    fit: list[Entry] = []
    out: list[LeftOut] = []
    for entry in entries:
        failed = entry.view.summary.counts["failed"]
        if entry.view.manifest["dataset"].get("partial"):
            out.append(LeftOut(name=entry.name, reason="a partial run (limit or where)"))
        elif failed > max_failed:
            out.append(
                LeftOut(
                    name=entry.name, reason=f"{counted(failed, 'answer')} failed; run it again to ask them"
                )
            )
        elif entry.view.summary.headline is None:
            out.append(LeftOut(name=entry.name, reason="scored without `correct`, so it has no headline"))
        elif any(entry.view is other.view for other in fit):
            continue
        else:
            fit.append(entry)
    return fit, out


def _largest_group(entries: Sequence[Entry]) -> tuple[list[Entry], list[LeftOut]]:
    """The most numerous runs that are comparable with each other, and why the others are not with them."""
    groups: list[list[Entry]] = []
    for entry in entries:
        home = next((g for g in groups if not differences(g[0].view, entry.view)), None)
        if home is None:
            groups.append([entry])
        else:
            home.append(entry)
    if not groups:
        return [], []
    best = max(groups, key=len)
    out = []
    for entry in entries:
        if not any(entry is member for member in best):
            why = "; ".join(differences(best[0].view, entry.view))
            out.append(
                LeftOut(name=entry.name, reason=f"not comparable with {title(best[0].view)} (a): {why}")
            )
    return best, out


def _names(entries: Sequence[Entry]) -> dict[int, str]:
    """Names to show, unique: namesakes get what tells them apart, or the run's first digits."""
    names = {}
    facts = {id(e): s.facts for e, s in zip(entries, sides(pair([e.view for e in entries])), strict=True)}
    for entry in entries:
        alike = [e for e in entries if e.name == entry.name]
        extra = _told_apart(facts[id(entry)], [facts[id(e)] for e in alike]) if len(alike) > 1 else ""
        names[id(entry)] = f"{entry.name} {extra}".rstrip()
    shown = list(names.values())
    for entry in entries:
        if shown.count(names[id(entry)]) > 1:
            names[id(entry)] += f" {str(entry.view.manifest['run_id'])[:6]}"
    return names


def _told_apart(mine: Mapping[str, str], alike: Sequence[Mapping[str, str]]) -> str:
    keys = [k for k in mine if len({facts.get(k) for facts in alike}) > 1 and len(mine[k]) <= 24]
    return ", ".join(f"{k}={mine[k]}" for k in keys[:3])


def _titles(entries: Sequence[Entry], names: Mapping[int, str]) -> dict[str, str]:
    """What `rank_views` calls each run → the name to show, in the order of the entries."""
    found = sides(pair([e.view for e in entries]))
    return {side.title: names[id(e)] for side, e in zip(found, entries, strict=True)}


def _row(entry: Entry, name: str, standing: Standing) -> BoardRow:
    return _made(entry, name, standing.side, standing)


def _yardstick(entry: Entry, name: str) -> BoardRow:
    return _made(entry, name, sides(pair([entry.view]))[0], None)


def _made(entry: Entry, name: str, side: Side, standing: Standing | None) -> BoardRow:
    view, about, summary = entry.view, entry.about, entry.view.summary
    assert summary.headline is not None  # `_complete` leaves out the others
    return BoardRow(
        name=name,
        model=str(view.manifest["model"]["name"]),
        run=str(view.manifest["run_id"]),
        reference=standing is None,
        rank=None if standing is None else standing.rank,
        headline=summary.headline,
        metrics=summary.metrics,
        slices=summary.slices,
        risk=summary.confidence.curve if summary.confidence else (),
        usage=view.usage,
        latency=_latency(entry),
        failed=summary.counts["failed"],
        pinned=side.pinned,
        self_reported=about.self_reported,
        link=about.link,
        licence=about.licence,
        command=str(view.manifest["command"]),
        facts=side.facts,
    )


def _latency(entry: Entry) -> Latency | None:
    """From the clock beside a run; a bundle holds none."""
    return latency_of(entry.view.predictions, entry.view.seconds) if entry.view.seconds else None


def _pairs(ranking: Ranking, titles: Mapping[str, str]) -> tuple[PairRow, ...]:
    return tuple(
        PairRow(a=titles[p.a], b=titles[p.b], value=p.value, p_adjusted=p.p_adjusted) for p in ranking.pairs
    )


def _renamed(note: str, titles: Mapping[str, str]) -> str:
    head, colon, rest = note.partition(": ")
    return f"{titles[head]}{colon}{rest}" if colon and head in titles else note


def _best_first(row: BoardRow) -> tuple[float, bool, str]:
    return -(row.headline.value or 0.0), row.reference, row.name
