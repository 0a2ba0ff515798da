"""What stands beside the versions of a site: the way to the newest, a page for what is not there, and
headers and redirects for hosts that read them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from importlib.resources import files
from urllib.parse import quote, urlsplit

from markupsafe import escape

from generator.model.addresses import PLAIN, Delivery
from generator.schema.words import Words
from generator.site.builder import Publishing
from generator.site.versions.store import Shelf
from generator.site.versions.version_list import LATEST

_SCRIPT = "lost.js"
_FROM_ROOT = re.compile(r'(\b(?:href|src)=")/(?!/)')


def make_root_files(
    shelf: Shelf,
    versions: Mapping[str, frozenset[str]],
    publishing: Publishing,
    words: Words,
    delivery: Delivery = PLAIN,
) -> dict[str, bytes]:
    """The files at the root, by path. `versions` are those that stand there, with their other
    names; `delivery` says how they reach their readers.
    """
    latest = words("redirect_link", title=LATEST)
    way, root = delivery.complete(f"{LATEST}/"), _find_root(delivery)
    page = (
        '<!doctype html>\n<html>\n<head>\n<meta charset="utf-8">\n<title>…</title>\n'
        f'<meta http-equiv="refresh" content="0; url={way}">\n<meta name="robots" content="noindex">\n</head>\n'
        f'<body>\n<p><a href="{way}">{latest}</a></p>\n</body>\n</html>\n'
    )
    present = set(shelf.list_files())
    own = shelf.read_all(
        f"{name}/{file}"
        for name in (*versions, LATEST)
        for file in ("_headers", "_redirects")
        if f"{name}/{file}" in present
    )
    headers = ["/*", "  X-Content-Type-Options: nosniff"]
    headers += [] if publishing.is_public else ["  X-Robots-Tag: noindex"]
    redirects = [f"{root} {root}{way} 302"]
    for name in (*versions, LATEST):
        older = name != LATEST and LATEST not in versions[name]
        headers += (
            [f"/{quote(name)}/*", "  X-Robots-Tag: noindex"]
            if older and publishing.is_public
            else []
        )
        headers += _move(own.get(f"{name}/_headers", b""), quote(name))
        redirects += _move(own.get(f"{name}/_redirects", b""), quote(name))
    redirects += _lead_on(present, {*versions, LATEST}, root)
    texts = {
        "index.html": page,
        "_headers": "\n".join(headers) + "\n",
        "_redirects": "\n".join(redirects) + "\n",
    }
    if not publishing.is_public:
        texts["robots.txt"] = "User-agent: *\nDisallow: /\n"
    lost = _make_lost(shelf, present, [*versions, LATEST], delivery)
    return {path: text.encode() for path, text in texts.items()} | lost | {".nojekyll": b""}


def _find_root(delivery: Delivery) -> str:
    """The path at which the place stands on its host: the host's own root, where nobody says."""
    return f"{urlsplit(delivery.site).path.rstrip('/')}/"


def _lead_on(files: Iterable[str], names: Set[str], root: str) -> list[str]:
    """Rules by which addresses from before there were versions lead to the newest one, for hosts
    that read such a file.
    """
    paths = (path.split("/") for path in files if path.startswith(f"{LATEST}/"))
    folders = {parts[1] for parts in paths if len(parts) > 2} - names
    return [
        f"{root}{quote(folder)}/* {root}{LATEST}/{quote(folder)}/:splat 302"
        for folder in sorted(folders)
        if folder != "assets"
    ]


def _make_lost(
    shelf: Shelf, present: Set[str], names: Sequence[str], delivery: Delivery
) -> dict[str, bytes]:
    """The page for what is not there: that of the newest version, with a script that leads on from
    addresses from before there were versions.
    """
    path = f"{LATEST}/404.html"
    if path not in present:
        return {}
    html = shelf.read_all([path])[path].decode("utf-8")
    if not delivery.site:  # then its links are written as if the version stood at the root
        html = _FROM_ROOT.sub(rf"\1/{LATEST}/", html)
    known = " ".join(quote(name, safe="") for name in names)
    script = (
        f'<script src="{escape(_find_root(delivery))}{_SCRIPT}" data-latest="{LATEST}" '
        f'data-versions="{escape(known)}" defer></script>'
    )
    code = files("generator.site.versions").joinpath(_SCRIPT).read_bytes()
    return {"404.html": html.replace("</head>", f"{script}</head>", 1).encode(), _SCRIPT: code}


def _move(content: bytes, folder: str) -> list[str]:
    """Rules for a site at the root, made rules for the same site in a folder."""
    lines = []
    for line in content.decode("utf-8").splitlines():
        parts = line.split(" ")
        lines.append(
            " ".join(f"/{folder}{part}" if part.startswith("/") else part for part in parts)
            if line[:1] == "/"
            else line
        )
    return lines
