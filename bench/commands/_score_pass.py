"""One pass over a predictions file: every answer scored, summed and written as it is read; none are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bench.commands._score_report import KEPT_MISSES, SHOWN_IDS, Listed
from bench.errors import DataError, Problem
from bench.models._recorded_files import PredictionsFile
from bench.models._recorded_rows import Row
from bench.pipeline import Way
from bench.records import Dataset, Failure, Item, Key, Prediction, Score
from bench.reports.view import Miss, evidence_sentences, expected_answer
from bench.scoring import Scorer
from bench.squad_figures import SquadTally
from bench.store import codec
from bench.store.redact import redact, redacted_item, redacted_prediction, redacted_score
from bench.summary import HEADLINE_METRIC, Tally

_REMEMBERED = 32_768  # (item, answer) pairs whose scores are kept: replicates often say the same
_PAGE = 12_000  # answers that the page shows: all of the development set of SQuAD 2.0
_ROOM = 30_000_000  # characters of answers and contexts that it has room for
_LONGEST = 200  # characters of an answer worth remembering
_UNEVEN = 10  # missing answers per answer given at which the replicates cannot be meant

_BARE = (None, (), None)  # finish_reason, spans and error of a row that has none
Scored = tuple[Score, str, str]  # with its line and that of its prediction, empty where none is written
Write = Callable[[str, str], None]  # a line of the scores, and one of the predictions


class FilePass:
    """Scores, sums and lists of what was read so far.

    Planned are all items, times all replicate numbers that occur in the file.
    """

    def __init__(self, dataset: Dataset, way: Way, write: Write | None, squad: SquadTally | None) -> None:
        """Start before the first answer; `write` takes each score and its prediction."""
        self.tally = Tally(dataset.items, way.metrics)
        self.missed = 0
        self.misses: list[Miss] = []
        self._room = _ROOM
        self.first: list[tuple[Score, Prediction]] = []  # for the page; none where nothing is written
        self.missing = self.answers = 0
        self._missing_ids: list[str] = []
        self._extra: dict[str, None] = {}
        self._items, self._write, self._squad = dataset.items, write, squad
        self._scorer = Scorer(way.metrics, way.extractor, dataset.items)
        self._articles = {article.id: article for article in dataset.articles}
        self._rows: dict[str | tuple[str, str], int] = {}
        self._variants: dict[str, list[int]] = {}  # of items that come in variants only
        for n, item in enumerate(dataset.items):
            if item.variant == "none":
                self._rows[item.id] = n
            else:
                self._rows[item.id, item.variant] = n
                self._variants.setdefault(item.id, []).append(n)
        self._given = [0] * len(dataset.items)  # per item, a bit for each replicate
        self._replicates = 0
        self._known: dict[tuple[object, ...], Scored] = {}

    def read(self, file: PredictionsFile, step: Callable[[], None]) -> None:
        """Take in the whole file; DataError when anything is wrong with it. `step` is called now and then."""
        for count, (line, row) in enumerate(file.rows()):
            if not count & 4095:
                step()
            if file.faults:
                continue  # nothing will be kept; go on to find the other problems
            if not self.take(row):
                file.twice(line, row.item_id)
        file.finish()
        self._fill(file)

    def take(self, row: Row) -> bool:
        """Score one answer; False when that item, variant and replicate was answered before.

        A row that names no variant answers the item as it is; where the data hold only variants of it, all.
        """
        rows = self._targets(row)
        if not rows:
            self._extra[row.item_id] = None
        bit = 1 << row.replicate
        for n in rows:
            if self._given[n] & bit:
                return False
            if self._squad is not None and not self._given[n] and row.error is None:
                self._squad.add_row(n, row.text, _null_score(row))
            self._given[n] |= bit
            self._replicates |= bit
            self.answers += 1
            self._score(n, row)
        return True

    @property
    def replicates(self) -> int:
        """Answers planned per item."""
        return self._replicates.bit_count() or 1

    @property
    def missing_ids(self) -> Listed:
        """Planned answers that the file lacks."""
        return Listed(count=self.missing, first=tuple(self._missing_ids))

    @property
    def extra_ids(self) -> Listed:
        """Ids in the file that no item has."""
        return Listed(count=len(self._extra), first=tuple(self._extra)[:SHOWN_IDS])

    def _targets(self, row: Row) -> list[int]:
        if row.variant is None or row.variant == "none":
            if (n := self._rows.get(row.item_id)) is not None:
                return [n]
            return self._variants.get(row.item_id, []) if row.variant is None else []
        n = self._rows.get((row.item_id, row.variant))
        return [] if n is None else [n]

    def _score(self, n: int, row: Row) -> None:
        """Score one answer to item `n`, from memory where the same was said before."""
        item = self._items[n]
        key = Key(item.id, item.variant, row.replicate)
        # Until a replicate comes, nothing is said twice of an item.
        short = self._replicates > 1 and row.error is None and not row.spans and len(row.text) <= _LONGEST
        asked = (n, row.text, row.confidence, row.null_score, row.finish_reason) if short else ()
        if asked and (known := self._known.get(asked)) is not None:
            score, line, raw = _again(known, key)
        else:
            scorer = self._scorer
            line = raw = ""
            if self._write is None and row[3:5] == (None, None) and row[6:] == _BARE:
                score = scorer.judge(item, key, scorer.extractor.extract_text(row.text))
            else:
                prediction = prediction_of(key, row)
                score = scorer.score(item, prediction)
            if self._write is not None:
                line = codec.raw_line(codec.score_row(score))
                raw = codec.raw_line(codec.prediction_row(prediction))
            if asked:
                if len(self._known) >= _REMEMBERED:
                    self._known.clear()
                self._known[asked] = score, line, raw
        self.tally.add(score, n)
        if self._write is not None:
            self._write(line, raw)
            if len(self.first) < _PAGE and self._room > 0:
                self._room -= len(row.text) + len(item.context)
                self.first.append((redacted_score(score), redacted_prediction(prediction_of(key, row))))
        if score.values.get(HEADLINE_METRIC, 1.0) < 1.0:
            self._miss(item, score)

    def _miss(self, item: Item, score: Score) -> None:
        self.missed += 1
        if len(self.misses) < KEPT_MISSES:
            self.misses.append(
                Miss(
                    item=redacted_item(item),
                    score=redacted_score(score),
                    prediction=Prediction(key=score.key, request_digest=""),
                    sentences=evidence_sentences(item, self._articles.get(item.article_id)),
                    expected=redact(expected_answer(item)),
                )
            )

    def _fill(self, file: PredictionsFile) -> None:
        """Score what is missing as failed, in item order."""
        planned = self._replicates or 1
        absent = [planned & ~given for given in self._given]
        self.missing = sum(bits.bit_count() for bits in absent)
        if self.missing > _UNEVEN * file.read + len(self._items):
            message = (
                f"holds {planned.bit_count()} different replicate numbers for {self.answers:,} answers to "
                f"{len(self._items):,} items, so that {self.missing:,} would be missing"
            )
            fix = "number the answers to each item 0, 1, 2 …"
            raise DataError([Problem(where=str(file.path), field="replicate", message=message, fix=fix)])
        error = Failure(type="missing", message="the file has no prediction for it")
        for n, bits in enumerate(absent):
            for replicate in _bits(bits):
                item = self._items[n]
                if len(self._missing_ids) < SHOWN_IDS:
                    self._missing_ids.append(_label(item, replicate, planned))
                self._score(n, Row(item.id, item.variant, "", replicate=replicate, error=error))


def _again(known: Scored, key: Key) -> Scored:
    """The score of the same answer in another replicate, and its lines."""
    old, line, raw = known
    score = Score(
        key=key, article_id=old.article_id, values=old.values, answer=old.answer, diagnosis=old.diagnosis
    )
    if not line:
        return score, line, raw
    return score, codec.renumbered(line, key.replicate), codec.renumbered(raw, key.replicate)


def prediction_of(key: Key, row: Row) -> Prediction:
    """A row of the file as a prediction."""
    return Prediction(
        key=key,
        request_digest="",
        text=row.text,
        status="ok" if row.error is None else "failed",
        finish_reason=row.finish_reason,
        spans=row.spans,
        null_score=row.null_score,
        confidence=row.confidence,
        error=row.error,
    )


def _null_score(row: Row) -> float | None:
    """How much the system prefers no answer: its null score, less its best span's where it gives spans."""
    if row.null_score is None or not row.spans:
        return row.null_score
    return row.null_score - max(span.score for span in row.spans)


def _bits(value: int) -> Iterator[int]:
    while value:
        low = value & -value
        yield low.bit_length() - 1
        value ^= low


def _label(item: Item, replicate: int, planned: int) -> str:
    words = [item.id]
    if item.variant != "none":
        words.append(item.variant)
    if planned.bit_count() > 1:
        words.append(f"replicate {replicate}")
    return " ".join(words)
