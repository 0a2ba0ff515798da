"""What of a hand-written page will be taken out, looked for in its text as written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from generator.model.markdown import hide_page_code
from generator.model.raw_html.allow_list import (
    OWN_IDS,
    TAGS,
    explain_tag,
    is_here,
    is_kept,
    is_safe_address,
)

_TAG = re.compile(r"""<[a-zA-Z][^\s<>/:@]*+(?![:@])(?:"[^"]*"|'[^']*'|[^'"<>])*>?""")
_LINK = re.compile(
    r"!?\[[^\]]*\]\(\s*<?(?P<address>[^)\s>]+)"
    r"|^ {0,3}\[(?P<name>[^\]]+)\]:\s*<?(?P<defined>[^\s>]+)"
    r"|<(?P<bare>[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>]*)>",
    re.MULTILINE,
)
_PICTURED = re.compile(r"!\[[^\]]*\]\[([^\]]+)\]")
_ATTRIBUTE_LIST = re.compile(r"\{:?([^{}\n]*=[^{}\n]*|[^{}\n]*#__[^{}\n]*)\}|\w\[(\w+=[^\]]*)\]")
_ATTRIBUTE = re.compile(
    r"(?<![\w-])(on\w+|style|srcdoc|formaction|action|href|src|ping|background)="
    r"""(?:"([^"]*)"|'([^']*)'|([^\s"'}\]]*))""",
    re.IGNORECASE,
)
_OWN_ID = re.compile(r"#([\w-]+)")
_HOLDER = re.compile(
    r"\s*(?:[-*+]|\d+[.)]|:|!!!|\?\?\?\+?|===|\[\^[^\]]+\]:|>|///)(?:\s|\Z|\+)|\s*<|\s*\[\^"
)


def find_taken_out(text: str) -> dict[int, list[str]]:
    """What of a hand-written page will be taken out, by the number of its line.

    It is looked for in the text as written, so that its author is shown the place; what goes is
    decided by what Markdown makes of it.
    """
    shown = _hide_indented(hide_page_code(text))
    found: dict[int, list[str]] = {}
    for start, names in sorted((*_find_tags(shown), *_find_addresses(shown), *_find_lists(shown))):
        line = found.setdefault(text.count("\n", 0, start) + 1, [])
        line += [name for name in names if name not in line]
    return found


def _find_tags(text: str) -> Iterator[tuple[int, list[str]]]:
    for tag in _TAG.finditer(text):
        names = list(explain_tag(tag[0]))
        if names:
            yield tag.start(), names


def _find_addresses(text: str) -> Iterator[tuple[int, list[str]]]:
    pictured = {name.lower() for name in _PICTURED.findall(text)}
    for link in _LINK.finditer(text):
        address = unescape(link["address"] or link["defined"] or link["bare"])
        is_picture = link[0].startswith("!") or (link["name"] or "").lower() in pictured
        if is_picture and not is_here(address):
            yield link.start(), ["the picture from elsewhere"]
        elif not is_picture and not is_safe_address(address.removeprefix("entry:")):
            yield link.start(), [f'the address "{address[:40]}"']


def _find_lists(text: str) -> Iterator[tuple[int, list[str]]]:
    for group in _ATTRIBUTE_LIST.finditer(text):
        said = group[1] or group[2]
        names = [
            name
            for name, *values in _ATTRIBUTE.findall(said)
            if not any(is_kept(tag, name.lower(), "".join(values)) for tag in TAGS)
        ]
        names += [id_ for id_ in _OWN_ID.findall(said) if OWN_IDS.match(id_)]
        if names:
            yield group.start(), names


def _hide_indented(text: str) -> str:
    """A text without its code blocks by indentation: deeper than what stands before, and in no list,
    note or other thing that holds what is indented.
    """
    lines, shown, is_holder, is_code, before = text.split("\n"), [], False, False, True
    for line in lines:
        is_indented = line.startswith(("    ", "\t"))
        if line.strip() and not is_indented:
            is_holder = bool(_HOLDER.match(line)) or (is_holder and line.startswith(" "))
        is_code = is_indented and not is_holder and (before or is_code)
        shown.append(" " * len(line) if is_code else line)
        before = not line.strip()
    return "\n".join(shown)
