"""The reader that is a Python function of yours."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import inspect
import sys
from collections.abc import Callable as Function
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from bench.errors import UsageError, nearest
from bench.models.base import Model, failed, reply
from bench.records import Prediction, Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Callable(Model):
    """Calls `function(request)`, named as `package.module:name` or `package.module.name`.

    The function returns the answer as a string, None to abstain, or a `Prediction` made for this request.
    Anything else, and any exception, is a failed prediction. The current directory is importable, after
    everything installed. The module is imported when `predict` starts (or for `fingerprint`), not before:
    whoever builds this reader decides first whether foreign code may run.
    """

    function: str
    uses_prompt: bool = False  # type: ignore[misc]  # what is a class's trait elsewhere is the user's to say here

    def answer(self, request: Request) -> Prediction:
        """The function's answer to one request. UsageError when the name leads to no function."""
        return _ask(_load(self.function), self.function, request)

    def predict(self, requests: Sequence[Request]) -> Iterator[Prediction]:
        """One prediction per request, in the order asked. UsageError when the name leads to no function."""
        function = _load(self.function)
        for request in requests:
            try:
                yield _ask(function, self.function, request)
            except Exception as error:
                yield failed(request, error)

    def fingerprint(self) -> Mapping[str, str]:
        """Sha256 of the source files of the named module and of the function's own; none for compiled code."""
        function = _load(self.function)
        module, _ = _split(self.function)
        files = {getattr(sys.modules.get(module), "__file__", None), _source_file(function)}
        sources = sorted(Path(name).read_bytes() for name in files if name and name.endswith(".py"))
        if not sources:
            return {}
        return {"source_sha256": hashlib.sha256(b"\0".join(sources)).hexdigest()}


def _ask(function: Function[[Request], Any], name: str, request: Request) -> Prediction:
    try:
        result = function(request)
    except SystemExit as error:  # would end the whole run, and with somebody else's exit code
        raise RuntimeError(f"{name} called sys.exit({error.code!r})") from error
    if result is None or isinstance(result, str):
        return reply(request, result or "")
    if not isinstance(result, Prediction):
        kind = type(result).__name__
        raise TypeError(f"{name} returned {kind}; it must return a string, None to abstain, or a Prediction")
    if result.key != request.key or result.request_digest != request.digest:
        raise ValueError(
            f"{name} returned a Prediction made for another request; build it with reply(request, …)"
        )
    if (result.status == "ok") != (result.error is None):
        raise ValueError(f"{name} returned a Prediction whose status and error disagree")
    return result


def _split(name: str) -> tuple[str, str]:
    """Module and attribute path of a function's name."""
    module, colon, attribute = name.partition(":")
    if not colon:
        module, _, attribute = name.rpartition(".")
    if not module or not attribute:
        raise UsageError(f"function={name!r} must be written package.module:name, such as my_reader:answer")
    return module, attribute


def _load(name: str) -> Function[[Request], Any]:
    """The function of that name, its module imported. UsageError says which part of the name is at fault."""
    module_name, path = _split(name)
    found: Any = _import(name, module_name)
    for part in path.split("."):
        if not hasattr(found, part):
            where = getattr(found, "__file__", None) or module_name
            known = (
                [word for word in vars(found) if not word.startswith("_")]
                if hasattr(found, "__dict__")
                else []
            )
            raise UsageError(f"function={name!r}: {where} has no {part!r}{nearest(part, known)}")
        found = getattr(found, part)
    if not callable(found):
        raise UsageError(f"function={name!r} is a {type(found).__name__}, which cannot be called")
    return found  # type: ignore[no-any-return]  # callable() was asked; its signature is the user's word


def _import(name: str, module: str) -> ModuleType:
    here = str(Path.cwd())
    if here not in sys.path:
        sys.path.append(here)  # last, so that a file there cannot hide an installed package
    importlib.invalidate_caches()
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name and (module == error.name or module.startswith(f"{error.name}.")):
            message = f"function={name!r}: no module {error.name!r}; it is looked for among installed packages and in {here}"
            raise UsageError(message) from error
        raise UsageError(
            f"function={name!r}: {module} needs a module that is missing: {error.name}"
        ) from error
    except Exception as error:
        message = f"function={name!r}: importing {module} failed: {type(error).__name__}: {error}"
        raise UsageError(message) from error


def _source_file(function: Function[[Request], Any]) -> str | None:
    try:
        return inspect.getsourcefile(inspect.unwrap(function))
    except TypeError:  # built in, or an instance of a class
        return inspect.getsourcefile(type(function)) if not inspect.isbuiltin(function) else None
