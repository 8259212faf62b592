"""Whether stated confidences can be believed, and what abstaining below one of them would buy.

Everything takes `confidences` in [0, 1] and `correct` in [0, 1] (a list's credit may be partial), one per
answer, and is independent of their order. None means undefined, never NaN.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bench.errors import DataError, UsageError
from bench.records import Estimate
from bench.stats.clusters import FloatArray, Labels, check_values
from bench.stats.estimates import mean_estimate

BINS = 10
_POINTS = 100  # of a stored risk–coverage curve


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """One bin of a reliability curve."""

    n: int  # answers
    confidence: float  # their mean confidence, 0–1
    correct: float  # their mean credit, 0–1


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point of a risk–coverage curve: what answering only from `threshold` up would give."""

    threshold: float  # lowest confidence still answered
    coverage: float  # share of answers kept, 0–1
    risk: float  # 1 − mean credit of these, 0–1


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """All of it for one set of answers."""

    n: int  # answers with a confidence
    of: int  # answers in all
    brier: Estimate
    ece: float | None
    aurc: float | None
    bins: tuple[Bin, ...]
    curve: tuple[Point, ...]  # at most about a hundred points


def confidence_summary(
    confidences: ArrayLike, correct: ArrayLike, articles: Labels, of: int, bins: int = BINS
) -> Confidence:
    """Every figure of this module; `of` counts the answers without a confidence too."""
    return Confidence(
        n=len(articles),
        of=of,
        brier=brier(confidences, correct, articles),
        ece=ece(confidences, correct, bins),
        aurc=aurc(confidences, correct),
        bins=reliability_curve(confidences, correct, bins),
        curve=_thinned(risk_coverage(confidences, correct)),
    )


def confidence_from_json(value: Mapping[str, Any]) -> Confidence:
    """The summary that `to_json` made."""
    parts = {
        "brier": Estimate(**value["brier"]),
        "bins": tuple(Bin(**b) for b in value["bins"]),
        "curve": tuple(Point(**p) for p in value["curve"]),
    }
    return Confidence(**{**value, **parts})


def brier(confidences: ArrayLike, correct: ArrayLike, articles: Labels, *, level: float = 0.95) -> Estimate:
    """Mean of (confidence − correct)², 0 best, 1 worst, with the CR2 interval of a mean by article.

    Always saying 0.5 gives 0.25. Source: Brier (1950), Monthly Weather Review 78.
    """
    c, y = _pair(confidences, correct)
    return mean_estimate((c - y) ** 2, articles, binary=False, level=level)


def ece(confidences: ArrayLike, correct: ArrayLike, bins: int = BINS) -> float | None:
    """Expected calibration error: Σ n_b/n · |mean confidence − mean credit| over the bins of `reliability_curve`.

    0 best. Biased upwards on few answers, the more so with more bins. None without answers. Source: Naeini,
    Cooper and Hauskrecht (AAAI 2015); bins of equal mass after Nixon et al. (CVPR Workshops 2019).
    """
    curve = reliability_curve(confidences, correct, bins)
    n = sum(b.n for b in curve)
    return math.fsum(b.n * abs(b.confidence - b.correct) for b in curve) / n if n else None


def reliability_curve(confidences: ArrayLike, correct: ArrayLike, bins: int = BINS) -> tuple[Bin, ...]:
    """At most `bins` bins of about equally many answers, in order of confidence; empty ones are left out.

    Equal confidences are never parted: a group of m equal ones with s smaller ones before it falls into
    bin ⌊bins · (s + m/2) / n⌋. UsageError for fewer than one bin.
    """
    if bins < 1:
        raise UsageError(f"bins={bins}: at least 1")
    starts, counts, confidence, credit = _groups(*_pair(confidences, correct))
    n = int(counts.sum())
    if not n:
        return ()
    place = bins * (2 * starts + counts) // (2 * n)
    out = []
    for b in np.unique(place):
        here = place == b
        m = int(counts[here].sum())
        mean = math.fsum(confidence[here] * counts[here]) / m
        out.append(Bin(n=m, confidence=min(1.0, mean), correct=min(1.0, math.fsum(credit[here]) / m)))
    return tuple(out)


def risk_coverage(confidences: ArrayLike, correct: ArrayLike) -> tuple[Point, ...]:
    """Risk against coverage, from the most confident answers to all: one point per distinct confidence.

    Source: El-Yaniv and Wiener (2010), Journal of Machine Learning Research 11.
    """
    _, counts, confidence, credit = (a[::-1] for a in _groups(*_pair(confidences, correct)))
    kept, right = np.cumsum(counts), np.cumsum(credit)
    return tuple(
        Point(threshold=float(t), coverage=float(k / kept[-1]), risk=min(1.0, max(0.0, float(1.0 - r / k))))
        for t, k, r in zip(confidence, kept, right, strict=True)
    )


def aurc(confidences: ArrayLike, correct: ArrayLike) -> float | None:
    """Area under the risk–coverage curve: the mean over k = 1…n of the risk of the k most confident answers.

    0 best; confidences that say nothing give about the error rate. Among equal confidences the order is
    chance, and the expected number of errors is taken, so no order of the answers can help. None without
    answers. Source: Geifman, Uziel and El-Yaniv (ICLR 2019), equation for the empirical AURC.
    """
    _, counts, _, credit = (a[::-1] for a in _groups(*_pair(confidences, correct)))
    n = int(counts.sum())
    if not n:
        return None
    wrong = np.repeat((counts - credit) / np.maximum(counts, 1), counts.astype(np.intp))
    risks = np.cumsum(wrong) / np.arange(1, n + 1)
    return float(min(1.0, max(0.0, risks.mean())))


def _pair(confidences: ArrayLike, correct: ArrayLike) -> tuple[FloatArray, FloatArray]:
    n = len(np.atleast_1d(np.asarray(confidences)))
    pair = check_values(confidences, n, what="confidences"), check_values(correct, n, what="correct")
    for name, values in zip(("confidences", "correct"), pair, strict=True):
        if bool(((values < 0.0) | (values > 1.0)).any()):
            raise DataError(f"{name} must lie between 0 and 1")
    return pair


def _groups(
    c: FloatArray, y: FloatArray
) -> tuple[NDArray[np.int64], NDArray[np.int64], FloatArray, FloatArray]:
    """Answers of equal confidence together, rising: (answers before, answers, confidence, summed credit)."""
    # Sorting by credit within a confidence as well makes the sums the same in any order of the answers.
    order = np.lexsort((y, c))
    values, starts, counts = np.unique(c[order], return_index=True, return_counts=True)
    credit = np.add.reduceat(y[order], starts) if len(c) else np.zeros(0)
    return starts.astype(np.int64), counts.astype(np.int64), values, credit


def _thinned(curve: Sequence[Point]) -> tuple[Point, ...]:
    """The first point at or beyond each hundredth of coverage."""
    if len(curve) <= _POINTS:
        return tuple(curve)
    out: list[Point] = []
    for point in curve:
        if point.coverage * _POINTS + 1e-9 >= len(out) + 1:
            out.append(point)
    return tuple(out)
