"""Shell words → Hydra overrides: values of path-like keys arrive as they were typed.

Hydra's grammar gives meaning to spaces, commas, `=`, parentheses, `$` and more. A path is none of that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

# By whole key, and by last part of a dotted key.
_VERBATIM_KEYS = frozenset(
    {
        "a",
        "anchor",
        "article",
        "axes",
        "b",
        "baseline",
        "baselines_dir",
        "candidate",
        "figure",
        "format",
        "from",
        "item",
        "na_probs",
        "name",
        "out",
        "path",
        "predictions",
        "reason",
    }
    | {"results_dir", "runs", "where"}
)
_NEVER_SWEPT = frozenset({"out", "results_dir", "format", "figure", "axes"})  # where things land, and as what
_VERBATIM_PARTS = frozenset({"path", "fitted", "base_url", "only", "where"})
_PLAIN = re.compile(r"(?:\.{0,2}/)?[A-Za-z_][A-Za-z0-9_/-]*(?:\.[A-Za-z_][A-Za-z0-9_/-]*)*")
_WORDS = frozenset({"true", "false", "null", "nan", "inf"})  # which Hydra reads as values
_INTERPOLATION = re.compile(r"(\\*)\$\{")


def quote_all(args: Sequence[str]) -> list[str]:
    """The command line with verbatim values quoted for Hydra, options in front.

    Hydra stops reading overrides at an option that stands among them.
    """
    sweep = any(a in ("-m", "--multirun") for a in args)
    options: list[str] = []
    overrides: list[str] = []
    option = ""
    for arg in args:
        if arg.startswith("-") or option in _TAKES_VALUE:  # an option, or its value (--config-dir DIR)
            options.append(arg)
        elif arg.startswith("experiment="):  # not in the defaults list, and nobody should have to know
            overrides.append(_quote(f"+{arg}", sweep))
        else:
            overrides.append(_quote(arg, sweep))
        option = arg if arg.startswith("-") else ""
    return [*options, *overrides]


_TAKES_VALUE = (
    "--config-dir",
    "-cd",
    "--config-path",
    "-cp",
    "--config-name",
    "-cn",
    "--cfg",
    "-c",
    "--package",
    "-p",
)


def _quote(arg: str, sweep: bool) -> str:
    key, equals, value = arg.partition("=")
    name = key.lstrip("+~")
    if not equals or not (name in _VERBATIM_KEYS or name.rpartition(".")[2] in _VERBATIM_PARTS):
        return arg
    if value in ("", "null", "???") or _ready(value) or _plain(value):
        return arg
    if sweep and "," in value and name not in _NEVER_SWEPT and not Path(value).exists():
        return f"{key}=" + ",".join(v if _ready(v) else quoted(v) for v in value.split(","))
    return f"{key}={quoted(value)}"


def _plain(value: str) -> bool:
    """Whether Hydra reads a value as it stands, so that the recorded command is a person's too: "data/dev.json"."""
    return _PLAIN.fullmatch(value) is not None and value.lower() not in _WORDS


def _ready(value: str) -> bool:
    """Already quoted, or a list, or a sweep function."""
    return len(value) > 1 and (value[0], value[-1]) in {("'", "'"), ('"', '"'), ("[", "]")}


def quoted(value: str) -> str:
    """`value` in single quotes so that Hydra and OmegaConf read it back unchanged."""
    out: list[str] = []
    slashes = 0
    for char in value:
        if char == "\\":
            slashes += 1
            continue
        if char == "'":  # backslashes before a quote are doubled, then the quote is escaped
            out.append("\\" * (2 * slashes) + "\\'")
        else:
            out.append("\\" * slashes + char)
        slashes = 0
    out.append("\\" * (2 * slashes))
    # OmegaConf: a backslash keeps ${ literal, and the backslashes before it are then doubled too.
    return "'" + _INTERPOLATION.sub(r"\1\1\\${", "".join(out)) + "'"
