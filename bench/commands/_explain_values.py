"""A value that its key cannot take, in our words: the key, the value, what is allowed."""

from __future__ import annotations

import importlib
import re
import types
import typing
from typing import Any

_KINDS = {
    int: "a whole number, such as {key}=10",
    bool: "true or false",
    str: "one word or text",
    float: "a number, such as {key}=0.5",
}
_UNREADABLE = (
    "viable alternative",
    "mismatched input",
    "token recognition error",
    "extraneous input",
    "Error parsing override",
)


def explain_value(verb: str, error: BaseException, text: str) -> str | None:
    """One message for an error about the value of a key of `verb`; `text` is what Hydra said; None for other errors."""
    if match := re.search(r"Error merging override (?:\+\+|\+)?([\w.]+)=(.*)", text):
        key, value = match.groups()
        top, dot, _ = key.partition(".")
        kind = allowed(verb, top)
        if kind is None:
            return None
        return (
            f"{key}={value}: {top} has no parts; it must be {kind}"
            if dot
            else f"{key}={value}: must be {kind}"
        )
    if match := re.search(r"Ambiguous value for argument '(?:\+\+|\+)?([\w.]+)=(.*)'", text):
        key, value = match.groups()
        if (allowed(verb, key) or "").startswith("a list"):
            return f"{key}={value}: several go into a list: {key}=[{value}]"
        return (
            f"{key}={value}: one value; to try each of them: dateline {verb} -m {key}={value}; "
            f"where the comma belongs to the value: {key}='\"{value}\"'"
        )
    if match := re.search(r"Sweep parameters '(.*)' requires --multirun", text):
        return f"{match[1]}: stands for several values; to try each of them: dateline {verb} -m {match[1]}"
    if match := re.search(r"Could not delete from config\. '([\w.]+)'", text):
        return f"~{match[1]}: cannot be taken out; give it another value"
    word = getattr(error, "override", None)
    if any(sign in text for sign in _UNREADABLE):
        what = f"{word}: " if isinstance(word, str) and word else ""
        return (
            f"{what}cannot be read: a bracket or quote is left open, or the value holds signs that mean something "
            "(spaces, commas, =, brackets, quotes); in quotes inside the shell's own it is mere text: key='\"…\"'"
        )
    return None


def allowed(verb: str, key: str) -> str | None:
    """What a key of `verb` may be set to, read off its Config; None for a key that takes anything, or is none of its."""
    config = importlib.import_module(f"bench.commands.{verb}").Config
    kind: Any = typing.get_type_hints(config).get(key)
    parts = typing.get_args(kind) if isinstance(kind, types.UnionType) else (kind,)
    given: Any = next((part for part in parts if part is not types.NoneType), None)
    words = "a list, such as {key}=[…,…]" if typing.get_origin(given) is list else _KINDS.get(given, "")
    if not words:
        return None
    return words.format(key=key) + (", or null" if types.NoneType in parts else "")
