"""Checks that an authored source cannot fail, because the loader works the offsets out: on altered records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bench.datasets.source import load_source
from bench.datasets.validation.answers import check_answerable, check_overlap
from bench.datasets.validation.lookup import Check, Lookup
from bench.datasets.validation.offsets import check_evidence, check_sentences, check_spans
from bench.datasets.validation.questions import check_duplicates, check_telling
from bench.datasets.validation.wording import fold
from bench.records import Article, Gold, Item, Span
from tests.datasets.source_text import CLEAN, write


@pytest.fixture
def article_and_items(tmp_path: Path) -> tuple[Article, list[Item]]:
    article, items, problems = load_source(write(tmp_path, CLEAN))
    assert article is not None
    assert problems == []
    return article, items


def found(check: Check, article: Article, *items: Item) -> list[tuple[str, str]]:
    return [(p.check, p.message) for p in check(article, items, Lookup("records"))]


def shift(item: Item, start: int, end: int) -> Item:
    span = item.gold[0].spans[0]
    a, b = span.start + start, span.end + end
    return replace(item, gold=(replace(item.gold[0], spans=(Span(start=a, end=b, text=item.context[a:b]),)),))


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        (1, 0, "inside a word"),
        (0, -1, "inside a word"),
        (-1, 0, "stray punctuation"),  # takes the space before it along
        (0, 1, "stray punctuation"),
        (-200, 0, "outside the text"),
    ],
)
def test_span_ends(start: int, end: int, message: str, article_and_items: tuple[Article, list[Item]]) -> None:
    article, items = article_and_items
    ((name, text),) = found(check_spans, article, shift(items[1], start, end))
    assert name == "offset"
    assert message in text


def test_span_that_does_not_quote_its_stretch(article_and_items: tuple[Article, list[Item]]) -> None:
    article, items = article_and_items
    span = replace(items[1].gold[0].spans[0], text="121")
    item = replace(items[1], gold=(replace(items[1].gold[0], spans=(span,)),))
    assert found(check_spans, article, item) == [("offset", f"span {span.start}–{span.end} quotes '120'")]


def test_span_outside_the_evidence(article_and_items: tuple[Article, list[Item]]) -> None:
    article, items = article_and_items
    ((name, text),) = found(check_spans, article, replace(items[1], evidence=((1,),)))
    assert (name, text.split(" ", 2)[2]) == ("offset", "lies outside the evidence sentences")


def test_slot_without_span(article_and_items: tuple[Article, list[Item]]) -> None:
    article, items = article_and_items
    item = replace(items[1], gold=(replace(items[1].gold[0], spans=()),))
    assert [name for name, _ in found(check_spans, article, item)] == ["span"]


def test_context_that_is_not_the_article(article_and_items: tuple[Article, list[Item]]) -> None:
    article, items = article_and_items
    changed = replace(items[1], context="Another text.")
    assert [name for name, _ in found(check_spans, article, changed)] == ["context"]
    assert found(check_spans, article, replace(changed, variant="typos@rate=0:1", gold=())) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda a: replace(a, sentences=a.sentences[1:]), "is numbered 2"),
        (lambda a: replace(a, sentences=a.sentences[:-1]), "after the last"),
        (lambda a: replace(a, sentences=(a.sentences[0], replace(a.sentences[1], start=3))), "overlaps"),
        (lambda a: replace(a, sentences=(replace(a.sentences[0], start=6),)), "before sentence 1"),
        (lambda a: replace(a, sentences=(replace(a.sentences[0], end=a.sentences[1].start),)), "space"),
        (lambda a: replace(a, text=a.text.replace("o", "o\u0301")), "NFC"),
    ],
)
def test_sentences(
    change: Callable[[Article], Article], message: str, article_and_items: tuple[Article, list[Item]]
) -> None:
    messages = [text for _, text in found(check_sentences, change(article_and_items[0]))]
    assert message in messages[0]


def test_own_data_has_no_sentences_to_check() -> None:
    assert found(check_sentences, Article(id="own", text="Some text.")) == []


def test_evidence_that_does_not_exist(article_and_items: tuple[Article, list[Item]]) -> None:
    article, items = article_and_items
    assert [n for n, _ in found(check_evidence, article, replace(items[0], evidence=((1, 7),)))] == [
        "evidence"
    ]


def test_answerable_or_reason(article_and_items: tuple[Article, list[Item]]) -> None:
    article, items = article_and_items
    assert len(found(check_answerable, article, replace(items[3], unanswerable_reason=None))) == 1
    assert len(found(check_answerable, article, replace(items[0], unanswerable_reason="missing_info"))) == 1
    assert len(found(check_answerable, article, replace(items[0], gold=()))) == 2


def test_members_of_a_list_share_no_wording(article_and_items: tuple[Article, list[Item]]) -> None:
    article, items = article_and_items
    members = (Gold(canonical="Iris Umerov"), Gold(canonical="Dorn", aliases=("iris umerov",)))
    ((name, _),) = found(check_overlap, article, replace(items[2], answer_mode="all", gold=members))
    assert name == "overlap"


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Who led the talks?", "Who led talks?", True),
        ("What did the union demand?", "What does the union demand?", True),
        ("Who opposes the plan?", "Who opposed the plan?", True),
        ("What did Umerov tell Dorn?", "What did Dorn tell Umerov?", False),  # the order is the difference
        ("When did it end on Sunday?", "When did it end on Monday?", False),
        ("Is 5 percent enough?", "Is 50 percent enough?", False),
        ("Who left?", "Who left first?", False),
    ],
)
def test_what_counts_as_the_same_question(first: str, second: str, same: bool) -> None:
    article = Article(id="a", text="")
    items = [
        Item(id=f"a-q{n}", article_id="a", question=q, context="", answer_type="span")
        for n, q in enumerate((first, second))
    ]
    assert bool(found(check_duplicates, article, *items)) is same


@pytest.mark.parametrize(
    ("type_", "answer", "told"),
    [
        ("span", "the Port", True),
        ("span", "port authority", False),
        ("number", "1.5", False),  # 1 and 5 stand there, 1.5 does not
        ("choice", "port", False),
        ("number", "5", True),
    ],
)
def test_a_question_must_not_tell_its_answer(type_: str, answer: str, told: bool) -> None:
    item = Item(
        id="a-q1",
        article_id="a",
        question="Which port has 1 or 5 cranes?",
        context="",
        answer_type=type_,
        gold=(Gold(canonical=answer),),
    )
    assert bool(found(check_telling, Article(id="a", text=""), item)) is told


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("The U.S. Navy", "us navy"),
        ("1.5 million", "1.5 million"),
        ("-5", "-5"),
        ("5%", "5%"),
        ("10,000.", "10,000"),
        ("a", ""),
        ("“Çırağan”", "çırağan"),
        ("—", ""),
    ],
)
def test_fold(text: str, plain: str) -> None:
    assert fold(text) == plain
