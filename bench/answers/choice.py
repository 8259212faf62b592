"""Options that a question letters or numbers: "(A) the union (B) the mayor"."""

from __future__ import annotations

import re
from typing import Final

_OPTION: Final = re.compile(r"(?:^|[\s,;:(])\(?([A-Ea-e1-5])[).:]\s+")
_LETTER: Final = re.compile(
    r"\W*(?:(?:option|choice|answer|letter)\s+)?\(?([A-Ea-e1-5])(?:[).:]|\b)\W*(?:\(([^()]*)\))?\W*\Z", re.I
)


def option_meant(question: str, answer: str) -> str | None:
    """The text of the option that an answer names by its letter ("B", "(b)", "Option B"), else None.

    Only where the question letters at least two options, in order.
    """
    found = _LETTER.match(answer.strip()[:80])
    if found is None:
        return None
    options = lettered(question)
    return options.get(found[1].upper())


def lettered(question: str) -> dict[str, str]:
    """The lettered options of a question by letter; {} where there are not two or more in order."""
    marks = [(m[1].upper(), m.start(), m.end()) for m in _OPTION.finditer(question)]
    names = [name for name, _, _ in marks]
    if len(names) < 2 or names != sorted(set(names)) or names[0] not in {"A", "1"}:
        return {}
    ends = [start for _, start, _ in marks[1:]] + [len(question)]
    return {
        name: question[begin:end].strip(" ,;?.") for (name, _, begin), end in zip(marks, ends, strict=True)
    }
