"""Two runs compared: rows, slices, flips, and what is said of them."""

import dataclasses

import numpy as np
import pytest

from bench.comparing.compare import compare_views
from bench.comparing.verdict import articles_needed
from bench.errors import NotComparable, UsageError
from bench.records import Gold, Sentence, Span
from bench.reports.view import p_equals, p_text, signed
from bench.stats.multiple import benjamini_hochberg, holm
from bench.stats.paired import paired_headline
from bench.stats.replicates import generation_noise
from tests.comparing.makers import dataset, right, view

DATA = dataset(n_articles=8)


def drop(n, per=4):
    """Right but for the first `n` articles, in which every item is missed."""
    return lambda item: "Nobody Else" if int(item.article_id[1:]) < n else right(item)


@pytest.fixture(scope="module")
def worse():
    return compare_views(view(DATA, name="old"), view(DATA, drop(6), name="new"))


def test_the_headline_row_is_that_of_the_statistics(worse):
    flags = np.array([i.answerable for i in DATA.items])
    b = np.array([0.0 if int(i.article_id[1:]) < 6 else 1.0 for i in DATA.items])
    expected = paired_headline(np.ones(32), b, [i.article_id for i in DATA.items], flags)

    assert worse.headline.difference == expected
    assert (worse.headline.a, worse.headline.b) == (1.0, pytest.approx(0.25))
    assert worse.headline.p_adjusted == expected.p_sign_flip


def test_the_verdict_says_which_is_lower(worse):
    p = worse.headline.difference.p_sign_flip
    assert worse.verdict == f"b is lower than a: −75.0 points ({p_equals(p)} over 8 articles)."


@pytest.mark.parametrize(
    ("p", "cell", "sentence"),
    [
        (0.0004, "<.001", "p < .001"), (0.021, ".021", "p = .021"), (1.0, "1.000", "p = 1.000"), (None, "–", "p = –"),
        (0.9999, "1.000", "p = 1.000"),
    ],
)  # fmt: skip
def test_p_values_are_never_0(p, cell, sentence):
    assert (p_text(p), p_equals(p)) == (cell, sentence)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [(0.026, "share", "+2.6"), (-0.0004, "share", "0.0"), (-0.07, "share", "−7.0"), (1.25, "words", "+1.2"),
     (None, "share", "–")],
)  # fmt: skip
def test_differences_carry_their_sign(value, unit, text):
    assert signed(value, 1, unit) == text


def test_metrics_are_adjusted_by_holm_and_slices_by_benjamini_hochberg(worse):
    rows = worse.metrics
    assert [r.name for r in rows] == ["correct", "answer_length", "em", "f1", "abstention_f1"]
    assert tuple(r.p_adjusted for r in rows) == holm([r.difference.p_sign_flip for r in rows])
    slices = [row for found in worse.slices.values() for row in found]
    assert tuple(r.p_adjusted for r in slices) == benjamini_hochberg(
        [r.difference.p_sign_flip for r in slices]
    )
    assert {axis: [r.name for r in found] for axis, found in worse.slices.items()} == {
        "answerable": ["answerable", "unanswerable"],
        "answer_type": ["none", "person"],
        "skill": ["even", "odd", "who"],
    }


def test_a_length_is_in_words_and_not_in_points(worse):
    (row,) = (r for r in worse.metrics if r.name == "answer_length")

    assert row.unit == "words"
    assert row.difference.p_mcnemar is None


def test_a_corpus_metric_is_the_difference_of_its_values(worse):
    (row,) = (r for r in worse.metrics if r.name == "abstention_f1")
    # b answers 6 of 8 unanswerable items: recall ¼, precision 1
    assert (row.a, row.b) == (1.0, pytest.approx(0.4))
    assert row.difference.value == pytest.approx(-0.6)
    assert 0 < row.difference.p_sign_flip <= 0.05
    assert row.difference.low < -0.6 < row.difference.high


