"""What a headline difference allows to be said, in a sentence or two."""

from __future__ import annotations

from bench.errors import counted
from bench.reports.comparison import Row
from bench.reports.view import p_equals, percent, signed
from bench.stats.intervals import t_quantile
from bench.stats.power import DEFAULT_DESIGN_EFFECT, DEFAULT_DISCORDANCE
from bench.stats.signflip import MIN_ARTICLES

ALPHA = 0.05
_DIFFERENCE = 0.10  # what the advice on articles is given for
_USUAL_SIZE = 20  # items of an article


def verdict(row: Row | None, identical: bool, repeated: bool = False) -> str:
    """The conclusion about b − a: which is higher, that none is shown, or why no test is possible.

    `repeated`: the two sides are the same run made twice, so it also says whether the first was reproduced.
    """
    text = _conclusion(row, identical)
    return f"{_reproduced(row, identical)} {text}" if repeated else text


def _reproduced(row: Row | None, identical: bool) -> str:
    """What became of a run that was made again."""
    if identical:
        return "Reproduced."
    if row is None or row.difference.p_sign_flip is None:
        return "Not word for word, and no test is possible."
    return "Reproduced within noise." if row.difference.p_sign_flip > ALPHA else "Not reproduced."


def _conclusion(row: Row | None, identical: bool) -> str:
    if identical:
        return "The two sides are identical: the same answers, word for word."
    if row is None:
        return "No headline to compare: it needs the metric `correct` and items that count towards it."
    d = row.difference
    if d.better == d.worse == 0:
        return f"No item is scored differently. {_could_see(row)}"
    if d.p_sign_flip is None:
        return f"{few_articles(row)} Of these very items b has {d.better} better and {d.worse} worse."
    assert d.value is not None
    where = f"{p_equals(d.p_sign_flip)} over {counted(d.n_articles, 'article')}"
    if d.p_sign_flip <= ALPHA:
        return f"b is {'higher' if d.value > 0 else 'lower'} than a: {points(d.value)} ({where})."
    return f"No difference is shown: {points(d.value)} ({where}). {_could_see(row)}"


def few_articles(row: Row) -> str:
    """Why there is no test, and how many articles of this size would find 10 points."""
    d = row.difference
    n = articles_needed(row, _DIFFERENCE)
    advice = "" if n is None else f"; {points(_DIFFERENCE, sign=False)} need about {n} articles like these"
    return f"No test below {MIN_ARTICLES} articles, and here there {'is 1' if d.n_articles == 1 else f'are {d.n_articles}'}{advice}."


def articles_needed(row: Row, difference: float) -> int | None:
    """Articles of the size seen here on which a true `difference` is found with 80 % power; at least 6.

    At the usual discordance, as so few articles do not tell their own, and at an intraclass correlation that
    gives articles of 20 items the usual design effect; t quantiles with one df less than articles.
    """
    d = row.difference
    if d.noise is None or not d.n_articles:
        return None
    size, effective = d.n_items / d.n_articles, d.noise.n / d.n_articles
    design_effect = 1.0 + (size - 1.0) * (DEFAULT_DESIGN_EFFECT - 1.0) / (_USUAL_SIZE - 1.0)
    variance = DEFAULT_DISCORDANCE * design_effect / effective  # of the difference, with one article
    n = MIN_ARTICLES
    while variance / n * (t_quantile(n - 1.0, 0.95) + t_quantile(n - 1.0, 0.60)) ** 2 > difference**2:
        n += 1
    return n


def points(value: float, *, sign: bool = True) -> str:
    """A difference in points, with its sign: `+2.6 points`."""
    return f"{signed(value, 1)} points" if sign else f"{100 * value:.0f} points"


def _could_see(row: Row) -> str:
    noise, mde = row.difference.noise, row.difference.mde
    if mde is None or noise is None:
        return ""
    guess = "" if noise.measured else ", by the usual noise of such comparisons"
    if mde >= 1.0:
        return "No difference whatever could be found on so few items."
    return f"A true difference of {percent(mde)} points would be found with 80 % probability{guess}; a smaller one may be there."
