"""Rows in the form of SQuAD's or MRQA's on the hub, texts untouched."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from bench.datasets._bytes import stem
from bench.datasets._cells import Row, kind_of
from bench.datasets._passages import Claim, Options, Passages
from bench.datasets._rows import Table
from bench.datasets.mrqa import claims_of
from bench.errors import DataError, Problem, shorten
from bench.records import Dataset

PASSAGE_FIELDS = ("id", "title", "context", "question", "answers", "detected_answers")
_NEEDED = ("id", "context", "question", "answers")
_AT = "row"


def passages_of(
    table: Table,
    names: Mapping[str, str],
    form: str,
    options: Options,
    name: str | None,
    version: str | None,
) -> Dataset:
    """The data set of such rows: one article per title (per context where there is none); all problems at once."""
    passages = Passages(str(table.path), options)
    passages.problems += [*table.problems, *_absent(table, names, form)]
    if not passages.problems:
        rows = [_fields(row, names) for row in table.rows]
        articles = _articles(passages, rows)
        for row, fields in zip(table.rows, rows, strict=True):
            passages.line = row.line
            _question(passages, fields, form, articles)
    if passages.problems:
        raise DataError(passages.problems)
    return Dataset(
        name=str(name or stem(table.path)),
        version=str(version or hashlib.sha256(table.content or b"").hexdigest()[:12]),
        articles=tuple(passages.articles.values()),
        items=tuple(passages.items),
        warnings=tuple(passages.warnings()),
    )


def _absent(table: Table, names: Mapping[str, str], form: str) -> Iterator[Problem]:
    """A problem for every column that no row can do without."""
    where = str(table.path)
    if not table.rows and not table.problems:
        yield Problem(where=where, message="holds no rows")
    for field in (*_NEEDED, *(("detected_answers",) if form == "mrqa" else ())):
        column = names.get(field, field)
        if table.rows and column not in table.columns:
            fix = f"it has {', '.join(map(shorten, table.columns))}; set dataset.columns.{field}=…"
            yield Problem(where=where, field=column, message=f"there is no column {column!r}", fix=fix)


def _fields(row: Row, names: Mapping[str, str]) -> dict[str, Any]:
    return {field: row.cells[column] for field, column in names.items() if column in row.cells}


def _articles(passages: Passages, rows: list[dict[str, Any]]) -> dict[tuple[str, str], str]:
    """The id of the article of every (title, context)."""
    texts: dict[str, dict[str, None]] = {}
    for fields in rows:
        title, context = fields.get("title"), fields.get("context")
        if isinstance(context, str) and context.strip():
            key = title if isinstance(title, str) and title.strip() else f"\0{context}"
            texts.setdefault(key, {})[context] = None
    found: dict[tuple[str, str], str] = {}
    for key, contexts in texts.items():
        title = "" if key.startswith("\0") else key
        article = passages.article(title, "\n\n".join(contexts))
        found |= {(title, context): article for context in contexts}
    return found


def _question(
    passages: Passages, fields: Mapping[str, Any], form: str, articles: Mapping[tuple[str, str], str]
) -> None:
    before = len(passages.problems)
    title = fields.get("title")
    passages.title = title if isinstance(title, str) and title.strip() else ""
    name = passages.question_id(fields, "id", _AT)
    question = passages.text(fields, "question", _AT, item=name)
    context = passages.text(fields, "context", _AT, item=name)
    qa = {
        **fields,
        "answers": fields.get("answers"),
        "detected_answers": _pairs(fields.get("detected_answers")),
    }
    if form == "mrqa":
        claims = claims_of(passages, qa, _AT, context, name)
    else:
        claims = _squad_claims(passages, fields.get("answers"), name)
    if context is None or len(passages.problems) > before:
        return
    gold = passages.gold(claims, context, name)
    if form == "mrqa" and not gold and len(passages.problems) == before:
        passages.say(f"{_AT}.answers", "holds no answer", fix="every MRQA question has one", item=name)
    if len(passages.problems) == before and name is not None and question is not None:
        passages.add(name, question, context, articles[passages.title, context], gold)


def _squad_claims(passages: Passages, value: Any, item: str | None) -> list[Claim]:
    """SQuAD's answers: {text: [...], answer_start: [...]}, or a list of {text, answer_start}."""
    pairs = _pairs(value)
    if not isinstance(pairs, list):
        message = f"must be {{text: [...], answer_start: [...]}}, not {kind_of(value)}"
        passages.say(f"{_AT}.answers", message, item=item)
        return []
    claims = []
    for at, answer in passages.objects({"answers": pairs}, "answers", _AT, item):
        text = passages.text(answer, "text", at, item=item)
        start = passages.whole(answer.get("answer_start"), f"{at}.answer_start", item)
        claims += [Claim(at=f"{at}.answer_start", text=text, start=start)] if text is not None else []
    return claims


def _pairs(value: Any) -> Any:
    """A table of lists {a: [1, 2], b: [3, 4]} as a list of objects, spans {start, end} as pairs; others as they are."""
    if isinstance(value, Mapping) and value and all(isinstance(v, list) for v in value.values()):
        length = max(map(len, value.values()))
        value = [{k: v[n] for k, v in value.items() if n < len(v)} for n in range(length)]
    if isinstance(value, list):
        return [_with_spans(entry) if isinstance(entry, Mapping) else entry for entry in value]
    return value


def _with_spans(entry: Mapping[str, Any]) -> dict[str, Any]:
    spans = entry.get("char_spans")
    if isinstance(spans, Mapping):
        spans = _pairs(spans)
    if isinstance(spans, list) and all(isinstance(s, Mapping) for s in spans):
        return {**entry, "char_spans": [[s.get("start"), s.get("end")] for s in spans]}
    return dict(entry)
