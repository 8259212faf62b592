"""Configs in a folder of one's own: listed, and known to the hints, like those that come with the package."""

import json

import pytest

from bench.commands._groups import choices, chosen, unknown_option
from bench.paths import configs_dir
from tests.helpers import dateline

pytestmark = pytest.mark.medium


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own")
    for name, text in {
        "mine": "# A reader of ours\n_target_: ours.Mine\nwindow: 3\n",
        "lead": "# Hidden by the one that comes with the package\n_target_: ours.Lead\n",
        "team/deep": "# In a folder below\n_target_: ours.Deep\n",
    }.items():
        file = folder / "conf" / "model" / f"{name}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return folder


@pytest.mark.parametrize(
    "option", [["--config-dir", "conf"], ["--config-dir=conf"], ["-cd", "conf"]], ids=str
)
def test_list_shows_them(place, option):
    done = dateline("list", *option, "what=model", "format=json", cwd=place)
    listed = json.loads(done.stdout)["model"]
    assert listed["mine"] == "A reader of ours"
    assert listed["team/deep"] == "In a folder below"
    assert listed["lead"] == "Answers with the article's first sentence"


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("model=mien", "did you mean 'mine'"),
        ("model=", ", mine, "),
        (
            "model.window=3",
            "model=lexical has no key 'window' (it takes fitted); model=causal, extractive, mine or",
        ),
    ],
)
def test_the_hints_know_them(place, word, message):
    done = dateline("run", "--config-dir", "conf", word, cwd=place)
    assert done.returncode == 2
    assert message in done.stderr
    assert "mine" not in dateline("run", word, cwd=place).stderr


def test_a_key_of_theirs_is_held_against_their_own_keys(place):
    done = dateline("run", "--config-dir", "conf", "model=mine", "model.widnow=1", cwd=place)
    assert "model=mine has no key 'widnow' — did you mean 'window'?" in done.stderr


def test_ours_wins_over_a_namesake(place):
    assert choices("model", [place / "conf"])["lead"] == configs_dir() / "model" / "lead.yaml"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ([], "lexical"),
        (["model=lead"], "lead"),
        (["model=lead", "model=causal"], "causal"),
        (["model=lead,causal"], None),
        (["+experiment=readers"], None),
    ],
    ids=str,
)
def test_the_choice_of_a_command_line(words, name):
    assert chosen("run", "model", words) == name


def test_an_unknown_key_deep_inside_a_config():
    said = unknown_option("dataset", "csv", ["columns", "qestion"])
    assert said == "dataset=csv: columns has no key 'qestion' — did you mean 'question'?"
