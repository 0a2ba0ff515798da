"""Make sure that a Chromium is there for the browser tests: one that is installed, else Debian's,
else Playwright's own; and a font as wide as Arial, in which the site is set where a reader has it,
and in which sheets are measured.

Exits with 0 and prints nothing where one is found; says what to do where none can be had.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

LIGHT = "chromium-headless-shell"
"""The same engine without windows: every new tab costs half as much."""
NAMES = (LIGHT, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

FONTS = ("fonts-dejavu-core", "fonts-liberation")
_AS_WIDE_AS_ARIAL = ("arial", "arimo", "helvetica", "liberation sans", "nimbus sans")


def find_browser() -> str | None:
    """The path of a Chromium: the one named by PLAYBOOK_CHROMIUM, one on the PATH, or Playwright's
    own.
    """
    named = os.environ.get("PLAYBOOK_CHROMIUM")
    if named:
        return named if os.access(named, os.X_OK) else None
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return found
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if os.access(own, os.X_OK) else None


def install_browser() -> None:
    """Try apt where we may use it, then Playwright's download."""
    prefix = [] if is_root() else ["sudo", "--non-interactive"]
    if shutil.which("apt-get") and (is_root() or shutil.which("sudo")):
        _run_apt(prefix, "update", "-qq")
        _run_apt(prefix, "install", "-y", "-qq", "--no-install-recommends", LIGHT, *FONTS)
        if find_browser() is None:  # older Debians have no light one
            _run_apt(prefix, "install", "-y", "-qq", "--no-install-recommends", "chromium", *FONTS)
    if find_browser() is None:
        subprocess.run(
            [sys.executable, "-m", "playwright", "install", "chromium"], check=False, timeout=600
        )


def lacks_font() -> bool:
    """Whether texts that ask for Arial would be set in a font of other widths, and fonts can be had
    without asking anybody.
    """
    if not is_root() or shutil.which("apt-get") is None:
        return False
    if shutil.which("fc-match") is None:
        return True
    found = subprocess.run(
        ["fc-match", "Arial", "family"], check=False, capture_output=True, text=True
    ).stdout
    return not found.lower().startswith(_AS_WIDE_AS_ARIAL)


def may_be_lighter() -> bool:
    """Whether the light browser can be had without asking anybody, and nobody has named another."""
    return (
        is_root()
        and shutil.which("apt-get") is not None
        and shutil.which(LIGHT) is None
        and "PLAYBOOK_CHROMIUM" not in os.environ
    )


def is_root() -> bool:
    """Whether packages can be installed without asking anybody, as in a container of CI."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _run_apt(prefix: list[str], *arguments: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(
        [*prefix, "apt-get", *arguments], env=environment, check=False, capture_output=True
    )


def main() -> int:
    """Find or install a browser."""
    if find_browser() is None or may_be_lighter():
        print("Installing a Chromium for the browser tests …", flush=True)
        install_browser()
    if lacks_font():
        _run_apt([], "update", "-qq")
        _run_apt([], "install", "-y", "-qq", "--no-install-recommends", *FONTS)
    if find_browser() is None:
        print(
            "The browser tests need a Chromium, and none could be installed.\n"
            "Install one (Debian, Ubuntu: apt-get install chromium; macOS, Windows: Google Chrome),\n"
            "or name one: PLAYBOOK_CHROMIUM=/path/to/chromium make test",
            file=sys.stderr,
        )
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
