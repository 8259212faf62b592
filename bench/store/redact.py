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
# What each shape cannot do without, as narrow as it can be said: "gh" alone is in every "night" and "right".
_HINTS = (
    "sk-", "hf_", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "AKIA", "ASIA", "eyJ", "://", "earer ",
    "pi-Key: ", "pi-key: ",
)  # fmt: skip

REDACTED = "[redacted]"


def redact(text: str) -> str:
    """`text` with everything that looks like a credential replaced by `[redacted]`."""
    for hint in _HINTS:
        if hint in text:
            break
    else:
        return text
    return _SHAPES.sub(REDACTED, text)