def test_flips_hold_question_gold_raw_and_read_answers(worse):
    assert len(worse.flips) == 24
    first = worse.flips[0]
    assert (first.item, first.article, first.expected) == ("a0-q0", "a0", "PersonAA")
    assert (first.a.raw, first.a.read, first.a.value, first.a.diagnosis) == (
        "PersonAA",
        "PersonAA",
        1.0,
        None,
    )
    assert (first.b.raw, first.b.read, first.b.value) == ("Nobody Else", "Nobody Else", 0.0)
    assert first.b.diagnosis is not None


def test_flips_come_in_kinds_the_most_frequent_first(worse):
    kinds = [flip.kind for flip in worse.flips]
    counts = [kinds.count(kind) for kind in dict.fromkeys(kinds)]

    assert counts == sorted(counts, reverse=True)
    assert kinds == sorted(kinds, key=lambda kind: (-kinds.count(kind), kind))


def test_identical_runs_say_so():
    found = compare_views(view(DATA, name="same"), view(DATA, name="same"))

    assert found.verdict == "Reproduced. The two sides are identical: the same answers, word for word."
    assert found.notes == ("Both sides are the same run.", "32 of 32 answers are the same, word for word.")
    assert found.flips == ()
    assert found.a.title != found.b.title
    assert (found.headline.difference.value, found.headline.difference.p_sign_flip) == (0.0, 1.0)


def test_two_models_that_answer_alike_are_identical_and_reproduce_nothing():
    found = compare_views(view(DATA, name="one"), view(DATA, name="two"))

    assert found.verdict == "The two sides are identical: the same answers, word for word."


def test_other_words_and_the_same_credit_are_not_identical():
    found = compare_views(view(DATA), view(DATA, lambda item: f"**{right(item)}**", name="bold"))

    assert found.verdict.startswith("No item is scored differently. A true difference of ")
    assert "would be found with 80 % probability, by the usual noise of such comparisons" in found.verdict


def test_no_difference_never_comes_without_what_could_have_been_seen():
    found = compare_views(view(DATA, drop(1), name="a"), view(DATA, drop(2), name="b"))

    assert found.verdict.startswith(
        "No difference is shown: −12.5 points (p = 1.000 over 8 articles). A true "
    )
    assert "points would be found with 80 % probability" in found.verdict


def test_below_6_articles_there_is_no_test():
    data = dataset(n_articles=2, answerable=16, unanswerable=4)
    found = compare_views(view(data), view(data, drop(1), name="b"))

    needed = articles_needed(found.headline, 0.10)
    assert found.headline.p_adjusted is None
    assert found.verdict == (
        f"No test below 6 articles, and here there are 2; 10 points need about {needed} articles like these. "
        "Of these very items b has 0 better and 20 worse."
    )
    # 14: the fewest G with (t.975 + t.8)² · .10 · 1.95 / (12.8 G) ≤ .1², t at G − 1 df, 12.8 = 4/(1/16 + 1/4)
    assert needed == 14


def test_failed_and_missing_answers_count_against_their_side_and_are_told():
    b = view(DATA, lambda item: None if item.id == "a0-q0" else right(item), name="b")
    b = dataclasses.replace(b, scores=b.scores[:-1])
    found = compare_views(view(DATA), b)

    assert (found.b.failed, found.b.missing) == (1, 1)
    assert "b: 1 answer failed; counted against it like wrong ones." in found.notes
    assert "b: 1 answer missing; counted against it like wrong ones." in found.notes
    flip = found.flips[0]
    assert (flip.b.raw, flip.b.read, flip.b.error) == (None, "(failed)", "Oops: no")


