"""Exported files on a disk that fails: the old export or the new one, never a mixture, and nothing left beside."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from typing import Any

import pytest

from bench.commands._export_files import write_file, write_folder
from bench.errors import StorageError
from tests.helpers import tree

OLD = {"README.md": b"old", "data/test.parquet": b"old rows", "data/dev.parquet": b"gone in the new one"}
NEW = {"README.md": b"new", "data/test.parquet": b"new rows"}


def failing(monkeypatch: pytest.MonkeyPatch, name: str, k: int) -> Callable[[], int]:
    """Make the k-th call of os.`name` fail; how often it was called."""
    real, calls = getattr(os, name), 0

    def call(*args: Any, **more: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == k:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*args, **more)

    monkeypatch.setattr(os, name, call)
    return lambda: calls


@pytest.mark.parametrize("name", ["replace", "write", "fsync", "open"])
def test_a_folder_is_the_old_one_or_the_new_one_whichever_call_fails(tmp_path, monkeypatch, name):
    out = tmp_path / "made"
    write_folder(out, OLD, overwrite=False)
    old = tree(tmp_path)
    write_folder(tmp_path / "other", NEW, overwrite=False)
    new = {
        path.replace("other/", "made/"): data
        for path, data in tree(tmp_path).items()
        if path.startswith("other/")
    }
    for path in sorted((tmp_path / "other").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (tmp_path / "other").rmdir()
    k, failed = 0, True
    while failed:
        k += 1
        with monkeypatch.context() as patch:
            calls = failing(patch, name, k)
            try:
                write_folder(out, NEW, overwrite=False)
                failed = False
            except StorageError:
                failed = True
        assert calls() >= 1
        assert tree(tmp_path) in (old, new), f"{name} {k}"
        assert sorted(p.name for p in tmp_path.iterdir()) == ["made"]
        if tree(tmp_path) == new:  # the very last call, after everything is in place
            break
    assert k > 1
    assert tree(tmp_path) == new


@pytest.mark.parametrize("name", ["replace", "write", "fsync"])
def test_a_file_is_the_old_one_or_the_new_one(tmp_path, monkeypatch, name):
    out = tmp_path / "made.jsonl"
    write_file(out, b"old", overwrite=False)
    with monkeypatch.context() as patch:
        failing(patch, name, 1)
        with pytest.raises(StorageError, match="no space left"):
            write_file(out, b"new", overwrite=True)

    assert tree(tmp_path) == {"made.jsonl": b"old"}


def test_an_empty_folder_is_filled(tmp_path):
    (tmp_path / "made").mkdir()

    write_folder(tmp_path / "made", NEW, overwrite=False)

    assert {name: data for name, data in tree(tmp_path / "made").items() if name in NEW} == NEW
