"""Exported files on disk: as a whole or not at all, and never over anything that is not an export."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.errors import UsageError
from bench.store import codec
from bench.store.files import make_dir, storage_errors, sync_dir, write_atomic

MARK = "dateline-export.json"  # lists the files of an exported folder
_SHOWN = 3


def write_file(out: Path, data: bytes, overwrite: bool) -> None:
    """Write one file, gzipped when its name ends in .gz; UsageError when another content is there."""
    data = gzip.compress(data, mtime=0) if out.name.endswith(".gz") else data
    if out.is_dir():
        raise UsageError(f"out={out} is a folder; this format is one file")
    if out.exists():
        with storage_errors(out):
            same = out.read_bytes() == data
        if same:
            return
        if not overwrite:
            raise UsageError(
                f"out={out} exists and holds something else; add overwrite=true, or another out="
            )
    make_dir(out.parent)
    write_atomic(out, data)


def write_folder(out: Path, files: Mapping[str, bytes], overwrite: bool) -> None:
    """Write a folder of files and the list of them; an earlier export there is replaced.

    UsageError, with the folder as it was, when it holds anything that is not an export, and without
    `overwrite` when an exported file was edited since.
    """
    refuse_foreign(out, overwrite)
    make_dir(out.parent)
    staged = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    old = out.with_name(f".{out.name}.{os.getpid()}.old")
    facts = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    try:
        for name, data in {**files, MARK: codec.pretty({"kind": "dateline export", "files": facts})}.items():
            make_dir((staged / name).parent)
            write_atomic(staged / name, data)
        with storage_errors(out):
            if out.exists():
                os.replace(out, old)  # noqa: PTH105 - as in bench.store.files
            os.replace(staged, out)  # noqa: PTH105
            sync_dir(out.parent)
    finally:
        if old.exists() and not out.exists():  # the second rename failed: nothing has changed
            os.replace(old, out)  # noqa: PTH105
        shutil.rmtree(staged, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def refuse_foreign(out: Path, overwrite: bool) -> None:
    """UsageError unless `out` is new, empty, or an earlier export."""
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise UsageError(
            f"out={out} is {'a link' if out.is_symlink() else 'a file'}; this format is a folder"
        )
    if not out.exists() or not any(out.iterdir()):
        return
    listed = _listed(out / MARK)
    if listed is None:
        raise UsageError(f"out={out} is no folder that dateline export wrote; name another, or empty it")
    there = {str(p.relative_to(out)) for p in sorted(out.rglob("*")) if not p.is_dir()} - {MARK}
    if foreign := sorted(there - set(listed)):
        raise UsageError(
            f"out={out} holds {_some(foreign)}, which dateline export did not write; move it first"
        )
    edited = sorted(n for n in there if hashlib.sha256((out / n).read_bytes()).hexdigest() != listed[n])
    if edited and not overwrite:
        raise UsageError(f"out={out}: {_some(edited)} was edited since; add overwrite=true, or another out=")


def _listed(mark: Path) -> Mapping[str, Any] | None:
    """The files that an export lists; None for a folder that is not one."""
    try:
        value = json.loads(mark.read_bytes())
        return value["files"] if value["kind"] == "dateline export" else None
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _some(names: list[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
