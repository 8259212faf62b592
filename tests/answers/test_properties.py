"""What holds for every item: its own wordings are right, its lures wrong, and looks do not matter."""

from __future__ import annotations

import math
import unicodedata
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bench.answers.match import match
from bench.answers.text.normalise import normalise
from bench.records import ANSWER_TYPES, Answer, Gold, Item
from tests.answers.typed import gold, item, value

FIRST = st.sampled_from(
    ["Ines", "Oskar", "Tomas", "Bjørn", "Çağla", "Siobhán", "Li", "Jean-Paul", "Łucja", "Amira"]
)
LAST = st.sampled_from(
    ["Calloway", "Lind", "Brandt", "Ødegaard", "Yılmaz", "O'Neill", "van der Berg", "Müller", "Haddad"]
)
PERSON = st.builds("{} {}".format, FIRST, LAST)
THING = st.sampled_from(["Operation Spider Web", "a peace memorandum", "Volta", "the U.S.", "Rolls-Royce", "its earlier demands",
                         "prisoner exchange", "Ciragan Palace", "Hepatitis A", "no ceasefire", "COVID-19"])  # fmt: skip
PLACE = st.sampled_from(
    ["Brennick", "Karlsund", "New York", "Çırağan", "São Paulo", "Kyiv", "the Ober Valley"]
)
NUMBER = st.integers(0, 10**9).map("{:,}".format) | st.decimals("0.1", "9999", places=2).map(str)
DATE = st.dates().map("{0:%B} {0.day}, {0.year:04d}".format) | st.sampled_from(
    ["Monday", "May 16", "February 2022", "Sunday night"]
)
KINDS = {"person": PERSON, "place": PLACE, "span": THING, "number": NUMBER, "date": DATE}


@st.composite
def items(draw: st.DrawFn) -> Item:
    """An item with one slot, perhaps an alias, and lures that read differently."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    texts = draw(st.lists(KINDS[kind], min_size=2, max_size=4, unique_by=normalise))
    right, *lures = texts
    if kind == "person":  # "Ines Lind" and "Oskar Lind": the surname alone would be a lure as well
        lures = [lure for lure in lures if lure.split(" ", 1)[1] != right.split(" ", 1)[1]]
    return item(kind, "What does the article say?", gold(right), reject=tuple(lures))


@given(items())
def test_the_gold_is_right_and_every_lure_wrong(what: Item) -> None:
    assert value(what, what.gold[0].canonical) == 1
    assert [value(what, lure) for lure in what.reject] == [0] * len(what.reject)


@given(items(), st.sampled_from([str.upper, str.lower, str.swapcase, str.strip, lambda t: f"  {t}\n", lambda t: f'"{t}"',
                                 lambda t: f"“{t}”", lambda t: f"**{t}**", lambda t: f"{t}.", lambda t: f"Answer: {t}",
                                 lambda t: unicodedata.normalize("NFD", t), lambda t: t.replace(" ", "\u00a0"),
                                 lambda t: t.replace("'", "’"), lambda t: f"The answer is {t}."]))  # fmt: skip
def test_looks_do_not_matter(what: Item, dress: object) -> None:
    assert callable(dress)

    assert value(what, dress(what.gold[0].canonical)) == 1
    assert [value(what, dress(lure)) for lure in what.reject] == [0] * len(what.reject)


@given(items())
def test_a_lure_beside_the_gold_is_wrong_and_a_denied_one_is_not(what: Item) -> None:
    assume(what.reject)
    right, lure = what.gold[0].canonical, what.reject[0]

    assert value(what, f"{right} or {lure}") == 0
    assert value(what, f"{lure} or {right}") == 0
    assert value(what, f"not {right}") == 0
    if what.answer_type != "date":  # the lure may be a part of the gold's own date ("Sunday", "Sunday night")
        assert value(what, f"{right}, not {lure}") == 1


PLAIN = st.fractions(min_value=0, max_value=10**7, max_denominator=100).filter(
    lambda f: f.denominator in {1, 2, 4, 5, 10, 20, 100}
)


def spelled(number: Fraction) -> str:
    """A decimal with thousands separators, exact."""
    cents = number * 100
    assert cents.denominator == 1
    whole, rest = divmod(int(cents), 100)
    return f"{whole:,}" + (f".{rest:02d}".rstrip("0") if rest else "")


@given(PLAIN.filter(lambda f: (f * 100).denominator == 1), PLAIN.filter(lambda f: (f * 100).denominator == 1))
def test_a_number_never_equals_another_number(one: Fraction, two: Fraction) -> None:
    what = item("number", "How many?", gold(spelled(one), value=float(one)))

    assert value(what, spelled(one)) == 1
    assert value(what, f"{spelled(one)} things") == 1
    assert value(what, spelled(two)) == float(one == two)
    assert value(what, f"It was {spelled(two)}.") == float(one == two)


@given(st.integers(1, 10**6), st.sampled_from(["million", "thousand", "percent", "km", "$", "-"]))
def test_scale_unit_and_sign_are_part_of_the_value(number: int, mark: str) -> None:
    what = item("number", "How many drones?", gold(f"{number}", value=number, unit="drone"))
    other = f"{mark}{number}" if mark in "$-" else f"{number} {mark}"

    assert value(what, f"{number} drones") == 1
    assert value(what, other) == 0


ANY = st.text(st.characters(codec=None), max_size=120) | st.lists(
    st.sampled_from(["52", "1/0", "0/0", "-", "½", "to", "or", "not", "May", "31", "Monday", "Umerov", ",", ".", "\n", "(", ")", "and",
                     "between", "'s", "million", "a", "half", "%", "$", "?", "1,", ":", "yes", "no", "Russia", "=", "minus", "²", "0"]),
    max_size=25,
).map(" ".join)  # fmt: skip


@given(st.sampled_from(ANSWER_TYPES), st.lists(ANY.filter(str.strip), max_size=3), ANY, st.lists(ANY, max_size=2), ANY,
       st.sampled_from(["one", "any", "all", "all_keyed"]), ANY)  # fmt: skip
@settings(max_examples=400)
def test_total_on_any_text_for_any_item(
    kind: str, golds: list[str], question: str, lures: list[str], context: str, mode: str, answer: str
) -> None:
    slots = tuple(Gold(canonical=text, aliases=(text,), key=text[:3] or None) for text in golds)
    what = Item(id="i", article_id="a", question=question, context=context, answer_type=kind, answer_mode=mode,
                gold=slots, reject=tuple(lures), unanswerable_reason="false_premise")  # fmt: skip

    score = match(what, Answer(text=answer))

    assert math.isfinite(score)
    assert 0 <= score <= 1
    assert score == match(what, Answer(text=answer))
