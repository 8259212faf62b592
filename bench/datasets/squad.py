"""SQuAD 1.1 and 2.0 JSON, and every data set that is published in that form."""

from __future__ import annotations

import hashlib
from pathlib import Path

from bench.datasets._bytes import decode
from bench.datasets._rows import check_split
from bench.datasets._squad_reading import SquadReading
from bench.datasets._strict_json import StrictJson
from bench.errors import DataError, Problem, UsageError
from bench.records import Dataset


def load(
    path: str,
    *,
    name: str | None = None,
    version: str | None = None,
    split: str = "test",
    answer_type: str = "span",
    check_offsets: bool = True,
    plausible_as_lures: bool = False,
) -> Dataset:
    """The data set in a SQuAD file: one article per title, one item per question, a paragraph as its context.

    The first answer is canonical, the others are aliases (each wording once, so that a maximum over the gold
    is the official one). Texts stay as they are, for offsets and parity: no trimming, no normalisation.
    `answer_type` is `span` for all answerable items, or `infer` to read it off the gold. With
    `check_offsets`, an answer_start at which the answer does not stand is a problem; without, such an answer
    has no span. With `plausible_as_lures`, plausible_answers of impossible questions must not be given.
    Raises DataError with every problem, by JSON path; UsageError for options that do not fit.
    """
    check_split(split)
    if answer_type not in ("span", "infer"):
        raise UsageError(f"answer_type={answer_type}: must be span or infer")
    file = Path(path)
    text, found = decode(file, allow_bom=True, strict=False, max_line=None)
    problems = [p for p in found if p.check != "control"]  # JSON has its own rules for those
    value, faults = StrictJson().parse(text) if text.strip() else (None, [])
    for fault in faults:
        message = fault.message + (f" at column {fault.column}" if fault.column else "")
        problems.append(Problem(where=path, line=fault.line or None, message=message, check="json"))
    if problems:
        raise DataError(problems)
    reading = SquadReading(
        path,
        split=split,
        infer=answer_type == "infer",
        check_offsets=check_offsets,
        plausible_as_lures=plausible_as_lures,
    )
    reading.read(value)
    if reading.problems:
        raise DataError(reading.problems)
    return Dataset(
        name=str(name or file.stem),
        version=str(version or hashlib.sha256(file.read_bytes()).hexdigest()[:12]),
        articles=tuple(reading.articles.values()),
        items=tuple(reading.items),
        warnings=tuple(reading.warnings()),
    )
