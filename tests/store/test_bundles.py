"""Bundles: what goes in comes out, nothing of the machine is in them, an edited file is named."""

import dataclasses
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.answers.extract import Extractor
from bench.build import build_metrics
from bench.errors import NotComparable, StorageError
from bench.records import Answer, Article, Dataset, Failure, Gold, Item, Key, Prediction, Score, SpanScore
from bench.reports.view import RunView
from bench.rescoring import bundle_view
from bench.runner import plan_requests
from bench.scoring import score_predictions, signature
from bench.store import codec
from bench.store.bundle_rows import answer_of, answer_row, portable_manifest
from bench.store.bundles import About, find_bundles, read_bundle, sealed_view, verify_bundle, write_bundle
from bench.summary import summarise
from tests.helpers import dateline, tree

ODD = 'Lund\n"quoted" \ud800 \u202e 52'
TEXT = "Lund closed the port. Two of nine boats came back late."


def items(extra_alias=()):
    return (
        Item(id="q1", article_id="a", question="Who closed the port?", context=TEXT, answer_type="person",
             gold=(Gold(canonical="Lund", aliases=extra_alias),)),
        Item(id="q2", article_id="a", question="How many were late?", context=TEXT, answer_type="number",
             gold=(Gold(canonical="Two", value=2.0),)),
        Item(id="q3", article_id="a", question="Who opened it again?", context=TEXT, answer_type="none"),
    )  # fmt: skip


def dataset(**changes):
    return Dataset(name="mine", version="1", articles=(Article(id="a", text=TEXT),), items=items(**changes))


def view_of(data, texts, config=None, metrics=("correct", "abstention_f1", "em")):
    requests = plan_requests(data, None)
    predictions = {
        r.key: Prediction(key=r.key, request_digest=r.digest, text=t)
        if t is not None
        else Prediction(key=r.key, request_digest=r.digest, status="failed",
                        error=Failure(type="OSError", message="no /home/someone/a file"))
        for r, t in zip(requests, texts, strict=True)
    }  # fmt: skip
    built = build_metrics(list(metrics))
    scores = score_predictions(data.items, predictions, built, Extractor())
    manifest = {
        "run_id": "ab" * 32, "identity": {}, "model": {"name": "m", "pinned": True}, "prompt": None,
        "replicates": 1, "counts": {"planned": 3, "ok": 2, "failed": 1}, "files": {},
        "command": "dateline run model=recorded 'model.path=/home/some one/x.json' dataset.path=own.csv",
        "environment": {"platform": "Linux-box", "python": "3.11", "torch": "2"},
        "dataset": {"name": "mine", "version": "1", "config": config or {"path": "/home/me/own.csv"},
                    "snapshot": "none", "split": "test", "where": None, "limit": None, "seed": 0},
    }  # fmt: skip
    return RunView(
        manifest=manifest,
        signature=signature(data, codec.gold_digest(data.items), built, Extractor()),
        dataset=data,
        predictions=predictions,
        scores=tuple(scores),
        summary=summarise(data.items, scores, built),
    )


def test_a_bundle_reads_back_as_the_run_it_was_made_of(tmp_path):
    view = view_of(dataset(), ["Lund", ODD, None])
    write_bundle(tmp_path / "b", view, About(name="Mine", link="https://example.org", self_reported=True))
    bundle = read_bundle(tmp_path / "b")
    back = bundle_view(bundle)
    assert bundle.about == About(name="Mine", link="https://example.org", self_reported=True)
    assert (back.scores, back.summary, back.dataset) == (view.scores, view.summary, view.dataset)
    assert back.predictions[Key("q2")] == view.predictions[Key("q2")]
    assert back.predictions[Key("q3")].status == "failed"


def test_nothing_of_the_machine_is_in_it_and_the_bytes_are_stable(tmp_path):
    view = view_of(dataset(), ["Lund", ODD, None])
    write_bundle(tmp_path / "b", view)
    write_bundle(tmp_path / "elsewhere" / "c", view)
    assert tree(tmp_path / "b") == tree(tmp_path / "elsewhere" / "c")
    everything = b"".join(tree(tmp_path / "b").values())
    for word in (b"/home", b"some one", b"Linux", b"3.11"):
        assert word not in everything
    assert b"model.path=x.json dataset.path=own.csv" in everything
    assert portable_manifest(view.manifest)["environment"] == {"torch": "2"}


def test_the_suite_is_referred_to_and_own_data_are_held(tmp_path):
    view = view_of(dataset(), ["Lund", "2", ""])
    suite = {"_target_": "bench.datasets.dateline.load", "path": None}
    write_bundle(tmp_path / "own", view)
    write_bundle(tmp_path / "suite", view_of(dataset(), ["Lund", "2", ""], suite))
    assert read_bundle(tmp_path / "own").dataset() == view.dataset
    assert read_bundle(tmp_path / "suite").dataset() is None
    assert not (tmp_path / "suite" / "datasets").exists()
    assert find_bundles(tmp_path) == [tmp_path / "own", tmp_path / "suite"]


def test_writing_again_leaves_no_data_of_the_former_run(tmp_path):
    write_bundle(tmp_path / "b", view_of(dataset(), ["Lund", "2", ""]))
    write_bundle(tmp_path / "b", view_of(dataset(extra_alias=("A. Lund",)), ["Lund", "2", ""]))
    assert len(list((tmp_path / "b" / "datasets").iterdir())) == 1
    assert verify_bundle(tmp_path / "b") == []


