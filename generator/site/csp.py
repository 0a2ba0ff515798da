"""What a page may load and run: a Content-Security-Policy for each page.

Inline scripts and styles run by their hash, and only those of a closed list: what the theme's
templates ship (`site/theme/scripts`). What stands in a page puts nothing on the list. The theme's
scripts differ with the depth of the page, so every page carries those that stand in it in a
`<meta>` tag; files for web servers that set headers carry all hashes together.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from generator.pages.page import Asset

_INLINE = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?""")
_HEAD = re.compile(r"<head\b[^>]*>(?:\s*<meta\s+charset=[^>]*>)?", re.IGNORECASE)
"""The encoding must stand within the first 1,024 bytes, so it goes before the policy; it loads
nothing.
"""
_MARK = "\ufeff"
_DOCTYPE = re.compile(
    rf"{_MARK}?(?:\s|<!--(?!-?>).*?-->)*<!doctype[^>]*>", re.DOTALL | re.IGNORECASE
)
_ARTICLE, _ARTICLE_END = "<article", "</article>"
_RUNNING_TYPES = {"", "module", "text/javascript", "application/javascript"}
_HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}


@dataclass(frozen=True)
class Inline:
    """The hashes of the scripts and the styles that stand in a page itself."""

    scripts: frozenset[str] = frozenset()
    styles: frozenset[str] = frozenset()

    def __or__(self, other: Inline) -> Inline:
        return Inline(self.scripts | other.scripts, self.styles | other.styles)

    def __and__(self, other: Inline) -> Inline:
        return Inline(self.scripts & other.scripts, self.styles & other.styles)


NOTHING = Inline()


def find_inline(html: str) -> Inline:
    """The inline scripts and styles of a page, but for those in its article."""
    start, end = html.find(_ARTICLE), html.rfind(_ARTICLE_END)
    shell = html if start < 0 or end < start else html[:start] + html[end:]
    found: dict[str, set[str]] = {"script": set(), "style": set()}
    for tag, attributes, text in _INLINE.findall(shell):
        if tag.lower() == "style" or _runs(attributes):
            found[tag.lower()].add(_hash(text))
    return Inline(frozenset(found["script"]), frozenset(found["style"]))


def list_inline(html: str) -> list[str]:
    """The inline scripts and styles of a template, as they are written, tags included."""
    return [found[0] for found in _INLINE.finditer(html)]


def make_policy(inline: Inline) -> str:
    """The policy for pages with these inline scripts and styles: nothing from elsewhere, nothing
    that stands in a text.
    """
    directives = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *sorted(inline.scripts)],
        "style-src": ["'self'", *sorted(inline.styles)],
        "img-src": ["'self'", "data:"],  # the theme's icons are masks in its style sheet
        "font-src": ["'self'"],
        "media-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
    }
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())


def protect(html: str, inline: Inline) -> str:
    """The page with its policy in front of everything that it loads: `inline` may stand in it and
    run. A page without a head has the policy first, which makes it one.
    """
    meta = f'<meta http-equiv="Content-Security-Policy" content="{make_policy(inline)}">'
    head = _HEAD.search(html)
    if head is None:
        return f"{meta}\n{html}"
    return html.replace(head[0], f"{head[0]}\n{meta}", 1)  # a page can be a megabyte long


def protect_file(content: bytes) -> bytes:
    """A page that lies beside the others as a file of somebody's own: it runs nothing, wherever in
    it a script stands, since the policy comes before all else that a browser reads.
    """
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    text = content.decode(encoding, "surrogateescape" if encoding == "utf-8" else "replace")
    start = _DOCTYPE.match(text)
    end = start.end() if start else 0
    policy = protect("", NOTHING).strip()
    return f"{text[:end]}{policy}{text[end:].removeprefix(_MARK)}".encode(
        "utf-8", "surrogateescape"
    )


class SitePolicy:
    """The policy of a whole site: what its pages may run, and what of that was found in them."""

    def __init__(self, trusted: Inline = NOTHING) -> None:
        self.trusted = trusted
        self.inline = NOTHING

    def protect(self, html: str) -> str:
        """A page with its policy; its scripts are remembered for the headers of the whole site."""
        inline = find_inline(html) & self.trusted
        self.inline |= inline
        return protect(html, inline)


def write_headers(inline: Inline, *, confidential: bool = True) -> tuple[Asset, ...]:
    """The policy of the whole site as headers: for hosts that read `_headers`, and as a snippet for
    nginx.

    A `confidential` site also tells search engines, should they ever reach it, to keep nothing.
    """
    policy = f"{make_policy(inline)}; frame-ancestors 'none'"
    headers = {"Content-Security-Policy": policy, **_HEADERS}
    if confidential:
        headers["X-Robots-Tag"] = "noindex"
    lines = ["/*", *(f"  {name}: {value}" for name, value in headers.items())]
    directives = [f'add_header {name} "{value}" always;' for name, value in headers.items()]
    return _list_lines("_headers", lines), _list_lines("headers.nginx.conf", directives)


def _list_lines(path: str, lines: Iterable[str]) -> Asset:
    return Asset(path, ("\n".join(lines) + "\n").encode)


def _runs(attributes: str) -> bool:
    """Whether a script element holds a script of its own: neither a block of data nor one that lies
    in a file.
    """
    found = {name.lower(): "".join(values) for name, *values in _ATTRIBUTE.findall(attributes)}
    return "src" not in found and found.get("type", "").lower() in _RUNNING_TYPES


@lru_cache(maxsize=512)
def _hash(text: str) -> str:
    """As a browser takes it: over the text between the tags, line ends as HTML reads them."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
