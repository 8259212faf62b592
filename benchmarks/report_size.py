"""How large the HTML report of a run is, and how soon a browser paints it.

Usage: python benchmarks/report_size.py [ITEMS] [paint]

Made-up data: 20 questions on each article of 400 words, words drawn by Zipf's law from 20,000 (real text packs better), an article's
text once, half of the answers wrong, every output a sentence. `paint` opens the page in Chromium (playwright, as in `make test-slow`).
"""

import random
import resource
import shutil
import sys
import tempfile
import time
from itertools import accumulate
from pathlib import Path

from bench.answers.extract import Extractor
from bench.build import build_metrics
from bench.diagnosis.labels import DIAGNOSES
from bench.records import Answer, Article, Dataset, Gold, Item, Key, Prediction, Score, Sentence, Span
from bench.reports import html
from bench.reports.view import RunView
from bench.scoring import signature
from bench.store import codec
from bench.summary import summarise

PER_ARTICLE, WORDS, LEXICON = 20, 400, 20_000
GOAL = 20_000_000  # bytes for 100,000 items


def lexicon(draw):
    letters = "etaoinshrdlucmfwypvbgkjqxz"
    return ["".join(draw.choices(letters, range(26, 0, -1), k=draw.randint(2, 9))) for _ in range(LEXICON)]


def made_view(n_items):
    draw = random.Random(7)
    words, weights = lexicon(draw), list(accumulate(1 / (n + 1) for n in range(LEXICON)))

    def text(n):
        return " ".join(draw.choices(words, cum_weights=weights, k=n))

    articles, items, predictions, scores = [], [], {}, []
    for a in range(-(-n_items // PER_ARTICLE)):
        body = [text(20) + "." for _ in range(WORDS // 20)]
        starts = list(accumulate((len(s) + 1 for s in body), initial=0))
        marks = tuple(
            Sentence(n=n + 1, paragraph=1, start=at, end=at + len(s))
            for n, (at, s) in enumerate(zip(starts, body, strict=False))
        )
        article = Article(id=f"article-{a:05d}", text=" ".join(body), title=text(7), sentences=marks)
        articles.append(article)
        for q in range(min(PER_ARTICLE, n_items - a * PER_ARTICLE)):
            start, end = marks[q % len(marks)].start, marks[q % len(marks)].start + 12
            gold = Gold(
                canonical=article.text[start:end],
                spans=(Span(start=start, end=end, text=article.text[start:end]),),
            )
            item = Item(
                id=f"{article.id}-q{q:03d}", article_id=article.id, question=text(10) + "?", context=article.text,
                answer_type=draw.choice(("person", "number", "date", "span")) if q % 5 else "none", gold=(gold,) if q % 5 else (),
                skills=(draw.choice(words[:20]),), evidence=((q % len(marks) + 1,),) if q % 5 else (),
                unanswerable_reason=None if q % 5 else "missing_info",
            )  # fmt: skip
            key, right, said = Key(item.id), draw.random() < 0.5, text(3)
            items.append(item)
            predictions[key] = Prediction(
                key=key, request_digest="", text=f"{text(12)} {said}.", confidence=draw.random()
            )
            values = {
                "correct": float(right),
                "em": float(right),
                "f1": 1.0 if right else round(draw.random(), 4),
            }
            why = None if right else draw.choice(DIAGNOSES)
            scores.append(
                Score(key=key, article_id=article.id, values=values, answer=Answer(text=said), diagnosis=why)
            )
    metrics = build_metrics(["correct", "em", "f1"])
    data = Dataset(name="made-up", version="1", articles=tuple(articles), items=tuple(items))
    manifest = {
        "run_id": "0" * 64, "model": {"name": "made-up"}, "identity": {}, "prompt": None, "replicates": 1,
        "command": "dateline run", "dataset": {"name": data.name},
    }  # fmt: skip
    return RunView(
        manifest=manifest, signature=signature(data, codec.gold_digest(data.items), metrics, Extractor()), dataset=data,
        predictions=predictions, scores=tuple(scores), summary=summarise(data.items, scores, metrics),
    )  # fmt: skip


def paint(page):
    """(first paint, explorer usable) in seconds of wall time, a fresh browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.html"
        path.write_text(page, encoding="utf-8")
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        tab = browser.new_page()
        started = time.perf_counter()
        tab.goto(path.as_uri(), wait_until="commit", timeout=300_000)
        tab.wait_for_selector("#list button", timeout=300_000)
        usable = time.perf_counter() - started
        first = tab.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime") / 1000
        browser.close()
    return first, usable


if __name__ == "__main__":
    count = next((int(word) for word in sys.argv[1:] if word.isdigit()), 100_000)
    view = made_view(count)
    started = time.process_time()
    page = html.render(view)
    seconds = time.process_time() - started
    size = len(page.encode("utf-8"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{count:,} items on {len(view.dataset.articles):,} articles: {size / 1e6:.1f} MB, {seconds:.1f} s CPU, peak {peak:.0f} MB"
    )
    if "paint" in sys.argv[1:]:
        first, usable = paint(page)
        print(f"first paint {first:.2f} s, item list {usable:.2f} s")
    sys.exit(count >= 100_000 and size > GOAL * count / 100_000)
