"""A tally of scores: corpus metrics, confidences and diagnoses in it, and its way through JSON and reports."""

from __future__ import annotations

import dataclasses
import io
import json
from dataclasses import dataclass

import pytest
from rich.console import Console

from bench.answers.extract import Extractor
from bench.api import run
from bench.build import build_metrics
from bench.canonical import to_json
from bench.models.base import Model, reply
from bench.records import Answer, Article, Dataset, Gold, Item, Key, Prediction, Request, Score
from bench.reports.console import show_run
from bench.reports.markdown import render
from bench.scoring import score_answer, score_predictions, signature
from bench.stats.confidence import brier, ece
from bench.store.codec import pretty
from bench.summary import summarise, summary_from_json

TEXT = "Oskar Lind spoke on Friday. Ines Calloway, 52, heard him."
ITEMS = tuple(
    Item(
        id=f"q{n}", article_id=f"a{n % 3}", question="Who spoke?", context=TEXT,
        answer_type="person" if n % 2 else "none", gold=(Gold(canonical="Oskar Lind"),) if n % 2 else (),
        reject=("Ines Calloway",),
    )
    for n in range(9)
)  # fmt: skip
OUTPUTS = [
    "",
    "Oskar Lind",
    "Ines Calloway",
    "52",
    "",
    "Oskar Lind, or Ines Calloway",
    "Lind",
    "Anna Roos",
    "",
]
CONFIDENCES = [0.9, 0.8, None, 0.8, 0.7, 0.2, 1.0, float("nan"), 1.5]
METRICS = build_metrics(["correct", "em", "abstention_precision", "abstention_recall", "abstention_f1"])


def predictions() -> dict[Key, Prediction]:
    keys = [Key(item.id) for item in ITEMS]
    return {
        key: Prediction(key=key, request_digest="", text=text, confidence=stated)
        for key, text, stated in zip(keys, OUTPUTS, CONFIDENCES, strict=True)
    }


SCORES = score_predictions(ITEMS, predictions(), METRICS, Extractor())
SUMMARY = summarise(ITEMS, SCORES, METRICS)


def test_scores_hold_per_item_metrics_only_and_the_diagnosis_of_misses() -> None:
    assert all(score.values.keys() == {"correct", "em"} for score in SCORES)
    assert [score.diagnosis for score in SCORES] == [
        None, None, "false_answer", "other_number", None, "over_long", "false_answer", "not_in_article", None,
    ]  # fmt: skip
    assert SUMMARY.diagnoses == {"false_answer": 2, "not_in_article": 1, "other_number": 1, "over_long": 1}


def test_without_correct_nothing_is_diagnosed() -> None:
    scores = score_predictions(ITEMS, predictions(), build_metrics(["em"]), Extractor())

    assert {score.diagnosis for score in scores} == {None}


def test_score_answer_gives_values_per_answer_only() -> None:
    found = score_answer(ITEMS[1], "Ines Calloway")

    assert found["correct"] == 0.0
    assert not any(name.startswith("abstention") for name in found)


def test_corpus_metrics_stand_among_the_others_in_order() -> None:
    # Declined: q0, q4, q8, all rightly; unanswerable: q0, q2, q4, q6, q8.
    assert list(SUMMARY.metrics) == sorted(METRICS)
    values = {name: SUMMARY.metrics[name].value for name in METRICS if name.startswith("abstention")}
    assert values == pytest.approx(
        {"abstention_precision": 1.0, "abstention_recall": 3 / 5, "abstention_f1": 6 / 8}
    )
    assert SUMMARY.metrics["abstention_f1"].n_articles == 3


def test_replicates_change_no_abstention_figure() -> None:
    twice = [Score(key=Key(s.key.item_id, "none", r), article_id=s.article_id, values=s.values, answer=s.answer)
             for s in SCORES for r in range(2)]  # fmt: skip

    assert summarise(ITEMS, twice, METRICS).metrics == SUMMARY.metrics


def test_signature_covers_both_kinds() -> None:
    dataset = Dataset(name="d", version="1", articles=(), items=ITEMS)
    made = signature(dataset, "0" * 64, METRICS, Extractor())

    assert made["units"] == dict.fromkeys(METRICS, "share")
    assert made["metrics"]["abstention_f1"] == {"version": METRICS["abstention_f1"].version}
    assert "|abstention_f1:" in made["line"]


def test_confidence_takes_the_answers_that_state_one() -> None:
    # NaN and 1.5 are no confidences; q2 states none.
    stated = [(0.9, 1), (0.8, 1), (0.8, 0), (0.7, 1), (0.2, 0), (1.0, 0)]
    c, y = zip(*stated, strict=True)
    found = SUMMARY.confidence

    assert found is not None
    assert (found.n, found.of) == (6, 9)
    assert found.ece == ece(c, y)
    assert found.brier == brier(c, y, ["a0", "a1", "a0", "a1", "a2", "a0"])


def test_without_confidences_there_is_no_block() -> None:
    plain = [
        Score(key=s.key, article_id=s.article_id, values=s.values, answer=Answer(text="x")) for s in SCORES
    ]

    assert summarise(ITEMS, plain, METRICS).confidence is None
    unjudged = [dataclasses.replace(s, values={"em": s.values["em"]}) for s in SCORES]
    assert summarise(ITEMS, unjudged, build_metrics(["em"])).confidence is None


def test_a_summary_survives_its_file() -> None:
    before = dataclasses.replace(SUMMARY, diagnoses={"over_long": 3, "failed": 1})
    back = summary_from_json(json.loads(pretty(to_json(before))))

    assert back == before
    assert list(back.diagnoses) == ["over_long", "failed"]  # the most frequent first, as reports show them
    older = {k: v for k, v in to_json(SUMMARY).items() if k != "confidence"}
    assert summary_from_json(older).confidence is None


@dataclass(frozen=True, kw_only=True)
class Scripted(Model):
    """Gives the output that stands at the end of the question, and is 80 % sure of all of them."""

    def answer(self, request: Request) -> Prediction:
        return reply(request, f"{request.question.partition('?')[2]}\nConfidence: 80%")


def test_reports_explain_misses_and_show_confidence(tmp_path) -> None:
    items = tuple(
        dataclasses.replace(item, question=item.question + (text or "No answer."))
        for item, text in zip(ITEMS, OUTPUTS, strict=True)
    )
    articles = tuple(Article(id=f"a{n}", text=TEXT) for n in range(3))
    dataset = Dataset(name="d", version="1", articles=articles, items=items)
    view = run(dataset, Scripted(), results_dir=tmp_path)
    report = render(view)
    console = Console(record=True, width=140, file=io.StringIO())
    show_run(console, view)
    shown = console.export_text()

    row = "| false\\_answer | answered, though the article does not tell | 2 | ████████████████████ |"
    assert row in report
    assert (
        "| over\\_long | the right answer, with more beside it than is allowed | 1 | ██████████ |" in report
    )
    assert "- diagnosis: over_long" in report
    assert "## Confidence\n\n9 of 9 answers state a confidence." in report
    assert "answered, though the article does not tell" in shown
    assert "██████████" in shown
    assert "[over_long]" in shown
