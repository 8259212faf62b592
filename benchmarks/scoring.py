"""How fast answers are scored: against the algorithm of SQuAD's official script, and by the million.

Usage: python benchmarks/scoring.py figures|process|million

figures   CPU time of EM, F1 and their means (`bench.squad_figures`), of the typed match, and of the yardstick, in turns
process   whole processes on 100,000 answers, distinct ones and repeated real ones: `dateline score` and the yardstick as a script
million   a million JSON lines (10,000 items, 100 replicates) and 100,000 distinct ones: seconds, peak memory

The yardstick below is the official evaluate-v2.0 algorithm written down afresh, in its own plain style.
"""

import gc
import json
import random
import re
import resource
import statistics
import string
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
SQUAD = ROOT.parent / "shared" / "squad"
sys.path.insert(0, str(ROOT))


# --- the yardstick


def normalise(text):
    def without_articles(text):
        return re.sub(re.compile(r"\b(a|an|the)\b", re.UNICODE), " ", text)

    def without_punctuation(text):
        signs = set(string.punctuation)
        return "".join(char for char in text if char not in signs)

    return " ".join(without_articles(without_punctuation(text.lower())).split())


def tokens(text):
    return normalise(text).split() if text else []


def exact(gold, said):
    return int(normalise(gold) == normalise(said))


def f1(gold, said):
    gold_tokens, said_tokens = tokens(gold), tokens(said)
    same = sum((Counter(gold_tokens) & Counter(said_tokens)).values())
    if not gold_tokens or not said_tokens:
        return int(gold_tokens == said_tokens)
    if same == 0:
        return 0
    precision, recall = 1.0 * same / len(said_tokens), 1.0 * same / len(gold_tokens)
    return (2 * precision * recall) / (precision + recall)


def yardstick(data, predictions):
    """exact, f1, total; HasAns_…, NoAns_…; every question must have a prediction."""
    exacts, f1s, answerable = {}, {}, {}
    for article in data:
        for paragraph in article["paragraphs"]:
            for question in paragraph["qas"]:
                name = question["id"]
                answerable[name] = bool(question["answers"])
                golds = [answer["text"] for answer in question["answers"] if normalise(answer["text"])] or [
                    ""
                ]
                exacts[name] = max(exact(gold, predictions[name]) for gold in golds)
                f1s[name] = max(f1(gold, predictions[name]) for gold in golds)
    found = {}
    groups = {
        "": list(exacts),
        "HasAns_": [k for k, has in answerable.items() if has],
        "NoAns_": [k for k, has in answerable.items() if not has],
    }
    for prefix, names in groups.items():
        found[f"{prefix}exact"] = 100.0 * sum(exacts[k] for k in names) / len(names)
        found[f"{prefix}f1"] = 100.0 * sum(f1s[k] for k in names) / len(names)
        found[f"{prefix}total"] = len(names)
    return found


# --- data


def made_up(questions, seed=0):
    """(SQuAD data, {id: text}) with spans of made-up words; no two answers are equal, half have none."""
    rng = random.Random(seed)
    syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
    vocabulary = ["".join(rng.choices(syllables, k=rng.randint(1, 4))) for _ in range(3000)]
    vocabulary += ["the", "a", "of", "in", "and"] * 60
    data, predictions = [], {}
    for start in range(0, questions, 250):
        article = {"title": f"Article {start}", "paragraphs": []}
        for first in range(start, min(start + 250, questions), 5):
            words = [w.title() if rng.random() < 0.2 else w for w in rng.choices(vocabulary, k=120)]
            qas = []
            for n in range(first, min(first + 5, questions)):
                at, length = (n - first) * 24 + rng.randint(1, 8), rng.randint(1, 5)
                words[at] = f"{words[at]}-{n}"  # makes every answer distinct
                spans = [
                    (at, at + length),
                    (at, at + length),
                    (at - rng.randint(0, 1), at + length + rng.randint(0, 2)),
                ]
                qas.append(
                    {"id": f"q{n}", "question": f"What of {n}?", "spans": spans, "is_impossible": n % 2 == 1}
                )
            starts = [0]
            for word in words:
                starts.append(starts[-1] + len(word) + 1)
            for qa in qas:
                spans = qa.pop("spans")
                texts = [{"text": " ".join(words[a:b]), "answer_start": starts[a]} for a, b in spans]
                qa["answers"] = [] if qa["is_impossible"] else texts
                a, b = spans[rng.choice((0, 2))]
                kind = rng.random()
                wide = " ".join(words[a : b + rng.randint(1, 4)])
                predictions[qa["id"]] = texts[0]["text"] if kind < 0.4 else "" if kind > 0.7 else wide
            article["paragraphs"].append({"context": " ".join(words), "qas": qas})
        data.append(article)
    return data, predictions


def real():
    """(name, data, predictions) of the shared development set, if it is there."""
    if not SQUAD.is_dir():
        return None
    data = json.loads((SQUAD / "dev-v2.0-part.json").read_text(encoding="utf-8"))["data"]
    return "6,078 real", data, json.loads((SQUAD / "predictions-bidaf.json").read_text(encoding="utf-8"))


# --- measurements


