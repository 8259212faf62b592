"""Nightly runs against one baseline: an e-value that may be looked at every night.

Among items on which a night's run and the baseline differ, w are worse and b better. While the model is
no worse, a worse one is no likelier than a better one, and the e-value stays below 1/α forever with
probability 1 − α, however often one looks (Ville's inequality).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from bench.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """One night of a series, counts and e-value taken over all nights so far."""

    worse: int
    better: int
    e_value: float
    alarm: bool  # e-value at or above 1/α, tonight or on an earlier night


def log_e_value(worse: int, better: int, *, prior: float = 1.0) -> float:
    """Natural logarithm of E = 2^(w+b)·B(a+w, a+b)/B(a, a)·2·P(Beta(a+w, a+b) > ½), a = `prior`.

    The likelihood ratio of a share of worse ones drawn from the upper half of Beta(a, a) against ½.
    Without discordant items E is 1. A large `prior` suits small drops. Always finite.
    UsageError for negative counts or a prior that is not positive.
    """
    from scipy import special  # takes longer to load than most commands to run

    if worse < 0 or better < 0 or not prior > 0.0:
        raise UsageError(
            f"need counts of at least 0 and a positive prior, got {worse!r}, {better!r} and {prior!r}"
        )
    up, down = prior + worse, prior + better
    ratio = float(special.betaln(up, down) - special.betaln(prior, prior))
    return (worse + better + 1) * math.log(2.0) + ratio + _log_upper_half(up, down)


def e_value(worse: int, better: int, *, prior: float = 1.0) -> float:
    """The e-value itself, held within the range of floats so that it is always positive and finite."""
    return math.exp(min(max(log_e_value(worse, better, prior=prior), -700.0), 700.0))


def nightly_series(
    nights: Iterable[tuple[int, int]], *, alpha: float = 0.05, prior: float = 1.0
) -> tuple[Night, ...]:
    """The running e-value over nights of (worse, better) counts; an alarm, once raised, stays raised.

    Nights must be fresh runs. Items are taken as independent, so an effect common to an article makes the
    guarantee approximate. UsageError for an alpha outside (0, 1) or negative counts.
    """
    if not 0.0 < alpha < 1.0:
        raise UsageError(f"alpha {alpha!r} must lie between 0 and 1, e.g. 0.05")
    worse = better = 0
    alarm = False
    series: list[Night] = []
    for more_worse, more_better in nights:
        if more_worse < 0 or more_better < 0:
            raise UsageError(f"counts must be at least 0, got {more_worse!r} and {more_better!r}")
        worse, better = worse + more_worse, better + more_better
        log_e = log_e_value(worse, better, prior=prior)
        alarm = alarm or log_e >= -math.log(alpha)
        series.append(
            Night(worse=worse, better=better, e_value=e_value(worse, better, prior=prior), alarm=alarm)
        )
    return tuple(series)


def _log_upper_half(up: float, down: float) -> float:
    """log P(Beta(up, down) > ½) = log P(Beta(down, up) < ½)."""
    from scipy import special  # takes longer to load than most commands to run

    probability = float(special.betainc(down, up, 0.5))
    if probability > 1e-290:
        return math.log(probability)
    # Far in the tail: I_x(p, q) = x^p(1−x)^q/(p·B(p, q))·Σ, Σ = Σ_n Π_{j<n} x(p+q+j)/(p+1+j), at x = ½.
    term = total = 1.0
    n = 0
    while term > 1e-17 * total:
        term *= 0.5 * (down + up + n) / (down + 1.0 + n)
        total += term
        n += 1
    return -(down + up) * math.log(2.0) - math.log(down) - float(special.betaln(down, up)) + math.log(total)
