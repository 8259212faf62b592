"""Scored runs by any name: runs, score folders, and bundles, which are judged by what stands beside them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bench.reports.view import RunView
from bench.rescoring import bundle_view
from bench.sides import Snapshots, load_side, load_sides
from bench.store.bundles import is_bundle, read_bundle


def load_any(words: Sequence[str], results: Path, *, single: bool = False) -> list[RunView]:
    """The scored runs that `words` mean, in their order; with `single`, exactly one each.

    A bundle is scored by the items and metrics of the first run among the others, so that an erratum does
    not part them; bundles alone by today's.
    """
    snapshots: Snapshots = {}
    found: dict[int, list[RunView]] = {}
    for n, word in enumerate(words):
        if not is_bundle(Path(word)):
            one = single and [load_side(word, results, snapshots)]
            found[n] = one or load_sides([word], results, snapshots)
    beside = next((views[0] for views in found.values() if views), None)
    for n, word in enumerate(words):
        if n not in found:
            found[n] = [bundle_view(read_bundle(Path(word)), beside)]
    return [view for n in range(len(words)) for view in found[n]]
