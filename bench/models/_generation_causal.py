"""A decoder at work: shared beginnings are encoded once, and the rows of a batch go on from there."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple


class Row(NamedTuple):
    """The tokens of one prompt, in two parts."""

    prefix: tuple[int, ...]  # shared with the neighbours; may be empty
    rest: tuple[int, ...]  # never empty


@dataclass(slots=True)
class Decoder:
    """A causal language model and the beginnings it has just encoded."""

    model: Any
    pad: int
    device: str
    shares: bool = field(init=False)  # whether a cache can be carried over from a prefix to its rows
    _names: frozenset[str] = field(init=False)
    _seen: dict[tuple[int, ...], Any] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._names = frozenset(inspect.signature(self.model.forward).parameters)
        self.shares = "position_ids" in self._names and _caches_every_token(self.model)

    def steps(self, rows: Sequence[Row], most: int) -> Batch:
        """The rows as a batch with room for `most` new tokens each."""
        wanted = dict.fromkeys(row.prefix for row in rows)
        self._seen = {ids: kept for ids, kept in self._seen.items() if ids in wanted}
        for ids in wanted:
            if ids and ids not in self._seen:
                self._seen[ids] = self._encode(ids)
        return Batch(self, rows, most, self._seen)

    def forget(self) -> None:
        """Give up what was kept of the last batch."""
        self._seen = {}
        if self.device != "cpu":
            import torch

            torch.cuda.empty_cache()

    def forward(self, ids: Any, mask: Any, positions: Any, cache: Any) -> tuple[Any, Any]:
        """Logits of the last column, and the cache."""
        import torch

        given: dict[str, Any] = {"input_ids": ids, "attention_mask": mask, "use_cache": True}
        if "position_ids" in self._names:
            given["position_ids"] = positions
        if "logits_to_keep" in self._names:
            given["logits_to_keep"] = 1
        name = "past_key_values" if "past_key_values" in self._names else "cache_params"
        if cache is not None:
            given[name] = cache
            if name == "cache_params":  # a state space keeps no column that a mask could hide
                del given["attention_mask"]
        with torch.no_grad():
            found = self.model(**given)
        return found.logits[:, -1], getattr(found, name)

    def _encode(self, ids: tuple[int, ...]) -> list[tuple[Any, Any]]:
        """Keys and values of a beginning, by layer."""
        import torch

        places = torch.arange(len(ids), device=self.device)[None]
        row = torch.tensor([ids], device=self.device)
        _, found = self.forward(row, torch.ones_like(row), places, None)
        return [(layer.keys, layer.values) for layer in found.layers]


class Batch:
    """Rows on their way. Columns: shared beginnings, then the rest of each prompt, then new tokens; padding on the left of the first two."""

    def __init__(self, decoder: Decoder, rows: Sequence[Row], most: int, seen: dict[Any, Any]) -> None:
        """Lay out masks and positions; nothing is computed yet."""
        import torch

        self._decoder, self._rows = decoder, rows
        self._before = max(len(r.prefix) for r in rows)
        width = max(len(r.rest) for r in rows)
        ids = [[decoder.pad] * (width - len(r.rest)) + list(r.rest) for r in rows]
        masks = [_left(len(r.prefix), self._before) + _left(len(r.rest), width) for r in rows]
        device = decoder.device
        self._ids = torch.tensor(ids, device=device)
        self._mask = torch.tensor(masks, device=device)
        self._position = torch.tensor([[len(r.prefix) + len(r.rest)] for r in rows], device=device)
        self._cache: Any = None
        if self._before:
            self._cache = _carried(
                [seen.get(r.prefix) for r in rows], self._before, self._before + width + most
            )

    def first(self) -> Any:
        """Logits of the first new token of each row."""
        places = (self._mask.cumsum(-1) - 1).clamp(min=0)[:, self._before :]
        logits, self._cache = self._decoder.forward(self._ids, self._mask, places, self._cache)
        return logits

    def next(self, tokens: Sequence[int]) -> Any:
        """Logits of the token after `tokens`."""
        import torch

        ids = torch.tensor(tokens, device=self._decoder.device)[:, None]
        self._mask = torch.cat([self._mask, torch.ones_like(ids)], dim=-1)
        logits, self._cache = self._decoder.forward(ids, self._mask, self._position, self._cache)
        self._position = self._position + 1
        return logits

    def keep(self, rows: Sequence[int]) -> None:
        """Go on with these rows only."""
        import torch

        chosen = torch.tensor(rows, device=self._decoder.device)
        self._mask, self._position = self._mask[chosen], self._position[chosen]
        self._cache.reorder_cache(chosen)


def _left(n: int, width: int) -> list[int]:
    return [0] * (width - n) + [1] * n


def _caches_every_token(model: Any) -> bool:
    """Whether each layer keeps keys and values of every token, so that a prefix's can be carried over."""
    from transformers.cache_utils import DynamicCache, DynamicLayer

    try:
        layers = DynamicCache(config=model.config).layers
    except Exception:  # a kind of model that it knows nothing of
        return False
    if _turns_with_length(model.config.get_text_config(decoder=True)):
        return False
    return bool(layers) and all(type(layer) is DynamicLayer for layer in layers)


