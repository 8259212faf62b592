"""Wrong words on the command line: exit 2, the nearest right word, nothing written."""

import subprocess
import sys

import pytest

from bench.__main__ import main, overview, verbs
from bench.commands._explain import unknown_words
from tests.helpers import ROOT, dateline, write_suite


@pytest.mark.medium
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["run", "modle=lead"], "did you mean 'model'"),
        (["run", "model=lexcal"], "did you mean 'lexical'"),
        (["run", "metric=[correct,ff]"], "no metric is called 'ff'"),
        (["run", "dataset.pth=x"], "'pth'"),
        (["run", "+modle=lead"], "did you mean 'model'"),
        (["run", "--mulitrun"], "did you mean '--multirun'"),
        (["run", "lexical"], "not key=value"),
        (["run", "limit=abc"], "limit"),
        (["run", "limit=0"], "at least 1"),
        (["run", "limit=[1"], "limit=\\[1: cannot be read: a bracket or quote is left open"),
        (["run", "limit="], "limit=: must be a whole number"),
        (["run", "limit=5,6"], "dateline run -m limit=5,6"),
        (["run", "limit=choice(1,2)"], "dateline run -m limit=choice"),
        (["run", "limit.x=3"], "limit has no parts; it must be a whole number"),
        (["run", "cache=maybe"], "cache=maybe: must be true or false"),
        (["run", "seed=null"], "seed=null: must be a whole number, such as seed=10$"),
        (["run", "~limit"], "cannot be taken out"),
        (["run", "model@x=lead"], "no key is called 'model@x' — did you mean 'model'"),
        (["leaderboard", "yardsticks=lead"], "must be a list"),
        (["leaderboard", "yardsticks=lead,lexical"], r"yardsticks=\[lead,lexical\]"),
        (
            ["run", "model=lexical", "model.name=x"],
            "model=lexical has no key 'name' .it takes fitted.; model=causal",
        ),
        (["run", "model=causal", "model.nme=x"], "model=causal has no key 'nme' — did you mean 'name'"),
        (
            ["run", "-m", "model=lead,lexical", "model.name=x"],
            "the model chosen has no key 'name'; model=causal",
        ),
        (["run", "metric.evaluate.path=x"], r"metric=\[…,evaluate\]"),
        (["gate", "gate.ceilings.seconds_p95=4"], r"takes a plus: \+gate.ceilings.seconds_p95="),
        (["run", "dataset=csv"], "dataset.path"),
        (["run", "split=tset"], "it has dev, test"),
        (["run", "where=typ=number"], "did you mean 'type'"),
        (["run", "replicates=2", "model=lead"], "draws at random"),
        (["run", "name=a b"], "label"),
        (["run", "name=../x"], "label"),
        (["run", "model._target_=os.system"], "outside bench"),
        (["run", "model._target_=bench.store.files.os.remove"], "not defined in|cannot be imported"),
        (["run", "model._target_=bench.paths.find_data"], "relative"),
        (["run", "model._target_=bench.models.nothing.Here"], "cannot be imported"),
        (["run", "-m", "model=lead,lexcal"], "did you mean 'lexical'"),
        (["show"], "item="),
        (["show", "item=istanbul-talks-q9999"], "no item"),
        (["show", "article=istanbul"], "did you mean 'istanbul-talks'"),
        (["score"], "runs"),
        (["score", "runs=nothing"], "no run matches"),
        (["runs", "format=xml"], "table or json"),
        (["list", "what=modell"], "did you mean 'model'"),
        (["run", "threshold=dev", "split=all"], "may not be chosen on the items"),
        (["run", "threshold=dev", "split=dev"], "may not be chosen on the items"),
        (["fit", "split=test"], "never"),
        (["fit", "split=all"], "never"),
        (["fit", "model=lead"], "nothing to fit"),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, list) else None,
)
def test_wrong_words(tmp_path, words, message):
    import re

    done = dateline(*words, cwd=tmp_path)
    assert done.returncode == 2, done.stdout + done.stderr
    assert re.search(message, done.stderr), done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["run", "model="], "model=: names no model; choose one of abstain_all, callable"),
        (["run", "model=null"], "model=null: names no model"),
        (["run", "metric="], "or several as a list: metric=["),
        (["run", "report=null"], "report=null: names no report"),
        (["export", "to="], "names no export format; choose one of croissant"),
        (["run", "experiment="], "names no experiment"),
        (
            ["run", "model=[lead,lexical]"],
            "one at a time; to try each of them: dateline run -m model=lead,lexical",
        ),
        (["run", "model=lead,lexical"], "dateline run -m model=lead,lexical"),
        (["run", "metric=correct,em"], "several go into a list: metric=[correct,em]"),
        (["run", "model=5"], "no model is called '5'"),
        (["run", "model={}"], "no model is called '{}'"),
        (["run", "~model"], "run needs a model"),
        (["run", "+model=lead"], "without the plus: model=lead"),
        (["run", "=lead"], "'=lead' is not key=value"),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, list) else None,
)
def test_a_group_that_is_set_to_nothing_or_to_too_much(words, message):
    assert message in str(unknown_words(words[0], words[1:]))


