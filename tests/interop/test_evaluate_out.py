"""Our metrics behind Hugging Face's `evaluate` interface, offline."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import bench
from bench.answers.extract import Extractor
from bench.api import DEFAULT_METRICS
from bench.build import build_metrics
from bench.records import Gold, Item, Key, Prediction
from bench.scoring import score_predictions
from bench.summary import summarise

pytestmark = pytest.mark.medium

ITEMS = [
    Item(
        id=f"q{n}", article_id=f"a{n % 3}", question=question, context="Up to 40 boats came.", answer_type=kind, gold=gold,
        reject=("9",), evidence=((1,),),
    )
    for n, (question, kind, gold) in enumerate(
        [
            ("How many boats came?", "number", (Gold(canonical="up to 40", value=40, unit="boat", bound="at_most"),)),
            ("Who came?", "person", (Gold(canonical="Oskar Lind", aliases=("Lind",)),)),
            ("Who left?", "none", ()),
            ("Who saw them?", "person", (Gold(canonical="Ines Calloway"),)),
            ("Who did not?", "none", ()),
            ("When was it?", "date", (Gold(canonical="May 16", edtf="XXXX-05-16"),)),
        ]
    )
]  # fmt: skip
SAID = ["Answer: **40 boats**", "Mayor Lind", "The article does not say.", "Oskar Lind", "Calloway", "16 May"]


@pytest.fixture(scope="module", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """`evaluate` makes folders in its cache even where it keeps everything in memory."""
    import evaluate

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evaluate.config, "HF_METRICS_CACHE", tmp_path_factory.mktemp("metrics"))
        yield


@pytest.mark.parametrize("name", DEFAULT_METRICS)
def test_a_metric_gives_what_a_run_reports(name: str) -> None:
    predictions = {
        Key(i.id): Prediction(key=Key(i.id), request_digest="", text=text)
        for i, text in zip(ITEMS, SAID, strict=True)
    }
    metrics = build_metrics([name])
    scores = score_predictions(ITEMS, predictions, metrics, Extractor())
    reported = summarise(ITEMS, scores, metrics).metrics[name]
    metric = bench.as_evaluate(name)
    references = [bench.evaluate_reference(item) for item in ITEMS]

    given = metric.compute(predictions=SAID, references=references, interval=True, per_item=True)

    assert given[name] == reported.value
    assert (given[f"{name}_low"], given[f"{name}_high"]) == (reported.low, reported.high)
    assert given[f"{name}_per_item"] == [s.values.get(name) for s in scores]
    assert metric.name == name
    assert name == "abstention_f1" or 0.0 < given[name] < 1.0


def test_batches_add_up_and_a_metric_can_be_used_again() -> None:
    metric = bench.as_evaluate("em")
    for _ in range(2):
        metric.add_batch(predictions=["a boat", "b"], references=["boat", "c"])
        metric.add(prediction="", reference="")
        assert metric.compute() == {"em": pytest.approx(2 / 3)}


def test_gold_texts_lists_of_them_and_squad_shapes_are_references() -> None:
    em = bench.as_evaluate("em")
    assert em.compute(predictions=["Lind", "x"], references=[["Oskar Lind", "Lind"], []]) == {"em": 0.5}
    squad = [
        {"id": i, "answers": {"text": t, "answer_start": [0] * len(t)}}
        for i, t in (("a", ["Lind"]), ("b", []))
    ]
    said = [
        {"id": "a", "prediction_text": "the Lind", "no_answer_probability": 0.1},
        {"id": "b", "prediction_text": "x", "no_answer_probability": 0.9},
    ]
    assert em.compute(predictions=said, references=squad) == {"em": 1.0}
    assert em.compute(
        predictions=[{**row, "no_answer_probability": 0.4} for row in said], references=squad
    ) == {"em": 0.5}


def test_nothing_to_say_is_none() -> None:
    assert bench.as_evaluate("bound_strict").compute(predictions=["Lind"], references=["Lind"]) == {
        "bound_strict": None
    }


def test_metrics_combine_and_are_saved(tmp_path: Path) -> None:
    import evaluate

    both = evaluate.combine([bench.as_evaluate("em"), bench.as_evaluate("f1")])
    both.add_batch(predictions=["Oskar Lind"], references=["Lind"])
    found = both.compute()
    assert found == {"em": 0.0, "f1": pytest.approx(2 / 3)}
    evaluate.save(tmp_path / "found.json", **found)
    assert json.loads((tmp_path / "found.json").read_text())["em"] == 0.0


def test_an_unknown_name_suggests_the_nearest_and_a_made_metric_is_taken() -> None:
    with pytest.raises(bench.UsageError, match="corect"):
        bench.as_evaluate("corect")
    made = build_metrics(["answer_length"])["answer_length"]
    assert bench.as_evaluate(made).compute(predictions=["two words"], references=["x"]) == {
        "answer_length": 2.0
    }
