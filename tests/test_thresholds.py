import math
import random

import pytest

from bench.answers.extract import Extractor
from bench.metrics.correct import Correct
from bench.records import Gold, Item, Key, Prediction, SpanScore
from bench.scoring import Scorer
from bench.thresholds import choose_threshold


def make(n, answerable, right, margin, **fields):
    item = Item(
        id=f"q{n}", article_id="a", question="Who came?", context="Berg came. Lind left.",
        answer_type="person" if answerable else "none", gold=(Gold(canonical="Berg"),) if answerable else (),
    )  # fmt: skip
    text = "Berg" if right else "Lind"
    spans = (SpanScore(text=text, score=0.0),)
    return item, Prediction(
        key=Key(item.id), request_digest="", text=text, spans=spans, null_score=margin, **fields
    )


def headline(pairs, extractor):
    classes = {}
    for item, prediction in pairs:
        value = Scorer({"correct": Correct()}, extractor).score(item, prediction).values["correct"]
        classes.setdefault(item.answerable, []).append(value)
    return sum(sum(v) / len(v) for v in classes.values()) / len(classes)


def choose(pairs):
    return choose_threshold([i for i, _ in pairs], {p.key: p for _, p in pairs}, Correct(), Extractor())


@pytest.mark.parametrize("seed", range(20))
def test_no_other_threshold_is_better(seed):
    rng = random.Random(seed)
    pairs = [make(n, rng.random() < 0.6, rng.random() < 0.5, round(rng.gauss(0, 1), 1)) for n in range(30)]
    found = choose(pairs)
    brute = max(headline(pairs, Extractor(null_threshold=t / 20)) for t in range(-100, 101))
    assert found.headline == pytest.approx(headline(pairs, found.extractor))
    assert found.headline == pytest.approx(brute)


def test_ties_go_to_zero():
    pairs = [make(0, True, True, -3.0), make(1, False, False, 3.0)]
    assert choose(pairs).value == 0.0


def test_without_scores_there_is_nothing_to_choose():
    item, _ = make(0, True, True, 0.0)
    pairs = [(item, Prediction(key=Key("q0"), request_digest="", text="Berg"))]
    assert choose(pairs) is None


def test_confidence_where_there_is_no_null_score():
    pairs = []
    for n, (answerable, right, sure) in enumerate(
        [(True, True, 0.9), (True, False, 0.3), (False, False, 0.2)]
    ):
        item, _ = make(n, answerable, right, None)
        text = "Berg" if right else "Lind"
        pairs.append((item, Prediction(key=Key(item.id), request_digest="", text=text, confidence=sure)))
    found = choose(pairs)
    assert found.kind == "confidence"
    assert 0.2 < found.value < 0.9
    assert found.headline == pytest.approx(0.75)


def test_failed_predictions_are_worth_nothing_and_do_not_count_as_abstentions():
    pairs = [make(0, False, False, 1.0, status="failed"), make(1, True, True, -1.0)]
    assert choose(pairs).headline == pytest.approx(0.5)


def test_what_was_cut_before_its_first_word_is_worth_nothing_at_any_threshold():
    pairs = []
    for n, (answerable, text, sure) in enumerate(
        [(True, "Berg", 0.9), (False, "Lind", 0.2), (False, "", 0.2)]
    ):
        item, _ = make(n, answerable, True, None)
        said = {"text": text, "confidence": sure, "finish_reason": "length"}
        pairs.append((item, Prediction(key=Key(item.id), request_digest="", **said)))
    found = choose(pairs)
    assert found.headline == pytest.approx(0.75)
    assert headline(pairs, found.extractor) == pytest.approx(found.headline)


def test_all_margins_equal():
    pairs = [make(n, n % 2 == 0, True, 0.5) for n in range(4)]
    found = choose(pairs)
    assert math.isfinite(found.value)
    assert found.headline == pytest.approx(0.5)
