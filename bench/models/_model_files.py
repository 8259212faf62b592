"""Where a model's files are, what they hash to, and what is refused before anything is loaded."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from bench.errors import UsageError, shorten

_TEXT = ("*.json", "*.txt", "*.model", "*.jinja")
_WEIGHTS = "*.safetensors"
_PICKLES = ("*.bin", "*.pt", "*.pth", "*.ckpt", "*.pkl", "*.pickle")
_TOKENIZER = ("tokenizer*", "special_tokens_map.json", "added_tokens.json", "vocab*", "merges.txt", "*.model")


class Source(NamedTuple):
    """A model's folder, and the commit it is of when it came from the hub."""

    folder: Path
    commit: str | None


def locate(name: str, revision: str | None, *, weights: bool) -> Source:
    """The folder of a local model, or of a hub model's snapshot; `weights`: fetch them too, not the rest alone.

    UsageError when there is no such folder, the hub cannot be reached and has left no copy here, or the name
    does not exist there.
    """
    if not name.strip() or "\0" in name:
        raise UsageError(
            f"model.name {shorten(name)}: name a local folder or a model on the Hugging Face hub"
        )
    folder = Path(name).expanduser()
    if folder.is_dir():
        if revision is not None:
            raise UsageError(f"model.revision={revision}: {name} is a local folder, which has no revisions")
        return Source(folder, None)
    if folder.is_absolute() or name.startswith((".", "~")) or name.count("/") > 1 or folder.exists():
        raise UsageError(
            f"model.name {name}: no such folder; it must hold config.json, model.safetensors, tokenizer.json"
        )
    return _from_hub(name, revision, weights=weights)


def _from_hub(name: str, revision: str | None, *, weights: bool) -> Source:
    from huggingface_hub import snapshot_download

    patterns = [*_TEXT, _WEIGHTS] if weights else list(_TEXT)
    try:
        folder = snapshot_download(
            name, revision=revision, allow_patterns=patterns, ignore_patterns=["*/*", "consolidated*"]
        )
    except Exception as error:
        what = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise UsageError(
            f"model.name {name}: no folder of that name here, and the Hugging Face hub did not give it "
            f"({type(error).__name__}: {what}); offline, set model.name to a local folder"
        ) from error
    return Source(Path(folder), Path(folder).name)


def check_weights(name: str, folder: Path) -> None:
    """UsageError unless the folder has safetensors weights; pickle files run code when read and are refused."""
    if any(folder.glob(_WEIGHTS)):
        return
    pickles = sorted(p.name for pattern in _PICKLES for p in folder.glob(pattern))
    if pickles:
        raise UsageError(
            f"model.name {name}: only pickle weights ({', '.join(pickles[:3])}), which can run code when read; "
            "save the model again with model.save_pretrained(…), which writes model.safetensors"
        )
    raise UsageError(f"model.name {name}: no model.safetensors in {folder}")


def weights_digest(folder: Path) -> str:
    """Sha256 over config.json and the safetensors files: names and bytes."""
    return _digest(tuple(sorted({*folder.glob("config.json"), *folder.glob("*.safetensors*")})))


def tokenizer_digest(folder: Path) -> str:
    """Sha256 over the tokenizer's files: names and bytes."""
    return _digest(tuple(sorted({p for pattern in _TOKENIZER for p in folder.glob(pattern) if p.is_file()})))


def settings_digest(folder: Path) -> str:
    """Sha256 over what else decides how a generator is asked: chat template and generation_config.json."""
    return _digest(tuple(sorted({*folder.glob("chat_template*"), *folder.glob("generation_config.json")})))


def _digest(files: Iterable[Path]) -> str:
    lines = []
    for path in files:
        try:
            stat = path.stat()
            lines.append(f"{path.name} {_file_digest(path, stat.st_size, stat.st_mtime_ns)}\n")
        except OSError as error:
            raise UsageError(f"cannot read {path}: {error}") from error
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


@lru_cache(maxsize=64)
def _file_digest(path: Path, size: int, changed: int) -> str:  # noqa: ARG001 - they tell versions of a file apart
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
