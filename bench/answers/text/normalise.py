"""Surface normalisation: one key for all strings that a reader takes to be the same.

Characters are unified by `bench.answers.text.characters.clean`, words and numbers are told apart by
`bench.answers.text.tokens.read`. Numbers keep all that carries value: sign, decimal point, colon, slash, percent
and currency. Look-alike letters of another script (Cyrillic "а" in "Pаris") are *not* folded: NFKC does not
fold them, and a word that mixes scripts is not the word it looks like.
"""

from __future__ import annotations

from bench.answers.text.tokens import read

NORMALISER_VERSION = "1"  # raised by hand whenever a key may change


def normalise(text: str) -> str:
    """The comparison key of a string: folded words and numbers, single spaces, no articles or possessives.

    "1.5" and "15", "-5" and "5", "3:1" and "31", "U.S." and "U.K." keep different keys. A string of nothing
    but punctuation gives ""; a lone article stays ("the"), and so does one that ends a phrase ("Hepatitis A").
    Total on any string; only the first `tokens.LONGEST` characters count.
    """
    return read(text).key
