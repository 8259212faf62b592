"""The reader that is a decoder: any `AutoModelForCausalLM`, plain or chat, questions on one article together."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from bench.models._generation import Generator
from bench.models._generation_causal import Decoder, Row
from bench.models._generation_engine import Engine
from bench.models._generation_load import Kind
from bench.models._generation_prompt import shared_length
from bench.models._torch_setup import Setting

_LOG = logging.getLogger(__name__)
_LEAST_SHARED = 16  # tokens; a shorter beginning is not worth a pass of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Causal(Generator):
    """Answers with what a causal language model writes after the prompt.

    `name` is a local folder or a hub model, `revision` a branch, tag or commit of the latter (default: main,
    resolved to a commit). Where the tokenizer has a chat template the prompt is put as a message of the user's
    (`chat`: null, true, false; `chat_options`: further variables of the template), else as plain text; with
    exactly one start token either way.

    Greedy unless `temperature` is above 0; then tokens are drawn from the `top_k` best that make up `top_p`, each
    from the seed, the request and the replicate alone. The output ends at an end token, before any of `stop`
    (null: "\\nQuestion:", "\\nArticle:" and an empty page, where no chat template is used), or at `max_new_tokens`;
    `finish_reason` is then `length`. Stops count neither before the first word nor inside a reasoning block, which
    stays in the output. Equal logits: the lowest token; `ties` counts them.

    What does not fit into `window` (null: the model's own) is cut from the article's end by whole sentences, never
    from instruction or question: `tokens_kept` < `tokens_in`, and `context_kept` says how much was read.

    With `share_prefixes` the tokens that all prompts on an article begin with are encoded once. Failed
    predictions: `nan_logits`, `out_of_memory` (one prompt alone does not fit), `too_long` (it does not fit without the
    article either). UsageError, when `predict` starts or for `identity`, for anything about the set-up.
    """

    version: ClassVar[str] = "1"
    kind: ClassVar[Kind] = "causal"
    share_prefixes: bool = field(default=True, metadata={"identity": False})

    def _engine(self, folder: Path, setting: Setting) -> Engine:
        loaded = self._load(folder, setting)
        writer = self._writer(loaded, tail=False)
        pad = loaded.tokenizer.pad_token_id
        decoder = Decoder(loaded.model, 0 if pad is None else pad, setting.device)
        shares = self.share_prefixes and decoder.shares
        if self.share_prefixes and not shares:
            _LOG.warning(
                "%s does not keep every token as it was read: no prefixes are shared, each prompt is read whole",
                self.name,
            )

        def split(prompts: Sequence[tuple[int, ...]]) -> list[Row]:
            n = shared_length(prompts) if shares else 0
            n = n if n >= _LEAST_SHARED else 0
            return [Row(ids[:n], ids[n:]) for ids in prompts]

        return Engine(
            writer=writer,
            room=self._window(loaded, self.max_new_tokens),
            rules=self._rules(loaded, writer.chat),
            split=split,
            start=decoder.steps,
            forget=decoder.forget,
        )
