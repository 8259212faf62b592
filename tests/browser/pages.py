"""Pages in a real browser: opened from disk, everything they ask for and complain of written down."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

DESK, PHONE = (1280, 900), (390, 844)


def chromium() -> str:
    """The browser's path; the set-up of the slow tests installs it where it may."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no Chromium on this machine, and the set-up could not install one")
    return found


@contextlib.contextmanager
def opened(
    file: Path, size: tuple[int, int] = DESK, *, script: bool = True, dark: bool = False
) -> Iterator[Any]:
    """The page of `file`, loaded. Leaving fails when it logged anything, threw, or asked for another file."""
    from playwright.sync_api import sync_playwright

    said: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            java_script_enabled=script,
            color_scheme="dark" if dark else "light",
        )
        page = context.new_page()
        page.on("console", lambda message: said.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: said.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on(
            "request",
            lambda request: said.append(f"asked: {request.url}") if _foreign(request.url, file) else None,
        )
        page.goto(file.as_uri())
        yield page
        browser.close()
    assert said == []


def _foreign(url: str, file: Path) -> bool:
    return not url.startswith("data:") and url.partition("#")[0] != file.as_uri()


def wider_than_screen(page: Any) -> bool:
    """Whether the page scrolls sideways as a whole; tables scroll in boxes of their own."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def axe_violations(page: Any) -> list[str]:
    """What axe-core finds, as `rule: element`."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {node['html'][:120]}" for v in found for node in v["nodes"]]
