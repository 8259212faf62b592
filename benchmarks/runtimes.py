"""One forward pass of an extractive reader: torch, `model=extractive`, OpenVINO, ONNX Runtime. Time, and how far logits differ.

Usage: python benchmarks/runtimes.py model=DIR [rounds=N]

Needs the extra `openvino`; ONNX Runtime takes part where `onnx`, `onnxscript` and `onnxruntime` are installed too. One
thread each, in turns; CPU milliseconds per window, the best of the rounds.
"""

import sys
import tempfile
import time
import warnings
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHAPES = ((1, 128), (1, 200), (3, 200), (16, 200), (1, 384), (10, 384))
sys.path.insert(0, str(ROOT))


def onnx_network(model, columns, folder):
    """The model exported to a file and run by ONNX Runtime, as a function of numpy arrays."""
    import onnxruntime
    import torch

    class Logits(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.model = model

        def forward(self, *given):
            found = self.model(**dict(zip(columns, given, strict=True)))
            return torch.stack([found.start_logits, found.end_logits])

    file = f"{folder}/model.onnx"
    probe = tuple(torch.ones(2, 12, dtype=torch.int64) for _ in columns)
    axes = {column: {0: "rows", 1: "tokens"} for column in columns}
    torch.onnx.export(
        Logits().eval(),
        probe,
        file,
        input_names=columns,
        output_names=["logits"],
        dynamic_axes=axes,
        dynamo=False,
    )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
    print(f"ONNX file: {Path(file).stat().st_size / 1e6:.0f} MB", file=sys.stderr)
    return lambda inputs: session.run(None, {column: inputs[column] for column in columns})[0]


def main(options):
    import numpy as np
    import torch
    from transformers import AutoModelForQuestionAnswering

    from bench.models._extractive_linear import faster_linears, slow_processor
    from bench.models._extractive_openvino import openvino_network
    from bench.models._extractive_packed import packed_network
    from bench.models._extractive_torch import torch_network

    warnings.simplefilter("ignore")
    torch.set_num_threads(1)
    model = AutoModelForQuestionAnswering.from_pretrained(options["model"], dtype=torch.float32).eval()
    types = (getattr(model.config, "type_vocab_size", None) or 0) > 1
    columns = ["input_ids", "attention_mask", *(["token_type_ids"] if types else [])]
    original = torch_network(model, "cpu")
    twin = AutoModelForQuestionAnswering.from_pretrained(options["model"], dtype=torch.float32).eval()
    ours = packed_network(twin, torch_network(twin, "cpu"), types)
    if slow_processor():
        faster_linears(twin, ours, types)
    networks = {
        "torch": original,
        "dateline": ours,
        "OpenVINO": openvino_network(options["model"], model, original, types),
    }
    with tempfile.TemporaryDirectory() as folder:
        try:
            networks["ONNX Runtime"] = onnx_network(model, columns, folder)
        except ImportError as error:
            print(f"ONNX Runtime takes no part: {error}", file=sys.stderr)
        names = list(networks)
        print(
            f"| windows × tokens | {' | '.join(names)} | {' | '.join(f'{n} differs by' for n in names[1:])} |"
        )
        print("|---|" + "---:|" * (2 * len(names) - 1))
        for rows, width in SHAPES:
            inputs = {column: np.zeros((rows, width), dtype=np.int64) for column in columns}
            inputs["input_ids"] += np.random.default_rng(0).integers(1000, 20000, (rows, width))
            inputs["attention_mask"] += 1
            times, logits = {name: [] for name in names}, {}
            for _ in range(int(options.get("rounds", 4))):
                for name, network in networks.items():
                    started = time.process_time()
                    logits[name] = network(inputs)
                    times[name].append(1000 * (time.process_time() - started) / rows)
            apart = [f"{np.abs(logits[n] - logits['torch']).max():.6f}" for n in names[1:]]
            print(
                f"| {rows} × {width} | {' | '.join(f'{min(times[n]):.1f}' for n in names)} | {' | '.join(apart)} |"
            )


if __name__ == "__main__":
    main(dict(word.split("=", 1) for word in sys.argv[1:]))
