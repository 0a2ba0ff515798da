"""The files that let a browser keep a copy of a finished site: what belongs to it, and the script
that keeps it. Where no copy may be kept, that script takes away what was kept before.
"""

from __future__ import annotations

import hashlib
import json
import mimetypes
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from generator.model.addresses import INDEX
from generator.model.strategy import Strategy
from generator.pages.page import Asset
from generator.pages.suggest_form import ADDRESS, FOLDER

LISTING = "offline.json"
WORKER = "playbook-offline.js"
_BROWSER = files("generator.site.offline").joinpath("browser")
_LEFT_OUT = frozenset({LISTING, WORKER, "_headers", "_redirects", "headers.nginx.conf", "404.html"})
"""Files that a reader never opens."""
_NOT_KEPT = (".", ADDRESS, FOLDER)
"""The form in which a change is proposed waits for the network: it would double what a copy holds."""
_NOT_SHOWN = (".map", ".gz", "sitemap.xml")


def list_copy_files(
    site: Path, strategy: Strategy, *, is_kept: bool, names_files: bool
) -> Iterator[Asset]:
    """The files to write into the folder of a finished site. `is_kept`: whether a copy of it may be
    kept; `names_files`: whether its host opens no folders.
    """
    name = "keep.js" if is_kept else "retire.js"
    yield Asset(WORKER, _BROWSER.joinpath(name).read_bytes)
    if is_kept:
        listing = _list_site(site, strategy, names_files=names_files)
        yield Asset(LISTING, lambda: listing)


def _list_site(site: Path, strategy: Strategy, *, names_files: bool) -> bytes:
    """Every file that a copy holds: its address, how long it is, and what it must be to the byte."""
    found = []
    for path in sorted(path for path in site.rglob("*") if path.is_file()):
        name = path.relative_to(site).as_posix()
        if name in _LEFT_OUT or name.endswith(_NOT_SHOWN) or name.startswith(_NOT_KEPT):
            continue
        content = path.read_bytes()
        address = name if names_files else name.removesuffix(INDEX) if _is_page(name) else name
        found.append([address, len(content), hashlib.sha256(content).hexdigest()])
    whole = json.dumps(found)
    header = strategy.header
    return json.dumps(
        {
            "id": hashlib.sha256(whole.encode()).hexdigest()[:16],
            "version": header.version,
            "size": sum(size for _, size, _ in found),
            "files": found,
        },
        separators=(",", ":"),
    ).encode()


def _is_page(name: str) -> bool:
    return name == INDEX or name.endswith(f"/{INDEX}")


def type_of(name: str) -> str:
    """The media type of a picture by its name."""
    return mimetypes.guess_type(name)[0] or ""
