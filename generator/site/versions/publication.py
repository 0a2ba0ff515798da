"""The site as one version beside the others, or all released versions once more."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from generator.changes.release_history import Past
from generator.changes.snapshots import (
    TAG_PREFIX,
    Release,
    is_version,
    list_releases,
    load_at,
    order_of,
)
from generator.files.git import Repository
from generator.files.tree import FolderTree
from generator.loading.guides import PLAYBOOK
from generator.loading.loader import load_strategy
from generator.loading.manuscript import FOLDER, MAIN_FILE
from generator.loading.stray_links import find_stray_links
from generator.model.header import Header
from generator.problems.problem import Problem
from generator.schema.words import read_words
from generator.site.assembly import assemble
from generator.site.build_request import Choice
from generator.site.builder import build_site
from generator.site.versions.store import BranchShelf, FolderShelf
from generator.site.versions.tagged import lay_out_release

CURRENT = "current"
"""What is merged after a release stands under this name until the next one."""


class PublishError(Exception):
    """Nothing can be published there, or under that version. The text is one line for the terminal."""


class FaultyError(Exception):
    """The strategy or the site has problems; nothing is published."""

    def __init__(self, problems: tuple[Problem, ...], files: int) -> None:
        super().__init__()
        self.problems, self.files = problems, files


def open_shelf(
    repository: Repository, branch: str, folder: Path | None
) -> BranchShelf | FolderShelf:
    """Where versions stand side by side: a folder, or a branch where none is named. Raises
    PublishError where the folder holds something else.
    """
    if folder is None:
        shelf = BranchShelf(repository, branch)
        shelf.refuse_checked_out()
        return shelf
    named, folder = folder, folder.resolve()
    is_ours = (folder / "versions.json").is_file() and not (folder / ".git").exists()
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not is_ours)):
        raise PublishError(
            f"{named} holds something else than published versions; name a folder of its own"
        )
    if repository.root.is_relative_to(folder):
        raise PublishError(f"{named} holds the playbook itself; name a folder of its own")
    return FolderShelf(folder)


def publish_one(
    file: Path, choice: Choice, repository: Repository, shelf: BranchShelf | FolderShelf
) -> None:
    """The strategy as it is here: as its version until that is released, after that as what is
    current. Raises FaultyError, PublishError.
    """
    name, title = _name_version(repository, _read_header(file, choice))
    known = [version for version in shelf.list_versions() if is_version(version)]
    is_newest = name == CURRENT or all(order_of(name) >= order_of(version) for version in known)
    with shelf.deploying(name, title, latest=is_newest) as folder:
        _build(file, choice, folder)
    if name != CURRENT and is_newest and CURRENT in shelf.list_versions():
        shelf.change({}, [CURRENT], "")


def _read_header(file: Path, choice: Choice) -> Header:
    loaded = load_strategy(FolderTree(file.parent), choice.max_bytes)
    if loaded.strategy is None:
        raise FaultyError(loaded.problems, len(loaded.files))
    return loaded.strategy.header


def _name_version(repository: Repository, header: Header) -> tuple[str, str]:
    if not is_version(header.version):
        raise PublishError(
            f'the header has the version "{header.version}", which cannot be an address; write one such as 2026.4'
        )
    tagged = repository.ask(
        "rev-parse", "--verify", "--quiet", f"refs/tags/{TAG_PREFIX}{header.version}^{{commit}}"
    )
    if tagged is None or (tagged == repository.resolve("HEAD") and not _list_edited(repository)):
        return header.version, header.version
    return CURRENT, read_words(header.language)("current_title", version=header.version)


def _list_edited(repository: Repository) -> list[str]:
    """The files of the playbook that differ from the last commit; others, such as caches of CI, do
    not count.
    """
    folder = f"{repository.folder}/" if repository.folder else ""
    own = tuple(
        f"{folder}{name}"
        for name in (MAIN_FILE, f"{FOLDER}/", f"{PLAYBOOK}/", "schema/", "mkdocs.yml")
    )
    return [path for path in repository.list_changed() if path.startswith(own)]


def _build(file: Path, choice: Choice, folder: Path) -> None:
    """The site built apart, then moved into `folder`. Raises FaultyError before anything is
    published.
    """
    assembly = assemble(file.parent, choice)
    if assembly.made is None:
        raise FaultyError(assembly.problems, assembly.files)
    with tempfile.TemporaryDirectory(prefix="playbook-build-") as name:
        faults = build_site(file, assembly, Path(name) / "site", versioned=True)
        if faults:
            raise FaultyError((*assembly.problems, *faults), assembly.files)
        shutil.copytree(Path(name) / "site", folder, dirs_exist_ok=True)


def publish_released(
    file: Path,
    choice: Choice,
    repository: Repository,
    shelf: BranchShelf | FolderShelf,
    keep: int,
    say: Callable[[str], None],
) -> None:
    """Every released version anew, the oldest first (of all, or of the newest `keep`). One that
    cannot be read any more stays as it stands, one that did not know the circle is left out; `say`
    is told of each. Raises FaultyError.
    """
    circles = _read_header(file, choice).audiences
    stray = find_stray_links(file.parent)
    if stray:  # today's templates are laid beside every version
        raise FaultyError(tuple(stray), len(stray))
    releases = list(_list_known(choice, repository, shelf, keep, say))
    for number, release in enumerate(releases):
        own = replace(
            choice,
            as_of=choice.as_of or date.fromisoformat(release.day),
            past=Past(repository, release.commit),
            circles=circles,
        )
        is_last = number == len(releases) - 1
        try:
            with (
                lay_out_release(file, repository, release) as config,
                shelf.deploying(release.version, release.version, latest=is_last) as folder,
            ):
                _build(config, own, folder)
            say(f"rebuilt  {release.version}\n")
        except FaultyError as error:
            first = error.problems[0]
            say(f"kept     {release.version}, which cannot be built any more: {first.title}\n")
    if not releases or CURRENT in shelf.list_versions():
        publish_one(file, choice, repository, shelf)


def _list_known(
    choice: Choice,
    repository: Repository,
    shelf: BranchShelf | FolderShelf,
    keep: int,
    say: Callable[[str], None],
) -> Iterator[Release]:
    """The released versions to build anew. One that did not know the circle has no pages for it:
    what stands in its place was made for others, and is taken away.
    """
    for release in list_releases(repository)[-keep or None :]:
        loaded = load_at(repository, release.commit, choice.max_bytes)
        header = loaded.strategy.header if loaded.strategy else None
        if header is not None and header.version != release.version:
            continue  # a tag of something else
        if header is None or choice.audience in header.audiences:
            yield release
            continue
        is_there = release.version in shelf.list_versions()
        if is_there:
            shelf.change({}, [release.version], "")
        taken = "; what stood there is taken away" if is_there else ""
        say(f'left out {release.version}, which knew no circle "{choice.audience}"{taken}\n')
