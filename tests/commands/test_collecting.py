"""How often a verb looks for cycles, and that nobody else is left with it."""

from __future__ import annotations

import gc

import pytest

from bench.commands import _app


@pytest.mark.parametrize(("verb", "seldom"), [("score", True), ("compare", True), ("run", False)])
def test_only_a_run_looks_for_cycles_as_often_as_usual(
    verb: str, seldom: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = gc.get_threshold()
    during: list[tuple[bool, tuple[int, int, int]]] = []

    def launched(verb: str, args: object) -> int:
        during.append((gc.isenabled(), gc.get_threshold()))
        raise RuntimeError

    monkeypatch.setattr(_app, "_launch", launched)
    assert gc.isenabled()
    assert before != _app.SELDOM
    with pytest.raises(RuntimeError):
        _app.launch(verb, [])
    assert during == [(False, _app.SELDOM if seldom else before)]
    assert gc.isenabled()
    assert gc.get_threshold() == before
