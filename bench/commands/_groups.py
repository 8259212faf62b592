"""The config groups of a verb: what each may be set to, own folders included, and what is wrong with a word that sets one."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.build import catalogue
from bench.errors import nearest
from bench.paths import configs_dir

Choice = str | list[str]  # one name, or for groups that take several a list
_NOTHING = ("", "null", "???", "''", '""', "[]")
_NOUNS = {"to": "export format"}  # groups whose name is no noun
_SETS = re.compile(r"^(?:\+\+|\+)?(\w+)=(.*)$", re.DOTALL)


def noun(group: str) -> str:
    """What one choice of a group is called in a sentence."""
    return _NOUNS.get(group, group)


@functools.cache  # every start asks three times, and YAML is slow
def primary(verb: str) -> Mapping[str, Any]:
    """The primary config of a verb as it stands in its file."""
    import yaml

    config: Mapping[str, Any] = yaml.safe_load((configs_dir() / f"{verb}.yaml").read_text(encoding="utf-8"))
    return config


def defaults_of(verb: str) -> dict[str, Choice]:
    """Group → its choice in the verb's defaults list."""
    return {
        key.removeprefix("optional "): choice
        for entry in primary(verb)["defaults"]
        if isinstance(entry, dict)
        for key, choice in entry.items()
    }


def choices(group: str, folders: Iterable[Path] = ()) -> dict[str, Path]:
    """Name → file of everything a group may be set to. Ours wins over a namesake in `folders`, as it does in a run."""
    own = {
        path.relative_to(folder / group).with_suffix("").as_posix(): path
        for folder in folders
        for path in (folder / group).rglob("*.yaml")
    }
    return dict(sorted((own | catalogue(group)).items()))


def wrong_choice(verb: str, args: Sequence[str], folders: Sequence[Path] = ()) -> str | None:
    """What is wrong with a word that sets a group to nothing, or to several where it takes one; None when nothing is.

    Hydra ends some of these in a traceback, and takes the last of a list without a word.
    """
    defaults: dict[str, Choice] = {**defaults_of(verb), "experiment": []}
    sweep = any(arg in ("-m", "--multirun") for arg in args)
    for arg in args:
        taken_out = arg.removeprefix("~").partition("=")[0]
        if arg.startswith("~") and isinstance(defaults.get(taken_out), str):
            return f"{arg}: {verb} needs a {noun(taken_out)}; choose one with {taken_out}=…"
        match = _SETS.match(arg)
        if match and match[1] in defaults:
            if arg.startswith("+") and match[1] != "experiment":
                return f"{arg}: {match[1]} is there already; without the plus: {arg.lstrip('+')}"
            many = not isinstance(defaults[match[1]], str)
            if problem := _wrong(verb, match[1], match[2].strip(), many, sweep, folders):
                return problem
    return None


def _wrong(verb: str, group: str, value: str, many: bool, sweep: bool, folders: Sequence[Path]) -> str | None:
    import yaml

    names = choices(group, folders)
    if value in _NOTHING and not (many and value == "[]"):
        example = f", or several as a list: {group}=[{','.join(list(names)[:2])}]" if many else ""
        return f"{group}={value}: names no {noun(group)}; choose one of {', '.join(names)}{example}"
    several = value.startswith("[") or (
        "," in value and not sweep and not value.startswith(("'", '"', "{")) and "(" not in value
    )
    inside = value.strip("[]").replace(" ", "")
    if several and not many:
        return f"{group}={value}: one at a time; to try each of them: dateline {verb} -m {group}={inside}"
    if several and not value.startswith("["):
        return f"{group}={value}: several go into a list: {group}=[{inside}]"
    try:
        read = yaml.safe_load(value)
    except yaml.YAMLError:
        return None  # the grammar of the whole command is Hydra's to judge
    if value not in names and isinstance(read, int | float | dict):  # where Hydra ends in a traceback
        return f"no {noun(group)} is called {value!r}{nearest(value, names)}"
    return None


def chosen(verb: str, group: str, args: Sequence[str]) -> str | None:
    """The one choice of a group that a command line ends up with; None where it cannot be told from the words alone."""
    if any(_plain_key(arg) == "experiment" for arg in args):
        return None  # an experiment may choose too
    found: Choice | None = defaults_of(verb).get(group)
    for arg in args:
        if (match := _SETS.match(arg)) and match[1] == group:
            found = match[2]
    return found if isinstance(found, str) and re.fullmatch(r"[\w./-]+", found) else None


def unknown_option(group: str, name: str | None, parts: Sequence[str], folders: Sequence[Path] = ()) -> str:
    """What to say of a key `group.parts…` that no config has: the keys of choice `name`, and which choices have it.

    Without `name` the keys of all choices of the group are known. The last of `parts` is the one that is unknown.
    """
    key, files = parts[-1], choices(group, folders)
    if len(parts) == 1 and key in files:  # metric.evaluate.path=… without the metric
        return f"{group}={key} is not among the chosen; add it: {group}=[…,{key}]"
    keys = {choice: _keys_at(path, parts[:-1]) for choice, path in files.items()}
    having = [choice for choice, known in keys.items() if known is not None and key in known]
    has = f"; {group}={_either(having)} has" if having else ""
    if name is None or name not in keys or _inherits(files[name]):
        rest = {word for known in keys.values() for word in known or ()}
        return f"the {noun(group)} chosen has no key {key!r}{has or nearest(key, rest)}"
    known = keys[name]
    if known == [] and len(parts) > 1:  # an empty table, to be filled
        whole = ".".join([group, *parts])
        return f"{whole} is not there yet; a new key takes a plus: +{whole}=…"
    where = f"{group}={name}" + (f": {'.'.join(parts[:-1])}" if len(parts) > 1 else "")
    if having:
        takes = f"it takes {', '.join(known)}" if known else "it takes none"
        return f"{where} has no key {key!r} ({takes}){has}"
    return f"{where} has no key {key!r}{nearest(key, known or ())}"


def _either(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _keys_at(file: Path, parts: Sequence[str]) -> list[str] | None:
    """The keys of the table that `parts` lead to in a config; None where there is no table."""
    import yaml

    value: Any = yaml.safe_load(file.read_text(encoding="utf-8"))
    for part in parts:
        value = value.get(part) if isinstance(value, Mapping) else None
    if not isinstance(value, Mapping):
        return None
    return [str(key) for key in value if key not in ("_target_", "defaults")]


def _inherits(file: Path) -> bool:
    """Whether a config takes keys over from another."""
    import yaml

    value = yaml.safe_load(file.read_text(encoding="utf-8"))
    return isinstance(value, Mapping) and "defaults" in value


def _plain_key(arg: str) -> str:
    return arg.lstrip("+~").partition("=")[0].partition("@")[0]
