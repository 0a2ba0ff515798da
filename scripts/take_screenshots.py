"""Take the pictures of the README and of docs/proposing.md from the built site (phone, desktop and
dark), and from `playbook edit`.

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
from tests.workbench_server import serve_workbench

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
    types: tuple[str, str] = ("", "")
    """What is typed into which field before the picture is taken."""
    presses: str = ""


PICTURES = (
    Picture("home", ""),
    Picture("strategy-map", "objectives/", (1200, 850)),
    Picture("scorecard-dark", "scorecard/", dark=True),
    Picture("objection-phone", "objections/too-expensive/", PHONE),
    Picture("battlecard-phone-dark", "competitors/gas-boiler/", PHONE, dark=True),
    Picture("scorecard-phone", "scorecard/", PHONE),
    Picture(
        "proposing-phone",
        "suggest/?entry=objections/too-expensive",
        PHONE,
        scroll_to=".pb-form__result",
        types=("Confirm", "Is it still the price?"),
        presses="See what changes",
    ),
)
EDITING = (
    Picture(
        "editing",
        "?entry=objections/too-expensive",
        types=("Acknowledge", "To buy, it does. I would ask the very same."),
    ),
)
"""What `playbook edit` shows."""


def take(site: Path, target: Path) -> list[Path]:
    """Take all pictures of a site. Raises ValueError where one is too large."""
    target.mkdir(parents=True, exist_ok=True)
    taken = []
    with sync_playwright() as playwright, serve(site) as url, serve_workbench(ROOT) as bench:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        for start, picture in [(url, one) for one in PICTURES] + [(bench, one) for one in EDITING]:
            width, height = picture.size
            tab = browser.new_page(
                viewport={"width": width, "height": height},
                color_scheme="dark" if picture.dark else "light",
                reduced_motion="reduce",
            )
            tab.goto(start + picture.address, wait_until="networkidle")
            field, text = picture.types
            if field:
                tab.get_by_role("textbox", name=field).fill(text)
            if picture.presses:
                tab.get_by_role("button", name=picture.presses).click()
            if start == bench:
                tab.locator(".pb-bench__changes").wait_for()
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
