"""The part of the extractive reader that holds a tokenizer and a network; torch and transformers live here."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from bench.errors import UsageError
from bench.models._batches import short_of_memory
from bench.models._extractive_linear import faster_linears, slow_processor
from bench.models._extractive_openvino import openvino_network
from bench.models._extractive_packed import packed_network
from bench.models._extractive_windows import Row, Template, Tokens, read_template
from bench.models._torch_setup import DTYPES, SURROGATES, Setting, quiet

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# input_ids, attention_mask (and token_type_ids), each rows × tokens → start and end logits, 2 × rows × tokens
Inputs: TypeAlias = "Mapping[str, NDArray[np.int64]]"
Network: TypeAlias = "Callable[[Inputs], NDArray[np.float32]]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A loaded model with its tokenizer."""

    tokenizer: Any
    network: Network
    template: Template
    limit: int | None  # the longest input the model has positions for; None: no such limit
    takes_types: bool
    device: str

    def tokenize(self, texts: Sequence[str]) -> list[Tokens]:
        """Tokens of each text, special ones left out; a special token's name in a text is mere text.

        Lone surrogates, which tokenizers refuse, are read as U+FFFD; offsets stay those of the text given.
        """
        if not texts:
            return []
        found = self.tokenizer(
            [text.translate(SURROGATES) for text in texts],
            add_special_tokens=False,
            split_special_tokens=True,
            padding=False,
            truncation=False,
            return_offsets_mapping=True,
            return_attention_mask=False,
            return_token_type_ids=False,
            verbose=False,
        )
        pairs = zip(found["input_ids"], found["offset_mapping"], strict=True)
        return [
            Tokens(ids=tuple(ids), starts=tuple(a for a, _ in places), ends=tuple(b for _, b in places))
            for ids, places in pairs
        ]

    def forward(self, rows: Sequence[Row]) -> list[tuple[NDArray[np.float32], NDArray[np.float32]]]:
        """Start and end logits of each row, padded on the right to the longest."""
        import numpy as np

        width = max(len(row.ids) for row in rows)
        ids = np.full((len(rows), width), self.template.pad, dtype=np.int64)
        seen = np.zeros((len(rows), width), dtype=np.int64)
        types = np.zeros((len(rows), width), dtype=np.int64)
        for n, row in enumerate(rows):
            ids[n, : len(row.ids)] = row.ids
            types[n, : len(row.ids)] = row.types
            seen[n, : len(row.ids)] = 1
        inputs = {"input_ids": ids, "attention_mask": seen}
        if self.takes_types:
            inputs["token_type_ids"] = types
        logits = self.network(inputs)
        return list(zip(logits[0], logits[1], strict=True))


def load(name: str, folder: Path, setting: Setting, runtime: str = "torch") -> Reader:
    """The model in a folder, ready to ask. UsageError when it is no reader, or has no fast tokenizer.

    `runtime` is torch, or openvino, which is made from the torch model and wants `setting` to be CPU and fp32.
    """
    import torch
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer

    try:
        with quiet():
            tokenizer = AutoTokenizer.from_pretrained(folder, trust_remote_code=False, local_files_only=True)
            model, report = AutoModelForQuestionAnswering.from_pretrained(
                folder,
                use_safetensors=True,
                trust_remote_code=False,
                local_files_only=True,
                output_loading_info=True,
                dtype=getattr(torch, DTYPES[setting.dtype]),
            )
    except Exception as error:
        what = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise UsageError(
            f"model.name {name}: cannot be loaded as a question-answering encoder ({type(error).__name__}: {what})"
        ) from error
    if missing := sorted(report["missing_keys"]):
        raise UsageError(
            f"model.name {name}: no trained weights for {', '.join(missing[:3])}; this checkpoint was not "
            "fine-tuned for span extraction"
        )
    if not getattr(tokenizer, "is_fast", False):
        raise UsageError(f"model.name {name}: its tokenizer gives no offsets; a tokenizer.json is needed")
    try:
        template = _template(tokenizer)
    except ValueError as error:
        raise UsageError(f"model.name {name}: {error}") from error
    model.to(setting.device).eval()
    types = _takes_types(tokenizer, model)
    network = torch_network(model, setting.device)
    if runtime == "openvino":
        network = openvino_network(name, model, network, types)
    elif setting == ("cpu", "fp32"):
        network = packed_network(model, network, types)
        if slow_processor():
            faster_linears(model, network, types)
    return Reader(
        tokenizer=tokenizer,
        network=network,
        template=template,
        limit=_limit(model),
        takes_types=types,
        device=setting.device,
    )


def torch_network(model: Any, device: str) -> Network:
    """The model as a function of numpy arrays."""
    import torch

    def run(inputs: Inputs) -> NDArray[np.float32]:
        try:
            with torch.inference_mode():
                given = model(**{k: torch.from_numpy(v).to(device) for k, v in inputs.items()})
                logits: NDArray[np.float32] = (
                    torch.stack([given.start_logits, given.end_logits]).float().cpu().numpy()
                )
                return logits
        except Exception as error:
            if device != "cpu" and short_of_memory(error):
                torch.cuda.empty_cache()
            raise

    return run


def _template(tokenizer: Any) -> Template:
    """The frame around a question and a context, seen on a pair of short texts."""
    pair = tokenizer("a b", "c d", add_special_tokens=True, return_token_type_ids=True, padding=False)
    ids, types = list(pair["input_ids"]), list(pair["token_type_ids"])
    pad = tokenizer.pad_token_id
    return read_template(ids, types, pair.sequence_ids(0), tokenizer.cls_token_id, 0 if pad is None else pad)


def _limit(model: Any) -> int | None:
    """Positions a model has learnt, less those that padding takes (RoBERTa) or an offset skips (BART)."""
    import torch

    limits = []
    for name, module in model.named_modules():
        if isinstance(module, torch.nn.Embedding) and name.endswith(
            ("position_embeddings", "embed_positions")
        ):
            lost = module.padding_idx + 1 if module.padding_idx is not None else getattr(module, "offset", 0)
            limits.append(module.num_embeddings - lost)
    return min(limits, default=None)


def _takes_types(tokenizer: Any, model: Any) -> bool:
    return (
        "token_type_ids" in tokenizer.model_input_names
        and "token_type_ids" in inspect.signature(model.forward).parameters
        and (getattr(model.config, "type_vocab_size", None) or 0) > 1
    )
