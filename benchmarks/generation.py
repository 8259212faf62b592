"""Questions on one article: `model=causal` with and without shared prefixes beside lm-eval's `hf` backend.

    python benchmarks/generation.py [LM_EVAL_PYTHON] [tokens=500] [questions=20] [new=12] [rounds=3] [threads=2]

LM_EVAL_PYTHON is the interpreter of an environment with `lm_eval`; without it the two ways of our own are compared.
A Llama of 8 layers × 512 with random weights and a tokenizer trained on the suite are made in a temporary folder.
Each way answers the same prompts in a process of its own, in turns; loading is not counted. The texts must agree.
Threads wait for each other without spinning (OMP_WAIT_POLICY), so that CPU time on a shared machine is work.
"""

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]

OURS = """
import json, sys, time
import torch
from bench.models._batches import Batcher
from bench.models._torch_setup import Setting
from bench.models.causal import Causal
from bench.records import Key, Request
job = json.load(open(sys.argv[1])); shares = sys.argv[2] == "shared"
torch.set_num_threads(job["threads"])
model = Causal(name=job["folder"], max_new_tokens=job["new"], stop=["@@@@"], device="cpu", share_prefixes=shares)
from pathlib import Path
engine = model._engine(Path(job["folder"]), Setting("cpu", "fp32"))
asked = [Request(key=Key(f"q{n:04}"), article_id="a", context=job["context"], question="", prompt=p) for n, p in enumerate(job["prompts"])]
cpu, wall = time.process_time(), time.perf_counter()
given = sorted((p for p, _ in engine.answers(asked, Batcher(budget=16384))), key=lambda p: p.key)
cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
print(json.dumps({"cpu": cpu, "wall": wall, "texts": [p.text for p in given]}))
"""

THEIRS = """
import json, sys, time
import torch
job = json.load(open(sys.argv[1])); batch = int(sys.argv[2])
torch.set_num_threads(job["threads"])
from lm_eval.api.instance import Instance
from lm_eval.models.huggingface import HFLM
model = HFLM(pretrained=job["folder"], device="cpu", dtype="float32", batch_size=batch, max_length=4096, add_bos_token=True)
rules = {"until": ["@@@@"], "max_gen_toks": job["new"], "do_sample": False}
asked = [Instance(request_type="generate_until", doc={}, arguments=(p, dict(rules)), idx=n) for n, p in enumerate(job["prompts"])]
cpu, wall = time.process_time(), time.perf_counter()
given = model.generate_until(asked, disable_tqdm=True)
cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
print(json.dumps({"cpu": cpu, "wall": wall, "texts": given}))
"""


def make_model(folder: Path) -> None:
    """A Llama of 8 layers × 512 and a byte-level tokenizer of 8,000 tokens."""
    import torch
    import transformers as t
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers

    from bench.api import load_dataset

    suite = load_dataset("dateline")
    raw = Tokenizer(models.BPE())
    raw.pre_tokenizer, raw.decoder = pre_tokenizers.ByteLevel(add_prefix_space=False), decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=8000, special_tokens=["<s>", "</s>", "<pad>"], show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    )  # fmt: skip
    raw.train_from_iterator([*(a.text for a in suite.articles), *(i.question for i in suite.items)], trainer)
    raw.post_processor = processors.TemplateProcessing(single="<s> $A", special_tokens=[("<s>", 0)])
    words = t.PreTrainedTokenizerFast(
        tokenizer_object=raw, bos_token="<s>", eos_token="</s>", pad_token="<pad>", model_max_length=4096
    )
    torch.manual_seed(0)
    # Wide enough apart that answers differ; no end token, so that every answer has its full length.
    model = t.LlamaForCausalLM(
        t.LlamaConfig(vocab_size=len(words), hidden_size=512, intermediate_size=1408, num_hidden_layers=8, num_attention_heads=8,
                      max_position_embeddings=4096, initializer_range=0.08, bos_token_id=0, eos_token_id=None, pad_token_id=2)
    )  # fmt: skip
    model.save_pretrained(folder)
    words.save_pretrained(folder)


def make_job(folder: Path, settings: dict[str, int]) -> Path:
    """The prompts as a file that every way reads."""
    from transformers import AutoTokenizer

    from bench.api import load_dataset

    suite = load_dataset("dateline")
    words = AutoTokenizer.from_pretrained(folder, model_max_length=10**6)
    ids = words(" ".join(a.text for a in suite.articles), add_special_tokens=False)["input_ids"]
    context = words.decode(ids[: settings["tokens"]])
    questions = [i.question for i in suite.items if i.article_id == "istanbul-talks"]
    tail = "Answer the question from the article above, as briefly as possible.\n\nQuestion: {}\nAnswer:"
    prompts = [f"{context}\n\n{tail.format(q)}" for q in questions[: settings["questions"]]]
    file = folder / "job.json"
    file.write_text(json.dumps({"folder": str(folder), "context": context, "prompts": prompts, **settings}))
    return file


def main(words: list[str]) -> None:
    settings = {"tokens": 500, "questions": 20, "new": 12, "rounds": 3, "threads": 2}
    settings |= {k: int(v) for k, v in (w.split("=") for w in words if "=" in w)}
    theirs = next((w for w in words if "=" not in w), None)
    ways = {
        "shared prefixes": (sys.executable, OURS, "shared"),
        "whole prompts": (sys.executable, OURS, "whole"),
    }
    if theirs:
        ways |= {f"lm-eval hf, batch {n}": (theirs, THEIRS, str(n)) for n in (1, settings["questions"])}
    found: dict[str, list[dict]] = {way: [] for way in ways}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        make_model(folder)
        job = make_job(folder, settings)
        for _ in range(settings["rounds"]):
            for way, (python, code, argument) in ways.items():
                done = subprocess.run(
                    [python, "-c", code, str(job), argument],
                    check=True, capture_output=True, text=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HF_HUB_OFFLINE": "1", "OMP_WAIT_POLICY": "PASSIVE"},
                )  # fmt: skip
                found[way].append(json.loads(done.stdout.splitlines()[-1]))
    first = found["shared prefixes"][0]["texts"]
    best = {way: statistics.median(r["cpu"] for r in runs) for way, runs in found.items()}
    print(f"{settings}, {len(set(first))} different answers")
    for way, runs in found.items():
        same = sum(a.strip() == b.strip() for a, b in zip(first, runs[0]["texts"], strict=True))
        wall = statistics.median(r["wall"] for r in runs)
        ratio = best[way] / best["shared prefixes"]
        print(f"| {way} | {best[way]:.2f} | {wall:.2f} | {ratio:.1f} | {same} of {len(first)} |")


if __name__ == "__main__":
    main(sys.argv[1:])
