"""MRQA: the JSON Lines of the 2019 shared task on extractive question answering, gzipped or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.answers.squad import normalize
from bench.datasets._bytes import decode, stem
from bench.datasets._cells import kind_of
from bench.datasets._files import fingerprint
from bench.datasets._passages import Claim, Passages, options_of
from bench.datasets._rows import lines_of
from bench.datasets._strict_json import StrictJson
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
) -> Dataset:
    """The data set in an MRQA file: one article per context, one item per question, under its qid.

    `answers` are the accepted wordings, the first one canonical, as the official script has it (where they
    are missing, the texts of detected_answers); char_spans, whose end is inclusive, are where they stand.
    Texts stay as they are, markers such as [PAR] included. The header line is optional. `name` defaults to
    the header's data set. With `check_offsets`, a span that does not hold its text is a problem; without, it
    is passed over. `offsets` is what char_spans count: characters, utf16 or bytes. Raises DataError with
    every problem, by line and JSON path; UsageError for options that do not fit.
    """
    passages = Passages(path, options_of(split, answer_type, check_offsets, offsets))
    text, found = decode(Path(path), allow_bom=True, strict=False, max_line=None)
    passages.problems += [p for p in found if p.check != "control"]  # JSON has its own rules for those
    header = ""
    for n, (line, value) in enumerate(_objects(text, passages)):
        passages.line = line
        if n == 0 and isinstance(value.get("header"), dict):
            header = str(value["header"].get("dataset") or "")
        else:
            _passage(passages, value)
    passages.line = None
    if not passages.items and not passages.problems:
        passages.say("qas", "the file holds no questions")
    if passages.problems:
        raise DataError(passages.problems)
    return Dataset(
        name=str(name or header or stem(Path(path))),
        version=str(version or fingerprint(Path(path))),
        articles=tuple(passages.articles.values()),
        items=tuple(passages.items),
        warnings=tuple(passages.warnings()),
    )


def _objects(text: str, passages: Passages) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The object on every line that has one, with its number; other lines are problems."""
    json = StrictJson()
    for number, line in enumerate(lines_of(text), start=1):
        if line.isspace():
            continue
        value, faults = json.parse(line.rstrip())
        passages.line = number
        for fault in faults:
            column = f" at column {fault.column}" if fault.column else ""
            passages.say("", fault.message + column, fix="one JSON object a line")
        if isinstance(value, dict):
            yield number, value
        elif not faults:
            passages.say("", f"must be an object, not {kind_of(value)}", fix="one JSON object a line")


def _passage(passages: Passages, entry: Mapping[str, Any]) -> None:
    """One line: a context with its questions."""
    if isinstance(entry.get("data"), list):
        passages.say("data", "this is SQuAD's form, or NewsQA's", fix="use dataset=squad, or dataset=newsqa")
        return
    context = passages.text(entry, "context", "")
    article = "" if context is None else passages.article("", context)
    for at, qa in passages.objects(entry, "qas", ""):
        before = len(passages.problems)
        key = "id" if "qid" not in qa and "id" in qa else "qid"
        name = passages.question_id(qa, key, at)
        question = passages.text(qa, "question", at, item=name)
        claims = claims_of(passages, qa, at, context, name)
        if context is None or len(passages.problems) > before:
            continue
        gold = passages.gold(claims, context, name)
        impossible = qa.get("is_impossible") is True
        if impossible is bool(gold) and len(passages.problems) == before:
            message = "an impossible question has answers" if gold else "holds no answer"
            passages.say(f"{at}.answers", message, fix="change it, or is_impossible", item=name)
        elif len(passages.problems) == before and name is not None and question is not None:
            passages.add(name, question, context, article, gold)


def claims_of(
    passages: Passages, qa: Mapping[str, Any], at: str, context: str | None, item: str | None
) -> list[Claim]:
    """The accepted wordings of a question and the places named for them; what cannot be read is said."""
    wordings, claims = qa.get("answers"), []
    if wordings is not None and not isinstance(wordings, list):
        passages.say(f"{at}.answers", f"must be a list, not {kind_of(wordings)}", item=item)
    elif wordings is None and "detected_answers" not in qa and qa.get("is_impossible") is not True:
        passages.say(f"{at}.answers", "is missing", item=item)
    for n, wording in enumerate(wordings if isinstance(wordings, list) else ()):
        place = f"{at}.answers[{n}]"
        text = passages.text({place: wording}, place, "", item=item)
        claims += [Claim(at=place, text=text, placed=False)] if text is not None else []
    only = not claims
    detected = passages.objects(qa, "detected_answers", at, item) if "detected_answers" in qa else ()
    for place, found in detected:
        text = passages.text(found, "text", place, item=item)
        if text is not None and only:
            claims.append(Claim(at=place, text=text, placed=False))
        spans = found.get("char_spans")
        if not isinstance(spans, list):
            word = "is missing" if "char_spans" not in found else f"must be a list, not {kind_of(spans)}"
            passages.say(f"{place}.char_spans", word, item=item)
        elif text is not None and context is not None:
            claims += _placed(passages, text, spans, f"{place}.char_spans", context, item)
    return claims


def _placed(
    passages: Passages, text: str, spans: Sequence[Any], at: str, context: str, item: str | None
) -> Iterator[Claim]:
    """A claim for every span; its text is what stands there, which `text` may only differ from in normalisation."""
    for n, span in enumerate(spans):
        if not (isinstance(span, list) and len(span) == 2 and all(type(v) is int for v in span)):
            passages.say(f"{at}[{n}]", "must be [start, end], two whole numbers", repr(span)[:80], item=item)
            continue
        start, end = span
        stands = passages.piece(context, start, end + 1)
        late = stands != text and passages.piece(context, start, end) == text
        if not late and stands and (stands == text or normalize(stands) == normalize(text)):
            yield Claim(at=f"{at}[{n}]", text=stands, start=start, accepted=False)
        elif not passages.options.check_offsets:
            continue
        elif late:
            fix = f"MRQA's end is inclusive: write [{start}, {end - 1}]"
            passages.say(f"{at}[{n}]", "ends one character late", repr(span), fix, item)
        else:
            message = (
                f"holds {stands[:60]!r}, not the answer {text[:60]!r}"
                if stands
                else "is no place in the context"
            )
            passages.say(f"{at}[{n}]", message, repr(span), passages.advice(context, text, start), item)
