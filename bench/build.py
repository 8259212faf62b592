"""From a config node to an object: `_target_` names a class or function, the other keys are its parameters."""

from __future__ import annotations

import importlib
import inspect
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.errors import UsageError, nearest
from bench.paths import configs_dir


def build(config: Mapping[str, Any], what: str, allow_external: bool = False) -> Any:
    """Call the target of `config` with its other keys.

    Without `allow_external` only things *defined in* `bench.*` may be called, so that neither a hostile
    config nor `bench.some.module.os.system` gets anywhere. Unknown parameters suggest the nearest.
    """
    target = config.get("_target_")
    if not isinstance(target, str):
        raise UsageError(
            f"{what}: no _target_ in its config; name a class or function such as bench.models.lead.Lead"
        )
    made = locate(target, what, allow_external)
    parameters = {k: v for k, v in config.items() if k != "_target_"}
    known = inspect.signature(made).parameters
    for key in parameters:
        if key not in known:
            raise UsageError(f"{what}: {target} has no parameter {key!r}{nearest(str(key), known)}")
    missing = [n for n, p in known.items() if p.default is p.empty and n not in parameters]
    if missing:
        raise UsageError(f"{what}: {target} needs {', '.join(missing)}; set {what}.{missing[0]}=…")
    return made(**parameters)


def locate(target: str, what: str, allow_external: bool) -> Any:
    """The class or function that a dotted name means, if it may be called."""
    module_name, _, name = target.rpartition(".")
    ours = module_name.startswith("bench.")
    if not ours and not allow_external:
        raise UsageError(
            f"{what}: _target_ {target!r} is outside bench.*; if you trust that code, add allow_external_code=true"
        )
    if not ours and str(Path.cwd()) not in sys.path:
        sys.path.append(
            str(Path.cwd())
        )  # one's own module beside one's own config; last, so that it hides nothing
    try:
        found = getattr(importlib.import_module(module_name), name)
    except (ImportError, AttributeError, ValueError) as error:
        raise UsageError(f"{what}: _target_ {target!r} cannot be imported ({error})") from error
    if ours and getattr(found, "__module__", None) != module_name:
        raise UsageError(
            f"{what}: {target!r} is not defined in {module_name}; name the module that defines it"
        )
    if not callable(found):
        raise UsageError(f"{what}: {target!r} is not a class or function")
    return found


def catalogue(group: str) -> dict[str, Path]:
    """Name → file of a config group. The folder is the catalogue: there is no other list."""
    return {path.stem: path for path in sorted((configs_dir() / group).glob("*.yaml"))}


def describe(path: Path) -> str:
    """The one-line description a config file opens with (after Hydra's own `@package` line, if any)."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            break
        if not line.startswith("# @package"):
            return line.lstrip("# ").strip()
    return ""


def read_config(group: str, name: str) -> dict[str, Any]:
    """One config of a group as plain values, without Hydra."""
    import yaml

    files = catalogue(group)
    if name not in files:
        raise UsageError(f"no {group} is called {name!r}{nearest(name, files)}")
    value = yaml.safe_load(files[name].read_text(encoding="utf-8"))
    return value if isinstance(value, dict) else {}


def build_metrics(names: list[str] | None = None) -> dict[str, Any]:
    """Metrics by name with their default parameters; without names, all of the catalogue that need no more."""
    chosen = names if names is not None else list(catalogue("metric"))
    nodes = {key: node for name in chosen for key, node in read_config("metric", name).items()}
    unset = {key: [k for k, value in node.items() if value == "???"] for key, node in nodes.items()}
    if names is not None and (key := next((k for k in nodes if unset[k]), None)):
        raise UsageError(f"metric.{key} needs {', '.join(unset[key])}; set metric.{key}.{unset[key][0]}=…")
    return {key: build(node, f"metric.{key}") for key, node in nodes.items() if not unset[key]}
