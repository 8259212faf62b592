"""The counts on the cards are those of the items; the cards are what they say they are."""

from __future__ import annotations

import functools
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from bench.commands.cards import Config, main
from bench.commands.validate import worth
from bench.datasets.cards import TABLES, fill, size_category, stale, tables
from bench.datasets.dateline import load as load_suite
from bench.errors import DataError, UsageError
from bench.records import Article, Attribution, Dataset, Gold, Item, Sentence
from tests.datasets.suite_records import ROOT
from tests.helpers import dateline

load = functools.cache(load_suite)

CANARY = "dateline-canary acc509d8-58f2-44c7-be65-b7867de14af5"
CARDS = ("CANARY.md", "CHANGELOG.md", "DATASHEET.md", "ERRATA.md", "GUIDELINES.md", "LICENSE.md", "README.md")


def item(n: int, **fields: object) -> Item:
    base = Item(
        id=f"a-q00{n}", article_id="a", question="?", context="One two. Three.", answer_type="span",
        gold=(Gold(canonical="two"),), evidence=((1,),), skills=("what",), difficulty=1, review=("two",),
    )  # fmt: skip
    return replace(base, **fields)


ARTICLE = Article(
    id="a", text="One two. Three.", split="test", fictional=True,
    sentences=(Sentence(n=1, paragraph=1, start=0, end=8), Sentence(n=2, paragraph=1, start=9, end=15)),
)  # fmt: skip
ITEMS = (
    item(1),
    item(2, review=("three",), attribution=Attribution(status="claimed")),
    item(3, answer_type="none", gold=(), unanswerable_reason="missing_info", review=(), evidence=((2,),)),
    item(
        4,
        answer_type="yes_no",
        gold=(Gold(canonical="yes", computed=True),),
        review=("yes",),
        contrast_group="a-g",
    ),
    item(5, status="retired"),
    item(6, answer_type="ambiguous", status="draft"),
)
SMALL = Dataset(name="small", version="2.1.0", articles=(ARTICLE,), items=ITEMS)


def exact(item: Item, text: str) -> float:
    return float(text in {g.canonical for g in item.gold} if item.gold else not text)


def row(table: str, label: str) -> list[str]:
    (line,) = [line for line in table.splitlines() if line.startswith(f"| {label} |")]
    return [cell.strip() for cell in line.strip("|").split("|")][1:]


def test_tables_count_what_is_there() -> None:
    made = tables(SMALL, exact)
    assert tuple(made) == TABLES
    assert made["size"].startswith("Version 2.1.0.")
    # articles, fictional, sentences, words, items (not the retired one), headline items, reviewed items
    assert row(made["size"], "all") == row(made["size"], "test") == ["1", "1", "2", "3", "5", "4", "4"]
    assert row(made["types"], "span") == ["2", "2"]
    assert row(made["reasons"], "missing_info") == ["1", "1"]
    assert row(made["skills"], "what") == ["5", "5"]
    assert row(made["difficulty"], "1") == ["5", "5"]
    assert row(made["shares"], "unanswerable") == ["1", "4", "25.0"]
    assert row(made["shares"], "yes among yes/no") == ["1", "1", "100.0"]
    assert row(made["shares"], "computed among answerable") == ["1", "3", "33.3"]
    assert row(made["shares"], "evidence begins in the first third") == ["3", "4", "75.0"]
    assert row(made["agreement"], "span") == ["1", "2", "50.0"]
    assert row(made["agreement"], "all") == ["2", "3", "66.7"]


def test_a_dataset_without_items_has_tables_too() -> None:
    made = tables(Dataset(name="n", version="0.0.0", articles=(), items=()), exact)
    assert row(made["agreement"], "all") == ["0", "0", "–"]


def test_fill_replaces_between_the_marks_alone() -> None:
    text = "a\n<!-- counts size -->\nold\n<!-- /counts -->\nb\n<!-- counts -->\n<!-- /counts -->\n"
    made = {"size": "S\n", "types": "T\n"}
    filled = fill(text, "CARD.md", made, 3)
    assert (
        filled
        == "a\n<!-- counts size -->\nS\n<!-- /counts -->\nb\n<!-- counts -->\nS\n\nT\n<!-- /counts -->\n"
    )
    assert fill(filled, "CARD.md", made, 3) == filled
    problem = stale(text, filled, "CARD.md")
    assert problem is not None
    assert (problem.where, problem.line, problem.check) == ("CARD.md", 3, "cards")
    assert stale(filled, filled, "CARD.md") is None


def test_fill_keeps_the_size_category_of_a_data_set_card() -> None:
    text = "---\nsize_categories:\n- n<1K\nlicense: x\n---\nsize_categories:\n- n<1K\n"
    assert (
        fill(text, "c", {}, 1_000)
        == "---\nsize_categories:\n- 1K<n<10K\nlicense: x\n---\nsize_categories:\n- n<1K\n"
    )
    assert [size_category(n) for n in (999, 1_000, 5_000_000)] == ["n<1K", "1K<n<10K", "n>1M"]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("\n<!-- counts size -->\nx", 2, "no end"),
        ("<!-- counts size -->\n<!-- counts -->\n<!-- /counts -->\n", 1, "no end"),
        ("<!-- counts sizes -->\n<!-- /counts -->\n", 1, "no table 'sizes'"),
    ],
)
def test_marks_that_are_wrong(text: str, line: int, message: str) -> None:
    with pytest.raises(DataError) as caught:
        fill(text, "CARD.md", {"size": ""}, 1)
    assert caught.value.problems[0].line == line
    assert message in caught.value.problems[0].message


