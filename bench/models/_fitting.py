"""What adapters with fitted parameters share: the examples they learn from and the file they read.

A fitted file is JSON:

    {"model": "lexical", "version": "1",
     "fitted_on": {"dataset": …, "version": …, "split": "dev", "n_items": …, "items_sha256": …},
     "command": "dateline fit …", "parameters": {…}}

It is written by an explicit command, never by a run, and its bytes are part of the run's identity.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from bench.errors import DataError, Problem, UsageError
from bench.paths import find_data
from bench.records import Request

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A request with its known answer, from the dev split; only `fit` functions ever see one."""

    request: Request
    answer: str | None  # None: the article does not answer the question


def same_answer(given: str, gold: str) -> bool:
    """Whether two answers are equal, or one holds the other, after normalisation; never when either is empty."""
    from bench.answers.text.normalise import normalise

    a, b = f" {normalise(given)} ", f" {normalise(gold)} "
    return bool(a.strip()) and bool(b.strip()) and (a in b or b in a)


def fitted_path(name: str) -> Path:
    """The file meant by `name`: one below the data folder `fitted/`, which ships, else a path.

    Raises UsageError when there is no such file.
    """
    shipped, path = find_data(f"fitted/{name}"), Path(name)
    if path.name == name and shipped.is_file():
        return shipped
    if not path.is_file():
        raise UsageError(
            f"no fitted parameters at {path}, and none of that name ship; make them with `dateline fit`, or give another file"
        )
    return path


def fitted_digest(name: str) -> str:
    """Sha256 hex digest of the fitted file's bytes."""
    return hashlib.sha256(fitted_path(name).read_bytes()).hexdigest()


def read_fitted(name: str, *, model: str, version: str) -> Mapping[str, Any]:
    """The `parameters` of a fitted file.

    Raises DataError when the file is not JSON of the form above, or was fitted for another model or version.
    """
    path = fitted_path(name)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise DataError([_problem(path, f"not valid JSON: {error}", line=line)]) from error
    if not isinstance(content, dict):
        raise DataError([_problem(path, "must hold one JSON object")])
    problems = [
        _problem(path, f"must be {wanted!r} for this reader", field=field, value=repr(content.get(field)))
        for field, wanted in (("model", model), ("version", version))
        if content.get(field) != wanted
    ]
    parameters = content.get("parameters")
    if not isinstance(parameters, dict):
        problems.append(_problem(path, "must be an object", field="parameters"))
    if problems or not isinstance(parameters, dict):
        raise DataError(problems)
    return parameters


def parameter(name: str, parameters: Mapping[str, Any], key: str, kind: Callable[[Any], T]) -> T:
    """`parameters[key]` as `kind`; DataError naming file and field when it is missing or something else."""
    try:
        return kind(parameters[key])
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(
            [_problem(fitted_path(name), "missing or of the wrong type", field=f"parameters.{key}")]
        ) from error


def _problem(
    path: Path, message: str, *, line: int | None = None, field: str | None = None, value: str | None = None
) -> Problem:
    fix = "fit again with `dateline fit`"
    return Problem(where=str(path), line=line, field=field, value=value, message=message, fix=fix)
