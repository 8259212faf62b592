"""The one part of an output that it sets in bold, where that is how it marks its answer: "61 + 44 = **105**"."""

from __future__ import annotations

import re
from typing import Final

_BOLD: Final = re.compile(
    r"(?<![\w*])(?:\*\*\*?(?=\S)([^*\n]{1,300}?)\*\*\*?|__(?=\S)([^_\n]{1,300}?)__)(?!\w)"
    r"|<(?:b|strong)>([^<>\n]{1,300})</(?:b|strong)>",
    re.IGNORECASE,
)
_AHEAD: Final = re.compile(
    r"(?:\b(?:not|no|never|neither|nor|or|without|than|unlike|except|instead of|cannot)|n[’']t)"
    r"(?:[ ](?:by|in|on|at|to|from|of|the|a|an|only|just|about|around)){0,3}[ ]*[\"“]?\Z",
    re.IGNORECASE,
)  # what is denied, or only one of two
_BEHIND: Final = re.compile(r"[ ]*[:：]|[ ,]*\b(?:or|perhaps|maybe)\b", re.IGNORECASE)
_NEAR: Final = 60


def emphasised(text: str) -> str:
    """What alone is bold in `text`, labels apart; "" where nothing or more is, all is, or it is denied. Linear.

    A label is bold too ("**Answer:**"), and so is a part of speech that is denied ("not **52**"): neither marks an answer.
    """
    if "**" not in text and "__" not in text and "<" not in text:
        return ""
    found = ""
    for part in _BOLD.finditer(text):
        words = (part[1] or part[2] or part[3]).strip()
        heads = text[part.end() : part.end() + 1] == "\n" and not text[: part.start()].rpartition("\n")[
            2
        ].strip(" #>*-")
        if heads or words.endswith((":", "：")) or _BEHIND.match(text, part.end()):
            continue
        if _AHEAD.search(text, max(0, part.start() - _NEAR), part.start()) or found not in ("", words):
            return ""
        found = words
    if found and not any(map(str.isalnum, _BOLD.sub("", text))):
        return ""  # the whole output is bold
    return found
