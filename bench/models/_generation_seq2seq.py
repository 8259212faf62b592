"""An encoder with a decoder at work: each prompt is encoded as a whole, then the rows of a batch are decoded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from bench.errors import UsageError
from bench.models._generation_causal import Row


class Starts(NamedTuple):
    """What every output starts from."""

    start: int
    forced: int | None  # the first token, where the model leaves no choice: mBART's language, BART's <s>


def starts_of(name: str, model: Any) -> Starts:
    """The start tokens that a model's configuration names; UsageError when it names none."""
    configs = (model.generation_config, model.config)
    found: dict[str, int | None] = {}
    for key in ("decoder_start_token_id", "forced_bos_token_id"):
        values = [value for config in configs if (value := getattr(config, key, None)) is not None]
        found[key] = int(values[0]) if values else None
    start = found["decoder_start_token_id"]
    if start is None:
        raise UsageError(f"model.name {name}: its config names no decoder_start_token_id")
    return Starts(start, found["forced_bos_token_id"])


class Batch:
    """Rows on their way; prompts are padded on the right."""

    def __init__(self, model: Any, rows: Sequence[Row], pad: int, starts: Starts, device: str) -> None:
        """Lay out inputs; nothing is computed yet."""
        import torch

        width = max(len(row.rest) for row in rows)
        ids = [list(row.rest) + [pad] * (width - len(row.rest)) for row in rows]
        masks = [[1] * len(row.rest) + [0] * (width - len(row.rest)) for row in rows]
        self._model, self._starts, self._device = model, starts, device
        self._ids = torch.tensor(ids, device=device)
        self._mask = torch.tensor(masks, device=device)
        self._encoded: Any = None
        self._cache: Any = None

    def first(self) -> Any:
        """Logits of the first token of each row."""
        import torch

        with torch.no_grad():
            self._encoded = self._model.get_encoder()(input_ids=self._ids, attention_mask=self._mask)
        logits = self.next([self._starts.start] * len(self._ids))
        return logits if self._starts.forced is None else self.next([self._starts.forced] * len(self._ids))

    def next(self, tokens: Sequence[int]) -> Any:
        """Logits of the token after `tokens`."""
        import torch

        with torch.no_grad():
            found = self._model(
                encoder_outputs=self._encoded,
                attention_mask=self._mask,
                decoder_input_ids=torch.tensor(tokens, device=self._device)[:, None],
                past_key_values=self._cache,
                use_cache=True,
            )
        self._cache = found.past_key_values
        return found.logits[:, -1]

    def keep(self, rows: Sequence[int]) -> None:
        """Go on with these rows only."""
        import torch

        chosen = torch.tensor(rows, device=self._device)
        self._mask = self._mask[chosen]
        self._encoded.last_hidden_state = self._encoded.last_hidden_state[chosen]
        self._cache.reorder_cache(chosen)
