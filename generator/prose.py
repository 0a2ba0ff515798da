"""Prose of entries to safe HTML: a small Markdown without raw HTML, then an allow-list of tags."""

from __future__ import annotations

from collections.abc import Callable

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token
from markupsafe import Markup

_TAGS = {
    "p",
    "br",
    "strong",
    "em",
    "ul",
    "ol",
    "li",
    "a",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "blockquote",
    "code",
    "hr",
}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "th": {"align"}, "td": {"align"}}
_SCHEMES = {"http", "https", "mailto"}
_PREFIX = "entry:"

_markdown = (
    MarkdownIt("commonmark", {"html": False, "linkify": False})
    .enable("table")
    .disable(["heading", "lheading", "image", "code", "fence", "reference"])
)


def render_prose(text: str, resolve: Callable[[str], str | None]) -> Markup:
    """The HTML of a prose text. `resolve` turns the target of an `entry:` link into an address, or gives None.

    Whatever the text holds, the result carries no script, no style, no image and no link but http, https, mailto and
    those `resolve` made.
    """
    tokens = _markdown.parse(text)
    for token in tokens:
        for child in token.children or ():
            _resolve_link(child, resolve)
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    clean = nh3.clean(
        html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="noopener noreferrer"
    )
    return Markup(clean)  # noqa: S704  # cleaned by the allow-list


def plain_text(text: str) -> str:
    """The words of a prose text, without markup: for titles and descriptions."""
    parts: list[str] = []
    for token in _markdown.parse(text):
        parts += [child.content or ("\n" if child.type == "softbreak" else "") for child in token.children or ()]
        if token.type.endswith("_close"):
            parts.append(" ")
    return " ".join("".join(parts).split())


def _resolve_link(token: Token, resolve: Callable[[str], str | None]) -> None:
    if token.type != "link_open":
        return
    href = str(token.attrGet("href") or "")
    if href.startswith(_PREFIX):
        token.attrSet("href", resolve(href[len(_PREFIX) :]) or "")


def _render_text(self: object, tokens: list[Token], index: int, options: object, env: object) -> str:
    """Bare web addresses in text become links."""
    text = tokens[index].content
    opened = sum({"link_open": 1, "link_close": -1}.get(token.type, 0) for token in tokens[:index])
    if "://" not in text or opened:
        return escapeHtml(text)
    parts = []
    for word in text.split(" "):
        address = word.rstrip(".,;:!?)")
        if address.startswith(("http://", "https://")) and len(address) > 10:
            shown = escapeHtml(address)
            parts.append(f'<a href="{shown}">{shown}</a>{escapeHtml(word[len(address) :])}')
        else:
            parts.append(escapeHtml(word))
    return " ".join(parts)


_markdown.add_render_rule("text", _render_text)
