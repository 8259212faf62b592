"""One JSON spelling per value, and its digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any


def to_json(value: Any) -> Any:
    """A record (or any nest of records) as plain JSON values; keys keep field order."""
    if value is None or type(value) in (str, int, float, bool):
        return value
    if isinstance(value, list | tuple):
        return [to_json(v) for v in value]
    if isinstance(value, Mapping):
        return {k: to_json(v) for k, v in value.items()}
    if hasattr(value, "__dataclass_fields__"):
        return {k: to_json(v) for k, v in asdict(value).items()}
    return value


def canonical_json(value: Any) -> str:
    """One spelling per value: sorted keys, no spaces, ASCII, no NaN (lone surrogates survive as escapes)."""
    return json.dumps(to_json(value), sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(value: Any) -> str:
    """Sha256 hex digest of the canonical JSON."""
    return hashlib.sha256(canonical_json(value).encode("ascii")).hexdigest()
