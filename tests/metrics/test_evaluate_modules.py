"""Modules of Hugging Face's `evaluate`, made here, as metrics."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.build import build_metrics
from bench.errors import UsageError
from bench.metrics import _evaluate
from bench.metrics.evaluate import Evaluate
from bench.metrics.evaluate_corpus import EvaluateCorpus
from bench.records import Answer, Gold, Item, Key, Score
from bench.summary import Tally
from tests.helpers import ROOT

MODULE = """
import datasets
import evaluate


class Module(evaluate.Metric):
    def _info(self):
        text = datasets.Value("string")
        return evaluate.MetricInfo(
            description="", citation="", inputs_description="",
            features=datasets.Features({{"predictions": {given}, "references": {wanted}}}),
        )

    def _compute(self, predictions, references, bonus=0.0):
{body}
"""
TEXT = ("text", "text", "        hits = [float(p == r) + bonus for p, r in zip(predictions, references)]\n"
        "        return {'hits': sum(hits) / len(hits), 'each': hits}")  # fmt: skip
TEXTS = (
    "text",
    "[text]",
    "        return {'any': 100.0 * sum(p in r for p, r in zip(predictions, references)) / len(references)}",
)
WORDS = (
    "text",
    "text",
    "        return {'ratio': sum(len(p.split()) for p in predictions) / sum(len(r.split()) for r in references)}",
)
SQUAD = (
    '{"id": text, "prediction_text": text, "no_answer_probability": datasets.Value("float64")}',
    '{"id": text, "answers": {"text": [text], "answer_start": [datasets.Value("int32")]}}',
    "        hits = [(p['no_answer_probability'] > 0.5) if not r['answers']['text'] else p['prediction_text'] in r['answers']['text']\n"
    "                for p, r in zip(predictions, references)]\n"
    "        return {'right': sum(hits) / len(hits)}",
)
COUNTS = ("datasets.Value('int64')", "datasets.Value('int64')", "        return {'x': 1.0}")

LIND = Item(
    id="q1", article_id="a", question="Who?", context="", answer_type="person", gold=(Gold(canonical="Oskar Lind", aliases=("Lind",)),)
)  # fmt: skip
NOBODY = Item(id="q2", article_id="b", question="Who else?", context="", answer_type="none")
ABSTAINED = Answer(text="", abstained=True)


def write(folder: Path, name: str, parts: tuple[str, str, str]) -> str:
    given, wanted, body = parts
    (folder / name).mkdir()
    path = folder / name / f"{name}.py"
    path.write_text(MODULE.format(given=given, wanted=wanted, body=body))
    return str(path)


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Paths of modules, and a cache of their own for what `evaluate` copies."""
    import evaluate

    root = tmp_path_factory.mktemp("modules")
    kinds = {"hits": TEXT, "anyof": TEXTS, "words": WORDS, "squadlike": SQUAD, "counts": COUNTS}
    path = list(sys.path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evaluate.config, "HF_METRICS_CACHE", root / "metrics")
        patch.setattr(evaluate.loading.config, "HF_MODULES_CACHE", str(root / "cache"))
        yield {name: write(root, name, parts) for name, parts in kinds.items()}
    sys.path[:] = path
    _evaluate.load.cache_clear()


@pytest.mark.medium
def test_each_answer_alone_is_compared_with_the_gold_text_that_suits_it_best(modules: dict[str, str]) -> None:
    metric = Evaluate(path=modules["hits"])
    assert metric.score(LIND, Answer(text="Lind")) == 1.0
    assert metric.score(LIND, Answer(text="Calloway")) == 0.0
    assert metric.score(LIND, ABSTAINED) == 0.0
    assert not metric.applies(NOBODY)
    assert Evaluate(path=modules["hits"], unanswerable=True).score(NOBODY, ABSTAINED) == 1.0
    assert (
        Evaluate(path=str(Path(modules["hits"]).parent), key="each").score(LIND, Answer(text="Lind")) == 1.0
    )


@pytest.mark.medium
def test_scale_parameters_and_richer_forms(modules: dict[str, str]) -> None:
    assert Evaluate(path=modules["anyof"], best=100.0).score(LIND, Answer(text="Lind")) == 1.0
    assert Evaluate(path=modules["hits"], worst=1.0, best=0.0).score(LIND, Answer(text="x")) == 1.0
    assert Evaluate(path=modules["hits"], parameters={"bonus": 0.25}).score(LIND, Answer(text="x")) == 0.25
    squad = Evaluate(path=modules["squadlike"], unanswerable=True)
    assert [squad.score(LIND, Answer(text="Lind")), squad.score(NOBODY, ABSTAINED)] == [1.0, 1.0]
    assert squad.score(NOBODY, Answer(text="Lind")) == 0.0


