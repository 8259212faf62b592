"""Authored sources into records: text, sentences, items, spans."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.datasets._values import read_number
from bench.datasets.source import load_source, load_sources
from bench.datasets.spans import Trouble, closest, locate, occurrences
from bench.errors import DataError
from bench.records import Article, Attribution, Item, Sentence
from tests.datasets.source_text import CLEAN, plant, write


@pytest.fixture
def items(tmp_path: Path) -> dict[str, Item]:
    _, items, problems = load_source(write(tmp_path, CLEAN))
    assert problems == []
    return {item.id: item for item in items}


def test_text_is_joined_and_sentences_are_numbered_through(tmp_path: Path) -> None:
    article, _, _ = load_source(write(tmp_path, CLEAN))
    assert article is not None
    assert [(s.n, s.paragraph) for s in article.sentences] == [(1, 1), (2, 1), (3, 2), (4, 2)]
    assert [article.text[s.start : s.end][:8] for s in article.sentences] == [
        "About 34", "The port", "Umerov a", "Dorn den",
    ]  # fmt: skip
    assert article.text.count("\n\n") == 1
    assert "said. The port" in article.text
    assert article.text.endswith("he counted 12.")


def test_article_fields(tmp_path: Path) -> None:
    article, _, _ = load_source(write(tmp_path, CLEAN))
    assert article is not None
    assert (article.id, article.split, article.genre) == ("harbour-strike", "dev", "hard_news")
    assert (article.published, article.published_precision, article.fictional) == ("2031-03-12", "day", True)


def test_item_fields(items: dict[str, Item]) -> None:
    item = items["harbour-strike-q001"]
    gold = item.gold[0]
    assert (gold.canonical, gold.aliases, gold.unit, gold.bound) == (
        "about 340", ("340", "around 340"), "docker", "approx",
    )  # fmt: skip
    assert gold.value == 340  # read off the answer
    assert item.attribution == Attribution(status="claimed", holder="the union")
    assert (item.split, item.status, item.review) == ("dev", "active", ("340",))
    assert item.contrast_group == "harbour-strike-crowd"  # groups of two articles stay apart


def test_span_is_the_texts_own_spelling(items: dict[str, Item]) -> None:
    (span,) = items["harbour-strike-q001"].gold[0].spans
    assert (span.start, span.end, span.text) == (0, 9, "About 340")


def test_defaults_by_type(items: dict[str, Item]) -> None:
    assert items["harbour-strike-q003"].answer_mode == "all_keyed"
    assert [g.key for g in items["harbour-strike-q003"].gold] == ["dockers", "port"]
    assert items["harbour-strike-q004"].gold == ()
    assert not items["harbour-strike-q004"].answerable
    assert items["harbour-strike-q002"].gold[0].bound == "exact"
    judged = [items[f"harbour-strike-{q}"].gold[0] for q in ("q006", "q008", "q009")]
    assert all(g.computed and g.spans == () for g in judged)
    assert items["harbour-strike-q008"].requires_context == ("body", "published")
    assert items["harbour-strike-q003"].evidence == ((1, 2),)


@pytest.mark.parametrize(
    ("occurrence", "texts"),
    [("1", ["on"]), ("2", ["on"]), ('"all"', ["on", "on"])],
)
def test_occurrence_picks(occurrence: str, texts: list[str], tmp_path: Path) -> None:
    source = plant("Customs House on Monday", "Customs House on Monday, Customs House first")
    source = source.replace(
        'answer = "Customs House"', f'answer = "Customs House"\noccurrence = {occurrence}'
    )
    _, items, problems = load_source(write(tmp_path, source))
    assert problems == []
    spans = items[-1].gold[0].spans
    assert len(spans) == len(texts)
    text = items[-1].context
    assert spans[0].start == (text.rindex if occurrence == "2" else text.index)("Customs House")


def test_ambiguous_occurrence_names_the_sentences(tmp_path: Path) -> None:
    source = plant("evidence = [2]", "evidence = [[1, 2]]").replace("he counted 12.", "120.")
    source = source.replace("secretary Iris", "secretary, 120 Iris")
    _, _, problems = load_source(write(tmp_path, source))
    messages = [p.message for p in problems if p.item == "q002"]
    assert messages == ["'120' occurs 2 times in the evidence (sentences 1, 2)"]


def test_alternative_evidence_holds_the_answer_once_each(tmp_path: Path) -> None:
    source = plant("evidence = [2]", "evidence = [[1], [2]]").replace("secretary Iris", "secretary, 120 Iris")
    _, items, problems = load_source(write(tmp_path, source))
    assert problems == []
    assert len(items[1].gold[0].spans) == 2


def test_answer_outside_its_evidence_is_pointed_to(tmp_path: Path) -> None:
    _, _, problems = load_source(write(tmp_path, plant("evidence = [2]", "evidence = [1]")))
    assert [p.message for p in problems] == [
        "answer '120' does not occur in the evidence sentences; it stands in sentence 2"
    ]


def test_item_with_unknown_span_is_kept_one_with_a_broken_table_is_not(tmp_path: Path) -> None:
    source = plant('answer = "Customs House"', 'answer = "Guildhall"').replace(
        "difficulty = 3", "difficulty = 4"
    )
    _, items, problems = load_source(write(tmp_path, source))
    assert {p.check for p in problems} == {"span", "structure"}
    assert {"harbour-strike-q010"} <= {i.id for i in items}
    assert not {"harbour-strike-q005", "harbour-strike-q008"} & {i.id for i in items}


def test_folder_in_name_order_with_all_problems(tmp_path: Path) -> None:
    write(tmp_path, CLEAN.replace('id = "harbour-strike"', 'id = "a-strike"'), "a-strike.toml")
    write(tmp_path, plant("value = 120", "value = nan"))
    (tmp_path / "notes.txt").write_text("not a source")
    articles, items, problems = load_sources(tmp_path)
    assert [a.id for a in articles] == ["a-strike", "harbour-strike"]
    assert len(items) == 19
    assert [Path(p.where).name for p in problems] == ["harbour-strike.toml"]


def test_folder_that_is_not_there(tmp_path: Path) -> None:
    _, _, problems = load_sources(tmp_path / "none")
    assert [str(p) for p in problems] == [f"{tmp_path}/none: no such folder; check the path"]


@pytest.mark.parametrize(
    ("text", "wanted", "starts"),
    [
        ("52 of 520", "52", [0]),
        ("1,052 and 52.5 and 52", "52", [19]),
        ("at 10:52", "52", []),
        ("52.", "52", [0]),
        ("Kyiv's men", "Kyiv", [0]),
        ("Umerovs", "Umerov", []),
        ("The port, the port", "the port", [10]),  # exact letters win
        ("The port", "the port", [0]),
        ("Cafe\u0301s", "Cafe", []),  # a combining mark belongs to its letter
        ("$5bn", "$5", []),
        ("a.b", "", []),
        ("(U.S.) said", "U.S.", [1]),
    ],
)
def test_occurrences(text: str, wanted: str, starts: list[int]) -> None:
    assert [s.start for s in occurrences(text, wanted)] == starts


def test_closest() -> None:
    assert closest("Rustem Umerov, who spoke.", "Umarov") == "Umerov"
    assert closest("Rustem Umerov, who spoke.", "Rustam Umarov") == "Rustem Umerov"
    assert closest("Nothing like it", "52") is None
    assert closest("a " * 5000, "b") is None  # too long to search


def test_locate_without_evidence_has_no_span() -> None:
    article = Article(id="a", text="One.", sentences=(Sentence(n=1, paragraph=1, start=0, end=4),))
    assert locate(article, [], ["One"]) == ()
    assert isinstance(locate(article, [], ["One"], "all"), Trouble)


def test_dateline_loads_any_folder_of_sources(tmp_path: Path) -> None:
    from bench.datasets.dateline import load

    folder = tmp_path / "mine"
    (folder / "articles").mkdir(parents=True)
    write(folder / "articles", CLEAN)
    (folder / "VERSION").write_text("1.2.3\n")
    data = load(str(folder))
    assert (data.name, data.version, len(data.articles), len(data.items)) == ("mine", "1.2.3", 1, 10)
    assert load(str(folder / "articles")).version == "0.0.0"


def test_dateline_raises_all_problems_but_no_questions_of_style(tmp_path: Path) -> None:
    from bench.datasets.dateline import load

    write(tmp_path, plant('"XXXX-03-11"', '"soon"').replace("value = 120", "value = nan"))
    (tmp_path / "VERSION").write_text("one")
    with pytest.raises(DataError) as raised:
        load(str(tmp_path))
    assert [p.field for p in raised.value.problems] == ["value", "edtf", None]
    write(tmp_path, plant("tugs lay idle?", "tugs lay idle"))
    (tmp_path / "VERSION").unlink()
    assert len(load(str(tmp_path)).items) == 10


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        ("52", 52),
        ("about 1,000 dockers", 1000),
        ("−4.5 percent", -4.5),
        ("1.5 million crowns", 1.5e6),
        ("$2.5bn", 2.5e9),
        ("20-minute", 20),
        ("5 m", 5),  # metres, for all we know
        ("fifty-two", None),
        ("52 to 80", None),
        ("2-1", None),
        ("10:30", None),
        ("1/3", None),
        ("the 11th", None),
        ("3 quarters", None),
        ("Route E45", None),
    ],
)
def test_read_number(answer: str, value: float | None) -> None:
    assert read_number(answer) == value
