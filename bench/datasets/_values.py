"""Reading the number that an authored answer names."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"(?<![\w.,])[-−]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?(?![\w]|[.,][0-9])")


def read_number(answer: str) -> float | None:
    """The one number written in digits in `answer`; None when there is none, or more than one."""
    found = _NUMBER.findall(answer)
    if len(found) != 1 or len(found[0]) > 40:
        return None
    return float(found[0].replace(",", "").replace("−", "-"))
