"""Shares, cue words, the question-only classifier: each sees a fault planted in the shipped suite."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bench.datasets.validation.lookup import Lookup
from bench.datasets.validation.suite import check_folder
from bench.datasets.validation.suite_classifier import check_question_only, features, held_out
from bench.datasets.validation.suite_cues import check_cues, fisher, odds_ratio
from bench.datasets.validation.suite_shares import _hits, option_place, position
from bench.records import Article, Gold, Item, Sentence
from tests.datasets.suite_records import names, with_items

ARTICLE = Article(
    id="a", text="", sentences=tuple(Sentence(n=n, paragraph=1, start=n, end=n + 1) for n in range(1, 10))
)


def no(item: Item) -> Item:
    return (
        replace(item, gold=(replace(item.gold[0], canonical="no"),)) if item.answer_type == "yes_no" else item
    )


def fewer_none(item: Item) -> Item | None:
    return None if item.unanswerable_reason == "scope_shift" else item


def more_none(item: Item) -> Item | None:
    return None if item.answer_type in ("date", "list") else item


def clause(item: Item) -> Item:
    if item.answer_type != "span":
        return item
    return replace(item, gold=(replace(item.gold[0], canonical="it went as nobody had foreseen"),))


def never(item: Item) -> Item:
    return (
        replace(item, question=f"Never mind: {item.question}")
        if not item.gold and item.id.endswith("7")
        else item
    )


def please(item: Item) -> Item:
    return (
        replace(item, question=f"Tell us: {item.question}")
        if item.gold and item.id.endswith(("1", "2", "3"))
        else item
    )


def right_first(item: Item) -> Item:
    if item.answer_type != "choice":
        return item
    return replace(item, question=" or ".join([item.gold[0].canonical, *item.reject]) + "?")


def right_last(item: Item) -> Item:
    if item.answer_type != "choice":
        return item
    return replace(item, question=" or ".join([*item.reject, item.gold[0].canonical]) + "?")


@pytest.mark.parametrize(
    ("check", "plant"),
    [
        ("yes_no_share", no),
        ("unanswerable_share", fewer_none),
        ("unanswerable_share", more_none),
        ("long_answers", clause),
        ("cue_word", never),
        ("cue_word", please),
        ("choice_position", right_first),
        ("choice_position", right_last),
    ],
)
def test_planted_share_is_seen(check: str, plant: Callable[[Item], Item | None]) -> None:
    found = list(check_folder(with_items(plant)))
    assert check in names(found)
    # Items that are dropped may leave twins alone and shift the words; nothing else may be touched.
    assert names(found) <= {check, "twin", "cue_word", "question_only"}, found
    assert all(p.fix for p in found)
    assert all(p.line is None for p in found if p.check == check)


def test_evidence_that_begins_early() -> None:
    folder = with_items(lambda i: replace(i, evidence=((1,), *i.evidence)) if int(i.id[-1]) < 4 else i)
    assert "evidence_position" in names(list(check_folder(folder)))


@pytest.mark.parametrize(
    ("evidence", "place"),
    [(((1,),), 0.5 / 9), (((7, 9), (4,)), 3.5 / 9), (((9,),), 8.5 / 9), ((), None)],
)
def test_where_evidence_stands(evidence: tuple[tuple[int, ...], ...], place: float | None) -> None:
    item = Item(id="a-q1", article_id="a", question="?", context="", answer_type="none", evidence=evidence)
    assert position(ARTICLE, item) == (None if place is None else pytest.approx(place))


@pytest.mark.parametrize(
    ("question", "right", "others", "place"),
    [
        ("Did he deny, admit or ignore it?", "deny", ("admit", "ignore"), (0, 3)),
        ("Did he admit it, deny it or ignore it?", "ignore it", ("admit it", "deny it", "deny"), (2, 3)),
        ("Did he deny or admit it?", "admitted", ("deny",), None),
        ("Which came first, the raid or the talks?", "the raid", ("Operation Spider Web",), None),
    ],
)
def test_place_of_the_right_option(
    question: str, right: str, others: tuple[str, ...], place: tuple[int, int] | None
) -> None:
    gold = (Gold(canonical=right),)
    item = Item(
        id="a-q1",
        article_id="a",
        question=question,
        context="",
        answer_type="choice",
        gold=gold,
        reject=others,
    )
    assert option_place(item) == place


def test_spread_of_hits_is_the_binomial_when_all_chances_are_equal() -> None:
    assert _hits([0.5] * 4) == pytest.approx([1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16])


@pytest.mark.parametrize(
    ("table", "p"),
    # scipy 1.14 stats.fisher_exact([[a, n - a], [b, m - b]]).pvalue
    [((45, 95, 133, 460), 0.002457430), ((5, 8, 133, 460), 0.179122823), ((0, 10, 133, 460), 0.127287813),
     ((3, 1, 4, 4), 0.485714286), ((1, 23, 133, 460), 0.024422605)],
)  # fmt: skip
def test_fisher_against_scipy(table: tuple[int, int, int, int], p: float) -> None:
    assert fisher(*table) == pytest.approx(p, rel=1e-6)


def test_odds_ratio_of_equal_shares_is_one() -> None:
    assert odds_ratio(5, 5, 20, 20) == 1
    assert odds_ratio(0, 0, 20, 20) == 1
    assert odds_ratio(6, 2, 10, 10) == pytest.approx((6.5 * 8.5) / (4.5 * 2.5))


def entries(*questions: tuple[str, bool], per_article: int = 20) -> list[tuple[Article, list[Item], Lookup]]:
    """Articles of items with these questions; True: answerable."""
    items = [
        Item(
            id=f"a-q{n}", article_id="a", question=q, context="", answer_type="span",
            gold=(Gold(canonical="x"),) if some else (),
        )
        for n, (q, some) in enumerate(questions)
    ]  # fmt: skip
    groups = [items[k : k + per_article] for k in range(0, len(items), per_article)]
    return [(ARTICLE, group, Lookup("a.toml")) for group in groups]


def test_a_listed_cue_needs_no_significance() -> None:
    rows = [(f"{'Exactly' if n < 4 else f'Item{n}'} when?", False) for n in range(10)]
    rows += [(f"{'Exactly' if n < 1 else f'Thing{n}'} when?", True) for n in range(10)]
    found = list(check_cues(entries(*rows), "suite"))
    assert [p.value for p in found] == ["exactly / exact / precisely"]


def test_chance_among_many_words_is_no_alarm() -> None:
    # One word in 5 of 10 unanswerable and 10 of 40 other questions: odds ratio 2.9, p = .14.
    rows = [(f"{'Strange' if n < 5 else 'Plain'} thing?", False) for n in range(10)]
    rows += [(f"{'Strange' if n < 10 else 'Plain'} thing?", True) for n in range(40)]
    assert list(check_cues(entries(*rows), "suite")) == []


def test_classifier_sees_a_give_away_and_nothing_in_twins() -> None:
    told = [(f"Who did {'whatever' if n % 4 == 0 else 'something'} there?", n % 4 != 0) for n in range(200)]
    (problem,) = check_question_only(entries(*told), "suite")
    assert "100.0%" in problem.message
    twins = [(f"Who did number {n // 2 % 7}?", n % 2 == 0) for n in range(200)]
    assert list(check_question_only(entries(*twins), "suite")) == []


def test_classifier_that_only_gains_on_the_rare_class() -> None:
    # "odd" is in 60 % of the rare class and 20 % of the other: accuracy stays at the majority's.
    rows = [
        (f"Is it {'odd' if n % 5 < (3 if n % 5 and n % 10 == 0 else 1) else 'even'}?", True)
        for n in range(400)
    ]
    rows += [(f"Is it {'odd' if n % 5 < 3 else 'even'}?", False) for n in range(100)]
    mixed = [rows[(k * 37) % 500] for k in range(500)]
    (problem,) = check_question_only(entries(*mixed), "suite")
    assert "balanced" in problem.message


def test_an_article_does_not_teach_about_itself() -> None:
    groups = [[(features("alpha beta"), True)], [(features("gamma delta"), False)]]
    verdicts = held_out(groups)
    assert [v.words for v in verdicts] == [0.0, 0.0]  # nothing seen elsewhere
    assert verdicts[0].prior < 0 < verdicts[1].prior
