"""What every page of an older version says at its top, and says to search engines: written into
pages already built.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

from markupsafe import escape

from generator.model.addresses import INDEX, PLAIN, Delivery
from generator.schema.words import Words

_START, _END = "<!-- playbook: older version -->", "<!-- /playbook -->"
_ROBOTS = f'{_START}<meta name="robots" content="noindex">{_END}'
_MARKED = re.compile(f"{re.escape(_START)}.*?{re.escape(_END)}", re.DOTALL)
_HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)
_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)


def mark_older(
    html: str,
    path: str,
    version: str,
    newest: str,
    exists: Callable[[str], bool],
    words: Words,
    delivery: Delivery = PLAIN,
) -> str:
    """A page of an older version with its banner, and hidden from search engines. Marks put there
    before are renewed.

    `path` is the page within its version; `newest` the folder of what is current; `exists` says
    what is in there. An entry keeps its address for good, and a renamed one has a page at its old
    address that leads on, so that the same path is the same entry; where there is none, the banner
    leads to the home page.
    """
    plain = unmark(html)
    same = exists(path)
    target = f"{newest}/{path}" if same else f"{newest}/{INDEX}"
    file = posixpath.relpath(target, posixpath.dirname(f"{version}/{path}"))
    link = delivery.complete(file.removesuffix(INDEX) or "./")
    banner = (
        f'{_START}<aside class="md-banner md-banner--warning pb-outdated" role="note">'
        '<div class="md-banner__inner md-grid md-typeset">'
        f"{escape(words('older_version', version=version))} "
        f'<a href="{escape(link)}"><strong>{escape(words("older_same" if same else "older_gone"))}</strong></a>'
        f"</div></aside>{_END}"
    )
    head, body = _HEAD.search(plain), _BODY.search(plain)
    if head is None or body is None:
        return plain
    return f"{plain[: head.end()]}{_ROBOTS}{plain[head.end() : body.end()]}{banner}{plain[body.end() :]}"


def unmark(html: str) -> str:
    """A page without the marks of an older version."""
    return _MARKED.sub("", html)
