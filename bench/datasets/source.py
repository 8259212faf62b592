"""Authored sources: one TOML file per article, as docs/source-format.md describes it, into records."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.datasets._article import read_article
from bench.datasets._bytes import decode
from bench.datasets._fields import Log, Table
from bench.datasets._items import read_items
from bench.datasets._toml_lines import Lines
from bench.errors import Problem
from bench.records import Article, Item

_KEYS = ("schema", "canary", "article", "item")
_SYNTAX = re.compile(r"(?P<message>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One authored file as far as it could be read."""

    where: str  # the file as the user named it
    article: Article | None
    items: tuple[Item, ...]  # without those that have a fault in their structure
    problems: tuple[Problem, ...]  # in line order
    canary: str | None
    lines: Lines
    order: Mapping[str, int]  # item id → its position among the [[item]] tables
    complete: bool  # whether every [[item]] table became an item


def read_source(path: Path) -> Source:
    """Everything in one file and everything wrong with its structure. Never raises for what the file holds."""
    where = str(path)
    text, problems = decode(path)
    data, syntax = _parse(text, where) if text.strip() else ({}, [])
    if not data:
        told = {p.line for p in problems}
        return _unread(where, [*problems, *(p for p in syntax if not problems or p.line not in told)])
    log = Log(where, Lines(text))
    top = Table(data, (), log)
    top.known(_KEYS)
    if type(data.get("schema")) is not int or data["schema"] != 1:
        top.fault("schema", "must be 1", value=data.get("schema"), fix="begin the file with schema = 1")
    canary = top.text("canary")
    article = read_article(data.get("article"), path.stem, log)
    tables = data.get("item", [])
    items = read_items(tables, article, log)
    seen = {p.check for p in problems}  # what the bytes show is not repeated for each field
    fields = [p for p in log.problems if p.check not in {"control", "nfc"} & seen]
    return Source(
        where=where,
        article=article,
        items=tuple(items.values()),
        problems=in_line_order([*problems, *fields]),
        canary=canary,
        lines=log.lines,
        order={item.id: k for k, item in items.items()},
        complete=isinstance(tables, list) and len(items) == len(tables),
    )


def _unread(where: str, problems: Iterable[Problem]) -> Source:
    """A file of which nothing but problems is known."""
    return Source(
        where=where,
        article=None,
        items=(),
        problems=in_line_order(problems),
        canary=None,
        lines=Lines(""),
        order={},
        complete=False,
    )


def load_source(path: Path) -> tuple[Article | None, list[Item], list[Problem]]:
    """The article, the items and the problems of one file; nothing is raised for bad input.

    Spans are found from the answers, inside the evidence sentences. The article is None when its id or text
    cannot be used; items with a fault in their structure are left out.
    """
    source = read_source(path)
    return source.article, list(source.items), list(source.problems)


def load_sources(folder: Path) -> tuple[list[Article], list[Item], list[Problem]]:
    """All `*.toml` files of a folder in name order, and every problem, in file and line order.

    Where the folder has a folder `articles`, as a suite has, the files in that one are meant.
    A folder that is missing or holds no source is a problem. Files are named as `folder` was.
    """
    sources, problems = read_sources(folder)
    articles = [s.article for s in sources if s.article is not None]
    return (
        articles,
        [i for s in sources for i in s.items],
        [*problems, *(p for s in sources for p in s.problems)],
    )


def read_sources(folder: Path) -> tuple[list[Source], list[Problem]]:
    """The sources of a folder, and the problems of the folder as a whole."""
    if not folder.is_dir():
        message = "is a file, not a folder" if folder.exists() else "no such folder"
        fix = f"name its folder, {folder.parent}" if folder.suffix == ".toml" else "check the path"
        return [], [Problem(where=str(folder), message=message, fix=fix, check="readable")]
    if (folder / "articles").is_dir():
        folder = folder / "articles"
    paths = sorted(p for p in folder.iterdir() if p.suffix == ".toml" and not p.name.startswith("."))
    if not paths:
        message = "holds no authored sources (*.toml)"
        return [], [Problem(where=str(folder), message=message, fix="check the path", check="readable")]
    return [read_source(path) for path in paths], []


def in_line_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems of one file by line, those about the whole file first."""
    return tuple(sorted(problems, key=lambda p: p.line or 0))


def _parse(text: str, where: str) -> tuple[dict[str, Any], list[Problem]]:
    """The TOML document, or where it is broken; the parser stops at the first fault."""
    try:
        return tomllib.loads(text), []
    except RecursionError:
        return {}, [Problem(where=where, message="nested too deep for TOML", check="syntax")]
    except ValueError as error:  # TOMLDecodeError, and integers too long for Python
        return {}, [_syntax(str(error), text, where)]


def _syntax(message: str, text: str, where: str) -> Problem:
    match = _SYNTAX.fullmatch(message)
    line = column = None
    if match:
        message = match["message"]
        line = int(match["line"]) if match["line"] else text.rstrip("\n").count("\n") + 1
        column = match["column"]
    place = f" at column {column}" if column else " at the end of the file" if match else ""
    fix = "give the key once" if "overwrite" in message else None
    return Problem(where=where, line=line, message=f"{message}{place}", fix=fix, check="syntax")
