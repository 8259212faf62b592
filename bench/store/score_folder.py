"""The folder that `dateline score predictions=… out=DIR` writes: as a whole, or not at all; and reading it back."""

from __future__ import annotations

import contextlib
import fcntl
import gzip
import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from bench.errors import RunBusy, StorageError, UsageError
from bench.records import Dataset, Key, Prediction, Score
from bench.store import codec
from bench.store.files import make_dir, read_bytes, storage_errors, sync_dir
from bench.store.runs import MANIFEST, PREDICTIONS
from bench.store.scores import METRICS, SCORES
from bench.store.streams import Lines, Stream

KIND = "scores of a predictions file"
REPORT, PAGE = "report.md", "report.html"
DATA = "data.jsonl.gz"  # articles and items as they were scored, so that the folder stands by itself
_OURS = frozenset({SCORES, PREDICTIONS, DATA, METRICS, REPORT, PAGE, MANIFEST})
_TEMPORARY = re.compile(rf"\.(?:{'|'.join(map(re.escape, sorted(_OURS)))})\.\d+\.tmp")


class ScoreFolder:
    """Scores go to a temporary file as they come; `commit` puts everything in place, the manifest last.

    Where the manifest stands, the files it lists are whole. Leaving the `with` block without a commit
    removes what was written, and the folder if it is new.
    """

    def __init__(self, path: Path) -> None:
        """Take the folder: UsageError when it holds something else, RunBusy when another process has it."""
        self.path = path
        _refuse_foreign(path)
        self._made = [p for p in (path, *path.parents) if not p.exists()]
        make_dir(path)
        self._lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._lock)
            raise RunBusy(f"{path}: another process is scoring into this folder") from error
        self._sweep()
        self._streams = {name: Stream(self._temporary(name)) for name in (SCORES, PREDICTIONS, DATA)}
        self._scores, self._predictions = Lines(self._streams[SCORES]), Lines(self._streams[PREDICTIONS])

    def write(self, score: str, prediction: str) -> None:
        """Add one raw line to the scores, and one to the predictions as they were read."""
        self._scores.write(score)
        self._predictions.write(prediction)

    def write_data(self, dataset: Dataset) -> str:
        """Add what the scores are about; the digest of what a scorer sees of its items."""
        gold = codec.GoldDigest()
        # No clock and no name inside, so that the same data give the same bytes.
        with gzip.GzipFile(
            filename="", mode="wb", compresslevel=1, fileobj=self._streams[DATA], mtime=0
        ) as zipped:
            lines = Lines(zipped)
            for row in _data_rows(dataset, gold):
                lines.write(codec.raw_line(row))
            lines.flush()
        return gold.hexdigest()

    def commit(self, files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> None:
        """Put everything written and `files` in the place of an earlier scoring, and the manifest that seals them."""
        self._scores.flush()
        self._predictions.flush()
        facts = {name: stream.finish() for name, stream in self._streams.items()}
        for name, data in files.items():
            stream = Stream(self._temporary(name))
            stream.write(data)
            facts[name] = stream.finish()
        last = Stream(self._temporary(MANIFEST))
        last.write(codec.pretty({**manifest, "kind": KIND, "files": facts}))
        last.finish()
        with storage_errors(self.path):
            (self.path / MANIFEST).unlink(missing_ok=True)
            for name in (*facts, MANIFEST):
                os.replace(self._temporary(name), self.path / name)  # noqa: PTH105 - as in bench.store.files
            sync_dir(self.path)
        self._made = []

    def __enter__(self) -> ScoreFolder:
        """The folder itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove what was not committed, and let others in."""
        for stream in self._streams.values():
            stream.close()
        self._sweep()
        for folder in self._made:
            with contextlib.suppress(OSError):
                folder.rmdir()
        os.close(self._lock)

    def _temporary(self, name: str) -> Path:
        return self.path / f".{name}.{os.getpid()}.tmp"

    def _sweep(self) -> None:
        """Remove temporary files, those of a killed process included: we hold the lock."""
        for file in self.path.iterdir():
            if _TEMPORARY.fullmatch(file.name):
                with contextlib.suppress(OSError):
                    file.unlink()


def _data_rows(dataset: Dataset, gold: codec.GoldDigest) -> Iterator[Mapping[str, Any]]:
    """The card, the articles, the items; a context equal to its article's text is stored once, with the article."""
    yield {"name": dataset.name, "version": dataset.version}
    yield from ({"article": codec.article_row(a)} for a in dataset.articles)
    texts = {a.id: a.text for a in dataset.articles}
    for item in dataset.items:
        row = codec.item_row(item)
        gold.add(row)
        if texts.get(item.article_id) == item.context:
            del row["context"]
        yield {"item": row}


def _refuse_foreign(path: Path) -> None:
    """UsageError unless `path` is new, empty, or holds an earlier scoring and nothing else."""
    if "\0" in str(path):
        raise UsageError("out: not a path")
    with storage_errors(path):
        if not path.exists():
            return
        if not path.is_dir():
            raise UsageError(f"out={path}: is a file; name a folder")
        names = {file.name for file in path.iterdir()}
    temporary = {name for name in names if _TEMPORARY.fullmatch(name)}
    foreign = sorted(names - temporary - _OURS)
    # A kill between two renames leaves files without a manifest, but then the staged manifest is still there.
    ours = names <= temporary or _is_ours(path) or any(name.startswith(f".{MANIFEST}.") for name in temporary)
    if foreign or not ours:
        shown = ", ".join((foreign or sorted(names))[:3])
        raise UsageError(
            f"out={path}: holds files that no scoring wrote ({shown}); name a new or empty folder"
        )


def _is_ours(path: Path) -> bool:
    try:
        return codec.parse_object(read_bytes(path / MANIFEST), MANIFEST).get("kind") == KIND
    except StorageError:
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredFile:
    """A scored predictions file, read back."""

    manifest: Mapping[str, Any]
    metrics: Mapping[str, Any]  # metrics.json
    dataset: Dataset
    predictions: Mapping[Key, Prediction]
    scores: tuple[Score, ...]


def is_score_folder(path: Path) -> bool:
    """Whether `dateline score predictions=… out=…` wrote this folder."""
    return (path / MANIFEST).is_file() and _is_ours(path)


def read_score_folder(path: Path) -> ScoredFile:
    """Everything in a folder of scores; StorageError when a file is missing or is not what was sealed."""
    manifest = codec.parse_object(read_bytes(path / MANIFEST), str(path / MANIFEST))
    if DATA not in manifest["files"]:
        raise StorageError(
            f"{path}: holds no items, it was written by an earlier version; score the file again"
        )
    found = {}
    for name, fact in manifest["files"].items():
        found[name] = read_bytes(path / name)
        if hashlib.sha256(found[name]).hexdigest() != fact["sha256"]:
            raise StorageError(f"{path / name}: edited after sealing; score the file again")
    predictions = map(codec.prediction_of, _rows(found[PREDICTIONS], path / PREDICTIONS))
    return ScoredFile(
        manifest=manifest,
        metrics=codec.parse_object(found[METRICS], str(path / METRICS)),
        dataset=_dataset(list(_rows(gzip.decompress(found[DATA]), path / DATA))),
        predictions={p.key: p for p in predictions},
        scores=tuple(map(codec.score_of, _rows(found[SCORES], path / SCORES))),
    )


def _rows(data: bytes, file: Path) -> Iterator[dict[str, Any]]:
    return (codec.parse_object(raw, f"{file}:{n}") for n, raw in enumerate(data.splitlines(), start=1))


def _dataset(rows: Sequence[Mapping[str, Any]]) -> Dataset:
    card, records = rows[0], rows[1:]
    articles = tuple(codec.article_of(row["article"]) for row in records if "article" in row)
    texts = {a.id: a.text for a in articles}
    items = tuple(
        codec.item_of(row["item"], texts.get(row["item"]["article_id"], ""))
        for row in records
        if "item" in row
    )
    return Dataset(name=card["name"], version=card["version"], articles=articles, items=items)