@pytest.mark.parametrize("name", ["bundle.json", "answers.jsonl", "metrics.json", "datasets/*/items.jsonl"])
def test_an_edited_or_missing_file_is_named(tmp_path, name):
    write_bundle(tmp_path / "b", view_of(dataset(), ["Lund", "2", ""]))
    (file,) = (tmp_path / "b").glob(name)
    whole = file.read_bytes()
    file.write_bytes(whole.replace(b"Lund", b"Lind") if b"Lund" in whole else whole.replace(b"1", b"2", 1))
    assert [str(file)] == [f.split(": ")[0] for f in verify_bundle(tmp_path / "b")]
    with pytest.raises(StorageError, match=file.name):
        read_bundle(tmp_path / "b")
    file.write_bytes(whole)
    assert verify_bundle(tmp_path / "b") == []
    file.unlink()
    assert file.name in verify_bundle(tmp_path / "b")[0]


def test_a_left_over_data_file_is_named(tmp_path):
    write_bundle(tmp_path / "b", view_of(dataset(), ["Lund", "2", ""]))
    (tmp_path / "b" / "datasets" / "stray.jsonl").write_text("{}")
    assert verify_bundle(tmp_path / "b") == [
        f"{tmp_path / 'b' / 'datasets' / 'stray.jsonl'}: left over; no seal mentions it"
    ]


def test_a_mended_gold_rescores_the_answers(tmp_path):
    write_bundle(tmp_path / "b", view_of(dataset(), ["Madam Harbour", "2", ""]))
    bundle = read_bundle(tmp_path / "b")
    today = view_of(dataset(extra_alias=("Madam Harbour",)), ["Lund", "2", ""])
    assert sealed_view(bundle, dataset()).scores[0].values["correct"] == 0.0
    back = bundle_view(bundle, beside=today)
    assert back.scores[0].values["correct"] == 1.0
    assert back.signature["gold"] == today.signature["gold"]


def test_a_metric_that_came_later_is_computed_from_the_answers(tmp_path):
    write_bundle(tmp_path / "b", view_of(dataset(), ["Lund", "2", ""], metrics=("correct",)))
    today = view_of(dataset(), ["Lund", "3", ""], metrics=("correct", "f1"))
    assert bundle_view(read_bundle(tmp_path / "b"), beside=today).scores[0].values == {
        "correct": 1.0,
        "f1": 1.0,
    }


def test_a_changed_question_or_text_is_refused(tmp_path):
    write_bundle(tmp_path / "b", view_of(dataset(), ["Lund", "2", ""]))
    data = dataset()
    for field in ("question", "context"):
        first = dataclasses.replace(data.items[0], **{field: data.items[0].context + " Who?"})
        changed = dataclasses.replace(data, items=(first, *data.items[1:]))
        with pytest.raises(NotComparable, match="q1"):
            bundle_view(read_bundle(tmp_path / "b"), beside=view_of(changed, ["Lund", "2", ""]))


texts = st.text(max_size=20)
shares = st.none() | st.floats(0, 1)


@given(texts, texts, st.booleans(), st.booleans(), shares, st.lists(st.integers(1, 99), max_size=3), shares,
       st.lists(st.tuples(texts, st.floats(-9, 9)), max_size=3), st.integers(0, 2), texts)  # fmt: skip
def test_any_answer_survives_the_line(
    text, read, abstained, refused, confidence, cited, value, spans, replicate, variant
):
    best = tuple(SpanScore(text=t, score=s) for t, s in sorted(spans, key=lambda s: -s[1])[:1])
    prediction = Prediction(
        key=Key("q", variant, replicate), request_digest="d", text=text, spans=best, null_score=confidence,
        confidence=confidence, finish_reason="stop", tokens_out=3,
    )  # fmt: skip
    answer = Answer(
        text=read, abstained=abstained, refused=refused, evidence=tuple(cited), confidence=confidence,
        finish_reason="stop",
    )  # fmt: skip
    values = {} if value is None else {"correct": value}
    score = Score(
        key=prediction.key,
        article_id="",
        values=values,
        answer=answer,
        diagnosis="wrong" if refused else None,
    )
    row = json.loads(codec.line(answer_row(prediction, score, ["correct", "em"], "abc")))
    assert answer_of(row, ["correct", "em"]) == (prediction, score, "abc")


def test_only_the_best_span_is_kept():
    spans = (SpanScore(text="a", score=1.0), SpanScore(text="b", score=3.0), SpanScore(text="c", score=3.0))
    prediction = Prediction(key=Key("q"), request_digest="d", text="a", spans=spans, null_score=2.0)
    score = Score(key=Key("q"), article_id="", values={}, answer=Extractor().extract(prediction))
    back, _, _ = answer_of(answer_row(prediction, score, [], "d"), [])
    assert back.spans == spans[1:2]
    for threshold in (-2.0, -1.0, 0.0):
        extractor = Extractor(null_threshold=threshold)
        assert extractor.extract(back) == extractor.extract(prediction)


@pytest.mark.medium
def test_verify_names_the_edited_file_of_a_bundle(tmp_path):
    folder = tmp_path / "results" / "published" / "mine"
    write_bundle(folder, view_of(dataset(), ["Lund", "2", ""]))
    assert f"ok  {Path('results/published/mine')}" in dateline("verify", cwd=tmp_path).stdout
    (folder / "metrics.json").write_text("{}")
    for words in ([], ["runs=results/published"]):
        done = dateline("verify", *words, cwd=tmp_path)
        assert done.returncode == 9
        assert "results/published/mine/metrics.json: edited after sealing" in done.stderr
