"""`dateline compare` as a person uses it: runs, folders of scored answers, own data, refusals."""

import json
import re

import pytest
from omegaconf import OmegaConf

from bench.commands.compare import Config, main
from bench.errors import UsageError
from tests.helpers import dateline, tree, write_suite

pytestmark = pytest.mark.medium

SHARED = ("results_dir=results",)
ARTICLES = tuple(f"boats-{n}" for n in range(7))
ROWS = [
    (
        f"q{n}",
        f"How many boats came on day {n}?",
        f"On day {n} there came {n + 3} boats, said Mayor Lind.",
        n + 3,
        n // 2,
    )
    for n in range(16)
]
CSV = "id,question,context,answer,article_id\n" + "".join(
    f'{i},{q},"{c}",{a},a{g}\n' for i, q, c, a, g in ROWS
)
READER = """
def answer(request):
    if "day 5" in request.question:
        raise RuntimeError("no luck <script>alert(1)</script>")
    return "<b>" + request.context.split()[2] + "</b> boats"
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("compare")
    write_suite(folder / "suite", ARTICLES)
    done = dateline("run", "-m", "model=abstain_all,lead,lexical", "dataset.path=suite", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert (
        dateline("run", "model=lead", "dataset.path=suite", "limit=9", "name=part", cwd=folder).returncode
        == 0
    )
    (folder / "my.csv").write_text(CSV)
    (folder / "reader.py").write_text(READER)
    own = ("dataset=csv", "dataset.path=my.csv")
    assert dateline("run", "model=lead", *own, "name=own-lead", cwd=folder).returncode == 0
    done = dateline("run", "model=callable", "model.function=reader:answer", "allow_external_code=true", *own,
                    "name=own-code", cwd=folder)  # fmt: skip
    assert done.returncode == 4, done.stderr
    return folder


def test_why_comes_before_the_figures_and_the_flips(place):
    done = dateline("compare", "a=suite/abstain_all/*", "b=suite/lexical/*", cwd=place)

    assert done.returncode == 0, done.stderr
    order = [
        "(b) against",
        "Why",
        "false abstention",
        "Paired differences",
        "\nheadline",
        "By slice",
        "Flips (",
    ]
    places = [done.stdout.index(text) for text in order]
    assert places == sorted(places)
    assert "expected  Ines Calloway" in done.stdout
    assert "“Harbour master Ines Calloway closed the port of Brennick on Friday.”" in done.stdout


def test_a_against_a_says_identical(place):
    done = dateline("compare", "a=abstain_all", "b=abstain_all", cwd=place)

    assert done.returncode == 0
    assert "The two sides are identical" in done.stdout
    assert "Flips (0)" in done.stdout


def test_files_of_all_forms_are_the_same_every_time(place):
    words = ("compare", "a=abstain_all", "b=lexical")
    assert dateline(*words, "out=one", cwd=place).returncode == 0
    assert dateline(*words, "out=two", cwd=place, env={"PYTHONHASHSEED": "7"}).returncode == 0

    assert set(tree(place / "one")) == {"compare.md", "compare.json", "compare.html", "items.html"}
    assert tree(place / "one") == tree(place / "two")
    found = json.loads((place / "one" / "compare.json").read_text())
    gains = sum(part["a"] - part["b"] for part in found["parts"])
    assert gains == pytest.approx(found["headline"]["difference"]["value"], abs=1e-12)
    assert found["kind"] == "comparison"


def called(**keys):
    """The verb itself, without a process: its outcome, or the error that a process says."""
    return main(OmegaConf.structured(Config(**keys)))


@pytest.mark.parametrize(("form", "start"), [("markdown", "# "), ("json", "{"), ("html", "<!doctype html>")])
def test_a_form_goes_to_stdout(place, monkeypatch, capsys, form, start):
    monkeypatch.chdir(place)

    assert called(a="abstain_all", b="lexical", format=form) == {"code": 0}
    assert capsys.readouterr().out.startswith(start)


def test_one_file_by_its_ending(place):
    done = dateline("compare", "a=abstain_all", "b=lexical", "out=new/only.md", cwd=place)

    assert done.stdout.strip().endswith("report: new/only.md")
    assert set(tree(place / "new")) == {"only.md"}


def test_runs_that_are_not_comparable_exit_7_and_say_why(place):
    done = dateline("compare", "a=suite/lead/*", "b=own-lead", cwd=place)
    assert done.returncode == 2, "two runs of lead on the suite"
    assert "means 2 runs" in done.stderr

    done = dateline("compare", "a=abstain_all", "b=part", cwd=place)
    assert done.returncode == 7
    assert "b is a partial run (limit=9)" in done.stderr
    assert "12 items only in a" in done.stderr

    done = dateline("compare", "a=abstain_all", "b=own-lead", "out=none", cwd=place)
    assert done.returncode == 7
    assert not (place / "none").exists()


def test_own_data_with_failures_and_hostile_answers(place):
    done = dateline("compare", "a=own-lead", "b=own-code", "out=own", cwd=place)

    assert done.returncode == 0, done.stderr
    assert "b: 1 answer failed; counted against it like wrong ones." in done.stdout
    assert "failures and truncation" in done.stdout
    page = (place / "own" / "compare.html").read_text()
    assert "<script" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;alert(1)" in page
    found = json.loads((place / "own" / "compare.json").read_text())
    assert any(flip["b"]["raw"] == "<b>7</b> boats" for flip in found["flips"])


def test_folders_of_scored_answers_are_sides(place):
    for name, shift in (("one", 0), ("two", 1)):
        rows = [{"id": i, "text": str(a + shift * (n % 2))} for n, (i, _, _, a, _) in enumerate(ROWS)]
        (place / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
        done = dateline("score", "dataset=csv", "dataset.path=my.csv", f"predictions={name}.jsonl",
                        f"out=scored-{name}", cwd=place)  # fmt: skip
        assert done.returncode == 0, done.stderr

    done = dateline("compare", "a=scored-one", "b=scored-two", cwd=place)
    assert done.returncode == 0, done.stderr
    assert "difference −50.0 points" in done.stdout
    assert dateline("compare", "a=scored-one", "b=own-code", cwd=place).returncode == 0


def test_three_runs_are_ranked(place):
    done = dateline("compare", "runs=[abstain_all,lexical,suite/lead/*]", cwd=place)
    assert done.returncode == 7, "one of them is partial"

    names = sorted(p.name for p in (place / "results/runs/suite/lead").iterdir())
    whole = next(n for n in names if not (place / "results/runs/suite/lead" / n / "names").exists())
    done = dateline("compare", f"runs=[abstain_all,lexical,{whole}]", "out=ranks", cwd=place)
    assert done.returncode == 0, done.stderr
    assert "rank" in done.stdout
    assert "Pairs (3)" in done.stdout
    found = json.loads((place / "ranks" / "compare.json").read_text())
    assert [len(found["standings"]), len(found["pairs"])] == [3, 3]


def test_where_narrows(place):
    done = dateline("compare", "a=abstain_all", "b=lexical", "where=type=number", cwd=place)
    assert done.returncode == 0
    assert "where type=number" in done.stdout

    done = dateline("compare", "a=abstain_all", "b=lexical", "where=kind=number", cwd=place)
    assert done.returncode == 2
    assert "no field is called 'kind'" in done.stderr


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"a": "lexical"}, "needs a=… and b=…"),
        ({"a": "lexical", "b": "lexicl"}, "did you mean 'lexical'"),
        ({"a": "lexical", "runs": ["a", "b"]}, "not both"),
        ({"runs": "lexical"}, "is one run only"),
        ({"a": "lexical", "b": "lexical", "format": "htm"}, "did you mean 'html'"),
        ({"a": "lexical", "b": "lexical", "out": "x.pdf"}, "ends in .md, .json or .html"),
        ({"a": "lexical", "b": "lexical", "flips": -1}, "0 or more"),
    ],
)
def test_what_cannot_be_meant_is_refused(place, monkeypatch, keys, said):
    monkeypatch.chdir(place)

    with pytest.raises(UsageError, match=re.escape(said)):
        called(**keys)


def test_the_public_api_gives_the_same(place, monkeypatch):
    import bench

    monkeypatch.chdir(place)
    found = bench.compare("abstain_all", bench.load_run("lexical"))

    assert isinstance(found, bench.Comparison)
    assert found.headline.difference.n_items == 21
    with pytest.raises(bench.NotComparable):
        bench.compare("abstain_all", "part")


def test_nothing_heavy_is_imported(place):
    import subprocess
    import sys

    from tests.helpers import ROOT

    code = (
        "import sys; from bench.__main__ import main; code = main(['compare', 'a=abstain_all', 'b=lexical']);"
        "print({'torch', 'transformers', 'datasets', 'evaluate'} & set(sys.modules)); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=place, capture_output=True, text=True, check=True,
                          env={"PYTHONPATH": str(ROOT), "PATH": ""})  # fmt: skip
    assert done.stdout.strip().endswith("set()")