def _turns_with_length(config: Any) -> bool:
    """Whether rotary positions depend on how long the whole text is, so that a beginning alone is read otherwise."""
    found = getattr(config, "rope_parameters", None) or getattr(config, "rope_scaling", None) or {}
    kinds = [found, *(v for v in found.values() if isinstance(v, dict))]
    return any(k.get("rope_type", k.get("type")) in ("dynamic", "longrope") for k in kinds)


def _carried(prefixes: Sequence[Any], before: int, room: int) -> Any:
    """A cache with room for `room` columns, whose first `before` hold each row's prefix, padded on the left."""
    from transformers.cache_utils import DynamicCache

    depth = len(next(p for p in prefixes if p is not None))
    found = DynamicCache()
    found.layers = [_roomy()([p and p[n] for p in prefixes], before, room) for n in range(depth)]
    found.layer_class_to_replicate = None
    return found


@cache
def _roomy() -> type:
    """The class of a cache layer that writes into memory set aside at the start instead of copying at every step."""
    from transformers.cache_utils import DynamicLayer

    class Roomy(DynamicLayer):  # type: ignore[misc]
        def __init__(self, prefixes: Sequence[Any], before: int, room: int) -> None:
            super().__init__()
            self._held = [_set_aside(prefixes, part, before, room) for part in (0, 1)]
            self.dtype, self.device = self._held[0].dtype, self._held[0].device
            self.is_initialized = True
            self._use(before)

        def _use(self, columns: int) -> None:
            self.keys, self.values = (held[:, :, :columns] for held in self._held)

        def update(self, key_states: Any, value_states: Any, *_: Any) -> tuple[Any, Any]:
            used = self.keys.shape[-2]
            new = used + key_states.shape[-2]
            self._held[0][:, :, used:new] = key_states
            self._held[1][:, :, used:new] = value_states
            self._use(new)
            return self.keys, self.values

        def reorder_cache(self, beam_idx: Any) -> None:
            self._held = [held.index_select(0, beam_idx) for held in self._held]
            self._use(self.keys.shape[-2])

    return Roomy


def _set_aside(prefixes: Sequence[Any], part: int, before: int, room: int) -> Any:
    """Memory for the keys (part 0) or values (1) of all rows, the prefixes in place."""
    like = next(p for p in prefixes if p is not None)[part]
    _, heads, _, size = like.shape
    held = like.new_zeros((len(prefixes), heads, room, size))
    for row, prefix in zip(held, prefixes, strict=True):
        if prefix is not None:
            row[:, before - prefix[part].shape[-2] : before] = prefix[part][0]
    return held
