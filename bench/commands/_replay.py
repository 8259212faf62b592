"""`dateline run from=BUNDLE`: the command that a bundle records, with whatever is said beside it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from pathlib import Path

from bench.commands._console import note
from bench.errors import UsageError
from bench.store import codec
from bench.store.bundles import CARD, is_bundle, verify_bundle
from bench.store.files import read_bytes

_KEY = re.compile(r"^[+~]*([^=]+)=")
# What a stranger's bundle may not decide: to run code, to send a key somewhere, and where files land.
_NOT_THEIRS = frozenset({"allow_external_code", "model.api_key_env", "results_dir", "hydra"})


def expand(args: Sequence[str]) -> list[str]:
    """The words of a command with `from=…` replaced by the recorded ones; words given beside it win.

    A bundle may be a stranger's: leave to run code and the name of a key are not taken from it, and said.
    """
    named = [a for a in args if a.startswith("from=")]
    if not named:
        return list(args)
    if len(named) > 1:
        raise UsageError("run: one from=… at a time")
    path = Path(named[0].partition("=")[2])
    if not is_bundle(path):
        raise UsageError(f"from={path}: no bundle (a folder with {CARD}); `dateline publish` makes one")
    if findings := verify_bundle(path):
        raise UsageError("\n".join(findings))
    card = codec.parse_object(read_bytes(path / CARD), str(path / CARD))
    program, command, *words = shlex.split(card["run"]["command"])
    if (program, command) != ("dateline", "run"):
        raise UsageError(f"from={path}: made by {program} {command}, which no command line repeats")
    given = [a for a in args if not a.startswith("from=")]
    keys = {key for a in given if (key := _key(a)) is not None}
    left = [w for w in words if _theirs(w) and _key(w) not in keys]
    if left:
        note(f"from={path}: left out, add it yourself if you trust what it is for: {' '.join(left)}")
    return [*(w for w in words if _key(w) not in keys and w not in left), *given]


def _theirs(word: str) -> bool:
    if word.startswith("-"):
        return word != "--config-dir"  # the only option that a run records
    key = _key(word) or word.lstrip("+~")
    return key in _NOT_THEIRS or re.split(r"[./@:]", key)[0] == "hydra"


def _key(word: str) -> str | None:
    found = _KEY.match(word)
    return found[1] if found else None