def test_where_narrows_everything():
    found = compare_views(view(DATA), view(DATA, drop(6), name="b"), "answerable=true skill=even")

    assert (found.n_items, found.n_articles) == (16, 8)
    assert found.headline_name == "accuracy (every item is answerable)"
    assert found.headline.difference.n_items == 16
    assert len(found.flips) == 12
    with pytest.raises(UsageError, match="of the items compared: where="):
        compare_views(view(DATA), view(DATA), "skill=when")


def test_not_comparable_runs_are_refused():
    with pytest.raises(NotComparable, match="4 items only in a"):
        compare_views(view(DATA), view(dataset(n_articles=7)))


def test_without_correct_there_are_the_other_metrics():
    found = compare_views(view(DATA, metrics=("em",)), view(DATA, drop(1), metrics=("em",), name="b"))

    assert found.headline is None
    assert found.verdict.startswith("No headline to compare")
    assert [row.name for row in found.metrics] == ["em"]
    assert (found.parts, found.matrix, found.slices, found.flips) == ((), (), {}, ())


def test_a_metric_over_sums_of_another_version_is_left_out_and_named():
    views = []
    for name in "ab":
        made = view(DATA, name=name)
        metrics = {**made.signature["metrics"], "abstention_f1": {"version": "0"}}
        views.append(dataclasses.replace(made, signature={**made.signature, "metrics": metrics}))
    found = compare_views(*views)

    assert "abstention_f1" not in [row.name for row in found.metrics]
    assert any("cannot make them again: abstention_f1;" in note for note in found.notes)


def test_replicates_show_one_that_differs_the_same_way():
    def sometimes(item, r):
        return "Nobody Else" if item.id == "a0-q0" and r > 0 else right(item)

    found = compare_views(
        view(DATA, lambda item, r: right(item), replicates=3), view(DATA, sometimes, replicates=3, name="b")
    )
    (flip,) = found.flips
    assert (flip.replicate, flip.b.raw) == (1, "Nobody Else")
    assert flip.b.value == pytest.approx(1 / 3)


def test_generation_noise_is_told_where_there_are_replicates():
    order = np.random.default_rng(2).random((32, 4)) < 0.6

    def sometimes(item, r):
        return right(item) if order[DATA.items.index(item), r] else "Nobody Else"

    found = compare_views(
        view(DATA, sometimes, replicates=4), view(DATA, lambda item, r: right(item), replicates=4, name="b")
    )
    expected = generation_noise(order.astype(float))
    (note,) = (n for n in found.notes if "generation noise" in n)
    assert note.startswith(
        f"a: at 4 replicates, {100 * expected.share:.0f} % of the variance between items is "
    )
    assert ("no number" in note) == (expected.smallest is None)


def test_the_passage_is_the_evidence_or_the_words_around_the_gold():
    article = DATA.articles[0]
    cut = article.text.index(".") + 1
    sentences = (
        Sentence(n=1, paragraph=1, start=0, end=cut),
        Sentence(n=2, paragraph=1, start=cut + 1, end=len(article.text)),
    )
    gold = Gold(canonical="PersonAB", spans=(Span(start=35, end=43, text="PersonAB"),))
    items = (
        dataclasses.replace(DATA.items[0], evidence=((1,),)),
        dataclasses.replace(DATA.items[1], gold=(gold,)),
        *DATA.items[2:],
    )
    articles = (dataclasses.replace(article, sentences=sentences), *DATA.articles[1:])
    data = dataclasses.replace(DATA, items=items, articles=articles)
    found = {f.item: f.passage for f in compare_views(view(data), view(data, drop(1), name="b")).flips}

    assert found["a0-q0"] == ("PersonAA came at 8 in the morning.",)
    assert "PersonAB came at 9" in found["a0-q1"][0]
    assert found["a0-q2"] == ()


def test_what_made_the_answers_is_kept():
    found = compare_views(view(DATA, name="one"), view(DATA, name="two"))

    assert (found.a.facts["model"], found.b.facts["model"]) == ("one", "two")
    assert found.a.facts["extractor.version"] == found.b.facts["extractor.version"]
