"""Slow, literal versions of what bench.stats computes in closed form, and data shared by the tests."""

import numpy as np

# Golden of the plan, one score: sizes and outcomes of six articles.
SIZES = (3, 2, 4, 1, 6, 2)
Y = (1, 0, 1, 1, 1, 0, 0, 1, 0, 1, 1, 1, 1, 0, 1, 1, 0, 1)

# Golden of the plan, headline: sizes, class (1 = unanswerable) and outcomes of six articles.
HEADLINE_SIZES = (3, 2, 4, 2, 6, 3)
UNANSWERABLE = (0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 1, 0, 1, 0)
HEADLINE_Y = (1, 0, 1, 1, 0, 0, 0, 1, 1, 1, 0, 1, 1, 0, 1, 1, 0, 0, 1, 1)
ANSWERABLE = tuple(c == 0 for c in UNANSWERABLE)


def labels(sizes):
    """One article label per item."""
    return [f"a{g:03d}" for g, n in enumerate(sizes) for _ in range(n)]


def brute_cr2(y, articles, x, contrast):
    """CR2 variance and Satterthwaite df of `contrast` in the regression of y on x, by n × n matrices.

    Bell and McCaffrey (2002) with an identity working covariance: A_g = (I − H_gg)^(−1/2).
    """
    y, x, contrast = np.asarray(y, float), np.asarray(x, float), np.asarray(contrast, float)
    articles = np.asarray(articles)
    bread = np.linalg.inv(x.T @ x)
    annihilator = np.eye(len(y)) - x @ bread @ x.T
    residuals = annihilator @ y
    variance, vectors = 0.0, []
    for g in np.unique(articles):
        rows = np.flatnonzero(articles == g)
        values, basis = np.linalg.eigh(annihilator[np.ix_(rows, rows)])
        root = basis @ np.diag([v**-0.5 if v > 1e-10 else 0.0 for v in values]) @ basis.T
        row = contrast @ bread @ x[rows].T @ root
        variance += float(row @ residuals[rows]) ** 2
        vectors.append(row @ annihilator[rows])
    p = np.array(vectors)
    m = p @ p.T
    return variance, np.trace(m) ** 2 / np.trace(m @ m)


def cell_means(answerable):
    """Design of the cell-means regression: one indicator per class."""
    flags = np.asarray(answerable, bool)
    return np.column_stack([flags, ~flags]).astype(float)


def balanced(y, answerable):
    """The headline by its definition."""
    y, flags = np.asarray(y, float), np.asarray(answerable, bool)
    return (y[flags].mean() + y[~flags].mean()) / 2


def delete_one(statistic, articles, *columns):
    """Delete-one-article jackknife variance of `statistic(*columns)`."""
    articles = np.asarray(articles)
    names = np.unique(articles)
    kept = np.array([statistic(*(np.asarray(c)[articles != g] for c in columns)) for g in names])
    return (len(names) - 1) / len(names) * ((kept - kept.mean()) ** 2).sum()


def clustered(rng, sizes, p, icc):
    """Right/wrong outcomes whose articles have beta-distributed rates of mean p and intra-class `icc`."""
    sizes = np.asarray(sizes)
    if icc == 0:
        rates = np.full(len(sizes), p)
    else:
        spread = (1 - icc) / icc
        rates = rng.beta(p * spread, (1 - p) * spread, len(sizes))
    return (rng.random(sizes.sum()) < np.repeat(rates, sizes)).astype(float)


def finite_or_none(record):
    """Every number in a frozen record is finite, or None."""
    names = record.__dataclass_fields__
    values = [getattr(record, name) for name in names]
    return all(v is None or not isinstance(v, float) or np.isfinite(v) for v in values)
