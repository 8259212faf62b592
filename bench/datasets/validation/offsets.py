"""Checks of sentences, evidence and spans."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from bench.datasets.spans import on_boundaries
from bench.datasets.validation.lookup import Lookup
from bench.errors import Problem
from bench.records import Article, Item, Span

_STRAY_FIRST = re.compile(r"[\s,;:!?…]|[.–—-](?![0-9])")
_STRAY_LAST = re.compile(r".*[\s,;:–—-]", re.DOTALL)
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ("«", "»"))
_ABBREVIATION = re.compile(r"(?:.*\W)?(?:(?:\w\.){2,}|(?:Inc|Corp|Ltd|Co|Jr|Sr|St|No|vs|etc)\.)", re.DOTALL)


def check_sentences(article: Article, items: Sequence[Item], lookup: Lookup) -> Iterator[Problem]:
    """Text in NFC; sentences numbered from 1, in order, disjoint, trimmed, covering all non-space text."""
    if unicodedata.normalize("NFC", article.text) != article.text:
        yield lookup.article("nfc", "text", "not in Unicode form NFC", fix="normalise the file to NFC")
    fault, end = None, 0
    for n, sentence in enumerate(article.sentences, start=1):
        stretch = article.text[sentence.start : sentence.end]
        if sentence.n != n:
            fault = f"sentence {n} is numbered {sentence.n}"
        elif sentence.start < end or not stretch:
            fault = f"sentence {n} is empty, or overlaps the one before"
        elif article.text[end : sentence.start].strip():
            fault = f"text before sentence {n} is in no sentence"
        elif stretch != stretch.strip():
            fault = f"sentence {n} begins or ends with a space"
        if fault:
            break
        end = sentence.end
    if not fault and article.text[end:].strip():
        fault = "text after the last sentence is in no sentence"
    if fault and (article.sentences or items):
        yield lookup.article("sentences", "text", fault, fix="rebuild the offsets from the authored text")


def check_evidence(article: Article, items: Sequence[Item], lookup: Lookup) -> Iterator[Problem]:
    """Evidence sentences exist; no set repeats a sentence, or contains another set (then it is not minimal)."""
    known = {s.n for s in article.sentences}
    for item in items:
        missing = sorted({n for group in item.evidence for n in group} - known)
        if missing:
            yield lookup.item("evidence", item, ("evidence",), f"there is no sentence {missing[0]}")
        for k, group in enumerate(item.evidence):
            if not group or len(set(group)) < len(group):
                message = f"set {list(group)} is empty or names a sentence twice"
                yield lookup.item("minimal", item, ("evidence",), message, fix="name each sentence once")
            for other in item.evidence[:k] + item.evidence[k + 1 :]:
                twice = set(other) == set(group) and item.evidence.index(other) < k
                if set(other) < set(group) or twice:
                    message = f"set {list(group)} holds all of {list(other)}, which is enough by itself"
                    yield lookup.item("minimal", item, ("evidence",), message, fix="delete the larger set")
                    break


def check_spans(article: Article, items: Sequence[Item], lookup: Lookup) -> Iterator[Problem]:
    """The context is the article; spans are what they quote, cut no word, are trimmed, lie in the evidence.

    A slot that is not computed has a span.
    """
    for item in items:
        if item.variant == "none" and item.context != article.text:
            yield lookup.item("context", item, (), "its context is not the article's text", fix="rebuild it")
            continue
        sentences = {s.n: s for s in article.sentences}
        evidence = [sentences[n] for group in item.evidence for n in group if n in sentences]
        for j, gold in enumerate(item.gold):
            path = lookup.slot(item, j, "answer")
            if not gold.spans and not gold.computed:
                message = "the answer is not computed, and has no span"
                yield lookup.item("span", item, path, message, value=gold.canonical, fix="quote the text")
            for span in gold.spans:
                fault = _span_fault(item.context, span)
                inside = any(s.start <= span.start and span.end <= s.end for s in evidence)
                if fault is None and evidence and not inside:
                    fault = "lies outside the evidence sentences"
                if fault:
                    message = f"span {span.start}–{span.end} {fault}"
                    yield lookup.item(
                        "offset", item, path, message, value=span.text, fix="correct the answer"
                    )


def _span_fault(text: str, span: Span) -> str | None:
    """What is wrong with a span's ends, or with what it says it quotes."""
    if not 0 <= span.start < span.end <= len(text):
        return "lies outside the text"
    if text[span.start : span.end] != span.text:
        return f"quotes {text[span.start : span.end][:80]!r}"
    if not on_boundaries(text, span.start, span.end):
        return "begins or ends inside a word or number"
    if not _well_cut(span.text):
        return "begins or ends with a space or stray punctuation"
    return None


def _well_cut(quote: str) -> bool:
    """Whether a quotation is free of loose punctuation at its ends; brackets and quotes come in pairs."""
    if _STRAY_FIRST.match(quote) or _STRAY_LAST.fullmatch(quote):
        return False
    if quote.endswith(".") and not _ABBREVIATION.fullmatch(quote):
        return False
    return quote.count('"') % 2 == 0 and all(quote.count(a) == quote.count(b) for a, b in _PAIRS)
