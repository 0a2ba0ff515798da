"""Take the pictures of the README from the built site: phone, desktop and dark.

Run: python scripts/take_screenshots.py [SITE]. Builds the root strategy where no site is named.
Every picture is small, with few colours, so that the repository stays light.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

from scripts.install_browser import find_browser
from tests.browser.conftest import FLAGS, serve

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "docs" / "images"
AS_OF = "2026-11-22"
DESKTOP, PHONE = (1200, 750), (390, 780)
LARGEST = 150_000


@dataclass(frozen=True)
class Picture:
    """A picture: its file, what is on it, and how wide the window is."""

    name: str
    address: str
    size: tuple[int, int] = DESKTOP
    dark: bool = False
    scroll_to: str = ""


PICTURES = (
    Picture("home", ""),
    Picture("strategy-map", "objectives/", scroll_to=".pb-map__hint"),
    Picture("scorecard-dark", "scorecard/", dark=True),
    Picture("objection-phone", "objections/too-expensive/", PHONE),
    Picture("battlecard-phone-dark", "competitors/gas-boiler/", PHONE, dark=True),
    Picture("scorecard-phone", "scorecard/", PHONE),
)


def take(site: Path, target: Path) -> list[Path]:
    """Take all pictures of a site. Raises ValueError where one is too large."""
    target.mkdir(parents=True, exist_ok=True)
    taken = []
    with sync_playwright() as playwright, serve(site) as url:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        for picture in PICTURES:
            width, height = picture.size
            tab = browser.new_page(
                viewport={"width": width, "height": height},
                color_scheme="dark" if picture.dark else "light",
                reduced_motion="reduce",
            )
            tab.goto(url + picture.address, wait_until="networkidle")
            if picture.scroll_to:
                tab.locator(picture.scroll_to).evaluate("one => scrollTo(0, one.offsetTop - 20)")
            file = target / f"{picture.name}.png"
            tab.screenshot(path=file)
            tab.close()
            if file.stat().st_size > LARGEST:
                raise ValueError(
                    f"{file.name} has {file.stat().st_size} bytes; show less of the page"
                )
            taken.append(file)
        browser.close()
    return taken


def main() -> int:
    """Build the site where none is named, and take the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "site"
        if len(sys.argv) == 1:
            build = [
                sys.executable,
                "-m",
                "generator",
                "build",
                "--site-dir",
                str(site),
                "--as-of",
                AS_OF,
            ]
            subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        for file in take(site, TARGET):
            print(f"{file.stat().st_size / 1000:6.1f} KB  {file.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
