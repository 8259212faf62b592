"""Single items: every flip with what a person needs to judge it, and items that may not break."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bench.comparing.comparable import replicates
from bench.comparing.pairing import Paired
from bench.datasets.select import matcher, no_match
from bench.errors import UsageError, nearest
from bench.gate.noninferiority import FAIL, INCONCLUSIVE, PASS, SKIPPED
from bench.gate.policy import MustNotBreak, Waiver
from bench.records import Item, Score
from bench.reports.view import RunView, evidence_sentences, expected_answer, given_answer
from bench.stats.signflip import mcnemar_p
from bench.summary import HEADLINE_METRIC

ENOUGH_REPLICATES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """One item whose credit changed."""

    item: Item
    sentences: tuple[str, ...]  # the evidence, or () for own data without sentences
    expected: str
    before: str  # the baseline's answer as read
    after: str
    credit_before: float  # mean of `correct` over replicates
    credit_after: float
    diagnosis: str | None  # of the candidate's answer
    regression: bool  # lower, and with replicates no longer right in most of them; gold beyond dispute
    waiver: Waiver | None = None

    @property
    def better(self) -> bool:
        """Whether the candidate gained."""
        return self.credit_after > self.credit_before


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A must-not-break item with its verdict."""

    item: Item
    verdict: str
    text: str
    flip: Flip | None


def flips(paired: Paired, waivers: tuple[Waiver, ...] = ()) -> list[Flip]:
    """Every item whose mean credit differs, worse ones first, else in plan order. Baseline first in `paired`."""
    waived = {w.item: w for w in waivers}
    view = paired.views[1]
    articles = view.articles
    found = []
    for n, item in enumerate(paired.items):
        a, b = paired.scores[0][n], paired.scores[1][n]
        before, after = _credit(a), _credit(b)
        if before == after:
            continue
        shown_a, shown_b = _shown(a, after > before), _shown(b, after < before)
        found.append(
            Flip(
                item=item,
                sentences=evidence_sentences(item, articles.get(item.article_id)),
                expected=expected_answer(item),
                before=given_answer(shown_a),
                after=given_answer(shown_b),
                credit_before=before,
                credit_after=after,
                diagnosis=shown_b.diagnosis,
                regression=_settled(item)
                and after < before
                and (len(b) == 1 or (_mostly_right(a) and not _mostly_right(b))),
                waiver=waived.get(item.id),
            )
        )
    return sorted(found, key=lambda flip: flip.better)


def watched(paired: Paired, wanted: MustNotBreak, found: list[Flip], doubt: bool) -> list[Watched]:
    """The must-not-break items in plan order; `doubt` where a single wrong answer may be the model's noise."""
    chosen = _chosen(paired.items, wanted)
    by_item = {(f.item.id, f.item.variant): f for f in found}
    out = []
    for n, item in enumerate(paired.items):
        if item.id not in chosen:
            continue
        flip = by_item.get((item.id, item.variant))
        verdict, text = _judge(paired.scores[0][n], paired.scores[1][n], flip, doubt)
        out.append(Watched(item=item, verdict=verdict, text=text, flip=flip))
    return out


def _judge(a: tuple[Score, ...], b: tuple[Score, ...], flip: Flip | None, doubt: bool) -> tuple[str, str]:
    right = sum(_right(s) for s in b)
    share = "right" if right == len(b) == 1 else "wrong" if len(b) == 1 else f"right in {right} of {len(b)}"
    if 2 * right >= len(b):
        return PASS, share
    if not _mostly_right(a):
        return SKIPPED, f"{share}, as it was in the baseline: nothing broke"
    if flip is not None and flip.waiver is not None:
        return SKIPPED, f"{share}; waived until {flip.waiver.until}: {flip.waiver.reason}"
    if doubt:
        return (
            INCONCLUSIVE,
            f"{share}, by a model whose answers vary; replicates={ENOUGH_REPLICATES} would decide",
        )
    return FAIL, f"was right, now {share}"


def is_stochastic(view: RunView) -> bool:
    """Whether asking again may give another answer: sampled, asked several times, or served by an open name."""
    model = view.manifest["model"]
    temperature = view.manifest["identity"]["model"].get("temperature")
    sampled = isinstance(temperature, int | float) and temperature > 0
    return sampled or not model.get("pinned", True) or replicates(view) > 1


def unsure(view: RunView) -> bool:
    """Whether a single wrong answer may be the model's noise: its answers vary, and were asked for too seldom."""
    return is_stochastic(view) and replicates(view) < ENOUGH_REPLICATES


def beyond_chance(better: int, worse: int, alpha: float) -> bool:
    """Whether more losses than gains are no accident on these very items: exact McNemar, one-sided, below α."""
    return worse > better and mcnemar_p(better, worse) / 2.0 < alpha


def only_noise(view: RunView, found: Sequence[Flip], alpha: float) -> bool:
    """Whether what single items lost may be the noise of a candidate whose answers vary."""
    lost = sum(f.regression and f.waiver is None for f in found)
    return unsure(view) and not beyond_chance(sum(f.better for f in found), lost, alpha)


def same_answers(paired: Paired) -> bool:
    """Whether both sides gave every answer, and every value, alike."""
    return all(
        [(s.answer, s.values) for s in a] == [(s.answer, s.values) for s in b]
        for a, b in zip(paired.scores[0], paired.scores[1], strict=True)
    )


def check_named(items: Sequence[Item], wanted: MustNotBreak, waivers: Sequence[Waiver]) -> None:
    """UsageError for an id or a slice of the policy that no item of any data set has."""
    known = {item.id for item in items}
    named = [("gate.must_not_break.ids", word) for word in wanted.ids]
    named += [("gate.waivers", waiver.item) for waiver in waivers]
    for key, word in named:
        if word not in known:
            hint = nearest(word, known)
            raise UsageError(f"{key}: no item is called {word!r}{hint if 'did you mean' in hint else ''}")
    if wanted.where is not None and not any(map(matcher(wanted.where), items)):
        raise UsageError(f"gate.must_not_break.{no_match(wanted.where, items)}")


def _chosen(items: tuple[Item, ...], wanted: MustNotBreak) -> set[str]:
    chosen = set(wanted.ids)
    if wanted.where is not None:
        test = matcher(wanted.where)
        chosen |= {item.id for item in items if test(item)}
    return chosen


def _settled(item: Item) -> bool:
    return item.status == "active" and item.answer_type != "ambiguous"


def _credit(scores: tuple[Score, ...]) -> float:
    return sum(s.values.get(HEADLINE_METRIC, 0.0) for s in scores) / len(scores)


def _right(score: Score) -> bool:
    return score.values.get(HEADLINE_METRIC, 0.0) >= 1.0


def _mostly_right(scores: tuple[Score, ...]) -> bool:
    return 2 * sum(_right(s) for s in scores) > len(scores)


def _shown(scores: tuple[Score, ...], worst: bool) -> Score:
    """The replicate that shows the change: the first with the lowest or the highest credit."""
    pick = min if worst else max
    return pick(scores, key=lambda s: s.values.get(HEADLINE_METRIC, 0.0))
