"""The embedded reader: finds the sentence that shares most with the question, and the span in it that fits.

Pure Python, no weights, no downloads. It knows English question forms; on other languages it falls back on
word overlap. Every constant but one is written down in the code; the one that is learnt, the score below which
it abstains, is fitted on dev articles and stored in a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import ClassVar

from bench.models._fitting import Example, fitted_digest, parameter, read_fitted, same_answer
from bench.models._lexical_questions import read_question
from bench.models._lexical_scores import choose, extend, judge, rank_spans
from bench.models._lexical_text import read_page
from bench.models.base import Model, failed, reply
from bench.records import Prediction, Request, SpanScore

_MOST = 8  # spans in the n-best list


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexical(Model):
    """Answers by word overlap and typed spans; gives n-best spans and a null score.

    `fitted` names the file with the null score: relative names lie in the data folder `fitted/`. The null score
    is one constant on the scale of the span scores, so whoever reads the prediction abstains when it exceeds
    the best span's. `text` is always the best span; it is empty when the article holds nothing to point at.
    Raises UsageError or DataError, when `predict` starts, for a missing or foreign file.
    """

    version: ClassVar[str] = "1"
    fitted: str = field(default="lexical.json", metadata={"identity": False})  # its bytes are the identity

    def answer(self, request: Request) -> Prediction:
        """The prediction for one request; reads the fitted file each time, so prefer `predict` for many."""
        return _answer(request, self._null_score())

    def predict(self, requests: Sequence[Request]) -> Iterator[Prediction]:
        """One prediction per request, in the order asked."""
        null_score = self._null_score()
        for request in requests:
            try:
                yield _answer(request, null_score)
            except Exception as error:
                yield failed(request, error)

    def fingerprint(self) -> Mapping[str, str]:
        """Sha256 of the fitted file."""
        return {"fitted_sha256": fitted_digest(self.fitted)}

    def _null_score(self) -> float:
        parameters = read_fitted(self.fitted, model="lexical", version=self.version)
        return parameter(self.fitted, parameters, "null_score", float)


def spans_for(context: str, question: str) -> tuple[SpanScore, ...]:
    """Answers to a question on an article, best first; at most 9. () when there is nothing to point at.

    Scores have no unit; about 0.5 (chance overlap) to 2.5. `yes`, `no`, options and joined lists have no offsets.
    """
    page = read_page(context)
    asked = read_question(question)
    if asked.kind == "yes_no":
        return tuple(judge(page, asked))
    if asked.kind == "choice":
        return tuple(choose(page, asked))
    spans = rank_spans(page, asked, _MOST)
    return tuple(extend(page, asked, spans) if asked.several else spans)


def _answer(request: Request, null_score: float) -> Prediction:
    spans = spans_for(request.context, request.question)
    return reply(request, spans[0].text if spans else "", spans=spans, null_score=null_score)


def fit(examples: Sequence[Example]) -> dict[str, object]:
    """The null score with the best balanced accuracy on the examples: {"null_score": float}.

    Balanced accuracy is the mean of the share of right answers where there is one and the share of abstentions
    where there is none; with one class only, that class's share. Right means equal after normalisation, or one
    holding the other. Thresholds lie midway between neighbouring best scores and half a point outside them; of
    those that tie, the middle one is taken. ValueError without examples.
    """
    if not examples:
        raise ValueError("nothing to fit on: give at least one example")
    rows = [_outcome(example) for example in examples]
    scores = sorted({score for score, _, _ in rows})
    inner = [(low + high) / 2 for low, high in pairwise(scores)]
    thresholds = [scores[0] - 0.5, *inner, scores[-1] + 0.5]
    values = [_balanced(rows, threshold) for threshold in thresholds]
    tied = [
        threshold for threshold, value in zip(thresholds, values, strict=True) if value >= max(values) - 1e-12
    ]
    return {"null_score": round(tied[len(tied) // 2], 6)}


def _outcome(example: Example) -> tuple[float, bool, bool]:
    """Best score (0 without spans), whether the best span is right, whether there is an answer at all."""
    spans = spans_for(example.request.context, example.request.question)
    score = spans[0].score if spans else 0.0
    right = example.answer is not None and bool(spans) and same_answer(spans[0].text, example.answer)
    return score, right, example.answer is not None


def _balanced(rows: Sequence[tuple[float, bool, bool]], threshold: float) -> float:
    answered = [score >= threshold and right for score, right, answerable in rows if answerable]
    withheld = [score < threshold for score, _, answerable in rows if not answerable]
    shares = [sum(part) / len(part) for part in (answered, withheld) if part]
    return sum(shares) / len(shares)
