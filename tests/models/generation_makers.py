"""Tiny generators of several architectures, tokenizers made from the suite, and a plain decoder to compare with."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.models.vocabularies import unigram, wordpiece

CHAT = (
    "{{ bos_token }}{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
KINDS = ("llama", "gpt2", "mistral", "mamba")
SEQ2SEQ = ("t5", "bart")


@functools.cache
def texts() -> tuple[str, ...]:
    """Two articles of the suite and the questions on them."""
    from bench.api import load_dataset

    suite = load_dataset("dateline")
    chosen = {a.id for a in suite.articles[:2]}
    return (
        *(a.text for a in suite.articles[:2]),
        *(i.question for i in suite.items if i.article_id in chosen),
    )


def tokenizer(kind: str) -> Any:
    """A fast tokenizer with the habits of a family: which special tokens it has and which it adds by itself."""
    import transformers as t
    from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

    if kind in ("llama", "gpt2"):
        special = ["<s>", "</s>", "<pad>", "<|im_start|>", "<|im_end|>"]
        raw = Tokenizer(models.BPE())
        raw.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
        raw.decoder = decoders.ByteLevel()
        trainer = trainers.BpeTrainer(
            vocab_size=600, special_tokens=special, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
            show_progress=False,
        )  # fmt: skip
        raw.train_from_iterator(texts(), trainer)
        names = {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>"}
        extra = special[3:]
    elif kind == "t5":
        special = ["<pad>", "</s>", "<unk>"]
        raw = Tokenizer(models.Unigram(unigram(texts(), special, 500), unk_id=2))
        raw.normalizer = normalizers.NFKC()
        raw.pre_tokenizer = pre_tokenizers.Metaspace()
        raw.decoder = decoders.Metaspace()
        names = {"eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"}
        extra = []
    else:
        special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
        raw = Tokenizer(models.WordPiece(wordpiece(texts(), special, 600), unk_token="[UNK]"))
        raw.normalizer = normalizers.BertNormalizer(lowercase=True)
        raw.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        raw.decoder = decoders.WordPiece()
        names = {"cls_token": "[CLS]", "sep_token": "[SEP]", "pad_token": "[PAD]", "unk_token": "[UNK]"}
        extra = []
    frame = {
        "llama": ("<s> $A", ["<s>"]),
        "t5": ("$A </s>", ["</s>"]),
        "bert": ("[CLS] $A [SEP]", ["[CLS]", "[SEP]"]),
    }
    if kind in frame:
        single, used = frame[kind]
        raw.post_processor = processors.TemplateProcessing(
            single=single, special_tokens=[(word, raw.token_to_id(word)) for word in used]
        )
    return t.PreTrainedTokenizerFast(
        tokenizer_object=raw, model_max_length=4096, additional_special_tokens=extra, **names
    )


def save_tiny(
    kind: str, folder: Path, seed: int = 0, positions: int = 1024, chat: bool = False, spread: float = 0.6
) -> Path:
    """A model with random weights, wide enough apart that its answers differ, and its tokenizer."""
    import torch
    import transformers as t

    words = tokenizer({"mistral": "llama", "mamba": "llama", "bart": "llama"}.get(kind, kind))
    if chat:
        words.chat_template = CHAT
    ends = {
        "bos_token_id": words.bos_token_id,
        "eos_token_id": words.eos_token_id,
        "pad_token_id": words.pad_token_id,
    }
    size = {
        "vocab_size": len(words),
        "hidden_size": 32,
        "num_hidden_layers": 2,
        "initializer_range": spread,
        **ends,
    }
    heads = {"num_attention_heads": 4, "num_key_value_heads": 2, "intermediate_size": 64}
    torch.manual_seed(seed)
    if kind == "llama":
        model: Any = t.LlamaForCausalLM(t.LlamaConfig(**size, **heads, max_position_embeddings=positions))
    elif kind == "mistral":
        config = t.MistralConfig(**size, **heads, max_position_embeddings=positions, sliding_window=48)
        model = t.MistralForCausalLM(config)
    elif kind == "mamba":
        model = t.MambaForCausalLM(t.MambaConfig(**size, state_size=8))
    elif kind == "gpt2":
        model = t.GPT2LMHeadModel(
            t.GPT2Config(vocab_size=len(words), n_embd=32, n_layer=2, n_head=4, n_positions=positions, initializer_range=spread, **ends)
        )  # fmt: skip
    elif kind == "t5":
        model = t.T5ForConditionalGeneration(
            t.T5Config(vocab_size=len(words), d_model=32, d_kv=8, d_ff=64, num_layers=2, num_heads=4, decoder_start_token_id=0, dropout_rate=0.0,
                       initializer_factor=spread * 7, eos_token_id=words.eos_token_id, pad_token_id=words.pad_token_id)
        )  # fmt: skip
    else:
        model = t.BartForConditionalGeneration(
            t.BartConfig(vocab_size=len(words), d_model=32, encoder_layers=2, decoder_layers=2, encoder_attention_heads=4,
                         decoder_attention_heads=4, encoder_ffn_dim=64, decoder_ffn_dim=64, init_std=spread,
                         max_position_embeddings=positions, decoder_start_token_id=1, forced_eos_token_id=None, **ends)
        )  # fmt: skip
        model.generation_config.forced_bos_token_id = words.bos_token_id
    model.eval()
    model.save_pretrained(folder)
    words.save_pretrained(folder)
    return folder


def teach(folder: Path, pairs: Sequence[tuple[str, str]], steps: int = 300) -> None:
    """Train the model in `folder` until it says each prompt's answer and then stops."""
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForSeq2SeqLM, AutoTokenizer

    words = AutoTokenizer.from_pretrained(folder)
    answers = [[*words(a, add_special_tokens=False)["input_ids"], words.eos_token_id] for _, a in pairs]
    prompts = [words(p)["input_ids"] for p, _ in pairs]
    whole = AutoConfig.from_pretrained(folder).is_encoder_decoder
    auto = AutoModelForSeq2SeqLM if whole else AutoModelForCausalLM
    rows = prompts if whole else [p + a for p, a in zip(prompts, answers, strict=True)]
    targets = answers if whole else [[-100] * len(p) + a for p, a in zip(prompts, answers, strict=True)]

    def padded(lists: Sequence[Sequence[int]], value: int) -> Any:
        width = max(map(len, lists))
        return torch.tensor([[*row, *[value] * (width - len(row))] for row in lists])

    given = {
        "input_ids": padded(rows, 0),
        "labels": padded(targets, -100),
        "attention_mask": padded([[1] * len(r) for r in rows], 0),
    }
    model = auto.from_pretrained(folder).train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=5e-3)
    for _ in range(steps):
        loss = model(**given).loss
        if loss.item() < 0.02:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    model.eval().save_pretrained(folder)


def plain_tokens(folder: Path, ids: Sequence[int], most: int) -> list[int]:
    """The greedy continuation of one prompt, everything computed anew for every token: no cache, no batch, no padding."""
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForSeq2SeqLM

    config = AutoConfig.from_pretrained(folder)
    auto = AutoModelForSeq2SeqLM if config.is_encoder_decoder else AutoModelForCausalLM
    model = auto.from_pretrained(folder).eval()
    found: list[int] = []
    prompt = torch.tensor([list(ids)])
    with torch.no_grad():
        while len(found) < most:
            if config.is_encoder_decoder:
                start = model.generation_config.decoder_start_token_id
                starts = [start, *([0] if model.generation_config.forced_bos_token_id is not None else [])]
                given = {"input_ids": prompt, "decoder_input_ids": torch.tensor([[*starts, *found]])}
            else:
                given = {"input_ids": torch.tensor([[*ids, *found]])}
            token = int(model(**given, use_cache=False).logits[0, -1].argmax())
            if token == config.eos_token_id:
                break
            found.append(token)
    return found
