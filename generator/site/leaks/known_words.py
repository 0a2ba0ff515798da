"""The texts that the program and the theme bring along: whatever words they hold tell nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from generator.schema.vocabulary import schema_folder

_FOLDERS = (
    ("generator.pages", "templates"),
    ("generator.pages", "assets"),
    ("generator.pages", "drawing"),
    ("generator.pages.finder", "synonyms"),
    ("generator.pages.finder", "browser"),
    ("generator.schema", "words"),
    ("generator.checks", "vague"),
    ("generator.site", "theme"),
    ("generator.starter", "playbook"),
)
_ENDINGS = (".html", ".js", ".mjs", ".css", ".txt", ".json", ".svg", ".md", ".xml")
_OF_BUILDERS = (
    "admonition annotate annotation arithmatex bash caption clipboard code codehilite collapsible content "
    "critic danger details example failure figure footnote footnotes generator headerlink highlight info "
    "keys lastmod linenos linenums link loc mark mkdocs material monthly daily note permalink permanent "
    "python question quote section sitemap success summary tabbed table task tasklist tip toc todo tooltip "
    "twemoji url urlset warning weekly yaml abstract bug nosniff noindex frame ancestors policy security "
    "content options robots referrer origin header always add hash self none default script style image "
    "adobe camera comment copyright creation creator date description disclaimer editor exif gimp icc "
    "imagemagick inkscape photoshop profile producer rights software source subject title tool title xmp"
)
"""What MkDocs, the extensions of Markdown, web servers and programs for pictures write of their own."""


def list_known_texts(theme_folders: Iterable[str] = ()) -> Iterator[str]:
    """All texts of the program, and the templates and names of files of a theme in these folders."""
    yield _OF_BUILDERS
    for package, folder in _FOLDERS:
        yield from _read_below(files(package).joinpath(folder))
    for schema in sorted(schema_folder().glob("*.json")):
        yield schema.read_text("utf-8")
    for folder in theme_folders:
        for path, file in list_theme_files(folder):
            yield path
            if file.suffix == ".html":
                yield file.read_text("utf-8", "replace")


def list_theme_files(folder: str) -> Iterator[tuple[str, Path]]:
    """The files of a theme with their paths on a site, but for its thousands of icons, which pages
    hold in themselves.
    """
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(place, name)
            yield file.relative_to(folder).as_posix(), file


def _read_below(folder: Traversable) -> Iterator[str]:
    for file in sorted(folder.iterdir(), key=lambda found: found.name):
        if file.is_dir():
            yield from _read_below(file)
        elif file.name.endswith((*_ENDINGS, ".py")):
            yield file.read_text("utf-8")
