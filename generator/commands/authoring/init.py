"""`playbook init`: the beginning of a playbook."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from generator.commands.options import with_terminal, writing_alone
from generator.commands.terminal import FINE, CannotRunError, Terminal, show_folder
from generator.files.git import GitError, find_repository
from generator.files.writing import write_all
from generator.starter import (
    MANIFEST,
    USUAL_BRANCH,
    find_own_wheel,
    guess_company,
    make_manifest,
    make_starter,
)

_KEPT = ("README.md", ".gitignore")
"""Files that a folder may have already, and keeps."""
_NO_WHEEL = (
    "Before CI can check it, put the wheel of this program into vendor/ there; "
    "in the folder of the program, make wheel writes one.\n"
)


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--company",
    metavar="NAME",
    help="The company's name; from the folder's name where it is not given.",
)
@click.option(
    "--branch",
    metavar="NAME",
    help="The branch that is published; the one that git knows as yours where it is not given.",
)
@with_terminal
def init(terminal: Terminal, folder: Path, company: str | None, branch: str | None) -> int:
    """Begin a playbook for a company in DIR."""
    name = " ".join((company or "").split()) or guess_company(folder)
    branch = branch or _guess_branch(folder)
    starter = make_starter(name, datetime.now(UTC).date(), branch)
    wheel = find_own_wheel()
    managed = {**starter.managed, **wheel}
    planned = {**starter.own, **managed, MANIFEST: make_manifest(managed, branch)}
    with writing_alone(folder):
        kept = [path for path in _KEPT if (folder / path).exists()]
        taken = [path for path in planned if (folder / path).exists() and path not in kept]
        if taken:
            raise CannotRunError(
                f"{folder} already holds {', '.join(taken[:3])}; nothing was written"
            )
        write_all(folder, {path: content for path, content in planned.items() if path not in kept})
    terminal.say(
        f"A playbook begins in {show_folder(folder)}. Open strategy.yaml there; then, in that folder:\n"
        "  playbook check    says whether all is well\n"
        "  playbook serve    shows the site and follows every edit\n"
        f"{'' if wheel else _NO_WHEEL}"
    )
    return FINE


def _guess_branch(folder: Path) -> str:
    """The branch that is published, of the repository that a folder lies in or will lie in."""
    there = next((one for one in (folder, *folder.absolute().parents) if one.is_dir()), folder)
    try:
        repository = find_repository(there)
        return repository.guess_default_branch() if repository else USUAL_BRANCH
    except GitError:
        return USUAL_BRANCH
