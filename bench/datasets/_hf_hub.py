"""Data sets of the Hugging Face hub, by `datasets.load_dataset`."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from bench.canonical import canonical_json
from bench.datasets._arrow import Columnar, Wanted, columnar
from bench.errors import UsageError, nearest

_PATIENCE = 5.0  # seconds for a first sign of life
_OFFLINE = (
    "load it once where there is a network (it then stays in the cache of datasets), "
    "or name a folder that holds its files"
)


def read_hub(
    path: str, config: str | None, part: str | None, revision: str | None, wanted: Wanted
) -> Columnar:
    """The rows of one part of a data set; without `part` those of the only one.

    No code of the data set is run. UsageError, with what to do, when it cannot be reached, does not exist or
    has no such config, part or revision.
    """
    found = _load(path, config, revision)
    parts = list(found)
    if part is None and len(parts) > 1:
        raise UsageError(f"{path} has the parts {', '.join(parts)}; choose with dataset.part=…")
    if part is not None and part not in parts:
        raise UsageError(f"part={part}: {path} has no such part{nearest(part, parts)}")
    table = columnar(found[part or parts[0]].with_format("arrow")[:], b"", wanted)
    content = canonical_json([dict(row) for row in table.rows]).encode("ascii")
    return Columnar(columns=table.columns, rows=table.rows, content=content)


def _load(path: str, config: str | None, revision: str | None) -> Any:
    """All parts, as datasets has them; those in its cache where the hub is out of reach."""
    import datasets

    try:
        with nullcontext() if _within_reach() else _offline():
            return datasets.load_dataset(path, config, revision=revision)
    except datasets.exceptions.DatasetNotFoundError as error:
        raise UsageError(f"{path}: {_short(error)}; neither is there a folder of that name") from error
    except ConnectionError as error:
        raise UsageError(
            f"{path}: no such folder here, and the hub cannot be reached ({_short(error)}); {_OFFLINE}"
        ) from error
    except RuntimeError as error:
        fix = "its code is not run; try dataset.revision=refs/convert/parquet"
        raise UsageError(f"{path}: {_short(error)}; {fix}") from error
    except (ValueError, OSError, datasets.exceptions.DatasetsError) as error:
        raise UsageError(f"{path}: {_short(error)}") from error


def _within_reach() -> bool:
    """Whether somebody listens where the hub should be; with a proxy between, that is taken for granted.

    The hub's library asks again and again for half a minute before it says that there is no network.
    """
    from huggingface_hub import constants

    if constants.HF_HUB_OFFLINE or getproxies():
        return True
    place = urlsplit(constants.ENDPOINT)
    try:
        port = place.port or (80 if place.scheme == "http" else 443)
        socket.create_connection((place.hostname or "", port), timeout=_PATIENCE).close()
    except OSError:
        return False
    return True


@contextmanager
def _offline() -> Iterator[None]:
    """Both libraries in the mode that HF_HUB_OFFLINE=1 starts them in."""
    import datasets
    from huggingface_hub import constants

    before = datasets.config.HF_HUB_OFFLINE, constants.HF_HUB_OFFLINE
    datasets.config.HF_HUB_OFFLINE = constants.HF_HUB_OFFLINE = True
    try:
        yield
    finally:
        datasets.config.HF_HUB_OFFLINE, constants.HF_HUB_OFFLINE = before


def _short(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return text if len(text) <= 300 else f"{text[:299]}…"
