"""Dense layers on processors that torch's matrix library is slow on.

In fp32, torch multiplies with MKL, which makes no use of AVX-512 on AMD's processors. oneDNN, which torch has too, does,
and takes half the time there (benchmarks/README.md). Weights are laid out for it once, which takes as much memory as they do.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bench.models._extractive_probe import CLOSE, difference, seen_logits

if TYPE_CHECKING:
    from bench.models._extractive_torch import Network

_LOG = logging.getLogger(__name__)
_SLOW: Final = frozenset({"AuthenticAMD", "HygonGenuine"})


def slow_processor(file: Path = Path("/proc/cpuinfo")) -> bool:
    """Whether this machine's processor is of a vendor that MKL is slow on, by the list that Linux gives."""
    try:
        with file.open(encoding="utf-8", errors="replace") as lines:
            vendor = next((line for line in lines if line.startswith("vendor_id")), "")
    except OSError:
        return False
    return vendor.partition(":")[2].strip() in _SLOW


def faster_linears(model: Any, network: Network, takes_types: bool) -> bool:
    """Let oneDNN compute the dense layers of `model`, in fp32 on a CPU; False where it cannot, or computes otherwise.

    `network` is the model as it is asked; its logits stay the same but for rounding.
    """
    import torch

    layers = [layer for layer in model.modules() if type(layer) is torch.nn.Linear]
    before = seen_logits(network, takes_types)
    try:
        for layer in layers:
            layer.forward = prepacked(layer)
        found = difference(before, seen_logits(network, takes_types))
    except Exception as error:  # these operators are torch's own affair, and may go
        _LOG.info("dense layers are left to MKL (%r)", error)
        found = float("nan")
    else:
        _LOG.info("dense layers computed by oneDNN differ by %.2g", found)
    if found < CLOSE:
        return True
    for layer in layers:
        vars(layer).pop("forward", None)
    return False


def prepacked(layer: Any) -> Callable[[Any], Any]:
    """What a dense layer computes, for an input of any number of dimensions."""
    import torch

    operators = torch.ops.mkldnn
    with torch.inference_mode():
        weight = operators._reorder_linear_weight(layer.weight.detach(), None)
    bias = layer.bias

    def forward(x: Any) -> Any:
        return operators._linear_pointwise(x, weight, bias, "none", [], "")

    return forward
