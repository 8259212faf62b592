"""Telling at a glance that an output is nothing but its answer, so that it need not be taken apart."""

from __future__ import annotations

import re
from typing import Final

_LETTERS: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ,.'%()/;+-]{0,199}").fullmatch

# Openings of chat, and words that every marker, abstention, refusal and closing phrase of this package has at the
# least; far more than these alone. tests/answers/test_plainness.py holds each of their patterns against it.
_CHAT: Final = (
    *(
        "sure",
        "cert",
        "of c",
        "abs",
        "ok",
        "alr",
        "great",
        "good",
        "hel",
        "hi",
        "hey",
        "happy",
        "thank",
        "got",
    ),
    *("under", "right", "here", "below"),
)
_SIGNAL: Final = re.compile(
    r"n't|\b(?:a(?:bst|i\b|gainst|nswer|rticle|nything)|b(?:eats me|ody)|c[ao]me up|covers|dark|skips|glosses|guess|tells|told|c(?:annot|ontext)|d(?:unno|eclin|enied|ocument)|excerpt|f(?:ail|eel)|h(?:ard|appy|ope)"
    r"|i(?:mposs|n(?:suff|adeq|det|form)|dk|f you)|l(?:acks|anguage|eaves|eft|et me)|ke(?:eps|pt)|missing|n(?:o(?:t|ans|(?:ne|r|where|body)?\b)|ever|[./]|ull)|omits"
    r"|p(?:assage|aragraph|iece)|re(?:fus|sp|port)|s(?:earch me|ilen|nippet|tory)|text|un[acdkms]|violat|would you)"
).search

_HUSHED: Final = re.compile(r"\b(?:un[in]|anonym|yet|without)|[a-z]no\b").search


def is_plain(text: str) -> bool:
    """Whether reading `text` gives `text` itself: short, plain ASCII, and no word that could mean more.

    Never true of a text that reads as anything else; not true of every text that reads as itself.
    """
    if _LETTERS(text) is None or text[-1] == " ":
        return False
    low = text.lower()
    return not low.startswith(_CHAT) and _SIGNAL(low) is None


def is_outspoken(text: str) -> bool:
    """Whether `text` is plain and holds no word that could say that something is not told, named or decided."""
    return is_plain(text) and _HUSHED(text.lower()) is None
