"""Words in questions that give away whether the text has an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import exp, lgamma

from bench.datasets.validation.suite_articles import Entry
from bench.datasets.validation.wording import words
from bench.errors import Problem

MAX_ODDS = 2.0
ALPHA = 0.05  # over all words that are tried, by Holm's method
MIN_LISTED = 5  # questions with a listed cue, from which its odds ratio is looked at
MIN_ANY = 8  # questions with any other word, from which it is tried

# The words by which unanswerable questions have been recognised elsewhere; one line is judged together.
CUES: tuple[tuple[str, ...], ...] = (
    ("not", "no", "never", "none", "nobody", "nothing", "without", "t"),  # t: of don't, didn't …
    ("ever", "any", "anyone", "anybody", "anything"),
    ("exactly", "exact", "precisely", "precise", "specific", "specifically"),
    ("name", "names", "named"),
    ("actually", "really", "truly", "indeed"),
    ("according",),
    ("other", "others", "another", "else", "besides", "except"),
)


def check_cues(entries: Sequence[Entry], where: str) -> Iterator[Problem]:
    """No word is much more (or less) frequent in questions without an answer than in the others.

    Two checks. A listed cue (`CUES`, words of one line pooled) that stands in five questions or more must
    have an odds ratio below 2 for "unanswerable", significant or not. Any other word in eight questions or
    more alarms when its ratio is at least 2 or at most 1/2 *and* Fisher's exact test, corrected over all these
    words by Holm, is below 5 %: among hundreds of words some have large ratios by chance. Ratios have
    0.5 added to each cell (Haldane). Questions of one article are treated as independent, which alarms
    rather too early than too late.
    """
    questions = [(set(words(i.question)), not i.gold) for _, items, _ in entries for i in items]
    none = sum(unanswerable for _, unanswerable in questions)
    some = len(questions) - none
    for family in CUES:
        a = sum(unanswerable for said, unanswerable in questions if said & set(family))
        b = sum(not unanswerable for said, unanswerable in questions if said & set(family))
        ratio = odds_ratio(a, b, none, some)
        if a + b >= MIN_LISTED and ratio >= MAX_ODDS:
            message = f"stands in {a} of {none} unanswerable and {b} of {some} other questions: odds ratio {ratio:.1f}"
            yield _cue(where, " / ".join(family[:3]), message)
    listed = {word for family in CUES for word in family}
    with_none = Counter(w for said, unanswerable in questions if unanswerable for w in said - listed)
    with_some = Counter(w for said, unanswerable in questions if not unanswerable for w in said - listed)
    tried = [w for w in {*with_none, *with_some} if with_none[w] + with_some[w] >= MIN_ANY]
    ranked = sorted((fisher(with_none[w], with_some[w], none, some), w) for w in tried)
    for k, (p, word) in enumerate(ranked):
        if p * (len(ranked) - k) >= ALPHA:
            break
        ratio = odds_ratio(with_none[word], with_some[word], none, some)
        if not 1 / MAX_ODDS < ratio < MAX_ODDS:
            message = (
                f"stands in {with_none[word]} of {none} unanswerable and {with_some[word]} of {some} other"
                f" questions: odds ratio {ratio:.1f}, p = {p:.1g}"
            )
            yield _cue(where, word, message)


def odds_ratio(a: int, b: int, n: int, m: int) -> float:
    """The odds of a word in `a` of `n` questions over those in `b` of `m`, 0.5 added to each cell."""
    return (a + 0.5) * (m - b + 0.5) / ((n - a + 0.5) * (b + 0.5))


def fisher(a: int, b: int, n: int, m: int) -> float:
    """Two-sided p of Fisher's exact test for `a` of `n` against `b` of `m`, 0–1.

    The sum over all tables with the same margins that are no likelier than the one seen.
    """
    k = a + b
    total = _log_choose(n + m, k)
    seen = _log_choose(n, a) + _log_choose(m, b) - total
    logs = [_log_choose(n, i) + _log_choose(m, k - i) - total for i in range(max(0, k - m), min(n, k) + 1)]
    return min(1.0, sum(exp(value) for value in logs if value <= seen + 1e-7))


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def _cue(where: str, word: str, message: str) -> Problem:
    fix = "reword some of these questions, or ask the same of items of the other kind"
    return Problem(where=where, field="question", value=word, message=message, fix=fix, check="cue_word")
