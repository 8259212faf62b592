"""From a word to a scored run: folders of runs and of scored files, labels, globs."""

import json
import re
import shutil

import pytest

from bench.api import run
from bench.comparing.comparable import differences
from bench.comparing.pairing import pair
from bench.errors import IncompleteRun, StorageError, UsageError
from bench.models.lead import Lead
from bench.models.random_span import RandomSpan
from bench.sides import load_side, load_sides
from tests.comparing.makers import dataset
from tests.helpers import dateline

DATA = dataset()


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sides")
    run(DATA, Lead(), results_dir=folder)
    for seed in (1, 2):
        run(DATA, RandomSpan(seed=seed), results_dir=folder)
    return folder


def test_a_model_a_folder_a_glob_and_one_way_of_scoring_are_words(results):
    (place,) = (results / "runs").glob("*/lead/*")
    (scores,) = place.glob("scores/*")

    views = [
        load_side(word, results) for word in ("lead", str(place), "made/lead/*", place.name, str(scores))
    ]

    assert all(v == views[0] for v in views)
    assert views[0].manifest["model"]["name"] == "lead"


def test_several_runs_each_once_on_the_same_items_in_memory(results):
    views = load_sides(["lead", "made/*/*"], results)

    assert [v.manifest["model"]["name"] for v in views] == ["lead", "randomspan", "randomspan"]
    assert views[0].dataset is views[2].dataset
    assert pair(views).values("correct").shape == (3, 16)


def test_one_side_cannot_be_two_runs(results):
    with pytest.raises(UsageError, match="'randomspan' means 2 runs"):
        load_side("randomspan", results)


def test_what_means_no_run_is_refused(results):
    with pytest.raises(UsageError, match=r"no run matches 'leed'.*did you mean 'lead'"):
        load_side("leed", results)


def test_an_open_run_is_not_finished(results, tmp_path):
    place = tmp_path / "runs" / "made" / "lead" / ("0" * 12)
    place.mkdir(parents=True)
    (place / "plan.json").write_text("{}")

    with pytest.raises(IncompleteRun, match="not finished"):
        load_side("lead", tmp_path)


CSV = "id,question,context,answer,article_id\n" + "".join(
    f"q{n},How many boats came on day {n}?,On day {n} there came {n + 3} boats.,{n + 3},a{n % 3}\n"
    for n in range(9)
)


@pytest.fixture(scope="module")
def scored(tmp_path_factory):
    place = tmp_path_factory.mktemp("scored")
    (place / "my.csv").write_text(CSV)
    answers = [{"id": f"q{n}", "text": f"**{n + 3}** boats"} for n in range(8)]
    (place / "p.jsonl").write_text("".join(json.dumps(row) + "\n" for row in answers))
    words = ("score", "dataset=csv", "dataset.path=my.csv", "predictions=p.jsonl", "split=all")
    assert dateline(*words, "out=one", cwd=place).returncode == 4
    assert dateline("run", "model=lead", *words[1:3], "split=all", cwd=place).returncode == 0
    return place


@pytest.mark.medium
def test_a_scored_file_is_a_side_without_the_file_and_the_data(scored):
    view = load_side(str(scored / "one"), scored / "results")

    assert [p.text for p in view.predictions.values()][:2] == ["**3** boats", "**4** boats"]
    assert view.scores[0].answer.text == "3 boats"
    assert view.scores[8].answer.failed, "what is missing counts as failed"
    assert view.items["q0", "none"].context == "On day 0 there came 3 boats."
    assert view.summary.counts["failed"] == 1


@pytest.mark.medium
def test_a_scored_file_and_a_run_are_comparable(scored):
    one, two = load_sides([str(scored / "one"), "lead"], scored / "results")

    assert differences(one, two) == []
    assert pair([one, two]).values("correct")[0].tolist() == [1.0] * 8 + [0.0]


@pytest.mark.medium
def test_an_edited_or_old_folder_is_refused(scored):
    assert dateline("score", "dataset=csv", "dataset.path=my.csv", "predictions=p.jsonl", "split=all", "out=two",
                    cwd=scored).returncode == 4  # fmt: skip
    place = scored / "two"
    (place / "scores.jsonl").write_text(
        (place / "scores.jsonl").read_text().replace('"correct":0.0', '"correct":1.0')
    )
    with pytest.raises(StorageError, match="edited after sealing"):
        load_side(str(place), scored / "results")
    manifest = json.loads((place / "manifest.json").read_text())
    del manifest["files"]["data.jsonl.gz"]
    (place / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(StorageError, match="written by an earlier version; score the file again"):
        load_side(str(place), scored / "results")


def test_several_runs_are_told_apart_by_the_words_to_type(results):
    with pytest.raises(UsageError) as error:
        load_side("randomspan", results)
    head, one, two = str(error.value).splitlines()
    assert head.endswith("write one of these instead:")
    assert {re.search(r"seed=(\d)", line)[1] for line in (one, two)} == {"1", "2"}
    for line in (one, two):
        word, said = line.split("  ")[1:]
        assert said.startswith("whole, 16 answers on made 1, split=")
        assert load_side(word, results).manifest["run_id"].startswith(word.rpartition("/")[2])
    assert "lead" not in str(error.value)


def test_the_only_whole_run_among_parts_is_named(tmp_path):
    run(DATA, Lead(), results_dir=tmp_path)
    (whole,) = (tmp_path / "runs").glob("made/lead/*")
    (whole / "names").write_text("all\n")
    other = whole.with_name("0" * 12)
    shutil.copytree(whole, other)
    manifest = json.loads((other / "manifest.json").read_text())
    manifest["dataset"] |= {"partial": True, "limit": 5, "where": "type=number"}
    (other / "manifest.json").write_text(json.dumps(manifest))
    (other / "names").write_text("quick\n")
    open_one = whole.with_name("1" * 12)
    open_one.mkdir()
    (open_one / "plan.json").write_text((whole / "manifest.json").read_text())
    broken = whole.with_name("2" * 12)
    broken.mkdir()
    (broken / "manifest.json").write_text("{}")

    with pytest.raises(UsageError) as error:
        load_side("lead", tmp_path)
    lines = {line.split()[0]: line for line in str(error.value).splitlines()[1:-1]}

    assert "  partial: where=type=number limit=5, " in lines[f"made/lead/{other.name}"]
    assert lines[f"made/lead/{other.name}"].endswith(", name=quick")
    assert ", not finished, " in lines[f"made/lead/{open_one.name}"]
    assert "damaged; see `dateline verify`" in lines[f"made/lead/{broken.name}"]
    assert str(error.value).endswith(f"\nthe only whole one is made/lead/{whole.name}")
    assert load_side("all", tmp_path).manifest["run_id"].startswith(whole.name)