@pytest.mark.medium
def test_what_is_no_mean_over_answers_is_asked_about_all_at_once(modules: dict[str, str]) -> None:
    items = [
        Item(id=f"q{n}", article_id=f"a{n % 3}", question="", context="", answer_type="span", gold=(Gold(canonical="w " * (n + 1)),))
        for n in range(6)
    ]  # fmt: skip
    metric = EvaluateCorpus(path=modules["words"])
    tally = Tally(items, {"words": metric})
    for n, item in enumerate(items):
        answer = Answer(text="v " * n) if n != 2 else Answer(text="", failed=True)
        tally.add(Score(key=Key(item.id), article_id=item.article_id, values={}, answer=answer))

    found = tally.summary().metrics["words"]

    # 0+1+0+3+4+5 words said of 1+2+3+4+5+6 asked for; without article a0 (q0, q3) 10 of 16, a1 8 of 14, a2 8 of 12.
    assert found.value == pytest.approx(13 / 21)
    left = [10 / 16, 8 / 14, 8 / 12]
    mean = sum(left) / 3
    error = (2 / 3 * sum((x - mean) ** 2 for x in left)) ** 0.5
    assert found.high == pytest.approx(min(1.0, 13 / 21 + 4.302652729911275 * error))  # t at 2 df, 97.5 %
    assert (found.n_items, found.n_articles) == (6, 3)


@pytest.mark.medium
def test_signatures_hold_the_code_and_not_its_place(modules: dict[str, str], tmp_path: Path) -> None:
    metric = Evaluate(path=modules["hits"])
    copy = write(tmp_path, "hits", TEXT)
    assert Evaluate(path=copy).identity() == metric.identity()
    assert modules["hits"] not in str(metric.identity())
    other = write(tmp_path, "hits2", (TEXT[0], TEXT[1], TEXT[2].replace("p == r", "p != r")))
    assert Evaluate(path=other).identity() != metric.identity()
    assert Evaluate(path=copy, best=2.0).identity() != metric.identity()


@pytest.mark.medium
def test_what_cannot_work_says_why(modules: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    import evaluate

    with pytest.raises(UsageError, match="beyond best=1; set best= and worst="):
        Evaluate(path=modules["anyof"]).score(LIND, Answer(text="Lind"))
    with pytest.raises(UsageError, match=r"holds hits, each, not 'hit'.*did you mean 'hits'"):
        Evaluate(path=modules["hits"], key="hit").score(LIND, Answer(text="Lind"))
    with pytest.raises(UsageError, match=r"unexpected keyword.*at item q1.*evaluate_corpus"):
        Evaluate(path=modules["hits"], parameters={"x": 1}).score(LIND, Answer(text="Lind"))
    with pytest.raises(UsageError, match="only text, texts, squad, squad_v2 can be given"):
        Evaluate(path=modules["counts"]).prepare()

    def refuse(*words: Any, **settings: Any) -> Any:
        raise FileNotFoundError("Couldn't find a module script")

    monkeypatch.setattr(evaluate, "load", refuse)
    with pytest.raises(UsageError, match="hub did not give it: offline, set path= to the module's script"):
        Evaluate(path="rouge").prepare()


def test_settings_are_checked_before_anything_is_loaded() -> None:
    with pytest.raises(UsageError, match="is no scale"):
        Evaluate(path="x", worst=1.0)
    with pytest.raises(UsageError, match=r"form='txt'.*did you mean 'text'"):
        EvaluateCorpus(path="x", form="txt")
    with pytest.raises(UsageError, match="no such script or folder"):
        Evaluate(path="./nowhere.py").prepare()
    with pytest.raises(UsageError, match=r"metric.evaluate needs path; set metric.evaluate.path"):
        build_metrics(["evaluate"])
    assert "evaluate" not in build_metrics()


def dateline(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bench", *words, f"results_dir={folder / 'results'}"]
    env = {**os.environ, "HF_HOME": str(folder / "hf"), "HF_HUB_OFFLINE": "1"}
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=env, check=False)


@pytest.mark.medium
def test_the_command_line_runs_foreign_code_only_when_told_to(tmp_path: Path) -> None:
    path = write(tmp_path, "hits", TEXT)
    paths = (f"metric.evaluate.path={path}", f"metric.evaluate_corpus.path={path}")
    keys = ("metric.evaluate.key=hits", "metric.evaluate_corpus.key=each")
    words = (
        "run",
        "model=lead",
        "where=article=istanbul-talks",
        "metric=[correct,evaluate,evaluate_corpus]",
        *keys,
        *paths,
    )
    refused = dateline(tmp_path, *words)
    assert refused.returncode == 2
    assert "runs the code of" in refused.stderr
    assert not (tmp_path / "results").exists()
    done = dateline(tmp_path, *words, "allow_external_code=true")
    assert done.returncode == 0, done.stderr
    report = next((tmp_path / "results").rglob("report.md")).read_text()
    assert "evaluate_corpus" in report
    lost = dateline(
        tmp_path, *words[:-1], "metric.evaluate_corpus.path=nowhere.py", "allow_external_code=true"
    )
    assert lost.returncode == 2
    assert "no such script" in lost.stderr
    again = dateline(tmp_path, *words, "allow_external_code=true", "model=abstain_all")
    assert again.returncode == 0, again.stderr
    compared = dateline(tmp_path, "compare", "a=lead", "b=abstain_all")
    assert compared.returncode == 0, compared.stderr
    assert "evaluate" in compared.stdout
