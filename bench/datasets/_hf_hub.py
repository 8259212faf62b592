"""Data sets of the Hugging Face hub, by `datasets.load_dataset`."""

from __future__ import annotations

from typing import Any

from bench.canonical import canonical_json
from bench.datasets._arrow import Columnar, Wanted, columnar
from bench.errors import UsageError, nearest

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
    """All parts, as datasets has them."""
    import datasets

    try:
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


def _short(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return text if len(text) <= 300 else f"{text[:299]}…"
