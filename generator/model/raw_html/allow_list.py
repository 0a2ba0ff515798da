"""HTML that people write by hand, by an allow-list: what structures and marks text stays; what runs,
loads from elsewhere, sends, covers the page or takes the theme's place in it goes.

The list knows no difference between what an author wrote and what Markdown extensions made of their
Markdown: all that the extensions make is on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

import nh3
from markupsafe import Markup


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TEXT = words(
    "a abbr address aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details"
    " dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img input ins kbd label li"
    " mark meter nav ol p picture pre progress q rp rt ruby s samp section small span strike strong sub"
    " summary sup table tbody td tfoot th thead time tr tt u ul var wbr audio video source track"
)
DRAWN = words("svg g path circle rect line polyline polygon ellipse text tspan")
TAGS = _TEXT | DRAWN

_ANYWHERE = words(
    "class id title lang dir hidden role tabindex translate style width height align valign markdown"
)
_OF: Mapping[str, frozenset[str]] = {
    tag: words(names)
    for tag, names in {
        "a": "href name target rel download hreflang type",
        "img": "src alt loading decoding srcset sizes border",
        "source": "src srcset sizes type media",
        "audio": "src controls loop muted preload",
        "video": "src controls loop muted preload poster playsinline",
        "track": "src kind srclang label default",
        "input": "type name checked disabled value",
        "label": "for",
        "details": "open name",
        "ol": "start type reversed compact",
        "ul": "type compact",
        "li": "value type",
        "td": "colspan rowspan headers abbr scope bgcolor",
        "th": "colspan rowspan headers abbr scope bgcolor",
        "table": "border cellpadding cellspacing summary",
        "col": "span",
        "colgroup": "span",
        "time": "datetime",
        "del": "datetime cite",
        "ins": "datetime cite",
        "q": "cite",
        "blockquote": "cite",
        "progress": "value max",
        "meter": "value min max low high optimum",
    }.items()
}
_OF_DRAWN = words(
    "xmlns viewbox d fill stroke stroke-width stroke-linecap stroke-linejoin stroke-dasharray fill-rule"
    " clip-rule opacity fill-opacity stroke-opacity transform cx cy r rx ry x y x1 x2 y1 y2 points dx dy"
    " text-anchor dominant-baseline font-size font-weight preserveaspectratio focusable version"
)
_PREFIXES = ("data-", "aria-")
_HOOKS = ("data-md-", "data-pb", "data-finder", "data-clipboard")
"""What scripts of the site look for; no text may stand in for them."""
_STYLES = words(
    "text-align vertical-align width height max-width min-width max-height color background-color"
    " font-weight font-style font-size font-family text-decoration white-space border border-color"
    " border-width border-style border-collapse padding float clear list-style-type line-height"
    " letter-spacing"
)
_LINKS = words("http https mailto tel sms ftp ftps geo xmpp sip callto webcal msteams slack")
_LOADED = ("src", "poster", "srcset")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_PICTURE = re.compile(r"data:image/(?:png|gif|jpe?g|webp|avif|svg\+xml)[;,]", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060\ufeff]+")
"""What browsers take out of an address before they read it, and more."""
OWN_IDS = re.compile(r"__(?!tabbed_|codelineno-|span-)")
"""Ids by which the theme finds its own parts begin so; the extensions' are made for the text."""
_OF_THEME = re.compile(
    r"pb-|md-(?!(?:button|tag|icon|typeset|status|annotation|ellipsis|code)(?![a-z]))"
)
"""Classes of the theme's own parts, some of which cover the page."""
_BOX = re.compile(r'<input(?:[^">]|"[^"]*")*>')
_IS_BOX = re.compile(r'\stype="(?:checkbox|radio)"', re.IGNORECASE)
_STYLE_GAP = re.compile(r"\s*([:;])\s*")
_VOID = words("area base br col embed hr img input link meta source track wbr")


def clean_html(html: str) -> str:
    """The HTML of a page without what is not on the list, whole and balanced; to the letter as it
    was where there is nothing to take out.
    """
    clean = _clean(html)
    return html if _read_tokens(html) == _read_tokens(clean) else clean


def clean_setting(text: str) -> Markup:
    """A setting that is documented as HTML; `R&D` and `a < b` are text in it."""
    return Markup(_clean(text))  # noqa: S704  # cleaned by the allow-list


def is_safe_address(address: str) -> bool:
    """Whether following an address runs nothing: it is relative, or of a known sort."""
    scheme = _SCHEME.match(_UNSEEN.sub("", address))
    return scheme is None or scheme[1].lower() in _LINKS


