"""Where the configs and data are: beside the package in a checkout, inside it in an installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def share_root() -> Path:
    """The folder that holds `configs/` and `data/`."""
    checkout = _PACKAGE.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "configs").is_dir():
        return checkout
    return _PACKAGE / "_share"


def configs_dir() -> Path:
    """The shipped `configs/` folder."""
    return share_root() / "configs"


def find_data(relative: str) -> Path:
    """A file or folder under the shipped `data/` (it may not exist); absolute paths pass through."""
    return share_root() / "data" / relative
