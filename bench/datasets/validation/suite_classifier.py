"""Whether questions alone tell that there is no answer: a small classifier that never sees an article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log, sqrt

from bench.datasets.validation.suite_articles import Entry
from bench.datasets.validation.wording import words
from bench.errors import Problem

MARGIN = 0.05  # of accuracy, over what is got without reading the question
ERRORS = 2.0  # standard errors by which balanced accuracy must exceed one half as well


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the classifier makes of one question when it has learnt from the other articles."""

    answerable: bool  # the truth
    words: float  # log odds for "answerable" from the words
    prior: float  # log odds from the shares of the two classes


def check_question_only(entries: Sequence[Entry], where: str) -> Iterator[Problem]:
    """Naive Bayes on questions tells answerable from unanswerable hardly better than not reading them does.

    Two figures, each with a margin of five points. Accuracy, against always saying the commoner class; as
    that is hard to beat where one class is rare, also balanced accuracy with even priors, against one half
    (and by two standard errors, so that a small suite is not told off for chance).
    """
    rows = [[(features(i.question), bool(i.gold)) for i in items] for _, items, _ in entries if items]
    found = held_out(rows)
    some = sum(v.answerable for v in found)
    none = len(found) - some
    if len(rows) < 2 or not some or not none:
        return
    plain = sum((v.words + v.prior >= 0) == v.answerable for v in found) / len(found)
    majority = max(some, none) / len(found)
    right = Counter(v.answerable for v in found if (v.words >= 0) == v.answerable)
    balanced = (right[True] / some + right[False] / none) / 2
    error = sqrt(0.25 / some + 0.25 / none) / 2
    fix = "reword unanswerable questions like their answerable twins"
    if plain > majority + MARGIN:
        message = (
            f"from the questions alone a classifier is right on {plain:.1%} of the items;"
            f" always saying the commoner class gives {majority:.1%}"
        )
        yield Problem(where=where, field="question", message=message, fix=fix, check="question_only")
    elif balanced > 0.5 + max(MARGIN, ERRORS * error):
        message = (
            f"from the questions alone a classifier has a balanced accuracy of {balanced:.1%}, chance 50%"
        )
        yield Problem(where=where, field="question", message=message, fix=fix, check="question_only")


def features(question: str) -> Counter[str]:
    """The words of a question and its pairs of neighbours, with a mark for its beginning."""
    said = words(question)
    return Counter([*said, *(f"{a} {b}" for a, b in zip(["<s>", *said], said, strict=False))])


def held_out(groups: Sequence[Sequence[tuple[Counter[str], bool]]]) -> list[Verdict]:
    """The verdict on each row of multinomial naive Bayes that has learnt from all *other* groups.

    Add-one smoothing over the vocabulary of the other groups, and of the shares of the classes; features
    that those never had are left out.
    """
    counts: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for group in groups:
        for said, label in group:
            counts[label].update(said)
    sizes = Counter(label for group in groups for _, label in group)
    found: list[Verdict] = []
    for group in groups:
        rest = {label: counts[label].copy() for label in counts}
        left = sizes.copy()
        for said, label in group:
            rest[label].subtract(said)
            left[label] -= 1
        known = {f for label in rest for f, n in rest[label].items() if n > 0}
        scale = (
            log((sum(rest[False].values()) + len(known)) / (sum(rest[True].values()) + len(known)))
            if known
            else 0.0
        )
        prior = log((left[True] + 1) / (left[False] + 1))
        for said, label in group:
            heard = ((f, n) for f, n in said.items() if f in known)
            odds = sum(n * (scale + log((rest[True][f] + 1) / (rest[False][f] + 1))) for f, n in heard)
            found.append(Verdict(label, odds, prior))
    return found
