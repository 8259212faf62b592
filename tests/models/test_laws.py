"""Laws that every reader obeys, over every file in configs/model/. A new reader is picked up by itself."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from omegaconf import OmegaConf

from bench.models.base import Model
from bench.paths import configs_dir
from bench.records import Key, Prediction, Request

MODELS = Path(importlib.import_module("bench.models").__file__ or "").parent
CONFIGS = {path.stem: path for path in sorted((configs_dir() / "model").glob("*.yaml"))}

# Readers that cannot answer without weights, a server or hardware obey the same laws in a test of their own.
ELSEWHERE: dict[str, str] = {
    "extractive": "tests/models/test_extractive.py",
    "seq2seq": "tests/models/test_seq2seq.py",
    "causal": "tests/models/test_causal.py",
    "openai": "tests/models/test_openai.py",
}
EMBEDDED = sorted(CONFIGS.keys() - ELSEWHERE.keys())
HEAVY = ("torch", "transformers", "datasets", "evaluate", "hydra", "numpy", "openai")

ARTICLE = (
    "Dockers at Vellmar walked out on Monday. About 340 of them left at 6 p.m., Mr. Orr said.\n\n"
    "The port of Vellmar lost 2.5 million euros. Captain Ines Tarn denied that the U.S. line had left."
)
QUESTIONS = (
    "How many dockers walked out?",
    "Who denied that the line had left?",
    "When did the dockers walk out?",
    "Did the U.S. line leave?",
    "Was the walk-out on Monday or on Friday?",
    "Name the two people quoted.",
    "Why did they leave?",
    "What did the port lose?",
)
HOSTILE = {
    "empty": "",
    "blank": " \n\n \t\n",
    "marks": "?!… — “”'\"()[]{}%$ . . .",
    "weird": "İstanbul ﬁ ẞ é 漢字。次 \u202e\u200b\u2028 \ufeff 👩‍👩‍👧 ½ ² Ⅷ ٣ १२",
    "surrogate": "The \ud800 mayor \udfff spoke on Monday.",
    "nul": "Mayor \x00 Orr\x00 spoke.",
    "one long word": "a" * 100_000,
    "no full stop": "Mayor Orr paid 5 euros and " * 3_700,
    "many stops": "A. " * 33_000,
    "digits": "1,2.3:4" * 14_000,
    "marks only": "(“" * 50_000,
}


def requests() -> list[Request]:
    plain = [
        Request(key=Key(f"a-q{n}", "none", r), article_id="a", context=ARTICLE, question=question, prompt="P")
        for n, question in enumerate(QUESTIONS)
        for r in range(2)
    ]
    hostile = [
        Request(key=Key(f"h-{name}"), article_id=name, context=text, question=f"Who did {text[:40]} or what?")
        for name, text in HOSTILE.items()
    ]
    return [*plain, *hostile, Request(key=Key("no-question"), article_id="a", context=ARTICLE, question="")]


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A function that makes the reader of a config, with what it cannot default supplied."""
    recorded = tmp_path / "recorded.jsonl"
    recorded.write_text("".join(json.dumps({"id": f"a-q{n}", "text": f"t{n}"}) + "\n" for n in range(4)))
    (tmp_path / "law_reader.py").write_text("def answer(request):\n    return request.question[:9] or None\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    supplied = {"recorded": {"path": str(recorded)}, "callable": {"function": "law_reader:answer"}}

    def make(name: str) -> Model:
        node = OmegaConf.create(CONFIGS[name].read_text(encoding="utf-8"))
        filled: Any = OmegaConf.to_container(OmegaConf.merge(node, supplied.get(name, {})))
        module, _, kind = filled.pop("_target_").rpartition(".")
        model = getattr(importlib.import_module(module), kind)(**filled)
        assert isinstance(model, Model)
        return model

    yield make
    sys.modules.pop("law_reader", None)


def ask(model: Model, asked: list[Request]) -> dict[Key, Prediction]:
    given = list(model.predict(asked))
    assert len(given) == len(asked)
    return {prediction.key: prediction for prediction in given}


@pytest.mark.parametrize("name", EMBEDDED)
def test_one_prediction_per_request_and_no_exception_escapes(name: str, build: Any) -> None:
    asked = requests()
    given = ask(build(name), asked)
    assert given.keys() == {request.key for request in asked}
    assert all(given[r.key].request_digest == r.digest for r in asked)
    assert all((p.status == "ok") == (p.error is None) for p in given.values())
    if name != "recorded":  # which holds no answers to the hostile ones
        assert {p.status for p in given.values()} == {"ok"}


@pytest.mark.parametrize("name", EMBEDDED)
def test_answers_do_not_depend_on_order_or_company(name: str, build: Any) -> None:
    model, asked = build(name), requests()
    shuffled = [*asked[1::3], *asked[2::3], *asked[0::3]]
    together = ask(model, asked)
    assert ask(model, shuffled) == together
    assert next(iter(model.predict([asked[5]]))) == together[asked[5].key]


@pytest.mark.parametrize("name", EMBEDDED)
def test_two_runs_and_two_instances_agree(name: str, build: Any) -> None:
    asked = requests()
    assert ask(build(name), asked) == ask(build(name), asked)


@pytest.mark.parametrize("name", EMBEDDED)
def test_no_requests_give_no_predictions(name: str, build: Any) -> None:
    assert list(build(name).predict([])) == []


@pytest.mark.parametrize("name", EMBEDDED)
def test_spans_are_ranked_and_stand_where_they_say(name: str, build: Any) -> None:
    for request, prediction in zip(requests(), build(name).predict(requests()), strict=True):
        scores = [span.score for span in prediction.spans]
        assert scores == sorted(scores, reverse=True)
        assert not prediction.spans or prediction.text == prediction.spans[0].text
        for span in prediction.spans:
            assert (span.start is None) == (span.end is None)
            assert span.start is None or request.context[span.start : span.end] == span.text


@pytest.mark.parametrize("name", EMBEDDED)
def test_identity_is_plain_and_stable(name: str, build: Any) -> None:
    first, second = build(name).identity(), build(name).identity()
    assert json.dumps(first, sort_keys=True) == json.dumps(second, sort_keys=True)
    assert first["version"] == build(name).version
    assert str(Path.cwd()) not in json.dumps(first), "a place on one machine is no part of what was asked"


@pytest.mark.parametrize("name", EMBEDDED)
def test_instances_are_frozen_and_slotted(name: str, build: Any) -> None:
    model = build(name)
    assert "__slots__" in vars(type(model))
    with pytest.raises((AttributeError, TypeError)):
        model.version = "other"


@pytest.mark.parametrize(
    "name", sorted(set(EMBEDDED) - {"recorded", "callable"})
)  # those answer from outside
def test_answers_do_not_depend_on_the_hash_seed(name: str) -> None:
    code = (
        "import sys, json, importlib, pathlib\n"
        "sys.path.insert(0, sys.argv[1])\n"
        "from bench.build import build, read_config\n"
        "from bench.canonical import to_json\nfrom bench.records import Key, Request\n"
        "article, questions = json.loads(sys.argv[3])\n"
        "asked = [Request(key=Key(q), article_id='a', context=article, question=q) for q in questions]\n"
        "model = build(read_config('model', sys.argv[2]), 'model')\n"
        "print(json.dumps([to_json(p) for p in model.predict(asked)]))\n"
    )
    given = set()
    for seed in ("0", "1", "7"):
        command = [
            sys.executable,
            "-c",
            code,
            str(MODELS.parent.parent),
            name,
            json.dumps([ARTICLE, QUESTIONS]),
        ]
        done = subprocess.run(
            command, capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        )
        given.add(done.stdout)
    assert len(given) == 1


@pytest.mark.parametrize("path", sorted(MODELS.glob("*.py")), ids=lambda path: path.stem)
def test_importing_is_light_and_silent(path: Path) -> None:
    code = (
        "import os, sys\n"
        "sys.path.insert(0, sys.argv[1])\n"
        "before = dict(os.environ), list(sys.path), os.getcwd()\n"
        "__import__(sys.argv[2])\n"
        "assert before == (dict(os.environ), list(sys.path), os.getcwd())\n"
        "print(','.join(name for name in sys.argv[3:] if name in sys.modules), end='')\n"
    )
    module = f"bench.models.{path.stem}".removesuffix(".__init__")
    command = [sys.executable, "-W", "error", "-c", code, str(MODELS.parent.parent), module, *HEAVY]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_every_reader_has_a_config_and_every_config_a_reader() -> None:
    readers = {p.stem for p in MODELS.glob("*.py") if not p.stem.startswith("_") and p.stem != "base"}
    assert readers == set(CONFIGS)


def test_every_reader_is_in_a_law_set() -> None:
    root = MODELS.parent.parent
    missing = [name for name in CONFIGS if name in ELSEWHERE and not (root / ELSEWHERE[name]).is_file()]
    assert not missing
    assert EMBEDDED, "no reader is under these laws"


@pytest.mark.parametrize("name", sorted(CONFIGS))
def test_configs_say_what_they_are_and_name_real_parameters(name: str) -> None:
    text = CONFIGS[name].read_text(encoding="utf-8")
    first = text.partition("\n")[0]
    assert first.startswith("# ")
    assert 10 < len(first) <= 110
    node: Any = OmegaConf.to_container(OmegaConf.create(text))
    module, _, kind = node.pop("_target_").rpartition(".")
    assert module == f"bench.models.{name}"
    fields = getattr(importlib.import_module(module), kind).__dataclass_fields__
    assert node.keys() <= fields.keys()
