"""Markdown, by its grammar: prose of entries to safe HTML, and links to entries found in prose and
hand-written pages.

Prose is a small Markdown without raw HTML; what comes out of it passes an allow-list of tags. Where
a link begins and ends is asked of the parser alone, so that an example in a code span is no link,
and every way of writing one is seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import unquote, urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_block import StateBlock, fence
from markdown_it.rules_block import reference as read_definition
from markdown_it.rules_inline import StateInline, autolink, link
from markdown_it.token import Token
from markupsafe import Markup, escape

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
_STARTS = ("http://", "https://", "mailto:")
"""How the address of a link must begin; `https:page` without slashes would lead to a page of this
site.
"""

_GROUPS = ("table_open", "bullet_list_open", "ordered_list_open")
_FIRST_ITEM_ENDS = ("list_item_close", "th_close")
_PREFIX = "entry:"
_WORDS = r"[^\n*_`\[\]<>&\\]"
"""A sign that means nothing in Markdown or HTML, wherever it stands behind the first letter of a
line.
"""
_PLAIN = re.compile(rf"[^\W\d_]{_WORDS}*")
_SIMPLE = re.compile(rf"[^\W\d_]{_WORDS}*(?:\[{_WORDS}+\]\(entry:[a-z_]+/[a-z0-9-]+\){_WORDS}*)*")
_SIMPLE_LINK = re.compile(r"(\[([^\]]+)\]\()entry:([a-z_]+/[a-z0-9-]+)\)")
_BARE = re.compile(r"(?<!\w)https?://[^\s<>\"]+")

_CODE_OR_COMMENT = re.compile(
    r"(?P<code>^[ \t>]*(?P<fence>```+|~~~+)[^\n]*\n(?:.*?\n)??[ \t>]*(?P=fence)[`~]*[ \t]*$"
    r"|(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`))"
    r"|<!--(?:-?>|.*?(?:--!?>|\Z))",
    re.DOTALL | re.MULTILINE,
)

_COMMENT = re.compile(r"<!--(?!-?>)(?:(?!--!>).)*-->", re.DOTALL)
"""A comment to every reader of HTML."""


@dataclass(frozen=True, slots=True)
class EntryLink:
    """A link to an entry in a Markdown text: what it names, its words, and where it stands in the
    text.

    `head` and `tail` are the link as written, up to its address and from there on; both are empty
    where the address stands elsewhere, as in `[words][name]`, or is all there is: `<entry:kind/id>`
    has no words. `target_start` is where the target stands, None where it does not stand there
    letter by letter.
    """

    target: str
    words: str
    start: int
    end: int
    head: str = ""
    tail: str = ""
    target_start: int | None = None

    def lead_to(self, address: str) -> str:
        """The link as written, but leading to another address."""
        if self.head:
            return f"{self.head}{address}{self.tail}"
        return f"[{self.words or self.target.rpartition('/')[2]}]({address})"


def render_prose(text: str, resolve: Callable[[str], str | None]) -> Markup:
    """The HTML of a prose text. `resolve` turns the target of an `entry:` link into an address, or
    gives None.

    Whatever the text holds, the result carries no script, no style, no image and no link but http,
    https, mailto and those `resolve` made; of any other link the words are left.
    """
    if is_plain(text):
        return Markup(f"<p>{text}</p>\n")  # noqa: S704  # nothing in it means anything in HTML
    if _PREFIX not in text:
        return _render_unlinked(text)
    if _is_simple(text):
        linked = _SIMPLE_LINK.sub(lambda found: _write_simple(found, resolve), text)
        return Markup(f"<p>{linked}</p>\n")  # noqa: S704  # nothing else in it means anything in HTML
    return _render(text, resolve)


def _write_simple(found: re.Match[str], resolve: Callable[[str], str | None]) -> str:
    words, address = found[2], resolve(found[3])
    return (
        f'<a href="{escape(address)}" rel="noopener noreferrer">{words}</a>' if address else words
    )


def is_plain(text: str) -> bool:
    """Whether a text is one line without any sign that Markdown or HTML may read, as most are; the
    parsers take their time.
    """
    return _is_all(_PLAIN, text)


def _is_simple(text: str) -> bool:
    """Whether a text is one line that is plain but for links to entries, written in the usual way."""
    return _is_all(_SIMPLE, text)


def _is_all(pattern: re.Pattern[str], text: str) -> bool:
    return (
        bool(pattern.fullmatch(text))
        and text.isprintable()
        and text[-1] != " "
        and "://" not in text
    )


@lru_cache(maxsize=65536)
def _render_unlinked(text: str) -> Markup:
    """Kept, since a text is shown on several pages."""
    return _render(text, lambda target: None)


def _render(text: str, resolve: Callable[[str], str | None]) -> Markup:
    tokens = _prose.parse(text)
    for token in tokens:
        if token.children:
            token.children = list(_resolve_links(token.children, resolve))
    html = _prose.renderer.render(tokens, _prose.options, {})
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
    )
    return Markup(clean)  # noqa: S704  # cleaned by the allow-list


def plain_text(text: str) -> str:
    """The words of a prose text, without markup: for titles and descriptions."""
    if is_plain(text):
        return " ".join(text.split())
    return _words_of(_prose.parse(text))


def opening_words(text: str) -> str:
    """The words of a prose text up to its first table or list, without markup: figures that are run
    together say something else. Of a text that begins with one, its first item.
    """
    if is_plain(text):
        return plain_text(text)
    tokens = _prose.parse(text)
    for at, token in enumerate(tokens):
        if token.type in (*_GROUPS, *_FIRST_ITEM_ENDS) and (said := _words_of(tokens[:at])):
            return said.rstrip(" :") if token.type in _GROUPS else said
    return _words_of(tokens)


def _words_of(tokens: Sequence[Token]) -> str:
    parts: list[str] = []
    for token in tokens:
        for child in token.children or ():
            parts.append("\n" if child.type in ("softbreak", "hardbreak") else child.content)
        if token.type.endswith("_close"):
            parts.append(" ")
    return " ".join("".join(parts).split())


def find_entry_links(text: str) -> Iterator[EntryLink]:
    """The links to entries in a prose text, in their order."""
    return iter(_find_prose_links(text)) if "](" in text or "<" in text else iter(())


@lru_cache(maxsize=65536)
def _find_prose_links(text: str) -> tuple[EntryLink, ...]:
    """Kept, since the same texts are read again: by the edition, and in another version of the
    strategy.
    """
    if _is_simple(text):
        return tuple(
            EntryLink(one[3], one[2], one.start(), one.end(), one[1], ")", one.start(3))
            for one in _SIMPLE_LINK.finditer(text)
        )
    return tuple(_find_entry_links(text, _prose))


def find_page_links(text: str) -> Iterator[EntryLink]:
    """The links to entries in a hand-written page, in their order."""
    return _find_entry_links(text, _page)


def list_spellings(address: str) -> tuple[str, ...]:
    """How an address may stand in a text: its signs may be written as such, a space still coded."""
    plain = unquote(address)
    return address, plain, plain.replace(" ", "%20")


def find_file_links(text: str) -> Iterator[tuple[str, int]]:
    """The links and images of a hand-written page that lead to files beside it, each with the
    number of its line.
    """
    for token in _page.parse(text):
        for child in token.children or ():
            address = str(child.attrGet("src" if child.type == "image" else "href") or "")
            parts = urlsplit(address)
            if (
                child.type in ("link_open", "image")
                and not parts.scheme
                and not parts.netloc
                and parts.path
            ):
                first, last = token.map or (0, 1)
                lines = text.split("\n")[first:last]
                spelt = list_spellings(parts.path)
                offset = next(
                    (at for at, line in enumerate(lines) if any(one in line for one in spelt)), 0
                )
                yield address, first + offset + 1


def replace_entry_links(text: str, replace: Callable[[EntryLink], str | None]) -> str:
    """A prose text with its links to entries replaced; None leaves one as it is."""
    return _replace_links(text, find_entry_links, replace)


def replace_page_links(text: str, replace: Callable[[EntryLink], str | None]) -> str:
    """A hand-written page with its links to entries replaced, and definitions of such links taken
    out.
    """
    replaced = _replace_links(text, find_page_links, replace)
    lines = replaced.split("\n")
    for start, end in _find_definitions(replaced):
        lines[start:end] = [""] * (end - start)
    return "\n".join(lines)


def take_out_page_comments(text: str) -> str:
    """A hand-written page without its comments; what stands in code is shown, and is none."""
    if "<!--" not in text:
        return text
    return _CODE_OR_COMMENT.sub(lambda found: found["code"] or "", text)


def hide_page_code(text: str) -> str:
    """A hand-written page with blanks in place of its code and its comments, on the same lines. What
    is a comment only to some readers of HTML stays.
    """

    def blank(found: re.Match[str]) -> str:
        is_hidden = found["code"] or _COMMENT.fullmatch(found[0])
        return re.sub(r"[^\n]", " ", found[0]) if is_hidden else found[0]

    return _CODE_OR_COMMENT.sub(blank, text)


def _replace_links(
    text: str,
    find: Callable[[str], Iterator[EntryLink]],
    replace: Callable[[EntryLink], str | None],
) -> str:
    while (
        True
    ):  # a link taken out may make one of what stands around it: [[a](entry:x/y)](entry:z/w)
        parts, end = [], 0
        for found in find(text):
            new = replace(found)
            if new is not None:
                parts += [text[end : found.start], new]
                end = found.end
        if not parts:
            return text
        text = "".join([*parts, text[end:]])


# Reading


def _note_place(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """The rule of the parser, which also notes where in the text a link begins and ends."""

    def noted(state: StateInline, silent: bool) -> bool:
        start, first = state.pos, len(state.tokens)
        found = rule(state, silent)
        if found and not silent:
            opening = next(token for token in state.tokens[first:] if token.type == "link_open")
            opening.meta["span"] = (start, state.pos)
            if opening.info != "auto":
                opening.meta["words_end"] = state.md.helpers.parseLinkLabel(state, start, True)
        return found

    return noted


def _read_definition(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A definition of a link, `[name]: address`; one of a footnote, `[^1]: text`, is a text that
    may hold links.
    """
    begin = state.bMarks[start_line] + state.tShift[start_line]
    return not state.src.startswith("[^", begin) and read_definition(
        state, start_line, end_line, silent
    )


