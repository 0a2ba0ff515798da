"""Under `serve`, pages that an edit does not touch are carried over from the build before.

MkDocs renders every page anew after each save. Here a page whose content is the same as before, in a shell that is the
same as before (navigation, configuration, templates, hand-written pages), keeps its HTML; MkDocs only copies it.
"""

from __future__ import annotations

from collections.abc import Mapping

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from generator.page import Page


class Preview:
    """What the last build left: its shell, its pages and their HTML."""

    def __init__(self) -> None:
        self._shell: object = None
        self._pages: Mapping[str, Page] = {}
        self._html: dict[str, str] = {}

    def carry_over(self, pages: Mapping[str, Page], shell: object, files: Files, config: MkDocsConfig) -> None:
        """Turn unchanged pages into finished files. Called when all pages have been read, none laid out."""
        same = shell == self._shell
        unchanged = [
            path for path, page in pages.items() if same and path in self._html and self._is_same(path, page)
        ]
        for path in unchanged:
            file = files.get_file_from_path(path)
            if file is not None:
                files.remove(file)
                files.append(File.generated(config, file.dest_uri, content=self._html[path]))
        self._shell, self._pages = shell, dict(pages)
        self._html = {path: self._html[path] for path in unchanged}

    def _is_same(self, path: str, page: Page) -> bool:
        """Whether a page shows what it showed, and is edited where it was."""
        before = self._pages.get(path)
        return before == page and before.place == page.place

    def keep(self, path: str, html: str) -> None:
        """Remember a finished page."""
        self._html[path] = html
