"""Making text from outside harmless where it is shown: terminal, Markdown."""

from __future__ import annotations

import re
import unicodedata

# C0 and C1 controls, DEL, line separators, bidi and zero-width format characters, lone surrogates.
_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#|!~$])")


def plain(text: str, width: int = 200) -> str:
    """One line without control characters (shown as visible escapes), cut to `width` characters."""
    flat = text if len(text) <= 4 * width else text[: 4 * width] + "…"
    flat = " ".join(flat.split(" "))
    flat = _CONTROL.sub(lambda m: _escape(m.group()), flat)
    return flat if len(flat) <= width else flat[: width - 1] + "…"


def _escape(char: str) -> str:
    if char in "\n\r\t":
        return " "
    return f"\\u{ord(char):04x}" if unicodedata.category(char) != "Cc" else f"\\x{ord(char):02x}"


def markdown(text: str, width: int = 200) -> str:
    """`plain` text with every character that Markdown or HTML could act on made literal."""
    escaped = _MARKDOWN.sub(r"\\\1", plain(text, width))
    return escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
