"""The site as one version beside the others, or all released versions once more."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from generator.changes.snapshots import is_version, order_of
from generator.files.git import Repository
from generator.files.git_branches import refuse_branch
from generator.files.workshop import open_temporary
from generator.site.versions.branch_shelf import BranchShelf
from generator.site.versions.building import (
    CURRENT,
    Sites,
    Source,
    build_now,
    build_released,
)
from generator.site.versions.circles import Standing
from generator.site.versions.errors import PublishError
from generator.site.versions.folder_shelf import FolderShelf
from generator.site.versions.store import Shelf, name_versions, put_in_place
from generator.site.versions.upkeep import tidy_versions


def open_shelf(
    repository: Repository,
    branch: str,
    folder: Path | None,
    remote: str | None,
    say: Callable[[str], None],
) -> Shelf:
    """Where versions stand side by side: a folder, or a branch where none is named. Raises
    PublishError where the folder holds the playbook itself, GitError where the branch is in use.
    """
    if folder is None:
        refuse_branch(repository, branch)
        return BranchShelf(repository, branch, remote)
    named, folder = folder, folder.resolve()
    if repository.root.is_relative_to(folder):
        raise PublishError(f"{named} holds the playbook itself; name a folder of its own")
    return FolderShelf(folder, named, say)


def publish_site(source: Source, shelf: Shelf, *, rebuild: bool, say: Callable[[str], None]) -> str:
    """Publish the strategy as it is here, or every released version anew, beside what stands in a
    place. Returns what stands there then, in one line. Raises FaultyError before anything is
    published, PublishError, GitError.

    What takes long, the building, is done first and once; what depends on who published meanwhile
    is done again.
    """
    circle, begun_anew = source.choice.audience, list[Standing]()
    standing = shelf.peek()
    if not rebuild:
        standing.refuse_others(circle, shelf.place, shelf.options)
    with open_temporary() as workshop:
        if rebuild:
            built = build_released(source, standing, workshop, say)
        else:
            built = Sites(now=build_now(source, workshop))

        def change() -> None:
            begun_anew[:] = _begin(shelf, circle, rebuild=rebuild)
            _lay_all(built, shelf, circle)
            tidy_versions(source.file.parent, shelf, source.publishing)

        stands = put_in_place(shelf, change, _say_built(built), say)
    for before in begun_anew:
        say(
            f"{shelf.place[:1].upper()}{shelf.place[1:]} began anew for {circle}, without history, and holds nothing that was "
            f"not made now. It held {before.name_all()}: clones and copies keep those pages.\n"
        )
    return name_versions(stands)


def _begin(shelf: Shelf, circle: str, *, rebuild: bool) -> list[Standing]:
    """Go on from what stands there; where that is for others and all is made anew, begin with
    nothing, and return what stood there.
    """
    standing = shelf.look()
    if rebuild and not standing.is_for(circle):
        shelf.clear()
        return [standing]
    standing.refuse_others(circle, shelf.place, shelf.options)
    shelf.go_on()
    return []


def _say_built(built: Sites) -> str:
    names = [one.version for one in built.released] + ([built.now.version] if built.now else [])
    return f"Publish {', '.join(names)}" if names else "Renew what is published"


def _lay_all(built: Sites, shelf: Shelf, circle: str) -> None:
    if any(version in shelf.list_versions() for version in built.unknown):
        shelf.change({}, built.unknown)
    for one in (*built.released, *([built.now] if built.now else [])):
        is_newest = _is_newest(one.version, shelf.list_versions())
        shelf.lay(one.version, one.title, circle, one.site, latest=is_newest)
        if one is built.now and one.version != CURRENT and is_newest:
            shelf.change({}, [CURRENT])


def _is_newest(name: str, known: Iterable[str]) -> bool:
    released = [version for version in known if is_version(version)]
    return name == CURRENT or all(order_of(name) >= order_of(version) for version in released)
