"""How a company's pages look, for whoever draws one outside of a site: the theme's style sheets, ours,
and the colours that mkdocs.yml chooses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from generator.site.builder import SiteError, read_config
from generator.syntax.document import read_document

_USUAL = "indigo"
_SHEETS = {"theme/main.css": "main.", "theme/palette.css": "palette."}
_OWN = ("playbook.css", "device.css")


@dataclass(frozen=True)
class Look:
    """The colours, by the theme's names for them, and the style sheets in their order: those in
    `found` by their content, the others among our assets.
    """

    primary: str = _USUAL
    accent: str = _USUAL
    found: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def sheets(self) -> tuple[str, ...]:
        """The names of the style sheets below `assets/`."""
        return (*self.found, *_OWN)


def read_look(config: Path) -> Look:
    """The look of a site; that of the theme where its settings cannot be used."""
    try:
        return _make_look(read_config(config).theme.get("palette"))
    except SiteError:
        return _make_look(None)


def read_plain_look(raw: bytes) -> Look:
    """The look that the text of a mkdocs.yml asks for; nothing that it names is run or looked at."""
    data = read_document("mkdocs.yml", raw).document.data
    theme = data.get("theme") if isinstance(data, Mapping) else None
    return _make_look(theme.get("palette") if isinstance(theme, Mapping) else None)


def _make_look(palette: Any) -> Look:
    folder = files("material").joinpath("templates", "assets", "stylesheets")
    found = {
        name: next(
            one.read_bytes()
            for one in folder.iterdir()
            if one.name.startswith(start) and one.name.endswith(".css")
        )
        for name, start in _SHEETS.items()
    }
    first = palette[0] if isinstance(palette, list) and palette else palette
    chosen = first if isinstance(first, Mapping) else {}
    primary, accent = (
        str(chosen.get(name) or _USUAL).replace(" ", "-") for name in ("primary", "accent")
    )
    return Look(primary, accent, found)
