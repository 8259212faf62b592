"""The `[article]` table of an authored source as an `Article` with its sentences."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bench.datasets._fields import Log, Table, kind
from bench.records import Article, Sentence

GENRES = ("hard_news", "feature", "analysis", "brief", "business", "sport", "court")
SPLITS = ("dev", "test")
PRECISIONS = {"day": r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "month": r"[0-9]{4}-[0-9]{2}", "year": r"[0-9]{4}"}

_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]+)*")
_KEYS = (
    *("id", "version", "split", "title", "language", "genre", "topic", "published", "published_precision"),
    *("fictional", "text_origin", "license", "factual_basis", "text"),
)


def read_article(data: object, stem: str, log: Log) -> Article | None:
    """The article of a file whose name without suffix is `stem`; None when id or text cannot be used.

    Other faults are noted in `log` and leave the field empty, so that the items can still be looked at.
    """
    if not isinstance(data, dict):
        fix = "begin the article with [article]"
        log.add(("article",), "missing table [article]" if data is None else f"is {kind(data)}", fix=fix)
        return None
    table = Table(data, ("article",), log)
    table.known(_KEYS)
    name = _name(table, stem)
    text = table.text("text", required=True, block=True)
    language = table.text("language") or "en"
    if not _LANGUAGE.fullmatch(language):
        table.fault("language", "must be a language tag", value=language, fix='write it like "en" or "pt-BR"')
    published, precision = _published(table)
    article = Article(
        id=name or "",
        text="",
        title=table.text("title", required=True) or "",
        language=language,
        genre=table.choice("genre", GENRES, required=True),
        topic=table.text("topic", required=True),
        published=published,
        published_precision=precision,
        fictional=table.flag("fictional", required=True),
        text_origin=table.text("text_origin", required=True),
        license=table.text("license", required=True),
        factual_basis=table.text("factual_basis", required=True),
        split=table.choice("split", SPLITS, required=True),
        version=table.whole("version", 1, 9999) or 1,
    )
    if not name or text is None:
        return None
    _stray_space(text, table)
    joined, sentences = split_sentences(text)
    return replace(article, text=joined, sentences=sentences)


def split_sentences(text: str) -> tuple[str, tuple[Sentence, ...]]:
    """Authored text (a sentence a line, a blank line between paragraphs) as running text with offsets.

    Sentences of a paragraph are joined by one space, paragraphs by one blank line; space around lines and
    surplus blank lines are dropped.
    """
    pieces: list[str] = []
    sentences: list[Sentence] = []
    position, paragraph, fresh = 0, 0, True
    for line in (line.strip() for line in text.split("\n")):
        if not line:
            fresh = True
            continue
        glue = "" if not sentences else "\n\n" if fresh else " "
        paragraph += fresh
        start = position + len(glue)
        position = start + len(line)
        pieces += [glue, line]
        sentences.append(Sentence(n=len(sentences) + 1, paragraph=paragraph, start=start, end=position))
        fresh = False
    return "".join(pieces), tuple(sentences)


def _name(table: Table, stem: str) -> str | None:
    name = table.text("id", required=True)
    if name is None:
        return None
    if not _ID.fullmatch(name) or len(name) > 64:
        table.fault("id", "must be lower-case words and hyphens, at most 64 characters", value=name)
        return None
    if name != stem:
        table.fault(
            "id", f"differs from the file name {stem!r}", value=name, fix=f"rename the file {name}.toml"
        )
    return name


def _published(table: Table) -> tuple[str | None, str | None]:
    """The publication date and its precision: both given and in agreement, or neither."""
    published = table.text("published")
    precision = table.choice("published_precision", PRECISIONS)
    missing = {"published", "published_precision"} - set(table.data)
    if len(missing) == 1:
        table.fault(missing.pop(), "published and published_precision go together", fix="add it")
    if published is None or precision is None:
        return None, None
    if not re.fullmatch(PRECISIONS[precision], published) or not _is_date(published):
        message = f"is no date of precision {precision}"
        table.fault("published", message, value=published, fix="write YYYY-MM-DD, YYYY-MM or YYYY")
        return None, None
    return published, precision


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat((text + "-01-01")[:10] if len(text) == 4 else (text + "-01")[:10])
    except ValueError:
        return False
    return True


def _stray_space(text: str, table: Table) -> None:
    """Note space around sentences, doubled spaces and doubled blank lines, on the line where they stand."""
    first = table.log.lines.block(text, "article", "text")
    lines = text.strip("\n").split("\n")
    skipped = len(text) - len(text.lstrip("\n"))
    for n, line in enumerate(lines):
        message = None
        if line != line.strip():
            message = "space at the beginning or end of a line"
        elif "  " in line or "\t" in line:
            message = "two spaces, or a tab, inside a sentence"
        elif not line and not lines[n - 1]:
            message = "more than one blank line between paragraphs"
        if message:
            line_number = None if first is None else first + skipped + n
            table.fault("text", message, value=line[:60] or None, fix="delete it", line=line_number)
