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
        (["run", "limit=[1"], "configuration"),
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
    assert "'abc'" in message
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
