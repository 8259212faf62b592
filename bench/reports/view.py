"""What a report is given: one scored run as records. Reports read no disk."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bench.errors import counted as counted
from bench.records import Article, Dataset, Estimate, Item, Key, Prediction, Score
from bench.summary import Summary
from bench.usage import Usage, dollars, usage_of


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """A sealed, scored run."""

    manifest: Mapping[str, Any]  # seal 1
    signature: Mapping[str, Any]  # how it was scored
    dataset: Dataset
    predictions: Mapping[Key, Prediction]
    scores: tuple[Score, ...]  # in plan order
    summary: Summary
    # How long each took: a clock, given to what is shown and never sealed (the console, JSON on request).
    seconds: Mapping[Key, float] = field(default_factory=dict, compare=False)
    # What the run was called by name=…; like the clock for readers alone, and in no report that lies beside the run.
    label: str = field(default="", compare=False)
    squad: Mapping[str, float] | None = (
        None  # the official script's figures, of a scored file in the SQuAD form
    )
    left_out: int = 0  # answers in the estimates that are not among `scores`: there may be millions

    @property
    def shown(self) -> str:
        """The model's name, with the run's label where it has one: `lexical (today)`."""
        return str(self.manifest["model"]["name"]) + (f" ({self.label})" if self.label else "")

    @property
    def items(self) -> dict[tuple[str, str], Item]:
        """Items by (id, variant)."""
        return {(i.id, i.variant): i for i in self.dataset.items}

    @property
    def usage(self) -> Usage | None:
        """Tokens and cost, where tokens were counted."""
        return usage_of(self.predictions.values(), self.manifest["model"].get("prices"))

    @property
    def articles(self) -> dict[str, Article]:
        """Articles by id."""
        return {a.id: a for a in self.dataset.articles}


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """One wrong answer with everything needed to see why."""

    item: Item
    score: Score
    prediction: Prediction
    sentences: tuple[str, ...]  # the evidence, or () for own data without sentences
    expected: str


def misses(view: RunView) -> list[Miss]:
    """Every answer whose `correct` is below 1, in plan order."""
    if not view.scores:
        return []  # of a file's scores the view holds none, and items by the hundred thousand
    items, articles = view.items, view.articles
    found = []
    for score in view.scores:
        if score.values.get("correct", 1.0) >= 1.0:
            continue
        item = items[score.key.item_id, score.key.variant]
        found.append(
            Miss(
                item=item,
                score=score,
                prediction=view.predictions[score.key],
                sentences=evidence_sentences(item, articles.get(item.article_id)),
                expected=expected_answer(item),
            )
        )
    return found


def evidence_sentences(item: Item, article: Article | None) -> tuple[str, ...]:
    """The sentences of the first evidence set."""
    if article is None or not item.evidence:
        return ()
    wanted = set(item.evidence[0])
    return tuple(article.text[s.start : s.end] for s in article.sentences if s.n in wanted)


def expected_answer(item: Item) -> str:
    """The gold answer in one line."""
    if not item.gold:
        return "no answer in the article"
    joiner = " or " if item.answer_mode == "any" else "; "
    return joiner.join(f"{g.key}: {g.canonical}" if g.key else g.canonical for g in item.gold)


def given_answer(score: Score) -> str:
    """What the model answered, as it was read, in one line."""
    answer = score.answer
    if answer.failed:
        return "(failed)"
    if answer.refused:
        return "(refused)"
    return "(abstained)" if answer.abstained else answer.text


def usage_line(usage: Usage) -> str:
    """`12,345 tokens in, 678 out, $0.01`; says so where some were not counted."""
    text = f"{usage.tokens_in:,} tokens in, {usage.tokens_out:,} out"
    if usage.cost is not None:
        text += f", {dollars(usage.cost)}"
    if usage.counted < usage.answered:
        text += f" (counted for {usage.counted} of {usage.answered} answers)"
    return text


def percent(value: float | None, digits: int = 1) -> str:
    """A share as 0–100; an en dash where undefined."""
    return "–" if value is None else f"{100 * value:.{digits}f}"


def number(value: float | None, unit: str, digits: int = 1) -> str:
    """A value in its unit; shares are shown 0–100."""
    if unit == "share":
        return percent(value, digits)
    return "–" if value is None else f"{value:.{digits}f}"


def p_text(p: float | None) -> str:
    """A p-value as printed: three decimals, never 0; an en dash where there is none."""
    if p is None:
        return "–"
    return "<.001" if p < 0.001 else f"{p:.3f}".removeprefix("0")


def p_equals(p: float | None) -> str:
    """A p-value in a sentence: `p = .021`, `p < .001`."""
    text = p_text(p)
    return f"p {text[0]} {text[1:]}" if text.startswith("<") else f"p = {text}"


def signed(value: float | None, digits: int = 1, unit: str = "share") -> str:
    """A difference with its sign, shares in points: `+2.6`, `−0.7`, `0.0`; an en dash where undefined."""
    if value is None:
        return "–"
    text = f"{100 * value if unit == 'share' else value:+.{digits}f}"
    return text[1:] if float(text) == 0.0 else text.replace("-", "−")


def text_bar(share: float, width: int = 20) -> str:
    """A share as block characters, eighths included; at least a sliver for anything above 0."""
    eighths = max(round(min(max(share, 0.0), 1.0) * width * 8), int(share > 0.0))
    return "█" * (eighths // 8) + ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")[eighths % 8]


def interval(estimate: Estimate, unit: str = "share", digits: int = 1) -> str:
    """`low–high`, or an en dash where there is none."""
    if estimate.low is None or estimate.high is None:
        return "–"
    return f"{number(estimate.low, unit, digits)}–{number(estimate.high, unit, digits)}"


def age(seconds: int) -> str:
    """A duration in its largest unit: 45 s, 12 min, 3 h, 9 d."""
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"


def selection(manifest: Mapping[str, Any]) -> str:
    """`where=… limit=…` of a partial run, as it was asked for; empty for a whole one."""
    recorded = manifest["dataset"]
    if not recorded.get("partial"):
        return ""
    words = [f"{k}={recorded[k]}" for k in ("where", "limit") if recorded.get(k) is not None]
    return " ".join(words) or "limit or where"


def how_made(headline: Estimate) -> str:
    """The method line of a headline, with a word where its effective items outnumber the real ones.

    Balanced accuracy is the mean of two shares. Where they lie far apart (silence: 0 and 100) it varies less than
    one share of the same size would, so it may be as sure as a share of more items than there are.
    """
    found = re.search(r"at ([\d.]+) effective items", headline.method)
    if found is None or float(found[1]) <= headline.n_items:
        return headline.method
    why = "the mean of two shares so far apart varies less than one share would"
    return f"{headline.method}; more effective than real items: {why}"
