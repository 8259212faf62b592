"""From raw output to an answer: pure, versioned, blind to the item."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bench.answers.output import markup
from bench.answers.output.abstention import judge, refuses
from bench.answers.output.emphasis import emphasised
from bench.answers.output.payload import Payload, as_sentences, as_share, read_payload
from bench.answers.output.plainness import is_plain
from bench.errors import UsageError, nearest
from bench.records import Answer, Prediction

EXTRACTOR_VERSION: Final[str] = (
    "5"  # raised by hand whenever an extracted answer may change, phrases included
)

_SHORT: Final = 600  # longer outputs are not kept in memory
MODES: Final = ("auto", "verbatim")

_CONFIDENCE = re.compile(r"(?:confidence|certainty)[*_ \t]{0,4}[:：][*_ \t]{0,4}([^\n]{1,40})", re.IGNORECASE)
_EVIDENCE = re.compile(
    r"(?:evidence|(?:supporting )?sentences?|citations?)[*_ \t]{0,4}[:：][*_ \t]{0,4}((?:\[?S?\d{1,4}\]?[ ,;]{0,3}(?:and )?){1,20})",
    re.IGNORECASE,
)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extractor:
    """How outputs are read. Its fields are part of the score signature.

    `null_threshold`: a model with null scores abstains when null score − best span score exceeds it (the
    SQuAD convention). `confidence_threshold`: abstain below it, where the output or the model states a
    confidence; None: never. `mode`: "auto" reads markers, JSON, markdown and phrases; "verbatim" takes the
    text as it stands, and only an empty text abstains.
    """

    null_threshold: float = 0.0
    confidence_threshold: float | None = None
    mode: str = "auto"

    def __post_init__(self) -> None:
        """Refuse a mode that does not exist, and thresholds that are no numbers."""
        if self.mode not in MODES:
            raise UsageError(f"extractor: mode {self.mode!r} does not exist{nearest(self.mode, MODES)}")
        if not _is_number(self.null_threshold):
            raise UsageError(f"extractor: null_threshold={self.null_threshold!r}: a number")
        sure = self.confidence_threshold
        if sure is not None and not (_is_number(sure) and 0.0 <= sure <= 1.0):
            raise UsageError(f"extractor: confidence_threshold={sure!r}: a number from 0 to 1, or null")

    def extract(self, prediction: Prediction) -> Answer:
        """The answer in `prediction`. Total: any Unicode, lone surrogates and 5 MB included, never raises.

        Failed predictions give `failed`. Abstentions have text "". An unclosed reasoning block, or an output
        that met the length limit before its first word, gives the empty text without an abstention: nothing
        was said, and no confidence makes it one. A refusal keeps its words.
        """
        finish = prediction.finish_reason
        if prediction.status == "failed":
            return Answer(text="", failed=True, finish_reason=finish)
        if prediction.null_score is not None and prediction.spans:
            best = max(prediction.spans, key=lambda span: span.score)
            if prediction.null_score - best.score > self.null_threshold:
                return Answer(text="", abstained=True, confidence=prediction.confidence, finish_reason=finish)
            answer = read_text(best.text, verbatim=True)
        else:
            answer = read_text(prediction.text, verbatim=self.mode == "verbatim")
            if finish == "length" and answer.abstained and _wordless(prediction.text):
                answer = Answer(text="")
        return self._decided(answer, prediction.confidence, finish)

    def extract_text(self, text: str) -> Answer:
        """The answer in an output of which nothing but its text is known."""
        return self._decided(read_text(text, verbatim=self.mode == "verbatim"), None, None)

    def _decided(self, answer: Answer, stated: float | None, finish: str | None) -> Answer:
        """An answer as read, or an abstention where its confidence is too low."""
        confidence = stated if stated is not None else answer.confidence
        if confidence is None and finish is None:
            return answer
        low = self.confidence_threshold is not None and confidence is not None
        said = bool(answer.text) and not answer.refused  # there is something to withhold
        declines = low and (confidence or 0.0) < (self.confidence_threshold or 0.0) and said
        return Answer(
            text="" if declines else answer.text,
            abstained=answer.abstained or declines,
            refused=answer.refused,
            evidence=answer.evidence,
            confidence=confidence,
            finish_reason=finish,
            emphasis=answer.emphasis,
        )


def read_text(text: str, *, verbatim: bool = False) -> Answer:
    """The answer in an output text; see `Extractor`."""
    if verbatim:
        return Answer(text=text.strip(), abstained=not text.strip())
    if is_plain(text):
        return Answer(text=text)
    return _read_short(text) if len(text) <= _SHORT else _read(text)


def _wordless(text: str) -> bool:
    """Whether no word follows the reasoning."""
    return not any(map(str.isalnum, markup.without_reasoning(text)[0]))


def _read(text: str) -> Answer:
    body, unclosed = markup.without_reasoning(text)
    if unclosed:
        return Answer(text="")
    body = markup.unfence(body.strip())
    payload = read_payload(body)
    if payload is None:
        marked = markup.unfence(markup.after_marker(body))
        payload = read_payload(marked) if marked != body else None
        if payload is None:
            return _read_words(marked, body)
    return _read_payload(payload)


@lru_cache(maxsize=8192)
def _read_short(text: str) -> Answer:
    return _read(text)  # replicates and variants of an item mostly get the same few answers


def _read_payload(payload: Payload) -> Answer:
    if payload.text is None:
        return Answer(text="", abstained=True, evidence=payload.evidence, confidence=payload.confidence)
    answer = _read_words(payload.text, "")
    return Answer(
        text=answer.text,
        abstained=answer.abstained,
        refused=answer.refused,
        evidence=payload.evidence or answer.evidence,
        confidence=answer.confidence if payload.confidence is None else payload.confidence,
        emphasis=answer.emphasis,
    )


def _read_words(text: str, body: str) -> Answer:
    """Plain words: labelled sections cut off, markup removed, refusals and abstentions told apart."""
    text, behind = markup.sections(text)
    bold = markup.plain(emphasised(text)) if len(text) <= markup.WINDOW else ""
    text = markup.plain(text)
    labels = (behind or body)[-markup.WINDOW :]
    stated = _CONFIDENCE.search(labels)
    cited = _EVIDENCE.search(labels)
    confidence = as_share(stated[1]) if stated else None
    evidence = as_sentences(cited[1]) if cited else ()
    if refuses(text):
        return Answer(text=text, refused=True, evidence=evidence, confidence=confidence)
    abstained, rest = judge(text)
    return Answer(
        text=rest.strip(),
        abstained=abstained,
        evidence=evidence,
        confidence=confidence,
        emphasis="" if abstained or bold not in rest else bold,
    )
