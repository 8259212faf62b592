"""A threshold chosen on the dev answers of a predictions file, and what stands in its way."""

import json

import pytest

from tests.helpers import dateline

pytestmark = pytest.mark.medium
CONTEXT = "Ines Calloway closed the port on Friday. The mayor stayed."


@pytest.fixture
def place(tmp_path):
    rows = [
        {"id": f"{split}-{kind}{n}", "article_id": f"{split}{n}", "question": f"Who {kind} port {n}?", "split": split,
         "context": f"{CONTEXT} Port {n}, {split}.", "answer": "Ines Calloway" if kind == "closed" else "",
         "answerable": kind == "closed"}
        for split in ("dev", "test") for n in range(4) for kind in ("closed", "opened")
    ]  # fmt: skip
    (tmp_path / "data.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    # Sure where it is right; the wrong answers to "Who opened" have at most 0.4.
    said = [
        {"id": row["id"], "text": "Ines Calloway" if row["answer"] else "The mayor",
         "confidence": 0.9 if row["answer"] else 0.4}
        for row in rows
    ]  # fmt: skip
    (tmp_path / "p.jsonl").write_text("".join(json.dumps(row) + "\n" for row in said))
    return tmp_path


WORDS = ("score", "dataset=jsonl", "dataset.path=data.jsonl", "predictions=p.jsonl", "metric=correct")


def test_the_threshold_of_the_dev_answers_is_used_on_the_test_items(place):
    plain = dateline(*WORDS, "out=plain", cwd=place)
    tuned = dateline(*WORDS, "out=tuned", "threshold=dev", cwd=place)

    assert (plain.returncode, tuned.returncode) == (0, 0), tuned.stderr
    assert json.loads((place / "plain" / "metrics.json").read_text())["headline"]["value"] == 0.5
    assert json.loads((place / "tuned" / "metrics.json").read_text())["headline"]["value"] == 1.0
    assert "confidence threshold 0.65, chosen on the 8 of 8 dev items" in tuned.stderr
    signature = json.loads((place / "tuned" / "manifest.json").read_text())["signature"]
    assert signature["extract"]["confidence_threshold"] == 0.65


@pytest.mark.parametrize(
    ("kept", "words", "message"),
    [
        ("test", (), "answers none of the 8 dev items"),
        ("confidence", (), "neither null scores with spans nor confidences"),
        ("all", ("split=all",), "may not be chosen on the items it is scored on"),
        ("all", ("split=dev",), "may not be chosen on the items it is scored on"),
    ],
)
def test_what_stands_in_the_way(place, kept, words, message):
    said = [json.loads(line) for line in (place / "p.jsonl").read_text().splitlines()]
    if kept == "test":
        said = [row for row in said if row["id"].startswith("test")]
    if kept == "confidence":
        said = [{"id": row["id"], "text": row["text"]} for row in said]
    (place / "p.jsonl").write_text("".join(json.dumps(row) + "\n" for row in said))

    done = dateline(*WORDS, "out=o", "threshold=dev", *words, cwd=place)

    assert done.returncode == 2
    assert message in done.stderr
    assert not (place / "o").exists()


def test_a_number_is_no_threshold_here(place):
    done = dateline(*WORDS, "threshold=3", cwd=place)

    assert done.returncode == 2
    assert "extractor.null_threshold" in done.stderr
