"""Secrets never reach the disk: known key shapes are cut out of every line before it is written."""

from __future__ import annotations

import re

_SHAPES = re.compile(
    r"""
      \bsk-[A-Za-z0-9_-]{16,}                                      # OpenAI-style keys
    | \bhf_[A-Za-z0-9]{16,}                                        # hub tokens
    | \bgh[pousr]_[A-Za-z0-9]{20,} | \bgithub_pat_[A-Za-z0-9_]{20,}
    | \b(?:AKIA|ASIA)[A-Z0-9]{16}\b                                # AWS key ids
    | \beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,} # JWT
    | (?<=://)[^/\s:@"'\\]{1,100}:[^/\s@"'\\]{1,200}(?=@)          # user:password in a URL
    | (?<=[Bb]earer\ )[A-Za-z0-9._~+/=-]{8,}
    | (?<=[Aa]pi-[Kk]ey:\ )[^\s"'\\,;]{8,}
    """,
    re.VERBOSE,
)
_HINTS = ("sk-", "hf_", "gh", "KIA", "SIA", "eyJ", "://", "earer ", "pi-")

REDACTED = "[redacted]"


def redact(text: str) -> str:
    """`text` with everything that looks like a credential replaced by `[redacted]`."""
    if not any(hint in text for hint in _HINTS):
        return text
    return _SHAPES.sub(REDACTED, text)


def holds_secret(text: str) -> bool:
    """Whether something that looks like a credential is left in `text`."""
    return redact(text) != text
