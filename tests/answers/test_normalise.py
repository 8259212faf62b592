"""Which strings read the same, and which do not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.answers.text.normalise import normalise

SAME = [
    ("Russia's", "Russia’s", "curly apostrophe"),
    ("Russia's", "Russia", "possessive"),
    ("Çırağan Palace", "Ciragan palace", "cedilla, dotless i, breve"),
    ("İSTANBUL", "istanbul", "dotted capital I"),
    ("Łódź", "Lodz", "barred l"),
    ("Ødegaard", "Odegaard", "slashed o"),
    ("Straße", "Strasse", "sharp s"),
    ("the U.S.", "US", "acronym with stops, article"),
    ("１６２", "162", "full-width digits"),
    ("٥٢", "52", "Arabic digits"),
    ("५२", "52", "Devanagari digits"),
    ("1,000", "1 000", "space as separator"),
    ("1,000", "1\u202f000", "thin space as separator"),
    ("1,000", "1’000", "apostrophe as separator"),
    ("Rus\u200btem", "Rustem", "zero-width space"),
    ("co\u00adoperate", "cooperate", "soft hyphen"),
    ("Rolls‑Royce", "Rolls Royce", "no-break hyphen"),
    ("Defence Minister", "defense minister", "British spelling"),
    ("ﬁve", "five", "ligature"),
    ("O’Brien", "O'Brien", "curly apostrophe inside a name"),
]
DIFFERENT = [
    ("1.5 million", "15 million", "decimal point"),
    ("-5%", "5%", "sign"),
    ("−5", "5", "true minus"),
    ("3:1", "31", "colon"),
    ("3.14", "314", "decimal point"),
    ("1,000", "1,900", "digits"),
    ("13/20", "1320", "slash"),
    ("U.S.", "U.K.", "letters"),
    ("5²", "52", "superscript is no digit"),
    ("1½", "11/2", "mixed fraction"),
    ("C++", "C", "sign that is part of a name"),
    ("Hepatitis A", "Hepatitis", "an article never ends a phrase"),
    ("$5", "5", "currency"),
    ("Pаris", "Paris", "Cyrillic letter inside: not folded by NFKC, not folded here"),
    ("कि", "का", "vowel signs are letters"),
]


@pytest.mark.parametrize(("one", "two", "why"), SAME, ids=[w for *_, w in SAME])
def test_reads_the_same(one: str, two: str, why: str) -> None:
    assert normalise(one) == normalise(two) != ""


@pytest.mark.parametrize(("one", "two", "why"), DIFFERENT, ids=[w for *_, w in DIFFERENT])
def test_reads_differently(one: str, two: str, why: str) -> None:
    assert normalise(one) != normalise(two)


def test_only_punctuation_is_nothing_and_a_lone_article_is_something() -> None:
    assert normalise(" …!? — ") == ""
    assert normalise("the") == "the"


@given(st.text())
def test_total_and_idempotent_on_keys(text: str) -> None:
    key = normalise(text)

    assert key == key.strip()
    assert "\n" not in key


@given(st.text(alphabet=st.characters(codec="utf-8", categories=("L", "Zs", "P"), max_codepoint=0x24F)))
def test_composed_and_decomposed_forms_are_one(text: str) -> None:
    assert normalise(unicodedata.normalize("NFC", text)) == normalise(unicodedata.normalize("NFD", text))
