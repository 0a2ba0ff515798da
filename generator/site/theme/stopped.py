"""Settings of mkdocs.yml that do nothing here, because the policy of our pages stops what they ask
for: nothing is loaded from elsewhere, and nothing is sent there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig


def find_stopped(config: MkDocsConfig) -> Iterator[tuple[str, str]]:
    """Each such setting, and what becomes of what it asks for."""
    for name, find in _STOPPED.items():
        effect = find(config)
        if effect:
            yield name, effect


def _find_analytics(config: MkDocsConfig) -> str:
    said = _read(config, "analytics")
    if not said:
        return ""
    more = ", and the question whether a page helped reaches nobody" if said.get("feedback") else ""
    return f"its script is not loaded, nobody is counted{more}"


def _find_consent(config: MkDocsConfig) -> str:
    return (
        "a banner asks readers to agree to what never happens" if _read(config, "consent") else ""
    )


def _find_fonts(config: MkDocsConfig) -> str:
    is_material = config.theme.name == "material"
    asks = (
        is_material
        and config.theme.get("font") is not False
        and "material/privacy" not in config.plugins
    )
    return "the font is not loaded; write font: false" if asks else ""


def _find_remote(*names: str) -> Callable[[MkDocsConfig], str]:
    """Of a list of files, or of a single one, those that lie on another host."""

    def find(config: MkDocsConfig) -> str:
        value: Any = config
        for name in names:
            value = value.get(name) if hasattr(value, "get") else None
        listed = value if isinstance(value, list) else [value]
        remote = [str(one) for one in listed if one and urlsplit(str(one)).netloc]
        return f"{remote[0]} is not loaded; put the file into the folder of pages" if remote else ""

    return find


def _find_polyfills(config: MkDocsConfig) -> str:
    own = [one for one in config.extra.get("polyfills") or () if "iframe-worker" not in str(one)]
    return f"{own[0]} is not loaded" if own else ""


def _read(config: MkDocsConfig, name: str) -> Mapping[str, Any]:
    said = config.extra.get(name)
    return said if isinstance(said, Mapping) else {}


_STOPPED: Mapping[str, Callable[[MkDocsConfig], str]] = {
    "extra.analytics": _find_analytics,
    "extra.consent": _find_consent,
    "extra.polyfills": _find_polyfills,
    "extra_javascript": _find_remote("extra_javascript"),
    "extra_css": _find_remote("extra_css"),
    "theme.font": _find_fonts,
    "theme.logo": _find_remote("theme", "logo"),
    "theme.favicon": _find_remote("theme", "favicon"),
}
