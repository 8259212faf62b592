"""How fast an encoder answers: `model=extractive` beside the pipeline that transformers 4 had, in turns.

Usage: python benchmarks/extractive.py old=DIR [model=DIR] [data=FILE] [questions=N] [rounds=N] [threads=N]

old        a virtual environment with transformers 4.57; made (pip install) when it is not there
threads    for each reader's arithmetic (default 1: then CPU time is what the work takes, whoever else computes)
model      a reader's folder; data: a SQuAD file. By default those beside this repository
questions  how many of the two articles that the reader has not seen, evenly spread (default 40 of 930)

Every contender is a process of its own that has loaded its model, answered everything once (which is not
counted, and gives the answers that are compared), and then waits for its turn. A turn is the whole way from
texts to answers. Printed: medians over the rounds of wall time, of CPU time, and of the
ratio of CPU times to the first contender's in the same round.
"""

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
UNSEEN = ("Steam_engine", "Warsaw")
OLD = ("transformers==4.57.*", "torch==2.13.0")
WINDOW, STRIDE, LONGEST = 384, 128, 30  # the defaults of all of them


# --- contenders: each returns a function (list of {id, question, context}) -> {id: answer}


def dateline(folder, *settings):
    sys.path.insert(0, str(ROOT))
    from bench.models.extractive import Extractive
    from bench.records import Key, Request

    given = {k: int(v) if v.isdigit() else v for k, v in (word.split("=") for word in settings)}
    model = Extractive(name=folder, device="cpu", **given)
    loaded = model._load()  # once, like the others
    Extractive._load = lambda _: loaded

    def answer(rows):
        asked = [
            Request(key=Key(r["id"]), article_id="", context=r["context"], question=r["question"])
            for r in rows
        ]
        return {p.key.item_id: p.text for p in model.predict(asked)}

    return answer


def pipeline(folder, batch):
    import warnings

    import transformers

    warnings.simplefilter("ignore")
    transformers.logging.set_verbosity_error()
    made = transformers.pipeline("question-answering", model=folder, dtype="float32", device="cpu")

    def answer(rows):
        asked = [{"question": r["question"].strip(), "context": r["context"]} for r in rows]
        options = {"batch_size": int(batch), "max_answer_len": LONGEST, "align_to_words": False}
        found = made(asked, **options)
        return {r["id"]: f["answer"] for r, f in zip(rows, found, strict=True)}

    return answer


def run_qa(folder, batch):
    """What the run_qa example script does: windows padded to 384, batches as they come, 20 best starts and ends."""
    import numpy as np
    import torch
    import transformers

    transformers.logging.set_verbosity_error()
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    model = transformers.AutoModelForQuestionAnswering.from_pretrained(folder, dtype=torch.float32).eval()

    def best(starts, ends, places):
        return [
            (float(starts[s] + ends[e]), places[s][0], places[e][1])
            for s in np.argsort(starts)[-1:-21:-1].tolist()
            for e in np.argsort(ends)[-1:-21:-1].tolist()
            if s <= e < s + LONGEST and places[s] is not None and places[e] is not None
        ]

    def answer(rows):
        encoded = tokenizer(
            [r["question"].lstrip() for r in rows], [r["context"] for r in rows], truncation="only_second",
            max_length=WINDOW, stride=STRIDE, return_overflowing_tokens=True, return_offsets_mapping=True, padding="max_length",
        )  # fmt: skip
        found = {n: [] for n in range(len(rows))}
        for first in range(0, len(encoded["input_ids"]), int(batch)):
            part = slice(first, first + int(batch))
            inputs = {k: torch.tensor(encoded[k][part]) for k in tokenizer.model_input_names}
            with torch.no_grad():
                given = model(**inputs)
            for n, (starts, ends) in enumerate(
                zip(given.start_logits.numpy(), given.end_logits.numpy(), strict=True), first
            ):
                shown = zip(encoded["offset_mapping"][n], encoded.sequence_ids(n), strict=True)
                places = [place if sequence == 1 else None for place, sequence in shown]
                found[encoded["overflow_to_sample_mapping"][n]] += best(starts, ends, places)
        best_of = {n: max(spans, key=lambda s: (s[0], -s[1])) for n, spans in found.items()}
        return {r["id"]: r["context"][best_of[n][1] : best_of[n][2]] for n, r in enumerate(rows)}

    return answer


