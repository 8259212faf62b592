"""The reader that is an encoder with a decoder: any `AutoModelForSeq2SeqLM`, such as T5 or BART."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from bench.models._generation import Generator
from bench.models._generation_causal import Row
from bench.models._generation_engine import Engine
from bench.models._generation_load import Kind
from bench.models._generation_seq2seq import Batch, starts_of
from bench.models._torch_setup import Setting


@dataclass(frozen=True, slots=True, kw_only=True)
class Seq2Seq(Generator):
    """Answers with what the decoder writes about the prompt that the encoder read.

    Settings and failures are those of `Causal`; `window` is the prompt's alone, for the output has a window of its
    own. A first token that the model leaves no choice about (mBART's language) is given, and not part of the output.
    Beams, penalties and other wishes of generation_config.json are not followed.
    """

    version: ClassVar[str] = "1"
    kind: ClassVar[Kind] = "seq2seq"

    def _engine(self, folder: Path, setting: Setting) -> Engine:
        loaded = self._load(folder, setting)
        model, tokenizer = loaded.model, loaded.tokenizer
        writer = self._writer(loaded, tail=True)
        pad = 0 if tokenizer.pad_token_id is None else tokenizer.pad_token_id
        starts = starts_of(self.name, model)

        def begin(rows: Sequence[Row], most: int) -> Batch:  # noqa: ARG001 - its memory grows as it goes
            return Batch(model, rows, pad, starts, setting.device)

        return Engine(
            writer=writer,
            room=self._window(loaded, 0),
            rules=self._rules(loaded, writer.chat),
            split=lambda prompts: [Row((), ids) for ids in prompts],
            start=begin,
            forget=lambda: None,
        )
