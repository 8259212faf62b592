"""The pages for newcomers: every command of the tutorial runs, and what the pages quote is what the commands print."""

import re
import subprocess
import sys

import pytest
import yaml

import bench
from bench.commands._explain import top_level_keys
from bench.diagnosis.labels import DIAGNOSES
from tests.helpers import ROOT

DOCS = ROOT / "docs"
NEW = ("quickstart.md", "tutorial.md", "reading-a-report.md", "citing.md")
FILE = re.compile(r"^`([\w/.-]+)`\n\n```(?:csv|json)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHELL = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
QUOTED = re.compile(r"^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def page(name):
    return (DOCS / name).read_text("utf-8")


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """Everything that the tutorial's commands print and the Markdown that they write, in an empty folder."""
    place = tmp_path_factory.mktemp("tutorial")
    for name, text in FILE.findall(page("tutorial.md")):
        (place / name).write_text(text)
    commands = "".join(SHELL.findall(page("tutorial.md")))
    assert len(commands.splitlines()) >= 12
    head = f'set -eu\ndateline() {{ "{sys.executable}" -m bench "$@"; }}\n'
    done = subprocess.run(
        ["bash", "-c", head + commands], cwd=place, capture_output=True, text=True, timeout=500, check=False,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "COLUMNS": "120", "LC_ALL": "C.UTF-8", "HOME": str(place)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert (place / "reports").is_dir()
    assert (place / "results" / "leaderboard.tex").is_file()
    return done.stdout + "".join(p.read_text() for p in sorted(place.glob("reports/*/*.md")))


def squeezed(line):
    return " ".join(re.sub("[█░▏▎▍▌▋▊▉]", "", line).split())


@pytest.mark.medium
def test_what_the_pages_quote_is_what_the_commands_print(printed):
    lines = {squeezed(line) for line in printed.splitlines()}
    quoted = [line for block in QUOTED.findall(page("reading-a-report.md")) for line in block.splitlines()]
    assert len(quoted) > 15
    assert [line for line in quoted if squeezed(line) not in lines] == []


def test_every_key_in_these_pages_exists():
    found = 0
    for name in NEW:
        for verb, words in re.findall(r"dateline ([a-z]+) ([^`\n]*)", page(name)):
            if "=" not in words:
                continue
            groups = {p.name for p in (ROOT / "configs").iterdir() if p.is_dir()}
            keys = re.findall(r"(?:^| )([a-z_]+)[a-z_.]*=", words.split(" #")[0])
            assert set(keys) <= top_level_keys(verb) | groups | {"from"}, (name, words)
            found += 1
    assert found > 12


def test_links_lead_somewhere_and_every_page_is_listed_in_the_readme():
    for name in NEW:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page(name)):
            assert (DOCS / target).exists(), (name, target)
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [p.name for p in DOCS.glob("*.md") if f"docs/{p.name}" not in readme] == []


def test_diagnoses_that_the_page_names_exist():
    named = set(re.findall(r"`([a-z]+(?:_[a-z]+)+)`", page("reading-a-report.md"))) - {"abstain_all"}
    assert named <= set(DIAGNOSES)


def test_the_citation_is_a_citation_file_of_this_version():
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= set(cited)  # what the format requires
    assert cited["cff-version"] == "1.2.0"
    assert cited["authors"] == [{"name": "The Dateline authors"}]
    assert str(cited["version"]) == bench.__version__
    assert cited["license"] == "MIT"
    assert "doi" not in cited
    assert f"version = {{{bench.__version__}}}" in page("citing.md")
    assert cited["title"] in page("citing.md")
