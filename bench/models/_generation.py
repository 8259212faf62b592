"""What the two local generators share: settings, identity, and the way from requests to predictions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from bench.errors import UsageError, nearest
from bench.models._batches import Batcher
from bench.models._generation_choose import Sampling
from bench.models._generation_engine import Engine, Timed
from bench.models._generation_load import QUANTIZATIONS, Kind, Loaded, end_tokens, load
from bench.models._generation_loop import Rules
from bench.models._generation_prompt import Writer
from bench.models._model_files import (
    check_weights,
    locate,
    settings_digest,
    tokenizer_digest,
    weights_digest,
)
from bench.models._torch_setup import Setting, resolve
from bench.models.base import Model
from bench.records import Prediction, Request

_BATCH_TOKENS = {"cpu": 16384, "cuda": 131072}
_PLAIN_STOPS = ("\nQuestion:", "\nArticle:", "\n\n\n")  # a plain model goes on with a question of its own
_LEAST_ROOM = 16  # tokens that must be left for a prompt


@dataclass(frozen=True, slots=True, kw_only=True)
class Generator(Model):
    """A model on disk that writes its answer; see `Causal` and `Seq2Seq` for the settings."""

    uses_prompt: ClassVar[bool] = True
    reusable: ClassVar[bool] = True
    kind: ClassVar[Kind]

    name: str
    revision: str | None = None
    quantization: str | None = None
    device: str = "auto"
    dtype: str = "auto"
    window: int | None = None
    max_new_tokens: int = 128
    chat: bool | None = None
    chat_options: Mapping[str, Any] = field(default_factory=dict)
    stop: Sequence[str] | None = None
    temperature: float = 0.0
    top_p: float = 1.0
    top_k: int = 0
    seed: int = 0
    batch_tokens: int | None = field(default=None, metadata={"identity": False})

    def __post_init__(self) -> None:
        """Refuse values that no model could work with."""
        for key, low in {"window": 1, "max_new_tokens": 1, "top_k": 0, "seed": 0, "batch_tokens": 1}.items():
            value = getattr(self, key)
            if key in ("window", "batch_tokens") and value is None:
                continue
            if not isinstance(value, int) or isinstance(value, bool) or value < low:
                raise UsageError(f"model.{key}={value!r}: a whole number of at least {low}")
        if not _number(self.temperature) or self.temperature < 0:
            raise UsageError(f"model.temperature={self.temperature!r}: a number from 0 (greedy) up")
        if not _number(self.top_p) or not 0 < self.top_p <= 1:
            raise UsageError(f"model.top_p={self.top_p!r}: a number above 0, at most 1")
        if not re.fullmatch(r"auto|cpu|cuda(:\d+)?", str(self.device)):
            known = ["auto", "cpu", "cuda"]
            raise UsageError(f"model.device={self.device!r}{nearest(str(self.device), known)}")
        for key, names in (("dtype", ["auto", "fp32", "bf16", "fp16"]), ("quantization", [*QUANTIZATIONS])):
            value = getattr(self, key)
            if value not in names and not (key == "quantization" and value is None):
                raise UsageError(f"model.{key}={value!r}{nearest(str(value), names)}")
        if self.chat is not None and not isinstance(self.chat, bool):
            raise UsageError(f"model.chat={self.chat!r}: true, false or null")
        stops = () if self.stop is None else self.stop
        if isinstance(stops, str) or not all(isinstance(s, str) and s for s in stops):
            raise UsageError(f"model.stop={self.stop!r}: a list of texts, such as 'model.stop=[\"\\n\\n\"]'")

    @property
    def uses_seed(self) -> bool:  # type: ignore[override]  # what is a class's trait elsewhere depends on a setting
        """Whether anything is drawn at random."""
        return self.temperature > 0

    def identity(self) -> Mapping[str, Any]:
        """What determines the answers; a local folder enters by its content, not by its place."""
        setting = resolve(self.device, self.dtype)
        source = locate(self.name, self.revision, weights=False)
        if source.commit is None:
            check_weights(self.name, source.folder)
            who = {"weights_sha256": weights_digest(source.folder)}
        else:
            who = {"name": self.name, "commit": source.commit}
        drawn = {"top_p": float(self.top_p), "top_k": self.top_k, "seed": self.seed} if self.uses_seed else {}
        return {
            "kind": f"{type(self).__module__}.{type(self).__qualname__}",
            "version": self.version,
            **who,
            "tokenizer_sha256": tokenizer_digest(source.folder),
            "settings_sha256": settings_digest(source.folder),  # chat template, generation_config.json
            "trust_remote_code": False,
            "device": setting.device.partition(":")[0],
            "dtype": setting.dtype,
            "quantization": self.quantization,
            "window": self.window,
            "max_new_tokens": self.max_new_tokens,
            "chat": self.chat,
            "chat_options": dict(self.chat_options),
            "stop": None if self.stop is None else list(self.stop),
            "temperature": float(self.temperature),
            **drawn,
        }

    def most_tokens_out(self) -> int:
        """`max_new_tokens`."""
        return self.max_new_tokens

    def answer(self, request: Request) -> Prediction:
        """The prediction for one request; loads the model each time, so prefer `predict` for many."""
        return next(self.predict([request]))

    def predict(self, requests: Sequence[Request]) -> Iterator[Prediction]:
        """One prediction per request, batch by batch as they finish."""
        return (prediction for prediction, _ in self.timed(requests))

    def timed(self, requests: Sequence[Request]) -> Iterator[Timed]:
        """Predictions with their seconds: an equal share of what their batch took, loading not counted."""
        if not requests:
            return
        setting = resolve(self.device, self.dtype)
        source = locate(self.name, self.revision, weights=True)
        check_weights(self.name, source.folder)
        engine = self._engine(source.folder, setting)
        budget = self.batch_tokens or _BATCH_TOKENS[setting.device.partition(":")[0]]
        yield from engine.answers(requests, Batcher(budget=budget))

    def _engine(self, folder: Path, setting: Setting) -> Engine:
        """The loaded model, ready to answer."""
        raise NotImplementedError

    def _load(self, folder: Path, setting: Setting) -> Loaded:
        return load(self.name, folder, setting, self.kind, self.quantization)

    def _writer(self, loaded: Loaded, tail: bool) -> Writer:
        has = bool(getattr(loaded.tokenizer, "chat_template", None))
        if self.chat and not has:
            raise UsageError(f"model.chat=true: {self.name} has no chat template; leave model.chat out")
        chat = has if self.chat is None else self.chat
        return Writer(tokenizer=loaded.tokenizer, chat=chat, options=self.chat_options, tail=tail)

    def _rules(self, loaded: Loaded, chat: bool) -> Rules:
        tokenizer = loaded.tokenizer
        stops = self.stop if self.stop is not None else () if chat else _PLAIN_STOPS
        silent = {tokenizer.bos_token_id, tokenizer.eos_token_id, tokenizer.pad_token_id}

        def decode(ids: Sequence[int]) -> str:
            # Other special tokens stay: they may mark where reasoning ends.
            spoken = [i for i in ids if i not in silent]
            return str(
                tokenizer.decode(spoken, skip_special_tokens=False, clean_up_tokenization_spaces=False)
            )

        sampling = Sampling(
            temperature=float(self.temperature), top_p=float(self.top_p), top_k=self.top_k, seed=self.seed
        )
        return Rules(
            ends=end_tokens(tokenizer, loaded.model, chat),
            stops=tuple(stops),
            most=self.max_new_tokens,
            sampling=sampling,
            decode=decode,
        )

    def _window(self, loaded: Loaded, new: int) -> int | None:
        """Tokens for a prompt, when `new` of the window are kept for the output; None: any number."""
        if self.window is not None and loaded.positions is not None and self.window > loaded.positions:
            raise UsageError(
                f"model.window={self.window}: {self.name} reads at most {loaded.positions} tokens; "
                f"set model.window={loaded.positions}"
            )
        window = self.window or loaded.advised
        if window is None:
            return None
        if window - new < _LEAST_ROOM:
            raise UsageError(
                f"model.max_new_tokens={self.max_new_tokens}: of the {window} tokens that {self.name} reads, too few are "
                f"left for a prompt; at most {max(1, window - _LEAST_ROOM)} may be new"
            )
        return window - new


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
