"""Finding answers in the text, so that nobody writes an offset by hand."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from bench.records import Article, Span

MAX_CLOSEST = 200  # characters of an answer beyond which no closest string is looked for

_WORDS = re.compile(r"\S+")


class Trouble(NamedTuple):
    """Why an answer has no span: what is wrong, and what to do about it."""

    message: str
    fix: str


def occurrences(text: str, wanted: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Every place in `text[start:end]` where `wanted` stands on word boundaries, in order, not overlapping.

    Exact letters first; only when there are none, upper and lower case count as equal (the answer "about
    340" at the start of a sentence). A number is not found inside a longer one: "52" not in "1,052" or "52.5".
    """
    end = len(text) if end is None else end
    if not wanted:
        return []
    for flags in (re.NOFLAG, re.IGNORECASE):
        matches = re.compile(re.escape(wanted), flags).finditer(text, start, end)
        found = [Span(start=m.start(), end=m.end(), text=m.group()) for m in matches]
        whole = [s for s in found if on_boundaries(text, s.start, s.end)]
        if whole:
            return whole
    return []


def on_boundaries(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` cuts no word and no number; False for an empty stretch."""
    if not 0 <= start < end <= len(text):
        return False
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if before and _in_word(before[-1]) and _in_word(text[start]):
        return False
    if after and _in_word(after[0]) and (_in_word(text[end - 1]) or _is_mark(after[0])):
        return False
    joined_left = text[start].isdigit() and len(before) == 2 and before[0].isdigit() and before[1] in ".,:"
    joined_right = text[end - 1].isdigit() and len(after) == 2 and after[0] in ".,:" and after[1].isdigit()
    return not (joined_left or joined_right)


def locate(
    article: Article,
    evidence: Sequence[Sequence[int]],
    forms: Sequence[str],
    occurrence: int | Literal["all"] | None = None,
) -> tuple[Span, ...] | Trouble:
    """The spans of an answer in its evidence sentences.

    `forms` are the wordings, canonical first; the first one that occurs is taken. Without `occurrence`, each
    alternative set of sentences must hold the answer exactly once; `occurrence` picks the k-th (from 1) over
    all evidence sentences, "all" takes every one.
    """
    sentences = sorted({n for group in evidence for n in group})
    if occurrence is not None:
        found = _first_form(article, sentences, forms)
        if not found:
            return _missing(article, sentences, forms)
        if occurrence == "all":
            return tuple(found)
        if occurrence > len(found):
            times = "once" if len(found) == 1 else f"{len(found)} times"
            return Trouble(f"occurrence is {occurrence}, but the answer stands there {times}", "correct it")
        return (found[occurrence - 1],)
    spans: dict[int, Span] = {}
    for group in evidence:
        found = _first_form(article, sorted(set(group)), forms)
        if not found:
            return _missing(article, sorted(set(group)), forms)
        if len(found) > 1:
            places = _places(article, found)
            return Trouble(
                f"{found[0].text!r} occurs {len(found)} times in the evidence ({places})",
                f'set occurrence = 1 to {len(found)}, or "all", or narrow the evidence',
            )
        spans[found[0].start] = found[0]
    return tuple(spans[start] for start in sorted(spans))


def closest(text: str, wanted: str) -> str | None:
    """The run of words in `text` most like `wanted`, without punctuation around it; None if nothing is like it."""
    words = [m.span() for m in _WORDS.finditer(text)]
    size = len(wanted.split())
    if len(wanted) > MAX_CLOSEST or len(words) > 500:
        return None
    candidates = {
        text[words[i][0] : words[j - 1][1]].strip(".,;:!?()[]\"'“”‘’")
        for i in range(len(words))
        for j in range(i + max(1, size - 1), min(i + size + 2, len(words) + 1))
    }
    close = difflib.get_close_matches(wanted, sorted(candidates), n=1, cutoff=0.6)
    return close[0] if close else None


def sentence_text(article: Article, numbers: Iterable[int]) -> str:
    """The sentences with these numbers, joined by a space."""
    wanted = set(numbers)
    return " ".join(article.text[s.start : s.end] for s in article.sentences if s.n in wanted)


def _first_form(article: Article, sentences: Sequence[int], forms: Sequence[str]) -> list[Span]:
    """The occurrences of the first wording that occurs in the sentences."""
    wanted = set(sentences)
    chosen = [s for s in article.sentences if s.n in wanted]
    for form in forms:
        found = [o for s in chosen for o in occurrences(article.text, form, s.start, s.end)]
        if found:
            return found
    return []


def _missing(article: Article, sentences: Sequence[int], forms: Sequence[str]) -> Trouble:
    message = f"answer {forms[0]!r} does not occur in the evidence sentences"
    elsewhere = _first_form(article, [s.n for s in article.sentences], forms)
    if elsewhere:
        return Trouble(f"{message}; it stands in {_places(article, elsewhere)}", "correct the evidence")
    near = closest(sentence_text(article, sentences), forms[0])
    if near:
        return Trouble(f"{message}; closest is {near!r}", "write it as the text does, or add an alias")
    return Trouble(message, "quote the text, or set computed = true for what is judged or worked out")


def _places(article: Article, spans: Sequence[Span]) -> str:
    numbers = [s.n for span in spans for s in article.sentences if s.start <= span.start < s.end]
    return ("sentence " if len(set(numbers)) == 1 else "sentences ") + ", ".join(map(str, numbers))


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_" or _is_mark(char)


def _is_mark(char: str) -> bool:
    return unicodedata.category(char).startswith("M")