def test_the_shipped_cards_are_up_to_date() -> None:
    made = tables(load(), worth)
    for name in ("README.md", "DATASHEET.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert stale(text, fill(text, name, made, len(load().items)), name) is None
        assert "<!-- counts" in text


@pytest.mark.parametrize("name", CARDS)
def test_every_card_carries_the_canary(name: str) -> None:
    assert CANARY in (ROOT / name).read_text(encoding="utf-8")


def test_no_card_is_left_out() -> None:
    assert tuple(sorted(p.name for p in ROOT.glob("*.md"))) == CARDS


def test_the_readme_is_a_hugging_face_card() -> None:
    # Allowed values: huggingface.co/docs/hub/datasets-cards and hub-docs datasetcard.md
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    _, head, body = text.split("---\n", 2)
    data = yaml.safe_load(head)
    assert data["license"] == "cc-by-4.0"
    assert data["language"] == ["en"]
    assert data["task_categories"] == ["question-answering"]
    assert data["size_categories"] == [size_category(len(load().items))]
    assert data["pretty_name"] == "Dateline"
    splits = {f["split"] for c in data["configs"] for f in c["data_files"]}
    assert splits == {a.split for a in load().articles}
    sections = re.findall(r"^## (.*)$", body, re.MULTILINE)
    assert {"Files and fields", "Splits", "Loading", "Limitations", "Citation"} <= set(sections)


def test_the_hub_library_reads_the_head() -> None:
    from huggingface_hub import DatasetCard

    card = DatasetCard((ROOT / "README.md").read_text(encoding="utf-8"))
    assert card.data.pretty_name == "Dateline"
    assert card.data.task_categories == ["question-answering"]


def test_figures_stand_only_between_the_marks() -> None:
    for name in ("README.md", "DATASHEET.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        outside = re.sub(r"<!-- counts.*?<!-- /counts -->", "", text, flags=re.DOTALL)
        total = len(load().items)
        assert not re.search(rf"\b({total}|{len(load().articles)}) (items|articles|questions)", outside)


def copy(folder: Path) -> Path:
    suite = folder / "suite"
    shutil.copytree(ROOT, suite)
    return suite


def test_the_verb_mends_what_its_check_complains_of(tmp_path: Path) -> None:
    suite = copy(tmp_path)
    card = suite / "README.md"
    fresh = card.read_bytes()
    card.write_bytes(fresh.replace(b"| number | ", b"| number | 9"))
    with pytest.raises(DataError) as caught:
        call(suite, check=True)
    (problem,) = caught.value.problems
    assert problem.where == str(card)
    assert "| number | 9" in card.read_text(encoding="utf-8").split("\n")[(problem.line or 0) - 1]
    assert call(suite, check=False) == 0
    assert card.read_bytes() == fresh
    assert call(suite, check=True) == 0


def test_a_folder_without_cards(tmp_path: Path) -> None:
    suite = copy(tmp_path)
    for path in suite.glob("*.md"):
        path.write_text("No marks.\n")
    with pytest.raises(UsageError, match="no card"):
        call(suite, check=True)


def call(suite: Path, *, check: bool) -> int:
    from omegaconf import OmegaConf

    code: int = main(OmegaConf.structured(Config(path=str(suite), check=check)))["code"]
    return code


@pytest.mark.medium
def test_a_stale_card_exits_3_and_the_hook_passes(tmp_path: Path) -> None:
    suite = copy(tmp_path)
    done = dateline("cards", "path=suite", "check=true", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    card = suite / "DATASHEET.md"
    card.write_text(card.read_text(encoding="utf-8").replace("| all |", "| all | 1", 1), encoding="utf-8")
    done = dateline("cards", "path=suite", "check=true", cwd=tmp_path)
    assert done.returncode == 3
    assert re.search(r"DATASHEET\.md:\d+: the counts are not those of the items", done.stderr)


@pytest.mark.medium
def test_the_cards_that_ship_are_written_from_their_own_checkout_only(tmp_path: Path) -> None:
    done = dateline("cards", cwd=tmp_path)
    assert done.returncode == 2
    assert "name your suite's folder with path=" in done.stderr
    assert dateline("cards", "check=true", cwd=tmp_path).returncode == 0
    suite = copy(tmp_path)
    card = suite / "DATASHEET.md"
    fresh = card.read_bytes()
    card.write_text(card.read_text(encoding="utf-8").replace("| all |", "| all | 1", 1), encoding="utf-8")
    stale = dateline("cards", "path=suite", "check=true", cwd=tmp_path)
    assert "run dateline cards path=suite" in stale.stderr
    done = dateline("cards", "path=suite", cwd=tmp_path)
    assert done.stdout.splitlines()[-1] == "card: suite/DATASHEET.md"
    assert card.read_bytes() == fresh


HOOKS = ROOT.parents[1] / ".pre-commit-hooks.yaml"


@pytest.mark.medium
def test_the_pre_commit_hook_runs_in_a_data_repository(tmp_path: Path) -> None:
    (hook,) = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    assert hook["id"] == "dateline-validate"
    assert hook["language"] == "python"
    words = [*hook["entry"].split(), *hook["args"]]
    assert words[0] == "dateline"
    suite = copy(tmp_path)
    assert dateline(*words[1:], cwd=suite).returncode == 0
    article = suite / "articles" / "ferry-rescue.toml"
    article.write_text(
        article.read_text(encoding="utf-8").replace('split = "dev"', 'split = "train"'), encoding="utf-8"
    )
    done: subprocess.CompletedProcess[str] = dateline(*words[1:], cwd=suite)
    assert done.returncode == 3
    assert "ferry-rescue.toml" in done.stderr
