"""`playbook render`: the pages as plain files, for another site builder."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.options import with_edition, writing_alone
from generator.commands.settings import Settings
from generator.commands.terminal import FINE, PROBLEMS, CannotRunError, Terminal, show_folder
from generator.files.writing import write_all
from generator.loading.guides import PLAYBOOK, resolve_links
from generator.problems.phrases import count_of
from generator.problems.problem import Problem
from generator.problems.reporters import Summary
from generator.site.choice import Choice
from generator.syntax.lines import quote_scalar

if TYPE_CHECKING:
    from generator.pages.page import Page
    from generator.site.assembly import Made


@click.command("render")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@with_edition
def render(settings: Settings, choice: Choice, terminal: Terminal, folder: Path) -> int:
    """Write the pages as plain files into DIR, for another site builder."""
    from generator.site.assembly import assemble
    from generator.site.builder import SiteError, complete_choice, read_config

    try:
        choice = complete_choice(read_config(settings.config), choice)
    except SiteError as error:
        raise CannotRunError(str(error)) from error
    assembly = assemble(settings.config.resolve().parent, choice)
    made = assembly.made
    if made is None:
        summary = Summary(assembly.files, "Nothing was written.")
        terminal.report("terminal", assembly.problems, summary)
        return PROBLEMS
    with writing_alone(folder):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise CannotRunError(
                f"{folder} is not an empty folder; the pages need one of their own"
            )
        pages = _make_files(made)
    leaks = _search(made, pages, settings.config)
    if leaks:
        summary = Summary(assembly.files, "Nothing was written.")
        terminal.report("terminal", [*assembly.problems, *leaks], summary)
        return PROBLEMS
    write_all(folder, pages)
    count = len(made.pages.pages) + len(made.hand_written)
    where = f"{count_of(count, 'page')} {'is' if count == 1 else 'are'} in {show_folder(folder)}."
    terminal.report("terminal", assembly.problems, Summary(assembly.files, where))
    return FINE


def _search(made: Made, pages: Mapping[str, bytes], config: Path) -> list[Problem]:
    """What in the pages tells readers outside of something that they do not get."""
    from generator.site.leaks.known_words import list_known_texts
    from generator.site.leaks.search import find_leaks

    if made.telling is None:
        return []
    settings = config.read_text("utf-8", "replace")
    own = config.resolve().parent / PLAYBOOK / "templates"
    known = partial(list_known_texts, [str(own)])
    return find_leaks(pages.items(), made.telling, settings, known)


def _make_files(made: Made) -> dict[str, bytes]:
    """Generated pages as Markdown files with front matter and an HTML body; assets and hand-written
    pages beside them.
    """
    return {
        **{page.path: _write_page(page).encode() for page in made.pages.pages},
        **{asset.path: asset.content for asset in made.pages.assets},
        **{
            written.path: resolve_links(written.text, written.path, made.edition).encode()
            for written in made.hand_written
        },
    }


def _write_page(page: Page) -> str:
    title, description = quote_scalar(page.title), quote_scalar(page.description)
    head = f"---\ntitle: {title}\ndescription: {description}\n---\n\n"
    return f"{head}<div>\n{page.lay_out().html}</div>\n"
