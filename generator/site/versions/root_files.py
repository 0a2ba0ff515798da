"""What stands beside the versions of a site: the way to the newest, and headers and redirects for
hosts that read them.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from generator.schema.words import Words
from generator.site.builder import Publishing
from generator.site.versions.store import Shelf
from generator.site.versions.version_list import LATEST


def make_root_files(
    shelf: Shelf,
    versions: Mapping[str, frozenset[str]],
    publishing: Publishing,
    words: Words,
) -> dict[str, bytes]:
    """The files at the root, by path. `versions` are those that stand there, with their other
    names.
    """
    latest = words("redirect_link", title=LATEST)
    page = (
        '<!doctype html>\n<html>\n<head>\n<meta charset="utf-8">\n<title>…</title>\n'
        f'<meta http-equiv="refresh" content="0; url={LATEST}/">\n<meta name="robots" content="noindex">\n</head>\n'
        f'<body>\n<p><a href="{LATEST}/">{latest}</a></p>\n</body>\n</html>\n'
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
    redirects = [f"/ /{LATEST}/ 302"]
    for name in (*versions, LATEST):
        older = name != LATEST and LATEST not in versions[name]
        headers += (
            [f"/{quote(name)}/*", "  X-Robots-Tag: noindex"]
            if older and publishing.is_public
            else []
        )
        headers += _move(own.get(f"{name}/_headers", b""), quote(name))
        redirects += _move(own.get(f"{name}/_redirects", b""), quote(name))
    files = {
        "index.html": page,
        "_headers": "\n".join(headers) + "\n",
        "_redirects": "\n".join(redirects) + "\n",
    }
    if not publishing.is_public:
        files["robots.txt"] = "User-agent: *\nDisallow: /\n"
    return {path: text.encode() for path, text in files.items()} | {".nojekyll": b""}


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
