"""Telling at a glance that an output is nothing but its answer, so that it need not be taken apart."""

from __future__ import annotations

import re
from typing import Final

_LETTERS: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ,.'%()/;+-]{0,199}").fullmatch

# What every marker, chat phrase, abstention and refusal of this package needs at the least; far more than these
# alone. tests/answers/test_plainness.py holds each of their patterns against it.
_SIGNAL: Final = re.compile(
    r"\bno(?:t|ne|thing|where|body)?\b|n't|never|annot|\bun(?:a|c|d|k|m|s)|\bimposs|\bin(?:suff|adeq|det)|\bidk|silen|fail"
    r"|\bn[./]|\bnull|\bdunno|\bhard|\babst|declin|refus|\bai\b|language|against|violat|denied|nswer|respon"
    r"|\A(?:sure|cert|of c|abs|ok|alr|great|good|hel|hi\b|hey|happy|thank|got|under|right|here|below)"
    r"|article|text|passage|report|story|information|excerpt"
    r"|\blet me|\bhope|feel|anything|\bwould you|\bif you|\bhappy",
    re.IGNORECASE | re.ASCII,
).search


def is_plain(text: str) -> bool:
    """Whether reading `text` gives `text` itself: short, plain ASCII, and no word that could mean more.

    Never true of a text that reads as anything else; not true of every text that reads as itself.
    """
    return _LETTERS(text) is not None and text[-1] != " " and _SIGNAL(text) is None
