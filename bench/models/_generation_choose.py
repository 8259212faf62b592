"""The next token of each row: the best one, or one drawn; the same whatever rows are computed beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """How tokens are drawn. Temperature 0 draws none: the best token is taken."""

    temperature: float = 0.0
    top_p: float = 1.0  # the smallest set of best tokens with at least this probability
    top_k: int = 0  # so many best tokens; 0: all
    seed: int = 0


class Chosen(NamedTuple):
    """One token per row."""

    tokens: list[int]
    tied: list[bool]  # several tokens were equally good
    broken: list[bool]  # the logits hold something that is no number, and the token means nothing


def choose(logits: Any, sampling: Sampling, sources: Sequence[str], step: int) -> Chosen:
    """A token for each row of `logits` (rows × vocabulary).

    The best one, the lowest id where several are; or with a temperature one drawn at random from the row's source,
    the seed and the step alone. NaN and +inf break a row, and so does -inf everywhere.
    """
    import torch

    logits = logits.float()
    best = logits.amax(dim=-1)  # NaN where any is NaN
    broken = ~torch.isfinite(best)
    equal = logits == best[:, None]
    places = torch.arange(logits.shape[-1], device=logits.device)
    # argmax does not promise which of several equal ones it gives.
    tokens = torch.where(equal, places, logits.shape[-1] - 1).amin(dim=-1)
    tied = equal.sum(dim=-1) > 1
    if sampling.temperature > 0 and not bool(broken.all()):
        tokens, tied = _draw(logits, sampling, sources, step), torch.zeros_like(tied)
    return Chosen(tokens.tolist(), (tied & ~broken).tolist(), broken.tolist())


def _draw(logits: Any, sampling: Sampling, sources: Sequence[str], step: int) -> Any:
    """Tokens by inversion: of the probabilities in falling order, the one in which a uniform number falls."""
    import torch

    order = torch.sort(
        logits.nan_to_num(0.0).double() / sampling.temperature, dim=-1, descending=True, stable=True
    )
    shares = torch.softmax(order.values, dim=-1)
    before = torch.cumsum(shares, dim=-1) - shares
    kept = before < sampling.top_p
    if sampling.top_k:
        kept[:, sampling.top_k :] = False
    kept[:, 0] = True
    reached = torch.cumsum(shares * kept, dim=-1)
    uniform = [_uniform(sampling.seed, source, step) for source in sources]
    wanted = torch.tensor(uniform, dtype=torch.float64, device=logits.device) * reached[:, -1]
    place = torch.searchsorted(reached, wanted[:, None], right=True).clamp(max=logits.shape[-1] - 1)
    place = torch.minimum(place, kept.sum(dim=-1, keepdim=True) - 1)
    return order.indices.gather(-1, place)[:, 0]


def _uniform(seed: int, source: str, step: int) -> float:
    """A number in [0, 1) that depends on its arguments alone."""
    drawn = hashlib.sha256(f"{seed}|{source}|{step}".encode()).digest()
    return int.from_bytes(drawn[:7], "big") / 2**56
