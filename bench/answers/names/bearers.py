"""What the article says of those who bear a name: another of the same surname, or what somebody does."""

from __future__ import annotations

import re
from functools import lru_cache

from bench.answers.text.characters import clean
from bench.answers.text.tokens import read
from bench.answers.text.wording import FUNCTION, OCCUPATIONS, PARTICLES, TITLES


@lru_cache(maxsize=4096)
def borne_by_another(context: str, surname: tuple[str, ...], firsts: frozenset[str]) -> bool:
    """Whether the article has somebody else of that surname: it stands behind another first name."""
    words = r"[\s'-]+".join(map(re.escape, surname))
    for found in re.finditer(rf"([^\W\d_][\w'-]*)\s+{words}\b", clean(context), re.IGNORECASE):
        before = read(found[1]).key
        known_word = before in firsts or before in TITLES or before in FUNCTION or before in PARTICLES
        calling = known_word or before.endswith("ly") or occupation(before, surname, context, firsts)
        if found[1][0].isupper() and not calling:
            return True
    return False


@lru_cache(maxsize=4096)
def occupation(word: str, name: tuple[str, ...], context: str, firsts: frozenset[str]) -> bool:
    """Whether a word before a name is what its bearer does: so by its form, or by the article ("Clerk Anna Lind")."""
    if word in OCCUPATIONS or (len(word) > 6 and word.endswith(("ist", "woman", "keeper", "maker"))):
        return True
    wording = re.escape(" ".join(name))
    bearers = re.findall(rf"\b{re.escape(word)} ((?:\w+ ){{0,3}}){wording}\b", read(context).key)
    whole = bool(firsts & set(name))
    between = [{part for part in given.split() if len(part) > 1} for given in bearers]
    return bool(between) and all(part <= firsts and (part or whole) for part in between)
