"""What every adapter on torch and transformers needs to be told: device, precision, silence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from bench.errors import UsageError

DTYPES = {"fp32": "float32", "bf16": "bfloat16", "fp16": "float16"}
SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # lone ones, which tokenizers refuse


class Setting(NamedTuple):
    """Where and how precisely to compute."""

    device: str  # cpu, cuda or cuda:1
    dtype: str  # fp32, bf16 or fp16


def resolve(device: str, dtype: str) -> Setting:
    """`auto` made definite: CUDA where there is one, fp32 on CPU, on CUDA bf16 where the card has it, else fp16.

    UsageError when torch is missing, or the device is.
    """
    try:
        import torch
    except ImportError as error:
        raise UsageError(
            "this model needs torch, which is not installed: pip install 'dateline-bench[local]'"
        ) from error
    there = torch.cuda.is_available()
    if device == "auto":
        device = "cuda" if there else "cpu"
    if device != "cpu":
        _, _, number = device.partition(":")
        if not there or (number and int(number) >= torch.cuda.device_count()):
            raise UsageError(f"model.device={device}: torch finds no such device here; use auto or cpu")
    if dtype == "auto":
        dtype = "fp32" if device == "cpu" else "bf16" if torch.cuda.is_bf16_supported() else "fp16"
    return Setting(device, dtype)


@contextmanager
def quiet() -> Iterator[None]:
    """Without the loader's progress bar, which would write over ours, and its tables: what matters in them is an error here."""
    from transformers.utils import logging

    shown, level = logging.is_progress_bar_enabled(), logging.get_verbosity()
    logging.disable_progress_bar()
    logging.set_verbosity_error()
    try:
        yield
    finally:
        logging.set_verbosity(level)
        if shown:
            logging.enable_progress_bar()


@contextmanager
def hushed() -> Iterator[None]:
    """Without the remarks of transformers, errors apart."""
    from transformers.utils import logging

    before = logging.get_verbosity()
    logging.set_verbosity_error()
    try:
        yield
    finally:
        logging.set_verbosity(before)
