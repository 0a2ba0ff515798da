"""`playbook init`: the beginning of a playbook."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from generator.commands.options import with_terminal, writing_alone
from generator.commands.terminal import FINE, CannotRunError, Terminal, show_folder
from generator.files.writing import write_all
from generator.starter import (
    MANIFEST,
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
@with_terminal
def init(terminal: Terminal, folder: Path, company: str | None) -> int:
    """Begin a playbook for a company in DIR."""
    name = " ".join((company or "").split()) or guess_company(folder)
    starter = make_starter(name, datetime.now(UTC).date())
    wheel = find_own_wheel()
    managed = {**starter.managed, **wheel}
    planned = {**starter.own, **managed, MANIFEST: make_manifest(managed)}
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
