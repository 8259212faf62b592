"""The network of an extractive reader computed by OpenVINO; openvino lives here."""

from __future__ import annotations

import sys
import warnings
from typing import TYPE_CHECKING, Any

from bench.errors import UsageError
from bench.models._extractive_probe import CLOSE, columns, largest_difference, probe
from bench.models._torch_setup import hushed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bench.models._extractive_torch import Inputs, Network


def openvino_network(name: str, model: Any, original: Network, takes_types: bool) -> Network:
    """The same network, converted in memory from the loaded torch model; nothing is written to disk.

    Its logits are compared with those of `original` on inputs of two shapes, padding included. UsageError when
    openvino is missing, cannot convert the model, or computes something else.
    """
    # Without this package openvino uses a stub of its own, and reports to nobody that and what it converts.
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    try:
        import openvino
    except ImportError as error:
        raise UsageError(
            "model.runtime=openvino needs openvino, which is not installed: pip install 'dateline-bench[openvino]'"
        ) from error
    import numpy as np

    order = columns(takes_types)
    try:
        compiled = _compile(openvino, model, takes_types)
    except Exception as error:
        raise UsageError(
            f"model.runtime=openvino: {name} cannot be converted ({type(error).__name__}); use model.runtime=torch"
        ) from error

    def run(inputs: Inputs) -> NDArray[np.float32]:
        return np.array(compiled([inputs[column] for column in order])[0])  # a copy: its buffer is used again

    difference = largest_difference(run, original, takes_types)
    if not difference < CLOSE:
        raise UsageError(
            f"model.runtime=openvino: {name} computes other logits there (by {difference:.2g}); use model.runtime=torch"
        )
    return run


def _compile(openvino: Any, model: Any, takes_types: bool) -> Any:
    import torch

    class Logits(torch.nn.Module):  # type: ignore[misc]
        """The model with its inputs by position and its two outputs as one."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, first: Any, second: Any, third: Any = None) -> Any:
            given = self.model(**dict(zip(columns(takes_types), (first, second, third), strict=False)))
            return torch.stack([given.start_logits, given.end_logits])

    example = tuple(torch.from_numpy(column) for column in probe(takes_types, 2, 12).values())
    with warnings.catch_warnings(), hushed(), torch.no_grad():
        warnings.simplefilter("ignore")  # tracing warns about every branch on a shape
        converted = openvino.convert_model(Logits().eval(), example_input=example)
    settings = {
        "PERFORMANCE_HINT": "LATENCY",
        "INFERENCE_PRECISION_HINT": "f32",  # or it takes bf16 where the CPU has it
        "INFERENCE_NUM_THREADS": torch.get_num_threads(),
    }
    return openvino.Core().compile_model(converted, "CPU", settings)
