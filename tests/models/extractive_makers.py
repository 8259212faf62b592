"""Tiny random encoders of four architectures with tokenizers made from a few sentences, and a plain decoder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.models.extractive_text import SENTENCES
from tests.models.vocabularies import unigram, wordpiece

KINDS = ("bert", "roberta", "distilbert", "deberta")


def save_tiny(
    kind: str, folder: Path, seed: int = 0, positions: int = 128, hidden: int = 16, spread: float = 0.6
) -> Path:
    """A model with random weights, wide enough apart that its logits differ, and its tokenizer."""
    import torch
    import transformers as t

    tokenizer = _tokenizer(kind)
    size = {
        "vocab_size": len(tokenizer),
        "hidden_size": hidden,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
    }
    size |= {
        "intermediate_size": 2 * hidden,
        "initializer_range": spread,
        "pad_token_id": tokenizer.pad_token_id,
    }
    torch.manual_seed(seed)
    if kind == "bert":
        model: Any = t.BertForQuestionAnswering(t.BertConfig(**size, max_position_embeddings=positions))
    elif kind == "roberta":
        config = t.RobertaConfig(**size, max_position_embeddings=positions + 2, type_vocab_size=1)
        model = t.RobertaForQuestionAnswering(config)
    elif kind == "distilbert":
        config = t.DistilBertConfig(
            vocab_size=len(tokenizer), dim=hidden, n_layers=2, n_heads=2, hidden_dim=2 * hidden, initializer_range=spread,
            max_position_embeddings=positions, pad_token_id=tokenizer.pad_token_id,
        )  # fmt: skip
        model = t.DistilBertForQuestionAnswering(config)
    else:
        config = t.DebertaV2Config(
            **size, max_position_embeddings=positions, type_vocab_size=0, relative_attention=True,
            position_biased_input=False, pos_att_type=["p2c", "c2p"], position_buckets=16, norm_rel_ebd="layer_norm",
            share_att_key=True,
        )  # fmt: skip
        model = t.DebertaV2ForQuestionAnswering(config)
    model.eval()
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def _tokenizer(kind: str) -> Any:
    import transformers as t
    from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

    if kind in ("bert", "distilbert"):
        special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
        raw = Tokenizer(models.WordPiece(wordpiece(SENTENCES, special, 300), unk_token="[UNK]"))
        raw.normalizer = normalizers.BertNormalizer(lowercase=True)
        raw.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        names = {"pad": "[PAD]", "unk": "[UNK]", "cls": "[CLS]", "sep": "[SEP]", "mask": "[MASK]"}
    elif kind == "roberta":
        special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
        raw = Tokenizer(models.BPE())
        raw.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
        raw.decoder = decoders.ByteLevel()
        alphabet = pre_tokenizers.ByteLevel.alphabet()
        trainer = trainers.BpeTrainer(
            vocab_size=400, special_tokens=special, initial_alphabet=alphabet, show_progress=False
        )
        raw.train_from_iterator(SENTENCES, trainer)
        names = {
            "pad": "<pad>",
            "unk": "<unk>",
            "cls": "<s>",
            "sep": "</s>",
            "mask": "<mask>",
            "bos": "<s>",
            "eos": "</s>",
        }
    else:
        special = ["[PAD]", "[CLS]", "[SEP]", "[UNK]", "[MASK]"]
        raw = Tokenizer(models.Unigram(unigram(SENTENCES, special, 200), unk_id=3))
        raw.normalizer = normalizers.NFKC()
        raw.pre_tokenizer = pre_tokenizers.Metaspace()
        names = {"pad": "[PAD]", "unk": "[UNK]", "cls": "[CLS]", "sep": "[SEP]", "mask": "[MASK]"}
    ids = {role: raw.token_to_id(word) for role, word in names.items()}
    if kind == "roberta":
        raw.post_processor = processors.RobertaProcessing(
            ("</s>", ids["sep"]), ("<s>", ids["cls"]), trim_offsets=False, add_prefix_space=False
        )
    else:
        raw.post_processor = processors.TemplateProcessing(
            single="[CLS] $A [SEP]",
            pair="[CLS] $A [SEP] $B:1 [SEP]:1",
            special_tokens=[("[CLS]", ids["cls"]), ("[SEP]", ids["sep"])],
        )
    types = kind in ("bert", "deberta")
    inputs = ["input_ids", "attention_mask", *(["token_type_ids"] if types else [])]
    return t.PreTrainedTokenizerFast(
        tokenizer_object=raw,
        model_max_length=512,
        model_input_names=inputs,
        **{f"{role}_token": word for role, word in names.items()},
    )


def brute_force(
    folder: Path, question: str, context: str, *, window: int, stride: int, max_tokens: int, n_best: int
) -> tuple[list[tuple[float, int, int]], float, int]:
    """(n-best (score, start, end), null score, windows) by the tokenizer's own windows and nested loops."""
    import torch
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForQuestionAnswering.from_pretrained(folder).eval()
    encoded = tokenizer(
        question, context, truncation="only_second", max_length=window, stride=stride,
        return_overflowing_tokens=True, return_offsets_mapping=True, split_special_tokens=True,
    )  # fmt: skip
    best: dict[tuple[int, int], float] = {}
    nulls = []
    for n, ids in enumerate(encoded["input_ids"]):
        inputs = {k: torch.tensor([encoded[k][n]]) for k in tokenizer.model_input_names}
        with torch.no_grad():
            given = model(**inputs)
        starts, ends = given.start_logits[0].tolist(), given.end_logits[0].tolist()
        cls = ids.index(tokenizer.cls_token_id)
        nulls.append(starts[cls] + ends[cls])
        places, sequences = encoded["offset_mapping"][n], encoded.sequence_ids(n)
        for i in range(len(ids)):
            for j in range(i, min(i + max_tokens, len(ids))):
                if sequences[i] != 1 or sequences[j] != 1:
                    continue
                a, b = places[i][0], places[j][1]
                while a < len(context) and context[a].isspace():
                    a += 1
                while b > 0 and context[b - 1].isspace():
                    b -= 1
                if a < b:
                    best[a, b] = max(best.get((a, b), -1e9), starts[i] + ends[j])
    ranked = sorted((-score, a, b) for (a, b), score in best.items())
    return [(-s, a, b) for s, a, b in ranked[:n_best]], min(nulls), len(nulls)
