"""A Python function as a reader."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from bench.errors import UsageError
from bench.models.callable import Callable
from bench.records import Key, Prediction, Request

SOURCE = """
from dataclasses import replace
from bench.models.base import reply

def says(request): return request.question.upper()
def silent(request): return None
def whole(request): return reply(request, "made", confidence=0.5)
def foreign(request): return replace(reply(request, "x"), request_digest="0")
def torn(request): return replace(reply(request, "x"), status="failed")
def number(request): return 52
def leaves(request): raise SystemExit(3)
def raises(request): raise ValueError("no idea")
class Holder:
    @staticmethod
    def answer(request): return "held"
class Object:
    def __call__(self, request): return "called"
instance = Object()
constant = 3
"""


@pytest.fixture(autouse=True)
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A package `mine` with a module `reader` in the current directory, forgotten afterwards."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "__init__.py").write_text("")
    (tmp_path / "mine" / "reader.py").write_text(SOURCE)
    (tmp_path / "mine" / "broken.py").write_text("1 / 0\n")
    (tmp_path / "mine" / "needy.py").write_text("import not_installed_anywhere\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    yield tmp_path / "mine" / "reader.py"
    for name in [name for name in sys.modules if name == "mine" or name.startswith("mine.")]:
        del sys.modules[name]


def ask(function: str) -> Prediction:
    request = Request(key=Key("q1"), article_id="a", context="c", question="who?")
    (given,) = Callable(function=function).predict([request])
    return given


@pytest.mark.parametrize(
    ("function", "text"),
    [
        ("mine.reader:says", "WHO?"),
        ("mine.reader.says", "WHO?"),
        ("mine.reader:silent", ""),
        ("mine.reader:whole", "made"),
        ("mine.reader:Holder.answer", "held"),
        ("mine.reader:instance", "called"),
    ],
)
def test_what_a_function_may_return(function: str, text: str) -> None:
    given = ask(function)
    assert (given.text, given.status, given.error) == (text, "ok", None)


@pytest.mark.parametrize(
    ("function", "kind", "message"),
    [
        ("mine.reader:number", "TypeError", "returned int; it must return a string"),
        ("mine.reader:foreign", "ValueError", "made for another request"),
        ("mine.reader:torn", "ValueError", "status and error disagree"),
        ("mine.reader:leaves", "RuntimeError", "called sys.exit(3)"),
        ("mine.reader:raises", "ValueError", "no idea"),
    ],
)
def test_what_fails_is_one_failed_prediction(function: str, kind: str, message: str) -> None:
    given = ask(function)
    assert given.status == "failed"
    assert given.error is not None
    assert given.error.type == kind
    assert message in given.error.message


@pytest.mark.parametrize(
    ("function", "message"),
    [
        ("says", "must be written package.module:name"),
        ("mine.reader:", "must be written package.module:name"),
        ("nowhere.reader:says", "no module 'nowhere'"),
        ("mine.nothing:says", "no module 'mine.nothing'"),
        ("mine.needy:says", "needs a module that is missing: not_installed_anywhere"),
        ("mine.broken:says", "importing mine.broken failed: ZeroDivisionError"),
        ("mine.reader:sayz", "has no 'sayz' — did you mean 'says'?"),
        ("mine.reader:constant", "is a int, which cannot be called"),
    ],
)
def test_a_name_that_leads_nowhere_says_which_part(function: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        ask(function)
    assert message in str(caught.value)


def test_nothing_is_imported_before_it_is_asked() -> None:
    Callable(function="mine.reader:says")
    assert "mine.reader" not in sys.modules


def test_identity_holds_the_source_and_the_name(module: Path) -> None:
    first = Callable(function="mine.reader:says").identity()
    assert first["function"] == "mine.reader:says"
    assert Callable(function="mine.reader:silent").identity() != first
    module.write_text(SOURCE + "\n# changed\n")
    assert Callable(function="mine.reader:says").fingerprint() != {"source_sha256": first["source_sha256"]}


def test_compiled_functions_have_no_source() -> None:
    assert Callable(function="builtins:len").fingerprint() == {}


def test_prompts_are_used_on_request() -> None:
    assert not Callable(function="m:f").uses_prompt
    assert Callable(function="m:f", uses_prompt=True).uses_prompt
