"""`playbook build`: the strategy as a site."""

from __future__ import annotations

from pathlib import Path

import click

from generator.checks.project import today_from_environment
from generator.commands.options import leave_rubbish, undo_half_done, with_edition
from generator.commands.settings import Settings
from generator.commands.terminal import FINE, PROBLEMS, CannotRunError, Terminal, show_folder
from generator.problems.phrases import count_of
from generator.problems.problem import has_errors
from generator.problems.reporters import NOT_BUILT, UNCHANGED, Summary
from generator.site.build_stamp import read_inputs, recall, remember
from generator.site.choice import Choice


@click.command("build")
@click.option(
    "--site-dir", metavar="DIR", type=click.Path(path_type=Path), help="Where to put the site."
)
@with_edition
def build(settings: Settings, choice: Choice, terminal: Terminal, site_dir: Path | None) -> int:
    """Build the site. The last good one stays where anything is wrong."""
    from generator.site.assembly import assemble
    from generator.site.builder import (  # MkDocs takes a second to import
        SiteError,
        build_site,
        complete_choice,
        find_slowness,
        is_self_contained,
        read_config,
    )

    leave_rubbish()
    file = settings.config
    try:
        config = read_config(file)
        target, choice = site_dir or Path(config.site_dir), complete_choice(config, choice)
        undo_half_done(target.absolute().parent)
        inputs = read_inputs(file, choice) if is_self_contained(file, config) else ""
        if inputs and (said := recall(target, inputs)):
            terminal.say(f"{said}\nNothing has changed since it was built.\n")
            return FINE
        nothing = UNCHANGED if target.exists() else NOT_BUILT
        terminal.note("reading the strategy …")
        assembly = assemble(file.resolve().parent, choice)
        if assembly.made is None:
            terminal.report("terminal", assembly.problems, Summary(assembly.files, nothing))
            return PROBLEMS
        pages = count_of(len(assembly.made.pages.pages), "page")
        terminal.note(f"building {pages} …")
        faults = build_site(file, assembly, target)
    except SiteError as error:
        raise CannotRunError(str(error)) from error
    consequence = (
        nothing
        if has_errors(faults)
        else f"The site with {pages} is in {show_folder(target)}.{find_slowness(config)}"
    )
    if inputs and not has_errors(faults):
        edition = assembly.made.edition
        is_fixed = choice.as_of or today_from_environment()
        zone = "" if is_fixed else edition.strategy.header.timezone
        remember(target, inputs, consequence, edition.today, zone)
    terminal.report("terminal", [*assembly.problems, *faults], Summary(assembly.files, consequence))
    return PROBLEMS if has_errors(faults) else FINE