def _read_fence(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A block of code between fences; one that is never closed is none to MkDocs, and its links are
    links.
    """
    if not fence(state, start_line, end_line, silent):
        return False
    if silent:
        return True
    mark, last = state.tokens[-1].markup, state.line - 1
    closing = state.src[state.bMarks[last] + state.tShift[last] : state.eMarks[last]].strip()
    if last > start_line and closing.startswith(mark) and not closing.strip(mark[0]):
        return True
    state.tokens.pop()
    state.line = start_line
    return False


def _render_text(
    self: object, tokens: Sequence[Token], index: int, options: object, env: object
) -> str:
    """Bare web addresses in text become links."""
    text = tokens[index].content
    if "://" not in text or tokens[index].meta.get("linked"):
        return escapeHtml(text)
    parts, end = [], 0
    for match in _BARE.finditer(text):
        address = match[0].rstrip(".,;:!?'")
        if address.endswith(")") and "(" not in address:
            address = address.rstrip(").,;:!?'")
        if len(address) > 10:
            shown = escapeHtml(address)
            parts += [escapeHtml(text[end : match.start()]), f'<a href="{shown}">{shown}</a>']
            end = match.start() + len(address)
    return "".join([*parts, escapeHtml(text[end:])])


def _make_parser(*disabled: str) -> MarkdownIt:
    parser = (
        MarkdownIt("commonmark", {"html": False, "linkify": False})
        .enable("table")
        .disable(disabled)
    )
    parser.inline.ruler.at("link", _note_place(link))
    parser.inline.ruler.at("autolink", _note_place(autolink))
    parser.block.ruler.at("reference", _read_definition)
    parser.block.ruler.at(
        "fence", _read_fence, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    normalize = parser.normalizeLink
    parser.normalizeLink = lambda url: url if url.startswith(_PREFIX) else normalize(url)  # type: ignore[method-assign]
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # the tokens are looked at instead
    return parser


_prose = _make_parser("heading", "lheading", "image", "code", "fence", "reference")
_prose.add_render_rule("text", _render_text)
_page = _make_parser("code")
"""MkDocs reads what is indented as part of an admonition, a tab or a list, so here it is no code
either.
"""


def _is_to_entry(token: Token) -> bool:
    return token.type == "link_open" and str(token.attrGet("href") or "").startswith(_PREFIX)


def _resolve_links(
    tokens: Sequence[Token], resolve: Callable[[str], str | None]
) -> Iterator[Token]:
    """The tokens of a text with links that lead somewhere; of the others the words are left. Links
    hold no links.
    """
    kept, linked = True, False
    for token in tokens:
        linked = token.type != "link_close" and (linked or token.type == "link_open")
        if token.type == "link_open":
            href = str(token.attrGet("href") or "")
            to_entry = href.startswith(_PREFIX)
            address = resolve(href[len(_PREFIX) :]) if to_entry else href
            kept = bool(address) and (to_entry or href.lower().startswith(_STARTS))
            token.attrSet("href", address or "")
        if token.type == "text" and linked and kept:
            token.meta["linked"] = True
        if kept or token.type not in ("link_open", "link_close"):
            yield token


def _find_entry_links(text: str, parser: MarkdownIt) -> Iterator[EntryLink]:
    lines = [0, *(match.end() for match in re.finditer(r"\r\n?|\n", text)), len(text)]
    end = 0
    for token in parser.parse(text):
        if token.type != "inline" or not token.map:
            continue
        start = max(
            lines[token.map[0]], end
        )  # the cells of a table stand behind each other on one line
        if not token.content:
            continue
        places = _align(token.content, text, start)
        end = places[-1]
        for child in token.children or ():
            if _is_to_entry(child):
                yield _describe_link(child, token.content, places, text)


def _align(content: str, text: str, start: int) -> list[int]:
    """Where each character of an inline text stands in the whole text, and where it ends.

    The parser leaves out what begins a line (quote marks, list marks, indents) and backslashes
    before bars in tables.
    """
    places, position, at_start = [], start, False
    for sign in content:
        at_start = sign == "\n" or (at_start and sign == " ")
        if not at_start or sign == "\n":  # the indent of a line may have been a tab
            found = text.find(sign, position)
            position = found if found >= 0 else position
            places.append(position)
            position += 1
        else:
            places.append(position)
    return [*places, position]


def _describe_link(token: Token, content: str, places: Sequence[int], text: str) -> EntryLink:
    target = str(token.attrGet("href"))[len(_PREFIX) :]
    first, last = token.meta["span"]
    start, end = places[first], places[last - 1] + 1
    words_end = token.meta.get("words_end")
    if words_end is None:
        return EntryLink(target, "", start, end, target_start=_find_target(target, text, start))
    words = text[places[first + 1] : places[words_end]]
    if last == words_end + 1 or content[words_end + 1] != "(":
        return EntryLink(target, words, start, end)
    begin = next(index for index in range(words_end + 2, last) if content[index] not in " \t\n")
    head = text[start : places[begin]]
    tail = text[places[_page.helpers.parseLinkDestination(content, begin, last).pos] : end]
    return EntryLink(
        target, words, start, end, head, tail, _find_target(target, text, places[begin])
    )


def _find_target(target: str, text: str, address: int) -> int | None:
    start = address + text.startswith("<", address)
    return start + len(_PREFIX) if text.startswith(f"{_PREFIX}{target}", start) else None


def _find_definitions(text: str) -> Iterator[tuple[int, int]]:
    """The lines, from first to behind the last, that define links to entries."""
    found: dict[str, Any] = {}
    _page.parse(text, found)
    for definition in found.get("references", {}).values():
        if definition["href"].startswith(_PREFIX):
            yield tuple(definition["map"])
