"""How the checks compare wordings. Stricter than any scorer: what is equal here is equal everywhere."""

from __future__ import annotations

import re
import unicodedata

ARTICLES = frozenset({"a", "an", "the"})

_WORD = re.compile(r"[0-9]+(?:[.,:][0-9]+)*|\w+")
_KEPT = re.compile(r"(?<=[0-9])[.,:](?=[0-9])|(?<!\w)[-−](?=[0-9])|%")


def fold(text: str) -> str:
    """Lower case, without punctuation and articles, single spaces; "" when nothing is left.

    Separators inside numbers, signs before them and % stay, so that 1.5 is not 15, nor -5 the same as 5.
    """
    lowered = unicodedata.normalize("NFKC", text).casefold()
    kept = {m.start() for m in _KEPT.finditer(lowered)}
    letters = (c for i, c in enumerate(lowered) if i in kept or not unicodedata.category(c).startswith("P"))
    return " ".join(word for word in "".join(letters).split() if word not in ARTICLES)


def words(text: str) -> list[str]:
    """The words and numbers of a text in lower case, articles included, punctuation left out."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def contains(longer: list[str], shorter: list[str]) -> bool:
    """Whether the words of `shorter` stand in `longer` one after the other; an empty one never does."""
    size = len(shorter)
    return size > 0 and any(longer[i : i + size] == shorter for i in range(len(longer) - size + 1))
