"""Which files of `playbook/` a reader does not get: what is kept back leaves the site before MkDocs
sees it.
"""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from generator.loading.guides import links_to, may_name
from generator.site.assembly import Made


def leave_out(files: Files, config: MkDocsConfig, made: Made) -> None:
    """Leave out the pages this reader does not get, and the files that the edition does not give."""
    shown = {page.path for page in made.hand_written}
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


def _may_be_had(file: str, needed: Set[str], made: Made) -> bool:
    """Whether the reader gets a file that somebody put into `playbook/`: found here is who names it,
    the edition decides.
    """
    return made.edition.may_have_file(
        is_named=file in needed or any(links_to(page, file) for page in made.hand_written),
        is_of_hidden=file in made.kept_documents
        or any(may_name(page, file) for page in made.kept_back),
    )