CONTENDERS = {
    "old pipeline, batch 1": ("old", "pipeline", "1"),
    "old pipeline, batch 8": ("old", "pipeline", "8"),
    "old pipeline, batch 32": ("old", "pipeline", "32"),
    "run_qa's defaults (batch 8, padded to 384)": ("old", "run_qa", "8"),
    "dateline, batch_tokens=256": ("new", "dateline", "batch_tokens=256"),
    "dateline, default (1,024)": ("new", "dateline"),
    "dateline, batch_tokens=32768": ("new", "dateline", "batch_tokens=32768"),
    "dateline, runtime=openvino": ("new", "dateline", "runtime=openvino"),
}


# --- turns


def worker(kind, folder, threads, *settings):
    """Answer everything whenever a line with the rows' file comes in; say wall and CPU seconds, and the answers."""
    import torch

    torch.set_num_threads(int(threads))
    answer = {"dateline": dateline, "pipeline": pipeline, "run_qa": run_qa}[kind](folder, *settings)
    for line in sys.stdin:
        rows = json.loads(Path(line.strip()).read_text(encoding="utf-8"))
        wall, cpu = time.perf_counter(), time.process_time()
        answers = answer(rows)
        print(
            json.dumps([time.perf_counter() - wall, time.process_time() - cpu, answers]),
            file=sys.__stdout__,
            flush=True,
        )


def turn(process, rows):
    process.stdin.write(f"{rows}\n")
    process.stdin.flush()
    while not (line := process.stdout.readline()).startswith("["):
        assert line, "a contender died"
    return json.loads(line)


def old_python(folder):
    python = Path(folder) / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *OLD], check=True)
    return str(python)


def questions(data, many):
    articles = [a for a in json.loads(Path(data).read_text(encoding="utf-8"))["data"] if a["title"] in UNSEEN]
    rows = [
        {"id": q["id"], "question": q["question"], "context": p["context"]}
        for a in articles for p in a["paragraphs"] for q in p["qas"]
    ]  # fmt: skip
    return [rows[n * len(rows) // many] for n in range(min(many, len(rows)))]


def main(options):
    model = options.get("model", str(SHARED / "models" / "reader-minilm"))
    rows = questions(
        options.get("data", SHARED / "squad" / "dev-v2.0-part.json"), int(options.get("questions", 40))
    )
    pythons = {"old": old_python(options["old"]), "new": sys.executable}
    asked = Path(options["old"]) / "questions.json"
    asked.write_text(json.dumps(rows), encoding="utf-8")
    only = options.get("only", "")
    running, answers, times = {}, {}, {}
    for name, (where, kind, *settings) in CONTENDERS.items():
        if only not in name:
            continue
        command = [pythons[where], __file__, "worker", kind, model, options.get("threads", "1"), *settings]
        running[name] = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        answers[name] = turn(running[name], asked)[2]
        times[name] = []
    for _ in range(int(options.get("rounds", 5))):
        for name, process in running.items():
            times[name].append(turn(process, asked)[:2])
    for process in running.values():
        process.stdin.close()
        process.wait()
    first = next(iter(answers.values()))
    print(
        "| reader | wall s | CPU s | questions/s | speed, batch 1 = 1 | same answers |\n|---|---:|---:|---:|---:|---:|"
    )
    base = [cpu for _, cpu in next(iter(times.values()))]
    for name, found in times.items():
        wall, cpu = (statistics.median(column) for column in zip(*found, strict=True))
        faster = statistics.median(b / mine for b, (_, mine) in zip(base, found, strict=True))
        same = sum(answers[name][k] == v for k, v in first.items())
        print(
            f"| {name} | {wall:.2f} | {cpu:.2f} | {len(rows) / wall:.1f} | {faster:.2f} | {same}/{len(rows)} |"
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["worker"]:
        worker(*sys.argv[2:])
    else:
        main(dict(word.split("=", 1) for word in sys.argv[1:]))
