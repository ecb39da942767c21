"""Where the browser of the tests is, and the switches it is started with."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
)  # fmt: skip


def chromium() -> str:
    """The browser's program; without one the journeys are skipped, and fail where CI is set."""
    for path in (*CHROMIUM, shutil.which("chromium"), shutil.which("google-chrome")):
        if path and Path(path).exists():
            return path
    with sync_playwright() as playwright:
        if Path(playwright.chromium.executable_path).exists():
            return playwright.chromium.executable_path
    if os.environ.get("CI"):
        pytest.fail("The journeys need Chromium, and none is installed.")
    pytest.skip("no Chromium is installed; ./run test installs one")
