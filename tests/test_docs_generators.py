"""What docs/generators.md and docs/prompts.md promise a newcomer: the files in them are run as they stand."""

import re

import pytest

from bench.build import catalogue
from tests.helpers import ROOT, dateline, write_suite

pytestmark = pytest.mark.medium
PAGE = (ROOT / "docs" / "generators.md").read_text("utf-8")
PROMPTS = (ROOT / "docs" / "prompts.md").read_text("utf-8")
FILE = re.compile(r"^`([\w/.-]+)`[^\n]*\n\n```(?:python|yaml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("newcomer")
    write_suite(folder / "suite")
    for name, text in [*FILE.findall(PAGE), *FILE.findall(PROMPTS)]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def test_an_adapter_of_ones_own_takes_ten_lines(place):
    lines = [line for line in (place / "my_reader.py").read_text().splitlines() if line.strip()]
    assert len(lines) <= 10
    words = ("--config-dir", "conf", "model=my_reader", "dataset.path=suite")
    refused = dateline("run", *words, cwd=place)
    assert refused.returncode == 2
    assert "allow_external_code=true" in refused.stderr
    done = dateline("run", *words, "allow_external_code=true", cwd=place)
    assert done.returncode == 0, done.stderr
    (file,) = (place / "results").glob("runs/*/myreader/*/predictions.jsonl")
    assert '"text":"Harbour master Ines Calloway"' in file.read_text()


def test_a_prompt_and_a_model_of_ones_own_are_one_file_each(place):
    shown = dateline(
        "show", "--config-dir", "conf", "item=q002", "prompt=mine", "dataset.path=suite", cwd=place
    )
    assert shown.returncode == 0, shown.stderr
    assert "You are a careful news editor." in shown.stdout
    assert "in as few words as you can: How many boats were late?" in shown.stdout
    done = dateline("run", "--config-dir", "conf", "model=small-chat", "dataset.path=suite", cwd=place)
    assert done.returncode == 2
    assert "model.name path/to/your-model: no such folder" in done.stderr


def test_every_prompt_is_described():
    assert set(re.findall(r"^\| `(\w+)` \|", PROMPTS, re.MULTILINE)) == set(catalogue("prompt"))
