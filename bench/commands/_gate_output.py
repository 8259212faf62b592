"""Where a gate's report goes: a folder, GitHub's step summary, GitHub's annotations."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bench.commands._console import leave_pipe, note, say
from bench.gate.console import annotation_lines, lines
from bench.gate.document import document
from bench.gate.junit import render as junit
from bench.gate.markdown import render as markdown
from bench.gate.outcome import GateReport
from bench.store import codec
from bench.store.files import make_dir, write_atomic
from bench.store.redact import redact

_SUMMARY_FLIPS = 100  # GitHub takes 1 MiB per step
_SUMMARY_BYTES = 1_000_000


def write_files(folder: Path, report: GateReport) -> list[Path]:
    """Write gate.md, gate.json and gate.xml; their paths."""
    make_dir(folder)
    files = {
        "gate.md": _bytes(markdown(report)),
        "gate.json": codec.pretty(document(report)),
        "gate.xml": _bytes(junit(report)),
    }
    for name, data in files.items():
        write_atomic(folder / name, data)
    return [folder / name for name in files]


def write_step_summary(report: GateReport) -> None:
    """Append the Markdown to the file that $GITHUB_STEP_SUMMARY names, if any, shortened to what GitHub takes."""
    if not (name := os.environ.get("GITHUB_STEP_SUMMARY")):
        return
    data = _bytes(markdown(report, _SUMMARY_FLIPS))
    if len(data) > _SUMMARY_BYTES:
        data = _bytes(markdown(report, 0))[:_SUMMARY_BYTES]
    try:
        with Path(name).open("ab") as stream:
            stream.write(data)
    except OSError as error:  # a convenience of the host must not change the verdict
        note(f"GITHUB_STEP_SUMMARY: {error}")


def show(report: GateReport) -> None:
    """Print the report, and GitHub's annotations under GitHub Actions. A reader who leaves changes no verdict."""
    text = list(lines(report))
    if os.environ.get("GITHUB_ACTIONS") == "true":
        text += annotation_lines(report)
    try:
        for line in text:
            say(line)
        sys.stdout.flush()
    except BrokenPipeError:
        leave_pipe()


def _bytes(text: str) -> bytes:
    return redact(text).encode("utf-8", "backslashreplace")
