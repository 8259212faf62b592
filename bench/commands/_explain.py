"""Hydra's complaints in our words, with the nearest name that exists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bench.commands._configs import own_folders
from bench.commands._explain_values import explain_value
from bench.commands._groups import (
    choices,
    chosen,
    defaults_of,
    noun,
    primary,
    unknown_option,
    wrong_choice,
)
from bench.errors import nearest

_OPTIONS = [
    "--help",
    "--hydra-help",
    "--version",
    "--cfg",
    "--resolve",
    "--package",
    "--run",
    "--multirun",
    "--config-path",
    "--config-name",
    "--config-dir",
    "--info",
    "--shell-completion",
    "-m",
    "-c",
    "-p",
    "-r",
    "-cp",
    "-cn",
    "-cd",
    "-h",
    "-i",
    "-sc",
]
_NOISE = ("$VALUE", "HYDRA_FULL_ERROR", "hydra.cc", "None", "reference_type", "object_type")
_KEY = re.compile(r"^(?:\+\+|\+|~)?([A-Za-z_][\w./@:-]*?)(?:@[\w.:]*)?(?:=.*)?$", re.DOTALL)


def top_level_keys(verb: str) -> set[str]:
    """The keys a verb takes: those of its primary config and the groups in its defaults list."""
    return (set(primary(verb)) - {"defaults"}) | set(defaults_of(verb))


def unknown_words(verb: str, args: Sequence[str]) -> str | None:
    """What is wrong with the words of a command line, before Hydra sees them; None when nothing is."""
    known = top_level_keys(verb) | {"experiment", "hydra"}
    takes_value = False
    for arg in args:
        if takes_value:
            takes_value = False
        elif arg.startswith("-"):
            option = arg.partition("=")[0]
            if option not in _OPTIONS:
                return f"{verb}: no option is called {option!r}{nearest(option, _OPTIONS)}"
            takes_value = option in _VALUED and "=" not in arg
        elif arg.startswith("=") or ("=" not in arg and not arg.startswith("~")):
            return f"{verb}: {arg!r} is not key=value{_hint(arg, known)}"
        elif (match := _KEY.match(arg)) and (key := re.split(r"[./@]", match[1])[0]) not in known:
            return f"{verb}: no key is called {key!r}{nearest(key, known - {'hydra'})}"
    return wrong_choice(verb, args, own_folders(args))


_VALUED = (
    "--config-path",
    "-cp",
    "--config-name",
    "-cn",
    "--config-dir",
    "-cd",
    "--cfg",
    "-c",
    "--package",
    "-p",
)


def _hint(word: str, known: Iterable[str]) -> str:
    if "/" in word or "." in word:
        return f"; for a file write for example path={word}"
    return nearest(word, known)


def explain_config_error(verb: str | None, error: BaseException, args: Sequence[str] = ()) -> str | None:
    """One message for an error of Hydra or OmegaConf about the configuration; None for any other error.

    `args` is the command line, which tells the config that a key was meant for.
    """
    module = type(error).__module__
    if not module.startswith(("hydra.", "omegaconf.")):
        return None
    text = _chain(error)
    folders = own_folders(args)
    if match := re.search(r"Could not (?:find|load) '([\w.-]+)/([^']+)'", text):
        group, name = match.groups()
        if group == "hydra" and name.startswith("launcher/"):
            return _launcher(name.removeprefix("launcher/"))
        return f"no {noun(group)} is called {name!r}{nearest(name, choices(group, folders))}"
    if match := re.search(r"Key '([^']+)' (?:is not in struct|not in '\w+')", text):
        return _unknown_key(match[1], text, verb, args)
    if match := re.search(r"Could not override '([^']*)'", text):
        return f"no key is called {match[1]!r}{nearest(match[1], top_level_keys(verb)) if verb else ''}"
    if match := re.search(r"Missing mandatory value: ([\w.]+)", text):
        return f"{match[1]} is required; add {match[1]}=…"
    if verb and (message := explain_value(verb, error, text)):
        return message
    lines = [
        line.strip() for line in text.splitlines() if line.strip() and not any(n in line for n in _NOISE)
    ]
    return "configuration: " + "; ".join(list(dict.fromkeys(lines))[:4])


_LAUNCHERS = {
    "basic": "hydra-core",
    "joblib": "hydra-joblib-launcher",
    "ray": "hydra-ray-launcher",
    "submitit_local": "hydra-submitit-launcher",
    "submitit_slurm": "hydra-submitit-launcher",
}


def _launcher(name: str) -> str:
    if name not in _LAUNCHERS:
        return f"no hydra/launcher is called {name!r}{nearest(name, _LAUNCHERS)}"
    return f"hydra/launcher={name} is not installed; pip install '{_LAUNCHERS[name]}'"


def _chain(error: BaseException) -> str:
    seen: list[str] = []
    current: BaseException | None = error
    while current is not None:
        seen.append(str(current))
        current = current.__cause__ or current.__context__
    return "\n".join(seen)


def _unknown_key(key: str, text: str, verb: str | None, args: Sequence[str]) -> str:
    """What to say of a key that is in no config: of the group that it was set in, or of the verb."""
    if (match := re.search(r"full_key: ([\w.]+)", text)) and "." in match[1]:
        group, *parts = match[1].split(".")
        if choices(group, folders := own_folders(args)):
            return unknown_option(group, chosen(verb, group, args) if verb else None, parts, folders)
    return f"no key is called {key!r}{nearest(key, top_level_keys(verb)) if verb else ''}"
