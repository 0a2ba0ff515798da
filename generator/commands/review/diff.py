"""`playbook diff`: what changes between two versions of the strategy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from generator.changes.review import NothingToCompareError, review_sides
from generator.changes.review_text import FORMATS
from generator.commands.options import with_format, with_output, with_settings
from generator.commands.settings import Settings
from generator.commands.terminal import FINE, PROBLEMS, CannotRunError, Terminal
from generator.files.git import GitError, Repository, find_repository
from generator.files.tree import FolderTree, Tree
from generator.files.writing import write_file
from generator.loading.guides import read_hand_written
from generator.loading.loader import Loaded, load_strategy
from generator.model.entry import AUDIENCES
from generator.pages.placements import find_placements_inside
from generator.problems.terminal_style import Look
from generator.schema.words import read_words


@dataclass(frozen=True)
class Sides:
    """What is compared: two versions in git, or a folder beside the files here. None: the
    default.
    """

    base: str | None = None
    head: str | None = None
    from_dir: Path | None = None


@dataclass(frozen=True)
class _Read:
    """One side as read, and what a reader calls it."""

    name: str
    loaded: Loaded
    readers: Mapping[str, str]
    """Whom each hand-written page is for, by its path."""


@click.command("diff")
@click.argument("base", required=False)
@click.argument("head", required=False)
@click.option(
    "--from-dir",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Compare with the strategy in this folder instead of one in git.",
)
@with_format(
    list(FORMATS),
    "terminal",
    "How the changes are told; markdown is for a comment on a pull request.",
)
@with_output("Write the answer into FILE.")
@click.option(
    "--site",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Build both versions into DIR instead, with the pages that differ side by side.",
)
@with_settings
def diff(
    settings: Settings,
    terminal: Terminal,
    base: str | None,
    head: str | None,
    from_dir: Path | None,
    format_name: str,
    output: Path | None,
    site: Path | None,
) -> int:
    """Say what changes in the strategy from BASE to HEAD, in the words of the business.

    BASE is where the change left the main branch, HEAD the files here, unless you name others
    (branch, tag, commit).
    """
    if site is not None:
        return _show_sites(settings, terminal, Sides(base, head, from_dir), site)
    try:
        old, new = _read_sides(Sides(base, head, from_dir), settings)
        review = review_sides(
            old.name,
            old.loaded,
            new.name,
            new.loaded,
            partial(find_placements_inside, as_of=settings.as_of),
            old.readers,
            new.readers,
        )
    except (GitError, NothingToCompareError) as error:
        raise CannotRunError(str(error)) from error
    text = FORMATS[format_name](review, Look() if output else terminal.look)
    if output is not None:
        if output.suffix in (".yaml", ".yml"):
            raise CannotRunError(f"{output} looks like a part of the strategy; name another file")
        write_file(output, text.encode())
    else:
        terminal.say(text)
    return FINE if new.loaded.strategy is not None else PROBLEMS


def _show_sites(settings: Settings, terminal: Terminal, sides: Sides, folder: Path) -> int:
    from generator.commands.review.diff_site import Ends, write_sites

    if sides.from_dir is not None:
        raise CannotRunError("--site compares with a version in git; leave out --from-dir")
    try:
        repository = _find(settings.root)
        _, base = _choose_base(repository, sides, settings.environment)
        head = repository.resolve(sides.head) if sides.head else None
        done = write_sites(settings, terminal, Ends(repository, base, head), folder)
    except GitError as error:
        raise CannotRunError(str(error)) from error
    return FINE if done else PROBLEMS


def _read_sides(sides: Sides, settings: Settings) -> tuple[_Read, _Read]:
    root, max_bytes = settings.root, settings.max_bytes
    if sides.from_dir is not None:
        return _read_folder(sides, sides.from_dir, max_bytes), _read_here(root, max_bytes)
    repository = _find(root)
    name, commit = _choose_base(repository, sides, settings.environment)
    old = _read_commit(name, repository, commit, max_bytes)
    if sides.head is not None:
        head = repository.resolve(sides.head)
        return old, _read_commit(sides.head, repository, head, max_bytes)
    if repository.is_bare:
        raise CannotRunError(
            "this is a bare repository, without files; name both versions: playbook diff BASE HEAD"
        )
    return old, _read_here(root, max_bytes)


def _find(root: Path) -> Repository:
    repository = find_repository(root) if root.is_dir() else None
    if repository is None:
        raise CannotRunError(
            f"{root} is not in a git repository; to compare two folders use --from-dir"
        )
    if not repository.has_commits:
        raise CannotRunError("nothing was ever committed here, so there is nothing to compare with")
    return repository


def _read_folder(sides: Sides, folder: Path, max_bytes: int) -> _Read:
    if sides.base is not None:
        raise CannotRunError("--from-dir says already what to compare with; leave out the version")
    if not folder.is_dir():
        raise CannotRunError(f"there is no folder {folder}")
    return _read_tree(str(folder), FolderTree(folder), max_bytes)


def _read_here(root: Path, max_bytes: int) -> _Read:
    return _read_tree(read_words("en")("diff_here"), FolderTree(root), max_bytes)


def _read_commit(name: str, repository: Repository, commit: str, max_bytes: int) -> _Read:
    with repository.open_tree(commit) as tree:
        return _read_tree(name, tree, max_bytes)


def _read_tree(name: str, tree: Tree, max_bytes: int) -> _Read:
    loaded = load_strategy(tree, max_bytes)
    circles = loaded.strategy.header.audiences if loaded.strategy else AUDIENCES
    pages, _ = read_hand_written(tree, circles)
    return _Read(name, loaded, {page.path: page.audience for page in pages})


def _choose_base(
    repository: Repository, sides: Sides, environment: Mapping[str, str]
) -> tuple[str, str]:
    """What to compare with: the version named, or where the change left the main branch."""
    if sides.base is not None:
        return sides.base, repository.resolve(sides.base)
    branch = repository.find_main_branch(environment)
    name = branch.removeprefix("refs/heads/").removeprefix("refs/remotes/")
    return name, repository.merge_base(branch, "HEAD")
