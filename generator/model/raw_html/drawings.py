"""Drawings (SVG) that somebody puts beside the pages: what of them runs or loads is taken out."""

from __future__ import annotations

import re
from html import unescape

import nh3

from generator.model.raw_html.allow_list import DRAWN, LISTED, words

_MORE_DRAWN = words("defs linearGradient radialGradient stop clipPath mask pattern marker symbol")
_MORE_ATTRIBUTES = words(
    "offset stop-color stop-opacity gradientUnits gradientTransform clip-path mask marker-start marker-mid"
    " marker-end patternUnits fx fy letter-spacing font-family"
)
_ACTIVE = re.compile(
    r"<(?:[\w-]+:)?(?:script|foreignobject|iframe|object|embed|handler|listener|set|animate\w*|html|body|meta|link)\b"
    r"|\bon\w+\s*=|script:|<!entity|<!doctype[^>]*\[|<\?xml-stylesheet|@import|(?:href|src)\s*=\s*[\"']?\s*(?!#|[\"'\s]|data:image/(?:png|jpe?g|gif|webp))"
    r"|url\(\s*[\"']?(?!#|data:image/(?:png|jpe?g|gif|webp))",
    re.IGNORECASE,
)
"""What a drawing may run or load by: an element, a handler, an address that is not in it."""


def clean_drawing(content: bytes) -> bytes:
    """A drawing (SVG) that runs and loads nothing when it is opened by itself; to the byte as it was
    where there is nothing in it that could.

    What is left of another are its shapes and its texts.
    """
    text = content.decode(
        "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace"
    )
    if "\0" not in text and not _ACTIVE.search(unescape(text)):
        return content
    drawn = set(DRAWN | _MORE_DRAWN)
    names = {*LISTED["path"], *_MORE_ATTRIBUTES, "id", "class"}
    clean = nh3.clean(
        text,
        tags=drawn,
        clean_content_tags={"script", "style", "title", "textarea", "template"},
        attributes=dict.fromkeys(drawn, names),
        attribute_filter=lambda _, __, value: (
            None if "url(" in value.replace("url(#", "") else value
        ),
        link_rel=None,
    )
    return clean.replace("&nbsp;", "&#160;").encode()
