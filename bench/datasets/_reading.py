"""One pass over the rows of a researcher's table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.datasets._cells import Cells, Log, Row
from bench.datasets._contexts import Context, find_answer
from bench.datasets._library import Library, short_id
from bench.datasets._native import is_exported
from bench.datasets._native_rows import NativeRows
from bench.datasets._row_answers import read_answers
from bench.datasets._strict_json import StrictJson
from bench.errors import counted
from bench.records import Article, Gold, Item

SPLITS = ("dev", "test")

_QUOTABLE = (
    "person",
    "place",
    "span",
    "number",
    "date",
    "list",
)  # types whose answers one expects in the text
_MAX_ID = 200  # characters
_SHOWN = 5  # lines named in a warning


class Reading:
    """Items and articles so far, what was wrong, and what deserves a warning."""

    def __init__(self, path: Path, names: Mapping[str, str], *, split: str, language: str) -> None:
        self.log = Log(where=str(path))
        self.library = Library(self.log, path.parent)
        self.items: list[Item] = []
        self._names, self._split, self._language = names, split, language
        self._json = StrictJson()
        self._ids: dict[str, int] = {}  # line of every id
        self._made_ids: dict[str, str] = {}  # row- ids and the digest behind each
        self._asked: dict[
            str, tuple[int, bool]
        ] = {}  # digest of question and context: line, whether it had an id
        self._inferred: Counter[str] = Counter()
        self._not_quoted: list[int] = []
        self._asked_again: list[int] = []
        self.native = NativeRows(self.log, self.library, self._ids)

    def add(self, row: Row) -> None:
        """Read one row: one more item, or at least one more problem."""
        if is_exported(row.cells):
            item = self.native.add(row)
            self.items += [item] if item else []
            return
        before = len(self.log.problems)
        cells = Cells(row, self._names, self.log, self._json)
        stated = self._stated_id(cells)
        question = cells.text("question")
        if question is None:
            cells.missing("question", "is blank", "write the question")
        context = self.library.context(cells)
        item_id = stated
        if question and context:
            item_id = self._asked_once(cells, stated, context.digest_with(question))
        language = cells.text("language") or self._language
        split = cells.choice("split", SPLITS) or self._split
        answers = read_answers(cells, context, language)
        skills, article = cells.words("skills", loose=True), cells.text("article_id")
        if cells.bad or not (item_id and question and context and answers):
            return
        article = self.library.place(cells, article, context, split, language)
        if len(self.log.problems) > before:
            return
        self._inferred[answers.kind] += answers.inferred
        if answers.kind in _QUOTABLE and not _quoted(context, answers.gold):
            self._not_quoted.append(row.line)
        self.items.append(
            Item(
                id=item_id,
                article_id=article,
                question=question,
                context=context.text,
                answer_type=answers.kind,
                answer_mode=answers.mode,
                gold=answers.gold,
                reject=answers.reject,
                skills=skills,
                language=language,
                split=split,
            )
        )

    def _stated_id(self, cells: Cells) -> str | None:
        """The row's own id, if it has a usable one."""
        stated = cells.text("id")
        if stated is None:
            return None
        if not stated.isprintable() or len(stated) > _MAX_ID:
            cells.say("id", f"must be at most {_MAX_ID} printable characters", stated, "shorten it")
            return None
        cells.item = stated
        first = self._ids.setdefault(stated, cells.line)
        if first != cells.line:
            cells.say("id", f"stands on line {first} too", stated, "give every row an id of its own")
        return stated

    def _asked_once(self, cells: Cells, stated: str | None, digest: str) -> str:
        """The row's id; without one of its own, the same question on the same context may not come twice."""
        line, had_id = self._asked.setdefault(digest, (cells.line, stated is not None))
        if line != cells.line:
            if stated is None and not had_id:
                fix = "delete one, or give both an id"
                cells.say("question", f"the same question on the same context stands on line {line}", fix=fix)
            else:
                self._asked_again.append(cells.line)
        return stated or short_id("row-", digest, self._made_ids)

    def ordered(self) -> tuple[tuple[Item, ...], tuple[Article, ...]]:
        """Items and articles in the order of the rows; in that of their data set where all rows were exported."""
        items = self.native.origins.ordered(self.items)
        articles = {a.id: a for a in self.library.articles()}
        return items, tuple(articles[name] for name in dict.fromkeys(i.article_id for i in items))

    def warnings(self) -> Iterator[str]:
        """What a reader of the results should know about the data."""
        yield from self.native.origins.warnings()
        inferred = sum(self._inferred.values())
        if inferred:
            kinds = ", ".join(f"{n} {kind}" for kind, n in self._inferred.most_common() if n)
            yield f"answer types were inferred for {counted(inferred, 'item')}: {kinds}"
        if self._not_quoted:
            lines = _lines(self._not_quoted)
            yield f"the context does not contain an answer on {lines}: check the wording, or mark it computed"
        if self._asked_again:
            yield f"a question is asked again of the same context, under another id, on {_lines(self._asked_again)}"
        if self.log.composed:
            yield f"text was brought into Unicode form NFC on {_lines(self.log.composed)}"
        yield from self.library.overlapping()


def _quoted(context: Context, gold: Sequence[Gold]) -> bool:
    """Whether every answer that is not computed stands in the context."""
    loose = [slot for slot in gold if not slot.spans and not slot.computed]
    return all(find_answer(context, (slot.canonical, *slot.aliases))[1] for slot in loose)


def _lines(lines: Sequence[int]) -> str:
    """`line 3`, or `5 lines (3, 5, 9 …)`."""
    distinct = list(dict.fromkeys(lines))
    if len(distinct) == 1:
        return f"line {distinct[0]}"
    shown = ", ".join(map(str, distinct[:_SHOWN]))
    return f"{len(distinct):,} lines ({shown}{' …' if len(distinct) > _SHOWN else ''})"