@pytest.mark.parametrize(
    "words",
    [
        ["run", "report=[]"],
        ["run", "metric=[correct,em]"],
        ["run", "-m", "model=lead,lexical"],
        ["run", "-m", "metric=[correct],[correct,em]"],
        ["run", "model=choice(lead,lexical)"],  # Hydra says what that is
        ["run", "experiment=[smoke,noise]"],
        ["run", "~report"],
    ],
    ids=" ".join,
)
def test_a_group_that_is_set_as_it_may_be(words):
    assert unknown_words(words[0], words[1:]) is None


def test_unknown_verb(capsys):
    assert main(["rnu"]) == 2
    assert "did you mean 'run'" in capsys.readouterr().err


def test_help_names_every_verb():
    assert all(f"  {verb} " in overview() for verb in verbs())


@pytest.mark.parametrize("verb", sorted(verbs()))
def test_verb_help_lists_its_keys(verb, capsys):
    from bench.commands._explain import top_level_keys

    assert main([verb, "--help"]) == 0
    text = capsys.readouterr().out
    assert all(key in text for key in top_level_keys(verb))


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["run", "--help"], ["nonsense"]])
def test_front_door_imports_the_standard_library_alone(words):
    script = (
        "import sys; from bench.__main__ import main; main(sys.argv[1:]); "
        "print(*sorted({m.split('.')[0] for m in sys.modules}), sep='\\n', file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *words], cwd=ROOT, capture_output=True, text=True, check=True
    )
    lines = done.stderr.splitlines()
    foreign = {m for m in lines if m not in sys.stdlib_module_names and " " not in m} - {
        "bench",
        "__mp_main__",
    }
    # Site hooks of the interpreter (editable installs, coverage) are not ours.
    assert {m for m in foreign if not m.startswith(("_", "sitecustomize", "dateline:"))} == set()


@pytest.mark.medium
@pytest.mark.parametrize("verb", sorted(verbs()))
def test_no_verb_imports_the_heavy_libraries(tmp_path, verb):
    write_suite(tmp_path / "suite")
    words = {
        "run": ["dataset.path=suite"],
        "show": ["item=q001"],
        "score": ["runs=none"],
        "report": ["runs=none"],
        "fit": ["out=f.json"],
        "cards": ["check=true"],
    }
    script = (
        "import sys; from bench.__main__ import main; main(sys.argv[1:]); "
        "print('HEAVY', *sorted({'torch','transformers','datasets','evaluate','pandas','scipy.stats'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, verb, *words.get(verb, [])],
        cwd=tmp_path, capture_output=True, text=True, check=True, env={"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "HEAVY"


@pytest.mark.medium
def test_a_missing_path_names_the_key_to_give(tmp_path):
    assert "add dataset.path=…" in dateline("run", "dataset=csv", cwd=tmp_path).stderr
    assert "add model.path=…" in dateline("run", "model=recorded", cwd=tmp_path).stderr


@pytest.mark.medium
def test_wrong_type_is_said_in_words(tmp_path):
    message = dateline("run", "limit=abc", cwd=tmp_path).stderr
    assert "limit=abc: must be a whole number, such as limit=10, or null" in message
    assert "$VALUE" not in message


@pytest.mark.medium
@pytest.mark.parametrize("words", ["run --help", "--help"])
def test_a_reader_who_leaves_the_pipe_is_no_error(words):
    script = f"{sys.executable} -m bench {words} | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("0", "")


def test_an_option_that_reads_a_pickle_is_none_of_ours():
    assert "no option is called '--experimental-rerun'" in str(
        unknown_words("run", ["--experimental-rerun=x.pickle", "model=lead"])
    )
