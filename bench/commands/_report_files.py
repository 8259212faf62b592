"""`dateline report format=…`: which files are wanted of scored runs, and their bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bench.comparing.comparable import require_comparable, title
from bench.errors import UsageError, nearest
from bench.reports.figures import FIGURES, MOST, draw
from bench.reports.scene import Scene, to_svg
from bench.reports.scene_pdf import to_pdf
from bench.reports.view import RunView
from bench.reports.wide import to_parquet
from bench.summary import AXES

FORMATS = ("svg", "pdf", "parquet")
_TABLE = "results.parquet"
_AXES = ("answerable", "answer_type", "unanswerable_reason", "difficulty")
_EMPTY = {
    "slices": "no slices: `correct` is not among the metrics of these runs, or axes= names none that they have",
    "risk": "no risk figure: none of these answers states a confidence (docs/metrics.md)",
    "diagnoses": "no diagnoses figure: nothing was missed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What `format=`, `figure=` and `axes=` ask for."""

    formats: tuple[str, ...]
    figures: tuple[str, ...]
    axes: tuple[str, ...]

    @property
    def table_only(self) -> bool:
        """Whether nothing is drawn, so that the runs need not go together."""
        return self.formats == ("parquet",)

    @classmethod
    def of(cls, formats: Any, figures: Any, axes: Any) -> Wanted:
        """Checked words; UsageError names the one that is unknown."""
        return cls(
            formats=_words("format", formats, FORMATS),
            figures=FIGURES if figures is None else _words("figure", figures, FIGURES),
            axes=_AXES if axes is None else _words("axes", axes, tuple(AXES)),
        )


def report_files(views: Sequence[RunView], wanted: Wanted) -> tuple[dict[str, bytes], list[str]]:
    """File name → bytes, and what is to be said beside. Nothing is made unless everything can be."""
    files: dict[str, bytes] = {}
    notes: list[str] = []
    if drawn := [form for form in wanted.formats if form != "parquet"]:
        files, notes = _figures(views, wanted, drawn)
    if "parquet" in wanted.formats:
        files[_TABLE] = to_parquet(views)
    return files, notes


def _figures(
    views: Sequence[RunView], wanted: Wanted, formats: Sequence[str]
) -> tuple[dict[str, bytes], list[str]]:
    require_comparable(views)
    if len(views) > MOST:
        raise UsageError(f"{len(views)} runs: a figure tells at most {MOST} apart; name fewer in runs=")
    files: dict[str, bytes] = {}
    notes = []
    runs = _named(views)
    for figure in wanted.figures:
        scene = draw(figure, runs, wanted.axes)
        if scene is None:
            notes.append(_EMPTY[figure])
            continue
        for form in formats:
            files[f"{figure}.{form}"] = _drawn(scene, form)
    return files, notes


def _drawn(scene: Scene, form: str) -> bytes:
    return to_pdf(scene) if form == "pdf" else to_svg(scene).encode("utf-8")


def _named(views: Sequence[RunView]) -> dict[str, RunView]:
    """Runs by their models' names and labels; where two share both, with the first digits of their ids."""
    names = [v.shown for v in views]
    shown = [title(v) if names.count(n) > 1 else n for n, v in zip(names, views, strict=True)]
    return dict(zip(shown, views, strict=True))


def _words(key: str, value: Any, known: Sequence[str]) -> tuple[str, ...]:
    """The words of `a,b` or `[a,b]`, each once."""
    given = value.split(",") if isinstance(value, str) else [str(word) for word in value or ()]
    words = tuple(dict.fromkeys(word.strip() for word in given))
    for word in words:
        if word not in known:
            raise UsageError(f"{key}={word!r}{nearest(word, known)}")
    if not words:
        raise UsageError(f"{key}: name one or more of {', '.join(known)}")
    return words
