"""`playbook init`: the beginning of a playbook."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from generator.commands.options import with_terminal, writing_alone
from generator.commands.review.codeowners_text import write_codeowners
from generator.commands.terminal import FINE, CannotRunError, Terminal, show_folder
from generator.files.git import GitError, Repository, find_repository, folder_in_repository
from generator.files.tree import FolderTree, OverlayTree
from generator.files.writing import write_all
from generator.loading.loader import load_strategy
from generator.loading.manuscript import MAIN_FILE
from generator.model.accounts import as_account
from generator.pages.feedback_link import open_desk
from generator.starter import (
    MANIFEST,
    USUAL_BRANCH,
    Choices,
    Starter,
    find_own_wheel,
    guess_company,
    make_manifest,
    make_starter,
)
from generator.starter.hosts import CODEOWNERS, HOSTS, Home, find_home

_KEPT = (
    "README.md",
    ".gitignore",
    "AGENTS.md",
    ".devcontainer/devcontainer.json",
    *CODEOWNERS.values(),
)
"""Files that a folder may have already, and keeps."""
_NO_WHEEL = (
    "Before CI can check it, put the wheel of this program into vendor/ there; "
    "in the folder of the program, make wheel writes one.\n"
)
_ONLY_A_PERSON = {
    "github": (
        "Make a private repository on the host, push this folder to it, and invite who is to write and to review.",
        'Settings, Branches: let nobody push to {branch} without the check "check" and a review by code owners.',
        "Decide where the site may stand, and say so in mkdocs.yml under publish. Pages of a private repository are public, but on Enterprise Cloud.",
    ),
    "gitlab": (
        "Make a private project on the host, push this folder to it, and invite who is to write and to review.",
        "Settings, Merge requests: pipelines must succeed; Settings, Repository: protect {branch}; CI/CD, Schedules: one a night.",
        "Settings, General, Visibility: Pages for project members only; then write private-pages: confirmed under publish in mkdocs.yml.",
    ),
    "": (
        "Make a private repository, push this folder to it, and invite who is to write and to review.",
        "Let nobody push to {branch} without the check and a review.",
        "Decide where the site may stand, and say so in mkdocs.yml under publish: only your people may open the place.",
    ),
}


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--company",
    metavar="NAME",
    help="The company's name; from the folder's name where it is not given.",
)
@click.option(
    "--host",
    type=click.Choice(list(HOSTS)),
    help="The git host, be it your own: CI files are written for this one only. Not given: the one of the "
    "repository, else for both.",
)
@click.option(
    "--repository",
    "address",
    metavar="URL",
    help="Where the repository is kept; what git calls origin where it is not given.",
)
@click.option(
    "--branch",
    metavar="NAME",
    help="The branch that is published; the one that git knows as yours where it is not given.",
)
@click.option(
    "--tell",
    metavar="ADDRESS",
    help="Where leadership listens: a mailbox, or the address of a repository.",
)
@click.option(
    "--account",
    metavar="NAME",
    help="The account, at the git host, of whoever answers for the playbook and is asked to review it.",
)
@with_terminal
def init(
    terminal: Terminal,
    folder: Path,
    company: str | None,
    host: str | None,
    address: str | None,
    branch: str | None,
    tell: str | None,
    account: str | None,
) -> int:
    """Begin a playbook for a company in DIR. On a terminal, it asks for what is not given."""
    repository = _find_repository(folder)
    name = " ".join((company or "").split()) or _ask("The company's name", guess_company(folder))
    home = find_home(
        address
        or _ask(
            "Where the repository is kept (its address; empty: not yet)", _find_origin(repository)
        ),
        host or "",
    )
    if address and not home.address:
        raise CannotRunError(
            f'"{address}" is no address of a repository; it looks like https://git.example.com/sales/playbook'
        )
    if not home.host and not host:
        home = Home(_ask_host(), home.address)
    branch = branch or _ask("The branch that is published", _guess_branch(repository))
    tell = tell or _ask(
        "Where leadership listens (mail address; empty: issues of the repository)", ""
    )
    account = account or _ask(
        "The git account of whoever answers for the playbook (empty: later)", ""
    )
    if account and not as_account(account):
        raise CannotRunError(
            f'"{account}" is no account; write it as the git host does: @name, @group/team, or a mail address'
        )
    choices = Choices(branch, home, folder_in_repository(folder), _write_desk(tell, home), account)
    starter = make_starter(name, datetime.now(UTC).date(), choices)
    wheel = find_own_wheel()
    managed = {**starter.managed, **wheel}
    planned = {**starter.own, **managed, MANIFEST: make_manifest(managed, choices)}
    planned |= _make_codeowners(folder, starter, choices)
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
        "  playbook doctor   says what still stands between it and a published site\n"
        f"{'' if wheel else _NO_WHEEL}"
        f"{_say_what_is_left(choices)}"
    )
    return FINE


def _say_what_is_left(choices: Choices) -> str:
    """What no program can do for a company."""
    listed = _ONLY_A_PERSON.get(choices.home.host, _ONLY_A_PERSON[""])
    lines = (f"  {number}. {text}" for number, text in enumerate(listed, 1))
    left = "\n".join(lines).replace("{branch}", choices.branch)
    return f"Three things only a person can do:\n{left}\n"


def _ask(question: str, guess: str) -> str:
    """What a person at a terminal answers; elsewhere, what is guessed."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return guess
    return str(click.prompt(question, default=guess, show_default=bool(guess))).strip()


def _ask_host() -> str:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return ""
    return str(click.prompt("The git host", type=click.Choice(list(HOSTS)), default="github"))


def _find_repository(folder: Path) -> Repository | None:
    """The repository that a folder lies in or will lie in."""
    there = next((one for one in (folder, *folder.absolute().parents) if one.is_dir()), folder)
    try:
        return find_repository(there)
    except GitError:
        return None


def _guess_branch(repository: Repository | None) -> str:
    """The branch that is published."""
    try:
        return repository.guess_default_branch() if repository else USUAL_BRANCH
    except GitError:
        return USUAL_BRANCH


def _find_origin(repository: Repository | None) -> str:
    return (repository.find_remote() if repository else None) or ""


def _write_desk(tell: str, home: Home) -> str:
    """The value of `tell:` in mkdocs.yml. Raises CannotRunError where it is no place to tell."""
    if not tell:
        if home.host not in ("github", "gitlab") or not home.address:
            return ""
        return f"{{{home.host}: {home.address}}}"
    chosen = {home.host: tell} if "://" in tell and home.host in ("github", "gitlab") else tell
    try:
        desk = open_desk(chosen)
    except ValueError as error:
        raise CannotRunError(f"--tell cannot be used: {error}") from None
    return f"{{{desk.way}: {desk.address}}}" if desk else ""


def _make_codeowners(folder: Path, starter: Starter, choices: Choices) -> dict[str, bytes]:
    """Who is asked to review, for the host that is known, where somebody was named."""
    file = CODEOWNERS.get(choices.home.host)
    if not choices.account or file is None or choices.folder:
        return {}
    texts = {MAIN_FILE: starter.own[MAIN_FILE].decode()}
    strategy = load_strategy(OverlayTree(FolderTree(folder), texts)).strategy
    return {file: write_codeowners(strategy, "").encode()} if strategy else {}
