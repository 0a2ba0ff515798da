"""Which files of `playbook/` a reader does not get: what is kept back leaves the site before MkDocs
sees it.
"""

from __future__ import annotations

import os
from collections.abc import Set
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from generator.loading.guides import HandWritten, links_to, may_name
from generator.loading.page_audience import read_audience
from generator.loading.stray_links import SITE_FOLDERS, find_stray_links
from generator.site.assembly import Made
from generator.site.plugin_options import folder_of, list_own_folders


def leave_out(files: Files, config: MkDocsConfig, made: Made) -> None:
    """Leave out the pages this reader does not get, and the files that the edition does not give."""
    shown = {page.path for page in made.hand_written if _is_as_read(page, config, made)}
    _leave_out_stray(files, config)
    for file in [file for file in files.documentation_pages() if file.src_uri not in shown]:
        files.remove(file)
    theme = config.theme
    needed = {
        str(path)
        for path in (
            *config.extra_css,
            *config.extra_javascript,
            theme.get("logo"),
            theme.get("favicon"),
        )
    }
    needed |= {str(getattr(asset, "url", "")) for asset in made.edition.strategy.of("assets")}
    folders = {Path(folder).resolve() for folder in (config.docs_dir, theme.custom_dir) if folder}
    for file in list(files):
        is_ours = file.src_dir is not None and Path(file.src_dir).resolve() in folders
        if (
            is_ours
            and not file.is_documentation_page()
            and not _may_be_had(file.src_uri, needed, made)
        ):
            files.remove(file)


def _is_as_read(page: HandWritten, config: MkDocsConfig, made: Made) -> bool:
    """Whether a page is still for this reader: under `serve` the strategy shown may be an earlier
    one, but MkDocs reads every page as it is now.
    """
    try:
        text = Path(config.docs_dir, page.path).read_text("utf-8-sig", "replace")
    except OSError:  # it is gone by now
        return False
    said = (
        page.audience if text == page.text else read_audience(text, made.edition.circles.names).name
    )
    return made.edition.may_read(said)


def _leave_out_stray(files: Files, config: MkDocsConfig) -> None:
    """Nothing comes in by a link from outside, be it made while the site is served."""
    root = folder_of(config)
    stray = [
        os.path.join(root, one.place.file)
        for one in find_stray_links(root, (*SITE_FOLDERS, *list_own_folders(config)))
    ]
    for file in list(files):
        source = file.abs_src_path or ""
        if any(source == path or source.startswith(f"{path}{os.sep}") for path in stray):
            files.remove(file)


def _may_be_had(file: str, needed: Set[str], made: Made) -> bool:
    """Whether the reader gets a file that somebody put into `playbook/`: found here is who names it,
    the edition decides.
    """
    return made.edition.may_have_file(
        is_named=file in needed or any(links_to(page, file) for page in made.hand_written),
        is_of_hidden=file in made.kept_documents
        or any(may_name(page, file) for page in made.kept_back),
    )
