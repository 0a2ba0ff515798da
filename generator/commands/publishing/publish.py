"""`playbook publish`: every version of the site side by side, the current one as `latest`, and
nothing by accident.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.options import undo_half_done, with_edition
from generator.commands.publishing.ask import read_permission, say_permission
from generator.commands.settings import Settings
from generator.commands.terminal import FINE, PROBLEMS, CannotRunError, Terminal
from generator.files.git import GitError, Repository, find_repository
from generator.problems.reporters import Summary
from generator.site.choice import Choice

if TYPE_CHECKING:
    from generator.site.versions.building import Source
    from generator.site.versions.store import Shelf

_UNTOUCHED = "Nothing was published; what is live is unchanged."


@click.command("publish")
@click.option(
    "--branch",
    metavar="NAME",
    default="gh-pages",
    show_default=True,
    help="The branch to publish to.",
)
@click.option(
    "--to-dir",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Publish to a plain folder instead.",
)
@click.option(
    "--push",
    "remote",
    metavar="REMOTE",
    flag_value="origin",
    is_flag=False,
    help="Push the branch (to origin).",
)
@click.option("--rebuild", is_flag=True, help="Make all released versions anew from their tags.")
@click.option("--remove", "withdrawn", metavar="VERSION", help="Withdraw a published version.")
@click.option(
    "--with-history",
    is_flag=True,
    help="With --remove: the branch begins anew, so that its history does not hold it either.",
)
@click.option(
    "--ask", is_flag=True, help="Only say whether the site may be published where it may be public."
)
@with_edition
def publish(
    settings: Settings,
    choice: Choice,
    terminal: Terminal,
    branch: str,
    folder: Path | None,
    remote: str | None,
    rebuild: bool,
    withdrawn: str | None,
    with_history: bool,
    ask: bool,
) -> int:
    """Publish the site beside its older versions, the current one as latest, to a branch or a
    folder.
    """
    if ask:
        return say_permission(settings, terminal)
    from generator.site.builder import (  # MkDocs takes a second to import
        SiteError,
        complete_choice,
        read_config,
    )
    from generator.site.versions.building import Source
    from generator.site.versions.errors import FaultyError, PublishError
    from generator.site.versions.publication import open_shelf, publish_site

    _refuse_together(rebuild, withdrawn, with_history=with_history)
    file = settings.config.resolve()
    if folder is not None:
        undo_half_done(folder.absolute().parent)
    permission = read_permission(file)
    if folder is None and withdrawn is None and not permission.is_allowed:
        raise CannotRunError(permission.reason)
    try:
        repository = _find(file.parent)
        choice = complete_choice(read_config(file), choice)
        shelf = open_shelf(repository, branch, folder, remote, terminal.say)
        source = Source(file, choice, repository, permission)
        if withdrawn is not None:
            return _withdraw(source, shelf, withdrawn, terminal, with_history=with_history)
        stands = publish_site(source, shelf, rebuild=rebuild, say=terminal.say)
    except FaultyError as error:
        terminal.report("terminal", error.problems, Summary(error.files, _UNTOUCHED))
        return PROBLEMS
    except (GitError, SiteError, PublishError) as error:
        raise CannotRunError(str(error)) from error
    terminal.say(f"Published in {shelf.place}: {stands}.\n")
    return FINE


def _refuse_together(rebuild: bool, withdrawn: str | None, *, with_history: bool) -> None:
    if withdrawn is not None and rebuild:
        raise CannotRunError("--remove takes a version away, --rebuild makes all anew; name one")
    if with_history and withdrawn is None:
        raise CannotRunError("--with-history goes with --remove VERSION")


def _withdraw(
    source: Source, shelf: Shelf, version: str, terminal: Terminal, *, with_history: bool
) -> int:
    from generator.site.versions.withdrawal import say_returns, withdraw

    stands = withdraw(source, shelf, version, terminal.say, with_history=with_history)
    terminal.say(
        f"Withdrawn from {shelf.place}: {version}. "
        + (f"What stands there now: {stands}.\n" if stands else "Nothing stands there now.\n")
    )
    if shelf.has_history:
        command = f"playbook publish --remove {version} --with-history{shelf.options}"
        terminal.say(
            "The branch begins anew; clones, and for a time the host, keep the old pages.\n"
            if with_history
            else f"Its pages are still in the history of the branch, until: {command}\n"
        )
    returns = say_returns(source, version)
    if returns:
        terminal.say(f"{returns}\n")
    return FINE


def _find(root: Path) -> Repository:
    repository = find_repository(root)
    if repository is None or not repository.has_commits:
        raise CannotRunError(
            f"{root} is not in a git repository with a commit; versions are kept in git"
        )
    return repository
