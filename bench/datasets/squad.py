"""SQuAD 1.1 and 2.0 JSON, and every data set that is published in that form."""

from __future__ import annotations

from pathlib import Path

from bench.datasets._bytes import stem
from bench.datasets._files import fingerprint, located, read_json
from bench.datasets._passages import Passages, options_of
from bench.datasets._squad_reading import SquadReading
from bench.errors import DataError
from bench.records import Dataset


def load(
    path: str,
    *,
    name: str | None = None,
    version: str | None = None,
    split: str = "test",
    answer_type: str = "span",
    check_offsets: bool = True,
    offsets: str = "characters",
    plausible_as_lures: bool = False,
) -> Dataset:
    """The data set in a SQuAD file: one article per title, one item per question, a paragraph as its context.

    The first answer is canonical, the others are aliases (each wording once, so that a maximum over the gold
    is the official one). Texts stay as they are, for offsets and parity: no trimming, no normalisation.
    `answer_type` is `span` for all answerable items, or `infer` to read it off the gold. With
    `check_offsets`, an answer_start at which the answer does not stand is a problem; without, such an answer
    has no span. `offsets` is what answer_start counts: characters, utf16 or bytes. With `plausible_as_lures`,
    plausible_answers of impossible questions must not be given. A file that `dateline export` wrote gives
    back the exported records. Raises DataError with every problem, by JSON path (and line, where the file has lines); UsageError for options that
    do not fit.
    """
    options = options_of(split, answer_type, check_offsets, offsets)
    file = Path(path)
    value, problems = read_json(file)
    if problems:
        raise DataError(problems)
    passages = Passages(path, options)
    reading = SquadReading(passages, plausible_as_lures=plausible_as_lures)
    reading.read(value)
    if passages.problems:
        raise DataError(located(file, passages.problems))
    items = reading.origins.ordered(passages.items)
    source = reading.origins.source(items) or (stem(file), fingerprint(file))
    order = (
        dict.fromkeys(i.article_id for i in items) if items != tuple(passages.items) else passages.articles
    )
    return Dataset(
        name=str(name or source[0]),
        version=str(version or source[1]),
        articles=tuple(passages.articles[article] for article in order),
        items=items,
        warnings=(*passages.warnings(), *reading.origins.warnings()),
    )