def figures():
    """Both on the same parsed data, in turns; medians of process CPU time."""
    from bench.answers.extract import Extractor
    from bench.answers.match import match
    from bench.commands._app import SELDOM
    from bench.datasets._passages import Options, Passages
    from bench.datasets._squad_reading import SquadReading
    from bench.squad_figures import SquadTally

    print("| answers | yardstick, CPU s | EM and F1, CPU s | ratio | typed match, CPU s | ratio |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, data, predictions in filter(None, (real(), ("100,000 distinct", *made_up(100_000)))):
        passages = Passages("data", Options())
        SquadReading(passages).read({"data": data})

        extractor = Extractor()

        def ours(items=passages.items, predictions=predictions):
            tally = SquadTally(items)
            for item_id, text in predictions.items():
                tally.add(item_id, text)
            return tally.figures()

        def theirs(data=data, predictions=predictions):
            return yardstick(data, predictions)

        def typed(items=passages.items, predictions=predictions, extractor=extractor):
            forget()
            return sum(match(item, extractor.extract_text(predictions[item.id])) for item in items)

        assert ours() == theirs(), "the figures differ"
        gc.freeze()  # both as `dateline score` does
        gc.set_threshold(*SELDOM)
        times = {ours: [], theirs: [], typed: []}
        for _ in range(15 if len(predictions) < 10_000 else 5):
            for measured, kept in times.items():
                started = time.process_time()
                measured()
                kept.append(time.process_time() - started)
        mine, yard, value = (statistics.median(times[f]) for f in (ours, theirs, typed))
        print(
            f"| {name} | {yard:.3f} | {mine:.4f} | {yard / mine:.1f} | {value:.3f} | {yard / value:.1f} |",
            flush=True,
        )


def forget():
    """Empty every cache of the readers of answers, so that a second round has all of its work to do."""
    for name, module in list(sys.modules.items()):
        if name.startswith("bench.answers"):
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def timed(command, codes=(0,)):
    """(wall s, CPU s, peak MB) of one process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    done = subprocess.run(
        ["/usr/bin/time", "-f", "%M", *command], capture_output=True, text=True, cwd=ROOT, check=False
    )
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode in codes, done.stderr[-2000:]
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, int(done.stderr.split()[-1]) / 1024


def repeated(times=17):
    """(SQuAD data, {id: text}) of the shared development set, `times` over under other ids and titles; None without it."""
    found = real()
    if found is None:
        return None
    _, data, predictions = found
    articles, said = [], {}
    for n in range(times):
        for article in json.loads(json.dumps(data)):
            article["title"] += f" {n}"
            for qa in (qa for paragraph in article["paragraphs"] for qa in paragraph["qas"]):
                if qa["id"] in predictions:
                    said[f"{qa['id']}-{n}"] = predictions[qa["id"]]
                qa["id"] += f"-{n}"
            articles.append(article)
    return articles, said


def process():
    """Whole processes on 100,000 answers, distinct and repeated, in turns, medians of three."""
    print("| answers | process | wall s | CPU s | peak MB | CPU of the yardstick / its |")
    print("|---|---|---:|---:|---:|---:|")
    for label, load in (("distinct", lambda: made_up(100_000)), ("repeated", repeated)):
        loaded = load()
        if loaded is not None:
            with tempfile.TemporaryDirectory() as name:
                _process(label, *loaded, Path(name))


def _process(label, data, predictions, folder):
    (folder / "data.json").write_text(json.dumps({"version": "v2.0", "data": data}))
    (folder / "p.json").write_text(json.dumps(predictions))
    score = [sys.executable, "-m", "bench", "score", "dataset=squad", f"dataset.path={folder / 'data.json'}",
             f"predictions={folder / 'p.json'}"]  # fmt: skip
    commands = {
        "yardstick as a script": [sys.executable, __file__, "script", f"{folder / 'data.json'}", f"{folder / 'p.json'}"],
        "`dateline score metric=[em,f1]`": [*score, "metric=[em,f1]"],
        "`dateline score`": score,
        "`dateline score out=DIR`": [*score, f"out={folder / 'out'}"],
    }  # fmt: skip
    times = {name: [] for name in commands}
    for _ in range(3):
        for name, command in commands.items():
            times[name].append(timed(command))
    yard = statistics.median(cpu for _, cpu, _ in times["yardstick as a script"])
    for name, found in times.items():
        wall, cpu, peak = (statistics.median(column) for column in zip(*found, strict=True))
        print(f"| {label} | {name} | {wall:.2f} | {cpu:.2f} | {peak:.0f} | {yard / cpu:.2f} |", flush=True)


def million():
    """A million lines with few and with many distinct answers, and 100,000 items; all with out=DIR."""
    print("| load | wall s | CPU s | peak MB |\n|---|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for label, items, replicates, distinct in (
            ("10,000 items × 100 replicates, 5 answers each", 10_000, 100, 5),
            ("10,000 items × 100 replicates, all answers distinct", 10_000, 100, 100),
            ("100,000 items", 100_000, 1, 1),
        ):
            data, predictions = made_up(items)
            (folder / "data.json").write_text(json.dumps({"version": "v2.0", "data": data}))
            with (folder / "p.jsonl").open("w") as stream:
                for item_id, text in predictions.items():
                    for n in range(replicates):
                        said = f"{text} {n % distinct}" if n % distinct else text
                        stream.write(json.dumps({"id": item_id, "text": said, "replicate": n}) + "\n")
            del data, predictions
            command = [sys.executable, "-m", "bench", "score", "dataset=squad", f"dataset.path={folder / 'data.json'}",
                       f"predictions={folder / 'p.jsonl'}", f"out={folder / 'out'}"]  # fmt: skip
            wall, cpu, peak = timed(command)
            print(f"| {label} | {wall:.1f} | {cpu:.1f} | {peak:.0f} |", flush=True)


def script(data, predictions):
    """The yardstick as the script it stands for."""
    found = yardstick(json.loads(Path(data).read_text())["data"], json.loads(Path(predictions).read_text()))
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    {"figures": figures, "process": process, "million": million, "script": script}[sys.argv[1]](*sys.argv[2:])
