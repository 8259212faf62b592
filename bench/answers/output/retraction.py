"""The declared wordings with which a text takes back what it said before, as a pattern over lower-case text.

An admission (`admitted`: "Correction:", "I misread …") takes it back; a second look that is only `announced` does where
another answer follows.
"""

from __future__ import annotations

import re
from typing import Final

RETRACTION: Final = re.compile(
    r"[.!?\n][\W_]*(?P<head>(?:(?:sorry|wait|hmm+|oh|no|apologies|actually|but)[,.:]? +)*(?:(?P<announced>on (?:a )?(?:second|closer) (?:look|thought|thoughts|reading|inspection)"
    r"|on re-?reading|(?:checking|looking|reading) (?:it |this )?again|let me (?:check|re-?read|look))|(?P<admitted>correction\b|let me correct|scratch that|strike that|my mistake"
    r"|i (?:misread|misspoke|mis-?stated|mixed up|was wrong|got (?:it|that|this) wrong|made a mistake|need to correct)))\b)"
)  # begins a sentence behind another one
