"""Wordings that several reports share."""

import re

from bench.reports.view import how_made
from bench.stats.estimates import headline_estimate


def headline(right_of_answerable, right_of_unanswerable):
    """40 items on ten articles, two of each class; the first so many of each class are right, spread over articles."""
    y, articles, answerable = [], [], []
    for n in range(20):
        for flag, right in ((True, right_of_answerable), (False, right_of_unanswerable)):
            y.append(float(n < right))
            articles.append(f"a{n % 10}")
            answerable.append(flag)
    return headline_estimate(y, articles, answerable)


def test_more_effective_items_than_there_are_is_explained():
    # m = ½(.05 + .95); V_iid = ¼(2 · .05 · .95 / 20), so n_eff = .25 / V_iid = 210.5 at most
    said = how_made(headline(1, 19))
    assert 40 < float(re.search(r"at ([\d.]+) effective", said)[1]) <= 210.6
    assert said.endswith(
        "; more effective than real items: the mean of two shares so far apart varies less than one share would"
    )


def test_fewer_effective_items_need_no_word():
    found = headline(10, 10)
    assert how_made(found) == found.method


def test_a_headline_made_another_way_is_left_as_it_is():
    found = headline(20, 0)
    assert "effective" not in found.method
    assert how_made(found) == found.method
