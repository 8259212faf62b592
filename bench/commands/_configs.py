"""A user's own config folders are checked before Hydra reads them: plain YAML only, and no alias bombs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

_MOST_NODES = 20_000  # of one file, aliases written out
_MOST_BYTES = 2_000_000


def check_own_configs(args: Sequence[str]) -> str | None:
    """What is wrong with the folders named by --config-dir; None when nothing is."""
    for folder in own_folders(args):
        if not folder.is_dir():
            return f"--config-dir {folder}: no such folder"
        for file in sorted([*folder.rglob("*.yaml"), *folder.rglob("*.yml")]):
            if problem := _check(file):
                return f"{file}: {problem}"
    return None


def own_folders(args: Sequence[str]) -> list[Path]:
    """The folders that --config-dir names, in order."""
    found = []
    for n, arg in enumerate(args):
        if arg in ("--config-dir", "-cd") and n + 1 < len(args):
            found.append(Path(args[n + 1]))
        elif arg.startswith("--config-dir="):
            found.append(Path(arg.partition("=")[2]))
    return found


def added_folders() -> list[Path]:
    """The folders that --config-dir added to the job that is running."""
    from hydra.core.hydra_config import HydraConfig

    sources = HydraConfig.get().runtime.config_sources
    return [Path(source.path) for source in sources if source.provider == "command-line"]


def _check(file: Path) -> str | None:
    import yaml

    if file.stat().st_size > _MOST_BYTES:
        return f"larger than {_MOST_BYTES:,} bytes; a config is a short text"
    try:
        root = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        return f"not readable as YAML: {' '.join(str(error).split())}"
    sizes: dict[int, int] = {}
    if root is not None and _size(root, sizes) > _MOST_NODES:
        return f"its aliases stand for more than {_MOST_NODES:,} values; write it without them"
    if root is not None and (tag := _foreign_tag(root, set())):
        return f"the tag {tag} is not plain YAML; remove it"
    return None


def _children(node: object) -> list[object]:
    value = getattr(node, "value", None)
    if not isinstance(value, list):
        return []
    return [part for entry in value for part in (entry if isinstance(entry, tuple) else (entry,))]


def _size(node: object, sizes: dict[int, int]) -> int:
    """How many values a node stands for with all aliases written out; shared nodes are counted once and reused."""
    if id(node) not in sizes:
        sizes[id(node)] = _MOST_NODES + 1  # a node inside itself has no end
        sizes[id(node)] = min(1 + sum(_size(child, sizes) for child in _children(node)), _MOST_NODES + 1)
    return sizes[id(node)]


def _foreign_tag(node: object, seen: set[int]) -> str | None:
    if id(node) in seen:
        return None
    seen.add(id(node))
    tag = str(getattr(node, "tag", ""))
    if not tag.startswith("tag:yaml.org,2002:") or ":python" in tag:
        return tag
    return next((found for child in _children(node) if (found := _foreign_tag(child, seen))), None)
