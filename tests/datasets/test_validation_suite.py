"""Every check over a whole folder sees its fault; the shipped suite has none."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bench.commands.validate import through_storage, worth
from bench.datasets.validation import validate
from bench.datasets.validation.suite import check_folder
from bench.datasets.validation.suite_articles import shingles
from bench.datasets.validation.suite_reviews import agrees
from bench.records import Article, Gold, Item
from tests.datasets.source_text import CLEAN, line_of, score, write
from tests.datasets.suite_records import (
    ROOT,
    article_of,
    changed,
    named,
    names,
    shipped,
    with_article,
    with_items,
)

OTHER = CLEAN.replace('id = "harbour-strike"', 'id = "other"')


def test_the_shipped_suite_has_no_problem() -> None:
    assert validate(ROOT, score=worth, round_trip=through_storage) == []


def test_the_shipped_suite_gets_every_tier() -> None:
    folder = shipped()
    assert folder.versioned
    assert folder.complete
    assert folder.headline >= 100


def write_other(folder: Path, text: str) -> None:
    write(folder, CLEAN)
    write(folder, text, "other.toml")


def test_a_template_rendered_twice_across_splits(tmp_path: Path) -> None:
    text = (
        OTHER.replace('split = "dev"', 'split = "test"')
        .replace("Umerov", "Lindgard")
        .replace("Dorn", "Quist")
    )
    text = (
        text.replace("340", "560")
        .replace("Vellmar", "Ostrow")
        .replace("11 March", "12 March")
        .replace("-03-11", "-03-12")
    )
    write_other(tmp_path, text)
    (problem,) = validate(tmp_path, score=score)
    assert (problem.check, Path(problem.where).name, problem.line) == (
        "split",
        "other.toml",
        line_of(text, "split ="),
    )
    assert problem.fix is not None
    assert "that one is dev" in problem.fix


def test_near_duplicates_within_a_split(tmp_path: Path) -> None:
    write_other(tmp_path, OTHER)
    (problem,) = validate(tmp_path, score=score)
    assert (problem.check, problem.line) == ("near_duplicate", line_of(OTHER, "text = "))


def test_files_given_one_by_one_are_no_folder(tmp_path: Path) -> None:
    write_other(tmp_path, OTHER)
    assert validate([tmp_path / "harbour-strike.toml", tmp_path / "other.toml"], score=score) == []


def test_shingles_mask_names_and_numbers() -> None:
    assert shingles("The 52 drones of Ukraine were shot down.") == shingles(
        "The 7 drones of Norway were shot down."
    )
    assert shingles("The 52 drones of Ukraine were shot down.") != shingles(
        "The 52 boats of Ukraine were shot down."
    )
    assert shingles("Ines Calloway, Oskar Lind, Maren Oduvall.") == frozenset()


def lengthened(name: str, sentence: str, **fields: object) -> list[tuple[str, str | None, int | None]]:
    """What is found when a sentence is added to the last one of an article."""
    article = next(article_of(s) for s in shipped().sources if named(s, name))
    last = article.sentences[-1]
    text = f"{article.text} {sentence}"
    sentences = (*article.sentences[:-1], replace(last, end=len(text)))
    folder = with_article(name, text=text, sentences=sentences, **fields)
    return [(p.check, p.value, p.line) for p in check_folder(folder) if p.where.endswith(f"{name}.toml")]


def test_a_name_of_the_factual_article_in_an_invented_one() -> None:
    ((check, value, line),) = lengthened("ferry-rescue", "So said Medinsky's office.")
    assert (check, value) == ("real_name", "Medinsky")
    assert line is not None
    assert lengthened("ferry-rescue", "So said the Prime Minister on Monday.") == []


def test_a_surname_of_another_article() -> None:
    ((check, value, _),) = lengthened("ferry-rescue", "So said Anna Strautmal.")
    assert (check, value) == ("surname", "Strautmal")


def test_the_canary_in_a_text_and_in_a_question() -> None:
    uuid = "acc509d8-58f2-44c7-be65-b7867de14af5"
    assert [c for c, _, _ in lengthened("ferry-rescue", f"See {uuid}.")] == ["canary"]
    folder = with_items(lambda i: replace(i, question=f"{uuid}?") if i.id == "ferry-rescue-q001" else i)
    (problem,) = check_folder(folder)
    assert (problem.check, problem.item, problem.field) == ("canary", "q001", "question")


def test_what_storage_changes() -> None:
    def lossy(article: Article, items: Sequence[Item]) -> tuple[Article, list[Item]]:
        return article, [replace(i, note=None) for i in items]

    def short(article: Article, items: Sequence[Item]) -> tuple[Article, list[Item]]:
        return replace(article, title=""), list(items[1:])

    noted = sum(i.note is not None for s in shipped().sources for i in s.items)
    found = list(check_folder(shipped(), round_trip=lossy))
    assert names(found) == {"round_trip"}
    assert len(found) == noted
    assert all(p.line and p.item for p in found)
    assert len(list(check_folder(shipped(), round_trip=short))) == 2 * len(shipped().sources)


@pytest.mark.parametrize("group", [None, "ferry-rescue-alone"])
def test_unanswerable_without_a_twin(group: str | None) -> None:
    item = next(i for s in shipped().sources if named(s, "ferry-rescue") for i in s.items if not i.gold)
    folder = with_items(lambda i: replace(i, contrast_group=group) if i.id == item.id else i)
    (problem,) = check_folder(folder)
    assert (problem.check, problem.item) == ("twin", item.id.removeprefix("ferry-rescue-"))
    assert problem.line
    assert list(check_folder(replace(folder, versioned=False))) == []


def test_no_twin_is_missed_in_a_file_that_could_not_be_read_whole() -> None:
    folder = with_items(lambda i: None if i.article_id == "ferry-rescue" and i.gold else i)
    assert "twin" in names(list(check_folder(folder)))
    half = replace(
        folder, sources=tuple(replace(s, complete=not named(s, "ferry-rescue")) for s in folder.sources)
    )
    assert list(check_folder(half)) == []


def test_too_many_items_on_one_sentence() -> None:
    def pile(name: str) -> list[tuple[str, str | None]]:
        folder = with_items(lambda i: replace(i, evidence=((15,),)) if i.article_id == name else i)
        return [(p.check, p.value) for p in check_folder(folder)]

    assert pile("ferry-rescue") == [("sentence_load", "15")]
    assert pile("istanbul-talks") == []  # by its size


def test_active_without_a_second_answer() -> None:
    folder = with_items(lambda i: replace(i, review=()) if i.id == "ferry-rescue-q002" else i)
    (problem,) = check_folder(folder)
    assert (problem.check, problem.item, problem.field) == ("review", "q002", "review")
    draft = with_items(lambda i: replace(i, review=(), status="draft") if i.id == "ferry-rescue-q002" else i)
    assert list(check_folder(draft)) == []


def test_a_second_answer_that_is_wrong() -> None:
    folder = with_items(
        lambda i: replace(i, review=(*i.review, "Nobody")) if i.id == "ferry-rescue-q001" else i
    )
    (problem,) = check_folder(folder, score=worth)
    assert (problem.check, problem.item, problem.field, problem.value) == (
        "agreement",
        "q001",
        "review[2]",
        "Nobody",
    )
    assert list(check_folder(folder)) == []  # nobody there to score it


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("52", True),
        ("80", False),
        ("52 | also: 80", True),
        ("80 | also: 52", False),
    ],
)
def test_which_second_answers_agree(said: str, right: bool) -> None:
    item = Item(
        id="a-q001",
        article_id="a",
        question="?",
        context="",
        answer_type="number",
        gold=(Gold(canonical="52"),),
    )
    assert agrees(item, said, lambda item, text: float(text == item.gold[0].canonical)) is right


def test_folder_problems_come_last_and_name_the_folder(tmp_path: Path) -> None:
    shutil.copytree(ROOT, tmp_path / "suite")
    for path in sorted((tmp_path / "suite" / "articles").glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('answer = "no"\n', 'answer = "yes"\n'), encoding="utf-8")
    problems = validate(tmp_path / "suite")
    assert (problems[-1].check, problems[-1].where, problems[-1].line) == (
        "yes_no_share",
        str(tmp_path / "suite"),
        None,
    )
    assert all(p.where != str(tmp_path / "suite") for p in problems[:-1])


def test_shares_wait_until_every_file_can_be_read() -> None:
    def all_yes(item: Item) -> Item:
        return (
            replace(item, gold=(replace(item.gold[0], canonical="yes"),))
            if item.answer_type == "yes_no"
            else item
        )

    assert names(list(check_folder(with_items(all_yes)))) == {"yes_no_share"}
    broken = with_items(all_yes)
    first = replace(broken.sources[0], complete=False)
    assert list(check_folder(replace(broken, sources=(first, *broken.sources[1:])))) == []


def test_a_small_folder_has_no_shares() -> None:
    few = changed(lambda s: s if named(s, "ferry-rescue") else replace(s, items=()))
    assert few.headline < 100
    assert list(check_folder(few)) == []
