"""What was cut is counted, and whether the answer was in the part that was read."""

from __future__ import annotations

import pytest

from bench.answers.extract import Extractor
from bench.metrics.correct import Correct
from bench.records import Article, Dataset, Gold, Item, Key, Prediction, Sentence, Span
from bench.reports.markdown import render
from bench.reports.truncation import gold_kept, truncation, truncation_line
from bench.reports.view import RunView
from bench.scoring import score_predictions, signature
from bench.summary import summarise

TEXT = "Two boats were late. Lind waited. Two more sank."
ARTICLE = Article(
    id="a", text=TEXT,
    sentences=tuple(Sentence(n=n, paragraph=1, start=s, end=e) for n, s, e in ((1, 0, 20), (2, 21, 33), (3, 34, 48))),
)  # fmt: skip


def gold(*ends: int) -> Gold:
    return Gold(canonical="x", spans=tuple(Span(start=end - 3, end=end, text="xxx") for end in ends))


def item(n: int = 1, **changes: object) -> Item:
    fields = {"id": f"a-q{n}", "article_id": "a", "question": "Who?", "context": TEXT, "answer_type": "span",
              "gold": (gold(26),), "evidence": ((2,),)} | changes  # fmt: skip
    return Item(**fields)  # type: ignore[arg-type]


SUM = Gold(canonical="4", computed=True)
CASES = [
    ({}, 26, True, "ends where the reading ends"),
    ({}, 25, False, "cut through"),
    ({"gold": (gold(47, 3),)}, 20, True, "one of two places is read"),
    ({"gold": (gold(3), gold(47))}, 40, False, "every slot of a list is needed"),
    ({"gold": (gold(3), gold(47)), "answer_mode": "any"}, 40, True, "any will do"),
    ({"gold": (SUM,), "evidence": ((1, 3),)}, 47, False, "a computed answer needs its sentences"),
    ({"gold": (SUM,), "evidence": ((1, 3), (2,))}, 40, True, "or those of another set"),
    ({"gold": (SUM,), "evidence": ()}, 40, None, "nobody knows"),
    ({"gold": ()}, 0, None, "there is no answer to lose"),
]


@pytest.mark.parametrize(("changes", "kept", "expected", "why"), CASES, ids=[c[3] for c in CASES])
def test_gold_kept(changes: dict[str, object], kept: int, expected: bool | None, why: str) -> None:
    assert gold_kept(item(**changes), ARTICLE, kept) is expected


def view(*predictions: Prediction) -> RunView:
    items = tuple(item(n) for n in range(len(predictions)))
    data = Dataset(name="d", version="1", articles=(ARTICLE,), items=items)
    metrics = {"correct": Correct()}
    given = {p.key: p for p in predictions}
    scores = score_predictions(items, given, metrics, Extractor())
    manifest = {
        "run_id": "0" * 12,
        "command": "",
        "dataset": {"partial": False},
        "model": {"name": "m", "pinned": True},
    }
    return RunView(
        manifest=manifest, signature=signature(data, "0", metrics, Extractor()), dataset=data, predictions=given,
        scores=tuple(scores), summary=summarise(items, scores, metrics),
    )  # fmt: skip


def prediction(n: int, **changes: object) -> Prediction:
    fields = {
        "key": Key(f"a-q{n}"),
        "request_digest": "",
        "text": "y",
        "tokens_in": 1310,
        "tokens_kept": 1310,
    } | changes
    return Prediction(**fields)  # type: ignore[arg-type]


def test_the_report_says_what_was_cut_and_each_miss_how_much_was_read() -> None:
    seen = view(
        prediction(0),
        prediction(1, tokens_kept=1024, context_kept=20),
        prediction(2, tokens_kept=1200, context_kept=33),
        prediction(3, tokens_kept=1300),
        prediction(4, finish_reason="length"),
    )
    found = truncation(seen)
    assert (found.answered, found.shortened, found.context_cut, found.gold_lost, found.unfinished) == (
        5,
        3,
        2,
        1,
        1,
    )
    text = render(seen)
    assert (
        "3 of 5 prompts did not fit and were shortened, 2 of them at the end of the article, 1 of these"
        in text
    )
    assert "1 output ended at the length limit" in text
    assert text.count("- read: ") == 3
    assert "- read: 1,024 of 1,310 tokens" in text


def test_nothing_cut_nothing_said() -> None:
    assert truncation_line(view(prediction(0), prediction(1, tokens_in=None, tokens_kept=None))) == ""
    assert "Cut" not in render(view(prediction(0)))
