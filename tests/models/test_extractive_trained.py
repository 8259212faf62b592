"""Encoders that know something: one taught in the test, one from a folder beside the repository where it lies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bench.errors import UsageError
from bench.models.extractive import Extractive
from bench.records import Key, Request
from tests.models.extractive_makers import save_tiny
from tests.models.extractive_text import SENTENCES

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.medium

REAL = Path(__file__).parents[3] / "shared" / "models" / "reader-minilm"
TAUGHT = [
    ("Who closed the port?", 0, "Ines Calloway"),
    ("How many boats came back late?", 1, "Two"),
    ("Who is the mayor?", 2, "Oskar Lind"),
    ("How many dockers walked out?", 3, "340"),
    ("What did the port of Vellmar lose?", 4, "2.5 million euros"),
    ("What did the café owner pay?", 7, "12 francs"),
]
UNTAUGHT = "Who is the mayor?"  # asked on a sentence that does not say


@pytest.fixture(autouse=True)
def one_thread() -> Any:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def teach(folder: Path) -> None:
    """Fine-tune the model in `folder` on six answers, and on the CLS token where there is none."""
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForQuestionAnswering.from_pretrained(folder).train()
    pairs = [(question, SENTENCES[n], answer) for question, n, answer in TAUGHT] + [
        (UNTAUGHT, SENTENCES[5], "")
    ]
    encoded = tokenizer([q for q, _, _ in pairs], [c for _, c, _ in pairs], padding=True, return_tensors="pt")
    starts, ends = [], []
    for n, (_, context, answer) in enumerate(pairs):
        place = context.index(answer)
        starts.append(encoded.char_to_token(n, place, sequence_index=1) if answer else 0)
        ends.append(encoded.char_to_token(n, place + len(answer) - 1, sequence_index=1) if answer else 0)
    optimizer = torch.optim.AdamW(model.parameters(), lr=4e-3)
    for _ in range(150):
        loss = model(**encoded, start_positions=torch.tensor(starts), end_positions=torch.tensor(ends)).loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if float(loss.detach()) < 0.01:
            break
    model.eval().save_pretrained(folder)


def test_a_model_taught_in_the_test_answers_what_it_was_taught(tmp_path: Path) -> None:
    teach(save_tiny("bert", tmp_path, hidden=48, spread=0.05))
    asked = [
        Request(key=Key(f"q{k}"), article_id=str(n), context=SENTENCES[n], question=question)
        for k, (question, n, _) in enumerate(TAUGHT)
    ]
    asked.append(Request(key=Key("none"), article_id="5", context=SENTENCES[5], question=UNTAUGHT))
    model = Extractive(name=str(tmp_path), window=96, stride=32, device="cpu")
    given = {p.key.item_id: p for p in model.predict(asked)}
    assert [given[f"q{k}"].text for k in range(len(TAUGHT))] == [answer for _, _, answer in TAUGHT]
    for key, prediction in given.items():
        assert prediction.null_score is not None
        assert (prediction.null_score > prediction.spans[0].score) == (key == "none")


def refusal(folder: Path, **settings: Any) -> str:
    asked = [Request(key=Key("q"), article_id="a", context="x", question="y")]
    with pytest.raises(UsageError) as caught:
        list(Extractive(name=str(folder), device="cpu", **settings).predict(asked))
    return str(caught.value)


@pytest.mark.parametrize(("kind", "positions"), [("bert", 128), ("roberta", 128)])
def test_a_window_the_model_has_no_positions_for_is_refused(
    kind: str, positions: int, tmp_path: Path
) -> None:
    save_tiny(kind, tmp_path, positions=positions)
    assert f"at most {positions} tokens; set model.window={positions}" in refusal(
        tmp_path, window=positions + 1
    )
    assert "with model.stride=120 it must be at least" in refusal(tmp_path, window=positions, stride=120)


def test_folders_that_hold_no_reader_are_refused(tmp_path: Path) -> None:
    from transformers import BertModel

    folder = save_tiny("bert", tmp_path)
    BertModel.from_pretrained(folder).save_pretrained(folder)
    config = json.loads((folder / "config.json").read_text())
    assert "not fine-tuned for span extraction" in refusal(folder, window=64, stride=8)
    (folder / "config.json").write_text(json.dumps({**config, "model_type": "vit"}))
    assert "cannot be loaded as a question-answering encoder" in refusal(folder, window=64, stride=8)
    (folder / "config.json").unlink()
    assert "cannot be loaded" in refusal(folder, window=64, stride=8)


@pytest.mark.skipif(not REAL.is_dir(), reason="the real reader is not beside this repository")
def test_the_real_reader_answers() -> None:
    port = " ".join(SENTENCES)
    cases = [
        (SENTENCES[0], "Who closed the port of Brennick?", "Ines Calloway"),
        (SENTENCES[4], "How much did the port of Vellmar lose in a week?", "2.5 million euros"),
        (" ".join([port] * 6), "When did the dockers walk out?", "Monday"),
    ]
    asked = [
        Request(key=Key(f"q{n}"), article_id=str(n), context=context, question=question)
        for n, (context, question, _) in enumerate(cases)
    ]
    given = {p.key.item_id: p for p in Extractive(name=str(REAL), device="cpu").predict(asked)}
    for n, (_, _, answer) in enumerate(cases):
        assert answer in given[f"q{n}"].text, given[f"q{n}"].text
        assert len(given[f"q{n}"].text) <= len(answer) + 15
