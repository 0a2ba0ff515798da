"""`playbook serve`: the site on this machine, following every edit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from generator.commands.editor_ids import follow_entries
from generator.commands.options import undo_half_done, with_edition
from generator.commands.settings import Settings
from generator.commands.terminal import FINE, PROBLEMS, CannotRunError, Terminal
from generator.files.memory import Memory
from generator.problems.reporters import Summary
from generator.site.choice import Choice

_LATER = 1
"""Seconds after an edit when its pages have long been shown."""


@click.command("serve")
@click.option(
    "--address",
    metavar="HOST:PORT",
    help="Where to serve; 127.0.0.1:8000 unless mkdocs.yml says otherwise.",
)
@click.option("--open", "open_browser", is_flag=True, help="Open the site in the browser.")
@with_edition
def serve(
    settings: Settings, choice: Choice, terminal: Terminal, address: str | None, open_browser: bool
) -> int:
    """Show the site on this machine and follow every edit."""
    from generator.site.assembly import assemble
    from generator.site.builder import SiteError, complete_choice, read_config, serve_site

    file = settings.config
    try:
        config = read_config(file)
        undo_half_done(Path(config.site_dir).parent)
        choice, memory = complete_choice(config, replace(choice, components=True)), Memory()
        assembly = assemble(file.resolve().parent, choice, memory)
        if assembly.made is None:
            summary = Summary(assembly.files, "Mend this, then start again.")
            terminal.report("terminal", assembly.problems, summary)
            return PROBLEMS
        where = address or config.dev_addr
        terminal.say(f"Serving on http://{where}/ and following every edit. Ctrl+C ends it.\n")
        heed = follow_entries(settings.root, _LATER)
        heed(assembly)
        serve_site(file, choice, assembly, memory, address, open_browser, heed)
    except SiteError as error:
        raise CannotRunError(str(error)) from error
    return FINE
