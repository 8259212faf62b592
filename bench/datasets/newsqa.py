"""NewsQA as its own tools build it: combined-newsqa-data-v1.json and combined-newsqa-data-v1.csv."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.datasets import csv_
from bench.datasets._bytes import decode, stem
from bench.datasets._files import fingerprint, located, read_json
from bench.datasets._newsqa_spans import BAD, NONE, Mark, Verdict, consensus, readable, trimmed
from bench.datasets._passages import Passages, options_of
from bench.datasets._strict_json import StrictJson
from bench.errors import DataError, counted
from bench.records import Dataset, Gold, Span

_PARTS = {"train": "dev", "dev": "dev", "test": "test"}  # theirs: ours
_COLUMNS = ("story_id", "story_text", "question", "answer_char_ranges")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A question as either file has it."""

    at: str
    story: str
    text: str  # of the story
    question: str
    verdict: Verdict
    split: str | None = None
    line: int | None = None


def load(
    path: str,
    *,
    name: str | None = None,
    version: str | None = None,
    split: str = "test",
    answer_type: str = "span",
) -> Dataset:
    """The data set in one of NewsQA's combined files: an article per story, an item per question.

    The gold is the crowd's consensus, without the space and comma that the marks of whole words carry along;
    the CSV file has none, so it is worked out as NewsQA's tools do. Questions that the crowd calls bad are
    left out, with a warning that counts them; those without an answer are unanswerable items. Stories of
    type train and dev are our dev split, type test our test split; `split` holds where there is no type.
    Ids are `story#n`, n counting a story's questions from 0. Raises DataError with every problem.
    """
    file = Path(path)
    passages = Passages(path, options_of(split, answer_type, True, "characters"))
    is_json = _is_json(file)
    asked = list((_from_json if is_json else _from_csv)(file, passages))
    bad = _add_all(passages, asked)
    if not passages.items and not passages.problems:
        passages.say("data", "holds no questions that count")
    if passages.problems:
        problems = located(file, passages.problems) if is_json else passages.problems
        raise DataError(sorted(problems, key=lambda p: p.line or 0))
    left_out = (f"left out: {counted(bad, 'question')} that the crowd calls bad",) if bad else ()
    return Dataset(
        name=str(name or stem(file)),
        version=str(version or fingerprint(file)),
        articles=tuple(passages.articles.values()),
        items=tuple(passages.items),
        warnings=(*left_out, *passages.warnings()),
    )


def _is_json(path: Path) -> bool:
    text, _ = decode(path, allow_bom=True, strict=False, max_line=None)
    return text.lstrip()[:1] in ("{", "[") or path.name.endswith((".json", ".json.gz"))


def _add_all(passages: Passages, asked: list[_Asked]) -> int:
    """Every question as an item; how many were left out because they are bad."""
    bad = 0
    counts: dict[str, int] = {}
    for one in asked:
        passages.line = one.line
        name = one.story.rpartition("/")[2].removesuffix(".story") or one.story
        counts[name] = counts.get(name, -1) + 1
        item = f"{name}#{counts[name]}"
        spot = trimmed(one.text, one.verdict) if isinstance(one.verdict, Mark) else None
        if one.verdict == BAD:
            bad += 1
        elif isinstance(one.verdict, Mark) and spot is None:
            shown = f"{one.verdict.start}:{one.verdict.end}"
            passages.say(one.at, "marks nothing in the story's text", shown, item=item)
        else:
            article = passages.article("", one.text, one.split, name)
            passages.add(item, one.question, one.text, article, _gold(one.text, spot))
    passages.line = None
    return bad


def _gold(text: str, spot: Mark | None) -> tuple[Gold, ...]:
    if spot is None:
        return ()
    words = text[spot.start : spot.end]
    return (Gold(canonical=words, spans=(Span(start=spot.start, end=spot.end, text=words),)),)


def _from_json(path: Path, passages: Passages) -> Iterator[_Asked]:
    value, passages.problems = read_json(path)
    if passages.problems:
        return
    if not isinstance(value, dict):
        passages.say("$", "must be an object", fix='NewsQA files are {"data": [...]}')
        return
    for at, story in passages.objects(value, "data", ""):
        name = passages.text(story, "storyId", at)
        text = passages.text(story, "text", at)
        kind = story.get("type")
        if kind is not None and kind not in _PARTS:
            passages.say(f"{at}.type", f"is not one of {', '.join(_PARTS)}", str(kind))
        for place, entry in passages.objects(story, "questions", at):
            question = passages.text(entry, "q", place)
            verdict = _verdict(passages, entry, place)
            if name and text and question and verdict is not None:
                split = _PARTS.get(str(kind))
                where = f"{place}.consensus"
                yield _Asked(at=where, story=name, text=text, question=question, verdict=verdict, split=split)


def _verdict(passages: Passages, entry: Mapping[str, Any], at: str) -> Verdict | None:
    found = entry.get("consensus")
    if isinstance(found, dict):
        if found.get("badQuestion") is True:
            return BAD
        if found.get("noAnswer") is True:
            return NONE
        start, end = found.get("s"), found.get("e")
        if type(start) is int and type(end) is int and 0 <= start < end:
            return Mark(start, end)
    message = "is missing" if "consensus" not in entry else "is none of {s, e}, {noAnswer}, {badQuestion}"
    passages.say(f"{at}.consensus", message, None if found is None else str(found)[:80])
    return None


def _from_csv(path: Path, passages: Passages) -> Iterator[_Asked]:
    table = csv_.read(path, set(_COLUMNS), ",")
    passages.problems += [p for p in table.problems if p.check != "control"]
    if absent := [c for c in _COLUMNS if table.columns and c not in table.columns]:
        fix = "name combined-newsqa-data-v1.csv; newsqa-data-v1.csv has no stories, and tokenized files no offsets"
        passages.say(absent[0], f"there is no column {', '.join(absent)}", fix=fix)
        return
    texts: dict[str, str] = {}
    json = StrictJson()
    for row in table.rows:
        passages.line = row.line
        cells = {c: row.cells.get(c, "") for c in (*_COLUMNS, "validated_answers", "is_question_bad")}
        name = passages.text(cells, "story_id", "")
        text = passages.text(cells, "story_text", "")
        question = passages.text(cells, "question", "")
        validated, faults = json.parse(cells["validated_answers"] or "null")
        if faults or not _are_votes(validated):
            passages.say("validated_answers", "must be {answer: votes}", cells["validated_answers"])
        elif not readable(cells["answer_char_ranges"]):
            fix = "write start:end or None, parted by , and |"
            passages.say("answer_char_ranges", "is no list of ranges", cells["answer_char_ranges"], fix)
        elif name and text and question:
            text = text.replace("\r\n", "\n")  # as NewsQA's own reader, for the offsets
            if texts.setdefault(name, text) != text:
                passages.say("story_text", f"differs from an earlier text of {name}")
                continue
            share = cells["is_question_bad"]
            verdict = consensus(cells["answer_char_ranges"], validated, _share(share))
            yield _Asked(
                at="answer_char_ranges",
                story=name,
                text=text,
                question=question,
                verdict=verdict,
                line=row.line,
            )


def _are_votes(value: Any) -> bool:
    return value is None or (isinstance(value, dict) and all(type(v) is int for v in value.values()))


def _share(text: str) -> float:
    """A proportion; 0 for the `?` of questions that nobody was asked about."""
    try:
        return float(text)
    except ValueError:
        return 0.0
