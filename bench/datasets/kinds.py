"""What kind of file a data file looks like, for the message of a reader that could not make anything of it."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.datasets._bytes import content
from bench.datasets._cells import FIELDS
from bench.errors import DataError, Problem

_HEAD = 1 << 20  # characters that are looked at
_MOST = 64 << 20  # characters of a JSON file that is still read whole to see what it holds
_LONGEST_LINE = 2_000_000
_QUOTED_KEY = r'"{}"\s*:'
_BESIDE = {"replicate", "variant", "confidence", "null_score", "status"}  # what else a predictions file holds
_NEWSQA = {"story_id", "answer_char_ranges"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of file: what to call it, which data sets read it, what to do with it."""

    what: str
    readers: tuple[str, ...] = ()  # names of configs/dataset
    fix: str


_SQUAD = Kind(what="SQuAD's JSON", readers=("squad",), fix="use dataset=squad")
_MRQA = Kind(what="MRQA's JSON Lines", readers=("mrqa",), fix="use dataset=mrqa")
_NEWS = Kind(what="a file of NewsQA's tools", readers=("newsqa",), fix="use dataset=newsqa")
_LINES = Kind(what="JSON Lines, one object a line", readers=("jsonl", "hf"), fix="use dataset=jsonl")
_TABLE = Kind(what="a table (CSV)", readers=("csv", "hf"), fix="use dataset=csv")
_SOURCE = Kind(
    what="an authored article (TOML)",
    readers=("dateline",),
    fix="name its folder: dataset=dateline dataset.path=FOLDER",
)
_ANSWERS = Kind(
    what="answers, not questions",
    fix="name the questions here, and the answers with predictions=FILE (dateline score) or model=recorded model.path=FILE",
)
_LIST = Kind(what="one JSON list", fix="write its objects one a line, for dataset=jsonl")
_OBJECT = Kind(
    what="JSON, but none of the forms that are read",
    fix="dataset=squad reads SQuAD's, dataset=jsonl one object a line",
)
_PAGE = Kind(what="a web page (HTML), not data", fix="fetch the file itself")
_POINTER = Kind(what="a pointer of Git LFS, not the file", fix="fetch it with git lfs pull")


def kind_of_file(path: Path) -> Kind | None:
    """What the file at `path` looks like, gzipped or not; None where that is not plain, or nothing can be read."""
    data = content(path) if path.is_file() else ""
    if isinstance(data, str):
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    head = text[:_HEAD].lstrip()
    if head.startswith("version https://git-lfs"):
        return _POINTER
    if re.match(r"<(!doctype|html|\?xml)", head, re.IGNORECASE):
        return _PAGE
    if re.match(r"(?:#.*\n|\s)*(?:schema = \d+|\[article\])\s*$", head, re.MULTILINE):
        return _SOURCE
    if head[:1] in ("{", "["):
        return _json_kind(text, head)
    return _table_kind(head, path.name.removesuffix(".gz").endswith((".csv", ".tsv")))


def explain_kind(node: Mapping[str, Any], error: DataError) -> DataError:
    """`error` of the data set of a config node; where its file is plainly of another kind, an error that says so.

    The complaints about single lines are left out then: they are all of that one mistake.
    """
    package, _, module = str(node.get("_target_")).removesuffix(".load").rpartition(".")
    path, reader = node.get("path"), module.rstrip("_")
    if package != "bench.datasets" or not path:
        return error
    kind = kind_of_file(Path(str(path)))
    if kind is None or reader in kind.readers:
        return error
    message = f"looks like {kind.what}, which dataset={reader} does not read"
    return DataError([Problem(where=str(path), message=message, fix=kind.fix, check="kind")])


def _json_kind(text: str, head: str) -> Kind | None:
    first, _, rest = head.partition("\n")
    row = _parsed(first)
    if isinstance(row, dict) and ("qas" in row or "header" in row):
        return _MRQA
    if re.search(_QUOTED_KEY.format("paragraphs"), head) and re.search(_QUOTED_KEY.format("data"), head):
        return _SQUAD
    if re.search(_QUOTED_KEY.format("storyId"), head):
        return _NEWS
    lines = isinstance(row, dict) and (rest.lstrip().startswith("{") or "question" in row)
    if lines and isinstance(row, dict):
        return _ANSWERS if _are_answers(row) else _LINES
    whole = _parsed(text) if len(text) <= _MOST else None
    if isinstance(whole, dict):
        texts = whole and all(value is None or isinstance(value, str) for value in whole.values())
        return _ANSWERS if texts and not whole.keys() & set(FIELDS) else _OBJECT
    return _LIST if isinstance(whole, list) and whole and isinstance(whole[0], dict) else None


def _parsed(text: str) -> Any:
    """The value of a JSON text; None where it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _table_kind(head: str, named_so: bool) -> Kind | None:
    line = head.partition("\n")[0].rstrip("\r")
    if len(line) > _LONGEST_LINE:
        return None
    columns = max(
        (_columns(line, delimiter) for delimiter in ",;\t"),
        key=lambda found: (len(_known(found)), len(found)),
    )
    if set(columns) >= _NEWSQA:
        return _NEWS
    if _are_answers(columns):
        return _ANSWERS
    return _TABLE if named_so or len(_known(columns)) > 1 else None


def _are_answers(names: Collection[str]) -> bool:
    """Whether columns are those of a predictions file and no others, so that no column of one's own is among them."""
    ids, texts = {"id", "item_id"}, {"text", "prediction", "answer"}
    found = set(names)
    return bool(found & ids and found & texts) and found <= ids | texts | _BESIDE


def _known(columns: Collection[str]) -> set[str]:
    return {*FIELDS, *_NEWSQA} & set(columns)


def _columns(line: str, delimiter: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return []
