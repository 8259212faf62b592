"""One spelling per character: compatibility forms, quotes, dashes, digits, diacritics, invisible signs."""

from __future__ import annotations

import re
import unicodedata

# NFKC would glue these to a preceding digit: 1½ → 11⁄2, 5² → 52.
_BEFORE = {
    **{ord(c): f" {n}/{d}" for c, (n, d) in {
        "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5),
        "⅗": (3, 5), "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅐": (1, 7), "⅛": (1, 8), "⅜": (3, 8),
        "⅝": (5, 8), "⅞": (7, 8), "⅑": (1, 9), "⅒": (1, 10), "↉": (0, 3),
    }.items()},
    **{ord(c): f"^{n}" for n, c in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
    0x066B: ".", 0x066C: ",", 0x066A: "%", 0x2212: "-",
}  # fmt: skip

_AFTER = {
    **dict.fromkeys(map(ord, "‘’‚‛′`´ʼʻʹ"), "'"),
    **dict.fromkeys(map(ord, "“”„‟″«»‹›「」『』"), '"'),
    **dict.fromkeys(map(ord, "‐‑‒–⁃﹘﹣"), "-"),
    **dict.fromkeys(map(ord, "—―"), " — "),
    **dict.fromkeys(map(ord, "、،"), ", "),
    **dict.fromkeys(map(ord, "。。"), ". "),
    **dict.fromkeys(map(ord, "⁄∕"), "/"),
    **dict.fromkeys(map(ord, "\u2028\u2029\x85\x0b\x0c"), "\n"),
    ord("∶"): ":", ord("؛"): ";", ord("؟"): "?", ord("•"): "•", ord("…"): "...",
    ord("ı"): "i", ord("ł"): "l", ord("Ł"): "L", ord("ø"): "o", ord("Ø"): "O", ord("đ"): "d", ord("Đ"): "D",
    ord("ħ"): "h", ord("Ħ"): "H", ord("ß"): "ss", ord("ẞ"): "SS", ord("æ"): "ae", ord("Æ"): "Ae",
    ord("œ"): "oe", ord("Œ"): "Oe", ord("þ"): "th", ord("Þ"): "Th", ord("ð"): "d", ord("Ð"): "D",
    ord("ŋ"): "n", ord("Ŋ"): "N", ord("ə"): "e", ord("Ə"): "E",
    **dict.fromkeys(range(0x0300, 0x0370)),  # combining marks of Latin, Greek and Cyrillic
    **dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, 0xAD]),
    **dict.fromkeys([*range(0xFE00, 0xFE10), *range(0x180B, 0x180F), 0x061C, *range(0xD800, 0xE000)]),
    **dict.fromkeys([c for c in range(0xA0) if (c < 32 and c not in {9, 10, 11, 12, 13, 0x85}) or (127 <= c < 160
                     and c != 0x85)]),
}  # fmt: skip
_CONTROLS = dict.fromkeys([*(c for c in range(32) if c not in {9, 10, 13}), 127])
_DIGIT_SPACE = re.compile(r"(?<![\d.,])(\d{1,3})((?:[ \u00a0\u2009\u202f\u2007]\d{3})+)(?!\d)")
_GROUPED = re.compile(r"\d[ \u00a0\u2009\u202f\u2007]\d{3}").search  # what _DIGIT_SPACE needs, found sooner
_BLANKS = re.compile(" {2,}")
_SPACES = re.compile(r"[ \u00a0\u2009\u202f\u2007]")


def clean(text: str) -> str:
    """Compatibility forms, quotes, dashes, digits and diacritics unified; case, punctuation, lines kept.

    Invisible characters, controls and lone surrogates vanish. Digit groups set apart by spaces are joined
    with commas ("1 000" → "1,000"). Total: any string gives a string.
    """
    if text.isascii():
        if not text.isprintable():
            text = text.translate(_CONTROLS).replace("\r\n", "\n").replace("\r", "\n")
        if "`" in text:
            text = text.replace("`", "'")
    else:
        text = _unify(text)
    if "  " in text:
        text = _BLANKS.sub(" ", text)
    if _GROUPED(text) is not None:
        text = _DIGIT_SPACE.sub(_join_groups, text)
    return text


def _unify(text: str) -> str:
    text = text.translate(_BEFORE).replace("\r\n", "\n").replace("\r", "\n")
    text = _DIGIT_SPACE.sub(_join_groups, text)
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text))
    text = unicodedata.normalize("NFC", text.translate(_AFTER))
    other = {ord(c): str(unicodedata.decimal(c)) for c in set(text) if c > "\x7f" and c.isdecimal()}
    return text.translate(other) if other else text


def _join_groups(found: re.Match[str]) -> str:
    return found[1] + _SPACES.sub(",", found[2])
