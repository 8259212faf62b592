"""A generator's tokenizer and network from a folder; transformers lives here."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any, Literal, NamedTuple

from bench.errors import UsageError
from bench.models._torch_setup import DTYPES, Setting, quiet

Kind = Literal["causal", "seq2seq"]

# Way of quantising → the package that does it, its configuration class in transformers, that class's parameters.
QUANTIZATIONS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "bnb8": ("bitsandbytes", "BitsAndBytesConfig", {"load_in_8bit": True}),
    "bnb4": ("bitsandbytes", "BitsAndBytesConfig", {"load_in_4bit": True, "bnb_4bit_quant_type": "nf4"}),
    "quanto8": ("optimum.quanto", "QuantoConfig", {"weights": "int8"}),
    "quanto4": ("optimum.quanto", "QuantoConfig", {"weights": "int4"}),
}
_NAMES = {"bitsandbytes": "bitsandbytes", "optimum.quanto": "optimum-quanto"}


class Loaded(NamedTuple):
    """A model ready to ask."""

    tokenizer: Any
    model: Any
    positions: int | None  # the longest text it has positions for; None: no such limit
    advised: int | None  # the longest text that it was made for, by its positions or its tokenizer


def load(name: str, folder: Path, setting: Setting, kind: Kind, quantization: str | None) -> Loaded:
    """The model in a folder. UsageError when it is of another kind, incomplete, or what it needs is not installed."""
    import torch
    import transformers

    other = "seq2seq" if kind == "causal" else "causal"
    auto = transformers.AutoModelForCausalLM if kind == "causal" else transformers.AutoModelForSeq2SeqLM
    given: dict[str, Any] = {"dtype": getattr(torch, DTYPES[setting.dtype])}
    if quantization is not None:
        given |= {"quantization_config": _quantization(quantization), "device_map": {"": setting.device}}
    try:
        with quiet():
            tokenizer = transformers.AutoTokenizer.from_pretrained(
                folder, trust_remote_code=False, local_files_only=True
            )
            model, report = auto.from_pretrained(
                folder, use_safetensors=True, trust_remote_code=False, local_files_only=True, output_loading_info=True,
                **given,
            )  # fmt: skip
    except Exception as error:
        what = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise UsageError(
            f"model.name {name}: cannot be loaded as a {kind} generator ({type(error).__name__}: {what}); "
            f"model={other} and model=extractive load other kinds"
        ) from error
    if missing := sorted(report["missing_keys"]):
        raise UsageError(
            f"model.name {name}: no trained weights for {', '.join(missing[:3])}; this checkpoint is no {kind} "
            f"generator; model={other} and model=extractive load other kinds"
        )
    if quantization is None and not getattr(model, "is_quantized", False):
        model.to(setting.device)
    model.eval()
    positions = _positions(model)
    longest = tokenizer.model_max_length if tokenizer.model_max_length < 1_000_000 else None
    return Loaded(tokenizer, model, positions, min(filter(None, (positions, longest)), default=None))


def _quantization(name: str) -> Any:
    import transformers

    package, kind, parameters = QUANTIZATIONS[name]
    try:
        there = importlib.util.find_spec(package) is not None
    except ModuleNotFoundError:  # a parent package is missing
        there = False
    if not there:
        raise UsageError(
            f"model.quantization={name} needs {_NAMES[package]}, which is not installed: "
            "pip install 'dateline-bench[quantized]'"
        )
    return getattr(transformers, kind)(**parameters)


def _positions(model: Any) -> int | None:
    """Positions a model was made for; None for relative ones without an end (T5)."""
    config = model.config.get_text_config(decoder=True)
    for name in ("max_position_embeddings", "n_positions", "max_sequence_length", "max_seq_len"):
        value = getattr(config, name, None)
        if isinstance(value, int) and value > 0 and not hasattr(config, "relative_attention_num_buckets"):
            return value
    return None


def end_tokens(tokenizer: Any, model: Any, chat: bool) -> frozenset[int]:
    """Tokens that end an output: the model's own, the tokenizer's, and what its chat template ends a turn with."""
    found: set[int] = set()
    for value in (
        model.generation_config.eos_token_id,
        model.config.get_text_config(decoder=True).eos_token_id,
    ):
        found.update([value] if isinstance(value, int) else value or ())
    if tokenizer.eos_token_id is not None:
        found.add(tokenizer.eos_token_id)
    if chat and (turn := _end_of_turn(tokenizer)) is not None:
        found.add(turn)
    return frozenset(found)


def _end_of_turn(tokenizer: Any) -> int | None:
    """The special token that the chat template puts behind what an assistant said, if any."""
    said = "answer-7f3"
    messages = [{"role": "user", "content": "a"}, {"role": "assistant", "content": said}]
    try:
        text = str(tokenizer.apply_chat_template(messages, tokenize=False))
    except Exception:  # a template that knows no assistant
        return None
    ids = tokenizer(text.rpartition(said)[2].lstrip(), add_special_tokens=False)["input_ids"]
    return ids[0] if ids and ids[0] in tokenizer.all_special_ids else None
