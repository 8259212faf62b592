"""The reader that never sees the article: what the wording of the questions alone is worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from bench.models._fitting import Example, fitted_digest, parameter, read_fitted
from bench.models._lexical_questions import Question, read_question
from bench.models.base import Model, failed, reply
from bench.records import Prediction, Request

_OPTION = "option "  # "option 2": the second of those offered, whatever they are


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionOnly(Model):
    """Gives the most frequent dev-split answer to questions of the same form; abstains where that is silence.

    Forms are the kinds that the lexical reader tells apart (who, where, when, how many, yes/no, …). For a choice
    the learnt answer is a place among the options (the last one where there are fewer). `fitted` names the file with the answers: relative
    names lie in the data folder `fitted/`. Raises UsageError or DataError, when `predict` starts, for a missing
    or foreign file.
    """

    version: ClassVar[str] = "1"
    fitted: str = field(
        default="question_only.json", metadata={"identity": False}
    )  # its bytes are the identity

    def answer(self, request: Request) -> Prediction:
        """The prediction for one request; reads the fitted file each time, so prefer `predict` for many."""
        return _answer(request, self._answers())

    def predict(self, requests: Sequence[Request]) -> Iterator[Prediction]:
        """One prediction per request, in the order asked."""
        answers = self._answers()
        for request in requests:
            try:
                yield _answer(request, answers)
            except Exception as error:
                yield failed(request, error)

    def fingerprint(self) -> Mapping[str, str]:
        """Sha256 of the fitted file."""
        return {"fitted_sha256": fitted_digest(self.fitted)}

    def _answers(self) -> Mapping[str, str]:
        parameters = read_fitted(self.fitted, model="question_only", version=self.version)
        return parameter(self.fitted, parameters, "answers", _texts)


def _texts(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise TypeError("must map each form to a string")
    return value


def _answer(request: Request, answers: Mapping[str, str]) -> Prediction:
    question = read_question(request.question)
    known = answers.get(question.kind, "")
    if question.options and known.startswith(_OPTION):
        place = int(known.removeprefix(_OPTION))
        known = question.options[min(place, len(question.options)) - 1]
    return reply(request, known)


def fit(examples: Sequence[Example]) -> dict[str, object]:
    """The most frequent answer to each form of question: {"answers": {form: text}}, "" meaning abstain.

    Wordings are counted after normalisation and given back as most often written; ties go to the one that
    sorts first, with silence before all. Forms that the examples lack are left out, and abstained on.
    ValueError without examples.
    """
    if not examples:
        raise ValueError("nothing to fit on: give at least one example")
    by_form: dict[str, Counter[str]] = {}
    for example in examples:
        question = read_question(example.request.question)
        by_form.setdefault(question.kind, Counter())[_learnt(question, example.answer)] += 1
    return {"answers": {form: _most_frequent(by_form[form]) for form in sorted(by_form)}}


def _learnt(question: Question, answer: str | None) -> str:
    """What one example teaches: silence, a wording, or for a choice the place of the right option."""
    if answer is None:
        return ""
    if not question.options:
        return answer
    from bench.answers.text.normalise import normalise

    key = normalise(answer)
    places = (n for n, option in enumerate(question.options, start=1) if normalise(option) == key)
    return next((f"{_OPTION}{place}" for place in places), answer)


def _most_frequent(wordings: Counter[str]) -> str:
    from bench.answers.text.normalise import normalise

    groups: dict[str, Counter[str]] = {}
    for wording, n in wordings.items():
        groups.setdefault(normalise(wording), Counter())[wording] += n
    best = min(groups, key=lambda key: (-groups[key].total(), key))
    return min(groups[best], key=lambda wording: (-groups[best][wording], wording))
