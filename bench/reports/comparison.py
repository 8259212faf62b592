"""What a comparison report is given: records only, made by `bench.comparing`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bench.records import Estimate
from bench.stats.paired import PairedDifference
from bench.stats.ranks import RankSet

# What an answer can miss by, in the order of every table; diagnoses belong to one each (bench.comparing.causes).
RIGHT, CONTENT, FAILURES = "right", "wrong content", "failures and truncation"
CAUSES = (FAILURES, "refusal", "format", "false abstention", "false answer", CONTENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the compared runs."""

    title: str  # model and first digits of the run's id; told apart from the others of the comparison
    run: str  # the run's id
    dataset: str
    facts: Mapping[str, str]  # what made the answers: model parameters, prompt, extractor …
    failed: int  # answers that failed
    missing: int  # planned answers without a record; they count as failed
    pinned: bool  # False: the same name may answer differently tomorrow


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One paired difference, b − a, with the level of each side."""

    name: str  # a metric, or the label of a slice
    unit: str
    a: float | None
    b: float | None
    difference: PairedDifference
    p_adjusted: float | None  # Holm over metrics, Benjamini–Hochberg over slices; None: no test


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one cause takes from each side's headline; `a − b` is its part of the headline difference."""

    cause: str
    a: float  # headline points lost to it, 0–1
    b: float
    labels: Mapping[str, tuple[float, float]]  # diagnosis → the same two, where a cause has several

    @property
    def gain(self) -> float:
        """What b gains over a by this cause."""
        return self.a - self.b


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of the diagnosis matrix: what became of a's answers in b."""

    before: str  # a cause, or `right`
    after: str
    answers: int  # items times replicates, in the headline
    points: float  # their part of the headline difference


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One side's answer to an item."""

    value: float  # `correct`, mean over replicates
    diagnosis: str | None  # of the answer shown; None when right
    raw: str | None  # output as it came; None where it was not kept
    read: str  # as the extractor read it, or (abstained), (refused), (failed)
    error: str | None  # of a failed answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """An item on which the two sides get different credit."""

    item: str
    variant: str
    article: str
    question: str
    passage: tuple[str, ...]  # evidence sentences, or the words around the gold where no sentences are known
    expected: str
    in_headline: bool
    replicate: int  # whose answers are shown
    a: Said
    b: Said

    @property
    def kind(self) -> tuple[str, str]:
        """Diagnosis on each side, `right` for none: what flips are grouped by."""
        return self.a.diagnosis or "right", self.b.diagnosis or "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two runs on the same items. Differences are b − a everywhere."""

    a: Side
    b: Side
    where: str | None  # the slice that was compared; None: all items
    n_items: int
    n_articles: int
    headline_name: str
    headline: Row | None  # None without `correct`, or without items in the headline
    parts: tuple[Part, ...]  # why; they sum to the headline difference
    matrix: tuple[Cell, ...]
    metrics: tuple[Row, ...]
    slices: Mapping[str, tuple[Row, ...]]  # axis → rows
    flips: tuple[Flip, ...]  # grouped by kind, the most frequent first
    verdict: str  # what may be concluded, in a sentence or two
    notes: tuple[str, ...]  # what a reader must know


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One of several runs: its score and the ranks it may have."""

    side: Side
    estimate: Estimate
    rank: RankSet


@dataclass(frozen=True, slots=True, kw_only=True)
class PairRow:
    """One pair of several runs, second − first, adjusted for looking at all pairs."""

    a: str  # title
    b: str
    value: float
    p_adjusted: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Several runs on the same items, best first."""

    where: str | None
    n_items: int  # in the headline
    n_articles: int
    headline_name: str
    standings: tuple[Standing, ...]
    pairs: tuple[PairRow, ...]  # surest first
    mde: float | None  # minimum detectable difference of a single pair, the median over pairs
    notes: tuple[str, ...]
