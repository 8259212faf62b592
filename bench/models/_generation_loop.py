"""The loop that every generator shares: choose, append, stop, go on with those that are not done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from bench.models._generation_choose import Sampling, choose
from bench.models._generation_stop import stop_place


class Steps(Protocol):
    """A batch on its way through a network."""

    def first(self) -> Any:
        """Logits (rows × vocabulary) of the first token of each row."""

    def next(self, tokens: Sequence[int]) -> Any:
        """Logits of the token after `tokens`, one per row."""

    def keep(self, rows: Sequence[int]) -> None:
        """Go on with these rows only, in this order."""


@dataclass(slots=True, kw_only=True)
class Output:
    """What one row put out."""

    tokens: list[int] = field(default_factory=list)  # without the end token
    finish: str = ""  # stop, length or nan_logits; "" while it goes on
    ties: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """When a row ends and how its tokens are chosen."""

    ends: frozenset[int]  # end tokens
    stops: tuple[str, ...]
    most: int  # tokens
    sampling: Sampling
    decode: Callable[[Sequence[int]], str]


def generate(steps: Steps, sources: Sequence[str], opened: Sequence[str], rules: Rules) -> list[Output]:
    """One output per row. `sources` name the rows for their random numbers, `opened` is text that they go on from."""
    outputs = [Output() for _ in sources]
    alive = list(range(len(sources)))  # rows in the batch, finished ones included until enough have
    logits = steps.first()
    for step in range(rules.most):
        chosen = choose(logits, rules.sampling, [sources[n] for n in alive], step)
        for n, token, tied, broken in zip(alive, *chosen, strict=True):
            if not outputs[n].finish:
                _take(outputs[n], token, tied, broken, opened[n], rules)
        going = [k for k, n in enumerate(alive) if not outputs[n].finish]
        if not going:
            break
        tokens = chosen.tokens
        if 2 * len(going) <= len(alive):  # copying the cache of fewer rows pays only then
            steps.keep(going)
            alive, tokens = [alive[k] for k in going], [tokens[k] for k in going]
        logits = steps.next(tokens)
    return outputs


def _take(output: Output, token: int, tied: bool, broken: bool, opened: str, rules: Rules) -> None:
    """Add a token to an output, and see whether that ends it."""
    if broken:
        output.finish = "nan_logits"
        return
    output.ties += tied
    if token in rules.ends:
        output.finish = "stop"
        return
    output.tokens.append(token)
    if rules.stops and stop_place(opened + rules.decode(output.tokens), rules.stops) is not None:
        output.finish = "stop"
    elif len(output.tokens) == rules.most:
        output.finish = "length"
