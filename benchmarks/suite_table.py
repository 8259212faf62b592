"""The embedded readers over the whole suite, with the question-only baseline beside them: docs/suite-results.md.

Usage: python benchmarks/suite_table.py [check] [reader=DIR] [runtime=torch|openvino] [results=DIR]

Asks, scores and writes the table between the markers of the page; `check` compares instead, and exits 1 when a
figure differs. reader: a folder with an extractive reader's weights, by default the one beside this repository;
where there is none, its rows are left out of what is written, and of what is compared. Runs are kept in results,
so that a second call only scores; by default they are not kept.
"""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "suite-results.md"
READER = ROOT.parent / "shared" / "models" / "reader-minilm"
BEGIN, END = "<!-- begin: python benchmarks/suite_table.py -->\n", "<!-- end -->"
sys.path.insert(0, str(ROOT))

import bench  # noqa: E402
from bench.answers.extract import Extractor  # noqa: E402
from bench.api import DEFAULT_METRICS  # noqa: E402
from bench.build import build, build_metrics, read_config  # noqa: E402
from bench.metrics.correct import Correct  # noqa: E402
from bench.reports.view import interval, percent  # noqa: E402
from bench.scoring import score_predictions  # noqa: E402
from bench.summary import summarise  # noqa: E402
from bench.thresholds import choose_threshold  # noqa: E402

EMBEDDED = ("abstain_all", "lead", "random_span", "question_only", "lexical")
HEAD = "| reader | headline | 95 % interval | answerable | unanswerable | EM | F1 | abstained |\n|---|---:|---|---:|---:|---:|---:|---:|\n"


def row(name, summary):
    slices, counts = summary.slices["answerable"], summary.counts
    cells = [
        name,
        percent(summary.headline.value),
        interval(summary.headline),
        *(percent(slices[part].value) for part in ("answerable", "unanswerable")),
        *(percent(summary.metrics[metric].value) for metric in ("em", "f1")),
        f"{counts['abstained']} of {counts['items']}",
    ]
    assert not counts["failed"], f"{name}: {counts['failed']} items failed"
    return f"| {' | '.join(cells)} |"


def embedded(suite, results):
    """One row per reader that comes with the package, and what was scored and how."""
    rows = []
    for name in EMBEDDED:
        view = bench.run(suite, build(read_config("model", name), "model"), results_dir=results)
        rows.append(row(f"`{name}`", view.summary))
    counts = view.summary.counts
    about = (
        f"Suite {suite.version}, test split: {counts['items']} items, {counts['headline_items']} of them in the headline, "
        f"on {counts['articles']} articles. Scored as `{view.signature['line']}`.\n"
    )
    return rows, about


def extractive(suite, folder, runtime, results):
    """Two rows: abstaining above a threshold of 0, and above the one that is best on the dev split."""
    model = build({**read_config("model", "extractive"), "name": str(folder), "runtime": runtime}, "model")
    test = bench.run(suite, model, results_dir=results)
    dev = bench.run(suite, model, split="dev", results_dir=results)
    chosen = choose_threshold(dev.dataset.items, dev.predictions, Correct(), Extractor())
    metrics = build_metrics(list(DEFAULT_METRICS))
    scores = score_predictions(test.dataset.items, test.predictions, metrics, chosen.extractor)
    tuned = summarise(test.dataset.items, scores, metrics)
    name = f"`extractive`, {folder.name}"
    return [
        row(f"{name}, threshold 0", test.summary),
        row(f"{name}, threshold=dev ({chosen.value:.2f})", tuned),
    ]


def main(words):
    options = dict(word.split("=", 1) for word in words if "=" in word)
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    old, after = rest.split(END)
    suite = bench.load_dataset()
    with tempfile.TemporaryDirectory() as passing:
        results = options.get("results", passing)
        rows, about = embedded(suite, results)
        reader = Path(options.get("reader", READER))
        if reader.is_dir():
            rows += extractive(suite, reader, options.get("runtime", "torch"), results)
        else:
            print(f"no reader at {reader}: its rows are left out", file=sys.stderr)
    if "check" in words:
        missing = [line for line in (about.strip(), *rows) if line not in old.splitlines()]
        print(
            "\n".join(["these lines differ from the page's:", *missing])
            if missing
            else "the page is up to date"
        )
        return int(bool(missing))
    lines = "\n".join(rows)
    PAGE.write_text(f"{before}{BEGIN}\n{about}\n{HEAD}{lines}\n\n{END}{after}", encoding="utf-8")
    print(f"{about}\n{HEAD}{lines}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
