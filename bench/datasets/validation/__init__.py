"""The validator: everything wrong with authored sources, all at once, each with file, line and a fix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.datasets.source import Source, in_line_order, read_source, read_sources
from bench.datasets.validation.answers import (
    check_aliases,
    check_answerable,
    check_kinds,
    check_lures,
    check_overlap,
)
from bench.datasets.validation.dates import check_edtf
from bench.datasets.validation.groups import check_canaries, check_groups, check_ids
from bench.datasets.validation.lookup import Check, Lookup
from bench.datasets.validation.numbers import check_derivations, check_numbers
from bench.datasets.validation.offsets import check_evidence, check_sentences, check_spans
from bench.datasets.validation.questions import check_copied, check_duplicates, check_form, check_telling
from bench.datasets.validation.scorer import Score, scorer_check
from bench.datasets.validation.suite import RoundTrip, check_folder, read_folder
from bench.errors import Problem

# What must hold for an item to be scored rightly; loading a suite runs these.
SOUNDNESS: tuple[Check, ...] = (
    check_sentences,
    check_evidence,
    check_spans,
    check_answerable,
    check_aliases,
    check_overlap,
    check_kinds,
    check_numbers,
    check_edtf,
    check_derivations,
)
# What makes an item a good one.
WRITING: tuple[Check, ...] = (
    check_lures,
    check_form,
    check_duplicates,
    check_telling,
    check_copied,
    check_groups,
)


def validate(
    paths: Path | str | Sequence[Path | str],
    score: Score | None = None,
    round_trip: RoundTrip | None = None,
) -> list[Problem]:
    """Every problem of authored sources, by file and line; an empty list means that none was found.

    `paths`: a folder of `*.toml` sources (or with a folder `articles` of them), a file, or several of
    either. A folder is also looked at as a whole (`bench.datasets.validation.suite`); what concerns no file
    of it comes last. `score(item, answer)` gives the worth of an answer from 0 to 1; with it, golds and
    second answers must be worth 1 and lures 0. `round_trip(article, items)` gives them as they are after
    storage; with it, they must be equal. Retired items are checked for structure only. Nothing is raised
    for what the files hold; a missing path is a problem as well.
    """
    given = [paths] if isinstance(paths, Path | str) else list(paths)
    problems: list[Problem] = []
    sources: list[Source] = []
    overall: list[Problem] = []
    for path in map(Path, given):
        if path.is_dir():
            found, faults = read_sources(path)
            sources += found
            problems += faults
            overall += check_folder(read_folder(path, found), score, round_trip)
        else:
            sources.append(read_source(path))
    checks = (*SOUNDNESS, *WRITING, *((scorer_check(score),) if score else ()))
    shared = [*check_canaries(sources), *check_ids(sources), *overall]
    for source in sources:
        own = [p for p in shared if p.where == source.where]
        problems += in_line_order([*source.problems, *own, *run_checks(source, checks)])
    files = {source.where for source in sources}
    return [*problems, *(p for p in overall if p.where not in files)]


def run_checks(source: Source, checks: Sequence[Check]) -> Iterator[Problem]:
    """What the checks find in one source, less what reading it has already told."""
    if source.article is None:
        return
    lookup = Lookup(source.where, source.lines, source.order)
    items = [item for item in source.items if item.status != "retired"]
    told = {(p.item, p.check) for p in source.problems}
    if any(p.field and p.field.startswith("article.") for p in source.problems):
        told |= {(lookup.label(item), "needs") for item in items}
    for check in checks:
        if check is check_groups and not source.complete:
            continue  # a group may only seem too small
        yield from (p for p in check(source.article, items, lookup) if (p.item, p.check) not in told)
