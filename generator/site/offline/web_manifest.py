"""What a phone needs to put the playbook beside its apps: a name, colours and an icon, all from the
brand in mkdocs.yml.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from generator.pages.page import Asset
from generator.site.offline.app_icon import Icon
from generator.site.offline.copy_files import type_of

MANIFEST = "manifest.webmanifest"
ICON = "assets/app-icon.svg"
PNG_ICONS = {192: "assets/app-icon-192.png", 512: "assets/app-icon-512.png"}
"""By pixels a side: what phones ask for that take no SVG."""
_COLOURS = {
    "red": "#b71c1c",
    "pink": "#ad1457",
    "purple": "#7b1fa2",
    "deep purple": "#512da8",
    "indigo": "#303f9f",
    "blue": "#1565c0",
    "light blue": "#0277bd",
    "cyan": "#00697a",
    "teal": "#00695c",
    "green": "#2e7d32",
    "light green": "#4c7a2b",
    "lime": "#c6d42f",
    "yellow": "#f9d71c",
    "amber": "#f5b301",
    "orange": "#ef8c00",
    "deep orange": "#d84315",
    "brown": "#5d4037",
    "grey": "#546068",
    "blue grey": "#455a64",
    "black": "#1c1f23",
    "white": "#ffffff",
}
"""The theme's colours by name, so dark that white can be read on them where the theme writes white."""
_PLAIN = "#37474f"
_ON_LIGHT = frozenset({"lime", "yellow", "amber", "orange", "white"})


def list_app_files(config: MkDocsConfig, company: str, language: str) -> Iterator[Asset]:
    """The manifest and its icons. All are relative to where the site stands."""
    name = _find_colour_name(config)
    manifest = {
        "id": "./",
        "name": config.site_name,
        "short_name": company[:24],
        "lang": language,
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "theme_color": _COLOURS.get(name, _PLAIN),
        "background_color": "#ffffff",
        "icons": list(_list_icons(config)),
    }
    content = (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()
    yield Asset(MANIFEST, lambda: content)
    ground, ink = _COLOURS.get(name, _PLAIN), "#1c1f23" if name in _ON_LIGHT else "#ffffff"
    icon = _find_icon(config)
    yield Asset(ICON, lambda: icon.as_svg(ground, ink).encode())
    for pixels, address in PNG_ICONS.items():
        yield Asset(address, partial(icon.as_png, pixels, ground, ink))


def _find_colour_name(config: MkDocsConfig) -> str:
    palette = config.theme.get("palette")
    first = palette[0] if isinstance(palette, list) and palette else palette
    name = first.get("primary") if isinstance(first, Mapping) else None
    return str(name).replace("-", " ")


def _list_icons(config: MkDocsConfig) -> Iterator[Mapping[str, Any]]:
    logo = config.theme.get("logo")
    file = Path(config.docs_dir, str(logo))
    if logo and file.is_file():
        content = file.read_bytes()[:24]
        is_png = content.startswith(b"\x89PNG")
        wide, high = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
        sizes = f"{wide}x{high}" if is_png else "any"
        if is_png or str(logo).endswith(".svg"):
            yield {"src": str(logo), "sizes": sizes, "type": type_of(str(logo))}
    for pixels, address in PNG_ICONS.items():
        sizes = f"{pixels}x{pixels}"
        yield {"src": address, "sizes": sizes, "type": "image/png", "purpose": "any maskable"}
    yield {"src": ICON, "sizes": "any", "type": "image/svg+xml", "purpose": "any maskable"}


def _find_icon(config: MkDocsConfig) -> Icon:
    """The theme's icon that stands for the logo."""
    named = config.theme.get("icon") or {}
    logo = named.get("logo") if isinstance(named, Mapping) else None
    icons = files("material").joinpath("templates", ".icons")
    drawings = [icons.joinpath(f"{name}.svg") for name in (logo, "material/compass-outline")]
    return Icon.of(next(one.read_text("utf-8") for one in drawings if one.is_file()))