def explain_tag(tag: str) -> Iterator[str]:
    """What is taken out of a tag as written, such as `<iframe>` or `onclick of <p>`."""
    for kind, name, attributes in _read_tokens(tag):
        if kind != "start":
            continue
        if name not in TAGS:
            yield f"<{name}>"
            continue
        for attribute, value in attributes:
            if name != "input" or attribute != "type" or value.lower() in ("checkbox", "radio"):
                if not is_kept(name, attribute, value):
                    yield f"{attribute} of <{name}>"
            else:
                yield f"<{name}>"


def is_kept(tag: str, attribute: str, value: str) -> bool:
    """Whether an attribute stays as it is."""
    if attribute == "style":
        alone = Markup('<p style="{}"></p>').format(value)
        return _read_tokens(alone) == _read_tokens(_clean(alone))
    return _is_listed(tag, attribute) and _filter(tag, attribute, value) == value


def _clean(html: str) -> str:
    clean = nh3.clean(
        html,
        tags=set(TAGS),
        clean_content_tags={"script", "style", "template", "title", "textarea", "xmp", "noembed"},
        attributes=LISTED,
        attribute_filter=_filter,
        generic_attribute_prefixes=set(_PREFIXES),
        strip_comments=False,
        link_rel=None,
        url_schemes={*_LINKS, "data"},
        filter_style_properties=set(_STYLES),
    )
    return _BOX.sub(lambda found: found[0] if _IS_BOX.search(found[0]) else "", clean)


def _list_attributes() -> dict[str, set[str]]:
    listed = {tag: set(names) for tag, names in _OF.items()}
    adjusted = {"viewbox": "viewBox", "preserveaspectratio": "preserveAspectRatio"}
    drawn = {adjusted.get(name, name) for name in _OF_DRAWN}
    listed |= {tag: set(drawn) for tag in DRAWN}
    return {**listed, "*": set(_ANYWHERE)}


LISTED = _list_attributes()


def _is_listed(tag: str, name: str) -> bool:
    names = _OF_DRAWN if tag in DRAWN else _OF.get(tag, words(""))
    return name in names or name in _ANYWHERE or name.startswith(_PREFIXES)


def _filter(tag: str, name: str, value: str) -> str | None:
    """What is left of the value of an attribute that is on the list."""
    if name.startswith(_HOOKS):
        return None
    if name == "class":
        kept = [word for word in value.split() if not _OF_THEME.match(word)]
        return value if len(kept) == len(value.split()) else " ".join(kept) or None
    if name in ("id", "name", "for"):
        return None if OWN_IDS.match(value) else value
    if name in ("href", "cite"):
        return value if is_safe_address(value) else None
    if name in _LOADED:
        parts = value.split(",") if name == "srcset" else [value]
        return value if all(is_here(part) for part in parts) else None
    return None if "url(" in value.lower() and tag in DRAWN else value


def is_here(address: str) -> bool:
    """Whether what is loaded comes with the site, or stands in the address itself."""
    plain = _UNSEEN.sub("", address).replace("\\", "/")
    if _PICTURE.match(plain):
        return True
    return not plain.startswith("//") and _SCHEME.match(plain) is None


_IMPLIED = ("tbody", ())
"""What every table has, whether or not it is written."""

_Token = tuple[str, str, tuple[tuple[str, str], ...]]


class _Reader(HTMLParser):
    """Reads HTML into tokens that two ways of writing the same have in common."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tokens: list[_Token] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = sorted(
            (
                name,
                _STYLE_GAP.sub(r"\1", value or "").strip("; ") if name == "style" else value or "",
            )
            for name, value in attrs
        )
        self.tokens.append(("start", tag, tuple(found)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self.tokens.append(("end", tag, ()))

    def handle_data(self, data: str) -> None:
        last = self.tokens[-1] if self.tokens else ("", "", ())
        if last[0] == "text":
            self.tokens[-1] = ("text", last[1] + data, ())
            return
        if last[:2] == ("start", "pre"):  # browsers leave out the first line end
            data = data.removeprefix("\n")
        if data:
            self.tokens.append(("text", data, ()))

    def handle_comment(self, data: str) -> None:
        self.tokens.append(("comment", data, ()))

    def handle_decl(self, decl: str) -> None:
        self.tokens.append(("other", decl, ()))

    def unknown_decl(self, data: str) -> None:
        self.handle_decl(data)

    def handle_pi(self, data: str) -> None:
        self.handle_decl(data)


def _read_tokens(html: str) -> list[_Token]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return [one for one in reader.tokens if one[1:] != _IMPLIED or one[0] == "text"]
