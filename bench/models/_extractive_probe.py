"""Whether two ways of computing one network agree, seen on two small inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bench.models._extractive_torch import Network

CLOSE = 1e-3  # the largest difference of a logit that rounding explains


def columns(takes_types: bool) -> list[str]:
    """The names of a network's inputs, in order."""
    return ["input_ids", "attention_mask", *(["token_type_ids"] if takes_types else [])]


def probe(takes_types: bool, rows: int, width: int) -> dict[str, NDArray[np.int64]]:
    """Small token ids that every vocabulary has; each row a token shorter than the one before."""
    import numpy as np

    places = np.arange(width)[None, :].repeat(rows, axis=0)
    seen = (places < width - np.arange(rows)[:, None]).astype(np.int64)
    made = {"input_ids": 5 + (places * 7 + np.arange(rows)[:, None]) % 40, "attention_mask": seen}
    types = (places > width // 2).astype(np.int64)
    return {column: made.get(column, types).astype(np.int64) for column in columns(takes_types)}


def seen_logits(network: Network, takes_types: bool) -> list[NDArray[np.float32]]:
    """A network's logits on two small inputs, those of padding left out."""
    found = []
    for rows, width in ((2, 9), (3, 24)):
        inputs = probe(takes_types, rows, width)
        found.append(network(inputs)[:, inputs["attention_mask"].astype(bool)])
    return found


def difference(one: list[NDArray[np.float32]], other: list[NDArray[np.float32]]) -> float:
    """How far apart logits are at most; nan where one of them is."""
    import numpy as np

    return float(np.max([np.abs(a - b).max() for a, b in zip(one, other, strict=True)]))


def largest_difference(one: Network, other: Network, takes_types: bool) -> float:
    """How far apart two networks' logits are at most, padding left out; nan where one of them gives that."""
    return difference(seen_logits(one, takes_types), seen_logits(other, takes_types))
